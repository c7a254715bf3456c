import { expect, test } from '@jest/globals';
import { areAtMost } from '../../../src/reason/rows/tally.ts';

test.each([
  [2, ['a', 'b', 'a'], true],
  [2, ['a', 'b', ''], true],
  [2, ['', 'a', 'b', 'c'], false],
  [2, ['a', 'b', 'c', ''], false],
  [0, [''], true],
  [0, ['a'], false],
  [1, [], true],
])('at most %d different values, blanks besides: %j is %s', (most, values, expected) => {
  expect(areAtMost(most, values)).toBe(expected);
});
