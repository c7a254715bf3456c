import type { Side } from '../model/sync/side.ts';
import type { RowPair } from '../model/sync/view.ts';
import { byItself } from './by-itself.ts';
import type { Address, Joined, PairAddress } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';

/** Records of one side: the values of the compared columns, and those of the columns that are compared with nothing. */
export interface ReadRows {
  readonly values: readonly (readonly string[])[];
  /** By unmapped column, by record. */
  readonly beside: readonly (readonly string[])[];
}

/** What is read in one go before equal values of both sides are made one. */
const atOnce = 8192;

/** The records at these addresses. */
export const readRows = async (
  joined: Pick<Joined, 'read'>,
  mapping: Pick<ColumnMapping, 'positions' | 'unmapped'>,
  side: Side,
  addresses: readonly Address[],
): Promise<ReadRows> => {
  const [positions, unmapped] = [mapping.positions[side], mapping.unmapped[side]];
  const records = addresses.length === 0 ? [] : await joined.read(side, addresses);
  return {
    values: records.map((record) =>
      // Most files have their columns in the order in which they are compared.
      positions.length === record.length && positions.every((position, at) => position === at)
        ? record
        : positions.map((position) => record[position] ?? ''),
    ),
    beside: unmapped.map((position) => records.map((record) => record[position] ?? '')),
  };
};

/** The right side with the texts of the left one where they are equal: half of the memory, and equal at a glance. */
const sharing = (left: readonly string[], right: readonly string[]): readonly string[] => {
  let differing = left.length !== right.length;
  const shared = right.map((value, at) => {
    if (value === left[at]) return left[at] ?? '';
    differing = true;
    return byItself(value);
  });
  return differing ? shared : left;
};

/** Both records of each pair, and what stands beside them on each side. Where `likeLeft` says so, the right one is not read. */
export const readPairs = async (
  joined: Pick<Joined, 'read'>,
  mapping: Pick<ColumnMapping, 'positions' | 'unmapped'>,
  places: readonly PairAddress[],
  likeLeft: (pair: PairAddress) => boolean = () => false,
): Promise<{ readonly pairs: readonly RowPair[]; readonly beside: Readonly<Record<Side, readonly string[][]>> }> => {
  const pairs: RowPair[] = [];
  const beside = {
    left: mapping.unmapped.left.map((): string[] => []),
    right: mapping.unmapped.right.map((): string[] => []),
  };
  for (let from = 0; from < places.length; from += atOnce) {
    const some = places.slice(from, from + atOnce);
    const read = async (side: Side, wanted: readonly PairAddress[]): Promise<ReadRows> => {
      const rows = await readRows(
        joined,
        mapping,
        side,
        wanted.map((place) => place[side]),
      );
      for (const [at, values] of rows.beside.entries()) beside[side][at]?.push(...values);
      return rows;
    };
    const left = await read('left', some);
    const unlike = some.map((place) => !likeLeft(place));
    const right = await read(
      'right',
      some.filter((_, at) => unlike[at]),
    );
    let next = 0;
    for (const [at, values] of left.values.entries()) {
      if (!unlike[at]) {
        pairs.push({ left: values, right: values });
        continue;
      }
      pairs.push({ left: values, right: sharing(values, right.values[next] ?? []) });
      next += 1;
    }
  }
  return { pairs, beside };
};
