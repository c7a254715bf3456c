import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { both } from '../auth/words.ts';
import { openColumns, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide, type Side } from './either-side.ts';
import { textOf } from './value-words.ts';

interface Split extends Readonly<Record<string, unknown>> {
  /** The side that has the name in two columns. */
  readonly side: Side;
  /** Which part stands in the compared column. */
  readonly part: 'first' | 'last';
  /** The column of that side that holds the rest and is compared with nothing. */
  readonly rest: string;
}

const longest = 200;
const looked = 2000;
const fewest = 20;

const plain = (value: string): string => (value.length > longest ? '' : value.replace(/[\s\u3000・･,、]/g, ''));

/** What is left of the whole name when the part is taken off its beginning or its end. */
const restOf = (whole: string, given: string, part: Split['part']): string | undefined => {
  const [all, some] = [plain(whole), plain(given)];
  if (some === '' || some.length >= all.length) return undefined;
  if (part === 'first') return all.startsWith(some) ? all.slice(some.length) : undefined;
  return all.endsWith(some) ? all.slice(0, -some.length) : undefined;
};

const proposed = (view: ComparisonView, column: number, side: Side): readonly Split[] =>
  (['first', 'last'] as const).flatMap((part) => {
    const parts = view.pairs.slice(0, looked).flatMap((pair, at) => {
      const { from, to } = madeIn(pair, column, side);
      const rest = from === to ? undefined : restOf(from, to, part);
      return rest === undefined ? [] : [{ at, rest }];
    });
    if (parts.length < fewest) return [];
    // The rest of the name is found next to it: that tells a split from a text that was cut.
    return view.unmapped[side].flatMap(({ column: { name }, ofPairs }) => {
      const n = parts.filter(({ at, rest }) => plain(ofPairs[at] ?? '') === rest).length;
      return n >= 0.9 * parts.length ? [{ side, part, rest: name }] : [];
    });
  });

export const nameSplit = defineSyncCause({
  id: 'sync.name-split',
  title: both('A name is one field here and two fields there', '氏名が一方では 1 項目、もう一方では 2 項目です'),
  about: both(
    'One side keeps the whole name in one field, the other family and given name in two, and the mapping compares the whole with one of the parts. Nothing is lost as long as nobody writes: a sync by this mapping makes the family name out of the whole name, or the whole name out of the family name.',
    '一方は氏名を 1 つの項目に、もう一方は姓と名の 2 項目に持っていますが、対応付けでは氏名全体とその一部を比べています。値そのものは失われていませんが、この対応付けのまま同期すると、氏名が姓だけになったり、姓の項目に氏名全体が入ったりします。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Split>({
      effect: 'wrong',
      propose: (view) =>
        openColumns(view)
          .filter(({ type }) => type === 'name' || type === 'text')
          .flatMap(({ at }) =>
            sides.flatMap((side) => proposed(view, at, side).map((params) => ({ columns: [at], params }))),
          ),
      explains: (pair, column, { side, part }) => {
        const { from, to } = madeIn(pair, column, side);
        return restOf(from, to, part) !== undefined;
      },
    }),
  ],
  because: (told) => {
    const { detail } = told.main;
    const [example, rest] = [exampleOf(told), textOf(detail.rest)];
    const which = detail.part === 'first' ? both('first', '前半') : both('last', '後半');
    return both(
      `${told.columns}: in ${told.share.en} of the differences ${faultySide(told)} has only the ${which.en} part of the name that ${otherSide(told)} has; the rest stands in its column ${rest}.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${faultySide(told)} には ${otherSide(told)} の氏名の${which.ja}だけが入り、残りは ${rest} 列にあります。${example.ja}`,
    );
  },
  steps: (told) => {
    const rest = textOf(told.main.detail.rest);
    return [
      both(
        `Map the two parts (${told.columns} and ${rest}) to family and given name of the other side; where it has one field only, join them, in Japanese the family name first.`,
        `${told.columns} と ${rest} を、相手側の姓と名にそれぞれ対応付けます。相手側が 1 項目だけの場合は、姓を先にして連結します。`,
      ),
      both(
        'Where the whole name is to be split, split at the blank and have a person look at the names without one or with several.',
        '氏名を分割する場合は空白で区切り、空白がない氏名や複数ある氏名は人が確認します。',
      ),
      both(
        `Until then leave ${told.columns} out of the comparison (ignore), and run crm-doctor sync again after the change.`,
        `変更するまで ${told.columns} は比較から外し（ignore）、変更後に crm-doctor sync をもう一度実行します。`,
      ),
    ];
  },
});
