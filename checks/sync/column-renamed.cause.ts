import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { factsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { sameColumns, withoutMark } from '../../src/reason/rows/same-columns.ts';
import { both } from '../auth/words.ts';
import { textOf } from './value-words.ts';

interface Renamed extends Readonly<Record<string, unknown>> {
  readonly left: string;
  readonly right: string;
  /** The name under which the configuration looked for it, and where. */
  readonly wanted?: string;
  readonly side?: 'left' | 'right';
  readonly about: string;
}

/** So many pairs are read in a sentence; all of them are in the evidence. */
const mostNamed = 6;

/** What the configuration asks of the two columns; undefined: it states its columns, and these are none of them. */
const askedOf = (
  { config, absent }: ComparisonView,
  left: string,
  right: string,
): Pick<Renamed, 'wanted' | 'side'> | undefined => {
  const { fields } = config;
  if (!fields) return {};
  const asked = fields[left];
  const name = asked?.right ?? left;
  if (asked && absent.some((one) => one.side === 'right' && one.name === name)) return { wanted: name, side: 'right' };
  const lost = absent.find((one) => one.side === 'left' && !one.key && (fields[one.name]?.right ?? one.name) === right);
  return lost && { wanted: lost.name, side: 'left' };
};

export const columnRenamed = defineSyncCause({
  id: 'sync.column-renamed',
  title: both('A column has another name on the other side', '列の名前がもう一方と異なります'),
  about: both(
    'The column is there and holds the same values, but under another name: a field was renamed, an export writes labels in place of API names, or the language of the user changed. A mapping by the old name finds nothing, so the column is compared with nothing and, in the sync, written no more.',
    '列そのものはあり、値も一致していますが、名前が異なります。項目名の変更、API 参照名ではなく表示ラベルでのエクスポート、ユーザーの表示言語の変更などが原因です。以前の名前では見つからないため比較の対象にならず、同期でも書き込まれなくなります。',
  ),
  owner: 'crm-admin',
  severity: 'warning',
  hypotheses: [
    factsHypothesis<Renamed>({
      effect: 'wrong',
      find: (view) =>
        sameColumns(view).flatMap(({ left, right, n, of, examples }) => {
          if (withoutMark(left) !== undefined || withoutMark(right) !== undefined) return [];
          const asked = askedOf(view, left, right);
          return asked
            ? [{ params: { left, right, ...asked, about: `${left} / ${right}` }, columns: [], n, of, examples }]
            : [];
        }),
    }),
  ],
  oneStory: true,
  because: (told) => {
    const { main, explained, share, fact } = told;
    const { detail } = main;
    const [left, right, wanted] = [textOf(detail.left), textOf(detail.right), textOf(detail.wanted)];
    const source = detail.side === 'left' ? fact.left.name : fact.right.name;
    const asked =
      wanted === ''
        ? both('', '')
        : both(
            ` The configuration asks for ${wanted}, which ${source} does not have.`,
            `設定ファイルでは ${wanted} を指定していますが、${source} にその列はありません。`,
          );
    if (explained.length === 1)
      return both(
        `${left} of ${fact.left.name} and ${right} of ${fact.right.name} hold the same value in ${share.en} records, and neither is compared with anything.${asked.en}`,
        `${fact.left.name} の ${left} と ${fact.right.name} の ${right} は、レコード ${share.ja}で値が一致していますが、どちらも比較の対象になっていません。${asked.ja}`,
      );
    const n = explained.length;
    const names = explained.slice(0, mostNamed).map((one) => textOf(one.detail.about));
    const more = n - names.length;
    return both(
      `${n} columns of ${fact.left.name} hold the same values in ${fact.right.name} under another name, and are compared with nothing: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.${asked.en}`,
      `${fact.left.name} の ${n} 列は、${fact.right.name} に別の名前で同じ値がありますが、比較の対象になっていません: ${names.join('、')}${more > 0 ? ` ほか ${more} 列` : ''}。${asked.ja}`,
    );
  },
  steps: ({ main: { detail }, explained }) => [
    explained.length === 1
      ? both(
          `State the pair in the configuration: fields: ${textOf(detail.left)}: { right: ${textOf(detail.right)} }; crm-doctor init sync LEFT RIGHT writes all pairs that it finds.`,
          `設定ファイルの fields に、${textOf(detail.left)}: { right: ${textOf(detail.right)} } と書きます。crm-doctor init sync 左 右 を実行すると、対応する列をまとめて書き出せます。`,
        )
      : both(
          'Let crm-doctor init sync LEFT RIGHT write all pairs into the configuration; or run crm-doctor sync LEFT RIGHT without --key, which finds the key and the pairs by itself.',
          'crm-doctor init sync 左 右 を実行すると、対応する列をまとめて設定ファイルに書き出せます。--key を付けずに crm-doctor sync 左 右 を実行すれば、キーと列の対応を自動で見つけて比較します。',
        ),
    both(
      'Correct the mapping of the sync in the same way, or give the column its old name back; prefer API names, which do not change with labels and languages.',
      '連携の対応付けも同じように直すか、列の名前を元に戻します。ラベルや言語で変わらない API 参照名の利用をおすすめします。',
    ),
    both(
      'Run crm-doctor sync again: only then the values of these columns are compared.',
      'crm-doctor sync をもう一度実行します。これらの列の値は、そこで初めて比較されます。',
    ),
  ],
});
