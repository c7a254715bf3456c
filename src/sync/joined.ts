import type { RejectedRecord, SourceFailure } from '../model/sync/source.ts';
import type { ComparisonCounts, RowPair } from '../model/sync/view.ts';

/** Where a record stands: what the engine needs to read it again. Ordered as the records are in their source. */
export type Address = number;

export interface PairAddress {
  readonly left: Address;
  readonly right: Address;
}

/** What is looked for among all records of a side. */
export interface RowSearch {
  /** Fields that are looked at; others may be ''. */
  readonly positions: readonly number[];
  readonly keep: (record: readonly string[]) => boolean;
  readonly most: number;
}

/** Both sides joined by their keys: exact counts, and the addresses of seeded samples. */
export interface Joined {
  readonly counts: ComparisonCounts;
  /** By compared column, in how many pairs it differs. */
  readonly differing: readonly number[];
  readonly pairs: readonly PairAddress[];
  readonly present: readonly PairAddress[];
  readonly missing: readonly Address[];
  /** By missing record, how many records of its side come before it; absent where nobody has counted. */
  readonly missingRanks?: readonly number[];
  readonly extra: readonly Address[];
  readonly repeated: {
    readonly left: readonly (readonly Address[])[];
    readonly right: readonly (readonly Address[])[];
  };
  readonly rejected: { readonly left: readonly RejectedRecord[]; readonly right: readonly RejectedRecord[] };
  readonly cut?: { readonly side: 'left' | 'right'; readonly failure: SourceFailure };
  /** A pair that does not differ has the same values in all compared columns of both records: one of them tells both. */
  readonly equalReadsAlike?: true;
  readonly temporaryBytes: number;
  /** Where it was not this machine that did the work. */
  readonly work?: {
    readonly engine: string;
    readonly transferredBytes: number;
    /** The places of records were asked for, and nobody could count them. */
    readonly noPlaces?: boolean;
  };
  /** All fields of these records, or those at these positions, in the order asked for. */
  readonly read: (
    side: 'left' | 'right',
    addresses: ArrayLike<Address>,
    positions?: readonly number[],
  ) => Promise<readonly (readonly string[])[]>;
  /** Of a pair as it was read: what the configuration holds for equal reads alike. Absent: equal is what reads alike. */
  readonly settle?: (pair: RowPair) => RowPair;
  /** Every changed pair with the values of all compared columns, in their order; with `needed` others may be '' where they are equal. */
  readonly eachChanged: (needed?: readonly number[]) => AsyncIterable<readonly RowPair[]>;
  /** Every record that is on this side only, all its fields, where `keepAlone` asked for them. */
  readonly eachAlone: (side: 'left' | 'right') => AsyncIterable<readonly (readonly string[])[]>;
  /** The addresses of all of them, at most so many at once; absent where nobody has kept them. The array is used again. */
  readonly aloneAt?: (side: 'left' | 'right', most: number) => Iterable<Float64Array>;
  /** The addresses of records that are kept, the first ones of a side; absent where a side is not gone through again. */
  readonly find?: (side: 'left' | 'right', search: RowSearch) => Promise<readonly Address[]>;
  /** Exact places of these records among all of their side: in its files, and in the order of the field at each position. */
  readonly places: (
    side: 'left' | 'right',
    addresses: readonly Address[],
    positions: readonly number[],
  ) => Promise<Places>;
}

/**
 * Of a side that was cut off nobody knows what the rest would have held: nothing is claimed to be on one side only then, in counts,
 * samples and files alike.
 */
export const claimedOf = (joined: Joined): Joined =>
  joined.cut
    ? {
        ...joined,
        counts: { ...joined.counts, missing: 0, extra: 0 },
        missing: [],
        extra: [],
        eachAlone: async function* () {},
        aloneAt: () => [],
      }
    : joined;

/** By record: how many of its side come before it, and in an order, how many have its value. */
export interface Places {
  /** -1: it was not met again. */
  readonly file: ArrayLike<number>;
  readonly orders: readonly { readonly rank: ArrayLike<number>; readonly tie: ArrayLike<number> }[];
  /** Nobody has counted them. */
  readonly unknown?: true;
}
