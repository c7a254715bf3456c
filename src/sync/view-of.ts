import { spread } from '../model/spread.ts';
import type { Side } from '../model/sync/side.ts';
import type { SourceFacts } from '../model/sync/source.ts';
import type { SyncConfig } from '../model/sync/subject.ts';
import type { ComparisonView, Demand, RowPair, SeenRow, SyncTimes, UnmappedColumn } from '../model/sync/view.ts';
import { pageSizes } from '../reason/rows/positions.ts';
import type { Address, Joined, PairAddress } from './joined.ts';
import { kinOf } from './kin.ts';
import { loneRows } from './lone-rows.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';
import { placesMayTell } from './places-tell.ts';
import { ordersOf, type Ranked, ranksOf, unranked } from './ranks.ts';
import { readPairs, readRows } from './read-samples.ts';

/**
 * Present rows are what others are held against: all of them where there are no more than this, as they show each other's neighbours
 * then, and else fewer. Of 5,000 a share of 2 % (the most that a condition may have among them) is known to 0.4 %, and Fisher's test at
 * 1e-6 turns on the few missing rows, not on the many present ones: more would only be read.
 */
const mostPresentAll = 20_000;
const mostPresent = 5000;

/**
 * Changed pairs in which parameters are looked for: all of them where there are no more than this, as nothing is read twice then, and
 * else fewer. Of 13,000 the least share that may stand, one in a hundred, is 130 pairs, and a column that differs in one of 600 of them
 * still comes to the twenty that name something; all pairs are counted afterwards. More would be memory.
 */
const mostPairsAll = 20_000;
const mostPairs = 13_000;

/** Up to so many records a side places are always told: the pass takes an eighth of a comparison's time, and seams show in exact places only. */
const quicklyPlaced = 1_000_000;
/** Where more of the missing records are not known than that, samples do not show whether places tell something. */
const leastKnown = 0.9;

/** Evenly from all of a list by two that stand beside each other: a value that slipped by a row is that of the neighbour. */
const thinnedByTwo = <Item>(items: readonly Item[], most: number): readonly Item[] => {
  if (items.length <= most) return items;
  const couples = most >> 1;
  return Array.from({ length: couples }, (_, at) => Math.floor((at * items.length) / couples)).flatMap((start) =>
    items.slice(start, start + 2),
  );
};

/**
 * Of which present pairs the left record tells both: those that do not differ, where equal ones read alike and all changed ones are
 * known. Half of the reading is saved.
 */
const likeLeft = (joined: Joined, { unmapped }: ColumnMapping): ((pair: PairAddress) => boolean) => {
  const known = joined.equalReadsAlike && joined.pairs.length === joined.counts.changed;
  if (!known || unmapped.right.length > 0) return () => false;
  const changed = new Set(joined.pairs.map(({ left }) => left));
  return ({ left }) => !changed.has(left);
};

const presentOf = ({ present }: Joined): readonly PairAddress[] =>
  present.length <= mostPresentAll ? present : thinnedByTwo(present, mostPresent);

/** The changed pairs that are read, with all values of both records. */
export const changedOf = ({ pairs }: Pick<Joined, 'pairs'>): readonly PairAddress[] =>
  pairs.length <= mostPairsAll ? pairs : spread(pairs, mostPairs);

/** Hands out what belongs to the rows of a list, part by part in its order. */
const inTurn = <Item>(items: readonly Item[], missing: Item) => {
  let next = 0;
  return (): Item => {
    next += 1;
    return items[next - 1] ?? missing;
  };
};

/** The rows of a side in one order: alone, repeated, present, and those of which only the places are looked at. */
interface SideRows {
  readonly alone: readonly Address[];
  readonly repeated: readonly (readonly Address[])[];
  readonly present: readonly Address[];
  readonly unread: readonly Address[];
}

const all = ({ alone, repeated, present, unread }: SideRows): readonly Address[] => [
  ...alone,
  ...repeated.flat(),
  ...present,
  ...unread,
];

/** Who awaits it hears of its failure; until then nobody has to, and where reading failed before, nobody will. */
const heardLater = <Value>(promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => undefined);
  return promise;
};

export interface SampledView {
  /** Without the ranks of its records. */
  readonly view: ComparisonView;
  /** The same with them, once they are counted. */
  readonly ranked: Promise<ComparisonView>;
}

