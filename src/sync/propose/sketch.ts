import type { SourceRow } from '../../model/sync/source.ts';
import { byItself } from '../by-itself.ts';

/** Rows of one key: the first few of them, and how many there are. */
export interface Held {
  readonly rows: SourceRow[];
  count: number;
  /** Of the rows, those that no longer hang on the text that they were read from. */
  apart: number;
}

/**
 * The keys with the smallest hashes, whatever side they are on and in whatever order: what two sides hold of one range of hashes is all
 * that they have in it, so that their overlap there is that of the whole.
 */
export interface Sketch {
  readonly offer: (hash: number, row: SourceRow) => void;
  /** All keys whose hash is below `to`. */
  readonly held: () => { readonly keys: ReadonlyMap<number, Held>; readonly to: number };
}

const mostRowsOfKey = 4;

/** A few rows out of millions keep their own text in memory, and not all of the file around it. */
const keepApart = (rows: SourceRow[], from: number): number => {
  for (let at = from; at < rows.length; at += 1) rows[at] = (rows[at] ?? []).map(byItself);
  return rows.length;
};

export const newSketch = (most: number): Sketch => {
  const keys = new Map<number, Held>();
  let to = Number.POSITIVE_INFINITY;
  const shrink = (): void => {
    if (keys.size <= most) return;
    const hashes = Float64Array.from(keys.keys()).sort();
    to = hashes[most] ?? to;
    for (const [hash, held] of keys) {
      if (hash >= to) keys.delete(hash);
      else held.apart = keepApart(held.rows, held.apart);
    }
  };
  return {
    offer(hash, row) {
      if (hash >= to) return;
      const known = keys.get(hash);
      if (known) {
        known.count += 1;
        if (known.rows.length < mostRowsOfKey) known.rows.push(row);
        return;
      }
      keys.set(hash, { rows: [row], count: 1, apart: 0 });
      if (keys.size >= 2 * most) shrink();
    },
    held() {
      shrink();
      return { keys, to };
    },
  };
};
