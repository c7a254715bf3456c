/** A stretch of the number line. */
export interface Interval {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
}

const isEmpty = ({ low, lowOpen, high, highOpen }: Interval): boolean =>
  low > high || (low === high && (lowOpen || highOpen)) || Number.isNaN(low) || Number.isNaN(high);

export const below = (high: number, open: boolean): readonly Interval[] => [
  { low: Number.NEGATIVE_INFINITY, lowOpen: true, high, highOpen: open },
];

export const above = (low: number, open: boolean): readonly Interval[] => [
  { low, lowOpen: open, high: Number.POSITIVE_INFINITY, highOpen: true },
];

export const fromTo = (low: number, high: number): readonly Interval[] =>
  low > high ? [] : [{ low, lowOpen: false, high, highOpen: false }];

const meet = (one: Interval, other: Interval): Interval => ({
  low: Math.max(one.low, other.low),
  lowOpen: one.low === other.low ? one.lowOpen || other.lowOpen : (one.low > other.low ? one : other).lowOpen,
  high: Math.min(one.high, other.high),
  highOpen: one.high === other.high ? one.highOpen || other.highOpen : (one.high < other.high ? one : other).highOpen,
});

/** What is in both; each list is sorted and its stretches do not overlap. */
export const inBoth = (one: readonly Interval[], other: readonly Interval[]): readonly Interval[] => {
  const result: Interval[] = [];
  for (let left = 0, right = 0; left < one.length && right < other.length; ) {
    const first = one[left];
    const second = other[right];
    if (!first || !second) break;
    const both = meet(first, second);
    if (!isEmpty(both)) result.push(both);
    if (first.high < second.high || (first.high === second.high && first.highOpen)) left += 1;
    else right += 1;
  }
  return result;
};

/** Everything else. */
export const outside = (list: readonly Interval[]): readonly Interval[] => {
  const result: Interval[] = [];
  let low = Number.NEGATIVE_INFINITY;
  let lowOpen = true;
  for (const stretch of list) {
    const gap = { low, lowOpen, high: stretch.low, highOpen: !stretch.lowOpen };
    if (!isEmpty(gap) && stretch.low !== Number.NEGATIVE_INFINITY) result.push(gap);
    low = stretch.high;
    lowOpen = !stretch.highOpen;
  }
  if (low !== Number.POSITIVE_INFINITY) result.push({ low, lowOpen, high: Number.POSITIVE_INFINITY, highOpen: true });
  return result;
};

/** Sorts and joins what overlaps or touches. */
export const union = (lists: readonly (readonly Interval[])[]): readonly Interval[] => {
  const all = lists.flat().sort((one, other) => one.low - other.low || Number(one.lowOpen) - Number(other.lowOpen));
  const result: Interval[] = [];
  for (const next of all) {
    const last = result.at(-1);
    const touches =
      last !== undefined && (next.low < last.high || (next.low === last.high && !(next.lowOpen && last.highOpen)));
    if (!last || !touches) {
      result.push(next);
      continue;
    }
    const further = next.high > last.high || (next.high === last.high && !next.highOpen);
    if (further) result[result.length - 1] = { ...last, high: next.high, highOpen: next.highOpen };
  }
  return result;
};

/** Only the whole numbers of it. */
export const wholeOnly = (list: readonly Interval[]): readonly Interval[] =>
  list.flatMap(({ low, lowOpen, high, highOpen }) => {
    const first = Number.isFinite(low) ? (lowOpen ? Math.floor(low) + 1 : Math.ceil(low)) : low;
    const last = Number.isFinite(high) ? (highOpen ? Math.ceil(high) - 1 : Math.floor(high)) : high;
    const stretch = { low: first, lowOpen: !Number.isFinite(first), high: last, highOpen: !Number.isFinite(last) };
    return isEmpty(stretch) ? [] : [stretch];
  });

/** Some number of it, or none. */
export const someOf = (list: readonly Interval[]): number | undefined => {
  const [first] = list;
  if (!first) return undefined;
  const { low, lowOpen, high, highOpen } = first;
  if (low === high) return low;
  if (!Number.isFinite(low) && !Number.isFinite(high)) return 0;
  if (!Number.isFinite(low)) return highOpen ? high - 1 : high;
  if (!lowOpen) return low;
  return Number.isFinite(high) ? (low + high) / 2 : low + 1;
};
