import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import { changedPresent } from '../../src/reason/rows/changed-present.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import { besideOf, type Lag, type NeighbourOrder } from '../../src/reason/rows/neighbours.ts';
import { both } from '../auth/words.ts';
import { openColumns } from './column-values.ts';
import { exampleOf } from './either-side.ts';
import { isPermuted, type Permuted, permuted, staysItself } from './permuted-column.ts';
import { runAgain } from './value-words.ts';

interface Displaced extends Readonly<Record<string, unknown>> {
  readonly order: NeighbourOrder;
  readonly lag: Lag;
  /** Columns that moved together. */
  readonly moved: readonly number[];
}

const fewest = 20;
const least = 0.9;

interface Counted {
  readonly n: number;
  readonly of: number;
  /** How many of them the row at the other side would have explained as well. */
  readonly opposite: number;
}

/** Of the rows that differ in the column and whose neighbour is known and says something else, how many have its value. */
const counted = (view: ComparisonView, column: number, order: NeighbourOrder, lag: Lag): Counted => {
  let [n, of, opposite] = [0, 0, 0];
  for (const { pair, left } of changedPresent(view)) {
    const [own, found] = [pair.left[column] ?? '', pair.right[column] ?? ''];
    if (own === found) continue;
    const beside = besideOf(view, left, order, lag)?.values[column];
    // A row at the end, or one whose neighbour the sample lacks, says nothing.
    if (beside === undefined) continue;
    of += 1;
    if (beside === found) n += 1;
    if (besideOf(view, left, order, lag === 1 ? -1 : 1)?.values[column] === found) opposite += 1;
  }
  return { n, of, opposite };
};

/** The columns that have slipped furthest by one of the ways in which they may. */
const displacedIn = oncePerView((view): Displaced | undefined => {
  const open = openColumns(view);
  const ways = (['key', 'file'] as const).flatMap((order) => ([-1, 1] as const).map((lag) => ({ order, lag })));
  const found = ways.map(({ order, lag }) => {
    const moved = open
      .map(({ at }) => ({ at, ...counted(view, at, order, lag) }))
      .filter(({ n, of, opposite }) => n >= fewest && n > least * of && opposite < 0.5 * n);
    return {
      params: { order, lag, moved: moved.map(({ at }) => at) },
      n: moved.reduce((sum, one) => sum + one.n, 0),
    };
  });
  const [best] = found.toSorted((a, b) => b.n - a.n);
  return best && best.n > 0 ? best.params : undefined;
});

const permutedText = (told: Told, { sorted, by, grouped }: Permuted): Text => {
  const example = exampleOf(told);
  const order = by === 'key' ? both('the key', 'キー') : both('the records', 'データの並び');
  const how = grouped
    ? both('equal ones stand together', '同じ値が固まっている')
    : both('they stand in order', '値が整列している');
  const where = sorted && {
    en: ` In ${told.fact[sorted].name} ${how.en} from the first record to the last (in the order of ${order.en}), as after a sort of this column without the rest of the table.`,
    ja: `${told.fact[sorted].name} では、${order.ja}順に見ると先頭から末尾まで${how.ja}ため、表の残りを除いてこの列だけを並べ替えたと考えられます。`,
  };
  const other = {
    en: ' The column was sorted, pasted or filled without the rest of the table.',
    ja: '表の残りを除いて、この列だけが並べ替えられたか、貼り付けられています。',
  };
  return both(
    `${told.columns}: both sides have the same values, but at other records: ${told.share.en} of the differences stand in records whose other columns agree.${(where ?? other).en}${example.en}`,
    `${told.columns} は、両側に同じ値が揃っていますが、別のレコードに入っています。差異 ${told.share.ja}は、ほかの列が一致しているレコードで起きています。${(where ?? other).ja}${example.ja}`,
  );
};

const sortWhole = (columns: string): Text =>
  both(
    `In a spreadsheet, undo the sort of ${columns}, or take the column from the last copy that was right. Sort whole tables only: select all columns, or make the range a table.`,
    `表計算ソフトの場合は、${columns} の並べ替えを元に戻すか、正しかったときのファイルから列を取り直します。並べ替えは全列を選択するか、範囲を「テーブル」にして行います。`,
  );

/** From the side that is right: the left one where nothing tells. */
const writeSoon = (detail: Readonly<Record<string, unknown>>, columns: string): Text => {
  const from = detail.sorted === 'left' ? both('right', '右側') : both('left', '左側');
  return both(
    `Write ${columns} again from the ${from.en} side, and do it soon: each value now belongs to another customer.`,
    `${columns} を${from.ja}の値から書き直します。別の顧客の値が入っているため、早めに対応してください。`,
  );
};

export const joinOffByOne = defineSyncCause({
  id: 'sync.join-off-by-one',
  title: both('The values of a column stand in other rows', '列の値が別の行に入っています'),
  about: both(
    'The records are right, but one or several columns hold the values of other records, mostly of the one before or after. That happens in spreadsheets, when a column is sorted or gets a cell more without the rest, when the range of a VLOOKUP is one row off, and in programs that join two lists by position.',
    'レコード自体は正しいのに、一部の列だけ別のレコード（多くは 1 行前または後）の値が入っています。表計算ソフトで一部の列だけを並べ替えた、セルを挿入・削除した、VLOOKUP の範囲が 1 行ずれている、プログラムが 2 つの一覧を位置で結合している、といった場合に起こります。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Displaced>({
      effect: 'wrong',
      wholeRow: true,
      ranked: true,
      // The value of a neighbour is that of an unrelated row; that it is just the neighbour's is the test.
      ownChance: true,
      propose: (view) => {
        const params = displacedIn(view);
        return params ? [{ columns: params.moved, params }] : [];
      },
      explains: (pair, column, { moved }, columns) =>
        moved.includes(column) &&
        staysItself(
          pair,
          columns.flatMap(({ at, key }) => (key || moved.includes(at) ? [] : [at])),
        ),
    }),
    permuted((view) => displacedIn(view)?.moved ?? []),
  ],
  because: (told) => {
    if (isPermuted(told.main.detail)) return permutedText(told, told.main.detail);
    const { lag, order } = told.main.detail;
    const beside = lag === -1 ? both('before', '1 つ前') : both('after', '1 つ後');
    const by =
      order === 'key'
        ? both('in the order of the key', 'キー順')
        : both('in the order of the records', 'データの並び順');
    const example = exampleOf(told);
    return both(
      `${told.columns}: ${told.share.en} of the differences stand in records whose other columns agree, and the right side has there the value of the record ${beside.en} (${by.en}) in more than 90 % of those that could be checked.${example.en}`,
      `${told.columns} の差異 ${told.share.ja}は、ほかの列が一致しているレコードで起きています。確認できたレコードの 90 % 超で、右側の値は、${by.ja}で ${beside.ja}のレコードの値と一致します。${example.ja}`,
    );
  },
  steps: ({ main, columns }) => [
    isPermuted(main.detail)
      ? sortWhole(columns)
      : both(
          `In a spreadsheet, look where ${columns} begins to differ: a cell was inserted or deleted there, or the range of a lookup begins a row too early or too late. Sort whole tables only.`,
          `表計算ソフトの場合は、${columns} が食い違い始める行を確認します。そこでセルが挿入・削除されたか、VLOOKUP などの参照範囲が 1 行ずれています。並べ替えは表全体を選択して行います。`,
        ),
    both(
      'In a program, join the lists by the key of the record and never by position.',
      'プログラムの場合は、一覧を位置ではなくレコードのキーで結合します。',
    ),
    writeSoon(main.detail, columns),
    runAgain,
  ],
});
