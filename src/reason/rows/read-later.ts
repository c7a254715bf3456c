import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { agedPairs } from './ages.ts';
import { oncePerView } from './memo.ts';
import { timeOf } from './moments.ts';

/** What lies between the newest records of the sides, in milliseconds since 1970. */
interface Later {
  readonly from: number;
  readonly to: number;
}

const roles = ['created-at', 'updated-at'] as const;
const fewest = 100;
/** So many times as long as it usually takes until something is written. */
const silence = 20;

const timesOn = (view: ComparisonView, side: 'left' | 'right'): Float64Array => {
  const alone = side === 'left' ? view.missing : view.extra;
  const rows: readonly SeenRow[] = [...alone, ...view.present.map((one) => one[side])];
  const newest = rows.flatMap((row) => {
    const times = roles.flatMap((role) => timeOf(view, row, role, side) ?? []);
    return times.length === 0 ? [] : [Math.max(...times)];
  });
  return Float64Array.from(newest).sort();
};

/** Both sides show one clock: when records were created is on both of them the same. */
const isOneClock = (view: ComparisonView): boolean => {
  const aged = agedPairs(view);
  const alike = aged.filter(
    ({ leftCreated, rightCreated }) => leftCreated !== undefined && leftCreated === rightCreated,
  );
  return alike.length >= fewest && alike.length >= 0.9 * aged.length;
};

/**
 * Where the left side is a file that ends in the midst of all that is going on, while the right side goes on for long after it: it was
 * written earlier, whatever the times of the files say. The other way round nothing tells a copy that is older from one that waits.
 */
export const readLater = oncePerView((view): Later | undefined => {
  if (view.config.left.kind !== 'file' || !isOneClock(view)) return undefined;
  const [left, right] = [timesOn(view, 'left'), timesOn(view, 'right')];
  // One may be a slip of the pen.
  const [from, to] = [left.at(-2), right.at(-2)];
  if (from === undefined || to === undefined || left.length < fewest) return undefined;
  const usual = (from - (left.at(-52) ?? from)) / 50;
  return to - from > silence * usual ? { from, to } : undefined;
});
