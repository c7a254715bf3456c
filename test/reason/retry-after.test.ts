import { expect, test } from '@jest/globals';
import { retryAfterMs } from '../../src/reason/retry-after.ts';

const now = new Date('2026-03-01T00:00:00Z');

test.each([
  ['120', undefined, 120_000],
  [' 0 ', undefined, 0],
  ['Sun, 01 Mar 2026 00:01:00 GMT', undefined, 60_000],
  ['Sun, 01 Mar 2026 00:01:00 GMT', 'Sun, 01 Mar 2026 00:00:50 GMT', 10_000],
  ['Sun, 01 Mar 2026 00:01:00 GMT', 'yesterday', 60_000],
  ['Sat, 28 Feb 2026 00:00:00 GMT', undefined, 0],
  ['Sun, 99 Mar 2026 00:01:00 GMT', undefined, undefined],
  ['-1', undefined, undefined],
  ['1e9', undefined, undefined],
  ['99999999999999', undefined, undefined],
  ['soon', undefined, undefined],
  [undefined, undefined, undefined],
])('%j at %j is %s ms', (value, date, ms) => {
  expect(retryAfterMs(value, { date, now })).toBe(ms);
});
