import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { type RowsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, RowPair, SeenRow } from '../../src/model/sync/view.ts';
import { momentOf } from '../../src/reason/rows/moments.ts';
import { pageSizes } from '../../src/reason/rows/positions.ts';
import { numberIn } from '../../src/reason/rows/said.ts';

const shareOf = (rows: readonly SeenRow[], more: number): number =>
  rows.length === 0 ? 0 : rows.filter(({ tie }) => (tie ?? 0) > more).length / rows.length;

const isChanged = (view: ComparisonView) => {
  const compared = view.columns.filter(({ key }) => !key);
  return ({ pair }: ComparisonView['present'][number]): boolean =>
    compared.some(({ at }) => pair.left[at] !== pair.right[at]);
};

/** What the cursor has stepped over was written later on the left than on the right. */
const isStale = (view: ComparisonView, { left, right }: RowPair): boolean => {
  const at = view.columns.find(({ role }) => role === 'updated-at')?.at ?? -1;
  const [now, then] = [momentOf(left[at] ?? ''), momentOf(right[at] ?? '')];
  // What is no time at all is shared by many records for another reason: a value of the next column.
  return now !== undefined && (then === undefined || then <= now);
};

const tied = (population: 'missing' | 'changed'): RowsHypothesis =>
  rowsHypothesis<{ page: number }>({
    effect: 'wrong',
    population,
    // The first page of a group did come.
    presentAtMost: 0.5,
    propose: (view) => {
      const differs = isChanged(view);
      const changed = (one: ComparisonView['present'][number]): boolean => differs(one) && isStale(view, one.pair);
      const lost = population === 'missing' ? view.missing : view.present.filter(changed).map(({ left }) => left);
      const rest = (population === 'missing' ? view.present : view.present.filter((one) => !changed(one))).map(
        ({ left }) => left,
      );
      return pageSizes(view)
        .filter((page) => {
          const share = shareOf(lost, page);
          const usual = shareOf(rest, page);
          // Where nearly all that is lost is of such groups, the first page of each may be much of the rest.
          return share >= 0.2 && (share >= 5 * usual || (share >= 0.95 && usual <= 0.5));
        })
        .toSorted((a, b) => b - a)
        .slice(0, 3)
        .map((page) => ({ params: { page } }));
    },
    holds: ({ tie }, { page }, view, pair) =>
      (tie ?? 0) > page && (population === 'missing' || !pair || isStale(view, pair)),
  });

export const cursorTieLost = defineSyncCause({
  id: 'sync.cursor-tie-lost',
  title: {
    en: 'Of many records with one update time, only a page is copied',
    ja: '更新日時が同じレコードが多数あり、一部しか同期されていません',
  },
  about: {
    en: 'The job asks for records updated after the last time it saw. After a bulk update thousands of records have the very same time; the first page of them comes, and "after that time" skips all others.',
    ja: 'ジョブは「前回見た更新日時より後」のレコードを取得しています。一括更新の後は多数のレコードが同じ更新日時になるため、最初の 1 ページだけが届き、残りは「その日時より後」という条件で飛ばされます。',
  },
  owner: 'crm-admin',
  hypotheses: [tied('missing'), tied('changed')],
  because: ({ main: { detail, population }, share }) => ({
    en: `Of the ${population === 'missing' ? 'missing' : 'changed'} records, ${share.en} share their update time with more than ${numberIn(detail.page)} others; among the other records this is rare. A cursor on the time alone steps over the rest of such a group.`,
    ja: `${population === 'missing' ? '不足レコード' : '内容が異なるレコード'} ${share.ja}は、同じ更新日時のレコードが ${numberIn(detail.page)} 件を超えています。それ以外のレコードではまれです。日時だけのカーソルが、同じ日時の残りを飛ばしています。`,
  }),
  steps: () => [
    {
      en: 'Let the cursor be update time and id together: records with a later time, or with the same time and a greater id.',
      ja: 'カーソルを「更新日時と ID の組」にします。更新日時が後のもの、または同じ日時で ID が大きいものを取得します。',
    },
    {
      en: 'Where the API allows only the time: ask with "at or after", and drop records that were seen already.',
      ja: 'API が日時しか指定できない場合は「その日時以降」で取得し、取得済みのレコードを除きます。',
    },
    { en: 'Copy the groups concerned by a full run.', ja: '該当するレコードは全件の再同期で補います。' },
  ],
});
