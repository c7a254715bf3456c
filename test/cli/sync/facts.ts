import type { ComparisonFact, Explained } from '../../../src/model/sync/comparison.ts';

/** A side. */
export const source = { format: 'csv', name: 'x.csv', columns: [], notes: [] };
const field = (left: string, right = left) => ({
  left,
  right,
  type: 'text' as const,
  differ: 100,
  equalUnder: [],
  unexplained: 0,
  examples: [],
});
/** A cause that stands. */
export const explained = (cause: string, more: Partial<Explained> = {}): Explained => ({
  cause,
  effect: 'wrong',
  population: 'pairs',
  columns: [0],
  detail: {},
  share: { n: 90, of: 100, low: 0.825, high: 0.945 },
  chance: 0,
  examples: [{ key: 'C1', left: 'a', right: 'A' }],
  proof: { kind: 'transform', before: 100, after: 10, rowsNowEqual: 88 },
  ...more,
});
/** A comparison in which these stand. */
export const fact = (...found: readonly Explained[]): ComparisonFact => ({
  kind: 'compared',
  left: source,
  right: source,
  counts: {
    left: 1000,
    right: 1000,
    matched: 1000,
    equal: 900,
    changed: 100,
    missing: 0,
    extra: 0,
    repeated: { left: { keys: 0, rows: 0 }, right: { keys: 0, rows: 0 } },
    rejected: { left: 0, right: 0 },
  },
  changed: { underRule: 0, explained: 90, stale: 0, conflict: 0, unexplained: 10 },
  fields: [field('name'), field('phone', 'tel')],
  explained: found,
  unexplained: { pairs: 10, missing: 0, extra: 0 },
  missing: [],
  extra: [],
  repeated: { left: [], right: [] },
  rejected: { left: [], right: [] },
  unmapped: { left: [], right: [] },
  work: { engine: 'local', rowsPerSecond: 1, ms: 1, temporaryBytes: 0 },
});
