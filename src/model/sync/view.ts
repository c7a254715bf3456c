import type { ComparedColumn, SourceColumn } from './column.ts';
import type { RejectedRecord, SourceFacts } from './source.ts';
import type { SyncConfig } from './subject.ts';

/** One record that is on both sides under one key; `left[i]` and `right[i]` are of the compared column `i`. */
export interface RowPair {
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** A record that is on one side only, or the left record of a pair that is on both. */
export interface SeenRow {
  readonly values: readonly string[];
  /**
   * Its rank among ALL records of its side, from 0, in the order of the file, of the key, of updated-at and of created-at; exact.
   * Absent where there is no such column, or its values have no order.
   */
  readonly ranks: {
    readonly file?: number;
    readonly key?: number;
    readonly updated?: number;
    readonly created?: number;
  };
  /** How many records of its side share its updated-at. */
  readonly tie?: number;
}

/** A column that no other column was mapped to, with the values of the rows of `pairs` (first) and `present`. */
export interface UnmappedColumn {
  readonly column: SourceColumn;
  /** By the index of `pairs`. */
  readonly ofPairs: readonly string[];
  /** By the index of `missing` (a left column) or `extra` (a right column). */
  readonly ofAlone: readonly string[];
  /** By the index of `present`. */
  readonly ofPresent: readonly string[];
}

/** Times that a diagnosis may hold differences against. Milliseconds since 1970. */
export interface SyncTimes {
  readonly now: number;
  readonly lastSync?: number;
  readonly intervalMs?: number;
  /** Runs of the sync job as its log tells them, the oldest first. */
  readonly runs: readonly {
    readonly start: number;
    readonly end?: number;
    readonly failed: boolean;
    /** 429s in it. */
    readonly throttled: boolean;
    /** What the log says of its failure. */
    readonly says?: string;
  }[];
  /** When each side was written or read. */
  readonly leftAt?: number;
  readonly rightAt?: number;
}

/** What the right side asks of a record as a whole, as its catalogue tells it. */
export interface Demand {
  /** `parent`: the record of the same table that is named is missing itself. `unique`: another record has the value. */
  readonly rule: 'check' | 'reference' | 'parent' | 'unique';
  /** `CHECK order_of_days: ended >= started`, where a value has to stand: `accounts (id)`, or the name of the constraint. Printable. */
  readonly asks: string;
  /** The left columns that it is about. */
  readonly columns: readonly string[];
  /** Whether it refuses a left record with these values; what was not looked up is not refused. */
  readonly refuses: (values: readonly string[]) => boolean;
  /** Of a refused record: the parts of the key of the one that has its value. */
  readonly holder?: (values: readonly string[]) => readonly string[] | undefined;
}

/**
 * What the statistics are made of: exact counts of everything, and seeded samples of rows with their values. A sample that holds
 * everything has the length of its count.
 */
export interface ComparisonView {
  readonly config: SyncConfig;
  readonly columns: readonly ComparedColumn[];
  readonly counts: ComparisonCounts;
  /** By column: in how many pairs it differs, exact. */
  readonly differing: readonly number[];
  /** Pairs that differ in at least one column (at most 50,000). */
  readonly pairs: readonly RowPair[];
  /** Pairs that are on both sides, equal or not: what missing, extra and changed rows are held against (at most 50,000). */
  readonly present: readonly { readonly pair: RowPair; readonly left: SeenRow; readonly right: SeenRow }[];
  /** Left records that are not on the right, as many as are read (at most 10,000, or more where they are written down). */
  readonly missing: readonly SeenRow[];
  /** Where not all of these are read but all are known, the places of the others. */
  readonly unread?: readonly Pick<SeenRow, 'ranks' | 'tie'>[];
  /** Right records that are not on the left. */
  readonly extra: readonly SeenRow[];
  /** Records whose key occurs more than once on their side, groups of at least two, at most 5,000 groups a side. */
  readonly repeated: {
    readonly left: readonly (readonly SeenRow[])[];
    readonly right: readonly (readonly SeenRow[])[];
  };
  /**
   * Where not all present records are looked at: others that share an e-mail address, a telephone or another telling value with one of
   * the samples.
   */
  readonly kin?: { readonly left: readonly SeenRow[]; readonly right: readonly SeenRow[] };
  readonly unmapped: { readonly left: readonly UnmappedColumn[]; readonly right: readonly UnmappedColumn[] };
  /** Columns that the configuration names and the data does not have. */
  readonly absent: readonly { readonly side: 'left' | 'right'; readonly name: string; readonly key: boolean }[];
  readonly sources: { readonly left: SourceFacts; readonly right: SourceFacts };
  /** Where records are missing on the right and its catalogue could be read. */
  readonly demands?: readonly Demand[];
  readonly times: SyncTimes;
  /** The first records of each side that could not be read. */
  readonly rejected: { readonly left: readonly RejectedRecord[]; readonly right: readonly RejectedRecord[] };
  /** The texts of the job's log that name errors, printable, with how often each came. */
  readonly logged: readonly { readonly says: string; readonly times: number }[];
}

/** Exact, of the whole comparison. A row whose key occurs more than once on its side is counted in `repeated` and in nothing else. */
export interface ComparisonCounts {
  readonly left: number;
  readonly right: number;
  /** Keys on both sides. */
  readonly matched: number;
  readonly equal: number;
  readonly changed: number;
  readonly missing: number;
  readonly extra: number;
  readonly repeated: {
    readonly left: { readonly keys: number; readonly rows: number };
    readonly right: { readonly keys: number; readonly rows: number };
  };
  readonly rejected: { readonly left: number; readonly right: number };
}
