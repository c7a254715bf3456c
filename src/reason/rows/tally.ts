/** How often each value stands. */
export const counted = (values: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** The most frequent value and how often it stands. */
export const commonest = (counts: ReadonlyMap<string, number>): readonly [string, number] => {
  let best: readonly [string, number] = ['', 0];
  for (const entry of counts) if (entry[1] > best[1]) best = entry;
  return best;
};

/** Whether so many different values there are at most, blanks besides; no more of them are gone through than it takes to tell. */
export const areAtMost = (most: number, values: readonly string[]): boolean => {
  const met = new Set<string>();
  for (const value of values) {
    met.add(value);
    if (met.size > most + 1 || (met.size > most && !met.has(''))) return false;
  }
  return true;
};
