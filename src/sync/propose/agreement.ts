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

/** The type by which two columns are compared. */
export const sharedType = (left: Look, right: Look): ColumnType => left.type ?? right.type ?? 'text';

/** The canonical form of each value that is asked for; both sides mostly have the same ones. */
const canonicalForms = (): ((value: string, type: ColumnType) => string) => {
  const byType = new Map<ColumnType, { readonly of: (value: string) => string; readonly known: Map<string, string> }>();
  return (value, type) => {
    if (value === '') return '';
    const forms = byType.get(type) ?? { of: canonicalUnder(type), known: new Map<string, string>() };
    byType.set(type, forms);
    const cut = value.length > longest ? value.slice(0, longest) : value;
    const form = forms.known.get(cut) ?? forms.of(cut);
    forms.known.set(cut, form);
    return form;
  };
};

/**
 * Compares columns over the same rows; of most pairs of columns only the first rows are ever looked at, so that a value is brought to its
 * canonical form when it is asked for. `briefly`: where nothing is equal in the first rows, the rest is not counted.
 */
export const agreements = (
  joined: readonly JoinedRow[],
): ((left: Look, right: Look, briefly?: boolean) => Agreement) => {
  const canonicalOf = canonicalForms();
  // A row and one far from it; of few rows several others, or a chance of nothing would say nothing.
  const shifts =
    joined.length >= fewRows
      ? [Math.floor(joined.length / 2)]
      : Array.from({ length: Math.min(mostShifts, joined.length - 1) }, (_, at) => at + 1);
  return (left, right, briefly = false) => {
    const type = sharedType(left, right);
    const ours = (at: number): string => canonicalOf(joined[at]?.left[left.at] ?? '', type);
    const theirs = (at: number): string => canonicalOf(joined[at]?.right[right.at] ?? '', type);
    let [n, equal, same, tried, byChance] = [0, 0, 0, 0, 0];
    for (let at = 0; at < joined.length; at += 1) {
      const a = ours(at);
      if (a === '') continue;
      for (const shift of shifts) {
        const c = theirs((at + shift) % joined.length);
        if (c === '') continue;
        tried += 1;
        if (a === c) byChance += 1;
      }
      const b = theirs(at);
      if (b === '') continue;
      n += 1;
      if (a === b) {
        equal += 1;
        if (joined[at]?.left[left.at] === joined[at]?.right[right.at]) same += 1;
      }
      if (briefly && n === glance && equal === 0) break;
    }
    const chance = tried === 0 ? 0 : byChance / tried;
    if (n < fewest || chance > 0.9) return { n, equal, same, chance };
    const over = (share: number): number => Math.max(0, (share - chance) / (1 - chance));
    // What is hardly more than chance needs no test.
    const p = over(equal / n) < 0.1 ? 1 : fisherAtLeast(equal, n - equal, byChance, tried - byChance);
    return { n, equal, same, chance, p, lift: over(equal / n), sure: over(wilson(equal, n).low) };
  };
};
