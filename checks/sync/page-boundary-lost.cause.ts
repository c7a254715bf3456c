import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Text } from '../../src/model/text.ts';
import { type PassedOrder, passedWords, placeIn, placesIn, waysOf } from '../../src/reason/rows/passed.ts';
import { orderIn, orders, pageSizes } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';
import { seamIn } from '../../src/reason/rows/seams.ts';

/** `place 1`, or `places 199 to 1` where the seams have moved. */
const placeOf = ({ page, remainder, width }: Readonly<Record<string, unknown>>): Text => {
  const first = numberIn(Number(remainder) + 1);
  if (width === 1) return { en: `place ${first}`, ja: `${first} 件目` };
  const last = numberIn(((Number(remainder) + Number(width) - 1) % Number(page)) + 1);
  return { en: `places ${first} to ${last}`, ja: `${first}～${last} 件目` };
};

export const pageBoundaryLost = defineSyncCause({
  id: 'sync.page-boundary-lost',
  title: { en: 'Records are lost where one page ends and the next begins', ja: 'ページの境目でレコードが抜けています' },
  about: {
    en: 'A CRM hands out its records in pages. When pages are asked for by number or offset, and records are added, deleted or re-sorted between two requests, the record at the seam is skipped. Nothing fails and nothing is logged.',
    ja: 'CRM はレコードをページ単位で返します。ページ番号やオフセットで取得していると、取得の途中でレコードの追加・削除・並べ替えが起きたときに、境目のレコードが飛ばされます。エラーにならず、ログにも残りません。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<PassedOrder & { page: number; remainder: number; width: number }>({
      effect: 'wrong',
      population: 'missing',
      // As many places of a page as its seam may have moved over.
      presentAtMost: 0.05,
      propose: (view) =>
        orders
          .flatMap((order) => waysOf(view, order))
          .flatMap((inOrder) => {
            const ranks = view.missing.flatMap((row) => placeIn(view, row, inOrder) ?? []);
            const seam = seamIn(ranks, placesIn(view, inOrder), pageSizes(view));
            if (!seam) return [];
            const { page, remainder, width, beyond } = seam;
            return [{ params: { ...inOrder, page, remainder, width }, beyond }];
          })
          .toSorted((a, b) => b.beyond - a.beyond),
      holds: (row, { page, remainder, width, ...inOrder }, view) => {
        const rank = placeIn(view, row, inOrder);
        return rank !== undefined && (((rank - remainder) % page) + page) % page < width;
      },
    }),
  ],
  because: ({ main: { detail }, share }) => ({
    en: `Of the missing records, ${share.en} stand at the same place of every page of ${numberIn(detail.page)} records (${placeOf(detail).en}, in the order of ${orderIn(detail).en}${passedWords(detail).en}). Chance does not do that: the job loses the record at the seam of two pages.`,
    ja: `不足レコード ${share.ja}が、${orderIn(detail).ja}順${passedWords(detail).ja}に並べて ${numberIn(detail.page)} 件ごとに区切ったときの同じ位置（${placeOf(detail).ja}）にあります。偶然では起こらない並びで、ページの境目のレコードが抜けています。`,
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
