import { rememberFor } from '../../src/model/remember.ts';
import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { both } from '../auth/words.ts';
import { differingAtLeast } from './column-values.ts';
import { exampleOf, faultySide, madeIn, otherSide } from './either-side.ts';
import { movedValues } from './moved-values.ts';
import { refusedRecords } from './refused-records.ts';
import { runAgain, textOf } from './value-words.ts';

interface Shifted extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  /** The sign that was taken for the end of a field, or of the record. */
  readonly sign: ',' | ';' | '\t' | '|' | '\n';
  /** Compared columns in the order in which they were written. */
  readonly order: readonly number[];
}

const signs = [',', ';', '\t', '|', '\n'] as const;
const fewest = 5;
const longest = 20_000;

/** What a row reads when its fields are written without quotes and divided again. */
interface Reading {
  /** Columns that read so on the faulty side, and not as they were written. */
  readonly columns: ReadonlySet<number>;
  /**
   * How many these are, the column with the sign among them; without that one they may be empty for any reason. One by itself may be a
   * text that was cut.
   */
  readonly shifted: number;
}

const nothingRead: Reading = { columns: new Set(), shifted: 0 };

/** The fields behind the first one with the sign, as they are divided; undefined: the row is too long to be looked at. */
const dividedAt = (values: readonly string[], first: number, sign: Shifted['sign']): readonly string[] | undefined => {
  if (sign === '\n') return [values[first]?.split('\n')[0]?.replace(/\r$/, '') ?? ''];
  if (values.reduce((total, { length }) => total + length, 0) > longest) return undefined;
  return values.slice(first).join(sign).split(sign);
};

/** All columns of a row at once: of thousands of them, each one reads all others. */
const readingOf = (pair: RowPair, { side, sign, order }: Shifted): Reading => {
  const made = order.map((at) => madeIn(pair, at, side));
  // Nothing moves before the first value with the sign in it.
  const first = made.findIndex(({ from }) => from.includes(sign));
  if (first === -1) return nothingRead;
  const divided = dividedAt(
    made.map(({ from }) => from),
    first,
    sign,
  );
  if (!divided) return nothingRead;
  const columns = new Set<number>();
  for (const [at, { from, to }] of made.entries()) {
    if (at < first || from === to || to.trim() !== (divided[at - first] ?? '').trim()) continue;
    columns.add(order[at] ?? -1);
  }
  return { columns, shifted: columns.has(order[first] ?? -1) ? columns.size : 0 };
};

/** It is asked of each column of a row in turn. */
const readingsUnder = rememberFor((params: Shifted) => rememberFor((pair: RowPair) => readingOf(pair, params)));

/** The compared columns as one side has them, first to last. */
const orderOn = (view: ComparisonView, side: Side): readonly number[] => {
  const place = new Map(view.sources[side].columns.map(({ name }, at) => [name, at]));
  return view.columns
    .map((column) => ({ at: column.at, place: place.get(column[side]) ?? Number.MAX_SAFE_INTEGER }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ at }) => at);
};

const ordersOf = (view: ComparisonView): readonly (readonly number[])[] => {
  const orders = [orderOn(view, 'right'), orderOn(view, 'left')];
  return orders[0]?.join() === orders[1]?.join() ? orders.slice(0, 1) : orders;
};

