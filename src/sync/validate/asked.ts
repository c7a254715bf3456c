import type { ComparedColumn } from '../../model/sync/column.ts';
import { opposite, type Side } from '../../model/sync/side.ts';
import type { LookUp, RowBatch, SourceFacts } from '../../model/sync/source.ts';
import { longHash } from '../duplicates/alone.ts';
import { alikeText } from './alike.ts';
import { placedConstraints, type ReferenceConstraint, type UniqueConstraint } from './constraints.ts';
import { checkRules, type NotChecked, type RecordRule } from './record-rules.ts';
import { referenceRule } from './references.ts';
import { type Records, recordsOf, uniqueRule } from './uniqueness.ts';

type Rows = (wanted: readonly number[]) => AsyncIterable<RowBatch>;

/** The records of a side, and what is known of the other one, which is to take them. */
export interface Taking {
  readonly side: Side;
  readonly columns: readonly ComparedColumn[];
  readonly positions: Readonly<Record<Side, readonly number[]>>;
  readonly rows: Rows;
  /** Only some of the records are there. */
  readonly isSample?: boolean;
  readonly target: {
    readonly facts: Pick<SourceFacts, 'constraints'>;
    /** All its records, where they were read and no filter left any out. */
    readonly rows?: Rows;
    readonly lookUp?: LookUp;
  };
  /** One form of a part of the key for both sides. */
  readonly keyForm: (part: string) => string;
}

/** The records of the target that hold a value of ours, looked up batch by batch. */
const lookedUp = (
  own: Records,
  { ats }: UniqueConstraint,
  {
    columns,
    side,
    keys,
    lookUp,
    silent,
  }: {
    readonly columns: readonly ComparedColumn[];
    readonly side: Side;
    readonly keys: readonly number[];
    readonly lookUp: LookUp;
    readonly silent: (says: string) => void;
  },
  signal: AbortSignal,
): Records => {
  const other = opposite(side);
  const names = (list: readonly number[]) => list.map((at) => columns[at]?.[other] ?? '');
  const places = new Map([...ats, ...keys].map((at, place) => [at, place]));
  return async function* () {
    for await (const records of own()) {
      const values = records.map((record) => ats.map(record)).filter((parts) => parts.every((part) => part !== ''));
      if (values.length === 0) continue;
      const looked = await lookUp({ columns: names(ats), with: names(keys), values }, signal);
      if (looked.kind === 'no-answer') return silent(looked.says);
      yield looked.rows.map((row) => (at: number) => row[places.get(at) ?? -1] ?? '');
    }
  };
};

/** What the other side asks of whole records, ready to be held against them; and by name what of it cannot be. */
export const askedOf = async (
  taking: Taking,
  signal: AbortSignal,
): Promise<{ readonly records: readonly RecordRule[]; readonly notChecked: readonly NotChecked[] }> => {
  const { side, columns, positions, rows, target, keyForm } = taking;
  const other = opposite(side);
  const { rules, notChecked: openChecks } = checkRules(target.facts.constraints ?? [], columns, side);
  const { unique, references, notChecked: openOnes } = placedConstraints(target.facts.constraints, columns, side);
  const notChecked: NotChecked[] = [...openChecks, ...openOnes];
  const records: RecordRule[] = [...rules];
  const keys = columns.filter(({ key }) => key).map(({ at }) => at);
  const keyOf = (record: (at: number) => string): string => keys.map((at) => keyForm(record(at))).join('\u0000');
  const leave = (constraint: string, why: NotChecked['why'], asks?: string): void => {
    notChecked.push({ constraint, why, ...(asks === undefined ? {} : { asks }) });
  };

  const ofUnique = async (one: UniqueConstraint): Promise<void> => {
    const { constraint } = one;
    if (taking.isSample) return leave(constraint, 'sample');
    const own = recordsOf(rows, positions[side], [...one.ats, ...keys]);
    const { lookUp } = target;
    let silence: string | undefined;
    const silent = (says: string): void => {
      silence = says;
    };
    const held = target.rows
      ? recordsOf(target.rows, positions[other], [...one.ats, ...keys])
      : lookUp && lookedUp(own, one, { columns, side, keys, lookUp, silent }, signal);
    if (!held) return leave(constraint, 'not-asked');
    const rule = await uniqueRule(one, { own, held, keyOf });
    if (silence !== undefined) leave(constraint, 'no-answer', silence);
    else if (rule === 'too-many') leave(constraint, rule);
    else records.push(rule);
  };

  const ofReference = async (one: ReferenceConstraint): Promise<void> => {
    const { lookUp } = target;
    if (!lookUp) return leave(one.constraint, 'not-asked');
    const brought = new Set<number>();
    const { selfAts } = one;
    // What refers to a record that comes with the same sync finds it there.
    if (selfAts)
      for await (const batch of recordsOf(rows, positions[side], selfAts)())
        for (const record of batch) {
          const text = alikeText(selfAts.map(record));
          if (text !== undefined) brought.add(longHash(text));
        }
    const silent = (says: string): void => leave(one.constraint, 'no-answer', says);
    records.push(referenceRule(one, { lookUp, brought, signal, silent }));
  };

  for (const one of unique) await ofUnique(one);
  for (const one of references) await ofReference(one);
  return { records, notChecked };
};
