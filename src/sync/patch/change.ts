import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Explained } from '../../model/sync/comparison.ts';
import type { Side } from '../../model/sync/side.ts';
import type { LookUp, SourceFacts } from '../../model/sync/source.ts';
import type { SideConfig } from '../../model/sync/subject.ts';
import type { RowPair } from '../../model/sync/view.ts';

/** A cause that stands and explains this difference, or this row. */
export type PatchCause = Pick<Explained, 'cause' | 'effect' | 'detail'>;

/** One difference of the comparison, with what its diagnosis came to. */
export type PatchChange =
  | {
      readonly kind: 'changed';
      readonly pair: RowPair;
      /** Each column in which the pair differs; without `by` nothing explains it. */
      readonly differences: readonly { readonly column: number; readonly by?: PatchCause }[];
      /** Both sides were changed since the last sync: nothing of it is decided here. */
      readonly conflict?: boolean;
    }
  /** A left record that is not on the right, with the values of the compared columns. */
  | { readonly kind: 'missing'; readonly values: readonly string[]; readonly by?: PatchCause };

/** The two sides, as corrections have to address them. */
export interface PatchSides {
  readonly columns: readonly ComparedColumn[];
  readonly left: PatchSide;
  readonly right: PatchSide;
}

export interface PatchSide {
  readonly config: SideConfig;
  readonly facts: Pick<SourceFacts, 'name' | 'server' | 'format' | 'constraints'>;
  /** Of a table of a database. */
  readonly lookUp?: LookUp;
}

/** A value that is to be put right. */
export interface Correction {
  readonly column: ComparedColumn;
  readonly old: string;
  readonly value: string;
  /** Id of the cause. */
  readonly cause: string;
}

/** What is decided of one row on one side. */
export type RowCorrection =
  | {
      readonly kind: 'update';
      readonly side: Side;
      /** Values of the key columns on that side. */
      readonly key: readonly { readonly column: ComparedColumn; readonly value: string }[];
      /** All values of the row on that side, as they are. */
      readonly values: readonly string[];
      readonly corrections: readonly [Correction, ...Correction[]];
    }
  | {
      readonly kind: 'insert';
      readonly side: Side;
      readonly key: readonly { readonly column: ComparedColumn; readonly value: string }[];
      readonly values: readonly { readonly column: ComparedColumn; readonly value: string }[];
      readonly cause: string;
    };

/** Why a difference is left to a person. */
export type LeftOut =
  | 'conflict'
  | 'unexplained'
  /** Which of both sides is right does not follow from the cause. */
  | 'undecided'
  /** Both notations are good ones. */
  | 'no-canonical-side'
  /** Part of the key, or a column that the system fills in by itself. */
  | 'not-writable'
  /**
   * Longer or larger than the column holds, or none of its options, or empty where it is required, or against a condition of the table, or
   * a value that another record has, or one that refers to nothing: it would be refused or damaged again.
   */
  | 'does-not-fit'
  /** A character that cannot stand in a text there (NUL, half of a pair). */
  | 'unwritable-character'
  /** The file of this format is for the other side. */
  | 'other-side'
  /** The record cannot be addressed: its key is empty, or its own id is not known. */
  | 'no-address';

export const nameOn = (column: ComparedColumn, side: Side): string => column[side];
export const sourceOn = ({ leftSource, rightSource }: ComparedColumn, side: Side) =>
  side === 'left' ? leftSource : rightSource;
