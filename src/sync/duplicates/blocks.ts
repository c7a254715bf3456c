import { growable } from './store.ts';

/** Records that share one of these may be the same person; only they are held against each other. */
export interface Pass<Item> {
  readonly id: string;
  /** At most `slots` keys a record. */
  readonly slots: number;
  readonly keys: (record: Item) => readonly string[];
}

/** FNV-1a over UTF-16 units: where it begins, and with one unit more. */
export const startOf = (seed: number): number => 0x811c9dc5 ^ seed;
export const withUnit = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

/** Mixed at the end; never 0. */
export const mixed = (unmixed: number): number => {
  let hash = Math.imul(unmixed ^ (unmixed >>> 16), 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0 || 1;
};

export const hashOf = (text: string, seed: number): number => {
  let hash = startOf(seed);
  for (let at = 0; at < text.length; at += 1) hash = withUnit(hash, text.charCodeAt(at));
  return mixed(hash);
};

/** A larger block is not compared pair by pair. */
const largest = 200;
const mostDropped = 20;

export interface Blocks<Item> {
  readonly add: (record: Item) => void;
  /** Visits each pair of records that share a key, once; with `most` about as many of each pass, of blocks at random. */
  readonly each: (visit: BlockVisit<Item>, most?: number) => Generator<void>;
  /** Of each block of a pass with at least `least` records, its first ones. */
  readonly crowds: (pass: number, least: number, most: number) => Generator<readonly number[]>;
  /** The largest blocks that were left out. */
  readonly dropped: () => readonly { readonly by: string; readonly rows: number }[];
}

export interface BlockVisit<Item> {
  readonly record: (row: number) => Item;
  readonly pair: (a: number, b: number, left: Item, right: Item) => void;
}

/**
 * Finds the records that share a key: 4 bytes a key and record, sorted pass by pass. A pair that an earlier pass has seen is not
 * visited again. Two keys of one hash (once in 4,000 million) cost a comparison and no more.
 */
export const blocks = <Item>(passes: readonly Pass<Item>[]): Blocks<Item> => {
  const hashes = passes.map(({ slots }) => Array.from({ length: slots }, growable));
  const tooLarge = passes.map(() => new Set<number>());
  let count = 0;
  let dropped: { readonly by: string; readonly rows: number }[] = [];

  const sharesEarlier = (a: number, b: number, before: number): boolean => {
    for (let pass = 0; pass < before; pass += 1) {
      for (const slot of hashes[pass] ?? []) {
        const hash = slot.get(a);
        if (hash === 0 || tooLarge[pass]?.has(hash)) continue;
        for (const other of hashes[pass] ?? []) if (other.get(b) === hash) return true;
      }
    }
    return false;
  };
  /** Whether an earlier slot pair of the same pass shares a hash too: two addresses in common are one pair. */
  const sharesLower = (a: number, b: number, pass: number, hash: number): boolean => {
    for (const slot of hashes[pass] ?? []) {
      const own = slot.get(a);
      if (own === 0 || own >= hash || tooLarge[pass]?.has(own)) continue;
      for (const other of hashes[pass] ?? []) if (other.get(b) === own) return true;
    }
    return false;
  };

  /** Row in the low word, hash in the high one: sorted as numbers, the rows of a hash stand together. */
  const sorted = (pass: number): Uint32Array => {
    let filled = 0;
    for (const slot of hashes[pass] ?? [])
      for (let row = 0; row < count; row += 1) if (slot.get(row) !== 0) filled += 1;
    const pairs = new BigUint64Array(filled);
    const halves = new Uint32Array(pairs.buffer);
    let at = 0;
    for (const slot of hashes[pass] ?? []) {
      for (let row = 0; row < count; row += 1) {
        const hash = slot.get(row);
        if (hash === 0) continue;
        halves[at] = row;
        halves[at + 1] = hash;
        at += 2;
      }
    }
    pairs.sort();
    return halves;
  };

  const drop = (pass: number, hash: number, rows: number, first: Item): void => {
    if (tooLarge[pass]?.has(hash)) return;
    tooLarge[pass]?.add(hash);
    const key = passes[pass]?.keys(first).find((text) => hashOf(text, pass) === hash) ?? '';
    dropped.push({ by: `${passes[pass]?.id ?? ''}: ${key}`, rows });
    if (dropped.length > mostDropped * 10) dropped = dropped.toSorted((a, b) => b.rows - a.rows).slice(0, mostDropped);
  };

  return {
    add(record) {
      for (const [pass, { slots, keys }] of passes.entries()) {
        const found = keys(record);
        for (let slot = 0; slot < slots; slot += 1) {
          const key = found[slot];
          hashes[pass]?.[slot]?.push(key === undefined ? 0 : hashOf(key, pass));
        }
      }
      count += 1;
    },
    *each({ record, pair }, most = Number.POSITIVE_INFINITY) {
      for (let pass = 0; pass < passes.length; pass += 1) {
        const halves = sorted(pass);
        let visited = 0;
        for (let from = 0; from < halves.length && visited < most; ) {
          const hash = halves[from + 1] ?? 0;
          let to = from + 2;
          while (to < halves.length && halves[to + 1] === hash) to += 2;
          const rows: number[] = [];
          const size = (to - from) / 2;
          if (size > largest) drop(pass, hash, size, record(halves[from] ?? 0));
          else if (size > 1) {
            for (let at = from; at < to; at += 2) {
              const row = halves[at] ?? 0;
              // The same key in both slots of one record.
              if (row !== rows.at(-1)) rows.push(row);
            }
            const records = rows.map(record);
            for (const [at, a] of rows.entries()) {
              for (let next = at + 1; next < rows.length; next += 1) {
                const [b, left, right] = [rows[next], records[at], records[next]];
                if (b === undefined || left === undefined || right === undefined) continue;
                visited += 1;
                if (sharesEarlier(a, b, pass) || sharesLower(a, b, pass, hash)) continue;
                pair(a, b, left, right);
              }
            }
            yield;
          }
          from = to;
        }
      }
    },
    *crowds(pass, least, most) {
      const halves = sorted(pass);
      for (let from = 0; from < halves.length; ) {
        let to = from + 2;
        while (to < halves.length && halves[to + 1] === halves[from + 1]) to += 2;
        if ((to - from) / 2 >= least)
          yield Array.from({ length: Math.min(most, (to - from) / 2) }, (_, at) => halves[from + 2 * at] ?? 0);
        from = to;
      }
    },
    dropped: () => dropped.toSorted((a, b) => b.rows - a.rows).slice(0, mostDropped),
  };
};
