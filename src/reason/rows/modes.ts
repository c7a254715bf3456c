/** The values that come most often, with how often, most first. */
export const modesOf = <Value extends string | number>(
  values: readonly Value[],
): readonly { readonly value: Value; readonly n: number }[] => {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, n]) => ({ value, n })).toSorted((a, b) => b.n - a.n);
};

/** The value below which this share of them lies; NaN of none. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
