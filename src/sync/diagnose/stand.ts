import type { SyncCause } from '../../model/sync/cause.ts';
import type { Detail, PairsHypothesis, RowsHypothesis } from '../../model/sync/hypothesis.ts';
import type { ComparisonView, RowPair, SeenRow } from '../../model/sync/view.ts';
import { fisherAtLeast } from '../../reason/rows/statistics.ts';

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

/** The same about whole rows. */
export interface StandingRows {
  readonly kind: 'rows';
  readonly cause: SyncCause;
  readonly hypothesis: RowsHypothesis;
  readonly params: Detail;
  readonly explained: readonly SeenRow[];
  readonly present: { readonly n: number; readonly of: number };
}

/** Fewer differences than this name nothing: they may be anything (CAUSES-SYNC, guards). */
const fewest = 20;
const leastShare = 0.01;
/** How many unrelated pairs a hypothesis is held against. */
const unrelated = 1000;
const mostChance = 1e-6;

interface Tried extends StandingPairs {
  /** By the place in `places`. */
  readonly holds: Uint8Array;
}

interface Place {
  readonly index: number;
  readonly pair: RowPair;
  readonly column: number;
}

/** A first look at every so-manieth place: most of a hundred hypotheses have nothing to do with what is seen. */
const firstLook = 3000;

const isWorthwhile = (places: readonly Place[], explains: (place: Place) => boolean, evenFew: boolean): boolean => {
  if (evenFew || places.length <= firstLook) return true;
  const step = Math.floor(places.length / firstLook);
  let hits = 0;
  for (let at = 0; at < places.length; at += step) {
    const place = places[at];
    // At one in a hundred thirty are expected.
    if (place && explains(place)) hits += 1;
    if (hits >= 8) return true;
  }
  return false;
};

const differs = ({ left, right }: RowPair, column: number): boolean => left[column] !== right[column];

const chanceOf = (
  view: ComparisonView,
  { hypothesis, columns, params }: Pick<StandingPairs, 'hypothesis' | 'columns' | 'params'>,
): number => {
  if (hypothesis.ownChance) return 0;
  const rows = view.pairs.slice(0, unrelated);
  let [tried, held] = [0, 0];
  for (const column of columns) {
    for (const [at, pair] of rows.entries()) {
      // The left side of one row and the right side of another, far enough away to be no neighbour.
      const other = rows[(at + 7 + Math.floor(rows.length / 2)) % rows.length];
      if (!other || other === pair) continue;
      const mixed = { left: pair.left, right: other.right };
      if (!differs(mixed, column)) continue;
      tried += 1;
      if (hypothesis.explains(mixed, column, params, view.columns)) held += 1;
    }
  }
  return tried === 0 ? 0 : held / tried;
};

const tryPairs = (view: ComparisonView, causes: readonly SyncCause[], places: readonly Place[]): readonly Tried[] => {
  const byColumn = new Map<number, Place[]>();
  for (const place of places) {
    const known = byColumn.get(place.column);
    if (known) known.push(place);
    else byColumn.set(place.column, [place]);
  }
  return causes.flatMap((cause) =>
    cause.hypotheses.flatMap((hypothesis) => {
      if (hypothesis.kind !== 'pairs') return [];
      return hypothesis.propose(view).map(({ columns, params }): Tried => {
        const about = columns.flatMap((column) => byColumn.get(column) ?? []);
        const explains = ({ pair, column }: Place): boolean => hypothesis.explains(pair, column, params, view.columns);
        const holds = new Uint8Array(places.length);
        if (!isWorthwhile(about, explains, hypothesis.evenFew === true)) {
          return { kind: 'pairs', cause, hypothesis, columns, params, chance: 0, holds };
        }
        for (const one of about) if (explains(one)) holds[one.index] = 1;
        const chance = chanceOf(view, { hypothesis, columns, params });
        return { kind: 'pairs', cause, hypothesis, columns, params, chance, holds };
      });
    }),
  );
};

const sum = (bits: Uint8Array, open: Uint8Array): number => {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) count += (bits[at] ?? 0) & (open[at] ?? 0);
  return count;
};

/** A deeper cause of nearly the same pairs is taken before its symptom. */
const isSymptomOf = (one: Tried, other: Tried, open: Uint8Array): boolean => {
  if (!one.cause.unless?.includes(other.cause.id)) return false;
  const both = other.holds.map((bit, at) => bit & (one.holds[at] ?? 0));
  return sum(both, open) >= 0.9 * sum(one.holds, open);
};

/**
 * Greedy: the hypothesis that explains most beyond chance is taken, what it explains is taken away, and again, until what is left is
 * too little to speak.
 */
