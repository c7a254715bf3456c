import { describe, expect, test } from '@jest/globals';
import type { Attempt, Came, Login } from '../../src/model/login.ts';
import { afterLogins, type RefusedLogin, waitingIn, waitsAfterBreaks } from '../../src/watch/logins.ts';

const hour = 3_600_000;
const sales: Login = { protocol: 'imap', host: 'imap.example.test', username: 'sales' };
const start = Date.parse('2026-11-24T00:00:00Z');
const at = (hours: number): Date => new Date(start + hours * hour);

const attempt = (came: Came, login = sales): Attempt => ({ ...login, came });

/** How often a login is tried that is refused each time, when it has a turn every hour. */
const triesIn = (
  hours: number,
  settings: (hours: number) => string = () => 'a',
  came: Came = 'refused',
): readonly number[] => {
  let refused: readonly RefusedLogin[] = [];
  const tries: number[] = [];
  for (let now = 0; now < hours; now += 1) {
    if (waitingIn(refused, at(now), settings(now))(sales)) continue;
    tries.push(now);
    refused = afterLogins(refused, [attempt(came)], at(now), settings(now));
  }
  return tries;
};

describe('a login that is refused again and again', () => {
  test('is tried after an hour, four hours, and then once a day', () => {
    expect(triesIn(24 * 7)).toEqual([0, 1, 5, 29, 53, 77, 101, 125, 149]);
  });

  test('is tried at once with other settings, but not whenever a file is touched', () => {
    expect(triesIn(24, (now) => (now < 7 ? 'a' : 'b'))).toEqual([0, 1, 5, 7]);
    expect(triesIn(60, (now) => (now < 7 ? 'a' : 'b'))).toEqual([0, 1, 5, 7, 31, 35, 59]);
    const touched = triesIn(48, (now) => `touched ${now}`);
    expect(touched.filter((now) => now < 24).length).toBeLessThanOrEqual(4);
  });

  test('is not tried for a day after a sign of a lock-out, whatever changes, nor is any other on that host', () => {
    expect(triesIn(60, (now) => `${now}`, 'locked-out')).toEqual([0, 24, 48]);
    const locked = afterLogins([], [attempt('locked-out')], at(0), 'a');
    const waits = waitingIn(locked, at(23), 'b');
    expect(waits({ ...sales, protocol: 'smtp' })).toBe(true);
    expect(waits({ ...sales, username: 'info' })).toBe(true);
    expect(waits({ ...sales, host: 'other.test', username: 'info' })).toBe(false);
  });

  test('a lock-out of one account holds for all of its services, on whatever host, and for nobody else', () => {
    const imap: Login = { ...sales, path: 'mail[sales].imap' };
    const own = afterLogins([], [{ ...attempt('locked-out', imap), accountOnly: true }], at(0), 'a');
    const smtp: Login = { ...imap, protocol: 'smtp', host: 'smtp.example.test', path: 'mail[sales].smtp' };
    const named: Login = { ...smtp, username: 'sales-out' };
    const info: Login = { ...imap, username: 'info', path: 'mail[info].imap' };
    const crm: Login = { protocol: 'crm', host: 'crm.test', username: 'sales' };
    const among = (settings: string) => [imap, smtp, named, info, crm].map(waitingIn(own, at(23), settings));
    expect(among('a')).toEqual([true, true, true, false, false]);
    // With other settings the place may be another account; the name is not.
    expect(among('b')).toEqual([true, true, false, false, false]);
  });

  test('is forgotten when it is accepted, and not when the server has not judged it', () => {
    const once = afterLogins([], [attempt('refused')], at(0), 'a');
    expect(afterLogins(once, [attempt('not-judged')], at(1), 'a')).toEqual(once);
    expect(afterLogins(once, [attempt('accepted')], at(1), 'a')).toEqual([]);
  });

  test('waits on every host, for a trial may try another one; a CRM’s on its own', () => {
    const refused = afterLogins([], [attempt('refused')], at(0), 'a');
    const waits = waitingIn(refused, at(0), 'a');
    expect(waits({ ...sales, host: 'elsewhere.test' })).toBe(true);
    expect(waits({ ...sales, protocol: 'pop3' })).toBe(false);
    const crm: Login = { protocol: 'crm', host: 'crm.test', username: 'admin', realm: 'one' };
    const waitsCrm = waitingIn(afterLogins([], [attempt('refused', crm)], at(0), 'a'), at(0), 'a');
    expect([waitsCrm(crm), waitsCrm({ ...crm, realm: 'two' }), waitsCrm({ ...crm, host: 'b.test' })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('a clock that was ahead by years makes nothing wait for years', () => {
    const refused = afterLogins([], [attempt('refused')], at(24 * 365 * 10), 'a');
    expect(waitingIn(refused, at(0), 'a')(sales)).toBe(false);
  });
});

test('after three rounds in a row that were killed logins wait, longer each time', () => {
  const breaks = (times: number) => ({ times, lastAt: at(0).toISOString() });
  expect(waitsAfterBreaks(undefined, at(0))).toBe(false);
  expect(waitsAfterBreaks(breaks(2), at(0))).toBe(false);
  expect([0.5, 1].map((now) => waitsAfterBreaks(breaks(3), at(now)))).toEqual([true, false]);
  expect([3, 4].map((now) => waitsAfterBreaks(breaks(4), at(now)))).toEqual([true, false]);
  expect([23, 24].map((now) => waitsAfterBreaks(breaks(9), at(now)))).toEqual([true, false]);
});
