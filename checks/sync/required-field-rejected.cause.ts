import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';

export const requiredFieldRejected = defineSyncCause({
  id: 'sync.required-field-rejected',
  title: {
    en: 'Records without a value that the target requires are refused',
    ja: '連携先の必須項目が空のレコードが拒否されています',
  },
  about: {
    en: 'A column is required on the target and may be empty in the CRM. Each record without it is refused; the rest of the batch goes through, and the refusals stand in a log that nobody reads.',
    ja: '連携先で必須の項目が、CRM では空でも登録できます。空のレコードは 1 件ずつ拒否され、ほかは登録されるため、ログを見ない限り気付きません。',
  },
  owner: 'crm-admin',
  // Records that are there and cannot be read are not refused by what is in them.
  unless: ['sync.column-shift', 'sync.file-encoding'],
  hypotheses: [
    rowsHypothesis<{ column: number; name: string }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.002,
      propose: (view) =>
        view.columns
          .filter(({ key, at }) => {
            if (key) return false;
            const lost = view.missing.filter(({ values }) => values[at] === '').length;
            // It is never empty on the other side, whatever stands there.
            return lost >= 20 && view.present.every(({ pair }) => pair.right[at] !== '');
          })
          .map(({ at, left }) => ({ params: { column: at, name: left } })),
      holds: ({ values }, { column }) => values[column] === '',
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `${share.en} missing records have no ${String(detail.name)}, and no record on the other side is without it: the target refuses them.`,
    ja: `不足レコード ${share.ja}は ${String(detail.name)} が空です。連携先にはこの項目が空のレコードが 1 件もなく、必須項目の不足として拒否されています。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Fill in ${String(detail.name)} in these records.`,
      ja: `該当レコードの ${String(detail.name)} を入力します。`,
    },
    {
      en: `Make ${String(detail.name)} required in the CRM as well, or let the job write a stated value (such as "unknown") in its place.`,
      ja: `CRM 側でも ${String(detail.name)} を必須にするか、空のときに書き込む値（「不明」など）をジョブに定めます。`,
    },
    {
      en: 'Let the job report every record that the target refuses.',
      ja: '連携先に拒否されたレコードをジョブから通知します。',
    },
  ],
});
