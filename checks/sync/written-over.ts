import type { ColumnType, ComparedColumn } from '../../src/model/sync/column.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite, type Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { type AgeColumns, ageColumnsOf, behindPairs, updatedOn } from '../../src/reason/rows/ages.ts';
import { type Flag, flagOf } from '../../src/reason/rows/flags.ts';
import { quantile } from '../../src/reason/rows/modes.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { faultyColumns, presentIn, sides } from './column-values.ts';
import { type Made, madeIn } from './either-side.ts';
import { isFallback } from './fallback-words.ts';
import { isNullToken } from './null-tokens.ts';

/** `set`: in place of what was there; `behind`, `before`: added to it. */
type How = 'set' | 'behind' | 'before';

export interface WrittenOver extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly at: number;
  readonly text: string;
  readonly how: How;
  /** How many different values it was written over. */
  readonly values: number;
  /** How long after the other side, in milliseconds, where times tell. */
  readonly gap?: { readonly ages: AgeColumns; readonly from: number; readonly to: number };
  /** What the records have that it was written to, and hardly any other. */
  readonly flag?: Flag;
}

const fewest = 20;
const latest = 15 * 60_000;
const tight = 30_000;
/** What is in nearly every record is a column that was mapped to a constant, or a fault of the mapping. */
const leastSpared = 0.05;
/** Of what differs in the column otherwise. */
const leastOfDiffering = 0.5;
/** Options are few; a value of its own has nearly every record of a column of texts. */
const fewestValues = 3;

/** In names and addresses the same words are added and lost by other faults. */
const stamped: readonly ColumnType[] = ['text', 'picklist', 'multi-picklist'];

/** A word or a sentence: no sign that stands for a letter, no error of a spreadsheet. */
const isText = (text: string): boolean => /[\p{L}\p{N}]/u.test(text) && !text.startsWith('#');

const addedTo = ({ from, to }: Made, how: How): string | undefined => {
  if (from === to) return undefined;
  if (how === 'set') return to;
  if (from === '' || to.length < from.length + 3) return undefined;
  if (how === 'behind') return to.startsWith(from) ? to.slice(from.length) : undefined;
  return to.endsWith(from) ? to.slice(0, -from.length) : undefined;
};

const isHit = (made: Made, { text, how }: Pick<WrittenOver, 'text' | 'how'>): boolean =>
  addedTo(made, how) === text || (how !== 'set' && made.from === '' && made.to.trim() === text.trim());

const isThere = ({ to }: Made, { text, how }: Pick<WrittenOver, 'text' | 'how'>): boolean => {
  if (how === 'set') return to === text;
  return how === 'behind' ? to.endsWith(text.trim()) : to.startsWith(text.trim());
};

/**
 * Whether it is written over whatever is there, in a share of the records: a value that never arrives was lost in a list of values, and
 * where nothing is spared, or only other values are, the mapping has put it there.
 */
const isOverAll = (made: readonly Made[], over: Pick<WrittenOver, 'text' | 'how'>): boolean => {
  const by = new Map<string, { of: number; hit: number }>();
  let [of, hits] = [0, 0];
  for (const one of made) {
    if (one.from === '' || one.from === over.text) continue;
    const found = by.get(one.from) ?? { of: 0, hit: 0 };
    by.set(one.from, found);
    const hit = isHit(one, over) ? 1 : 0;
    [found.of, found.hit, of, hits] = [found.of + 1, found.hit + hit, of + 1, hits + hit];
  }
  if (hits < fewest || of - hits < Math.max(fewest, leastSpared * of)) return false;
  const share = hits / of;
  const values = [...by.values()];
  if (values.filter(({ hit }) => hit > 0).length < fewestValues) return false;
  // Of a value of a few records none may be hit by chance.
  const known = values.filter((value) => value.of * share >= 5);
  const like = known.filter((value) => value.hit >= 0.3 * share * value.of && value.of - value.hit >= 1);
  return known.reduce((n, value) => n + value.of, 0) <= 0.5 * of || like.length >= 0.8 * known.length;
};

