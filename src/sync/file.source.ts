import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OpenedSource, RowBatch, SourceDriver, SourceFacts, SourceKit, SourceNote } from '../model/sync/source.ts';
import type { FileSide } from '../model/sync/subject.ts';
import type { Text } from '../model/text.ts';
import { expand } from './files/expand.ts';
import { FileFault, failureOf } from './files/fault.ts';
import { gapsIn } from './files/sequence.ts';
import type { Table } from './files/table.ts';
import { tablesOf } from './files/tables.ts';

const mostNotes = 50;

const quoted = (names: readonly string[]): string =>
  `${names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

/** The columns of all tables: of JSON the union, else those of the first one, which the others must have too. */
const columnsOf = (tables: readonly Table[]): readonly string[] => {
  const [first, ...others] = tables;
  if (first === undefined) return [];
  if (tables.every(({ loose }) => loose === true)) return [...new Set(tables.flatMap(({ columns }) => columns))];
  const own = new Set(first.columns);
  for (const table of others) {
    const names = new Set(table.columns);
    const missing = first.columns.filter((name) => !names.has(name));
    const more = table.columns.filter((name) => !own.has(name));
    if (missing.length === 0 && more.length === 0) continue;
    const says = [
      `other columns than ${first.name}:`,
      ...(missing.length > 0 ? [`without ${quoted(missing)}`] : []),
      ...(more.length > 0 ? [`with ${quoted(more)}`] : []),
    ].join(' ');
    throw new FileFault({ kind: 'malformed', what: table.name, says });
  }
  return first.columns;
};

/** Of every column, which one it is: names occur once in a table. */
const placesOf = (table: Table | undefined): ReadonlyMap<string, number> =>
  new Map(table?.columns.map((name, at) => [name, at]));

const sameOrder = (table: Table, columns: readonly string[]): boolean =>
  table.columns.length === columns.length && table.columns.every((name, at) => name === columns[at]);

/** The rows of a table in the order of the columns of all. */
const ordered = (table: Table, columns: readonly string[]): ((batch: RowBatch) => RowBatch) => {
  if (sameOrder(table, columns)) return (batch) => batch;
  const own = placesOf(table);
  const places = columns.map((name) => own.get(name) ?? -1);
  return (batch) =>
    batch.kind === 'rows'
      ? { kind: 'rows', rows: batch.rows.map((row) => places.map((place) => row[place] ?? '')) }
      : batch;
};

const rowsOf = async function* (
  tables: readonly Table[],
  columns: readonly string[],
  name: string,
  signal: AbortSignal,
): AsyncGenerator<RowBatch> {
  let after = 0;
  for (const table of tables) {
    const place = ordered(table, columns);
    try {
      for await (const batch of table.rows(signal)) {
        if (signal.aborted) break;
        if (batch.kind === 'rows') after += batch.rows.length;
        yield place(batch);
        if (batch.kind === 'failed') return;
      }
    } catch (error) {
      yield { kind: 'failed', failure: failureOf(error, table.name) };
      return;
    }
    if (signal.aborted) {
      yield { kind: 'failed', failure: { kind: 'interrupted', what: name, says: 'stopped', after } };
      return;
    }
  }
};

/** What all tables have alike; undefined where they differ. */
const common = (values: readonly (string | undefined)[]): string | undefined =>
  values.every((value) => value === values[0]) ? values[0] : undefined;

/** A note of one of several files says of which. */
const notesOf = (tables: readonly Table[]): readonly SourceNote[] => {
  if (tables.length === 1) return tables.flatMap(({ notes }) => notes).slice(0, mostNotes);
  // The side is read in the one encoding that is stated for it, so that another one is right where it is right for all files.
  const encoding = common(tables.map(({ notes }) => notes.find((note) => note.encoding !== undefined)?.encoding));
  const of = ({ name }: Table, { en, ja }: Text): Text => ({ en: `${name}: ${en}`, ja: `${name}: ${ja}` });
  const named = (table: Table, { id, says, hidden, ...note }: SourceNote): SourceNote => ({
    id,
    says: of(table, says),
    ...(hidden ? { hidden: of(table, hidden) } : {}),
    ...(note.encoding === undefined || encoding === undefined ? {} : { encoding }),
  });
  return tables.flatMap((table) => table.notes.map((note) => named(table, note))).slice(0, mostNotes);
};

const mostNamed = 5;

/** What lacks among numbered files that one pattern stands for. */
const gapNotes = (paths: readonly string[], printable: SourceKit['printable']): readonly SourceNote[] =>
  gapsIn(paths).map(({ first, last, missing }) => {
    const shown = (path: string): string => printable(basename(path), 200);
    const names = missing.map(shown);
    const some = names.slice(0, mostNamed);
    const more = names.length - some.length;
    return {
      id: 'file-missing',
      says: {
        en: `Of the numbered files ${shown(first)} to ${shown(last)}, ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${names.length === 1 ? 'is' : 'are'} not there.`,
        ja: `番号の付いたファイル ${shown(first)}～${shown(last)} のうち、${some.join('、')}${more > 0 ? ` ほか ${more} 個` : ''} がありません。`,
      },
      files: { missing: names, there: paths.length },
    };
  });

const factsOf = async (
  paths: readonly string[],
  tables: readonly Table[],
  columns: readonly string[],
  name: string,
): Promise<SourceFacts> => {
  const infos = await Promise.all(paths.map((path) => stat(path)));
  const encoding = common(tables.map((table) => table.encoding));
  const delimiter = common(tables.map((table) => table.delimiter));
  const counts = tables.map(({ rowCount }) => rowCount);
  const count = counts.reduce<number | undefined>(
    (sum, n) => (sum === undefined || n === undefined ? undefined : sum + n),
    0,
  );
  const latest = Math.max(...infos.map(({ mtimeMs }) => mtimeMs));
  const places = placesOf(tables[0]);
  return {
    format: common(tables.map(({ format }) => format)) ?? 'several',
    name,
    columns: columns.map((column) => {
      const declared = tables[0]?.declared?.[places.get(column) ?? -1];
      return { name: column, ...(declared === undefined ? {} : { declared }) };
    }),
    ...(count === undefined ? {} : { rows: { count, exact: true } }),
    bytes: infos.reduce((sum, { size }) => sum + size, 0),
    at: new Date(latest).toISOString(),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    notes: notesOf(tables),
  };
};

/** Files of records: delimited text, JSON, JSON Lines, Excel and Parquet, packed or not. What they are is seen from their content. */
export const fileSource: SourceDriver<FileSide> = {
  id: 'file',
  open: async (side, kit, signal) => {
    const name = kit.printable(side.file, 1_000);
    const stopped = { kind: 'interrupted', what: name, says: 'stopped', after: 0 } as const;
    let reading = name;
    try {
      const paths = await expand(side.file, signal);
      const tables: Table[] = [];
      for (const path of paths) {
        reading = kit.printable(path, 1_000);
        tables.push(...(await tablesOf(path, { side, kit, signal })));
      }
      reading = name;
      if (signal.aborted) return { kind: 'failed', failure: stopped };
      const columns = columnsOf(tables);
      const told = await factsOf(paths, tables, columns, name);
      const gaps = gapNotes(paths, kit.printable);
      const facts = gaps.length === 0 ? told : { ...told, notes: [...gaps, ...told.notes] };
      const direct = tables.flatMap((table) =>
        table.direct !== undefined && sameOrder(table, columns) ? [table.direct] : [],
      );
      const source: OpenedSource = {
        facts,
        ...(direct.length === tables.length ? { direct } : {}),
        rows: (stop) => rowsOf(tables, columns, name, stop),
        close: async () => undefined,
      };
      return { kind: 'opened', source };
    } catch (error) {
      // Of a file that was read in part only, nothing that is wrong with it can be told: it may look empty.
      return { kind: 'failed', failure: signal.aborted ? stopped : failureOf(error, reading) };
    }
  },
};
