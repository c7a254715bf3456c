import type { Protocol } from './config.ts';
import type { Subject } from './mailbox.ts';
import type { Outcome, Verdict } from './outcome.ts';
import type { Text } from './text.ts';
import type { World } from './world.ts';

/**
 * One question to the outside world. `probe` does I/O and returns what it saw; `judge` is pure and says whether that
 * is good. Id, subject and target together are unique; two handles with the same three are one check in a run.
 */
export interface Check<Fact> {
  readonly kind: 'check';
  /** `area.question`; it is printed, logged and relied on. */
  readonly id: string;
  readonly title: Text;
  /** Judgement waits for these, probing does not: when one is bad, this one is reported as blocked by it. */
  readonly needs: readonly AnyCheck[];
  /** Whether the subject has what this asks about; a service that is not configured is absent from the report. */
  present(subject: Subject): boolean;
  target(subject: Subject): string;
  /** Why it is skipped although the subject has it, or true. */
  appliesTo(subject: Subject): true | Text;
  /** The services that it asks; a trial runs again what asks a changed service. Empty: the account as a whole. */
  readonly protocols: readonly Protocol[];
  /** A probe that sends a message; trials never run it. */
  readonly sends: boolean;
  /** A probe that makes a login or sends; trials run these last and for the best candidate only. */
  readonly costly: boolean;
  /** Looks at what happened before the run: no change of settings alters it, so that trials never run it. */
  readonly past: boolean;
  /** Can answer without any network. */
  readonly offline: boolean;
  /** "Refused", "silent" and "535" are facts, not exceptions; it throws only when crm-doctor itself is broken. */
  probe(subject: Subject, world: World, signal: AbortSignal): Promise<Fact>;
  /**
   * In place of a probe: what follows from the outcomes of its needs, good or bad; they are waited for and do not block.
   * Pure; `now` is this machine's clock.
   */
  readonly derive?: ((seen: Evidence, subject: Subject, now: Date) => Fact) | undefined;
  judge(fact: Fact, subject: Subject): Verdict;
  /** Lines of the fact for a person, indented as they mean it: in the report as `shown`, printed with --verbose. */
  shown?(fact: Fact): readonly Text[];
}

/** Methods are bivariant, so every check is one of these. */
export type AnyCheck = Check<unknown>;

type Optional = 'needs' | 'present' | 'appliesTo' | 'protocols' | 'sends' | 'costly' | 'past' | 'offline';

export const defineCheck = <Fact>(
  check: Omit<Check<Fact>, 'kind' | Optional> & Partial<Pick<Check<Fact>, Optional>>,
): Check<Fact> => ({
  kind: 'check',
  needs: [],
  present: () => true,
  appliesTo: () => true,
  protocols: [],
  sends: false,
  costly: false,
  past: false,
  offline: false,
  ...check,
});

/** A check that asks nothing itself: its fact follows from what its needs have seen. */
export const defineDerived = <Fact>(
  check: Omit<Parameters<typeof defineCheck<Fact>>[0], 'probe' | 'derive'> & {
    readonly derive: (seen: Evidence, subject: Subject, now: Date) => Fact;
  },
): Check<Fact> => defineCheck<Fact>({ ...check, probe: () => Promise.reject(new Error('it has no probe')) });

/** What makes a check unique in a run: id, mailbox and target (CONTRACT). */
export const keyOf = (check: AnyCheck, subject: Subject): string =>
  `${check.id} ${subject.label} ${check.target(subject)}`;

/** All outcomes of one subject in one run, read by handle. */
export interface Evidence {
  of<Fact>(check: Check<Fact>): Outcome<Fact> | undefined;
  /** The fact when it was observed and is not blocked, good or bad. */
  fact<Fact>(check: Check<Fact>): Fact | undefined;
  /** The fact when it was observed and judged warn or fail. */
  bad<Fact>(check: Check<Fact>): Fact | undefined;
}

export const evidenceOf = (outcomes: ReadonlyMap<string, Outcome<unknown>>, subject: Subject): Evidence => {
  const of = <Fact>(check: Check<Fact>): Outcome<Fact> | undefined =>
    // The key holds the check's id, and one id has one fact type.
    check.present(subject) ? (outcomes.get(keyOf(check, subject)) as Outcome<Fact> | undefined) : undefined;
  const fact = <Fact>(check: Check<Fact>): Fact | undefined => {
    const outcome = of(check);
    return outcome?.kind === 'observed' ? outcome.fact : undefined;
  };
  return {
    of,
    fact,
    bad: (check) => {
      const outcome = of(check);
      if (outcome?.kind !== 'observed') return undefined;
      return outcome.verdict.grade === 'fail' || outcome.verdict.grade === 'warn' ? outcome.fact : undefined;
    },
  };
};

/** Something that will go wrong on a known day although it works now. Pure; read from the evidence of a run. */
export type Forecast = (
  evidence: Evidence,
  subject: Subject,
) => readonly { readonly id: string; readonly due?: string; readonly says: Text }[];
