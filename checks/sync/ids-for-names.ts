import { type PairsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import { isLookup } from '../../src/reason/rows/parents.ts';
import { commonest } from '../../src/reason/rows/tally.ts';
import { faultyColumns, presentIn, sides } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';
import { outcomesIn } from './value-map.ts';

export interface IdsForNames extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  /** How many different names were left as ids. */
  readonly names: number;
}

export const isIdsForNames = (detail: Readonly<Record<string, unknown>>): detail is IdsForNames => 'names' in detail;

const fewest = 20;
const fewestNames = 5;
const nearly = 0.95;

/** The number of a record, with letters before it; the ids of Salesforce; a UUID. */
const id =
  /^(?:[a-z]{0,4}[-_]?\d{1,18}|(?=[a-z]*\d)[a-z\d]{15}(?:[a-z\d]{3})?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/** A word: an id that a spreadsheet has made a number (4.90E+12) is none. */
const word = /\p{L}{2}/u;

const isLeft = ({ from, to }: Made): boolean => from !== to && id.test(to) && word.test(from) && !id.test(from);

/** How many names have an id of their own each; undefined where some have several, or share one. */
const namesLeft = (made: readonly Made[]): number | undefined => {
  const hits = made.filter(isLeft);
  const outcomes = hits.length < fewest ? undefined : outcomesIn(hits);
  if (!outcomes || outcomes.size < fewestNames) return undefined;
  const ids = new Map<string, string>();
  let own = 0;
  for (const [name, became] of outcomes) {
    const [to] = commonest(became);
    if (became.size === 1 && (ids.get(to) ?? name) === name) own += 1;
    ids.set(to, name);
  }
  return own >= nearly * outcomes.size ? outcomes.size : undefined;
};

/** Lookups that hold the id of the record where the other side has its name. */
export const idsForNames: PairsHypothesis = pairsHypothesis<IdsForNames>({
  effect: 'wrong',
  // Any id stands where any name is: that each name has one of its own is the test.
  ownChance: true,
  propose: (view) =>
    faultyColumns(view)
      .filter(({ type }) => type !== 'id' && type !== 'number')
      .flatMap((column) =>
        sides.flatMap((side) => {
          const made = presentIn(view, column.at, side);
          if (!isLookup(column, new Set(made.map(({ from }) => from)).size)) return [];
          const names = namesLeft(made);
          return names === undefined ? [] : [{ columns: [column.at], params: { side, names } }];
        }),
      ),
  explains: (pair, column, { side }) => isLeft(madeIn(pair, column, side)),
});
