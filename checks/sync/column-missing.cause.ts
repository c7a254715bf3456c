import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { factsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { opposite } from '../../src/model/sync/side.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { sameColumns, withoutMark } from '../../src/reason/rows/same-columns.ts';
import { both } from '../auth/words.ts';
import { runAgain, textOf } from './value-words.ts';

interface Missing extends Readonly<Record<string, unknown>> {
  readonly side: 'left' | 'right';
  readonly name: string;
  /** The column of the other side that is left without a counterpart. */
  readonly other?: string;
  readonly about: string;
}

const otherOf = (view: ComparisonView, side: 'left' | 'right', name: string): string => {
  const fields = view.config.fields ?? {};
  if (side === 'left') return fields[name]?.right ?? name;
  return Object.entries(fields).find(([left, field]) => (field.right ?? left) === name)?.[0] ?? name;
};

export const columnMissing = defineSyncCause({
  id: 'sync.column-missing',
  title: both('A column is not there', '列がありません'),
  about: both(
    'The configuration names a column that one side does not have, under this name or another: the field was deleted, the export leaves it out, or the user who reads may not see it. All its values are lost to the other side.',
    '設定で指定した列が片側にありません。別の名前の列としても見つかりません。項目の削除、エクスポート対象からの除外、読み取りユーザーの参照権限の不足などが原因です。この列の値は、もう一方に一切届きません。',
  ),
  owner: 'crm-admin',
  severity: 'warning',
  hypotheses: [
    factsHypothesis<Missing>({
      effect: 'wrong',
      find: (view) =>
        view.absent
          .filter(({ key }) => !key)
          .flatMap(({ side, name }) => {
            const other = otherOf(view, side, name);
            const across = opposite(side);
            // Under another name it is another cause.
            if (sameColumns(view).some((one) => one[across] === other)) return [];
            if (view.unmapped[side].some(({ column }) => withoutMark(column.name) === name)) return [];
            const counterpart = view.unmapped[across].find(({ column }) => column.name === other);
            const of = view.present.length;
            const n = counterpart ? counterpart.ofPresent.filter((value) => value !== '').length : of;
            return [
              {
                params: { side, name, ...(counterpart ? { other } : {}), about: name },
                columns: [],
                n,
                of,
                examples: [],
              },
            ];
          }),
    }),
  ],
  because: ({ main: { detail }, share, fact }) => {
    const [here, there] = detail.side === 'left' ? [fact.left, fact.right] : [fact.right, fact.left];
    const [name, other] = [textOf(detail.name), textOf(detail.other)];
    const names = here.columns.slice(0, 8).map((column) => column.name);
    const rest = here.columns.length - names.length;
    const more = rest > 0 ? both(` and ${rest} more`, ` ほか ${rest} 列`) : both('', '');
    return both(
      `${here.name} has no column ${name}.${other === '' ? '' : ` ${there.name} has a value in its ${other} in ${share.en} records.`} Its columns are: ${names.join(', ')}${more.en}.`,
      `${here.name} に ${name} という列はありません。${other === '' ? '' : `${there.name} の ${other} には、レコード ${share.ja}に値があります。`}${here.name} の列: ${names.join('、')}${more.ja}。`,
    );
  },
  steps: ({ main: { detail }, fact }) => {
    const name = textOf(detail.name);
    const side = detail.side === 'left' ? fact.left.name : fact.right.name;
    return [
      both(
        `Look for ${name} in ${side}: was the field deleted or renamed, may the user of the export read it, is it selected in the export or query?`,
        `${side} の ${name} を確認します（項目の削除・改名、エクスポートするユーザーの参照権限、エクスポートやクエリーの対象項目）。`,
      ),
      both(
        `Correct the name in the configuration, or take ${name} out of its fields where it is not needed any more.`,
        `設定ファイルの名前を直すか、不要になった場合は ${name} を fields から外します。`,
      ),
      runAgain,
    ];
  },
});
