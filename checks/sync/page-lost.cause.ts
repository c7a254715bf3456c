import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { pagesIn } from '../../src/reason/rows/lost-pages.ts';
import { type PassedOrder, passedWords, placeIn, runsAmong, waysOf } from '../../src/reason/rows/passed.ts';
import { orderIn, orders, pageSizes, runAt } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

export const pageLost = defineSyncCause({
  id: 'sync.page-lost',
  title: { en: 'Whole pages of records are lost', ja: 'ページ単位でレコードが抜けています' },
  about: {
    en: 'A request for one page failed or timed out, and the job went on with the next one. Exactly one page of adjacent records is missing, while everything before and after it is there.',
    ja: '1 ページ分の取得が失敗またはタイムアウトしたのに、ジョブがそのまま次のページへ進んでいます。ちょうど 1 ページ分の連続したレコードだけが抜け、その前後は揃っています。',
  },
  owner: 'crm-admin',
  // What lacks up to one end is no page, even where its length would fit.
  // Records that share one moment stand together as well: what lacks of them beyond a page was lost by the cursor.
  // Records of a trial stand together as well: that they are such is seen in each of them.
  // A file that lacks among its neighbours is seen itself, whatever number of records it held.
  unless: [
    'sync.result-window-cap',
    'sync.cursor-tie-lost',
    'sync.test-data',
    'sync.export-truncated',
    'sync.rate-limit-partial',
  ],
  hypotheses: [
    rowsHypothesis<PassedOrder & { page: number; pages: number; exact: boolean }>({
      effect: 'wrong',
      population: 'missing',
      // Present rows lie in no run of missing ones: that such a run has the length of a page by chance is ruled out in `pageRuns`.
      ownChance: true,
      propose: (view) =>
        // Where more than half is missing, runs of any length come by themselves.
        view.counts.missing > view.counts.matched
          ? []
          : orders
              .flatMap((order) => waysOf(view, order))
              .flatMap((inOrder) =>
                pageSizes(view).flatMap((page) => {
                  const found = pagesIn(view, inOrder, page);
                  const rows = found.reduce((total, { start, end }) => total + end - start, 0);
                  const exact = found.every(({ start, end }) => (end - start) % page === 0);
                  return rows < 20
                    ? []
                    : [{ params: { ...inOrder, page, pages: Math.round(rows / page), exact }, rows }];
                }),
              )
              // The largest page that explains as much: 500 missing rows are one page of 500 rather than ten of 50.
              .toSorted((a, b) => b.rows - a.rows || b.params.page - a.params.page)
              .slice(0, 3),
      holds: (row, { page, ...inOrder }, view) => {
        const rank = placeIn(view, row, inOrder);
        const run = rank === undefined ? undefined : runAt(runsAmong(view, inOrder), rank);
        return run !== undefined && pagesIn(view, inOrder, page).includes(run);
      },
    }),
  ],
  because: ({ main: { detail }, share }) => {
    const [page, pages, order] = [numberIn(detail.page), numberIn(detail.pages), orderIn(detail)];
    const passed = passedWords(detail);
    const words =
      detail.pages === 1 ? { en: 'one whole page:', ja: '' } : { en: `whole pages: ${pages} ×`, ja: 'ずつ' };
    return detail.exact === true
      ? {
          en: `Of the missing records, ${share.en} are ${words.en} exactly ${page} adjacent records in the order of ${order.en}${passed.en}, complete before and after. The request for such a page failed and was not repeated.`,
          ja: `不足レコード ${share.ja}は、${order.ja}順${passed.ja}でちょうど ${page} 件${words.ja}連続しており（${pages} ページ分）、その前後のレコードは揃っています。ページの取得に失敗したまま、再試行されていません。`,
        }
      : {
          en: `Of the missing records, ${share.en} are ${words.en} about ${page} adjacent records in the order of ${order.en}${passed.en}; a few more or fewer, as records were moved, deleted or lost beside them since. The request for such a page failed and was not repeated.`,
          ja: `不足レコード ${share.ja}は、${order.ja}順${passed.ja}で約 ${page} 件${words.ja}連続しています（${pages} ページ分）。並びの変化や削除、隣での抜けがあるため、件数は数件ずれています。ページの取得に失敗したまま、再試行されていません。`,
        };
  },
  steps: ({ main: { detail } }) => [
    {
      en: `Let the job repeat a page that failed (with growing pauses), and stop with an error when it still fails, in place of going on with the next ${numberIn(detail.page)}.`,
      ja: `失敗したページは間隔を延ばしながら再試行し、それでも失敗する場合は次の ${numberIn(detail.page)} 件へ進まずエラーで停止するようにします。`,
    },
    {
      en: 'After each run, compare the number of records read with the number that the CRM reports.',
      ja: '実行のたびに、取得した件数と CRM が示す総件数を照合します。',
    },
    { en: 'Copy the missing pages by a full run.', ja: '抜けたページは全件の再同期で補います。' },
  ],
});
