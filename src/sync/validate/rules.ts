import type { ColumnType, ComparedColumn } from '../../model/sync/column.ts';
import type { ValidationFact } from '../../model/sync/comparison.ts';
import type { FieldDemands } from '../../model/sync/subject.ts';
import { grouped } from '../../model/text.ts';
import { type Form, isBoolean, isDate, isEmail, isNumber, isPhone } from './forms.ts';
import { numberRange } from './number-range.ts';

type Problem = ValidationFact['sides'][number]['problems'][number];

/** One thing that the target asks of one column. */
export interface Rule {
  /** Position among the compared columns. */
  readonly at: number;
  readonly column: string;
  readonly rule: Problem['rule'];
  readonly asks: string;
  readonly from: Problem['from'];
  /** Whether it refuses the value; a blank one is refused by `required` alone. */
  readonly refuses: Form;
}

const blank: Form = (value) => value.trim() === '';

const isLonger = (value: string, most: number): boolean => {
  // Each code point is one or two units: most values are decided by that alone.
  if (value.length <= most) return false;
  if (value.length > most * 2) return true;
  let count = 0;
  for (const _ of value) count += 1;
  return count > most;
};

const separators = [/;/, /,/, /[\n、]/];

/** One value of the list, or several where the column holds several: separated, or as a JSON list. */
const isOption = (options: ReadonlySet<string>, several: boolean): Form => {
  const all = (parts: readonly string[]): boolean => parts.every((part) => part === '' || options.has(part));
  return (value) => {
    if (options.has(value) || !several) return options.has(value);
    const listed = value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1).replaceAll('"', '') : value;
    return separators.some((separator) => all(listed.split(separator).map((part) => part.trim())));
  };
};

interface TypeRule {
  readonly rule: Problem['rule'];
  readonly asks: string;
  readonly is: Form;
}
const numbers: TypeRule = { rule: 'number', asks: 'a number in ASCII digits, without grouping', is: isNumber };
/** PostgreSQL keeps these as numbers, MySQL does not. */
const keepsNoNumber = /^(?:numeric|double precision|real)\b/;
const noNumber = /^(?:NaN|-?Infinity)$/;

const dates: TypeRule = {
  rule: 'date',
  asks: 'a day of the calendar as YYYY-MM-DD, with a time or without',
  is: isDate,
};
const ofType: Partial<Record<ColumnType, TypeRule>> = {
  number: numbers,
  amount: numbers,
  date: dates,
  timestamp: dates,
  boolean: { rule: 'type', asks: 'true or false', is: isBoolean },
  email: { rule: 'email', asks: 'one e-mail address', is: isEmail },
  phone: { rule: 'phone', asks: 'a phone number with its leading 0, or + and the country code', is: isPhone },
};

/** Types that other systems store as text too: that most values look so does not make the target ask for it. */
const storedAsText: readonly ColumnType[] = ['number', 'amount', 'date', 'timestamp', 'boolean'];

/** Where a demand on the type comes from; undefined: nobody makes it. */
export const typeDemand = (
  column: ComparedColumn,
  side: 'left' | 'right',
): { readonly type: ColumnType; readonly from: Problem['from'] } | undefined => {
  const told = (side === 'left' ? column.rightSource : column.leftSource).type;
  if (told !== undefined && told !== 'text') return { type: told, from: 'target' };
  if (column.typeFrom === 'configuration') return { type: column.type, from: 'configuration' };
  return storedAsText.includes(column.type) ? undefined : { type: column.type, from: 'type' };
};

/** What the target (the other side) asks of the records of `side`, except for postal codes, which the whole column decides. */
export const rulesOf = (
  columns: readonly ComparedColumn[],
  side: 'left' | 'right',
  demands: Readonly<Record<string, FieldDemands>>,
): readonly Rule[] =>
  columns.flatMap((column): readonly Rule[] => {
    const target = side === 'left' ? column.rightSource : column.leftSource;
    if (target.calculated) return [];
    const own = Object.hasOwn(demands, column.left) ? demands[column.left] : undefined;
    const base = { at: column.at, column: side === 'left' ? column.left : column.right };
    const fromOf = (stated: unknown): Problem['from'] => (stated === undefined ? 'configuration' : 'target');
    const rules: Rule[] = [];
    if (target.required || own?.required) {
      const from = target.required ? 'target' : 'configuration';
      rules.push({ ...base, rule: 'required', asks: 'a value', from, refuses: blank });
    }
    const most = Math.min(target.maxLength ?? Infinity, own?.maxLength ?? Infinity);
    if (most < Infinity) {
      const from = target.maxLength === most ? 'target' : 'configuration';
      rules.push({
        ...base,
        rule: 'length',
        asks: `at most ${grouped(most)} characters`,
        from,
        refuses: (value) => isLonger(value, most),
      });
    }
    const demand = typeDemand(column, side);
    const options = target.options ?? own?.options;
    if (options) {
      const is = isOption(new Set(options), demand?.type === 'multi-picklist');
      rules.push({
        ...base,
        rule: 'option',
        asks: `one of ${grouped(options.length)} values`,
        from: fromOf(target.options),
        refuses: (value) => !blank(value) && !is(value),
      });
    }
    // Yes and no go into a column of numbers as 1 and 0.
    const isFlag = (side === 'left' ? column.leftSource : column.rightSource).type === 'boolean';
    const typed = demand && !(isFlag && ofType[demand.type] === numbers) ? ofType[demand.type] : undefined;
    // A list of values says more than the type.
    if (demand && typed && !options) {
      const isKept: Form = (value) =>
        typed === numbers && noNumber.test(value) && keepsNoNumber.test(target.declared ?? '');
      const refuses: Form = (value) => !blank(value) && !typed.is(value) && !isKept(value);
      rules.push({ ...base, rule: typed.rule, asks: typed.asks, from: demand.from, refuses });
    }
    const range = numberRange(target);
    if (range) rules.push({ ...base, rule: 'range', asks: range.asks, from: 'target', refuses: range.isBeyond });
    return rules;
  });