/** Reads the samples and puts together what the statistics are made of. */
export const viewOfJoined = async (
  joined: Joined,
  mapping: ColumnMapping,
  {
    config,
    sources,
    times,
    logged,
    mostLone,
    demandsOf,
  }: {
    readonly config: SyncConfig;
    readonly sources: { readonly left: SourceFacts; readonly right: SourceFacts };
    readonly times: SyncTimes;
    readonly logged: ComparisonView['logged'];
    /** Of the records that are on one side only, so many are read at most. */
    readonly mostLone?: number | undefined;
    /** What the right side asks of the records of these samples. */
    readonly demandsOf?: (view: ComparisonView) => Promise<readonly Demand[]>;
  },
): Promise<SampledView> => {
  const { repeated } = joined;
  const { missing, extra, unread } = await loneRows(joined, mapping, mostLone);
  const [presentAt, changedAt] = [presentOf(joined), changedOf(joined)];
  const rowsOf = (side: Side): SideRows => ({
    alone: side === 'left' ? missing : extra,
    repeated: repeated[side],
    present: presentAt.map((pair) => pair[side]),
    unread: side === 'left' ? unread : [],
  });
  const rows = { left: rowsOf('left'), right: rowsOf('right') };
  // A pass over the whole side: only where there are rows that places tell something of. On the right these are the copies.
  const told = {
    left:
      missing.length + repeated.left.length > 0 ||
      (joined.pairs.length > 0 && mapping.columns.some(({ role }) => role === 'updated-at')),
    right: repeated.right.length > 0,
  };
  // Of a large side it is looked at the samples first; copies are told of by their places only.
  const nearlyAll = joined.missing.length >= leastKnown * joined.counts.missing;
  const lookedAt = repeated.left.length === 0 && nearlyAll && joined.counts.left > quicklyPlaced;
  // Places are told by another thread, meanwhile the samples are read and looked at.
  const placesOf = async (side: Side): Promise<readonly Ranked[]> =>
    told[side] ? ranksOf(joined, mapping, side, all(rows[side])) : [];
  const placesOfBoth = (left: boolean) => heardLater(Promise.all([left ? placesOf('left') : [], placesOf('right')]));
  const early = lookedAt ? undefined : placesOfBoth(true);
  const present = await readPairs(joined, mapping, presentAt, likeLeft(joined, mapping));
  const valuesOf = async (side: Side) => {
    const alone = await readRows(joined, mapping, side, rows[side].alone);
    const copies = await readRows(joined, mapping, side, rows[side].repeated.flat());
    return {
      beside: alone.beside,
      values: [...alone.values, ...copies.values, ...present.pairs.map((pair) => pair[side])],
    };
  };
  const [left, right] = [await valuesOf('left'), await valuesOf('right')];
  const changed = await readPairs(joined, mapping, changedAt);
  const mayTell = (): boolean => {
    const looked = {
      missing: left.values.slice(0, missing.length),
      missingRanks: joined.missingRanks,
      present: present.pairs,
      changed: changed.pairs,
    };
    const orders = ordersOf(mapping).map(({ at }) => at);
    return placesMayTell(looked, mapping.columns, orders, pageSizes({ sources }));
  };
  const places = early ?? placesOfBoth(mayTell());
  const read = { left, right };
  const { settle = (pair: RowPair) => pair } = joined;
  const settled = present.pairs.map(settle);
  const unmappedOf = (side: Side): readonly UnmappedColumn[] =>
    mapping.unmapped[side].flatMap((position, at) => {
      const column = sources[side].columns[position];
      if (!column) return [];
      return [
        {
          column,
          ofPairs: changed.beside[side][at] ?? [],
          ofAlone: read[side].beside[at] ?? [],
          ofPresent: present.beside[side][at] ?? [],
        },
      ];
    });
  const seenIn = (ranks: Readonly<Record<Side, readonly Ranked[]>>) => {
    const seen = (side: Side) =>
      inTurn(
        read[side].values.map((values, index): SeenRow => ({ values, ...(ranks[side][index] ?? unranked) })),
        { values: [], ...unranked },
      );
    const next = { left: seen('left'), right: seen('right') };
    const rowsSeen = {
      missing: missing.map(next.left),
      extra: extra.map(next.right),
      repeated: {
        left: repeated.left.map((group) => group.map(next.left)),
        right: repeated.right.map((group) => group.map(next.right)),
      },
      present: settled.map((pair) => ({ pair, left: next.left(), right: next.right() })),
    };
    return unread.length === 0 ? rowsSeen : { ...rowsSeen, unread: ranks.left.slice(read.left.values.length) };
  };
  const sampled: ComparisonView = {
    config,
    columns: mapping.columns,
    counts: joined.counts,
    differing: joined.differing,
    pairs: changed.pairs.map(settle),
    ...seenIn({ left: [], right: [] }),
    unmapped: { left: unmappedOf('left'), right: unmappedOf('right') },
    absent: mapping.absent,
    sources,
    times,
    rejected: joined.rejected,
    logged,
  };
  const seen = {
    left: [...missing, ...repeated.left.flat(), ...rows.left.present],
    right: [...extra, ...repeated.right.flat(), ...rows.right.present],
  };
  const kin = presentAt.length < joined.counts.matched ? await kinOf(joined, mapping, sampled, seen) : undefined;
  const known: ComparisonView = { ...sampled, ...(kin ? { kin } : {}) };
  const view: ComparisonView = { ...known, ...(demandsOf ? { demands: await demandsOf(known) } : {}) };
  const ranked = places.then(([ofLeft, ofRight]) =>
    // What was worked out of a view is known of that one.
    ofLeft.length + ofRight.length === 0 ? view : { ...view, ...seenIn({ left: ofLeft, right: ofRight }) },
  );
  return { view, ranked: heardLater(ranked) };
};