export const columnShift = defineSyncCause({
  id: 'sync.column-shift',
  title: both('Values stand one column off', '値が 1 列ずつずれています'),
  about: both(
    'A file was written without quotes. Where a value holds the delimiter itself, the rest of it was read as the next column, and all columns behind it moved. Only the rows with such a value are wrong, so that it passes for single typing errors until a telephone number stands in the postcode. A field too many or too few in a line does the same.',
    '引用符で囲まずに書き出したファイルが原因です。値の中に区切り文字が含まれていると、その後ろが次の列として読み込まれ、以降の列もすべてずれます。該当する行だけで起きるため、電話番号が郵便番号の列に入るなどの目立つ例が出るまで、個別の入力ミスに見えます。行の項目が 1 つ多い、または少ない場合も同じです。',
  ),
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Shifted>({
      effect: 'wrong',
      evenFew: true,
      wholeRow: true,
      propose: (view) => {
        // What moved differs in two columns at least.
        const pairs = differingAtLeast(view, 2);
        if (pairs.length < fewest) return [];
        const tried = ordersOf(view).flatMap((order) =>
          (['right', 'left'] as const).flatMap((side) =>
            signs
              .map((sign): Shifted => ({ side, sign, order }))
              .map((params) => ({
                params,
                n: pairs.filter((pair) => readingOf(pair, params).shifted >= 2).length,
              })),
          ),
        );
        // A text that ends where its line ends is cut in that column alone.
        return tried
          .filter(({ n }) => n >= fewest)
          .toSorted((a, b) => b.n - a.n)
          .slice(0, 3)
          .map(({ params }) => ({
            columns: view.columns.filter(({ key }) => !key).map(({ at }) => at),
            params,
          }));
      },
      explains: (pair, column, params) => {
        const { columns, shifted } = readingsUnder(params)(pair);
        return shifted >= 2 && columns.has(column);
      },
    }),
    movedValues(ordersOf),
    ...refusedRecords('too-many-fields', 'too-few-fields', 'stray-quote', 'unclosed-quote'),
  ],
  because: (told) => {
    const { sign, refused } = told.main.detail;
    if (refused === true) {
      const side = told.main.detail.side === 'left' ? told.fact.left.name : told.fact.right.name;
      return both(
        `Of the records that seem to be on one side only, ${told.share.en} are in ${side} as well, under the same keys. Their lines there do not have as many fields as the header, or a quote that does not belong there, so that they cannot be read. That happens where a value with the delimiter, a quote or a line break in it is written without quotes, or where a field is left out.`,
        `片側にしかないように見えるレコード ${told.share.ja}は、同じキーで ${side} にもあります。ただし、その行の項目数が見出しと合わないか、余分な引用符があり、読み取れません。区切り文字、引用符、改行を含む値を引用符なしで書き出すか、項目を 1 つ書き落とすと、このようになります。`,
      );
    }
    const example = exampleOf(told);
    if (told.main.detail.by !== undefined) {
      const [en, ja] =
        told.main.detail.by === 1
          ? [
              'one column further to the right: their lines have one field too many',
              '1 列右に入っています。行の項目が 1 つ多い',
            ]
          : [
              'one column further to the left: their lines lack a field',
              '1 列左に入っています。行の項目が 1 つ足りない',
            ];
      return both(
        `In ${told.share.en} of the differences ${faultySide(told)} has the value of ${otherSide(told)}, but ${en}. From some column on to the last one, everything in these records has moved.${example.en}`,
        `差異 ${told.share.ja}では、${otherSide(told)} の値が ${faultySide(told)} では ${ja}ためで、途中の列から最後の列まですべてずれています。${example.ja}`,
      );
    }
    const named =
      sign === '\n'
        ? both('a line break', '改行')
        : sign === '\t'
          ? both('a tab', 'タブ')
          : both(`"${textOf(sign)}"`, `「${textOf(sign)}」`);
    return both(
      `In ${told.share.en} of the differences ${faultySide(told)} reads just as ${otherSide(told)} does when it is written without quotes and ${named.en} within a value is taken for ${sign === '\n' ? 'the end of the record' : 'the end of the field'}.${example.en}`,
      `差異 ${told.share.ja}は、${otherSide(told)} の値を引用符なしで書き出し、値の中の${named.ja}を${sign === '\n' ? 'レコード' : '項目'}の区切りとして読んだ結果と、${faultySide(told)} の値が一致します。${example.ja}`,
    );
  },
  steps: () => [
    both(
      'Let the export quote its fields (RFC 4180: fields in double quotes, a double quote within them doubled), by a CSV library and not by joining strings.',
      'エクスポートで項目を引用符で囲みます（RFC 4180: 項目を " で囲み、項目内の " は "" と書く）。文字列の連結ではなく CSV ライブラリを使います。',
    ),
    both(
      'Let the import refuse rows with more fields than the header, in place of dropping what is too much.',
      '見出しより項目が多い行は、余りを捨てずに取り込みを拒否する設定にします。',
    ),
    both('Export and import the affected records again.', '該当するレコードをエクスポートし直して取り込みます。'),
    runAgain,
  ],
});
