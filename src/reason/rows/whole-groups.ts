import type { WholeGroups } from '../../model/sync/comparison.ts';
import type { HeldColumn } from './largest-stump.ts';
import { areAtMost, counted } from './tally.ts';

/** Of fewer records nothing is said. */
const fewest = 20;
/** One or two values are told as a segment. */
const fewestGroups = 3;
/** Records of one value: of single ones nothing is a group. */
const leastSize = 1.5;
const leastShare = 0.9;
/** Groups of at least that size, and the rest one by one: of more different values there are no such groups. */
const mostDifferent = 1 / leastSize + 1 - leastShare;
/** Of the records on both sides so many have to share their value with another one: else a value is rarely met twice by chance alone. */
const leastRepeated = 0.7;

const tally = (values: readonly string[]) => counted(values.filter((value) => value !== ''));

const sum = (values: readonly number[]): number => values.reduce((total, n) => total + n, 0);

const groupsOf = ({ name, some, present }: HeldColumn): WholeGroups | undefined => {
  // Where nearly each has its own, as most columns of texts do, the others need not be gone through.
  if (some.length < fewest || !areAtMost(mostDifferent * some.length, some)) return undefined;
  const inside = tally(some);
  const outside = tally(present);
  const filled = sum([...outside.values()]);
  const repeated = sum([...outside.values()].filter((n) => n > 1));
  if (filled < fewest || repeated < leastRepeated * filled) return undefined;
  const whole = [...inside].filter(([value]) => !outside.has(value)).toSorted((a, b) => b[1] - a[1]);
  const n = sum(whole.map(([, count]) => count));
  const [largest] = whole;
  if (!largest || whole.length < fewestGroups || n < leastSize * whole.length || n < leastShare * some.length)
    return undefined;
  return { column: name, value: largest[0], groups: whole.length, n, of: some.length };
};

/**
 * The column whose values these records have for themselves: all opportunities of some accounts, and none of another one. A value by
 * itself is that of few of them, so that no segment tells it.
 */
export const wholeGroups = (columns: readonly HeldColumn[]): WholeGroups | undefined =>
  columns.flatMap((column) => groupsOf(column) ?? []).toSorted((a, b) => b.n - a.n || a.groups - b.groups)[0];
