import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { samePersons } from '../../src/reason/rows/persons.ts';

export const duplicatePerson = defineSyncCause({
  id: 'sync.duplicate-person',
  title: { en: 'The same persons are on the other side twice', ja: '連携先に同一人物が二重に登録されています' },
  about: {
    en: 'People are entered again by forms, imports and colleagues, over months. Such a record has its own key and slightly other notation, so that no rule of the target saw it.',
    ja: 'フォーム、インポート、手入力により、同じ人が時期を隔てて再登録されています。キーが別で表記も少し異なるため、連携先の重複ルールでは検出されていません。',
  },
  owner: 'user',
  severity: 'warning',
  unless: [
    'sync.record-type-diverged',
    'sync.duplicate-on-retry',
    'sync.merge-loser-kept',
    'sync.key-format',
    'sync.test-data',
  ],
  hypotheses: [
    rowsHypothesis<{ by: 'person' }>({
      effect: 'wrong',
      population: 'extra',
      propose: (view) =>
        view.extra.filter((row) => samePersons(view).has(row)).length >= 20 ? [{ params: { by: 'person' } }] : [],
      holds: (row, _, view) => samePersons(view).has(row),
    }),
  ],
  because: ({ share }) => ({
    en: `${share.en} extra records agree with a person whom the other side has under another key as well: the name is equal but for notation, and so is the e-mail, the telephone, or two of address, postcode and birthday.`,
    ja: `余分なレコード ${share.ja}は、連携先に別のキーで登録済みの人物と一致します。氏名が（表記の違いを除いて）同じで、メールアドレス、電話番号、または住所・郵便番号・生年月日のうち 2 つが一致します。`,
  }),
  steps: () => [
    {
      en: 'Look at the candidates of the report in pairs: nothing is merged by itself.',
      ja: 'レポートの候補を 1 組ずつ確認します。自動では統合されません。',
    },
    {
      en: 'Merge what is one person, in the system that owns the record, and let the sync carry it over.',
      ja: '同一人物であれば、元となるシステムで統合し、同期で反映します。',
    },
    {
      en: 'Let forms and imports look for e-mail and telephone before they make a new record.',
      ja: 'フォームやインポートで、新規作成の前にメールアドレスと電話番号を検索するようにします。',
    },
  ],
});
