import type { Share } from '../../model/sync/comparison.ts';
import { fisherAtLeast, wilson } from './statistics.ts';
import { areAtMost } from './tally.ts';

/** A column as records have it that are to be set apart, and as those have it that they are held against. */
export interface HeldColumn {
  readonly name: string;
  readonly some: readonly string[];
  readonly present: readonly string[];
}

/** Of fewer records nothing is said. */
const fewest = 5;
/** More values than this are no category. */
const mostValues = 60;
/** Most of them have to have it. */
const leastShare = 0.5;
/** So much more often a value is met among them than elsewhere: less is no help to anybody. */
const leastMore = 0.2;
/** After Bonferroni: it names no cause, it says where to look. */
const mostChance = 0.01;

/** Whether the values are few enough to be those of a category. */
export const isCategory = (values: readonly string[]): boolean => areAtMost(mostValues, values);

const tally = (values: readonly string[]): ReadonlyMap<string, number> | undefined => {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > mostValues) return undefined;
  }
  return counts;
};

const shareOf = (n: number, of: number): Share => ({ n, of, ...wilson(n, of) });

/**
 * The value of one column that sets some records apart from those that are present, by the difference of the shares that have it. No
 * cause: there, nearly all that have it must be among them, while here it only tells where most of them lie.
 */
export const largestStump = (
  columns: readonly HeldColumn[],
): { readonly column: string; readonly value: string; readonly share: Share; readonly present: Share } | undefined => {
  const tried = columns.flatMap(({ name, some, present }) => {
    if (some.length < fewest || present.length === 0) return [];
    const [inside, outside] = [tally(some), tally(present)];
    if (!inside || !outside) return [];
    return [...inside].map(([value, n]) => ({
      column: name,
      value,
      share: shareOf(n, some.length),
      present: shareOf(outside.get(value) ?? 0, present.length),
    }));
  });
  const more = ({ share, present }: (typeof tried)[number]): number => share.n / share.of - present.n / present.of;
  return tried
    .filter((one) => more(one) >= leastMore && one.share.n >= leastShare * one.share.of)
    .filter(({ share, present }) => {
      const p = fisherAtLeast(share.n, share.of - share.n, present.n, present.of - present.n);
      return share.n >= fewest && p * tried.length < mostChance;
    })
    .toSorted((a, b) => more(b) - more(a))[0];
};
