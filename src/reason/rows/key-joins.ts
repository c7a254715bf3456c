import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

/** How the key of one column is made alike; undefined: the rule says nothing of such a key. */
export type KeyForm = (key: string) => string | undefined;

export interface KeyJoin {
  /** Keys under the form that join exactly one missing record and one extra record. */
  readonly joined: ReadonlySet<string>;
  /** Of the smaller of both sets, how much it joins. */
  readonly share: number;
}

const keyColumnsOf = ({ columns }: Pick<ComparisonView, 'columns'>): readonly number[] =>
  columns.filter(({ key }) => key).map(({ at }) => at);

/** The key of a record under the form; of several columns each one. */
export const formedKey = (row: Pick<SeenRow, 'values'>, at: readonly number[], form: KeyForm): string | undefined => {
  const [only] = at;
  // Nearly all keys are of one column.
  if (at.length === 1 && only !== undefined) return form(row.values[only] ?? '') || undefined;
  const parts = at.map((column) => form(row.values[column] ?? ''));
  return parts.some((part) => part === undefined || part === '') ? undefined : parts.join('\u0000');
};

/** How many extra records have the key of a missing one under this form: no form that makes fewer keys alike joins more. */
export const meetingUnder = (view: ComparisonView, form: KeyForm): number => {
  const at = keyColumnsOf(view);
  const missing = new Set(view.missing.map((row) => formedKey(row, at, form)));
  missing.delete(undefined);
  let n = 0;
  for (const row of view.extra) if (missing.has(formedKey(row, at, form))) n += 1;
  return n;
};

const onceEach = (rows: readonly SeenRow[], at: readonly number[], form: KeyForm): Map<string, SeenRow> => {
  const found = new Map<string, SeenRow>();
  const twice = new Set<string>();
  for (const row of rows) {
    const key = formedKey(row, at, form);
    if (key === undefined) continue;
    if (found.has(key)) twice.add(key);
    found.set(key, row);
  }
  for (const key of twice) found.delete(key);
  return found;
};

/** Whether two records say the same where both say something; with nothing to hold against each other the keys alone speak. */
const alike = (view: ComparisonView, left: SeenRow, right: SeenRow): boolean => {
  let [both, equal] = [0, 0];
  for (const { at, key } of view.columns) {
    const [a, b] = [left.values[at] ?? '', right.values[at] ?? ''];
    if (key || a === '' || b === '') continue;
    both += 1;
    if (a === b) equal += 1;
  }
  return equal * 2 >= both;
};

/** What missing and extra records have in common once their keys are brought to one form; undefined: not enough, or not the same records. */
const joinOf = (view: ComparisonView, form: KeyForm): KeyJoin | undefined => {
  const at = keyColumnsOf(view);
  // Keys that are alike as they stand were joined already: a form that changes none of them joins none.
  const isChanged = ({ values }: SeenRow): boolean =>
    at.some((column) => {
      const key = values[column] ?? '';
      const formed = form(key);
      return formed !== undefined && formed !== key;
    });
  if (!view.missing.some(isChanged) && !view.extra.some(isChanged)) return undefined;
  const [missing, extra] = [onceEach(view.missing, at, form), onceEach(view.extra, at, form)];
  const both = [...missing].flatMap(([key, left]) => {
    const right = extra.get(key);
    return right ? [{ key, left, right }] : [];
  });
  if (both.length === 0) return undefined;
  const candidates = new Set(both.map(({ key }) => key));
  const present = new Set<string>();
  for (const { left, right } of view.present) {
    for (const row of [left, right]) {
      const key = formedKey(row, at, form);
      if (key !== undefined && candidates.has(key)) present.add(key);
    }
  }
  const joined = new Set<string>();
  let unlike = 0;
  for (const { key, left, right } of both) {
    // A form under which a present record has this key as well makes two records out of one.
    if (present.has(key)) continue;
    if (alike(view, left, right)) joined.add(key);
    else unlike += 1;
  }
  if (joined.size === 0 || unlike > 0.1 * joined.size) return undefined;
  return { joined, share: joined.size / Math.max(1, Math.min(view.missing.length, view.extra.length)) };
};

// The same join is asked for by row after row.
const known = oncePerView(() => new Map<string, KeyJoin | undefined>());

export const joinsBy = (view: ComparisonView, id: string, form: KeyForm): KeyJoin | undefined => {
  const joins = known(view);
  if (!joins.has(id)) joins.set(id, joinOf(view, form));
  return joins.get(id);
};

export const isJoined = (view: ComparisonView, row: SeenRow, id: string, form: KeyForm): boolean => {
  const key = formedKey(row, keyColumnsOf(view), form);
  return key !== undefined && (joinsBy(view, id, form)?.joined.has(key) ?? false);
};
