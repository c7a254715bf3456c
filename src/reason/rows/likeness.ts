/** The pairs of characters next to each other, each as one number. */
const pairsIn = (text: string): number[] => {
  const pairs: number[] = [];
  let before = -1;
  for (const character of text.slice(0, 80)) {
    const code = character.codePointAt(0) ?? 0;
    if (before >= 0) pairs.push(before * 0x20_0000 + code);
    before = code;
  }
  return pairs;
};

/** How alike two texts are by the pairs of characters they share (Dice): 1 equal, 0 nothing in common. Long ones are cut. */
export const likeness = (left: string, right: string): number => {
  if (left === right) return 1;
  const [a, b] = [pairsIn(left), pairsIn(right)];
  if (a.length === 0 || b.length === 0) return 0;
  const all = a.length + b.length;
  let shared = 0;
  for (const pair of b) {
    // Of so few a search is quicker than a table.
    const at = a.indexOf(pair);
    if (at < 0) continue;
    shared += 1;
    // Each counts once.
    a[at] = -1;
  }
  return (2 * shared) / all;
};
