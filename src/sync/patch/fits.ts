import type { ComparedColumn } from '../../model/sync/column.ts';
import { opposite, type Side } from '../../model/sync/side.ts';
import { alikeText } from '../validate/alike.ts';
import { placedConstraints, type UniqueConstraint } from '../validate/constraints.ts';
import { holdersOf } from '../validate/holders.ts';
import { checkRules, type RecordRule } from '../validate/record-rules.ts';
import { referenceRule } from '../validate/references.ts';
import type { PatchSides, RowCorrection } from './change.ts';

type RecordOf = (at: number) => string;

/** The values of a record as they will be, and which of them are written. */
interface Written {
  readonly record: RecordOf;
  readonly ats: ReadonlySet<number>;
}

const writtenOf = (row: RowCorrection, columns: readonly ComparedColumn[]): Written => {
  const changes = row.kind === 'update' ? row.corrections : row.values;
  const values = row.kind === 'update' ? [...row.values] : columns.map(() => '');
  for (const { column, value } of changes) values[column.at] = value;
  return { record: (at) => values[at] ?? '', ats: new Set(changes.map(({ column }) => column.at)) };
};

/**
 * A value that another record has at this moment, or that a row before it in the file gives to another record: the statement would end the
 * transaction, also where a later one takes the value away.
 */
const takenRule = (
  { ats, alike, constraint }: UniqueConstraint,
  {
    columns,
    side,
    lookUp,
    silent,
  }: {
    readonly columns: readonly ComparedColumn[];
    readonly side: Side;
    readonly lookUp: PatchSides[Side]['lookUp'];
    readonly silent: () => void;
  },
  signal: AbortSignal,
): RecordRule => {
  const keys = columns.filter(({ key }) => key);
  const keyOf = (record: RecordOf): string => keys.map(({ at }) => record(at)).join('\u0000');
  /** By value, the key of the record that has it or is given it. */
  const owners = new Map<string, string>();
  const before = async (records: readonly RecordOf[]): Promise<void> => {
    if (!lookUp) return;
    const held = await holdersOf(records, { ats, ...(alike ? { alike } : {}) }, { columns, side, lookUp, signal });
    if (!held) return silent();
    for (const [value, key] of held) owners.set(value, key.join('\u0000'));
  };
  const refuses = (record: RecordOf): boolean => {
    const value = alikeText(ats.map(record), alike);
    if (value === undefined) return false;
    const owner = owners.get(value);
    if (owner === undefined) owners.set(value, keyOf(record));
    return owner !== undefined && owner !== keyOf(record);
  };
  return { ats, rule: 'unique', asks: '', constraint, before, refuses };
};

type Silent = (constraint: string) => void;

const rulesOf = (sides: PatchSides, side: Side, signal: AbortSignal, silent: Silent): readonly RecordRule[] => {
  const { columns } = sides;
  const { facts, lookUp } = sides[side];
  const from = opposite(side);
  const { unique, references } = placedConstraints(facts.constraints ?? [], columns, from);
  return [
    ...checkRules(facts.constraints ?? [], columns, from).rules,
    ...unique.map((one) => takenRule(one, { columns, side, lookUp, silent: () => silent(one.constraint) }, signal)),
    // A record that comes with the same file may stand behind the one that refers to it.
    ...(lookUp
      ? references.map((one) =>
          referenceRule(one, { lookUp, brought: new Set(), signal, silent: () => silent(one.constraint) }),
        )
      : []),
  ];
};

/** Which rows of a batch their side would take as they will be; what is not written does not count against a row. */
export type Screen = (rows: readonly RowCorrection[]) => Promise<readonly boolean[]>;

/**
 * What each side asks of whole records, of their values and of their place among others. `silent` hears of a constraint about which the
 * database gave no answer: rows that break it are not kept back.
 */
export const screenOf = (sides: PatchSides, signal: AbortSignal, silent: Silent = () => {}): Screen => {
  const rules = { left: rulesOf(sides, 'left', signal, silent), right: rulesOf(sides, 'right', signal, silent) };
  return async (rows) => {
    const written = rows.map((row) => ({ side: row.side, ...writtenOf(row, sides.columns) }));
    for (const side of ['left', 'right'] as const) {
      const records = written.filter((row) => row.side === side).map(({ record }) => record);
      for (const { before } of rules[side]) if (records.length > 0) await before?.(records);
    }
    return written.map(
      ({ side, record, ats }) =>
        !rules[side].some((rule) => rule.ats.some((at) => ats.has(at)) && rule.refuses(record)),
    );
  };
};

/** What a side asks besides, by name: a row may still be refused for it. */
export const notHeldAgainst = ({ columns, ...sides }: PatchSides, side: Side): readonly string[] => {
  const constraints = sides[side].facts.constraints ?? [];
  const from = opposite(side);
  const open = [
    ...checkRules(constraints, columns, from).notChecked,
    ...placedConstraints(constraints, columns, from).notChecked,
  ];
  return open.map(({ constraint }) => constraint);
};
