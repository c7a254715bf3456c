import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';
import { momentOf } from './moments.ts';

interface Copy {
  readonly row: SeenRow;
  readonly created: number;
  readonly among: 'present' | 'extra' | 'repeated';
}

/** Values that say who it is; fewer than this, and two records are equal by chance. */
const fewestValues = 3;
/** More equal records than this are a habit of the data. */
const mostCopies = 20;
const hour = 3_600_000;

/** Records of the right side that equal another one but for key and times, made within an hour of it: how long after it. */
export const retries = oncePerView((view: ComparisonView): ReadonlyMap<SeenRow, number> => {
  const created = view.columns.find(({ role }) => role === 'created-at');
  if (!created) return new Map();
  const told = view.columns.filter(({ key, role }) => !key && role !== 'created-at' && role !== 'updated-at');
  const groups = new Map<string, Copy[]>();
  const add = (row: SeenRow, among: Copy['among']): void => {
    const time = momentOf(row.values[created.at] ?? '', view.config.right.timeZone);
    const values = told.map(({ at }) => row.values[at] ?? '');
    if (time === undefined || values.filter((value) => value !== '').length < fewestValues) return;
    const same = JSON.stringify(values);
    const group = groups.get(same);
    if (group) group.push({ row, created: time, among });
    else groups.set(same, [{ row, created: time, among }]);
  };
  for (const { right } of view.present) add(right, 'present');
  for (const row of view.extra) add(row, 'extra');
  for (const group of view.repeated.right) for (const row of group) add(row, 'repeated');
  const found = new Map<SeenRow, number>();
  for (const group of groups.values()) {
    if (group.length < 2 || group.length > mostCopies) continue;
    const sorted = group.toSorted((a, b) => a.created - b.created);
    for (const [at, copy] of sorted.entries()) {
      const [before, after] = [sorted[at - 1], sorted[at + 1]];
      const since = before && copy.created - before.created;
      if (since !== undefined && since > 0 && since <= hour) found.set(copy.row, since);
      // Under one key both copies are repeated rows; else the first one is the record itself.
      const until = copy.among === 'repeated' && after ? after.created - copy.created : undefined;
      if (until !== undefined && until > 0 && until <= hour && !found.has(copy.row)) found.set(copy.row, until);
    }
  }
  return found;
});
