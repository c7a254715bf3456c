import { rememberFor } from '../../src/model/remember.ts';
import type { Told } from '../../src/model/sync/cause.ts';
import type { ColumnType, ComparedColumn } from '../../src/model/sync/column.ts';
import { type Detail, type PairsHypothesis, type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { RowPair } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';

/** The side whose values the fault has made. */
/** What a value was and what the fault made of it. */
export interface Made {
  readonly from: string;
  readonly to: string;
}

export const madeIn = ({ left, right }: RowPair, column: number, side: Side): Made => {
  const [a, b] = [left[column] ?? '', right[column] ?? ''];
  return side === 'right' ? { from: a, to: b } : { from: b, to: a };
};

interface OneWay<Params extends Detail> {
  readonly effect: PairsHypothesis['effect'];
  readonly evenFew?: true;
  readonly ownChance?: true;
  readonly types?: readonly ColumnType[];
  /** One of these signs stands where two values part that it explains. */
  readonly signs?: readonly RegExp[];
  readonly propose: (made: readonly Made[], column: ComparedColumn) => readonly Params[];
  readonly explains: (made: Made, params: Params, column: ComparedColumn) => boolean;
}

const asMade = ({ left, right }: ValuePair, side: Side): Made =>
  side === 'right' ? { from: left, to: right } : { from: right, to: left };

/** Dozens of hypotheses look at the same pairs, each from both sides. */
const madeOf = rememberFor((pairs: readonly ValuePair[]) => ({
  right: pairs.map((pair) => asMade(pair, 'right')),
  left: pairs.map((pair) => asMade(pair, 'left')),
}));

/** A fault that may have come to either side. `propose` names parameters only where the sample shows them. */
export const eitherSide = <Params extends Detail>({
  effect,
  evenFew,
  ownChance,
  types,
  signs,
  propose,
  explains,
}: OneWay<Params>): PairsHypothesis => ({
  ...valueHypothesis<Params & { readonly side: Side }>({
    effect,
    ...(evenFew ? { evenFew } : {}),
    ...(types ? { types } : {}),
    ...(signs ? { signs } : {}),
    propose: (pairs, column) =>
      (['right', 'left'] as const).flatMap((side) =>
        propose(madeOf(pairs)[side], column).map((params) => ({ ...params, side })),
      ),
    explains: (pair, params, column) => explains(asMade(pair, params.side), params, column),
  }),
  ...(ownChance ? { ownChance } : {}),
});

/** Without parameters: worth trying where the sample has one such value. */
export const eitherSideWhere = (
  explains: (made: Made, column: ComparedColumn) => boolean,
  more: Pick<OneWay<Detail>, 'effect' | 'evenFew' | 'ownChance' | 'types' | 'signs'>,
): PairsHypothesis =>
  eitherSide<Detail>({
    ...more,
    propose: (made, column) => (made.some((one) => explains(one, column)) ? [{}] : []),
    explains: (made, _, column) => explains(made, column),
  });

/** The name of the side that has the faulty values, and of the other. */
export const faultySide = ({ main, fact }: Told): string =>
  main.detail.side === 'left' ? fact.left.name : fact.right.name;
export const otherSide = ({ main, fact }: Told): string =>
  main.detail.side === 'left' ? fact.right.name : fact.left.name;

/** So much of a value is shown as an example. */
const shownLetters = 60;
const before = 20;

/** The place where two long values part; a line break stands as a sign, so that a sentence stays one. */
const partOf = (value: string, parting: number, long: boolean): string => {
  const start = long ? Math.max(0, parting - before) : 0;
  // Not between the halves of one letter.
  const from = /[\udc00-\udfff]/.test(value.charAt(start)) ? start - 1 : start;
  const letters = Array.from(value.slice(from, from + 4 * shownLetters));
  const rest = long && (letters.length > shownLetters || value.length > from + 4 * shownLetters);
  const shown = rest ? letters.slice(0, shownLetters).join('') : letters.join('');
  return `${from > 0 ? '…' : ''}${shown}${rest ? '…' : ''}`.replaceAll(/\r\n|[\r\n]/g, '⏎');
};

const parting = (left: string, right: string): number => {
  let at = 0;
  while (at < left.length && left.charAt(at) === right.charAt(at)) at += 1;
  return at;
};

const shownPair = (left: string, right: string): readonly [string, string] => {
  const long = Math.max(left.length, right.length) > shownLetters;
  const at = long ? parting(left, right) : 0;
  return [partOf(left, at, long), partOf(right, at, long)];
};

const quoted = (value: string): Text =>
  value === '' ? { en: 'nothing', ja: '空' } : { en: `"${value}"`, ja: `「${value}」` };

/** ` Example: C1: "a" here, "b" there.`, or nothing where none was kept. */
export const exampleOf = ({ main }: Told): Text => {
  const example = main.examples.find(({ left, right }) => left !== undefined && right !== undefined);
  if (!example) return { en: '', ja: '' };
  const { key, left = '', right = '' } = example;
  const [one, other] = shownPair(left, right).map(quoted);
  if (!one || !other) return { en: '', ja: '' };
  return {
    en: ` Example: ${key}: ${one.en} and ${other.en}.`,
    ja: `例: ${key} は${one.ja}と${other.ja}です。`,
  };
};
