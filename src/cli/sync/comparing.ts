import type { Listener } from '../../model/event.ts';
import type { CheckReport, Diagnosis } from '../../model/report.ts';
import type { SyncCause } from '../../model/sync/cause.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import type { Side } from '../../model/sync/side.ts';
import type { OpenedSource, SourceFailure, SourceKit } from '../../model/sync/source.ts';
import type { Language } from '../../model/text.ts';
import { NoPlace } from '../../sync/files/fault.ts';
import type { PreparedSide } from '../../sync/prepared.ts';
import type { OpenCrm } from '../../world/crm.ts';
import type { Outputs } from './outputs.ts';
import type { Row } from './rows.ts';

/** Samples are the same at every run of the same data. */
export const seed = 20_240_401;

export type Sources = Readonly<Record<Side, OpenedSource>>;

export type Prepared = Readonly<Record<Side, PreparedSide>>;

/** What a comparison needs of its run. */
export interface Comparing {
  readonly kit: SourceKit;
  readonly crm: Pick<OpenCrm, 'records' | 'ask' | 'product' | 'traffic'>;
  readonly causes: readonly SyncCause[];
  /** Whether a check is asked for. */
  readonly wanted: (id: string) => boolean;
  /** Whether it is asked for by its name. */
  readonly named: (id: string) => boolean;
  readonly now: number;
  readonly language: Language;
  readonly redact: boolean;
  readonly outputs: Outputs;
  /** Nothing but files is read. */
  readonly offline: boolean;
  /** How the same comparison is asked for again. */
  readonly command: string;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

/** One comparison, as rows, causes and part of the report. */
export interface ComparedOne {
  readonly checks: readonly CheckReport[];
  readonly diagnoses: readonly Diagnosis[];
  readonly comparison?: ComparisonReport;
}

/** A row of the report, and what the next questions need of it. */
export interface Asked<Value> {
  readonly rows: readonly { readonly target: string; readonly row: Row }[];
  readonly value: Value;
}

export const alone = <Value>(row: Row, value: Value): Asked<Value> => ({ rows: [{ target: '', row }], value });

export const stopped = (what: string): SourceFailure => ({ kind: 'interrupted', what, says: 'stopped', after: 0 });

/** What ends a step without being a fault of this program: it was stopped, or there is no place for temporary files. */
export const lossOf = (
  error: unknown,
  { signal }: Pick<Comparing, 'signal'>,
  what: string,
): SourceFailure | undefined => {
  if (signal.aborted) return stopped(what);
  return error instanceof NoPlace ? { kind: 'disk-full', what: error.place } : undefined;
};
