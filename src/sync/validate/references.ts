import type { LookUp } from '../../model/sync/source.ts';
import { longHash } from '../duplicates/alone.ts';
import { alikeText } from './alike.ts';
import type { ReferenceConstraint } from './constraints.ts';
import type { RecordRule } from './record-rules.ts';

type RecordOf = (at: number) => string;
type Values = readonly string[];

/** Answers that are kept: 60 bytes each. */
const mostKept = 1_000_000;

/** A collation may hold more for equal than letter case: what is said not to be there is asked for again without the others. */
const absentOf = async (
  values: readonly Values[],
  ask: (values: readonly Values[]) => Promise<readonly Values[] | undefined>,
  textOf: (values: Values) => string,
): Promise<readonly Values[] | undefined> => {
  if (values.length === 0) return [];
  const rows = await ask(values);
  if (!rows) return undefined;
  const there = new Set(rows.map(textOf));
  const absent = values.filter((parts) => !there.has(textOf(parts)));
  for (const parts of values) there.delete(textOf(parts));
  if (there.size === 0 || absent.length === 0) return absent;
  // One of them was found, under another text.
  if (absent.length === 1 && values.length === 1) return [];
  const half = Math.ceil(absent.length / 2);
  const parts = [absent.slice(0, half), absent.slice(half)];
  const [first, second] = [await absentOf(parts[0] ?? [], ask, textOf), await absentOf(parts[1] ?? [], ask, textOf)];
  return first && second ? [...first, ...second] : undefined;
};

/**
 * Which records refer to one that is not there. The values of a batch are looked up together before its records are asked about;
 * `brought` has those that come with the records themselves.
 */
export const referenceRule = (
  { ats, table, to, constraint, asks, ignoresCase }: ReferenceConstraint,
  {
    lookUp,
    brought,
    signal,
    silent,
  }: {
    readonly lookUp: LookUp;
    readonly brought: ReadonlySet<number>;
    readonly signal: AbortSignal;
    /** The table could not be asked: nothing is told of it from there on. */
    readonly silent: (says: string) => void;
  },
): RecordRule => {
  const isAbsent = new Map<number, boolean>();
  let answers = true;
  const alike = ignoresCase ? ats.map(() => ({ case: true, blanks: true }) as const) : [];
  const textOf = (values: Values): string => alikeText(values.slice(0, ats.length), alike) ?? '';
  const hashOf = (values: Values): number | undefined =>
    values.some((value) => value === '') ? undefined : longHash(values.join('\u0000'));
  const ask = async (values: readonly Values[]): Promise<readonly Values[] | undefined> => {
    const looked = await lookUp({ table, columns: to, with: [], values }, signal);
    if (looked.kind === 'looked') return looked.rows;
    answers = false;
    silent(looked.says);
    return undefined;
  };
  const before = async (records: readonly RecordOf[]): Promise<void> => {
    if (!answers) return;
    if (isAbsent.size > mostKept) isAbsent.clear();
    const open = new Map<number, Values>();
    for (const record of records) {
      const values = ats.map(record);
      const hash = hashOf(values);
      if (hash !== undefined && !isAbsent.has(hash) && !brought.has(hash)) open.set(hash, values);
    }
    const absent = await absentOf([...open.values()], ask, textOf);
    for (const hash of open.keys()) isAbsent.set(hash, false);
    for (const values of absent ?? []) isAbsent.set(hashOf(values) ?? 0, true);
  };
  const refuses = (record: RecordOf): boolean => {
    const hash = hashOf(ats.map(record));
    return hash !== undefined && isAbsent.get(hash) === true;
  };
  return { ats, rule: 'reference', asks, constraint, refuses, before };
};
