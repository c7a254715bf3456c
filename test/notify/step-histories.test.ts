import { describe, expect, test } from '@jest/globals';
import { type Alerts, defaultRules, type Now, noAlerts } from '../../src/notify/alerts.ts';
import type { Notice, StateNotice } from '../../src/notify/notice.ts';
import type { Problem, Seen } from '../../src/notify/problem.ts';
import { step } from '../../src/notify/step.ts';
import { look, minute, problem, start } from './looks.ts';

/** Numbers that look random and are the same in every run (mulberry32). */
const numbers = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
};

const mailboxes = ['a@example.jp', 'b@example.jp', 'c@example.jp'];
const causes = ['net.refused', 'net.filtered', 'tls.certificate-expired', 'auth.wrong-credentials'];

interface Moment {
  readonly seen: Seen;
  readonly now: Now;
}

/** A history: services that break, change their cause, mend and cannot be looked at, at random. */
const history = (seed: number, length: number): readonly Moment[] => {
  const random = numbers(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const restless = random() * 0.5;
  const state = new Map<string, string | undefined>();
  let at = start;
  return Array.from({ length }, (_, number) => {
    at += pick([5, 15, 15, 60]) * minute;
    const found: Record<string, 'unknown' | 'pass' | 'skip' | readonly Problem[]> = {};
    for (const mailbox of mailboxes) {
      if (random() < restless) state.set(mailbox, random() < 0.5 ? undefined : pick(causes));
      const kind = random();
      if (kind < 0.1) continue;
      const cause = state.get(mailbox);
      found[mailbox] =
        kind < 0.2
          ? pick(['unknown', 'skip'] as const)
          : cause === undefined
            ? 'pass'
            : [problem({ mailbox, cause, certain: cause.startsWith('tls.') })];
    }
    const quiet = number % 40 > 30;
    return { seen: look(`run${number}`, found), now: { at: new Date(at), quiet, maintenance: random() < 0.05 } };
  });
};

/** The notices of a digest stand for themselves. */
const spread = (notices: readonly Notice[]): readonly StateNotice[] =>
  notices.flatMap((notice): readonly StateNotice[] => {
    if (notice.kind === 'digest') {
      return notice.held.flatMap((one) =>
        one.ended === undefined ? [one.notice] : [one.notice, { ...one.notice, kind: 'recovered' }],
      );
    }
    return 'item' in notice ? [notice] : [];
  });

const rules = { ...defaultRules, remind: 6 * 60 * minute };

describe.each(Array.from({ length: 60 }, (_, seed) => seed))('random history %i', (seed) => {
  const moments = history(seed, 300);
  let alerts: Alerts = noAlerts;
  const told = moments.map((moment) => {
    const stepped = step(alerts, moment.seen, moment.now, rules);
    ({ alerts } = stepped);
    return { moment, notices: stepped.notices };
  });

  test('no state is told twice, no end without its beginning', () => {
    // By mailbox and cause: what the reader believes.
    const believed = new Map<string, 'bad' | 'flapping'>();
    const key = (mailbox: string, cause: string): string => `${mailbox} ${cause}`;
    for (const { moment, notices } of told) {
      const isHeld = moment.now.quiet;
      expect(isHeld ? notices.length : 0).toBe(0);
      for (const notice of spread(notices)) {
        for (const mailbox of notice.item.mailboxes) {
          const name = key(mailbox, notice.item.cause);
          const before = believed.get(name);
          switch (notice.kind) {
            case 'problem':
              expect(before).toBeUndefined();
              believed.set(name, 'bad');
              break;
            case 'changed':
              expect(before).toBeUndefined();
              expect(believed.has(key(mailbox, notice.before.cause))).toBe(true);
              believed.delete(key(mailbox, notice.before.cause));
              believed.set(name, 'bad');
              break;
            case 'reminder':
              expect(before).toBe('bad');
              break;
            case 'recovered':
              expect(before).toBe('bad');
              believed.delete(name);
              break;
            case 'flapping':
              expect(before).not.toBe('flapping');
              if (notice.before) {
                expect(believed.get(key(mailbox, notice.before.cause))).toBe('bad');
                believed.delete(key(mailbox, notice.before.cause));
              }
              believed.set(name, 'flapping');
              break;
            case 'calm':
              expect(before).toBe('flapping');
              if (notice.now === 'problem') believed.set(name, 'bad');
              else believed.delete(name);
              break;
          }
        }
      }
    }
  });

  test('every lasting problem is told, every lasting end too', () => {
    let now = moments.at(-1)?.now.at.getTime() ?? start;
    const settle = (found: Parameters<typeof look>[1]) => {
      let last = alerts;
      const notices: StateNotice[] = [];
      for (let times = 0; times < 12; times += 1) {
        now += 15 * minute;
        const stepped = step(
          last,
          look(`end${now}`, found),
          { at: new Date(now), quiet: false, maintenance: false },
          rules,
        );
        last = stepped.alerts;
        notices.push(...spread(stepped.notices));
      }
      return { last, notices };
    };
    const ill = settle(Object.fromEntries(mailboxes.map((mailbox) => [mailbox, [problem({ mailbox })]])));
    const known = ill.last.open.filter(({ state, bad }) => bad && (state === 'told' || state === 'flapping'));
    expect(known.map(({ mailbox }) => mailbox).sort()).toEqual(mailboxes);
    const well = settle(Object.fromEntries(mailboxes.map((mailbox) => [mailbox, 'pass' as const])));
    expect(well.last.open).toEqual([]);
  });

  test('what is remembered is small', () => {
    expect(JSON.stringify(alerts).length).toBeLessThan(60_000);
  });
});
