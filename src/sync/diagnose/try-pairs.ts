import type { SyncCause } from '../../model/sync/cause.ts';
import type { Detail, PairsHypothesis } from '../../model/sync/hypothesis.ts';
import type { ComparisonView, RowPair } from '../../model/sync/view.ts';
import { type Bits, noBits, setBit } from './bits.ts';
import type { ColumnPlaces } from './places.ts';

/** A hypothesis about values that the sample bears out; it is still to be counted on everything. */
export interface StandingPairs {
  readonly kind: 'pairs';
  readonly cause: SyncCause;
  readonly hypothesis: PairsHypothesis;
  readonly columns: readonly number[];
  readonly params: Detail;
  /** Of unrelated rows, how many it would explain as well: 0 to 1. */
  readonly chance: number;
}

export interface TriedPairs extends StandingPairs {
  /** By column, the places that it explains. */
  readonly holds: ReadonlyMap<number, Bits>;
  /** How many places its columns have. */
  readonly places: number;
}

/** Fewer differences than this name nothing: they may be anything (CAUSES-SYNC, guards). */
const fewest = 20;
const leastShare = 0.01;

/** Whether so many of the places of its columns are enough to speak of. */
export const isEnough = (n: number, places: number, { evenFew }: PairsHypothesis): boolean =>
  evenFew ? n >= 1 : n >= fewest && n >= leastShare * places;

/** How many unrelated pairs a hypothesis is held against. */
const unrelated = 1000;

/** The left side of one row and the right side of another, far enough away to be no neighbour. */
const strangersOf = ({ pairs }: ComparisonView): readonly RowPair[] => {
  const rows = pairs.slice(0, unrelated);
  return rows.flatMap((pair, at) => {
    const other = rows[(at + 7 + Math.floor(rows.length / 2)) % rows.length];
    return !other || other === pair ? [] : [{ left: pair.left, right: other.right }];
  });
};

type Candidate = Pick<StandingPairs, 'hypothesis' | 'columns' | 'params'>;

const chanceOf = (
  view: ComparisonView,
  strangers: readonly RowPair[],
  { hypothesis, columns, params }: Candidate,
): number => {
  if (hypothesis.ownChance) return 0;
  let [tried, held] = [0, 0];
  for (const column of columns) {
    for (const mixed of strangers) {
      if (mixed.left[column] === mixed.right[column]) continue;
      tried += 1;
      if (hypothesis.explains(mixed, column, params, view.columns)) held += 1;
    }
  }
  return tried === 0 ? 0 : held / tried;
};

/**
 * Looks before everything is read, as most of a hundred hypotheses have nothing to do with what is seen. What explains two in a
 * hundred shows nothing among the first five hundred in one of 24,000 cases, and what explains one, the least that may stand, shows
 * fewer than eight among three thousand in one of a million.
 */
const looks = [
  { places: 500, hits: 1 },
  { places: 3000, hits: 8 },
] as const;

/** Whether a hypothesis explains a place of a column; asked once for equal values where it looks at nothing else. */
const askedOf = (
  view: ComparisonView,
  { hypothesis, params }: Candidate,
  { column, pairs, alike }: ColumnPlaces,
): ((place: number) => boolean) => {
  const ask = (place: number): boolean => {
    const pair = pairs[place];
    return pair !== undefined && hypothesis.explains(pair, column, params, view.columns);
  };
  if (!alike || hypothesis.wholeRow) return ask;
  // 0: not asked yet, 1: no, 2: yes.
  const answers = new Uint8Array(alike.distinct);
  return (place) => {
    const which = alike.of[place] ?? 0;
    if (answers[which] === 0) answers[which] = ask(place) ? 2 : 1;
    return answers[which] === 2;
  };
};

interface Asked extends ColumnPlaces {
  readonly explains: (place: number) => boolean;
}

const isWorthwhile = (about: readonly Asked[], places: number): boolean =>
  looks.every(({ places: most, hits: least }) => {
    if (places <= most) return true;
    const step = Math.floor(places / most);
    let hits = 0;
    let next = 0;
    for (const { pairs, explains } of about) {
      for (; next < pairs.length; next += step) {
        if (!explains(next)) continue;
        hits += 1;
        if (hits >= least) return true;
      }
      next -= pairs.length;
    }
    return false;
  });

/** Tries what the causes propose on the sample; what explains too little to stand is left out. */
export const tryPairs = (
  view: ComparisonView,
  causes: readonly SyncCause[],
  byColumn: ReadonlyMap<number, ColumnPlaces>,
  asked: (hypothesis: PairsHypothesis) => boolean,
): readonly TriedPairs[] => {
  const strangers = strangersOf(view);
  return causes.flatMap((cause) =>
    cause.hypotheses.flatMap((hypothesis) => {
      if (hypothesis.kind !== 'pairs' || !asked(hypothesis)) return [];
      return hypothesis.propose(view).flatMap(({ columns, params }): readonly TriedPairs[] => {
        const candidate = { hypothesis, columns, params };
        const about = columns.flatMap((column): readonly Asked[] => {
          const places = byColumn.get(column);
          return places ? [{ ...places, explains: askedOf(view, candidate, places) }] : [];
        });
        const places = about.reduce((total, { pairs }) => total + pairs.length, 0);
        if (!hypothesis.evenFew && !isWorthwhile(about, places)) return [];
        let n = 0;
        const holds = new Map<number, Bits>();
        for (const { column, pairs, explains } of about) {
          const bits = noBits(pairs.length);
          for (let place = 0; place < pairs.length; place += 1) {
            if (!explains(place)) continue;
            setBit(bits, place);
            n += 1;
          }
          holds.set(column, bits);
        }
        if (!isEnough(n, places, hypothesis)) return [];
        const chance = chanceOf(view, strangers, candidate);
        return [{ kind: 'pairs', cause, ...candidate, chance, holds, places }];
      });
    }),
  );
};
