import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { isAcceptable, ruleFor } from '../../src/reason/rows/acceptable.ts';

export const validationRejected = defineSyncCause({
  id: 'sync.validation-rejected',
  title: {
    en: 'Records with a value that the target does not accept are refused',
    ja: '連携先の入力規則に合わないレコードが拒否されています',
  },
  about: {
    en: 'The target checks what is written: a list of allowed values, the form of an e-mail address, a telephone number, a date. Records that break the rule are refused as a whole, and the job goes on.',
    ja: '連携先は、選択肢、メールアドレス・電話番号・日付の形式などを検査します。規則に合わない値を含むレコードはレコードごと拒否され、ジョブはそのまま続きます。',
  },
  owner: 'crm-admin',
  // Records that are there and cannot be read are not refused by what is in them.
  unless: ['sync.column-shift', 'sync.file-encoding'],
  hypotheses: [
    rowsHypothesis<{ column: number; name: string; rule: 'options' | 'form' }>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) =>
        view.columns.flatMap((column) => {
          const rule = column.key ? undefined : ruleFor(column);
          if (!rule) return [];
          const refused = view.missing.filter(({ values }) => !isAcceptable(column, values[column.at] ?? '')).length;
          return refused < 20 ? [] : [{ params: { column: column.at, name: column.left, rule } }];
        }),
      holds: ({ values }, { column }, view) => {
        const about = view.columns[column];
        return about !== undefined && !isAcceptable(about, values[column] ?? '');
      },
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `${share.en} missing records have a value in ${String(detail.name)} that ${detail.rule === 'options' ? 'is not among the allowed values of the target' : 'does not have the form of such a column'}; among the records that were copied there is (nearly) none: the target refuses them.`,
    ja: `不足レコード ${share.ja}は ${String(detail.name)} の値が${detail.rule === 'options' ? '連携先の選択肢にありません' : '項目の形式に合っていません'}。同期済みのレコードにはほぼ見られず、連携先の入力規則で拒否されています。`,
  }),
  steps: ({ main: { detail } }) => [
    detail.rule === 'options'
      ? {
          en: `Add the values of ${String(detail.name)} to the list of the target, or map them to values that it has.`,
          ja: `${String(detail.name)} の値を連携先の選択肢に追加するか、既存の選択肢に対応付けます。`,
        }
      : {
          en: `Correct ${String(detail.name)} in these records, and check its form where it is entered.`,
          ja: `該当レコードの ${String(detail.name)} を修正し、入力時にも形式を検査します。`,
        },
    {
      en: 'Let the job report every record that the target refuses, with the words of the refusal.',
      ja: '連携先に拒否されたレコードを、エラー文とともにジョブから通知します。',
    },
    { en: 'Send the refused records again.', ja: '拒否されたレコードを再送します。' },
  ],
});
