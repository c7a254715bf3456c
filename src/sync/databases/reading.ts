import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceFailure, SourceRow } from '../../model/sync/source.ts';

/** What an engine is asked to read. The query was looked at already. */
export interface Wanted {
  readonly url: URL;
  readonly password: string | undefined;
  /** PEM */
  readonly ca: string | undefined;
  readonly from: { readonly table: string } | { readonly query: string };
  readonly signal: AbortSignal;
}

/** A connection that reads one table or query; what it throws, its engine explains. */
export interface Reading {
  readonly columns: readonly SourceColumn[];
  readonly server?: string;
  readonly rows?: { readonly count: number; readonly exact: boolean };
  readonly at?: string;
  readonly batches: (signal: AbortSignal) => AsyncIterable<readonly SourceRow[]>;
  readonly close: () => Promise<void>;
}

/** One database product. */
export interface Engine {
  readonly id: string;
  /** The package that is loaded when it is named. */
  readonly driver: string;
  readonly backslash: boolean;
  readonly open: (wanted: Wanted) => Promise<Reading>;
  /** Why the server refused; undefined: the words of the error are all there is. */
  readonly kindOf: (error: unknown) => SourceFailure['kind'] | undefined;
}

/** Something that the engine found by itself, with the names that are there. */
export class NotFound extends Error {
  readonly hint: readonly string[];
  constructor(what: string, hint: readonly string[]) {
    super(what);
    this.hint = hint;
  }
}

/** The code of a driver's or system's error. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

export const batchRows = 1_000;
