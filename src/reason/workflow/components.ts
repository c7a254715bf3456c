/**
 * The strongly connected sets of a graph (Tarjan, without recursion): what a set leads to comes before it. A node alone is a
 * set of its own.
 */
export const componentsOf = <Node>(
  nodes: Iterable<Node>,
  next: (node: Node) => Iterable<Node>,
): readonly (readonly Node[])[] => {
  const at = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const components: Node[][] = [];
  const lower = (node: Node, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };
  for (const first of nodes) {
    if (at.has(first)) continue;
    const stack: { readonly node: Node; readonly ways: Iterator<Node> }[] = [];
    const enter = (node: Node): void => {
      at.set(node, at.size);
      low.set(node, at.size - 1);
      open.push(node);
      isOpen.add(node);
      stack.push({ node, ways: next(node)[Symbol.iterator]() });
    };
    enter(first);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const way = top.ways.next();
      if (!way.done) {
        if (!at.has(way.value)) enter(way.value);
        else if (isOpen.has(way.value)) lower(top.node, at.get(way.value) ?? 0);
        continue;
      }
      stack.pop();
      const own = low.get(top.node) ?? 0;
      const above = stack.at(-1);
      if (above) lower(above.node, own);
      if (own !== at.get(top.node)) continue;
      const component: Node[] = [];
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        isOpen.delete(node);
        component.push(node);
        if (node === top.node) break;
      }
      components.push(component.reverse());
    }
  }
  return components;
};

/** Whether one can come back to where one is: more than one node, or one that leads to itself. */
export const isCycle = <Node>(component: readonly Node[], next: (node: Node) => Iterable<Node>): boolean => {
  const [first] = component;
  return component.length > 1 || (first !== undefined && [...next(first)].includes(first));
};
