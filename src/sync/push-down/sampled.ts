/** The numbers below `count` in an order that is the same at each run, and no other rule. */
export const newHashOrder = (count: number, seed: number): readonly number[] => {
  const rankOf = (at: number): number => {
    let mixed = Math.imul(at + 1, 0x9e3779b1) ^ seed;
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
    return (mixed ^ (mixed >>> 13)) >>> 0;
  };
  return Array.from({ length: count }, (_, at) => at).toSorted((a, b) => rankOf(a) - rankOf(b) || a - b);
};
