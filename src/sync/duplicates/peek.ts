import type { RowBatch } from '../../model/sync/source.ts';

/** The first rows of a source, and the source from its beginning all the same. */
export const peeked = async (
  rows: AsyncIterable<RowBatch>,
  most: number,
): Promise<{ readonly first: readonly (readonly string[])[]; readonly rows: AsyncIterable<RowBatch> }> => {
  const source = rows[Symbol.asyncIterator]();
  const taken: RowBatch[] = [];
  const first: (readonly string[])[] = [];
  let ended = false;
  while (!ended && first.length < most) {
    const { done, value } = await source.next();
    if (done) {
      ended = true;
      break;
    }
    taken.push(value);
    ended = value.kind === 'failed';
    if (value.kind === 'rows') for (const row of value.rows.slice(0, most - first.length)) first.push(row);
  }
  const again = async function* (): AsyncGenerator<RowBatch> {
    try {
      // Not held longer than they are needed.
      for (let batch = taken.shift(); batch; batch = taken.shift()) yield batch;
      while (!ended) {
        const { done, value } = await source.next();
        if (done) return;
        yield value;
      }
    } finally {
      await source.return?.();
    }
  };
  return { first, rows: again() };
};
