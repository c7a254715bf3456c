import type { ColumnRole } from '../model/sync/column.ts';
import type { SourceFacts } from '../model/sync/source.ts';
import type { SyncConfig } from '../model/sync/subject.ts';
import type { ComparisonView, RowPair, SeenRow, SyncTimes, UnmappedColumn } from '../model/sync/view.ts';
import type { Address, Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';
import { readPairs, readRows, type Side } from './read-samples.ts';

/** Of how many rows on one side ranks are needed at most; beyond it nobody is wiser. */
const mostRanked = 120_000;

/**
 * Present rows are what others are held against. Of 20,000 a share of 2 % (the most that a condition may have among them) is known to
 * 0.2 %, and Fisher's test at 1e-6 turns on the few missing rows, not on the many present ones: more would only be read.
 */
const mostPresent = 20_000;

/**
 * Changed pairs in which parameters are looked for. Of 20,000 the least share that may stand, one in a hundred, is 200 pairs, and a column
 * that differs in one of a thousand of them still comes to the twenty that name something; all pairs are counted afterwards. More would
 * be memory.
 */
const mostPairs = 20_000;

/** Evenly from all of a list that was drawn at random. */
const thinned = <Item>(items: readonly Item[], most: number): readonly Item[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]).filter(
        (item): item is Item => item !== undefined,
      );

/** The same by two that stand beside each other: a value that slipped by a row is that of the neighbour. */
const thinnedByTwo = <Item>(items: readonly Item[], most: number): readonly Item[] => {
  if (items.length <= most) return items;
  const couples = most >> 1;
  return Array.from({ length: couples }, (_, at) => Math.floor((at * items.length) / couples)).flatMap((start) =>
    items.slice(start, start + 2),
  );
};

type Order = 'key' | 'updated' | 'created';

/** The orders of a side that there are, with the compared column of each. */
const ordersOf = ({ columns }: ColumnMapping): readonly { readonly order: Order; readonly at: number }[] => {
  const keys = columns.filter(({ key }) => key);
  const ofRole = (role: ColumnRole) => columns.find((one) => one.role === role)?.at;
  const all: readonly { readonly order: Order; readonly at: number | undefined }[] = [
    // A key of several columns has no order of its own.
    { order: 'key', at: keys.length === 1 ? keys[0]?.at : undefined },
    { order: 'updated', at: ofRole('updated-at') },
    { order: 'created', at: ofRole('created-at') },
  ];
  return all.flatMap(({ order, at }) => (at === undefined ? [] : [{ order, at }]));
};

type Ranked = Pick<SeenRow, 'ranks' | 'tie'>;

const unranked: Ranked = { ranks: {} };

interface Placed {
  readonly address: Address;
  readonly values: readonly string[];
}

/** Exact places of these records among all of their side, in every order that there is. One pass over the side. */
const ranked = async (
  joined: Joined,
  { positions, ...mapping }: ColumnMapping,
  side: Side,
  rows: readonly Placed[],
): Promise<readonly Ranked[]> => {
  const orders = ordersOf({ positions, ...mapping }).flatMap(({ order, at }) => {
    const position = positions[side][at];
    return position === undefined ? [] : [{ order, at, position }];
  });
  const records = rows.slice(0, mostRanked).map(({ address, values }) => {
    const fields: string[] = [];
    for (const { at, position } of orders) fields[position] = values[at] ?? '';
    return { address, values: fields };
  });
  const places = await joined.places(
    side,
    records,
    orders.map(({ position }) => position),
  );
  return records.map((_, index): Ranked => {
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
  });
};

/** Hands out what belongs to the rows of a list, part by part in its order. */
const inTurn = <Item>(items: readonly Item[], missing: Item) => {
  let next = 0;
  return (): Item => {
    next += 1;
    return items[next - 1] ?? missing;
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
  const { missing, extra, repeated } = joined;
  const [presentAt, changedAt] = [thinnedByTwo(joined.present, mostPresent), thinned(joined.pairs, mostPairs)];
  const present = await readPairs(joined, mapping, presentAt);
  // A pass over the whole side: only where there are rows that places tell something of. On the right these are the copies.
  const told = {
    left:
      missing.length + repeated.left.length > 0 ||
      (joined.pairs.length > 0 && mapping.columns.some(({ role }) => role === 'updated-at')),
    right: repeated.right.length > 0,
  };
  /** The rows of a side in the order: alone, repeated, present. */
  const seenOn = async (side: Side) => {
    const [at, copiesAt] = [side === 'left' ? missing : extra, repeated[side].flat()];
    const alone = await readRows(joined, mapping, side, at);
    const copies = await readRows(joined, mapping, side, copiesAt);
    const placed = (addresses: readonly Address[], values: readonly (readonly string[])[]): readonly Placed[] =>
      addresses.map((address, index) => ({ address, values: values[index] ?? [] }));
    const rows = [
      ...placed(at, alone.values),
      ...placed(copiesAt, copies.values),
      ...placed(
        presentAt.map((pair) => pair[side]),
        present.pairs.map((pair) => pair[side]),
      ),
    ];
    const ranks = told[side] ? await ranked(joined, mapping, side, rows) : [];
    const seen = rows.map(({ values }, index): SeenRow => ({ values, ...(ranks[index] ?? unranked) }));
    return { next: inTurn(seen, { values: [], ...unranked }), beside: alone.beside };
  };
  // Places are told by another thread, meanwhile the rest is read.
  const [left, right, changed] = await Promise.all([
    seenOn('left'),
    seenOn('right'),
    readPairs(joined, mapping, changedAt),
  ]);
  const next = { left: left.next, right: right.next };
  const alone = { left, right };
  const aloneRows = { left: missing.map(next.left), right: extra.map(next.right) };
  const groups = {
    left: repeated.left.map((group) => group.map(next.left)),
    right: repeated.right.map((group) => group.map(next.right)),
  };

  const { settle = (pair: RowPair) => pair } = joined;
  const unmappedOf = (side: Side): readonly UnmappedColumn[] =>
    mapping.unmapped[side].flatMap((position, at) => {
      const column = sources[side].columns[position];
      if (!column) return [];
      return [
        {
          column,
          ofPairs: changed.beside[side][at] ?? [],
          ofAlone: alone[side].beside[at] ?? [],
          ofPresent: present.beside[side][at] ?? [],
        },
      ];
    });
  return {
    config,
    columns: mapping.columns,
    counts: joined.counts,
    differing: joined.differing,
    pairs: changed.pairs.map(settle),
    present: present.pairs.map((pair) => ({ pair: settle(pair), left: next.left(), right: next.right() })),
    missing: aloneRows.left,
    extra: aloneRows.right,
    repeated: groups,
    unmapped: { left: unmappedOf('left'), right: unmappedOf('right') },
    absent: mapping.absent,
    sources,
    times,
    logged,
  };
};
