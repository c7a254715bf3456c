import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { rankIn, rowsIn, variantsOf } from '../../src/reason/rows/as-read.ts';
import { type Order, orderIn, orders, presentUpTo } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

/** Limits on the results of one query that APIs document: SOQL OFFSET 2,000, HubSpot search 10,000, Salesforce query locator 50,000 … */
const caps = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

export const resultWindowCap = defineSyncCause({
  id: 'sync.result-window-cap',
  title: {
    en: 'Nothing comes after the largest result that a query may have',
    ja: '検索結果の上限件数より後のレコードが取得されていません',
  },
  about: {
    en: 'Many APIs return at most a fixed number of records for one query (2,000 by OFFSET in Salesforce, 10,000 in a HubSpot search) and then simply end. A job that takes the end of the list for the end of the data never sees the rest.',
    ja: '多くの API は 1 回の検索で返す件数に上限があり（Salesforce の OFFSET は 2,000 件、HubSpot の検索は 10,000 件など）、上限に達するとそこで終わります。ジョブがそれを全データの終わりとみなすと、残りのレコードは取得されません。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<{ order: Order; asRead: boolean; cap: number; end: 'first' | 'last' }>({
      effect: 'wrong',
      population: 'missing',
      // Records that were updated since have taken places before it.
      presentAtMost: 0.005,
      propose: (view) =>
        orders
          .flatMap((order) => variantsOf(view, order).map(({ asRead }) => ({ order, asRead })))
          .flatMap((inOrder) => {
            const rows = rowsIn(view, inOrder);
            return (['first', 'last'] as const).flatMap((end) => {
              const { kept, there, slack } = presentUpTo(view, inOrder, end);
              // Records that are missing among them may have come to their place later.
              return caps.flatMap((cap) =>
                cap < rows && there <= cap && kept >= cap - slack && kept - there <= 0.02 * cap + slack
                  ? [{ params: { ...inOrder, cap, end } }]
                  : [],
              );
            });
          }),
      holds: (row, { cap, end, ...inOrder }, view) => {
        const rank = rankIn(view, row, inOrder);
        if (rank === undefined) return false;
        return end === 'first' ? rank >= cap : rank < rowsIn(view, inOrder) - cap;
      },
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} come after the ${detail.end === 'last' ? 'newest' : 'first'} ${numberIn(detail.cap)} in the order of ${orderIn(detail).en}, and none after that is present. ${numberIn(detail.cap)} is a limit of results for one query.`,
    ja: `不足レコード ${share.ja}は、${orderIn(detail).ja}順で${detail.end === 'last' ? '新しい方から' : '先頭から'} ${numberIn(detail.cap)} 件より後にあり、それより後のレコードは 1 件も連携先にありません。${numberIn(detail.cap)} 件は 1 回の検索で取得できる上限です。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Split the query so that no part has more than ${numberIn(detail.cap)} results: by ranges of the id or of the creation time, each starting after the last record of the one before.`,
      ja: `1 回の結果が ${numberIn(detail.cap)} 件を超えないよう、ID や作成日時の範囲で検索を分割し、前回の最後のレコードより後から取得します。`,
    },
    {
      en: 'Or use the export or bulk interface of the CRM, which has no such limit.',
      ja: '上限のないエクスポート API（Bulk API など）を使う方法もあります。',
    },
    {
      en: 'Let the job fail when a query returns exactly its limit.',
      ja: '結果がちょうど上限件数だった場合は、ジョブをエラーにします。',
    },
  ],
});
