import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

export type Order = 'key' | 'created' | 'updated' | 'file';

export const orders: readonly Order[] = ['key', 'created', 'updated', 'file'];

/** How many records CRMs hand out at a time. */
const usualPages = [50, 100, 200, 250, 500, 1000, 2000];

export const pageSizes = ({ sources }: ComparisonView): readonly number[] => {
  const told = [sources.left.pageSize, sources.right.pageSize].filter(
    (size): size is number => size !== undefined && size >= 20,
  );
  return [...new Set([...told, ...usualPages])];
};

export const ranksOf = (rows: readonly SeenRow[], order: Order): readonly number[] =>
  rows.flatMap(({ ranks }) => ranks[order] ?? []);

/** The remainders in which ranks of a page size crowd, the fullest first. */
export const crowdedRemainders = (ranks: readonly number[], page: number): readonly { at: number; n: number }[] => {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank % page, (counts.get(rank % page) ?? 0) + 1);
  return [...counts].map(([at, n]) => ({ at, n })).toSorted((a, b) => b.n - a.n || a.at - b.at);
};

/** A stretch of adjacent ranks, `end` excluded. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

const runsOf = (ranks: readonly number[]): readonly Run[] => {
  const runs: Run[] = [];
  let [start, end] = [-1, -1];
  for (const rank of ranks.toSorted((a, b) => a - b)) {
    if (rank === end) end += 1;
    else {
      if (end > start) runs.push({ start, end });
      [start, end] = [rank, rank + 1];
    }
  }
  if (end > start) runs.push({ start, end });
  return runs;
};

/** Stretches of missing rows in an order; none where the sample does not hold all of them, as it would be full of holes. */
export const missingRuns = oncePerView((view): Readonly<Record<Order, readonly Run[]>> => {
  const whole = view.missing.length === view.counts.missing;
  const of = (order: Order) => (whole ? runsOf(ranksOf(view.missing, order)) : []);
  return { key: of('key'), created: of('created'), updated: of('updated'), file: of('file') };
});

/** The run that a rank lies in. */
export const runAt = (runs: readonly Run[], rank: number): Run | undefined => {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.end ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  const found = runs[low];
  return found && found.start <= rank ? found : undefined;
};

/**
 * Runs that are whole pages. They end where a page ends and begin where one begins; pages that are out of step (records were removed
 * before them) need a second run of exactly one page beside them. What reaches the end of everything is no page but an end.
 */
export const pageRuns = (runs: readonly Run[], page: number, rows: number): readonly Run[] => {
  const whole = runs.filter(({ start, end }) => (end - start) % page === 0 && end < rows);
  const aligned = whole.filter(({ start }) => start % page === 0);
  const single = whole.filter(({ start, end }) => end - start === page);
  return single.length > 1 ? [...new Set([...aligned, ...single])] : aligned;
};

/** What an order is called in a sentence. */
export const orderWords: Readonly<Record<Order, { readonly en: string; readonly ja: string }>> = {
  key: { en: 'the key', ja: 'キー' },
  created: { en: 'the creation time', ja: '作成日時' },
  updated: { en: 'the update time', ja: '更新日時' },
  file: { en: 'the source', ja: '取得元の並び' },
};

export const orderIn = (detail: Readonly<Record<string, unknown>>): { readonly en: string; readonly ja: string } =>
  orderWords[orders.find((order) => order === detail.order) ?? 'file'];

/** Up to which rank rows are present in an order, and how close to it a sample of them can be expected to come. */
export const lastPresent = (
  view: ComparisonView,
  order: Order,
): { readonly rank: number; readonly first: number; readonly slack: number } => {
  const ranks = ranksOf(
    view.present.map(({ left }) => left),
    order,
  );
  let [rank, first] = [-1, Number.POSITIVE_INFINITY];
  for (const one of ranks) {
    if (one > rank) rank = one;
    if (one < first) first = one;
  }
  const thinned = ranks.length === 0 ? 1 : Math.max(1, view.counts.matched / ranks.length);
  return { rank, first, slack: Math.ceil(3 * thinned) + (thinned > 1 ? Math.ceil(7 * thinned) : 0) };
};
