import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { factsHypothesis, pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite, type Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, UnmappedColumn } from '../../src/model/sync/view.ts';
import { both } from '../auth/words.ts';
import { openColumns, sides } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
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

/** One column that is compared with nothing, and the two of the other side that hold its parts. */
interface Apart extends Readonly<Record<string, unknown>> {
  /** The side that has the whole name. */
  readonly side: Side;
  readonly whole: string;
  readonly first: string;
  readonly last: string;
  readonly about: string;
}

const mostColumns = 30;
/** An address or a code is made of parts as well. */
const nameWords = /name|contact|person|氏名|姓名|名前|カナ|かな|ガナ|がな|読み|ヨミ|顧客|担当|会員/i;

/** In how many rows the two columns together are the whole one, of those in which all have a value. */
const joinedIn = (
  whole: UnmappedColumn,
  first: UnmappedColumn,
  last: UnmappedColumn,
  most = Number.POSITIVE_INFINITY,
) => {
  let [n, of] = [0, 0];
  for (const [at, value] of whole.ofPresent.slice(0, most).entries()) {
    const [all, one, other] = [plain(value), plain(first.ofPresent[at] ?? ''), plain(last.ofPresent[at] ?? '')];
    if (all === '' || one === '' || other === '') continue;
    of += 1;
    if (one + other === all) n += 1;
  }
  return { n, of };
};

const isJoined = ({ n, of }: ReturnType<typeof joinedIn>, least: number): boolean => n >= least && n >= 0.9 * of;

const splitColumns = (view: ComparisonView, side: Side) => {
  const parts = view.unmapped[opposite(side)].slice(0, mostColumns);
  return view.unmapped[side]
    .filter(({ column }) => nameWords.test(column.name))
    .slice(0, mostColumns)
    .flatMap((whole) =>
      parts.flatMap((first) =>
        parts.flatMap((last) => {
          if (first === last || !isJoined(joinedIn(whole, first, last, 50), 5)) return [];
          const { n, of } = joinedIn(whole, first, last);
          if (!isJoined({ n, of }, fewest) || 2 * of < whole.ofPresent.length) return [];
          const names = { whole: whole.column.name, first: first.column.name, last: last.column.name };
          const about = `${names.whole} / ${names.first} + ${names.last}`;
          const params: Apart = { side, ...names, about };
          return [{ params, columns: [], n, of, examples: [] }];
        }),
      ),
    );
};

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
    factsHypothesis<Apart>({
      // Nothing is compared wrongly, and nothing is compared at all.
      effect: 'notation',
      find: (view) => sides.flatMap((side) => splitColumns(view, side)),
    }),
  ],
  because: (told) => {
    const { detail } = told.main;
    if (told.main.population === 'facts') {
      const [whole, first, last] = [textOf(detail.whole), textOf(detail.first), textOf(detail.last)];
      // `side` is the one with the whole name.
      return both(
        `${faultySide(told)} has the name in one column (${whole}), ${otherSide(told)} in two (${first} and ${last}): joined they are the same in ${told.share.en} records that have them. As no column stands for the other, none of them is compared.`,
        `氏名は、${faultySide(told)} では 1 列（${whole}）、${otherSide(told)} では 2 列（${first} と ${last}）です。値のあるレコード ${told.share.ja}で、2 列をつなぐと一致します。1 列どうしでは対応しないため、どの列も比較していません。`,
      );
    }
    const [example, rest] = [exampleOf(told), textOf(detail.rest)];
    const which = detail.part === 'first' ? both('first', '前半') : both('last', '後半');
    return both(
      `${told.columns}: in ${told.share.en} of the differences ${faultySide(told)} has only the ${which.en} part of the name that ${otherSide(told)} has; the rest stands in its column ${rest}.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}では、${faultySide(told)} には ${otherSide(told)} の氏名の${which.ja}だけが入り、残りは ${rest} 列にあります。${example.ja}`,
    );
  },
  steps: (told) => {
    const { detail, population } = told.main;
    if (population === 'facts')
      return [
        both(
          `Let the export or a view of ${otherSide(told)} hand out ${textOf(detail.first)} and ${textOf(detail.last)} joined as one column, and compare it with ${textOf(detail.whole)}.`,
          `${otherSide(told)} のエクスポートまたはビューで ${textOf(detail.first)} と ${textOf(detail.last)} を 1 列につないで出力し、${textOf(detail.whole)} と比較します。`,
        ),
      ];
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
