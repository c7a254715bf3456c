import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Example, ValidationFact } from '../../model/sync/comparison.ts';
import type { RowBatch, SourceFailure } from '../../model/sync/source.ts';
import type { FieldDemands } from '../../model/sync/subject.ts';
import { escapeControls } from '../../reason/escape.ts';
import { postcodeForm } from './forms.ts';
import type { NotChecked, RecordRule } from './record-rules.ts';
import { type Rule, rulesOf, typeDemand } from './rules.ts';

type Validated = ValidationFact['sides'][number];
type Problem = Validated['problems'][number];

export interface ValidatedSide {
  readonly side: 'left' | 'right';
  /** Of the records only the fields at these positions are looked at. */
  readonly rows: (wanted: readonly number[]) => AsyncIterable<RowBatch>;
  /** By compared column: its position in the records. */
  readonly positions: readonly number[];
  /** What the configuration asks besides, by left name. */
  readonly demands?: Readonly<Record<string, FieldDemands>>;
  /** What the other side asks of whole records. */
  readonly records?: readonly RecordRule[];
  /** What it asks besides. */
  readonly notChecked?: readonly NotChecked[];
}

const mostExamples = 5;
const longest = 120;

const shown = (value: string): string => escapeControls(value.length > longest ? `${value.slice(0, longest)}…` : value);

interface Tally {
  readonly rule: Omit<Problem, 'n' | 'examples'> & { readonly ats: readonly number[] };
  n: number;
  readonly examples: Example[];
}

/** A postal code of digits: whether it lacks one is known when the column was read. */
interface Postcodes {
  readonly at: number;
  readonly other: Tally;
  readonly digits: Tally;
  japan: number;
  filled: number;
}

/** What is asked of one column or of a whole record, with what it has refused. */
interface Check {
  readonly refuses: (record: (at: number) => string) => boolean;
  readonly tally: Tally;
}

const checksOf = (
  rules: readonly Rule[],
  records: readonly RecordRule[],
  nameOf: (at: number) => string,
): readonly Check[] => [
  ...rules.map(({ refuses, at, ...rule }): Check => {
    return { refuses: (record) => refuses(record(at)), tally: { rule: { ...rule, ats: [at] }, n: 0, examples: [] } };
  }),
  ...records.map(({ refuses, ...rule }): Check => {
    const column = rule.ats.map(nameOf).join(', ');
    return { refuses, tally: { rule: { ...rule, column, from: 'target' }, n: 0, examples: [] } };
  }),
];

const add = (tally: Tally, example: () => Example): void => {
  tally.n += 1;
  if (tally.examples.length < mostExamples) tally.examples.push(example());
};

const postcodesOf = (columns: readonly ComparedColumn[], side: 'left' | 'right'): readonly Postcodes[] =>
  columns.flatMap((column) => {
    const demand = typeDemand(column, side);
    if (demand?.type !== 'postcode') return [];
    const asks = 'a postal code: seven digits in Japan';
    const rule = { ats: [column.at], column: column[side], rule: 'postcode', asks, from: demand.from } as const;
    const tally = (): Tally => ({ rule, n: 0, examples: [] });
    return [{ at: column.at, other: tally(), digits: tally(), japan: 0, filled: 0 }];
  });

/** In a column of Japanese codes one of another number of digits lacks one; elsewhere it is another country's. */
const isJapanese = ({ japan, filled }: Postcodes): boolean => japan * 2 >= filled;

/**
 * Which records of a side the other side would refuse before anything is written: one entry of the validation. Counts are exact, rows
 * are examples; the records are read once and none is kept.
 */
export const validate = async (
  { side, rows, positions, demands = {}, records = [], notChecked = [] }: ValidatedSide,
  columns: readonly ComparedColumn[],
  signal: AbortSignal,
): Promise<Validated> => {
  const checks = checksOf(rulesOf(columns, side, demands), records, (at) => columns[at]?.[side] ?? '');
  const postcodes = postcodesOf(columns, side);
  const keys = columns.filter(({ key }) => key);
  const valueIn = (row: readonly string[], at: number): string => row[positions[at] ?? -1] ?? '';
  /** Records refused for nothing but codes of digits, by the columns of these. */
  const undecided = new Map<string, { readonly of: readonly Postcodes[]; n: number }>();
  let [count, rejected] = [0, 0];
  let failure: SourceFailure | undefined;

  const look = (row: readonly string[]): void => {
    count += 1;
    let refused = false;
    const record = (at: number): string => valueIn(row, at);
    const example =
      (...ats: readonly number[]) =>
      (): Example => ({
        key: shown(keys.map((key) => record(key.at)).join(' / ')),
        [side]: shown(ats.map(record).join(' / ')),
      });
    for (const { refuses, tally } of checks) {
      if (!refuses(record)) continue;
      refused = true;
      add(tally, example(...tally.rule.ats));
    }
    const open: Postcodes[] = [];
    for (const codes of postcodes) {
      const value = valueIn(row, codes.at);
      if (value.trim() === '') continue;
      codes.filled += 1;
      const form = postcodeForm(value);
      if (form === 'japan') codes.japan += 1;
      if (form === 'digits') {
        open.push(codes);
        add(codes.digits, example(codes.at));
      }
      if (form === 'none') {
        refused = true;
        add(codes.other, example(codes.at));
      }
    }
    if (refused) rejected += 1;
    else if (open.length > 0) {
      const id = open.map(({ at }) => at).join();
      const known = undecided.get(id);
      if (known) known.n += 1;
      else undecided.set(id, { of: open, n: 1 });
    }
  };

  const looked = [...checks.flatMap(({ tally }) => tally.rule.ats), ...[...postcodes, ...keys].map(({ at }) => at)];
  const wanted = [...new Set(looked.map((at) => positions[at] ?? -1))].filter((at) => at >= 0);
  for await (const batch of rows(wanted)) {
    signal.throwIfAborted();
    if (batch.kind === 'rows') {
      const ofBatch = records.length === 0 ? [] : batch.rows.map((row) => (at: number) => valueIn(row, at));
      for (const { before } of records) await before?.(ofBatch);
      for (const row of batch.rows) look(row);
    } else if (batch.kind === 'failed') {
      failure = batch.failure;
      break;
    }
  }
  for (const { of, n } of undecided.values()) if (of.some(isJapanese)) rejected += n;
  const ofPostcodes = postcodes.map((codes): Tally => {
    const { other, digits } = codes;
    if (!isJapanese(codes)) return other;
    return { rule: other.rule, n: other.n + digits.n, examples: [...other.examples, ...digits.examples] };
  });
  const problems = [...checks.map(({ tally }) => tally), ...ofPostcodes]
    .filter(({ n }) => n > 0)
    .map(
      ({ rule: { ats: _, ...rule }, n, examples }): Problem => ({
        ...rule,
        n,
        examples: examples.slice(0, mostExamples),
      }),
    )
    .toSorted((a, b) => b.n - a.n);
  const left = notChecked.length > 0 ? { notChecked } : {};
  return { side, rows: count, rejected, problems, ...left, ...(failure ? { failure } : {}) };
};
