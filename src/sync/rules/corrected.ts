import type { RowPair } from '../../model/sync/view.ts';
import { newSampler, rankOf } from '../engine/sample.ts';
import type { Joined, PairAddress } from '../joined.ts';
import type { PlacedPairs } from '../local-join.ts';
import type { Likeness } from './likeness.ts';

const differs = ({ left, right }: RowPair, at: number): boolean => left[at] !== right[at];

/** The changed pairs, settled; those in which nothing differs any more are passed over. */
async function* settledPairs(
  { eachChanged }: Pick<Joined, 'eachChanged'>,
  { settle }: Pick<Likeness, 'settle'>,
  columns: readonly number[],
): AsyncGenerator<readonly RowPair[]> {
  for await (const batch of eachChanged())
    yield batch.map(settle).filter((pair) => columns.some((at) => differs(pair, at)));
}

const low = (address: number): number => address % 2 ** 32;
const high = (address: number): number => Math.floor(address / 2 ** 32);

/**
 * The join as the configuration sees it. What a tolerance makes equal is found by a pass over all changed pairs, which counts again and
 * takes a new sample of what is left.
 */
export const corrected = async (
  joined: Joined,
  likeness: Likeness,
  eachPlaced: () => AsyncIterable<PlacedPairs>,
  { seed }: { readonly seed: number },
): Promise<Joined> => {
  const { settle } = likeness;
  const columns = joined.differing.map((_, at) => at);
  const settled: Joined = { ...joined, settle, eachChanged: () => settledPairs(joined, likeness, columns) };
  if (!likeness.loose || joined.counts.changed === 0) return settled;
  const differing = columns.map(() => 0);
  let changed = 0;
  // As many as the engine had taken: of wide records it takes fewer.
  const kept = newSampler<PairAddress>(joined.pairs.length);
  for await (const { pairs, places } of eachPlaced()) {
    for (const [at, one] of pairs.entries()) {
      const pair = settle(one);
      let some = false;
      for (const column of columns) {
        if (!differs(pair, column)) continue;
        some = true;
        differing[column] = (differing[column] ?? 0) + 1;
      }
      if (!some) continue;
      changed += 1;
      const [left = 0, right = 0] = [places[2 * at], places[2 * at + 1]];
      const rank = rankOf(seed, low(left), high(left));
      if (kept.takes(rank)) kept.add(rank, { left, right });
    }
  }
  const { counts } = joined;
  return {
    ...settled,
    counts: { ...counts, changed, equal: counts.equal + counts.changed - changed },
    differing,
    pairs: kept
      .taken()
      .map(({ item }) => item)
      .toSorted((a, b) => a.left - b.left),
  };
};
