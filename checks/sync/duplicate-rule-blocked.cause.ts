import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type Detail, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { countAmong, type MatchColumn, matchColumns, matchKey } from '../../src/reason/rows/matches.ts';
import { breakingDemands, isDemanded } from './demanded.ts';

const nameIn = ({ name, match }: Detail): string => {
  if (typeof name === 'string') return name;
  return typeof match === 'object' && match !== null && 'name' in match ? String(match.name) : 'e-mail';
};

export const duplicateRuleBlocked = defineSyncCause({
  id: 'sync.duplicate-rule-blocked',
  title: {
    en: 'Records are refused because another one has the same e-mail, telephone or other unique value',
    ja: 'メールアドレスや電話番号など、重複できない値が他のレコードと同じため登録が拒否されています',
  },
  about: {
    en: 'The target has a duplicate rule or a unique column. When two records of the CRM share an e-mail address, a telephone number or the value of such a column, the first one is written and the second one refused; the same happens where a record of the target has the value under another key.',
    ja: '連携先に重複ルールや一意制約があります。CRM に同じメールアドレス、電話番号、一意とされた列の値を持つレコードが 2 件あると、先の 1 件だけが登録され、後の 1 件は拒否されます。連携先に別のキーで同じ値のレコードがある場合も同様です。',
  },
  owner: 'crm-admin',
  // The same records, under a key of another form, of another installation or of another object.
  unless: ['sync.key-format', 'sync.key-15-vs-18', 'sync.wrong-environment', 'sync.record-type-diverged'],
  hypotheses: [
    breakingDemands((rule) => rule === 'unique'),
    rowsHypothesis<{ match: MatchColumn }>({
      effect: 'wrong',
      population: 'missing',
      presentAtMost: 0.05,
      propose: (view) =>
        matchColumns(view)
          .filter(
            (match) => view.missing.filter((row) => countAmong(view, 'present-right', row, match) > 0).length >= 20,
          )
          .map((match) => ({ params: { match } })),
      holds: (row, { match }, view, pair) => {
        const n = countAmong(view, 'present-right', row, match);
        if (!pair) return n > 0;
        const [own, other] = [pair.left[match.at] ?? '', pair.right[match.at] ?? ''];
        // Its own counterpart is no other record.
        return n > (matchKey(own, match.type) === matchKey(other, match.type) ? 1 : 0);
      },
    }),
  ],
  because: ({ main: { detail }, share }) => {
    const name = nameIn(detail);
    if (isDemanded(detail))
      return {
        en: `${share.en} missing records have a value in ${name} that another record has already; the constraint ${detail.asks} of the target's table lets only one record have it, and refuses these.`,
        ja: `不足レコード ${share.ja}は、${name} の値が別のレコードと重複しています。連携先のテーブルの一意制約 ${detail.asks} により、同じ値は 1 件しか登録できず、これらは拒否されています。`,
      };
    return {
      en: `${share.en} missing records have the same ${name} as another record that was copied; among the copied ones this is rare. The duplicate rule of the target lets only one of them in.`,
      ja: `不足レコード ${share.ja}は、同期済みの別のレコードと ${name} が同じです。同期済みのレコード同士ではまれで、連携先の重複ルールにより片方だけが登録されています。`,
    };
  },
  steps: ({ main: { detail } }) => [
    ...(isDemanded(detail)
      ? [
          {
            en: `Look at the two records of each value of ${nameIn(detail)}, the missing one and the one that has it: merge in the CRM what is one person or company.`,
            ja: `${nameIn(detail)} の値ごとに、不足レコードと、その値を持つレコードの 2 件を確認し、同一の人物・会社であれば CRM で統合します。`,
          },
          {
            en: `Where they are two: correct ${nameIn(detail)} in one of them; where both are right, ${detail.asks} asks too much of the table.`,
            ja: `別の相手であれば、一方の ${nameIn(detail)} を修正します。どちらの値も正しい場合は、制約 ${detail.asks} を見直します。`,
          },
        ]
      : [
          {
            en: 'Look at the pairs: merge in the CRM what is one person or company.',
            ja: '該当する組を確認し、同一の人物・会社であれば CRM で統合します。',
          },
          {
            en: 'Where they are two (a shared address such as info@): take the column out of the duplicate rule, or allow the integration user to save duplicates.',
            ja: '別の相手であれば（info@ などの共有アドレス）、重複ルールの条件を見直すか、連携用ユーザーに重複の保存を許可します。',
          },
        ]),
    { en: 'Send the refused records again.', ja: '拒否されたレコードを再送します。' },
  ],
});
