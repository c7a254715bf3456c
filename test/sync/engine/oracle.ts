import type { ComparisonCounts } from '../../../src/model/sync/view.ts';

/** What `compareFiles` must count, by plain maps over rows that are already split. */
export const countedByMaps = (
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
  key: readonly number[],
  columns: readonly number[],
  rightKey: readonly number[] = key,
  rightColumns: readonly number[] = columns,
): {
  readonly counts: Omit<ComparisonCounts, 'rejected'>;
  readonly differing: readonly number[];
  readonly besideRepeated: { readonly left: number; readonly right: number };
  readonly changedKeys: readonly string[];
  readonly missingKeys: readonly string[];
  readonly extraKeys: readonly string[];
} => {
  const grouped = (rows: readonly (readonly string[])[], at: readonly number[]) => {
    const groups = new Map<string, (readonly string[])[]>();
    for (const row of rows) {
      const name = JSON.stringify(at.map((field) => row[field] ?? ''));
      const group = groups.get(name);
      if (group) group.push(row);
      else groups.set(name, [row]);
    }
    return groups;
  };
  const [ours, theirs] = [grouped(left, key), grouped(right, rightKey)];
  const repeatedOf = (groups: ReadonlyMap<string, readonly unknown[]>) => {
    const repeated = [...groups.values()].filter(({ length }) => length > 1);
    return { keys: repeated.length, rows: repeated.reduce((rows, { length }) => rows + length, 0) };
  };
  let [matched, equal] = [0, 0];
  const beside = { left: 0, right: 0 };
  const differing = columns.map(() => 0);
  const changedKeys: string[] = [];
  const missingKeys: string[] = [];
  for (const [name, [row = [], ...more]] of ours) {
    const [other, ...others] = theirs.get(name) ?? [];
    if (more.length > 0) {
      if (other && others.length === 0) beside.right += 1;
      continue;
    }
    if (!other) {
      missingKeys.push(name);
      continue;
    }
    if (others.length > 0) {
      beside.left += 1;
      continue;
    }
    matched += 1;
    const differ = columns.map((field, at) => row[field] !== other[rightColumns[at] ?? -1]);
    for (const [at, does] of differ.entries()) differing[at] = (differing[at] ?? 0) + (does ? 1 : 0);
    if (differ.includes(true)) changedKeys.push(name);
    else equal += 1;
  }
  const extraKeys = [...theirs].filter(([name, { length }]) => length === 1 && !ours.has(name)).map(([name]) => name);
  return {
    counts: {
      left: left.length,
      right: right.length,
      matched,
      equal,
      changed: changedKeys.length,
      missing: missingKeys.length,
      extra: extraKeys.length,
      repeated: { left: repeatedOf(ours), right: repeatedOf(theirs) },
    },
    differing,
    besideRepeated: beside,
    changedKeys: changedKeys.toSorted(),
    missingKeys: missingKeys.toSorted(),
    extraKeys: extraKeys.toSorted(),
  };
};

/** The same numbers every time (Mulberry32). */
export const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
};

/** Fields as a delimited line, quoted where they must be, and sometimes where they need not. */
export const lineOf = (fields: readonly string[], end: string, alwaysQuoted = false): string =>
  `${fields
    .map((field) => (alwaysQuoted || /[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')}${end}`;
