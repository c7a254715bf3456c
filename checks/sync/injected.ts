import { differingIn, type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { commonest, counted, inEachColumn } from './column-values.ts';
import { type Made, madeIn, type Side } from './either-side.ts';

interface Injected extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly value: string;
}

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
        differingIn(view, column).some((pair) => pair[side === 'right' ? 'left' : 'right'] === '');
      const look = (made: readonly Made[], side: Side) => {
        const blank = made.flatMap(({ from, to }) => (from === '' && to !== '' ? [to] : []));
        const [value, times] = commonest(counted(blank));
        if (times === 0 || times < 0.9 * blank.length || !fits(value)) return undefined;
        const filled = made.filter(({ from }) => from !== '');
        const natural = filled.filter(({ to }) => to === value).length;
        // The same remark stands behind what was there before: people write it, here as well.
        const remarks = filled.filter(({ from, to }) => from !== to && to.endsWith(value)).length;
        if (natural < remarks && remarks > 0.1 * filled.length) return undefined;
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
