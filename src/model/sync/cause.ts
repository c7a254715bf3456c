import type { Owner, Severity } from '../cause.ts';
import type { Text } from '../text.ts';
import type { ComparisonFact, Explained, FieldDifference } from './comparison.ts';
import type { Effect, Hypothesis } from './hypothesis.ts';

/** What the texts of a cause are written from: all that its hypotheses explain, largest first. */
export interface Told {
  readonly explained: readonly [Explained, ...Explained[]];
  /** The first of them, which most texts are about. */
  readonly main: Explained;
  readonly fact: ComparisonFact;
  /** Names of the columns of the explained, as `phone` or, where the names differ, `phone / tel`. */
  readonly columns: string;
  readonly field: (at: number) => FieldDifference | undefined;
  /** `9,812 of 10,037 (97.4-98.1 %)` */
  readonly share: Text;
  /** The same of one of `explained`. */
  readonly shareOf: (one: Explained) => Text;
}

/**
 * A root cause of differences between two systems (CAUSES-SYNC.md). Its hypotheses are tried on the comparison; texts are written from
 * what stood. Pure.
 */
export interface SyncCause {
  readonly kind: 'sync-cause';
  readonly id: string;
  readonly title: Text;
  /** What it means in general, for `crm-doctor explain`: two to four plain sentences. */
  readonly about: Text;
  readonly owner: Owner;
  /** Default: by the effect of what stood (`wrong`: critical, `notation`: warning, `expected`: info). */
  readonly severity?: Severity;
  /** Ids of causes of which this is a symptom: where one of them explains the same pairs or rows as well, it is taken before this. */
  readonly unless?: readonly string[];
  /** Where it explains most of the pairs, these are no records of both sides: none that is on one side only is held against them. */
  readonly strangers?: true;
  readonly hypotheses: readonly Hypothesis[];
  /** Kinds of records that are one story where the details agree: `because` is told of all of them at once, in `explained`. */
  readonly atOnce?: readonly Explained['population'][];
  /** All that is found of it is one story, whatever the details are: `because` and `steps` are told of all at once, in `explained`. */
  readonly oneStory?: true;
  readonly because: (told: Told) => Text;
  /** What the second scan came to, where "the fault undone" is not what it did; in place of the usual sentence. */
  readonly scanned?: (told: Told, records: number) => Text;
  readonly steps: (told: Told) => readonly Text[];
}

export const defineSyncCause = (cause: Omit<SyncCause, 'kind'>): SyncCause => ({ kind: 'sync-cause', ...cause });

export const severityOf = (cause: SyncCause, effect: Effect): Severity =>
  cause.severity ?? ({ wrong: 'critical', notation: 'warning', expected: 'info' } as const)[effect];
