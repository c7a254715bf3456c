import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { type InOrder, rankIn, rowsIn } from './as-read.ts';
import { oncePerView } from './memo.ts';

export type Order = 'key' | 'created' | 'updated' | 'file';

export const orders: readonly Order[] = ['key', 'created', 'updated', 'file'];

/** How many records CRMs hand out at a time. */
const usualPages = [50, 100, 200, 250, 500, 1000, 2000];

export const pageSizes = ({ sources }: Pick<ComparisonView, 'sources'>): readonly number[] => {
  const told = [sources.left.pageSize, sources.right.pageSize].filter(
    (size): size is number => size !== undefined && size >= 20,
  );
  return [...new Set([...told, ...usualPages])];
};

export const ranksOf = (rows: readonly Pick<SeenRow, 'ranks'>[], order: Order): readonly number[] =>
  rows.flatMap(({ ranks }) => ranks[order] ?? []);

/** A stretch of adjacent ranks, `end` excluded. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Stretches of adjacent ranks, in their order. */
export const runsOf = (ranks: readonly number[]): readonly Run[] => {
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

const oncePer = <Key, Result>(make: (key: Key) => Result): ((key: Key) => Result) => {
  const known = new Map<Key, Result>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = make(key);
    known.set(key, result);
    return result;
  };
};

/** Stretches of missing rows in an order; none where the sample does not hold all of them, as it would be full of holes. */
const allMissingRuns = oncePerView((view) => {
  const { missing, unread = [], counts } = view;
  const whole = missing.length + unread.length === counts.missing;
  return oncePer((asRead: boolean) =>
    oncePer((order: Order) => {
      // Where a record was when it was read is told by its values.
      if (!whole || (asRead && unread.length > 0)) return [];
      const ranks = missing.flatMap((row) => rankIn(view, row, { order, asRead }) ?? []);
      return runsOf([...ranks, ...unread.flatMap((row) => row.ranks[order] ?? [])]);
    }),
  );
});

export const missingRuns = (view: ComparisonView, { order, asRead }: InOrder): readonly Run[] =>
  allMissingRuns(view)(asRead)(order);

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

/** Of how many places of a page a run may begin and end at, so that chance does not make pages of it. */
const leastExact = 0.01;

/** How far from whole pages a run may be. */
interface Leeway {
  /** So many of a page may lack, and so many places may have moved before it. */
  readonly lacking: number;
  /** So many of its neighbours may be missing as well, at each end. */
  readonly beside: number;
}

/**
 * Of a large page a few records were deleted since on the left, so that no side tells of them, or its neighbour is missing as well. In
 * the order of the update time as many moved away from a page as moved elsewhere: `moved` of all, and as chance has it. Where other
 * records lack as well, `lost` of all, those beside a page do as often.
 */
const leewayOf = (page: number, { moved, lost }: Pick<Around, 'moved' | 'lost'>): Leeway => {
  const deleted = page < 200 ? 0 : Math.ceil(page / 100);
  const away = moved > 0 ? Math.ceil(page * moved + 2 * Math.sqrt(page * moved)) : 0;
  const lacking = Math.max(deleted, Math.min(away, Math.floor(page / 20)));
  const least = lacking === 0 ? 0 : 1;
  const beside = lost < 0.05 ? least : Math.max(least, Math.ceil(Math.log(0.02) / Math.log(Math.min(lost, 0.5))));
  const places = (lacking + beside + 1) * (lacking + 2 * beside + 1);
  return places <= leastExact * page * page ? { lacking, beside } : { lacking: deleted, beside: least };
};

/** What is known of an order besides its runs. */
interface Around {
  /** How many records it has. */
  readonly rows: number;
  /** Share of its records that stood elsewhere when they were read. */
  readonly moved: number;
  /** Share of its records that are missing without being a long run. */
  readonly lost: number;
}

/**
 * Runs that are whole pages. They end where a page ends and begin where one begins; pages that are out of step (records were removed
 * before them) need a second run of exactly one page beside them. What reaches the end of everything is no page but an end, and several
 * from the beginning on are whatever is older than a moment.
 */
export const pageRuns = (runs: readonly Run[], page: number, around: Around): readonly Run[] => {
  const { lacking, beside } = leewayOf(page, around);
  const pagesOf = ({ start, end }: Run): number => Math.max(1, Math.floor((end - start + lacking) / page));
  const whole = runs.filter((run) => {
    const [length, asked] = [run.end - run.start, pagesOf(run) * page];
    const bounded = run.end < around.rows && (run.start > 0 || run.end <= page + beside);
    return bounded && length >= asked - lacking && length <= asked + 2 * beside;
  });
  // What has moved away from one page has shifted those after it.
  let shift = 0;
  const aligned: Run[] = [];
  for (const run of whole) {
    const before = Math.min(shift, lacking) + lacking + beside;
    if ((run.start + before) % page > before) continue;
    aligned.push(run);
    if (around.moved > 0) shift += Math.max(0, pagesOf(run) * page - (run.end - run.start));
  }
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

/** Ranks of what was seen of an order, ascending: of the records that are there, and of those that are missing. */
interface SeenRanks {
  readonly present: Float64Array;
  readonly missing: Float64Array;
}

const seenRanks = oncePerView((view) =>
  oncePer((asRead: boolean) =>
    oncePer((order: Order): SeenRanks => {
      const ranksOf = (rows: readonly SeenRow[]): Float64Array =>
        Float64Array.from(rows.flatMap((row) => rankIn(view, row, { order, asRead }) ?? [])).sort();
      return { present: ranksOf(view.present.map(({ left }) => left)), missing: ranksOf(view.missing) };
    }),
  ),
);

/**
 * How many records of an order, counted from its first or its last, are there before those begin that are missing: the cut that has the
 * fewest missing records before it and present ones after it. Single records on the wrong side are always there. `there` are those
 * of them that are present.
 */
export const presentUpTo = (
  view: ComparisonView,
  inOrder: InOrder,
  end: 'first' | 'last',
): { readonly kept: number; readonly there: number; readonly slack: number } => {
  const rows = rowsIn(view, inOrder);
  const { present, missing } = seenRanks(view)(inOrder.asRead)(inOrder.order);
  const thinned = view.present.length === 0 ? 1 : Math.max(1, view.counts.matched / view.present.length);
  const scale = view.missing.length === 0 ? 1 : view.counts.missing / view.missing.length;
  // Each present record before the cut speaks for it, each missing one against it.
  let [sum, best, kept, there, upTo] = [0, 0, 0, 0, 0];
  // From the end that is asked for; both are gone through in turn.
  const from = (ranks: Float64Array, at: number): number =>
    end === 'first'
      ? (ranks[at] ?? Number.POSITIVE_INFINITY)
      : rows - 1 - (ranks[ranks.length - 1 - at] ?? Number.NEGATIVE_INFINITY);
  for (let [at, other] = [0, 0]; at < present.length; ) {
    const rank = from(present, at);
    if (other < missing.length && from(missing, other) < rank) {
      other += 1;
      sum -= scale;
      continue;
    }
    at += 1;
    sum += thinned;
    there += thinned;
    if (sum > best) [best, kept, upTo] = [sum, rank + 1, there];
  }
  return { kept, there: Math.round(upTo), slack: Math.ceil(3 * thinned) + (thinned > 1 ? Math.ceil(7 * thinned) : 0) };
};