/** Whether the other side has it as well: what an automation writes is mostly a value of its own. */
const isKnown = (made: readonly Made[], over: Pick<WrittenOver, 'text' | 'how'>): boolean =>
  made.filter(({ from, to }) => isThere({ from: to, to: from }, over)).length > 0.01 * made.length;

const gapOf = (view: ComparisonView, side: Side, hits: readonly RowPair[]): WrittenOver['gap'] => {
  const ages = ageColumnsOf(view);
  if (!ages) return undefined;
  const gaps = hits.flatMap((pair) => {
    const [own, other] = [updatedOn(pair, side, ages), updatedOn(pair, opposite(side), ages)];
    return own === undefined || other === undefined ? [] : [own - other];
  });
  if (gaps.length < fewest) return undefined;
  const [low, high] = [quantile(gaps, 0.05), quantile(gaps, 0.95)];
  // People take their time, each another one.
  if (low <= 0 || high > latest || quantile(gaps, 0.75) - quantile(gaps, 0.25) > tight) return undefined;
  return { ages, from: Math.max(1, low - tight / 3), to: high + tight / 3 };
};

const writtenIn = (view: ComparisonView, column: ComparedColumn, side: Side): WrittenOver | undefined => {
  const made = presentIn(view, column.at, side);
  const differing = made.filter(({ from, to }) => from !== to);
  if (differing.length < fewest) return undefined;
  for (const how of ['set', 'behind', 'before'] as const) {
    const [text, n] = commonest(counted(differing.flatMap((one) => addedTo(one, how) ?? [])));
    const over = { text, how };
    if (n < leastOfDiffering * differing.length || !isText(text) || isNullToken(text) || isFallback(text)) continue;
    if (!isOverAll(made, over)) continue;
    const isWritten = (pair: RowPair): boolean => isHit(madeIn(pair, column.at, side), over);
    const hits = view.present.flatMap(({ pair }) => (isWritten(pair) ? [pair] : []));
    const behind = behindPairs[side](view);
    // What the other side has changed since may be as it was before on this one.
    if (hits.filter((pair) => behind.has(pair)).length > 0.2 * hits.length) continue;
    const gap = gapOf(view, side, hits);
    if (!gap && (isKnown(made, over) || !stamped.includes(column.type) || column.role !== undefined)) continue;
    const flag = flagOf(view, isWritten, { without: [column.at] });
    const values = new Set(differing.flatMap((one) => (isHit(one, over) ? [one.from] : []))).size;
    return { side, at: column.at, ...over, values, ...(gap ? { gap } : {}), ...(flag ? { flag } : {}) };
  }
  return undefined;
};

const wasLater = (pair: RowPair, { side, gap }: WrittenOver): boolean => {
  if (!gap) return false;
  const own = updatedOn(pair, side, gap.ages);
  const other = updatedOn(pair, opposite(side), gap.ages);
  return own !== undefined && other !== undefined && own - other >= gap.from && own - other <= gap.to;
};

/** One text that a side has in a part of the records whatever the other side has, or added to it. */
export const writtenOver = pairsHypothesis<WrittenOver>({
  effect: 'wrong',
  wholeRow: true,
  // A constant fits any row: that it stands in some records of every value, and the others arrive, is the test.
  ownChance: true,
  propose: (view) =>
    faultyColumns(view).flatMap((column) =>
      sides.flatMap((side) => {
        const params = writtenIn(view, column, side);
        return params ? [{ columns: [column.at, ...(params.gap ? [params.gap.ages.updated] : [])], params }] : [];
      }),
    ),
  explains: (pair, column, params) => {
    const made = madeIn(pair, params.at, params.side);
    // Where it stood already, it was written all the same.
    return column === params.at ? isHit(made, params) : isThere(made, params) && wasLater(pair, params);
  },
});
