import type { OneValue } from '../../model/sync/comparison.ts';
import type { ValuePair } from '../../model/sync/hypothesis.ts';
import { commonest, counted } from './tally.ts';

/** Of fewer differences nothing is said. */
const fewest = 20;
const leastShare = 0.5;
/** On the other side no value may be nearly as common: else one value was renamed. */
const mostOther = 0.3;

/** The value that most differences of a column have on one side, whatever stands on the other: an error of a formula, one cell filled down. */
export const oneValueOf = (column: string, pairs: readonly ValuePair[]): OneValue | undefined => {
  if (pairs.length < fewest) return undefined;
  const sides = (['right', 'left'] as const).map((side) => ({
    side,
    top: commonest(counted(pairs.map((pair) => pair[side]))),
  }));
  const found = sides.find(({ side, top: [, n] }) => {
    const [, other] = sides.find((one) => one.side !== side)?.top ?? ['', pairs.length];
    return n >= fewest && n >= leastShare * pairs.length && other <= mostOther * pairs.length;
  });
  return found && { column, side: found.side, value: found.top[0], n: found.top[1], of: pairs.length };
};
