import type { OpenedSource, RowBatch } from '../../model/sync/source.ts';
import { prepareSide } from '../prepared.ts';
import { mostRows, type Proposable } from './reading.ts';

/** The first rows of a source: one more than are looked at, which tells that they are not all. */
const firstOf = async function* (source: Pick<OpenedSource, 'rows'>, signal: AbortSignal): AsyncGenerator<RowBatch> {
  let left = mostRows + 1;
  for await (const batch of source.rows(signal)) {
    yield batch.kind === 'rows' ? { kind: 'rows', rows: batch.rows.slice(0, left) } : batch;
    if (batch.kind === 'rows') left -= batch.rows.length;
    if (left <= 0) return;
  }
};

/**
 * An open source as something that can be proposed for: what is no file that can be walked through is read once into one of our own,
 * as far as it is looked at.
 */
export const sideToLookAt = async (
  source: OpenedSource,
  directory: () => Promise<string>,
  signal: AbortSignal,
): Promise<Proposable> => {
  if (source.direct) return source;
  const first = { ...source, rows: (stop: AbortSignal) => firstOf(source, stop) };
  const prepared = await prepareSide(first, { directory, signal });
  return { ...prepared.source, ...(prepared.failure ? { failure: prepared.failure } : {}) };
};
