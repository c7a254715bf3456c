import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { withWidth } from '../../src/cli/sized.ts';

describe('the width of a terminal', () => {
  test.each([
    [true, 0, 80],
    [true, undefined, 80],
    [true, 120, 120],
    [false, undefined, undefined],
  ])('isTTY %s, %s columns: %s', (isTTY, columns, expected) => {
    const stream = Object.assign(new EventEmitter(), { isTTY, columns });
    expect(withWidth(stream).columns).toBe(expected);
  });

  test('stays one when it is resized to nothing, and follows any other size', () => {
    const stream: EventEmitter & { isTTY: boolean; columns: number } = Object.assign(new EventEmitter(), {
      isTTY: true,
      columns: 100,
    });
    withWidth(stream);
    stream.columns = 0;
    stream.emit('resize');
    expect(stream.columns).toBe(80);
    stream.columns = 44;
    stream.emit('resize');
    expect(stream.columns).toBe(44);
  });
});
