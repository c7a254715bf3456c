const longest = 64;

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
};

/** Where none is like what was written, so many are shown to choose from. */
const mostShown = 10;

/** The names that someone who wrote `wanted` may have meant, the nearest first; where none is near, the first of all there are. */
export const nearest = (wanted: string, names: readonly string[]): readonly string[] => {
  const plain = wanted.toLowerCase().slice(0, longest);
  const near = names
    .slice(0, 5_000)
    .map((name) => ({ name, far: distance(plain, name.toLowerCase().slice(0, longest)) }))
    .filter(({ name, far }) => far <= Math.max(2, plain.length / 3) || name.toLowerCase().includes(plain))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
  return near.length > 0 ? near : names.slice(0, mostShown);
};
