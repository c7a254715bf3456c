/** A record whose place among all others is asked for. `address` orders those of equal value as they stand in the source. */
export interface Ranked {
  readonly value: string;
  readonly address: number;
}

export interface Place {
  /** How many records come before it, from 0. */
  readonly rank: number;
  /** How many records have its value, itself among them. */
  readonly tie: number;
}

/** How values are ordered: numbers by size where both are such, else by code units, as ISO times and most keys are. */
const asNumber = (value: string): number | undefined => (/^-?\d{1,15}$/.test(value) ? Number(value) : undefined);

/** By number where all of these are numbers, else by text: one order for all, or ranks would mean nothing. */
const orderFor = (targets: readonly Ranked[]): ((value: string) => number | string) =>
  targets.every(({ value }) => asNumber(value) !== undefined)
    ? (value) => asNumber(value) ?? Number.POSITIVE_INFINITY
    : (value) => value;

/**
 * Exact ranks of some records among all of their side, in one pass over all of them: each is sorted into the gaps between the targets,
 * so that memory depends on these alone.
 */
export const ranker = (targets: readonly Ranked[]) => {
  const keyOf = orderFor(targets);
  const sorted = targets
    .map(({ value, address }, at) => ({ key: keyOf(value), address, at }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.address - b.address));
  const keys = sorted.map(({ key }) => key);
  const addresses = sorted.map(({ address }) => address);
  // By gap: how many records lie before the target of this place and after the one before it.
  const before = new Float64Array(sorted.length + 1);
  const ties = new Map<number | string, number>(keys.map((key) => [key, 0]));
  const visit = (value: string, address: number): void => {
    const key = keyOf(value);
    const tie = ties.get(key);
    if (tie !== undefined) ties.set(key, tie + 1);
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = keys[middle] ?? key;
      if (other < key || (other === key && (addresses[middle] ?? 0) <= address)) low = middle + 1;
      else high = middle;
    }
    // The first target that comes after it: it counts for that one and for all behind.
    before[low] = (before[low] ?? 0) + 1;
  };
  const places = (): readonly Place[] => {
    const found: Place[] = targets.map(() => ({ rank: 0, tie: 0 }));
    let rank = 0;
    for (const [place, { key, at }] of sorted.entries()) {
      rank += before[place] ?? 0;
      found[at] = { rank, tie: ties.get(key) ?? 0 };
    }
    return found;
  };
  return { visit, places };
};
