import { expect, test } from '@jest/globals';
import { longestWaitOf } from '../../src/crm/cron-interval.ts';

const minutes = (line: string): number | undefined => {
  const wait = longestWaitOf(line);
  return wait === undefined ? undefined : wait / 60_000;
};

test.each([
  ['* * * * *', 1],
  ['*/2 * * * *', 2],
  ['*/7 * * * *', 7],
  ['0,10,45 * * * *', 35],
  ['1 */12 * * *', 720],
  ['*/5 8-18 * * *', 13 * 60 + 5],
  ['30 3 * * *', 24 * 60],
  ['1 1 * * 0', 7 * 24 * 60],
  ['0 9 * * 1-5', 3 * 24 * 60],
  ['0 0 1 * *', 31 * 24 * 60],
  ['0 0 1 1 *', 366 * 24 * 60],
])('%s waits %d minutes at most', (line, wait) => {
  expect(minutes(line)).toBe(wait);
});

test.each(['', 'hourly', '* * * *', '61 * * * *', '*/0 * * * *', 'a b c d e', '5- * * * *', '9-5 * * * *'])(
  '%j is not understood',
  (line) => {
    expect(minutes(line)).toBeUndefined();
  },
);
