import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { countAmong, type MatchColumn, matchColumns, matchKey } from '../../src/reason/rows/matches.ts';

export const duplicateRuleBlocked = defineSyncCause({
  id: 'sync.duplicate-rule-blocked',
  title: {
    en: 'Records are refused because another one has the same e-mail or telephone',
    ja: '同じメールアドレスや電話番号のレコードがあるため登録が拒否されています',
  },
  about: {
    en: 'The target has a duplicate rule or a unique column. When two records of the CRM share an e-mail address or telephone number, the first one is written and the second one refused.',
    ja: '連携先に重複ルールや一意制約があります。CRM に同じメールアドレスや電話番号のレコードが 2 件あると、先の 1 件だけが登録され、後の 1 件は拒否されます。',
  },
  owner: 'crm-admin',
  hypotheses: [
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
  because: ({ main, share }) => {
    const match = main.detail.match;
    const name = typeof match === 'object' && match !== null && 'name' in match ? String(match.name) : 'e-mail';
    return {
      en: `${share.en} missing records have the same ${name} as another record that was copied; among the copied ones this is rare. The duplicate rule of the target lets only one of them in.`,
      ja: `不足レコード ${share.ja}は、同期済みの別のレコードと ${name} が同じです。同期済みのレコード同士ではまれで、連携先の重複ルールにより片方だけが登録されています。`,
    };
  },
  steps: () => [
    {
      en: 'Look at the pairs: merge in the CRM what is one person or company.',
      ja: '該当する組を確認し、同一の人物・会社であれば CRM で統合します。',
    },
    {
      en: 'Where they are two (a shared address such as info@): take the column out of the duplicate rule, or allow the integration user to save duplicates.',
      ja: '別の相手であれば（info@ などの共有アドレス）、重複ルールの条件を見直すか、連携用ユーザーに重複の保存を許可します。',
    },
    { en: 'Send the refused records again.', ja: '拒否されたレコードを再送します。' },
  ],
});
