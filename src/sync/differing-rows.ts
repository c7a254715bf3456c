import type { RowBatch } from '../model/sync/source.ts';
import type { Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';

/** The records of a side that are on it alone or differ from those of the other one, by the compared columns in their order. */
export const differingRows = async function* (
  joined: Pick<Joined, 'eachAlone' | 'eachChanged'>,
  { positions }: Pick<ColumnMapping, 'positions'>,
  side: 'left' | 'right',
): AsyncGenerator<RowBatch> {
  for await (const records of joined.eachAlone(side))
    yield { kind: 'rows', rows: records.map((record) => positions[side].map((at) => record[at] ?? '')) };
  for await (const pairs of joined.eachChanged()) yield { kind: 'rows', rows: pairs.map((pair) => pair[side]) };
};
