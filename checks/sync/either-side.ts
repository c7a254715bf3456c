import type { Told } from '../../src/model/sync/cause.ts';
import type { ColumnType, ComparedColumn } from '../../src/model/sync/column.ts';
import { type Detail, type PairsHypothesis, type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { RowPair } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';

/** The side whose values the fault has made. */
export type Side = 'left' | 'right';

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
  readonly propose: (made: readonly Made[], column: ComparedColumn) => readonly Params[];
  readonly explains: (made: Made, params: Params, column: ComparedColumn) => boolean;
}

const asMade = ({ left, right }: ValuePair, side: Side): Made =>
  side === 'right' ? { from: left, to: right } : { from: right, to: left };

/** A fault that may have come to either side. `propose` names parameters only where the sample shows them. */
export const eitherSide = <Params extends Detail>({
  effect,
  evenFew,
  ownChance,
  types,
  propose,
  explains,
}: OneWay<Params>): PairsHypothesis => ({
  ...valueHypothesis<Params & { readonly side: Side }>({
    effect,
    ...(evenFew ? { evenFew } : {}),
    ...(types ? { types } : {}),
    propose: (pairs, column) =>
      (['right', 'left'] as const).flatMap((side) =>
        propose(
          pairs.map((pair) => asMade(pair, side)),
          column,
        ).map((params) => ({ ...params, side })),
      ),
    explains: (pair, params, column) => explains(asMade(pair, params.side), params, column),
  }),
  ...(ownChance ? { ownChance } : {}),
});

/** Without parameters: worth trying where the sample has one such value. */
export const eitherSideWhere = (
  explains: (made: Made, column: ComparedColumn) => boolean,
  more: Pick<OneWay<Detail>, 'effect' | 'evenFew' | 'ownChance' | 'types'>,
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

/** ` Example: C1: "a" here, "b" there.`, or nothing where none was kept. */
export const exampleOf = ({ main }: Told): Text => {
  const example = main.examples.find(({ left, right }) => left !== undefined && right !== undefined);
  if (!example) return { en: '', ja: '' };
  const { key, left = '', right = '' } = example;
  return { en: ` Example: ${key}: "${left}" and "${right}".`, ja: `例: ${key} は「${left}」と「${right}」です。` };
};
