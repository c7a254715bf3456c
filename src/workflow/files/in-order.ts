/** Does the same with each, so many at once; the results are in the order of what was given. */
export const inOrder = async <Given, Result>(
  given: readonly Given[],
  atOnce: number,
  work: (one: Given) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next; at < given.length; at = next) {
      next += 1;
      // Within the bounds of the list.
      results[at] = await work(given[at] as Given);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, given.length) }, worker));
  return results;
};
