import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { wasGivenOut } from '../../src/reason/rows/key-sequence.ts';
import { mergedRows, survives } from '../../src/reason/rows/merged.ts';

export const mergeLoserKept = defineSyncCause({
  id: 'sync.merge-loser-kept',
  title: {
    en: 'Records that were merged in the CRM are still on the other side',
    ja: 'CRM で統合されたレコードが連携先に残っています',
  },
  about: {
    en: 'When two records are merged, the CRM keeps one and removes the other. The job copies the change of the winner and hears nothing of the loser, which stays on the other side as a duplicate, often with orders and tickets on it.',
    ja: '2 件のレコードを統合すると、CRM には 1 件だけが残ります。ジョブは残った側の変更だけを反映するため、消えた側が連携先に重複として残り、注文や問い合わせが紐付いたままになります。',
  },
  owner: 'crm-admin',
  unless: ['sync.duplicate-on-retry', 'sync.test-data'],
  hypotheses: [
    rowsHypothesis<{ by: 'email-or-phone' }>({
      effect: 'wrong',
      population: 'extra',
      presentAtMost: 0.05,
      propose: (view) => (mergedRows(view).size > 0 ? [{ params: { by: 'email-or-phone' } }] : []),
      holds: (row, _, view, pair) => (pair ? true : wasGivenOut(view, row)) && survives(view, row, pair),
    }),
  ],
  because: ({ share }) => ({
    en: `${share.en} extra records have a key that the CRM once gave out and no longer has, and the e-mail or telephone of a record that is still there: they were merged into it.`,
    ja: `余分なレコード ${share.ja}は、CRM が過去に発番し現在は存在しないキーを持ち、メールアドレスや電話番号が現存する別のレコードと同じです。CRM で統合されたレコードです。`,
  }),
  steps: () => [
    {
      en: 'Move what hangs on these records (orders, tickets, consents) to the surviving record, then remove them.',
      ja: '該当レコードに紐付く情報（注文、問い合わせ、同意など）を残ったレコードに付け替えてから削除します。',
    },
    {
      en: 'Let the job read merges: MasterRecordId of deleted records in Salesforce, merged ids or merge webhooks elsewhere.',
      ja: 'ジョブで統合の情報（Salesforce は削除済みレコードの MasterRecordId、ほかは統合済み ID や Webhook）を取得します。',
    },
  ],
});
