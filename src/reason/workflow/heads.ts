/** Where a part of a graph that nothing leads to begins, and what follows from there only. */
export interface Head<Node> {
  readonly node: Node;
  readonly follows: readonly Node[];
}

/** Of nodes that cannot be reached: those that no other of them leads to, and of a ring the first in the given order. */
export const headsOf = <Node>(lost: readonly Node[], next: (node: Node) => Iterable<Node>): readonly Head<Node>[] => {
  const among = new Set(lost);
  const led = new Set(lost.flatMap((node) => [...next(node)].filter((to) => to !== node && among.has(to))));
  const seen = new Set<Node>();
  const take = (first: Node): Head<Node> => {
    const follows: Node[] = [];
    const todo = [first];
    seen.add(first);
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if (node !== first) follows.push(node);
      for (const to of next(node)) {
        if (!among.has(to) || seen.has(to)) continue;
        seen.add(to);
        todo.push(to);
      }
    }
    return { node: first, follows };
  };
  const starts = lost.filter((node) => !led.has(node)).map(take);
  const rings: Head<Node>[] = [];
  for (const node of lost) if (!seen.has(node)) rings.push(take(node));
  return [...starts, ...rings];
};
