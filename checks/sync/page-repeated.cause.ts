import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import { pageSizes, ranksOf } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';
import { crowdedRemainders } from '../../src/reason/rows/seams.ts';

/** How far apart the copies of a record stand in their source. */
const distances = oncePerView((view): ReadonlyMap<SeenRow, number> => {
  const pairs = view.repeated.right.flatMap((group) => {
    const ranks = ranksOf(group, 'file').toSorted((a, b) => a - b);
    const [first, second] = ranks;
    return first === undefined || second === undefined ? [] : group.map((row) => [row, second - first] as const);
  });
  return new Map(pairs);
});

const commonDistance = (view: ComparisonView): { readonly page: number; readonly n: number } | undefined => {
  const counts = new Map<number, number>();
  for (const distance of distances(view).values()) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return best && { page: best[0], n: best[1] };
};

export const pageRepeated = defineSyncCause({
  id: 'sync.page-repeated',
  title: { en: 'Records come twice where pages meet', ja: 'ページの境目でレコードが二重に取り込まれています' },
  about: {
    en: 'Pages that are asked for by number overlap when records are added while the job reads: the last record of one page comes again as the first one of the next, or a whole page comes twice after a retry. The target inserts both.',
    ja: 'ページ番号で取得していると、読み取り中にレコードが追加されたときに前後のページが重なります。前ページの最後のレコードが次ページの先頭にもう一度現れたり、再試行でページ全体が二度届いたりし、連携先にそのまま登録されます。',
  },
  owner: 'crm-admin',
  hypotheses: [
    rowsHypothesis<{ page: number; remainders: readonly number[] }>({
      effect: 'wrong',
      population: 'repeated-right',
      // Both places of a seam.
      presentAtMost: 0.045,
      propose: (view) => {
        const ranks = ranksOf(view.repeated.right.flat(), 'file');
        return pageSizes(view)
          .flatMap((page) => {
            if (view.counts.right < 5 * page) return [];
            const [one, other] = crowdedRemainders(ranks, page);
            if (!one || !other) return [];
            const apart = Math.abs(one.at - other.at);
            const n = one.n + other.n;
            const atSeam = apart === 1 || apart === page - 1;
            if (!atSeam || n < 20 || n < 0.1 * ranks.length || n < (20 * ranks.length) / page) return [];
            return [{ params: { page, remainders: [one.at, other.at] }, n }];
          })
          .toSorted((a, b) => b.n - a.n || b.params.page - a.params.page)
          .slice(0, 3);
      },
      holds: ({ ranks: { file } }, { page, remainders }) => file !== undefined && remainders.includes(file % page),
    }),
    rowsHypothesis<{ page: number; whole: true }>({
      effect: 'wrong',
      population: 'repeated-right',
      // A present row has no copy. Copies that all stand exactly one page apart are the test.
      ownChance: true,
      propose: (view) => {
        const found = commonDistance(view);
        const enough = found && found.n >= 40 && found.n >= 0.5 * distances(view).size;
        return enough && pageSizes(view).includes(found.page) ? [{ params: { page: found.page, whole: true } }] : [];
      },
      holds: (row, { page }, view) => distances(view).get(row) === page,
    }),
  ],
  because: ({ main: { detail }, share }) =>
    detail.whole === true
      ? {
          en: `Of the records with a repeated key, ${share.en} have their copy exactly ${numberIn(detail.page)} records further on: a whole page was taken twice.`,
          ja: `キーが重複するレコード ${share.ja}は、ちょうど ${numberIn(detail.page)} 件後ろに同じキーのレコードがあります。ページ全体が二度取り込まれています。`,
        }
      : {
          en: `Of the records with a repeated key, ${share.en} stand where one page of ${numberIn(detail.page)} records ends and the next begins: the pages overlap.`,
          ja: `キーが重複するレコード ${share.ja}が、${numberIn(detail.page)} 件ごとのページの境目にあります。前後のページが重なって取り込まれています。`,
        },
  steps: () => [
    {
      en: 'Change the job to cursor (keyset) paging, sorted by a unique key.',
      ja: '取得方法を、一意のキーで並べたカーソル方式に変更します。',
    },
    {
      en: 'Put a unique index on the key in the target and write by upsert, so that a record that comes again does no harm.',
      ja: '連携先のキーに一意制約を付け、upsert で書き込むようにします。同じレコードが再び届いても重複しません。',
    },
    {
      en: 'Remove the copies after comparing them field by field.',
      ja: '既存の重複は、項目を見比べたうえで片方を削除します。',
    },
  ],
});
