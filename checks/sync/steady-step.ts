import { type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { decimalCountOf, placesIn, stepAmong } from '../../src/reason/rows/counts.ts';

export interface Steady extends Readonly<Record<string, unknown>> {
  /** In units of the last decimal. */
  readonly by: number;
  readonly orMore: boolean;
  /** How many decimals the counts have. */
  readonly places: number;
}

const fewest = 20;
/** Fewer are options to choose from, of which another list may be numbered otherwise. */
const fewestValues = 8;
const leastSteady = 0.9;

/** What such a column is called: a duration, an age. */
const runsOn =
  /(?:^|[_\s.-])(?:ages?|days?|weeks?|months?|years?|tenure|elapsed|remaining|seniority)(?:$|[_\s.-])|[a-z](?:Age|Days|Weeks|Months|Years)(?:$|[A-Z])|年齢|経過|日数|月数|年数|週数|勤続|在籍|残り|残日|残月|満了まで|滞留/;

const stepIn = ({ left, right }: ValuePair, places: number): number | undefined => {
  const [a, b] = [decimalCountOf(left), decimalCountOf(right)];
  // A number with decimals among whole ones is none of them.
  if (!a || !b || (places === 0 && (!Number.isInteger(a.n) || !Number.isInteger(b.n)))) return undefined;
  return Math.round(b.n * 10 ** places) - Math.round(a.n * 10 ** places);
};

/**
 * Counts of which the name tells that they run with the calendar, and that are all the same step apart; the date that they are counted
 * from is not compared.
 */
export const steadyStep = valueHypothesis<Steady>({
  effect: 'expected',
  propose: (pairs, { left, right }) => {
    if (!runsOn.test(left) && !runsOn.test(right)) return [];
    const places = placesIn(pairs.flatMap((pair) => [pair.left, pair.right]));
    const { by, orMore, n, of } = stepAmong(
      // Equal numbers in two notations are no step.
      pairs.flatMap((pair) => stepIn(pair, places) || []),
    );
    if (n < fewest || n < leastSteady * of || of < leastSteady * pairs.length) return [];
    return new Set(pairs.map((pair) => pair.left)).size < fewestValues ? [] : [{ by, orMore, places }];
  },
  explains: (pair, { by, orMore, places }) => {
    const step = stepIn(pair, places);
    return step !== undefined && (step === by || (orMore && step === by + 1));
  },
});
