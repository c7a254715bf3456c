import type { AnyCheck, AnySubject, Evidence, SeenElsewhere } from '../model/check.ts';
import { evidenceOf, isPresent, keyOf } from '../model/check.ts';
import type { Change, Protocol } from '../model/config.ts';
import { protocols } from '../model/config.ts';
import type { Subject } from '../model/mailbox.ts';
import { withChange } from '../model/mailbox.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import { plan } from '../plan/plan.ts';
import type { Outcomes, RunOptions, Timed } from '../run/run.ts';
import { run } from '../run/run.ts';

/** What trials work with. */
export interface Bench {
  readonly checks: readonly AnyCheck[];
  readonly options: Omit<RunOptions, 'known'>;
}

/** One candidate change, tried on a copy of the configuration. */
export interface Trial {
  readonly change: readonly Change[];
  readonly subject: Subject;
  /** All outcomes of the changed subject: those of the base, and anew those of the changed services. */
  readonly outcomes: Outcomes;
  /** Keys that were run in this trial. */
  readonly ran: readonly string[];
  readonly evidence: Evidence;
}

export const plainOutcomes = (outcomes: Outcomes): ReadonlyMap<string, Outcome<unknown>> =>
  new Map([...outcomes].map(([key, { outcome }]) => [key, outcome]));

export const evidenceIn = (outcomes: Outcomes, subject: AnySubject, others: readonly SeenElsewhere[] = []): Evidence =>
  evidenceOf(plainOutcomes(outcomes), subject, others);

const changedProtocols = (before: Subject, after: Subject): readonly Protocol[] =>
  protocols.filter((protocol) => {
    const [left, right] = [before.services[protocol], after.services[protocol]];
    const sender =
      protocol === 'smtp' && (before.config.from !== after.config.from || before.address !== after.address);
    return sender || JSON.stringify(left) !== JSON.stringify(right);
  });

/** What has to run again for the change: everything that asks a changed service, but nothing that sends. */
const again = (bench: Bench, before: Subject, after: Subject): readonly PlannedCheck[] => {
  const changed = changedProtocols(before, after);
  const own = ({ address, config }: Subject) => JSON.stringify([address, config.username, config.from]);
  const account = own(before) !== own(after);
  const checks = bench.checks.filter(
    (check) =>
      !check.sends &&
      !check.past &&
      (check.protocols.length === 0 ? account : check.protocols.some((one) => changed.includes(one))),
  );
  const keys = new Set(checks.filter((check) => isPresent(check, after)).map((check) => keyOf(check, after)));
  return plan([after], checks).filter(({ key }) => keys.has(key));
};

/** The base without what asked a changed service: those outcomes speak of settings that are no more. */
const unchanged = (bench: Bench, before: Subject, after: Subject, outcomes: Outcomes): Map<string, Timed> => {
  const stale = new Set(again(bench, after, before).map(({ key }) => key));
  return new Map([...outcomes].filter(([key]) => !stale.has(key)));
};

const conclude = (bench: Bench, base: MailBase, change: readonly Change[], fresh: Outcomes): Trial => {
  const subject = withChange(base.subject, change);
  const outcomes = unchanged(bench, base.subject, subject, base.outcomes);
  for (const [key, timed] of fresh) outcomes.set(key, timed);
  return { change, subject, outcomes, ran: [...fresh.keys()], evidence: evidenceIn(outcomes, subject, base.others) };
};

/** A subject and everything that was seen of it. */
export interface Base<About extends AnySubject = AnySubject> {
  readonly subject: About;
  readonly outcomes: Outcomes;
  /** The other subjects of the run. */
  readonly others?: readonly SeenElsewhere[];
}

/** A mailbox: its settings are what a trial can change. */
export type MailBase = Base<Subject>;

/** What is checked on a copy is no result of the run, and nobody is told of it; only the trial itself is. */
const onCopy = (bench: Bench, known: Outcomes): RunOptions => ({ ...bench.options, known, listener: () => {} });

/** First half of a trial: all that costs no login. */
export const look = async (bench: Bench, base: MailBase, change: readonly Change[]): Promise<Trial> => {
  const subject = withChange(base.subject, change);
  const planned = again(bench, base.subject, subject);
  const known = unchanged(bench, base.subject, subject, base.outcomes);
  const free = planned.filter(({ check }) => !check.costly);
  return conclude(bench, base, change, await run(free, onCopy(bench, known)));
};

/** Second half: the logins, after the first half was good. */
export const enter = async (bench: Bench, base: MailBase, first: Trial): Promise<Trial> => {
  const costly = again(bench, base.subject, first.subject).filter(({ check }) => check.costly);
  if (costly.length === 0) return first;
  const fresh = new Map(first.ran.flatMap((key) => [[key, first.outcomes.get(key)] as const]).filter(isKnown));
  const entered = await run(costly, onCopy(bench, first.outcomes));
  return conclude(bench, base, first.change, new Map([...fresh, ...entered]));
};

const isKnown = (entry: readonly [string, Timed | undefined]): entry is readonly [string, Timed] =>
  entry[1] !== undefined;
