import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Example } from '../../model/sync/comparison.ts';
import { codeForms } from './code-forms.ts';
import { constantForm, cutForm, type Form, textForms } from './forms.ts';
import { numberForms } from './number-forms.ts';
import { shiftForm, timeForms } from './time-forms.ts';

/** What one scan tells of a column of both sides. */
export interface ColumnFacts {
  /** Values that are not one, by the cluster's own estimate. */
  readonly uniq: { readonly left: number; readonly right: number };
  readonly any: { readonly left: string; readonly right: string };
  /** In characters. */
  readonly longest: { readonly left: number; readonly right: number };
  /** The commonest difference of time in seconds, right minus left. */
  readonly shift?: number;
  readonly matched: number;
}

export type SamplePair = Required<Omit<Example, 'holder'>>;

const widestMinutes = 14 * 60;

const ofNumbers: ReadonlySet<ComparedColumn['type']> = new Set(['number', 'amount']);
const ofTimes: ReadonlySet<ComparedColumn['type']> = new Set(['date', 'timestamp']);
export const isTime = ({ type }: ComparedColumn): boolean => ofTimes.has(type);

const shiftForms = ({ shift = 0 }: ColumnFacts): readonly Form[] => {
  const minutes = shift / 60;
  return minutes !== 0 && minutes % 15 === 0 && Math.abs(minutes) <= widestMinutes ? [shiftForm(minutes)] : [];
};

/** What the lengths and numbers of values speak for. */
const shapeForms = (column: ComparedColumn, { uniq, any, longest, matched }: ColumnFacts): readonly Form[] => {
  const isText = !ofNumbers.has(column.type) && !isTime(column) && column.type !== 'boolean';
  const sides = [
    ['right', 'left'],
    ['left', 'right'],
  ] as const;
  const cuts = sides.flatMap(([cut, whole]) =>
    isText && uniq[cut] > 1 && longest[whole] > longest[cut] ? [cutForm(cut, longest[cut])] : [],
  );
  const constants = sides.flatMap(([side, other]) =>
    uniq[side] === 1 && uniq[other] >= 3 && any[side] !== ''
      ? [constantForm(side, any[side], matched, uniq[other])]
      : [],
  );
  return [...cuts, ...constants];
};

const heldBy = ({ holds }: Form, sample: readonly SamplePair[]): number =>
  sample.filter(({ left, right }) => holds(left, right)).length;

/** The forms that some of the differing pairs show, of each group the one that most of them do. */
export const trialsOf = (
  column: ComparedColumn,
  facts: ColumnFacts,
  sample: readonly SamplePair[],
  hasNfkc: boolean,
): readonly Form[] => {
  const all = [
    ...textForms(column, hasNfkc),
    ...(ofNumbers.has(column.type) ? numberForms(hasNfkc) : []),
    ...(isTime(column) ? timeForms(column.type === 'timestamp', hasNfkc) : []),
    ...codeForms(column, hasNfkc),
    ...shiftForms(facts),
    ...shapeForms(column, facts),
  ];
  const seen = all.map((form) => ({ form, n: heldBy(form, sample) })).filter(({ n }) => n > 0);
  return seen
    .filter(
      ({ form: { group }, n }, at) =>
        group === undefined ||
        seen.every((one, other) => one.form.group !== group || one.n < n || (one.n === n && other >= at)),
    )
    .map(({ form }) => form);
};

/** How often the form would make the value of another record out of this one. */
export const chanceOf = ({ holds, ownChance }: Form, sample: readonly SamplePair[]): number => {
  if (ownChance || sample.length < 2) return 0;
  const n = sample.filter(({ left }, at) => holds(left, sample[(at + 1) % sample.length]?.right ?? '')).length;
  return n / sample.length;
};
