/** Rows of one key: the numbers of the first few of them, and how many there are. */
export interface Held {
  readonly rows: number[];
  count: number;
}

export interface HeldKeys {
  readonly keys: ReadonlyMap<number, Held>;
  /** All keys whose hash is below this are held. */
  readonly to: number;
  /** Below this, all that the other side holds too. */
  readonly common: number;
}

/**
 * The keys with the smallest hashes, whatever side they are on and in whatever order: what two sides hold of one range of hashes is all
 * that they have in it, so that their overlap there is that of the whole. What the other side holds is kept whatever its hash is: of the
 * few keys of a small side hardly one is in the range of a large one.
 */
export interface Sketch {
  readonly offer: (hash: number, row: number) => void;
  /** From here on, only what the other side holds is kept. */
  readonly below: () => number;
  readonly also: ReadonlySet<number> | undefined;
  readonly held: () => HeldKeys;
}

const mostRowsOfKey = 4;

/** At most so many keys by their own hashes, besides those that are held `also` because the other side holds them. */
export const newSketch = (most: number, also?: ReadonlySet<number>): Sketch => {
  const keys = new Map<number, Held>();
  let to = Number.POSITIVE_INFINITY;
  // Of the keys, those that are held for their own hash.
  let own = 0;
  const shrink = (): void => {
    if (own <= most) return;
    const hashes = Float64Array.from([...keys.keys()].filter((hash) => hash < to)).sort();
    to = hashes[most] ?? to;
    own = most;
    for (const hash of keys.keys()) if (hash >= to && !also?.has(hash)) keys.delete(hash);
  };
  return {
    also,
    below: () => to,
    offer(hash, row) {
      if (hash >= to && !also?.has(hash)) return;
      const known = keys.get(hash);
      if (known) {
        known.count += 1;
        if (known.rows.length < mostRowsOfKey) known.rows.push(row);
        return;
      }
      keys.set(hash, { rows: [row], count: 1 });
      if (hash < to) own += 1;
      if (own >= 2 * most) shrink();
    },
    held() {
      shrink();
      return { keys, to, common: also ? Number.POSITIVE_INFINITY : to };
    },
  };
};
