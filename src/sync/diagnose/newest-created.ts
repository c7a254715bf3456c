import type { NewestCreated } from '../../model/sync/comparison.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { tellsZone } from '../../reason/rows/copied.ts';
import { timeOf } from '../../reason/rows/moments.ts';
import { presentUpTo } from '../../reason/rows/positions.ts';

/** Search indexes of CRMs are behind by seconds or minutes. */
const longest = 15 * 60_000;
const fewest = 5;
const fewestChanged = 3;

/**
 * The newest records of all lack, and changes that were made to older ones in the same minutes came over: what waits for the next run
 * waits with its changes. No cause: an index that is behind and a step of its own for new records look the same in files.
 */
export const newestCreated = (view: ComparisonView, open: readonly SeenRow[]): NewestCreated | undefined => {
  const updated = view.columns.find(({ role }) => role === 'updated-at')?.at;
  if (updated === undefined || open.length < fewest || view.present.length === 0) return undefined;
  const { kept } = presentUpTo(view, { order: 'created', asRead: false }, 'first');
  const newest = open.flatMap((row) => {
    const time = (row.ranks.created ?? -1) >= kept ? timeOf(view, row, 'created-at') : undefined;
    return time === undefined ? [] : [time];
  });
  const [from, until] = [Math.min(...newest), Math.max(...newest)];
  if (newest.length < fewest || until - from > longest) return undefined;
  const changed = view.present.filter(({ pair, left }) => {
    const [born, time] = [timeOf(view, left, 'created-at'), timeOf(view, left, 'updated-at')];
    return (
      born !== undefined &&
      born < from &&
      time !== undefined &&
      time >= from &&
      pair.left[updated] === pair.right[updated]
    );
  }).length;
  if (changed < fewestChanged) return undefined;
  return { n: newest.length, from, until, changed, utc: tellsZone(view) };
};
