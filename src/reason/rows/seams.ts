/** Records that stand at one place of every page. */
export interface Seam {
  readonly page: number;
  /** Where in its page the first of them stands, from 0. */
  readonly remainder: number;
  /** How many adjacent places they are spread over. */
  readonly width: number;
  readonly n: number;
  /** How many there are beyond those that other places of a page have. */
  readonly beyond: number;
}

/** Fewer name nothing; with fewer pages a place of a page is just a place. */
const fewest = 20;
const fewestPages = 5;
/** What is this likely, or less, in all that is tried comes in one of a million comparisons. */
const mostChance = 1e-6;
/** Orders, page sizes and widths that are tried. */
const tries = 200;

/** By remainder, how many ranks of a page size have it. */
const remaindersOf = (ranks: readonly number[], page: number): Uint32Array => {
  const counts = new Uint32Array(page);
  for (const rank of ranks) {
    const at = ((rank % page) + page) % page;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
};

/** The remainders in which ranks of a page size crowd, the fullest first. */
export const crowdedRemainders = (ranks: readonly number[], page: number): readonly { at: number; n: number }[] => {
  const crowded: { at: number; n: number }[] = [];
  for (const [at, n] of remaindersOf(ranks, page).entries()) if (n > 0) crowded.push({ at, n });
  return crowded.toSorted((a, b) => b.n - a.n || a.at - b.at);
};

/**
 * Records that are deleted or changed afterwards move the seams behind them by one place each. More than one place in twenty-five would
 * be hardly a place any more.
 */
const widthsOf = (page: number): readonly number[] => {
  const most = Math.max(1, Math.min(15, Math.floor(0.04 * page)));
  return Array.from({ length: most }, (_, at) => at + 1);
};

/** By first remainder, how many ranks lie in a stretch of so many adjacent ones; the last is followed by the first. */
const stretchesOf = (counts: Uint32Array, width: number): Uint32Array => {
  const page = counts.length;
  const sums = new Uint32Array(page);
  let sum = 0;
  for (let at = 0; at < width; at += 1) sum += counts[at] ?? 0;
  for (let at = 0; at < page; at += 1) {
    sums[at] = sum;
    sum += (counts[(at + width) % page] ?? 0) - (counts[at] ?? 0);
  }
  return sums;
};

/** The fullest stretch, and how full the fullest is that lies apart from it. */
const fullestOf = (
  sums: Uint32Array,
  width: number,
): { readonly at: number; readonly n: number; readonly other: number } => {
  let at = 0;
  for (let one = 1; one < sums.length; one += 1) if ((sums[one] ?? 0) > (sums[at] ?? 0)) at = one;
  let other = 0;
  for (let away = 2 * width; away <= sums.length - 2 * width; away += 1)
    other = Math.max(other, sums[(at + away) % sums.length] ?? 0);
  return { at, n: sums[at] ?? 0, other };
};

/** How unlikely it is that so many of all pages, or more, are met where each is with this chance: -ln p at least (Chernoff 1952). */
const surprise = (met: number, of: number, chance: number): number => {
  const share = Math.min(1, met / of);
  if (share <= chance) return 0;
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance));
  return of * (share * Math.log(share / chance) + rest);
};

const seamOf = (ranks: readonly number[], rows: number, counts: Uint32Array, width: number): Seam | undefined => {
  const page = counts.length;
  const { at, n, other } = fullestOf(stretchesOf(counts, width), width);
  // Every place has as many where what lacks stands in rows of its own, and one place has more where pages do it.
  if (n < fewest || n - other < Math.max(fewest / 2, 4 * Math.sqrt(other))) return undefined;
  const met = new Set(
    ranks.flatMap((rank) => {
      const from = rank - at;
      return ((from % page) + page) % page < width ? [Math.floor(from / page)] : [];
    }),
  ).size;
  const chance = 1 - (1 - Math.min(1, ranks.length / rows)) ** width;
  if (surprise(met, Math.ceil(rows / page), chance) < Math.log((tries * page) / mostChance)) return undefined;
  return { page, remainder: at, width, n, beyond: n - ((ranks.length - n) * width) / (page - width) };
};

/** What a wider stretch adds has to be more than what it takes in by chance: the ratio of likelihoods (G-test). */
const weightOf = ({ n, beyond, width }: Seam): number => {
  const usual = Math.max(0.5 * width, n - beyond);
  return n * Math.log(n / usual) - (n - usual);
};

/** The page of one of these sizes, if there is one, of which these ranks among so many rows stand at one place. */
export const seamIn = (ranks: readonly number[], rows: number, pages: readonly number[]): Seam | undefined => {
  if (ranks.length < fewest) return undefined;
  const found = pages.flatMap((page) => {
    if (rows < fewestPages * page) return [];
    const counts = remaindersOf(ranks, page);
    const [best] = widthsOf(page)
      .flatMap((width) => seamOf(ranks, rows, counts, width) ?? [])
      .toSorted((a, b) => weightOf(b) - weightOf(a));
    return best ? [best] : [];
  });
  // Every second place of 50 is one of 100: the largest page that takes in as many says most.
  const most = Math.max(...found.map(({ beyond }) => beyond));
  return found.filter(({ beyond }) => beyond >= 0.9 * most).toSorted((a, b) => b.page - a.page)[0];
};
