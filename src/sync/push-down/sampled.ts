import type { Side } from '../../model/sync/side.ts';
import type { SourceFailure } from '../../model/sync/source.ts';
import type { ComparisonCounts } from '../../model/sync/view.ts';
import { failureOf } from '../engine/failure.ts';
import type { Joined } from '../joined.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { type Asking, askingOf, Broken, number } from './asking.ts';
import { bringOver, sampleOf } from './bring-over.ts';
import { given, type Hashed, hashedOf } from './hashed.ts';
import { coarseOf, finer, sampledIn } from './levels.ts';
import type { PushedTable } from './pushed.ts';

export type Sampled =
  | { readonly kind: 'sampled'; readonly joined: Joined }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

const parts = 2 ** 20;

/** The keys of about so many records that are on one side only, of each side, chosen by chance. */
const aloneKeys = async (
  { left, right }: Readonly<Record<Side, Hashed>>,
  { missing, extra }: Pick<ComparisonCounts, 'missing' | 'extra'>,
  most: number,
  { ask }: Asking,
): Promise<ReadonlySet<string>> => {
  if (missing + extra === 0) return new Set();
  const isAmong = (count: number): string =>
    `${left.table.dialect.bucketExpression(given.key, parts)} < ${Math.ceil((parts * most) / Math.max(1, count))}`;
  const selects = [left, right].map(
    ({ rows }, which) => `SELECT ${given.key}, toUInt8(${which}) AS crm_doctor_s FROM ${rows}`,
  );
  const counted = `SELECT ${given.key}, sum(crm_doctor_s = 0) AS crm_doctor_a, sum(crm_doctor_s = 1) AS crm_doctor_b FROM (${selects.join(' UNION ALL ')}) GROUP BY ${given.key}`;
  const rows = await ask(
    'left',
    `SELECT ${given.key} FROM (${counted}) WHERE (crm_doctor_b = 0 AND ${isAmong(missing)}) OR (crm_doctor_a = 0 AND ${isAmong(extra)}) LIMIT ${4 * most}`,
    [number(given.key)],
  );
  return new Set(rows.map(([key = '']) => key));
};

/**
 * Of two tables in one ClickHouse, most of whose rows differ: some that are on both sides and some that are on one only, joined, with
 * the counts of all. What they show is known of a sample.
 */
export const sampleInCluster = async (
  tables: Readonly<Record<Side, PushedTable>>,
  mapping: ColumnMapping,
  {
    counts,
    rowBytes,
    directory,
    seed,
  }: {
    readonly counts: ComparisonCounts;
    /** What a record takes, of the longer ones; undefined: nobody knows. */
    readonly rowBytes: number | undefined;
    readonly directory: string;
    readonly seed: number;
  },
  signal: AbortSignal,
): Promise<Sampled | undefined> => {
  const [left, right] = [hashedOf(tables.left, mapping, 'left'), hashedOf(tables.right, mapping, 'right')];
  if (!left || !right) return undefined;
  const asking = askingOf(tables, signal);
  const most = sampledIn(rowBytes);
  try {
    const keys = await aloneKeys({ left, right }, counts, most, asking);
    const rows = Math.max(1, counts.left, counts.right);
    const buckets = coarseOf(rows) * finer;
    const sampled = sampleOf(buckets, Math.ceil((most * buckets) / rows), seed);
    const reply = await bringOver(
      { left, right },
      mapping,
      { sampled, buckets, keys },
      { asking, directory, seed },
      signal,
    );
    signal.throwIfAborted();
    if (reply.kind === 'stopped') return undefined;
    if (reply.kind === 'failed') return { kind: 'failed', failure: reply.failure };
    const work = { engine: 'clickhouse', transferredBytes: asking.transferredBytes() };
    return { kind: 'sampled', joined: { ...reply.joined, counts, work } };
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: 'failed', failure: error instanceof Broken ? error.failure : failureOf(error, directory) };
  }
};
