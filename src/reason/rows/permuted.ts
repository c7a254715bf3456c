import { counted } from './tally.ts';

const decimal = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** Numbers by their value where all are numbers, texts by their signs. */
const orderOf = (values: readonly string[]): ((a: string, b: string) => number) =>
  values.every((value) => decimal.test(value))
    ? (a, b) => Number(a) - Number(b)
    : (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** How many values two lists have in common, each as often as it stands in both. */
export const overlap = (one: readonly string[], other: readonly string[]): number => {
  const counts = counted(other);
  let n = 0;
  for (const [value, times] of counted(one)) n += Math.min(times, counts.get(value) ?? 0);
  return n;
};

/** The largest difference of the two distributions (Kolmogorov and Smirnov): 0 where both lists have the same values, 1 at most. */
export const distance = (one: readonly string[], other: readonly string[]): number => {
  const compare = orderOf([...one, ...other].filter((value) => value !== ''));
  const [a, b] = [one.toSorted(compare), other.toSorted(compare)];
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [left = '', right = ''] = [a[i], b[j]];
    const least = compare(left, right) <= 0 ? left : right;
    while (i < a.length && compare(a[i] ?? '', least) <= 0) i += 1;
    while (j < b.length && compare(b[j] ?? '', least) <= 0) j += 1;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
};

/** How many values do not follow the one before them, upwards (1) or downwards (-1). */
const turns = (values: readonly string[], compare: (a: string, b: string) => number, way: 1 | -1): number =>
  values.filter((value, at) => at > 0 && way * compare(values[at - 1] ?? '', value) > 0).length;

/** So many that people have changed since are out of their place. */
const fewTurns = 0.05;
/** Of a list in no order at all half of them turn; one that was nearly in order is not made so by a sort. */
const manyTurns = 0.2;

/** Whether `own` stands in ascending or descending order and `other` does not. Empty cells stand at an end, wherever it is. */
export const inOrder = (own: readonly string[], other: readonly string[]): boolean => {
  const [sorted, plain] = [own, other].map((values) => values.filter((value) => value !== ''));
  if (!sorted || !plain || sorted.length < 2) return false;
  const compare = orderOf([...sorted, ...plain]);
  return ([1, -1] as const).some(
    (way) =>
      turns(sorted, compare, way) <= fewTurns * sorted.length && turns(plain, compare, way) >= manyTurns * plain.length,
  );
};

const changes = (values: readonly string[]): number =>
  values.filter((value, at) => at > 0 && values[at - 1] !== value).length;

/** Whether equal values stand together in `own`, in whatever order of words, and are scattered in `other`. */
export const inGroups = (own: readonly string[], other: readonly string[]): boolean => {
  const distinct = new Set(own).size;
  if (distinct > 0.2 * own.length) return false;
  const scattered = changes(other);
  return (
    changes(own) <= distinct + fewTurns * own.length &&
    scattered >= 3 * changes(own) &&
    scattered >= manyTurns * own.length
  );
};
