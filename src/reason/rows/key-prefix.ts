/** What the keys of each side begin with. */
export interface Prefixes {
  readonly [name: string]: unknown;
  readonly left: string;
  readonly right: string;
}

/** What nearly all of these keys begin with; a few strays at both ends do not count. */
const prefixOf = (keys: readonly string[]): string => {
  const sorted = keys.toSorted();
  const low = sorted[Math.floor(0.01 * sorted.length)] ?? '';
  const high = sorted[Math.max(0, Math.ceil(0.99 * sorted.length) - 1)] ?? '';
  let at = 0;
  while (at < low.length && low[at] === high[at]) at += 1;
  return low.slice(0, at);
};

const usualLength = (keys: readonly string[]): number =>
  keys.map(({ length }) => length).toSorted((a, b) => a - b)[Math.floor(keys.length / 2)] ?? 0;

/**
 * What sets the keys of two installations of one system apart: ids of one system have one length, and what comes before the count tells
 * its installations. Undefined where both sides begin alike, or one of them with nothing in common.
 */
export const prefixesApart = (left: readonly string[], right: readonly string[]): Prefixes | undefined => {
  const prefixes = { left: prefixOf(left), right: prefixOf(right) };
  const telling = Math.min(prefixes.left.length, prefixes.right.length) >= 2;
  const apart = !prefixes.left.startsWith(prefixes.right) && !prefixes.right.startsWith(prefixes.left);
  const moreThanCase = prefixes.left.toLowerCase() !== prefixes.right.toLowerCase();
  return telling && apart && moreThanCase && usualLength(left) === usualLength(right) ? prefixes : undefined;
};