export const standingPairs = (view: ComparisonView, causes: readonly SyncCause[]): readonly StandingPairs[] => {
  const places: Place[] = [];
  for (const pair of view.pairs) {
    for (const { at } of view.columns) if (differs(pair, at)) places.push({ index: places.length, pair, column: at });
  }
  const open = new Uint8Array(places.length).fill(1);
  const perColumn = new Map<number, number>();
  for (const { column } of places) perColumn.set(column, (perColumn.get(column) ?? 0) + 1);
  const left = [...tryPairs(view, causes, places)];
  const standing: StandingPairs[] = [];
  while (left.length > 0) {
    const scored = left
      .map((one) => {
        const n = sum(one.holds, open);
        const all = one.columns.reduce((total, column) => total + (perColumn.get(column) ?? 0), 0);
        const enough = one.hypothesis.evenFew ? n >= 1 : n >= fewest && n >= leastShare * all;
        // What unrelated rows show as often is no evidence at all.
        const beyond = n - one.chance * all;
        return { one, n, score: enough && beyond >= n / 2 ? beyond * (1 - one.chance) : 0 };
      })
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score);
    const best = scored.find(({ one }) => !scored.some(({ one: other }) => isSymptomOf(one, other, open)));
    if (!best) break;
    const { holds, ...taken } = best.one;
    standing.push(taken);
    for (let at = 0; at < open.length; at += 1) if (holds[at] === 1) open[at] = 0;
    left.splice(left.indexOf(best.one), 1);
  }
  return standing;
};

const rowsOf = (view: ComparisonView, { population }: RowsHypothesis): readonly (readonly [SeenRow, RowPair?])[] => {
  switch (population) {
    case 'missing':
      return view.missing.map((row) => [row]);
    case 'extra':
      return view.extra.map((row) => [row]);
    case 'changed':
      return view.present.flatMap(({ pair, left }) =>
        view.columns.some(({ at }) => differs(pair, at)) ? [[left, pair] as const] : [],
      );
    case 'repeated-left':
      return view.repeated.left.flat().map((row) => [row]);
    case 'repeated-right':
      return view.repeated.right.flat().map((row) => [row]);
  }
};

const presentFor = (view: ComparisonView, { population }: RowsHypothesis): readonly (readonly [SeenRow, RowPair])[] =>
  population === 'changed'
    ? view.present.flatMap(({ pair, left }) =>
        view.columns.some(({ at }) => differs(pair, at)) ? [] : [[left, pair] as const],
      )
    : view.present.map(({ pair, left, right }) => [
        population === 'missing' || population === 'repeated-left' ? left : right,
        pair,
      ]);

/** The same for rows: what sets them apart from the rows that are present, never a bare share. */
export const standingRows = (view: ComparisonView, causes: readonly SyncCause[]): readonly StandingRows[] => {
  const tried = causes.flatMap((cause) =>
    cause.hypotheses.flatMap((hypothesis) => {
      if (hypothesis.kind !== 'rows') return [];
      const population = rowsOf(view, hypothesis);
      if (population.length === 0) return [];
      const around = presentFor(view, hypothesis);
      return hypothesis.propose(view).flatMap(({ params }) => {
        const held = new Set(
          population.flatMap(([row, pair]) => (hypothesis.holds(row, params, view, pair) ? [row] : [])),
        );
        if (held.size < (hypothesis.evenFew ? 1 : fewest)) return [];
        const n = hypothesis.ownChance
          ? 0
          : around.filter(([row, pair]) => hypothesis.holds(row, params, view, pair)).length;
        return [{ cause, hypothesis, params, held, of: population.length, present: { n, of: around.length } }];
      });
    }),
  );
  type Row = (typeof tried)[number];
  const taken = new Map<string, Set<SeenRow>>();
  const standing: StandingRows[] = [];
  const left = [...tried];
  const openOf = ({ held, hypothesis }: Row): readonly SeenRow[] => {
    const gone = taken.get(hypothesis.population);
    return gone ? [...held].filter((row) => !gone.has(row)) : [...held];
  };
  const scoreOf = (one: Row, n: number): number => {
    const { hypothesis, of, present } = one;
    if (n < (hypothesis.evenFew ? 1 : fewest) || n < leastShare * of) return 0;
    const presentShare = present.of === 0 ? 0 : present.n / present.of;
    if (presentShare > (hypothesis.presentAtMost ?? 0.02)) return 0;
    if (!hypothesis.ownChance) {
      const p = fisherAtLeast(n, of - n, present.n, present.of - present.n) * tried.length;
      if (!(p < mostChance)) return 0;
    }
    return n / of - presentShare;
  };
  while (left.length > 0) {
    const scored = left
      .map((one) => ({ one, open: openOf(one) }))
      .map(({ one, open }) => ({ one, open, score: scoreOf(one, open.length) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score);
    const best = scored.find(
      ({ one, open }) =>
        !scored.some(
          ({ one: other }) =>
            other.hypothesis.population === one.hypothesis.population &&
            one.cause.unless?.includes(other.cause.id) &&
            open.filter((row) => other.held.has(row)).length >= 0.9 * open.length,
        ),
    );
    if (!best) break;
    const { one, open } = best;
    const { cause, hypothesis, params, present } = one;
    standing.push({ kind: 'rows', cause, hypothesis, params, explained: open, present });
    const gone = taken.get(hypothesis.population) ?? new Set();
    for (const row of open) gone.add(row);
    taken.set(hypothesis.population, gone);
    left.splice(left.indexOf(one), 1);
  }
  return standing;
};
