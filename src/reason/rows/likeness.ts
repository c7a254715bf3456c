/** How alike two texts are by the pairs of characters they share (Dice): 1 equal, 0 nothing in common. Long ones are cut. */
export const likeness = (left: string, right: string): number => {
  if (left === right) return 1;
  const pairs = (text: string): readonly string[] => {
    const characters = [...text.slice(0, 80)];
    return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  };
  const [a, b] = [pairs(left), pairs(right)];
  if (a.length === 0 || b.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const pair of a) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of b) {
    const left = counts.get(pair) ?? 0;
    if (left === 0) continue;
    shared += 1;
    counts.set(pair, left - 1);
  }
  return (2 * shared) / (a.length + b.length);
};
