import { differingIn, type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite, type Side } from '../../src/model/sync/side.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { inEachColumn } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';
import { isFallback } from './fallback-words.ts';
import { isNullToken } from './null-tokens.ts';

interface Injected extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly value: string;
}

/** So many different values are options to choose from. */
const mostOptions = 50;

/**
 * Whether a value that stands only where the other side has nothing was written there, rather than lost from there; `side`: which side
 * has nothing. The records alone do not tell. The left side is the CRM, of which a value is lost and into which none is written, unless
 * it means that there is none; and a default leaves no record empty.
 */
export const isRatherDefault = (made: readonly Made[], value: string, side: Side): boolean => {
  const blank = made.filter(({ to }) => to === '');
  const leftEmpty = blank.filter(({ from }) => from === '').length;
  const written = blank.filter(({ from }) => from === value).length;
  const leavesNone = leftEmpty < 0.2 * written;
  const means = isFallback(value) || isNullToken(value);
  return side === 'left' ? means || leavesNone : means && leavesNone;
};

/** Where the value stands on the side that has it, it never arrives: one of several options that was lost on its way. */
const isLost = (made: readonly Made[], value: string, side: Side): boolean => {
  const having = made.filter(({ to }) => to === value);
  const arrived = having.filter(({ from }) => from === value).length;
  if (side === 'right' || arrived > 0.05 * having.length) return false;
  if (new Set(made.map(({ to }) => to)).size > mostOptions) return false;
  const reversed = made.map(({ from, to }): Made => ({ from: to, to: from }));
  return !isRatherDefault(reversed, value, 'right');
};

/**
 * One value where the other side has none. It is held against the filled rows, in which it must be rare: that is the test against
 * chance, as unrelated rows show the same value.
 */
export const injectedInto = (fits: (value: string) => boolean): PairsHypothesis =>
  pairsHypothesis<Injected>({
    effect: 'wrong',
    ownChance: true,
    propose: (view) => {
      const isBlank = (column: number, side: Side): boolean =>
        differingIn(view, column).some((pair) => pair[opposite(side)] === '');
      const look = (made: readonly Made[], side: Side) => {
        const blank = made.flatMap(({ from, to }) => (from === '' && to !== '' ? [to] : []));
        const [value, times] = commonest(counted(blank));
        if (times === 0 || times < 0.9 * blank.length || !fits(value) || isLost(made, value, side)) return undefined;
        const filled = made.filter(({ from }) => from !== '');
        const natural = filled.filter(({ to }) => to === value).length;
        // The same remark stands behind what was there before: people write it, here as well.
        const remarks = filled.filter(({ from, to }) => from !== to && to.endsWith(value)).length;
        if (natural < remarks && remarks > 0.1 * filled.length) return undefined;
        // What is written over what is there as often as where nothing is, is no default.
        const over = filled.filter(({ from, to }) => from !== value && to === value).length;
        const blanks = made.filter(({ from }) => from === '').length;
        if (over / filled.length > 0.5 * (times / blanks)) return undefined;
        // A column of one value has another cause; half of the filled rows is what unrelated rows would show.
        return filled.length > 0 && natural > 0.5 * filled.length ? undefined : { side, value };
      };
      return inEachColumn(view, look, isBlank);
    },
    explains: (pair, column, { side, value }) => {
      const { from, to } = madeIn(pair, column, side);
      return from === '' && to === value;
    },
  });
