import type { ColumnType } from '../../model/sync/column.ts';
import { fisherAtLeast, wilson } from '../../reason/rows/statistics.ts';
import { canonicalUnder } from '../../reason/values/normal-rules.ts';
import type { Look } from './looks.ts';
import type { JoinedRow } from './meeting.ts';

/** How two columns agree in rows that are said to be one record. */
export interface Agreement {
  /** Rows in which both have a value. */
  readonly n: number;
  readonly equal: number;
  /** Of these, equal without setting any notation aside. */
  readonly same: number;
  /** The share of rows that would be equal if they were joined at random. */
  readonly chance: number;
  /** What is equal beyond chance: 1 for all, 0 for no more than that. Undefined where chance alone does as well. */
  readonly lift?: number;
  /** The same at the lower end of its interval. */
  readonly sure?: number;
  /** How likely rows that are joined at random would be equal as often (Fisher). */
  readonly p?: number;
}

const longest = 1_000;
const fewest = 3;
/** So many rows are enough to see that two columns have nothing to do with each other. */
const glance = 24;
const fewRows = 50;
const mostShifts = 8;
const mostForChance = 600;

/** The type by which two columns are compared. */
export const sharedType = (left: Look, right: Look): ColumnType => left.type ?? right.type ?? 'text';

/** The canonical form of a value. */
export type Forms = (value: string, type: ColumnType) => string;

/** Each value is brought to its form once; both sides mostly have the same ones. */
export const canonicalForms = (): Forms => {
  const byType = new Map<ColumnType, { readonly of: (value: string) => string; readonly known: Map<string, string> }>();
  return (value, type) => {
    if (value === '') return '';
    const forms = byType.get(type) ?? { of: canonicalUnder(type), known: new Map<string, string>() };
    byType.set(type, forms);
    const cut = value.length > longest ? value.slice(0, longest) : value;
    const known = forms.known.get(cut);
    if (known !== undefined) return known;
    const form = forms.of(cut);
    forms.known.set(cut, form);
    return form;
  };
};

/** The forms of one column by its place among the rows, each when it is first asked for. */
const columnForms = (joined: readonly JoinedRow[], side: 'left' | 'right', formOf: Forms) => {
  const known = new Map<ColumnType, Map<number, (string | undefined)[]>>();
  return (column: number, type: ColumnType): ((at: number) => string) => {
    const ofType = known.get(type) ?? new Map<number, (string | undefined)[]>();
    known.set(type, ofType);
    const forms = ofType.get(column) ?? [];
    ofType.set(column, forms);
    return (at) => {
      const form = forms[at];
      if (form !== undefined) return form;
      const made = formOf(joined[at]?.[side][column] ?? '', type);
      forms[at] = made;
      return made;
    };
  };
};

/** Whether nothing is equal in the first rows in which both have a value; most pairs of columns end here. */
const nothingEqual = (
  joined: readonly JoinedRow[],
  left: number,
  right: number,
  ours: (at: number) => string,
  theirs: (at: number) => string,
): boolean => {
  let seen = 0;
  for (let at = 0; at < joined.length && seen < glance; at += 1) {
    const [raw, other] = [joined[at]?.left[left] ?? '', joined[at]?.right[right] ?? ''];
    if (raw === '' || other === '') continue;
    if (raw === other) return false;
    const form = ours(at);
    if (form !== '' && form === theirs(at)) return false;
    seen += 1;
  }
  return seen === glance;
};

/**
 * Compares columns over the same rows; of most pairs of columns only the first rows are ever looked at, so that a value is brought to its
 * canonical form when it is asked for. `briefly`: where nothing is equal in the first rows, the rest is not counted.
 */
export const agreements = (
  joined: readonly JoinedRow[],
  formOf: Forms = canonicalForms(),
): ((left: Look, right: Look, briefly?: boolean) => Agreement) => {
  const [onLeft, onRight] = [columnForms(joined, 'left', formOf), columnForms(joined, 'right', formOf)];
  // A row and one far from it; of few rows several others, or a chance of nothing would say nothing.
  const shifts =
    joined.length >= fewRows
      ? [Math.floor(joined.length / 2)]
      : Array.from({ length: Math.min(mostShifts, joined.length - 1) }, (_, at) => at + 1);
  // Chance is known well enough from some of the rows.
  const step = Math.ceil(joined.length / mostForChance);
  return (left, right, briefly = false) => {
    const type = sharedType(left, right);
    const [ours, theirs] = [onLeft(left.at, type), onRight(right.at, type)];
    if (briefly && joined.length > glance && nothingEqual(joined, left.at, right.at, ours, theirs))
      return { n: glance, equal: 0, same: 0, chance: 0, lift: 0, sure: 0, p: 1 };
    let [n, equal, same, tried, byChance] = [0, 0, 0, 0, 0];
    for (let at = 0; at < joined.length; at += 1) {
      const [raw, other] = [joined[at]?.left[left.at] ?? '', joined[at]?.right[right.at] ?? ''];
      if (raw === '') continue;
      if (at % step === 0 && ours(at) !== '') {
        for (const shift of shifts) {
          const c = theirs((at + shift) % joined.length);
          if (c === '') continue;
          tried += 1;
          if (ours(at) === c) byChance += 1;
        }
      }
      if (other === '') continue;
      // What is the same to the letter is so in every form; most values of columns that belong together are.
      if (raw !== other) {
        const [a, b] = [ours(at), theirs(at)];
        if (a === '' || b === '') continue;
        if (a === b) equal += 1;
      } else equal += 1;
      n += 1;
      if (raw === other) same += 1;
    }
    const chance = tried === 0 ? 0 : byChance / tried;
    if (n < fewest || chance > 0.9) return { n, equal, same, chance };
    const over = (share: number): number => Math.max(0, (share - chance) / (1 - chance));
    // What is hardly more than chance needs no test.
    const p = over(equal / n) < 0.1 ? 1 : fisherAtLeast(equal, n - equal, byChance, tried - byChance);
    return { n, equal, same, chance, p, lift: over(equal / n), sure: over(wilson(equal, n).low) };
  };
};
