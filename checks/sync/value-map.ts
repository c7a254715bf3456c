import type { ComparedColumn } from '../../src/model/sync/column.ts';
import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { openColumns, presentIn, sides } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';
import { isFallback } from './fallback-words.ts';
import { isRatherDefault } from './injected.ts';

interface Unmapped extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly values: readonly string[];
  /** What all of them became; empty: nothing. */
  readonly fallback: string;
}

/** A value that stands in fewer rows says nothing of how it is mapped. */
const fewestOfValue = 5;
const mostValues = 500;

/** What became of each value of the other side; undefined where these are no values to choose from. */
export const outcomesIn = (made: readonly Made[]): ReadonlyMap<string, ReadonlyMap<string, number>> | undefined => {
  const outcomes = new Map<string, Map<string, number>>();
  for (const { from, to } of made) {
    const found = outcomes.get(from) ?? new Map<string, number>();
    outcomes.set(from, found);
    if (outcomes.size > mostValues) return undefined;
    found.set(to, (found.get(to) ?? 0) + 1);
  }
  return outcomes;
};

/** Values that nearly always became another one, or nothing, and how many arrived as they are. */
const lostIn = (outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>) => {
  const lost: { readonly value: string; readonly to: string }[] = [];
  let kept = 0;
  for (const [value, became] of outcomes) {
    const total = [...became.values()].reduce((sum, n) => sum + n, 0);
    if (value === '' || total < fewestOfValue) continue;
    const [to, times] = commonest(became);
    if (to === value) kept += times >= 0.9 * total ? 1 : 0;
    else if (times >= 0.95 * total) lost.push({ value, to });
  }
  return { lost, kept };
};

export type About = (column: ComparedColumn, different: number) => boolean;

const unmappedOf = (
  made: readonly Made[],
  { side, column, about }: { readonly side: Side; readonly column: ComparedColumn; readonly about: About },
): Unmapped | undefined => {
  const outcomes = outcomesIn(made);
  if (!outcomes || !about(column, outcomes.size)) return undefined;
  const { lost, kept } = lostIn(outcomes);
  const [fallback] = commonest(counted(lost.map(({ to }) => to)));
  const values = lost.filter(({ to }) => to === fallback).map(({ value }) => value);
  const [only, ...others] = values;
  if (only === undefined) return undefined;
  // Several texts that end alike at one length were cut.
  if (others.length > 0 && fallback !== '' && values.every((value) => value.startsWith(fallback))) return undefined;
  if (fallback === '') {
    // Of yes and no one may be lost. That one stands where nothing is may be a default as well.
    if (kept < 1 || (others.length === 0 && isRatherDefault(made, only, side))) return undefined;
    return { side, values: values.slice(0, 50), fallback };
  }
  // Where one value became one that neither side has otherwise, an option was given another name; owners have no such names.
  const known =
    others.length > 0 || column.role === 'owner' || isFallback(fallback) || made.some(({ from }) => from === fallback);
  return kept >= 2 && known ? { side, values: values.slice(0, 50), fallback } : undefined;
};

/** Values that all became one fallback while every other value arrived as it is; `about`: in which columns of so many different values. */
export const unmappedIn = (about: About): PairsHypothesis =>
  pairsHypothesis<Unmapped>({
    effect: 'wrong',
    // The fallback may be frequent: that it depends on the value of the other side is the test.
    ownChance: true,
    propose: (view) =>
      openColumns(view)
        // Before they are read.
        .filter((column) => about(column, 0))
        .flatMap((column) =>
          sides.flatMap((side) => {
            const params = unmappedOf(presentIn(view, column.at, side), { side, column, about });
            return params ? [{ columns: [column.at], params }] : [];
          }),
        ),
    explains: (pair, column, { side, values, fallback }) => {
      const { from, to } = madeIn(pair, column, side);
      return to === fallback && values.includes(from);
    },
  });
