import type { ComparedColumn } from '../../model/sync/column.ts';
import type { DuplicatesFact } from '../../model/sync/comparison.ts';
import type { Pass } from './blocks.ts';

export type Evidence = DuplicatesFact['candidates'][number]['evidence'];

/** What can be learned from before any pair is judged. */
export interface Learning<Item> {
  readonly rows: number;
  readonly record: (row: number) => Item;
  /** Visits pairs that share a key and could be named, about so many of each pass. */
  readonly some: (mostOfPass: number, visit: (a: Item, b: Item) => void) => Promise<void>;
  /** Of each block of a pass with at least `least` records, the first `most` of them. */
  readonly crowds: (
    pass: string,
    least: number,
    most: number,
    visit: (crowd: readonly Item[]) => void,
  ) => Promise<void>;
}

/** How one kind of records is read, found and judged. */
export interface Matcher<Item> {
  readonly recordOf: (valueAt: (at: number) => string) => Item;
  /** As one text, to be kept, and back. */
  readonly pack: (record: Item) => string;
  readonly unpack: (text: string) => Item;
  readonly passes: readonly Pass<Item>[];
  /** What a candidate is shown by. */
  readonly told: readonly ComparedColumn[];
  readonly learn?: (from: Learning<Item>) => Promise<void>;
  /** How much speaks for one and the same; undefined: not enough. */
  readonly score: (a: Item, b: Item) => number | undefined;
  /** The same by column, in the words of one side. */
  readonly evidenceOf: (a: Item, b: Item, side: 'left' | 'right') => Evidence;
}
