import { expect, test } from '@jest/globals';
import { readConfigText } from '../../src/config/read.ts';
import { tickMinutes } from '../../src/watch/schedule/tick.ts';

const tick = (every: string): number =>
  tickMinutes(readConfigText(`watch: { every: { ${every} } }`, '/etc/crm-doctor.yaml', {}).watch);

test('without any configuration an outer timer calls as often as the quickest usual pace', () => {
  expect(tickMinutes(undefined)).toBe(15);
});

test.each([
  ['mail.port: 5m', 5],
  ['mail.port: 1m', 1],
  ['mail.port: 2m', 1],
  ['mail.port: 20m', 5],
  ['mail.port: 3d', 15],
  ["'sync.*': '30 3 * * *'", 15],
  ["'sync.*': '10 3 * * *'", 5],
  // Five minutes late at most, for a process less each minute.
  ["'sync.*': '7 3 * * *'", 5],
  ["'*': off", 15],
])('{ %s } needs a call every %d minutes', (every, minutes) => {
  expect(tick(every)).toBe(minutes);
});
