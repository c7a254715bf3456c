import type { ColumnRole } from '../model/sync/column.ts';
import type { SourceFacts } from '../model/sync/source.ts';
import type { SyncConfig } from '../model/sync/subject.ts';
import type { ComparisonView, RowPair, SeenRow, SyncTimes, UnmappedColumn } from '../model/sync/view.ts';
import type { Address, Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';

/** Of how many rows on one side ranks and values are needed at most; beyond it nobody is wiser. */
const mostRanked = 120_000;

/**
 * Rows that are on both sides and are held against the others: a share of 2 % (`presentAtMost`) is told from half and from twice of it
 * many times over.
 */
const mostPresent = 20_000;

/** At most so many, evenly from all of it: the samples stand in the order of the files. */
const thinned = <Item>(items: readonly Item[], most: number): readonly Item[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]).filter(
        (item): item is Item => item !== undefined,
      );

type Side = 'left' | 'right';

const positionOfRole = ({ columns, positions }: ColumnMapping, side: Side, role: ColumnRole): number | undefined => {
  const column = columns.find((one) => one.role === role);
  return column && positions[side][column.at];
};

type Order = 'key' | 'updated' | 'created';

/** Exact places of these records among all of their side, in every order that there is. One pass over the side. */
const ranked = async (
  joined: Joined,
  mapping: ColumnMapping,
  side: Side,
  wanted: ReadonlyMap<Address, readonly string[]>,
): Promise<(address: Address) => Pick<SeenRow, 'ranks' | 'tie'>> => {
  const keys = mapping.columns.filter(({ key }) => key);
  const orders: { readonly order: Order; readonly position: number }[] = [];
  const add = (order: Order, position: number | undefined) => {
    if (position !== undefined) orders.push({ order, position });
  };
  // A key of several columns has no order of its own.
  if (keys.length === 1) add('key', mapping.positions[side][keys[0]?.at ?? 0]);
  add('updated', positionOfRole(mapping, side, 'updated-at'));
  add('created', positionOfRole(mapping, side, 'created-at'));
  const records = [...wanted].slice(0, mostRanked).map(([address, values]) => ({ address, values }));
  const places = await joined.places(
    side,
    records,
    orders.map(({ position }) => position),
  );
  const at = new Map(records.map(({ address }, index) => [address, index]));
  return (address) => {
    const index = at.get(address);
    if (index === undefined) return { ranks: {} };
    const file = places.file[index] ?? -1;
    const ranks: Partial<Record<'file' | Order, number>> = file < 0 ? {} : { file };
    let tie: number | undefined;
    for (const [which, { order }] of orders.entries()) {
      const place = places.orders[which];
      if (!place) continue;
      ranks[order] = place.rank[index] ?? 0;
      if (order === 'updated') tie = place.tie[index];
    }
    return { ranks, ...(tie === undefined ? {} : { tie }) };
  };
};

/** Reads the samples and puts together what the statistics are made of. */
export const viewOfJoined = async (
  joined: Joined,
  mapping: ColumnMapping,
  {
    config,
    sources,
    times,
    logged,
  }: {
    readonly config: SyncConfig;
    readonly sources: { readonly left: SourceFacts; readonly right: SourceFacts };
    readonly times: SyncTimes;
    readonly logged: ComparisonView['logged'];
  },
): Promise<ComparisonView> => {
  const { pairs, missing, extra, repeated } = joined;
  const present = thinned(joined.present, mostPresent);
  const addressesOf = (side: Side): readonly Address[] => [
    ...new Set([
      ...(side === 'left' ? missing : extra),
      ...repeated[side].flat(),
      ...present.map((pair) => pair[side]),
      ...pairs.map((pair) => pair[side]),
    ]),
  ];
  const readSide = async (side: Side): Promise<ReadonlyMap<Address, readonly string[]>> => {
    const addresses = addressesOf(side);
    const records = await joined.read(side, addresses);
    return new Map(addresses.map((address, at) => [address, records[at] ?? []]));
  };
  const records = { left: await readSide('left'), right: await readSide('right') };
  // Ranks tell why rows are on one side only or changed; without such rows nobody asks for them.
  const needed = { left: missing.length + repeated.left.length > 0, right: extra.length + repeated.right.length > 0 };
  const none = () => ({ ranks: {} });
  const rank = {
    left: needed.left || pairs.length > 0 ? await ranked(joined, mapping, 'left', records.left) : none,
    right: needed.right ? await ranked(joined, mapping, 'right', records.right) : none,
  };
  const valuesOf = (side: Side, address: Address): readonly string[] => {
    const record = records[side].get(address) ?? [];
    return mapping.positions[side].map((position) => record[position] ?? '');
  };
  const seen =
    (side: Side) =>
    (address: Address): SeenRow => ({ values: valuesOf(side, address), ...rank[side](address) });
  const { settle = (pair: RowPair) => pair } = joined;
  const pairOf = ({ left, right }: (typeof pairs)[number]): RowPair =>
    settle({ left: valuesOf('left', left), right: valuesOf('right', right) });
  const unmappedOf = (side: Side): readonly UnmappedColumn[] =>
    mapping.unmapped[side].flatMap((position) => {
      const column = sources[side].columns[position];
      const value = (address: Address): string => records[side].get(address)?.[position] ?? '';
      return column
        ? [
            {
              column,
              ofPairs: pairs.map((pair) => value(pair[side])),
              ofAlone: (side === 'left' ? missing : extra).map(value),
              ofPresent: present.map((pair) => value(pair[side])),
            },
          ]
        : [];
    });
  return {
    config,
    columns: mapping.columns,
    counts: joined.counts,
    differing: joined.differing,
    pairs: pairs.map(pairOf),
    present: present.map((pair) => ({
      pair: pairOf(pair),
      left: seen('left')(pair.left),
      right: seen('right')(pair.right),
    })),
    missing: missing.map(seen('left')),
    extra: extra.map(seen('right')),
    repeated: {
      left: repeated.left.map((group) => group.map(seen('left'))),
      right: repeated.right.map((group) => group.map(seen('right'))),
    },
    unmapped: { left: unmappedOf('left'), right: unmappedOf('right') },
    sources,
    times,
    logged,
  };
};
