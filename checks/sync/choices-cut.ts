import { spread } from '../../src/model/spread.ts';
import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { choicesIn } from '../../src/reason/values/choices.ts';
import { choicesOf } from '../../src/reason/values/multi-select-order.normal.ts';
import { faultyColumns, presentIn, sides } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';

/** Of each set one choice has arrived, always the one at this end. */
export interface ChoicesCut extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly end: 'first' | 'last';
}

export const isChoicesCut = (detail: Readonly<Record<string, unknown>>): detail is ChoicesCut => 'end' in detail;

const fewest = 20;
/** Who takes choices out by hand leaves this one or that one. */
const nearly = 0.9;
/** Of so many values it is told whether they are choices. */
const looked = 2000;

/** The choice at this end of a set of several; undefined of anything else. */
const endOf = (value: string, end: ChoicesCut['end']): string | undefined => {
  const choices = choicesOf(value) ?? [];
  return choices.length < 2 ? undefined : choices.at(end === 'first' ? 0 : -1);
};

/** Whether it is one of several choices that are no longer there. */
const isOneOfSeveral = ({ from, to }: Made): boolean => {
  const choices = from === to ? [] : (choicesOf(from) ?? []);
  return choices.length > 1 && choices.includes(to);
};

const cutIn = (view: ComparisonView, column: number, side: Side): ChoicesCut | undefined => {
  const made = presentIn(view, column, side);
  const left = made.filter(isOneOfSeveral);
  const end = (['first', 'last'] as const).find((one) => {
    const n = left.filter(({ from, to }) => endOf(from, one) === to).length;
    return n >= fewest && n >= nearly * left.length;
  });
  if (end === undefined) return undefined;
  const values = made.flatMap(({ from }) => (from === '' ? [] : [from]));
  return choicesIn(spread(values, looked)) && { side, end };
};

/** Sets of which only one choice has arrived: the field there takes one value, or the mapping hands over one. */
export const choicesCut: PairsHypothesis = pairsHypothesis<ChoicesCut>({
  effect: 'wrong',
  // A single choice is frequent: that it is always the one at this end of the set is the test.
  ownChance: true,
  propose: (view) =>
    faultyColumns(view)
      .filter(({ role }) => role === undefined)
      .flatMap(({ at }) =>
        sides.flatMap((side) => {
          const params = cutIn(view, at, side);
          return params ? [{ columns: [at], params }] : [];
        }),
      ),
  explains: (pair, column, { side, end }) => {
    const { from, to } = madeIn(pair, column, side);
    return to !== '' && endOf(from, end) === to;
  },
});
