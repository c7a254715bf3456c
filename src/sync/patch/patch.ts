import type { Text } from '../../model/text.ts';
import { looksLikeFormula } from '../csv-text.ts';
import { type CallsFormat, callsWriter } from './calls.ts';
import type { LeftOut, PatchChange, PatchSides, RowCorrection } from './change.ts';
import { csvWriter } from './csv.ts';
import { decide } from './decide.ts';
import { notHeldAgainst, screenOf } from './fits.ts';
import { type SqlFormat, sqlWriter } from './sql.ts';
import type { PatchWriter } from './writer.ts';

/** CSV holds the corrections of both sides, the others those of the side that they are for. */
export type PatchFormat = { readonly kind: 'csv' } | SqlFormat | CallsFormat;

/** Where the text goes; it is awaited, so that memory does not grow with the differences. */
export interface PatchSink {
  readonly write: (text: string) => Promise<unknown>;
}

export interface PatchSummary {
  /** Rows that are put right or added. */
  readonly rows: number;
  readonly inserts: number;
  /** Values in them. */
  readonly values: number;
  /** By cause, how many values and added rows. */
  readonly causes: readonly { readonly cause: string; readonly n: number }[];
  /** Differences that are left to a person, by why. */
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
  /** What a person should know who uses the file. */
  readonly notes: readonly Text[];
}

const flushAt = 64 * 1024;
/** Rows whose values are looked up together. */
const lookedUpAtOnce = 200;

/** The same reason for all that a row would have put right. */
const allOf = (row: RowCorrection, why: LeftOut): readonly LeftOut[] =>
  row.kind === 'update' ? row.corrections.map(() => why) : [why];

const writerOf = (sides: PatchSides, format: PatchFormat): PatchWriter => {
  switch (format.kind) {
    case 'csv':
      return csvWriter(sides);
    case 'sql':
      return sqlWriter(sides, format);
    case 'calls':
      return callsWriter(sides, format);
  }
};

const first: Text = {
  en: 'Repair the causes first: as long as they act, the next sync damages these values again.',
  ja: '先に原因を解消してください。原因が残っていると、次の連携で同じ値が再び壊れます。',
};

const formulaNote = (n: number): Text => ({
  en: `${n} values begin with a sign that a spreadsheet takes for a formula (=, +, -, @). They stand in the file as they are: open it with Data > From Text/CSV with all columns as text, not by a double click.`,
  ja: `${n} 件の値は、表計算ソフトが数式とみなす記号（=、+、-、@）で始まります。値はそのまま出力しています。ダブルクリックで開かず、「データ > テキストまたは CSV から」ですべての列を文字列として読み込んでください。`,
});

const openNote = (names: readonly string[]): Text => {
  const [first, more] = [names.slice(0, 5), names.length - 5];
  return {
    en: `Of the target these constraints were not held against the rows: ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}. A row that breaks one ends the transaction.`,
    ja: `対象の次の制約については、各行が満たすかどうかを調べていません: ${first.join('、')}${more > 0 ? ` ほか ${more} 件` : ''}。違反する行があると、適用は中断します。`,
  };
};

const sizeOf = (row: RowCorrection): number =>
  row.kind === 'update' ? row.corrections.length : row.values.filter(({ value }) => value !== '').length;

const formulasIn = (row: RowCorrection): number =>
  row.kind === 'update'
    ? row.corrections.filter(({ old, value }) => looksLikeFormula(old) || looksLikeFormula(value)).length
    : row.values.filter(({ value }) => looksLikeFormula(value)).length;

/**
 * Writes the corrections that are beyond doubt, with the reason for each, for a person who reviews and applies them; nothing is applied
 * here. What is not decided is counted by why.
 */
export const writePatch = async (
  changes: AsyncIterable<PatchChange> | Iterable<PatchChange>,
  format: PatchFormat,
  sink: PatchSink,
  sides: PatchSides,
  signal: AbortSignal = new AbortController().signal,
): Promise<PatchSummary> => {
  const writer = writerOf(sides, format);
  const unanswered = new Set<string>();
  const screen = screenOf(sides, signal, (constraint) => unanswered.add(constraint));
  const causes = new Map<string, number>();
  const leftOut: Partial<Record<LeftOut, number>> = {};
  let [rows, inserts, values, formulas] = [0, 0, 0, 0];
  let waiting = writer.head();
  const leave = (why: LeftOut, n = 1): void => {
    leftOut[why] = (leftOut[why] ?? 0) + n;
  };
  const count = (row: RowCorrection): void => {
    rows += 1;
    values += sizeOf(row);
    formulas += formulasIn(row);
    if (row.kind === 'insert') {
      inserts += 1;
      causes.set(row.cause, (causes.get(row.cause) ?? 0) + 1);
    } else for (const { cause } of row.corrections) causes.set(cause, (causes.get(cause) ?? 0) + 1);
  };
  /** What of a row this format can hold. */
  const fitting = (row: RowCorrection): { readonly row?: RowCorrection; readonly leftOut: readonly LeftOut[] } => {
    if (format.kind !== 'csv' && format.side !== row.side) return { leftOut: allOf(row, 'other-side') };
    const refused = writer.refuses?.(row);
    if (refused) return { leftOut: allOf(row, refused) };
    if (row.kind === 'insert' || !writer.refuses) return { row, leftOut: [] };
    const leftOut = row.corrections.flatMap((one) => writer.refuses?.(row, one) ?? []);
    const [first, ...more] = row.corrections.filter((one) => writer.refuses?.(row, one) === undefined);
    return { ...(first ? { row: { ...row, corrections: [first, ...more] } } : {}), leftOut };
  };
  /** Rows that this format can hold, whose values have not been looked up yet. */
  let open: RowCorrection[] = [];
  const settle = async (): Promise<void> => {
    const taken = await screen(open);
    for (const [at, row] of open.entries()) {
      if (!taken[at]) {
        for (const why of allOf(row, 'does-not-fit')) leave(why);
        continue;
      }
      count(row);
      waiting += writer.row(row);
    }
    open = [];
    if (waiting.length < flushAt) return;
    await sink.write(waiting);
    waiting = '';
  };
  for await (const change of changes) {
    const decided = decide(sides.columns, change);
    for (const why of decided.leftOut) leave(why);
    for (const whole of decided.rows) {
      const fit = fitting(whole);
      for (const why of fit.leftOut) leave(why);
      if (fit.row) open.push(fit.row);
    }
    if (open.length >= lookedUpAtOnce) await settle();
  }
  await settle();
  const notHeld = format.kind === 'sql' ? [...new Set([...notHeldAgainst(sides, format.side), ...unanswered])] : [];
  await sink.write(`${waiting}${writer.foot({ rows, values })}`);
  return {
    rows,
    inserts,
    values,
    causes: [...causes].map(([cause, n]) => ({ cause, n })).toSorted((a, b) => b.n - a.n),
    leftOut,
    notes: [
      ...(rows > 0 ? [first] : []),
      ...(format.kind === 'csv' && formulas > 0 ? [formulaNote(formulas)] : []),
      ...(rows > 0 ? (writer.notes?.() ?? []) : []),
      ...(rows > 0 && notHeld.length > 0 ? [openNote(notHeld)] : []),
    ],
  };
};
