import type { Protocol } from './config.ts';
import type { CrmSubject } from './crm/subject.ts';
import type { Subject } from './mailbox.ts';
import type { Outcome, Verdict } from './outcome.ts';
import type { Text } from './text.ts';
import type { World } from './world.ts';

/** What a check may be about: a mailbox, or a CRM. */
export type AnySubject = Subject | CrmSubject;

export const isMailbox = (subject: AnySubject): subject is Subject => subject.kind === 'mail';

/**
 * One question to the outside world. `probe` does I/O and returns what it saw; `judge` is pure and says whether that
 * is good. Id, subject and target together are unique; two handles with the same three are one check in a run.
 */
export interface Check<Fact, About extends AnySubject = Subject> {
  readonly kind: 'check';
  /** It is asked of subjects of this kind only. */
  readonly on: About['kind'];
  /** `area.question`; it is printed, logged and relied on. */
  readonly id: string;
  readonly title: Text;
  /** Judgement waits for these, probing does not: when one is bad, this one is reported as blocked by it. */
  readonly needs: readonly AnyCheck[];
  /** Whether the subject has what this asks about; a service that is not configured is absent from the report. */
  present(subject: About): boolean;
  target(subject: About): string;
  /** Why it is skipped although the subject has it, or true. */
  appliesTo(subject: About): true | Text;
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
  probe(subject: About, world: World, signal: AbortSignal): Promise<Fact>;
  /**
   * In place of a probe: what follows from the outcomes of its needs, good or bad; they are waited for and do not block.
   * Pure; `now` is this machine's clock.
   */
  derive?(seen: Evidence, subject: About, now: Date): Fact;
  judge(fact: Fact, subject: About): Verdict;
  /** Lines of the fact for a person, indented as they mean it: in the report as `shown`, printed with --verbose. */
  shown?(fact: Fact): readonly Text[];
  /** Subjects that the fact brings in (the CRM's own mail accounts); they are planned and run too. */
  discovers?(fact: Fact, subject: About): readonly Subject[];
}

/** Methods are bivariant, so every check is one of these. */
export type AnyCheck = Check<unknown, AnySubject>;

type Optional = 'needs' | 'present' | 'appliesTo' | 'protocols' | 'sends' | 'costly' | 'past' | 'offline';

export const defineCheck = <Fact>(
  check: Omit<Check<Fact>, 'kind' | 'on' | Optional> & Partial<Pick<Check<Fact>, Optional>>,
): Check<Fact> => ({
  kind: 'check',
  on: 'mail',
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

/** A question about a CRM; its target is the CRM itself. */
export const defineCrmCheck = <Fact>(
  check: Omit<Check<Fact, CrmSubject>, 'kind' | 'on' | 'target' | Optional> &
    Partial<Pick<Check<Fact, CrmSubject>, 'target' | Optional>>,
): Check<Fact, CrmSubject> => ({
  kind: 'check',
  on: 'crm',
  needs: [],
  present: () => true,
  appliesTo: () => true,
  protocols: [],
  sends: false,
  costly: false,
  past: false,
  offline: false,
  target: ({ label }) => label,
  ...check,
});

/** A check that asks nothing itself: its fact follows from what its needs have seen. */
export const defineDerived = <Fact>(
  check: Omit<Parameters<typeof defineCheck<Fact>>[0], 'probe' | 'derive'> & {
    readonly derive: (seen: Evidence, subject: Subject, now: Date) => Fact;
  },
): Check<Fact> => defineCheck<Fact>({ ...check, probe: () => Promise.reject(new Error('it has no probe')) });

/** The target of a check; what the CRM's own accounts bring in is told apart by `crm:NAME` before it (CONTRACT). */
export const targetFor = (check: AnyCheck, subject: AnySubject): string => {
  const target = check.target(subject);
  const origin = subject.kind === 'mail' ? subject.crm?.label : undefined;
  return origin === undefined || target.startsWith(`${origin} `) ? target : `${origin} ${target}`;
};

/** What makes a check unique in a run: id, mailbox and target (CONTRACT). */
export const keyOf = (check: AnyCheck, subject: AnySubject): string =>
  `${check.id} ${subject.label} ${targetFor(check, subject)}`;

/** Whether the subject is of its kind and has what it asks about. Of a row that could not be read only the settings are. */
export const isPresent = (check: AnyCheck, subject: AnySubject): boolean =>
  check.on === subject.kind &&
  (check.id === 'mail.config' || subject.kind !== 'mail' || subject.config.row?.faults === undefined) &&
  check.present(subject);

/** All outcomes of one subject in one run, read by handle. */
export interface Evidence {
  of<Fact, About extends AnySubject = Subject>(check: Check<Fact, About>): Outcome<Fact> | undefined;
  /** The fact when it was observed and is not blocked, good or bad. */
  fact<Fact, About extends AnySubject = Subject>(check: Check<Fact, About>): Fact | undefined;
  /** The fact when it was observed and judged warn or fail. */
  bad<Fact, About extends AnySubject = Subject>(check: Check<Fact, About>): Fact | undefined;
  /** What was seen of the other subjects of the run; empty where each stands for itself. */
  readonly others: readonly SeenElsewhere[];
}

/** Another subject of the same run. */
export interface SeenElsewhere {
  readonly subject: AnySubject;
  readonly evidence: Evidence;
}

export const evidenceOf = (
  outcomes: ReadonlyMap<string, Outcome<unknown>>,
  subject: AnySubject,
  others: readonly SeenElsewhere[] = [],
): Evidence => {
  const of = <Fact, About extends AnySubject = Subject>(check: Check<Fact, About>): Outcome<Fact> | undefined =>
    // The key holds the check's id, and one id has one fact type.
    isPresent(check, subject) ? (outcomes.get(keyOf(check, subject)) as Outcome<Fact> | undefined) : undefined;
  const fact = <Fact, About extends AnySubject = Subject>(check: Check<Fact, About>): Fact | undefined => {
    const outcome = of(check);
    return outcome?.kind === 'observed' ? outcome.fact : undefined;
  };
  return {
    of,
    fact,
    others,
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
  subject: AnySubject,
) => readonly { readonly id: string; readonly due?: string; readonly says: Text }[];
