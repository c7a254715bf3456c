import type { Attempt, Login } from '../model/login.ts';
import { accountsOf, loginKey } from '../reason/login-keys.ts';

/** What is remembered of a login that was refused. Never anything of the secret. */
export interface RefusedLogin extends Login {
  /** When it was refused, the latest last; of the last day only. RFC 3339. */
  readonly refused: readonly string[];
  /** Refusals in a row. */
  readonly times: number;
  /** It is not tried before. */
  readonly until: string;
  /** When a server said that further tries lock the account, or that it is locked. */
  readonly lockedAt?: string;
  /** The lock-out is of this account alone. */
  readonly accountOnly?: boolean;
  /** What the configuration and the files of its secrets looked like, so that a new password is tried at once. */
  readonly settings: string;
}

const hour = 3_600_000;
const day = 24 * hour;

/** A turn comes some seconds earlier or later than the one before. */
const slack = 5 * 60_000;

/** After the first refusal, the second, and every further one. */
const pauses: readonly number[] = [hour, 4 * hour, day];

/** A changed file may be one that somebody touches again and again: so many refusals a day and it is waited for all the same. */
const mostADay = 4;

const most = 20_000;

const pauseAfter = (times: number): number => (pauses[Math.min(times, pauses.length) - 1] ?? day) - slack;

/** A moment that lies ahead by more than any pause was written by a clock that was wrong. */
const isBefore = (now: number, until: string): boolean => now < Date.parse(until) && Date.parse(until) - now <= day;

const isLocked = ({ lockedAt, until }: RefusedLogin, now: number): boolean =>
  lockedAt !== undefined && isBefore(now, until);

const mayWait = (one: RefusedLogin, now: number, settings: string): boolean =>
  isBefore(now, one.until) && (one.settings === settings || isLocked(one, now) || one.refused.length >= mostADay);

/** A place in the configuration is an account only while that is what it was. */
const lockedIn = ({ path, ...login }: RefusedLogin, settings: string): readonly string[] =>
  accountsOf({ ...login, ...(path !== undefined && login.settings === settings ? { path } : {}) });

/** Which logins are not to be tried yet. After a sign of a lock-out none of that account is, nor of that host. */
export const waitingIn = (
  refused: readonly RefusedLogin[],
  now: Date,
  settings: string,
): ((login: Login) => boolean) => {
  const waits = refused.filter((one) => mayWait(one, now.getTime(), settings));
  const keys = new Set(waits.map(loginKey));
  const locked = waits.filter((one) => isLocked(one, now.getTime()));
  const accounts = new Set(locked.flatMap((one) => lockedIn(one, settings)));
  const hosts = new Set(locked.filter(({ accountOnly }) => !accountOnly).map(({ host }) => host.toLowerCase()));
  return (login) =>
    keys.has(loginKey(login)) ||
    hosts.has(login.host.toLowerCase()) ||
    accountsOf(login).some((one) => accounts.has(one));
};

const refusedAgain = (
  before: RefusedLogin | undefined,
  { came, ...login }: Attempt,
  now: Date,
  settings: string,
): RefusedLogin => {
  const at = now.toISOString();
  const since = now.getTime() - day;
  const recent = (before?.refused ?? []).filter((one) => Date.parse(one) > since && one <= at);
  // With other settings it is another password, and its first refusal.
  const times = (before?.settings === settings ? before.times : 0) + 1;
  const pause = came === 'locked-out' || recent.length + 1 >= mostADay ? day : pauseAfter(times);
  return {
    ...login,
    refused: [...recent, at].slice(-mostADay),
    times,
    until: new Date(now.getTime() + pause).toISOString(),
    ...(came === 'locked-out' ? { lockedAt: at } : {}),
    settings,
  };
};

/** What is remembered after the logins of a round. A server that was busy or not there has not judged anything. */
export const afterLogins = (
  refused: readonly RefusedLogin[],
  attempts: readonly Attempt[],
  now: Date,
  settings: string,
): readonly RefusedLogin[] => {
  const known = new Map(refused.map((one) => [loginKey(one), one]));
  for (const attempt of attempts) {
    const key = loginKey(attempt);
    const before = known.get(key);
    if (attempt.came === 'not-judged') continue;
    known.delete(key);
    if (attempt.came !== 'accepted') known.set(key, refusedAgain(before, attempt, now, settings));
  }
  // Nobody asks for these any more: a mailbox that is gone, a name that only a trial has used.
  const forgotten = now.getTime() - 30 * day;
  return [...known.values()].filter(({ until }) => Date.parse(until) > forgotten).slice(-most);
};

/** Without those that a person's own run has logged in with since. */
export const withoutGood = (
  refused: readonly RefusedLogin[],
  isGood: (login: RefusedLogin) => boolean,
): readonly RefusedLogin[] => refused.filter((one) => !isGood(one));

/** Rounds that were killed may each have left a refused login behind: after three in a row logins wait as after a refusal. */
const freeBreaks = 3;

export const waitsAfterBreaks = (
  breaks: { readonly times: number; readonly lastAt: string } | undefined,
  now: Date,
): boolean =>
  breaks !== undefined &&
  breaks.times >= freeBreaks &&
  isBefore(
    now.getTime(),
    new Date(Date.parse(breaks.lastAt) + pauseAfter(breaks.times - freeBreaks + 1)).toISOString(),
  );
