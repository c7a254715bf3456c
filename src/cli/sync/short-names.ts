import type { ComparisonFact } from '../../model/sync/comparison.ts';

const isPath = (name: string): boolean => /^(?:[/~.]|[A-Za-z]:[\\/])/.test(name) && !name.includes('://');

/** The last parts of two paths, as many as it takes to tell them apart: a sentence names a side twice, and a page is narrow. */
const shortOf = (left: string, right: string): readonly [string, string] => {
  const [ours, theirs] = [left, right].map((name) => name.split(/[\\/]/));
  if (!ours || !theirs) return [left, right];
  for (let parts = 1; parts < Math.max(ours.length, theirs.length); parts += 1) {
    const [one, other] = [ours.slice(-parts).join('/'), theirs.slice(-parts).join('/')];
    if (one !== other) return [one, other];
  }
  return [left, right];
};

/** The sides as sentences name them: files without the folders that say nothing. The report itself has the whole paths. */
export const withShortNames = (fact: ComparisonFact): ComparisonFact => {
  const { left, right } = fact;
  if (!isPath(left.name) && !isPath(right.name)) return fact;
  const [one, other] = shortOf(left.name, right.name);
  return {
    ...fact,
    left: { ...left, name: isPath(left.name) ? one : left.name },
    right: { ...right, name: isPath(right.name) ? other : right.name },
  };
};
