import type { SyncCause } from '../../model/sync/cause.ts';
import type { ComparisonView } from '../../model/sync/view.ts';
import { allBits, type Bits, clearBits, countIn } from './bits.ts';
import { placesIn } from './places.ts';
import { isEnough, type StandingPairs, type TriedPairs, tryPairs } from './try-pairs.ts';

/** By column, the places that nothing taken explains yet. */
type Open = ReadonlyMap<number, Bits>;

const none: Bits = new Uint32Array(0);

const openOf = ({ holds }: TriedPairs, open: Open): number => {
  let n = 0;
  for (const [column, bits] of holds) n += countIn(bits, open.get(column) ?? none);
  return n;
};

const isAged = ({ hypothesis }: TriedPairs): number => (hypothesis.aged ? 1 : 0);

/** A deeper cause of nearly the same pairs is taken before its symptom. */
const isSymptomOf = (one: TriedPairs, n: number, other: TriedPairs, open: Open): boolean => {
  if (!one.cause.unless?.includes(other.cause.id)) return false;
  let both = 0;
  for (const [column, bits] of one.holds)
    both += countIn(bits, other.holds.get(column) ?? none, open.get(column) ?? none);
  return both >= 0.9 * n;
};

/**
 * Greedy: the hypothesis that explains most beyond chance is taken, what it explains is taken away, and again, until what is left is
 * too little to speak.
 */
export const standingPairs = async (
  view: ComparisonView,
  causes: readonly SyncCause[],
  ranked: Promise<ComparisonView>,
): Promise<readonly StandingPairs[]> => {
  const byColumn = placesIn(view);
  const open: Open = new Map([...byColumn].map(([column, { pairs }]) => [column, allBits(pairs.length)]));
  const left = [...tryPairs(view, causes, byColumn, (hypothesis) => !hypothesis.ranked)];
  left.push(...tryPairs(await ranked, causes, byColumn, (hypothesis) => hypothesis.ranked === true));
  const standing: StandingPairs[] = [];
  while (left.length > 0) {
    const scored = left
      .map((one) => {
        const n = openOf(one, open);
        // What unrelated rows show as often is no evidence at all.
        const beyond = n - one.chance * one.places;
        const counts = isEnough(n, one.places, one.hypothesis) && beyond >= n / 2;
        return { one, n, score: counts ? beyond * (1 - one.chance) : 0 };
      })
      .filter(({ score }) => score > 0)
      // What only tells when both sides were changed takes nothing from those that tell what made the value.
      .toSorted((a, b) => isAged(a.one) - isAged(b.one) || b.score - a.score);
    const best = scored.find(({ one, n }) => !scored.some(({ one: other }) => isSymptomOf(one, n, other, open)));
    if (!best) break;
    const { holds, places: _, ...taken } = best.one;
    standing.push(taken);
    for (const [column, bits] of holds) clearBits(open.get(column) ?? none, bits);
    left.splice(left.indexOf(best.one), 1);
  }
  return standing;
};
