import { expect, test } from '@jest/globals';
import { remembered } from '../../src/i18n/remembered.ts';

test('a text is asked about once, until there are too many, and a long one each time', () => {
  const asked: string[] = [];
  const length = remembered((text) => {
    asked.push(text);
    return text.length;
  });
  expect([length('one'), length('three'), length('one')]).toEqual([3, 5, 3]);
  expect(asked).toEqual(['one', 'three']);
  for (let at = 0; at < 400; at += 1) length(`${at} ${'x'.repeat(300)}`);
  expect(length('one')).toBe(3);
  expect(asked.filter((text) => text === 'one')).toHaveLength(2);
  const long = 'x'.repeat(501);
  expect([length(long), length(long)]).toEqual([501, 501]);
  expect(asked.filter((text) => text === long)).toHaveLength(2);
});
