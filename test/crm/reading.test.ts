import { expect, test } from '@jest/globals';
import { timeIn } from '../../src/crm/reading.ts';

test.each([
  ['2026-11-21T10:00:00.000+0000', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T19:00:00+09:00', '2026-11-21T10:00:00.000Z'],
  ['Sat, 21 Nov 2026 10:00:00 GMT', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21 10:00:00', undefined],
  ['11/21/2026 10:00am', undefined],
  ['2026-11-21', undefined],
])('a moment needs its zone: %s', (text, moment) => {
  expect(timeIn(text)).toBe(moment);
});
