import type { Alert, Now, Rules } from './alerts.ts';
import { isAboutTheSame, isOver, matched } from './match.ts';
import { isAtLeast, type Problem, type Seen, worstOf } from './problem.ts';

/** What became of one cause in one mailbox, before it is grouped and put into notices. */
export type Turn =
  | { readonly kind: 'problem' | 'reminder'; readonly alert: Alert; readonly problem: Problem }
  | { readonly kind: 'changed'; readonly alert: Alert; readonly problem: Problem; readonly before: Alert }
  | { readonly kind: 'recovered'; readonly alert: Alert }
  /** `before`: the cause that it takes turns with, which is not told of any more. */
  | { readonly kind: 'flapping'; readonly alert: Alert; readonly problem?: Problem; readonly before?: Alert }
  | { readonly kind: 'calm'; readonly alert: Alert; readonly problem?: Problem };

interface Stepped {
  readonly open: readonly Alert[];
  readonly turns: readonly Turn[];
}

const mostChanges = 50;

const ms = (at: string): number => Date.parse(at);

const changed = (alert: Alert, at: string): readonly string[] => [...alert.changes, at].slice(-mostChanges);

const aboutOf = (problem: Problem) => ({
  title: problem.title,
  hosts: problem.hosts,
  places: problem.places,
  affects: problem.affects,
});

/** One mailbox's alerts, looked at with what a run found in it. */
export const stepMailbox = (
  alerts: readonly Alert[],
  { problems, checks }: Pick<Seen, 'problems' | 'checks'>,
  { at: date }: Pick<Now, 'at'>,
  { confirm, remind, flapping: limits }: Rules,
): Stepped => {
  const at = date.toISOString();
  const now = date.getTime();
  const turns: Turn[] = [];
  const { again, fresh } = matched(alerts, problems);

  const flaps = ({ changes, untold }: Alert): boolean =>
    changes.filter((one) => now - ms(one) <= limits.within).length >= limits.changes || untold * 2 >= limits.changes;
  const isCalm = ({ changes, looks }: Alert): boolean =>
    looks >= limits.changes && now - ms(changes.at(-1) ?? at) >= limits.within;

  /** One that flaps, or begins to: silence until it is calm. */
  const damped = (alert: Alert, problem: Problem | undefined): Alert | undefined | 'not' => {
    const one = problem === undefined ? {} : { problem };
    if (alert.state === 'flapping') {
      if (!isCalm(alert)) return alert;
      turns.push({ kind: 'calm', alert, ...one });
      return alert.bad ? { ...alert, state: 'told', toldAt: at, changes: [], untold: 0 } : undefined;
    }
    if (!flaps(alert)) return 'not';
    const told: Alert = { ...alert, state: 'flapping', toldAt: at, untold: 0 };
    turns.push({ kind: 'flapping', alert: told, ...one });
    return told;
  };

  const isEnough = (alert: Alert, problem: Problem): boolean => problem.certain || alert.looks >= confirm;

  /** Those in whose place another cause stands now. */
  const dropped = new Set<Alert>();
  /** Those that nothing found again, and in whose place something else may now stand. */
  const missed = new Set(alerts.filter((alert) => alert.bad && !again.has(alert) && !isOver(alert, checks)));
  const replacedBy = (problem: Problem, states: readonly Alert['state'][]): Alert | undefined =>
    [...missed].find((alert) => states.includes(alert.state) && isAboutTheSame(alert, problem));

  const seenBad = (before: Alert, problem: Problem): Alert | undefined => {
    const back = !before.bad;
    const alert: Alert = {
      ...before,
      ...aboutOf(problem),
      // The worst of its spell: one that goes up and down is told once.
      severity: back ? problem.severity : worstOf([before.severity, problem.severity]),
      bad: true,
      looks: back ? 1 : before.looks + 1,
      since: back ? at : before.since,
      state: before.state === 'gone' ? 'pending' : before.state,
      changes: back ? changed(before, at) : before.changes,
      seenAt: at,
    };
    const kept = damped(alert, problem);
    if (kept !== 'not') return kept;
    if (alert.state === 'pending') {
      if (!isEnough(alert, problem)) return alert;
      const old = replacedBy(problem, ['told', 'flapping']);
      const told: Alert = { ...alert, state: 'told', toldAt: at, untold: 0 };
      if (!old) {
        turns.push({ kind: 'problem', alert: told, problem });
        return told;
      }
      missed.delete(old);
      dropped.add(old);
      const instead: Alert = { ...told, changes: changed(old, at) };
      // Causes that take turns are one service that does not come to rest.
      if (flaps(instead)) {
        const flapping: Alert = { ...instead, state: 'flapping' };
        if (old.state !== 'flapping') turns.push({ kind: 'flapping', alert: flapping, problem, before: old });
        return flapping;
      }
      turns.push({ kind: 'changed', alert: instead, problem, before: old });
      return instead;
    }
    if (!isAtLeast(before.severity, alert.severity)) {
      const told = { ...alert, toldAt: at };
      turns.push({ kind: 'changed', alert: told, problem, before });
      return told;
    }
    if (remind !== undefined && alert.toldAt !== undefined && now - ms(alert.toldAt) >= remind) {
      const told = { ...alert, toldAt: at };
      turns.push({ kind: 'reminder', alert: told, problem });
      return told;
    }
    return alert;
  };

  const newAlert = (problem: Problem): Alert | undefined => {
    // One that was not told yet, and now has another cause: the service has been ill for as long.
    const earlier = replacedBy(problem, ['pending']);
    if (earlier) {
      missed.delete(earlier);
      dropped.add(earlier);
    }
    const start: Alert = {
      mailbox: problem.mailbox,
      cause: problem.cause,
      ...aboutOf(problem),
      severity: problem.severity,
      since: earlier?.since ?? at,
      state: 'pending',
      bad: true,
      looks: earlier?.looks ?? 0,
      changes: earlier?.changes ?? [at],
      untold: earlier?.untold ?? 0,
      seenAt: at,
    };
    return seenBad(start, problem);
  };

  const notFound = (before: Alert): Alert | undefined => {
    if (before.bad && !isOver(before, checks)) {
      // A cause that was never told, whose service is now told of by another one, is nobody's news.
      const other = problems.some((problem) => isAboutTheSame(before, problem));
      return before.state === 'pending' && other ? undefined : before;
    }
    if (!isOver(before, checks)) return before;
    const left = before.bad;
    const alert: Alert = {
      ...before,
      bad: false,
      looks: left ? 1 : before.looks + 1,
      changes: left ? changed(before, at) : before.changes,
      untold: left && before.state === 'pending' ? before.untold + 1 : before.untold,
      seenAt: at,
    };
    const kept = damped(alert, undefined);
    if (kept !== 'not') return kept;
    if (left && before.state === 'told') turns.push({ kind: 'recovered', alert });
    const quiet = now - ms(alert.changes.at(-1) ?? at) >= limits.within && alert.looks >= limits.changes;
    return quiet ? undefined : { ...alert, state: 'gone' };
  };

  const next: (Alert | undefined)[] = [];
  for (const alert of alerts) {
    const problem = again.get(alert);
    if (problem) next.push(seenBad(alert, problem));
  }
  for (const problem of fresh) next.push(newAlert(problem));
  for (const alert of alerts) {
    if (!again.has(alert) && !dropped.has(alert)) next.push(notFound(alert));
  }
  return { open: next.filter((alert) => alert !== undefined), turns };
};
