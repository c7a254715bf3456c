import { expect, test } from '@jest/globals';
import { cronTimes, leastGap } from '../../../src/reason/watch/cron-fields.ts';
import { openCron } from '../../../src/watch/schedule/cron.ts';

const good = [
  '* * * * *',
  '*/5 * * * *',
  '0,30 9-17 * * mon-fri',
  '15 3 1,15 * *',
  '0 0 * jan,JUL sun',
  '10-50/20 */6 * * 7',
  '0 4 * * fri-sun',
  '59 23 31 12 *',
  '0 0 29 2 *',
  '0 0 30 2 mon',
];
const bad = [
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 0 32 * *',
  '0 0 * 13 *',
  '0 0 * * 8',
  '5/10 * * * *',
  '*/0 * * * *',
  '30-10 * * * *',
  '1-2-3 * * * *',
  '1, * * * *',
  'mon * * * *',
  '-1 * * * *',
  '0 0 31 2,4,6 *',
];

test.each(good)('%s is read, and the library that calculates its times reads it too', async (expression) => {
  expect('kind' in cronTimes(expression)).toBe(false);
  const next = await openCron(expression, 'Asia/Tokyo');
  expect(next(Date.parse('2026-11-26T00:00:00Z'))).toBeGreaterThan(0);
});

test.each(bad)('"%s" is refused', (expression) => {
  expect('kind' in cronTimes(expression)).toBe(true);
});

test.each<[string, number]>([
  ['* * * * *', 1],
  ['*/15 * * * *', 15],
  ['*/7 * * * *', 4],
  ['58,2 * * * *', 4],
  ['58,2 3 * * *', 56],
  ['0 * * * *', 60],
  ['0 23,0 * * *', 60],
])('%s has its turns at least %d minutes apart', (expression, minutes) => {
  const times = cronTimes(expression);
  if ('kind' in times) throw new Error('not read');
  expect(leastGap(times)).toBe(minutes);
});
