/**
 * The rows with the smallest seeded hash of their key: a uniform sample that does not depend on the order of the rows, nor on how the
 * work was split, so that parts of it are merged by offering them again.
 */
export interface Sampler<T> {
  /** Whether an item of this rank may still get in; asked before the item is made. */
  readonly takes: (rank: number) => boolean;
  readonly add: (rank: number, item: T) => void;
  readonly taken: () => readonly Ranked<T>[];
}

export interface Ranked<T> {
  readonly rank: number;
  readonly item: T;
}

export const newSampler = <T>(most: number): Sampler<T> => {
  let held: Ranked<T>[] = [];
  let highest = Number.POSITIVE_INFINITY;
  const shrink = () => {
    held.sort((a, b) => a.rank - b.rank);
    held = held.slice(0, most);
    if (held.length === most) highest = held.at(-1)?.rank ?? highest;
  };
  return {
    takes: (rank) => most > 0 && rank < highest,
    add: (rank, item) => {
      held.push({ rank, item });
      if (held.length >= most + Math.ceil(most / 4) + 64) shrink();
    },
    taken: () => {
      shrink();
      return held;
    },
  };
};

/** A rank in [0, 2^52) of a key's hash. */
export const rankOf = (seed: number, low: number, high: number): number => {
  let a = Math.imul(low ^ seed, 0x9e3779b1);
  a = Math.imul(a ^ (a >>> 15) ^ high, 0x85ebca6b);
  a ^= a >>> 13;
  const b = Math.imul(a ^ high, 0xc2b2ae35);
  return (a >>> 0) * 2 ** 20 + ((b ^ (b >>> 16)) >>> 12);
};
