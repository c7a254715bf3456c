/** Records that hang together by candidates: how many groups. */
export interface Groups {
  readonly join: (a: number, b: number) => void;
  readonly count: () => number;
}

/** Union-find over the records that are in a pair. */
export const groups = (): Groups => {
  const parents = new Map<number, number>();
  const rootOf = (row: number): number => {
    let root = row;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    for (let at = row; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  return {
    join(a, b) {
      for (const row of [a, b]) if (!parents.has(row)) parents.set(row, row);
      const [one, other] = [rootOf(a), rootOf(b)];
      if (one !== other) parents.set(Math.max(one, other), Math.min(one, other));
    },
    count: () => [...parents].filter(([row, parent]) => row === parent).length,
  };
};
