/** Rows of one key: the first few of them, and how many there are. */
export interface Held {
  /** Of each row, its number and the parts of its key. */
  readonly rows: { readonly row: number; readonly parts: readonly string[] }[];
  count: number;
}

/**
 * The keys with the smallest hashes, whatever side they are on and in whatever order: what two sides hold of one range of hashes is all
 * that they have in it, so that their overlap there is that of the whole. What the other side holds is kept whatever its hash is: of the
 * few keys of a small side hardly one is in the range of a large one.
 */
export interface Sketch {
  readonly offer: (hash: number, row: number, parts: () => readonly string[]) => void;
  readonly held: () => HeldKeys;
}

export interface HeldKeys {
  readonly keys: ReadonlyMap<number, Held>;
  /** All keys whose hash is below this are held. */
  readonly to: number;
  /** Below this, all that the other side holds too. */
  readonly common: number;
}

const mostRowsOfKey = 4;

/** By where a hash stands between zero and the largest wanted one: most hashes are told from those without a look-up. */
const maybeIn = (wanted: ReadonlySet<number> = new Set()): ((hash: number) => boolean) => {
  let largest = 0;
  for (const hash of wanted) largest = Math.max(largest, hash);
  const marks = new Uint8Array(2 ** Math.ceil(Math.log2(wanted.size * 32 + 1)));
  const scale = (marks.length - 1) / Math.max(1, largest);
  for (const hash of wanted) marks[Math.floor(hash * scale)] = 1;
  return (hash) => hash <= largest && marks[Math.floor(hash * scale)] === 1;
};

/** At most so many keys by their own hashes, besides those that are `wanted` because the other side holds them. */
export const newSketch = (most: number, wanted?: ReadonlySet<number>): Sketch => {
  const keys = new Map<number, Held>();
  const maybe = maybeIn(wanted);
  const isWanted = (hash: number): boolean => maybe(hash) && wanted?.has(hash) === true;
  let to = Number.POSITIVE_INFINITY;
  // Of the keys, those that are held for their own hash.
  let own = 0;
  const shrink = (): void => {
    if (own <= most) return;
    const hashes = Float64Array.from([...keys.keys()].filter((hash) => hash < to)).sort();
    to = hashes[most] ?? to;
    own = Math.min(most, hashes.length);
    for (const hash of keys.keys()) if (hash >= to && !isWanted(hash)) keys.delete(hash);
  };
  return {
    offer(hash, row, parts) {
      if (hash >= to && !isWanted(hash)) return;
      const known = keys.get(hash);
      if (known) {
        known.count += 1;
        if (known.rows.length < mostRowsOfKey) known.rows.push({ row, parts: parts() });
        return;
      }
      keys.set(hash, { rows: [{ row, parts: parts() }], count: 1 });
      if (hash < to) own += 1;
      if (own >= 2 * most) shrink();
    },
    held() {
      shrink();
      return { keys, to, common: wanted ? Number.POSITIVE_INFINITY : to };
    },
  };
};
