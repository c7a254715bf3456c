import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { choicesOf } from '../../src/reason/values/multi-select-order.normal.ts';
import { faultyColumns, presentIn, sides } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';

export interface ChoicesLost extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  /** Choices of which no set has kept one. */
  readonly choices: readonly string[];
}

export const isChoicesLost = (detail: Readonly<Record<string, unknown>>): detail is ChoicesLost => 'choices' in detail;

const fewest = 20;
const mostChoices = 200;

const setsOf = ({ from, to }: Made) => ({ before: new Set(choicesOf(from)), after: new Set(choicesOf(to)) });

/** Choices that are in no set any more, while at least two others arrive and nothing came in their place. */
const lostIn = (made: readonly Made[]): readonly string[] => {
  const counts = new Map<string, { of: number; kept: number }>();
  for (const one of made) {
    const { before, after } = setsOf(one);
    for (const choice of before) {
      const found = counts.get(choice) ?? { of: 0, kept: 0 };
      counts.set(choice, { of: found.of + 1, kept: found.kept + (after.has(choice) ? 1 : 0) });
    }
    if (counts.size > mostChoices) return [];
  }
  const all = [...counts];
  const arrive = all.filter(([, { of, kept }]) => of >= fewest && kept >= 0.9 * of).length;
  return arrive < 2 ? [] : all.flatMap(([choice, { of, kept }]) => (of >= fewest && kept <= 0.05 * of ? [choice] : []));
};

const explainsOne = (made: Made, lost: ReadonlySet<string>): boolean => {
  const { before, after } = setsOf(made);
  const rest = [...before].filter((choice) => !lost.has(choice));
  return rest.length < before.size && rest.length === after.size && rest.every((choice) => after.has(choice));
};

/** Whether some sets hold it with others: a single choice that becomes nothing is told as a value. */
const isOfSets = (made: readonly Made[], lost: ReadonlySet<string>): boolean =>
  made.filter((one) => one.to !== '' && explainsOne(one, lost)).length >= 5;

const propose = (view: ComparisonView) =>
  faultyColumns(view)
    .filter(({ type }) => type === 'multi-picklist')
    .flatMap(({ at }) =>
      sides.flatMap((side) => {
        const made = presentIn(view, at, side);
        const choices = lostIn(made);
        return choices.length > 0 && isOfSets(made, new Set(choices))
          ? [{ columns: [at], params: { side, choices } }]
          : [];
      }),
    );

/** Choices that were lost out of sets of several, while the others of the same sets arrived. */
export const choicesLost: PairsHypothesis = pairsHypothesis<ChoicesLost>({
  effect: 'wrong',
  // That it depends on the choice, whatever stands beside it, is the test.
  ownChance: true,
  propose,
  explains: (pair, column, { side, choices }) => explainsOne(madeIn(pair, column, side), new Set(choices)),
});
