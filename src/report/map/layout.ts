import type { InteractionMap, MapEdge, MapWorkflow } from '../../model/workflow/map.ts';

/** Workflows that have to do with each other, in columns from those that start others to those that are started. */
export interface Group {
  readonly columns: readonly (readonly MapWorkflow[])[];
  readonly edges: readonly MapEdge[];
}

/** Sets of workflows with ways between them, the largest first; those without any way are in none. */
const connected = ({ workflows, edges }: InteractionMap): readonly (readonly string[])[] => {
  const neighbours = new Map<string, string[]>();
  const join = (one: string, other: string): void => {
    const known = neighbours.get(one);
    if (known) known.push(other);
    else neighbours.set(one, [other]);
  };
  for (const { from, to } of edges) {
    join(from, to);
    join(to, from);
  }
  const seen = new Set<string>();
  const groups: string[][] = [];
  for (const { key } of workflows) {
    if (seen.has(key) || !neighbours.has(key)) continue;
    const group: string[] = [];
    const todo = [key];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      group.push(next);
      todo.push(...(neighbours.get(next) ?? []));
    }
    groups.push(group);
  }
  return groups.toSorted((one, other) => other.length - one.length);
};

/** The column of each: one behind the last that leads to it, ways back left out. */
const columnsOf = (keys: readonly string[], edges: readonly MapEdge[]): ReadonlyMap<string, number> => {
  const out = new Map<string, string[]>();
  for (const { from, to } of edges) if (from !== to) out.set(from, [...(out.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const order: string[] = [];
  const back = new Set<string>();
  for (const root of keys) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const stack = [{ key: root, at: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = out.get(top.key)?.[top.at];
      top.at += 1;
      if (next === undefined) {
        state.set(top.key, 'done');
        order.push(top.key);
        stack.pop();
      } else if (!state.has(next)) {
        state.set(next, 'open');
        stack.push({ key: next, at: 0 });
      } else if (state.get(next) === 'open') back.add(`${top.key}\n${next}`);
    }
  }
  const column = new Map(keys.map((key) => [key, 0]));
  for (const key of order.toReversed()) {
    for (const next of out.get(key) ?? []) {
      if (back.has(`${key}\n${next}`)) continue;
      column.set(next, Math.max(column.get(next) ?? 0, (column.get(key) ?? 0) + 1));
    }
  }
  return column;
};

export const groupsOf = (map: InteractionMap): readonly Group[] => {
  const byKey = new Map(map.workflows.map((workflow) => [workflow.key, workflow]));
  return connected(map).map((keys) => {
    const inside = new Set(keys);
    const edges = map.edges.filter(({ from }) => inside.has(from));
    // Sources first, so that a ring begins where something leads into it.
    const targets = new Set(edges.filter(({ from, to }) => from !== to).map(({ to }) => to));
    const roots = [...keys.filter((key) => !targets.has(key)), ...keys.filter((key) => targets.has(key))];
    const columnOf = columnsOf(roots, edges);
    const columns: MapWorkflow[][] = [];
    for (const key of roots) {
      const workflow = byKey.get(key);
      const at = columnOf.get(key) ?? 0;
      while (columns.length <= at) columns.push([]);
      if (workflow) columns[at]?.push(workflow);
    }
    return { columns: columns.filter((column) => column.length > 0), edges };
  });
};
