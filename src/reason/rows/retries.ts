import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';
import { momentOf } from './moments.ts';

interface Copy {
  readonly row: SeenRow;
  readonly created: number;
  readonly among: 'present' | 'extra' | 'repeated';
  readonly values: readonly string[];
}

/** Values that say who it is; fewer than this, and two records are equal by chance. */
const fewestValues = 3;
/** Where no time tells that one followed the other. */
const fewestUntimed = 5;
/** More equal records than this are a habit of the data. */
const mostCopies = 20;
const hour = 3_600_000;

/** Of so many values one may have been changed since, as one does with a record that one works with; of no more than two. */
const valuesPerEdit = 8;
const mostEdits = 2;

/** The columns by which a copy is known: no key, and no time of its own. */
const tellingOf = ({ columns }: ComparisonView) =>
  columns.filter(({ key, role }) => !key && role !== 'created-at' && role !== 'updated-at');

/** In how many values a copy may differ from its original. */
export const editsAllowed = (view: ComparisonView): number =>
  Math.min(mostEdits, Math.floor(tellingOf(view).length / valuesPerEdit));

const differing = (one: readonly string[], other: readonly string[]): number =>
  one.reduce((n, value, at) => (value === other[at] ? n : n + 1), 0);

/** Equal in so many values that nothing has to tell when they were made. */
const isTwin = (one: Copy, other: Copy): boolean =>
  other.values.filter((value) => value !== '').length >= fewestUntimed && differing(one.values, other.values) === 0;

/** Of so many it is seen which value tells copies apart best. */
const probed = 500;

/** By part: whether another one has the value of this one in the column that tells most of them apart. Nearly none has. */
const sharedIn = (copies: readonly Copy[], parts: number): readonly ((copy: Copy) => boolean)[] => {
  const columns = copies[0]?.values.length ?? 0;
  const some = copies.slice(0, probed);
  return Array.from({ length: parts }, (_, part) => {
    const [best] = Array.from({ length: columns }, (__, at) => at)
      .filter((at) => at % parts === part)
      .map((at) => ({ at, different: new Set(some.map(({ values }) => values[at])).size }))
      .toSorted((a, b) => b.different - a.different);
    if (!best) return () => true;
    const met = new Map<string | undefined, boolean>();
    for (const { values } of copies) met.set(values[best.at], met.has(values[best.at]));
    return ({ values }) => met.get(values[best.at]) === true;
  });
};

/** Copies that agree in one part of their values; so many edits leave one of `edits + 1` parts as it was. */
const groupsOf = (copies: readonly Copy[], edits: number): readonly (readonly Copy[])[] => {
  const groups = new Map<string, Copy[]>();
  const isShared = sharedIn(copies, edits + 1);
  for (const copy of copies) {
    for (let part = 0; part <= edits; part += 1) {
      if (!isShared[part]?.(copy)) continue;
      const same = `${part}${JSON.stringify(copy.values.filter((_, at) => at % (edits + 1) === part))}`;
      const group = groups.get(same);
      if (group) group.push(copy);
      else groups.set(same, [copy]);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1 && length <= mostCopies);
};

/**
 * Records of the right side that equal another one but for key and times and what was edited since, made within an hour of it: how long
 * after it, in milliseconds. 0 where nothing tells when they were made, or both have the time of their source: then every value is equal.
 */
export const retries = oncePerView((view: ComparisonView): ReadonlyMap<SeenRow, number> => {
  const created = view.columns.find(({ role }) => role === 'created-at');
  const told = tellingOf(view);
  const edits = editsAllowed(view);
  const copies: Copy[] = [];
  const add = (row: SeenRow, among: Copy['among']): void => {
    const time = created ? momentOf(row.values[created.at] ?? '', view.config.right.timeZone) : 0;
    const values = told.map(({ at }) => row.values[at] ?? '');
    const filled = values.filter((value) => value !== '').length;
    if (time === undefined || filled < (created ? fewestValues : fewestUntimed)) return;
    copies.push({ row, created: time, among, values });
  };
  for (const { right } of view.present) add(right, 'present');
  for (const row of view.kin?.right ?? []) add(row, 'present');
  for (const row of view.extra) add(row, 'extra');
  for (const group of view.repeated.right) for (const row of group) add(row, 'repeated');
  const found = new Map<SeenRow, number>();
  for (const group of groupsOf(copies, edits)) {
    const sorted = group.toSorted((a, b) => a.created - b.created);
    const isCopy = (one: Copy | undefined, other: Copy): one is Copy =>
      one !== undefined && differing(one.values, other.values) <= edits;
    for (const [at, copy] of sorted.entries()) {
      const [before, after] = [sorted[at - 1], sorted[at + 1]];
      const since = isCopy(before, copy) ? copy.created - before.created : undefined;
      if (since !== undefined && since > 0 && since <= hour) found.set(copy.row, since);
      // Rows of one key that are the same in everything have come over twice, whoever made them.
      if (since === 0 && copy.among !== 'repeated' && before && isTwin(before, copy)) found.set(copy.row, 0);
      // Under one key both copies are repeated rows; else the first one is the record itself.
      const until = copy.among === 'repeated' && isCopy(after, copy) ? after.created - copy.created : undefined;
      if (until !== undefined && until > 0 && until <= hour && !found.has(copy.row)) found.set(copy.row, until);
    }
  }
  return found;
});
