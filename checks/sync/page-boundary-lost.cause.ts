import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { rankIn, variantsOf } from '../../src/reason/rows/as-read.ts';
import { crowdedRemainders, type Order, orderIn, orders, pageSizes } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

export const pageBoundaryLost = defineSyncCause({
  id: 'sync.page-boundary-lost',
  title: { en: 'Records are lost where one page ends and the next begins', ja: 'ページの境目でレコードが抜けています' },
  about: {
    en: 'A CRM hands out its records in pages. When pages are asked for by number or offset, and records are added, deleted or re-sorted between two requests, the record at the seam is skipped. Nothing fails and nothing is logged.',
    ja: 'CRM はレコードをページ単位で返します。ページ番号やオフセットで取得していると、取得の途中でレコードの追加・削除・並べ替えが起きたときに、境目のレコードが飛ばされます。エラーにならず、ログにも残りません。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<{ order: Order; asRead: boolean; page: number; remainder: number }>({
      effect: 'wrong',
      population: 'missing',
      propose: (view) =>
        orders
          .flatMap((order) => variantsOf(view, order).map(({ asRead }) => ({ order, asRead })))
          .flatMap((inOrder) => {
            const ranks = view.missing.flatMap((row) => rankIn(view, row, inOrder) ?? []);
            const found = pageSizes(view).flatMap((page) => {
              // Five pages at least, or a remainder is just a place.
              const [best] = view.counts.left < 5 * page ? [] : crowdedRemainders(ranks, page);
              if (!best || best.n < 20 || best.n < 0.05 * ranks.length || best.n < (10 * ranks.length) / page)
                return [];
              return [{ params: { ...inOrder, page, remainder: best.at }, n: best.n }];
            });
            // Every second place of 50 is one of 100: the largest page that takes in as many says most.
            const most = Math.max(...found.map(({ n }) => n));
            return found
              .filter(({ n }) => n >= 0.95 * most)
              .toSorted((a, b) => b.params.page - a.params.page)
              .slice(0, 1);
          })
          .toSorted((a, b) => b.n - a.n),
      holds: (row, { page, remainder, ...inOrder }, view) => {
        const rank = rankIn(view, row, inOrder);
        return rank !== undefined && rank % page === remainder;
      },
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} stand at the same place of every page of ${numberIn(detail.page)} records (place ${numberIn(Number(detail.remainder) + 1)}, in the order of ${orderIn(detail).en}). Chance does not do that: the job loses the record at the seam of two pages.`,
    ja: `不足レコード ${share.ja}が、${orderIn(detail).ja}順に並べて ${numberIn(detail.page)} 件ごとに区切ったときの同じ位置（${numberIn(Number(detail.remainder) + 1)} 件目）にあります。偶然では起こらない並びで、ページの境目のレコードが抜けています。`,
  }),
  steps: ({ main: { detail } }) => [
    {
      en: `Change the job to cursor (keyset) paging: ask for records after the last key of the page before, sorted by a unique key, in place of page numbers or offsets of ${numberIn(detail.page)}.`,
      ja: `連携ジョブの取得方法を、ページ番号やオフセット（${numberIn(detail.page)} 件単位）からカーソル方式に変更します。一意のキーで並べ、前ページの最後のキーより後を取得します。`,
    },
    {
      en: 'Let consecutive pages overlap by one record, and write records by upsert so that the overlap does no harm.',
      ja: '前後のページを 1 件重ねて取得し、重なった分は upsert で書き込みます。',
    },
    {
      en: 'Copy the missing records once by hand or by a full run.',
      ja: '不足しているレコードは、全件の再同期で一度補います。',
    },
  ],
});
