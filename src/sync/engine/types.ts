import type { DelimitedFile, RejectedRecord, SourceFailure } from '../../model/sync/source.ts';
import type { ComparisonCounts } from '../../model/sync/view.ts';

/** One side: every file has the same fields in the same order. */
export interface CompareSide {
  readonly files: readonly DelimitedFile[];
  /** How many fields a record has. */
  readonly fields: number;
  /** Positions of the key's parts, in the order in which both sides are joined. */
  readonly key: readonly number[];
  /** Positions of the compared columns; as many on both sides. */
  readonly columns: readonly number[];
}

export interface CompareSpec {
  readonly left: CompareSide;
  readonly right: CompareSide;
  /** Private, empty, removed by the caller. */
  readonly directory: string;
  readonly seed: number;
  /** At most so many addresses of each population; default 50,000. */
  readonly sample?: number;
  /** Bytes of the records of a sample, which are read into memory; default 128 MiB. Twenty there are always. */
  readonly sampleBytes?: number;
  /** At most so many groups of repeated keys a side; default 5,000. */
  readonly groups?: number;
  /** Default: worker threads where the built worker is found, else this thread. */
  readonly threads?: 'workers' | 'inline';
  /** The built worker; default: beside the running module. */
  readonly worker?: URL;
  /** The addresses of all records that are on one side only are kept too. */
  readonly keepAlone?: boolean;
  readonly windowBytes?: number;
  /** A longer record is rejected; default 16 MiB. */
  readonly mostRecordBytes?: number;
  /** Both sides of a partition of more bytes are split before they are joined; default: by the number of rows. */
  readonly crowdedBytes?: number;
  readonly progress?: (done: { readonly bytes: number; readonly of: number }) => void;
}

/** Where a record stands: its address for `readRecords`, and its rank among the records of its side, from 0. */
export interface Place {
  readonly address: number;
  readonly rank: number;
}

export interface PlacedPair {
  readonly left: Place;
  readonly right: Place;
}

export interface Compared {
  readonly kind: 'compared';
  readonly counts: ComparisonCounts;
  /** Rows that occur once on their side while their key is repeated on the other: neither equal nor changed, missing nor extra. */
  readonly besideRepeated: { readonly left: number; readonly right: number };
  /** By compared column: in how many pairs it differs. */
  readonly differing: readonly number[];
  /** In the order of the left records; `pairsIn` tells what is in it. */
  readonly changed: Float64Array;
  /** Pairs on both sides, equal or not. */
  readonly present: Float64Array;
  /** `placesIn` tells what is in it. */
  readonly missing: Float64Array;
  readonly extra: Float64Array;
  readonly repeated: {
    readonly left: readonly (readonly Place[])[];
    readonly right: readonly (readonly Place[])[];
  };
  readonly rejected: { readonly left: readonly RejectedRecord[]; readonly right: readonly RejectedRecord[] };
  /** Why a side was not read to its end; what was read is compared all the same. */
  readonly failures: { readonly left?: SourceFailure; readonly right?: SourceFailure };
  /** Temporary files with the addresses of all changed pairs, for `eachChanged`. */
  readonly changedFiles: readonly string[];
  /** The same for records that are on one side only, where they were asked for (`keepAlone`). */
  readonly aloneFiles: { readonly left: readonly string[]; readonly right: readonly string[] };
  readonly bytes: { readonly left: number; readonly right: number };
  readonly temporaryBytes: number;
  readonly ms: { readonly scan: number; readonly join: number };
}

export type CompareReply =
  | Compared
  | { readonly kind: 'failed'; readonly failure: SourceFailure }
  /** By its signal. */
  | { readonly kind: 'stopped' };
