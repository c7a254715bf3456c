import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { agedPairs } from '../../src/reason/rows/ages.ts';
import { type Apart, apartIn } from '../../src/reason/rows/partly.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { faultyColumns, presentIn } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';
import { isFallback } from './fallback-words.ts';
import { type About, outcomesIn, unmappedIn } from './value-map.ts';

export interface PartlyUnmapped extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly values: readonly string[];
  readonly fallback: string;
  readonly apart: Apart;
}

export const isPartly = (detail: Readonly<Record<string, unknown>>): detail is PartlyUnmapped => 'apart' in detail;

const fewest = 10;
const leastKept = 10;
/** So many other values arrive: where nearly all are lost, somebody wrote over them. */
const leastArriving = 2;

/** Values of which a part became one fallback and nothing else, and how many others arrive. */
const partlyLost = (outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>) => {
  const lost: { readonly value: string; readonly to: string; readonly n: number }[] = [];
  let kept = 0;
  for (const [value, became] of outcomes) {
    if (value === '') continue;
    const right = became.get(value) ?? 0;
    const wrong = new Map([...became].filter(([to]) => to !== value));
    const all = [...wrong.values()].reduce((sum, n) => sum + n, 0);
    const [to, n] = commonest(wrong);
    if (right >= 5 && all <= 0.05 * (right + all)) kept += 1;
    else if (n >= fewest && n >= 0.9 * all && right >= leastKept) lost.push({ value, to, n });
  }
  return { lost, kept };
};

/** What no list of the other side has, or has for what fits nothing else. */
const isNoValue = (made: readonly Made[], fallback: string): boolean =>
  fallback === '' || isFallback(fallback) || !made.some(({ from }) => from === fallback);

const mostStale = 0.2;

/**
 * Whether one side has heard of these less than of the other records: what was given to somebody else since is only older there. The
 * right side is the copy, whichever of them is held to be wrong.
 */
const isStale = (view: ComparisonView, side: Side, isHit: (pair: RowPair) => boolean): boolean =>
  [...new Set([side, 'right'] as const)].some((copy) => {
    const older = { hit: 0, other: 0 };
    const of = { hit: 0, other: 0 };
    for (const { pair, left, right } of agedPairs(view)) {
      const kind = isHit(pair) ? 'hit' : 'other';
      of[kind] += 1;
      if (copy === 'right' ? right < left : left < right) older[kind] += 1;
    }
    const [hit, other] = [older.hit / Math.max(1, of.hit), older.other / Math.max(1, of.other)];
    return hit > mostStale && hit > 2 * other;
  });

const partlyIn = (
  view: ComparisonView,
  { at }: ComparedColumn,
  side: Side,
  isAbout: (different: number) => boolean,
): PartlyUnmapped | undefined => {
  const made = presentIn(view, at, side);
  const outcomes = outcomesIn(made);
  if (!outcomes || !isAbout(outcomes.size)) return undefined;
  const { lost, kept } = partlyLost(outcomes);
  const [fallback] = commonest(counted(lost.flatMap(({ to, n }) => Array.from({ length: n }, () => to))));
  const values = lost.filter(({ to }) => to === fallback).map(({ value }) => value);
  if (values.length === 0 || kept < leastArriving || values.includes(fallback)) return undefined;
  const known = new Set(values);
  const kindOf = (pair: RowPair) => {
    const { from, to } = madeIn(pair, at, side);
    if (!known.has(from)) return undefined;
    if (to === fallback) return 'hit' as const;
    return to === from ? ('spared' as const) : undefined;
  };
  if (isStale(view, side, (pair) => kindOf(pair) === 'hit')) return undefined;
  const timed = view.columns.some((column) => column.role === 'updated-at');
  if (!timed && !isNoValue(made, fallback)) return undefined;
  const apart = apartIn(view, kindOf, at);
  return apart && { side, values: values.slice(0, 50), fallback, apart };
};

/** Values that became one fallback on this side in a part of their records, since some moment or in one segment, while the others arrived. */
const partlyUnmappedOn = (side: Side, about: About): PairsHypothesis =>
  pairsHypothesis<PartlyUnmapped>({
    effect: 'wrong',
    // The fallback may be frequent: what sets these records apart from the others of the same value is the test.
    ownChance: true,
    propose: (view) =>
      faultyColumns(view)
        .filter((column) => about(column, 0))
        .flatMap((column) => {
          const params = partlyIn(view, column, side, (different) => about(column, different));
          return params ? [{ columns: [column.at], params }] : [];
        }),
    explains: (pair, column, { values, fallback }) => {
      const { from, to } = madeIn(pair, column, side);
      return to === fallback && values.includes(from);
    },
  });

/**
 * Values that are lost wholly or in part. That all records of a value of one side have the same value of the other side can be told of
 * both; where something sets these records apart, it is what befell a part of the left value.
 */
export const lostValuesIn = (about: About): readonly PairsHypothesis[] => [
  partlyUnmappedOn('right', about),
  unmappedIn(about),
  partlyUnmappedOn('left', about),
];
