/** Of no values: not a number. */
export const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
};

/** Spread that single wild values do not move; of a normal distribution its standard deviation. */
export const spread = (values: readonly number[]): number => {
  const center = middle(values);
  return 1.4826 * middle(values.map((value) => Math.abs(value - center)));
};
