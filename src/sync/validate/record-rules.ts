import type { ComparedColumn, SourceColumn } from '../../model/sync/column.ts';
import type { ValidationFact } from '../../model/sync/comparison.ts';
import type { TableConstraint } from '../../model/sync/constraint.ts';
import { escapeControls } from '../../reason/escape.ts';
import { type ConditionColumns, conditionOf, OtherColumn } from '../conditions/condition.ts';
import { NotUnderstood, tokensOf } from '../conditions/tokens.ts';
import type { Kind } from '../conditions/values.ts';

type ValidatedSide = ValidationFact['sides'][number];
type Problem = ValidatedSide['problems'][number];
export type NotChecked = NonNullable<ValidatedSide['notChecked']>[number];

/** One thing that the target asks of a record as a whole. */
export interface RecordRule {
  /** Positions of its columns among the compared ones. */
  readonly ats: readonly number[];
  readonly rule: Extract<Problem['rule'], 'check' | 'unique' | 'reference'>;
  readonly asks: string;
  /** As the target calls it. */
  readonly constraint: string;
  /** Whether it refuses a record with these values. */
  readonly refuses: (record: (at: number) => string) => boolean;
  /** Asks elsewhere what has to be known of these records, before they are held against it. */
  readonly before?: (records: readonly ((at: number) => string)[]) => Promise<void>;
}

const longest = 120;
const shown = (text: string): string => escapeControls(text.length > longest ? `${text.slice(0, longest)}…` : text);

const kinds: Readonly<Partial<Record<NonNullable<SourceColumn['type']>, Kind>>> = {
  number: 'number',
  amount: 'number',
  date: 'time',
  timestamp: 'time',
  boolean: 'boolean',
};

/** Their values are compared as something else than a text, which is not known here. */
const otherTypes = /\[\]$|^(?:bytea|interval|bit|varbit|.*blob|.*binary|inet|cidr|point|.*range)\b/i;

const kindOf = ({ type, declared = '', options }: SourceColumn, dialect: string): Kind => {
  const known = type === undefined ? undefined : kinds[type];
  if (known !== undefined) return known;
  if (otherTypes.test(declared)) throw new NotUnderstood(declared);
  // SQLite takes any value in any column: its type says what it is compared as.
  if (dialect === 'sqlite' && /int|real|floa|doub|dec|num/i.test(declared)) return 'number';
  return dialect === 'sqlite' && /date|time/i.test(declared) && !options ? 'time' : 'text';
};

type Check = Extract<TableConstraint, { kind: 'check' }>;

const namesOf = (check: Check, columns: readonly ComparedColumn[], side: 'left' | 'right'): ConditionColumns => {
  const isAt = side === 'left' ? 'rightSource' : 'leftSource';
  const utf8 = new Set(check.utf8);
  return {
    named: (name) => {
      const exact = columns.find((column) => column[isAt].name === name);
      // Only PostgreSQL tells names apart by letter case.
      const column =
        exact ??
        (check.dialect === 'postgresql'
          ? undefined
          : columns.find((one) => one[isAt].name.toLowerCase() === name.toLowerCase()));
      if (!column) return undefined;
      const source = column[isAt];
      return { at: column.at, kind: kindOf(source, check.dialect), utf8: utf8.has(source.name) };
    },
    ...(check.value === undefined ? {} : { value: check.value }),
  };
};

/** What is about no column that is compared is nothing that a sync writes. */
const isAbout = (check: Check, { named, value }: ConditionColumns): boolean => {
  try {
    const tokens = tokensOf(check.condition, check.dialect);
    const names = tokens.filter(({ kind }) => kind === 'name' || kind === 'word').map(({ text }) => text);
    return [...names, ...(value === undefined ? [] : [value])].some((name) => named(name) !== undefined);
  } catch {
    return true;
  }
};

/** The conditions of the target that can be held against the records of `side`, and by name those that cannot. */
export const checkRules = (
  constraints: readonly TableConstraint[],
  columns: readonly ComparedColumn[],
  side: 'left' | 'right',
): { readonly rules: readonly RecordRule[]; readonly notChecked: readonly NotChecked[] } => {
  const rules: RecordRule[] = [];
  const notChecked: NotChecked[] = [];
  for (const check of constraints) {
    if (check.kind !== 'check') continue;
    const names = namesOf(check, columns, side);
    if (!isAbout(check, names)) continue;
    const condition = shown(check.condition.replace(/^CHECK /, ''));
    const constraint = shown(check.name);
    try {
      const { ats, isBroken } = conditionOf(check.condition, check.dialect, names);
      const asks = condition === constraint ? `CHECK ${condition}` : `CHECK ${constraint}: ${condition}`;
      rules.push({ ats, rule: 'check', asks, constraint, refuses: isBroken });
    } catch (error) {
      if (!(error instanceof NotUnderstood || error instanceof OtherColumn)) throw error;
      const why = error instanceof OtherColumn ? 'other-column' : 'not-understood';
      notChecked.push({ constraint, why, asks: condition });
    }
  }
  return { rules, notChecked };
};
