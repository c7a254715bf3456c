import type { Text } from '../../model/text.ts';
import type { PlainRecord, Sample } from '../../model/workflow/sample.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import { type CsvCell, readCsv } from '../source/csv.ts';
import type { FileProblem } from '../source/file-problem.ts';
import { readJson } from '../source/json.ts';
import { events } from './sample.ts';

export const logColumns = ['at', 'workflow', 'event', 'user', 'object', 'status', 'step', 'message', 'record'] as const;
type Column = (typeof logColumns)[number];

const isColumn = (name: string): name is Column => logColumns.some((column) => column === name);

/** One execution; texts as they are written, empty ones left out. */
interface Line {
  readonly values: Readonly<Partial<Record<Exclude<Column, 'record'>, string>>>;
  readonly record?: PlainRecord;
  readonly line: number;
  readonly column: number;
}

interface Reading {
  readonly file: string;
  readonly problems: FileProblem[];
}

const isRecord = (value: unknown): value is PlainRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordWords: Text = {
  en: 'record: expected a record as JSON, such as {"id": "D1"}',
  ja: 'record には {"id": "D1"} のような JSON を書いてください',
};

const recordIn = (text: string, at: { readonly line: number; readonly column: number }, { problems }: Reading) => {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  problems.push({ line: at.line, column: at.column, path: 'record', text: recordWords, found: text.slice(0, 60) });
  return undefined;
};

const eventIn = ({ values, line, column }: Line, { problems }: Reading): Sample['event'] => {
  const { event } = values;
  // A log that does not tell events is one of saves.
  if (event === undefined) return 'update';
  const known = events.find((one) => one === event.toLowerCase());
  if (known) return known;
  const suggestion = nearestName(event, events);
  problems.push({
    line,
    column,
    path: 'event',
    text: {
      en: `event: "${event.slice(0, 60)}" cannot be used; allowed: ${events.join(', ')}`,
      ja: `event に "${event.slice(0, 60)}" は使えません。使える値: ${events.join('、')}`,
    },
    found: event.slice(0, 60),
    allowed: events,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  return 'update';
};

const sampleOf = (line: Line, reading: Reading): Sample => {
  const { at, workflow, user, object, status, step, message } = line.values;
  const name = [workflow, at].filter((word) => word !== undefined).join(' ');
  return {
    name: name === '' ? `line ${line.line}` : name,
    ...(workflow === undefined ? {} : { workflow }),
    event: eventIn(line, reading),
    ...(at === undefined ? {} : { at }),
    ...(user === undefined ? {} : { user }),
    ...(object === undefined ? {} : { object }),
    ...(line.record ? { record: line.record } : { messageOnly: true }),
    observed: {
      ...(status === undefined ? {} : { status }),
      ...(step === undefined ? {} : { step }),
      ...(message === undefined ? {} : { message }),
    },
    place: { file: reading.file, line: line.line },
  };
};

/** Columns that another program wrote besides are no fault; one that looks like ours and stands in its place is. */
const misspelt = (names: readonly CsvCell[], { problems }: Reading): void => {
  const present = new Set(names.map(({ text }) => text));
  for (const { text, line, column } of names) {
    if (isColumn(text)) continue;
    const suggestion = nearestName(text, logColumns);
    if (suggestion === undefined || present.has(suggestion)) continue;
    problems.push({
      line,
      column,
      path: text,
      text: {
        en: `no column is called "${text}"; did you mean ${suggestion}? Known: ${logColumns.join(', ')}`,
        ja: `"${text}" という列はありません。${suggestion} の間違いではありませんか。使える列: ${logColumns.join('、')}`,
      },
      found: text,
      allowed: logColumns,
      suggestion,
    });
  }
};

const csvLine = (row: readonly CsvCell[], names: readonly string[], reading: Reading): Line | undefined => {
  const [first] = row;
  if (!first) return undefined;
  const values: Partial<Record<Exclude<Column, 'record'>, string>> = {};
  let record: PlainRecord | undefined;
  row.forEach((cell, at) => {
    const name = names[at];
    const text = cell.text.trim();
    if (name === undefined || text === '' || !isColumn(name)) return;
    if (name === 'record') record = recordIn(text, cell, reading);
    else values[name] = text;
  });
  return { values, ...(record ? { record } : {}), line: first.line, column: first.column };
};

const openQuote: Text = {
  en: 'the quote that starts here is never closed',
  ja: 'ここから始まる引用符が閉じられていません',
};

/** An execution log as CSV: the first line names the columns. */
export const readCsvLog = (text: string, separator: string, reading: Reading): readonly Sample[] => {
  const { rows, open } = readCsv(text, separator);
  if (open) reading.problems.push({ ...open, path: '', text: openQuote });
  const [header = [], ...lines] = rows;
  const names = header.map((cell) => ({ ...cell, text: cell.text.trim() }));
  misspelt(names, reading);
  const words = names.map((cell) => cell.text);
  return lines.flatMap((row) => {
    const line = csvLine(row, words, reading);
    return line ? [sampleOf(line, reading)] : [];
  });
};

const jsonLine = (text: string, line: number, reading: Reading): Line | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const [problem] = readJson(reading.file, text).problems;
    const column = problem?.place.column ?? 1;
    const unread: Text = { en: 'this line is no JSON', ja: 'この行は JSON として読めません' };
    reading.problems.push({ line, column, path: '', text: problem?.message ?? unread });
    return undefined;
  }
  if (!isRecord(value)) {
    const text: Text = {
      en: 'each line of an execution log is one JSON object',
      ja: '実行ログの各行には JSON オブジェクトを 1 つ書きます',
    };
    reading.problems.push({ line, column: 1, path: '', text });
    return undefined;
  }
  misspelt(Object.keys(value).map((key) => ({ text: key, line, column: 1 })), reading);
  const values: Partial<Record<Exclude<Column, 'record'>, string>> = {};
  let record: PlainRecord | undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (!isColumn(key) || inner === null || inner === '') continue;
    if (key !== 'record') values[key] = typeof inner === 'string' ? inner : JSON.stringify(inner);
    else if (isRecord(inner)) record = inner;
    else record = recordIn(typeof inner === 'string' ? inner : '', { line, column: 1 }, reading);
  }
  return { values, ...(record ? { record } : {}), line, column: 1 };
};

/** An execution log as JSON Lines. */
export const readJsonLog = (text: string, reading: Reading): readonly Sample[] =>
  text.split(/\r?\n/).flatMap((words, at) => {
    const line = words.trim() === '' ? undefined : jsonLine(words, at + 1, reading);
    return line ? [sampleOf(line, reading)] : [];
  });
