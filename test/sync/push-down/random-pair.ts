import { expect } from '@jest/globals';
import { seeded } from '../../../fixtures/sync/contacts.ts';
import type { Side } from '../../../src/model/sync/side.ts';
import type { OpenedSource } from '../../../src/model/sync/source.ts';
import type { Joined } from '../../../src/sync/joined.ts';
import type { PushedTable } from '../../../src/sync/push-down/pushed.ts';
import { type EngineName, nastyKinds } from '../databases/nasty.ts';
import { opened } from '../databases/reading.ts';
import { config, found } from './people.ts';

/** Where a side of a random pair stands. */
export interface Place {
  readonly engine: EngineName;
  readonly url: string;
  /** In a session in Tokyo. */
  readonly run: (statements: readonly string[]) => Promise<void> | void;
}

interface Value {
  readonly sql: Readonly<Record<Side, string>>;
  readonly text: string;
}

interface Column {
  readonly name: string;
  readonly types: Readonly<Record<Side, string>>;
  readonly values: readonly Value[];
}

/** The second column of the key. */
const code = 'co"de';

/** Signs that end a name, or mean something, in one of the dialects. */
const signs = ['', ' ', '"', '`', "'", '\\', '日本語', '$1', '?', '%s', '{p:String}', '--', ';', ']'];

const quotes: Readonly<Record<EngineName, (name: string) => string>> = {
  postgresql: (name) => `"${name.replaceAll('"', '""')}"`,
  sqlite: (name) => `"${name.replaceAll('"', '""')}"`,
  mysql: (name) => `\`${name.replaceAll('`', '``')}\``,
  clickhouse: (name) => `\`${name.replace(/[\\`]/g, '\\$&')}\``,
};

const typeIn = (engine: EngineName, type: string): string =>
  engine === 'clickhouse' && !type.startsWith('Array') ? `Nullable(${type})` : type;

/** The kinds of nasty values that both engines have, without those that their databases leave to this program. */
const columnsOf = (engines: Readonly<Record<Side, EngineName>>): readonly Column[] =>
  nastyKinds.flatMap(({ kind, types, values }, at) => {
    const [left, right] = [types[engines.left], types[engines.right]];
    // Not what a database leaves to this program.
    const own = (kind === 'JSON' || kind === 'single') && Object.values(engines).includes('mysql');
    if (left === undefined || right === undefined || own) return [];
    const both = values.flatMap(({ sql, text }): readonly Value[] => {
      const [ours, theirs] = [engines.left, engines.right].map((one) => (typeof sql === 'string' ? sql : sql[one]));
      return ours === undefined || theirs === undefined ? [] : [{ sql: { left: ours, right: theirs }, text }];
    });
    const typed = { left: typeIn(engines.left, left), right: typeIn(engines.right, right) };
    return both.length === 0 ? [] : [{ name: `c${at}${signs[at % signs.length]}z`, types: typed, values: both }];
  });

/** Texts that some collation takes for the same, as parts of keys. */
const codes = ['a', 'A', 'a ', 'ä', 'a\u0308', 'ａ', 'ｱ', 'ア', "x'y", 'b\\', '\u3000', 'NULL', ''];

const codeIn = (engine: EngineName, text: string): string => {
  const hex = Buffer.from(text, 'utf8').toString('hex');
  switch (engine) {
    case 'postgresql':
      return `convert_from('\\x${hex}', 'UTF8')`;
    case 'mysql':
      return `CONVERT(x'${hex}' USING utf8mb4)`;
    case 'sqlite':
      return `CAST(x'${hex}' AS TEXT)`;
    case 'clickhouse':
      return `unhex('${hex}')`;
  }
};

const textTypes = { postgresql: 'text', mysql: 'varchar(20)', sqlite: 'TEXT', clickhouse: 'String' } as const;
const idTypes = { postgresql: 'int', mysql: 'int', sqlite: 'INTEGER', clickhouse: 'Int32' } as const;

interface Row {
  readonly id: number;
  readonly code: string;
  readonly values: readonly Value[];
}

const generated = (columns: readonly Column[], seed: number) => {
  const random = seeded(seed);
  // The index is below the length.
  const any = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const sides: Record<Side, Row[]> = { left: [], right: [] };
  for (let id = 0; id < 40; id += 1)
    for (const text of codes) {
      const values = columns.map((column) => any(column.values));
      const other = values.map((value, at) => (random() < 0.02 ? any(columns[at]?.values ?? []) : value));
      if (random() > 0.03) sides.left.push({ id, code: text, values });
      if (random() > 0.03) sides.right.push({ id, code: text, values: other });
    }
  return sides;
};

const statements = (
  { engine }: Place,
  side: Side,
  {
    table,
    columns,
    rows,
  }: { readonly table: string; readonly columns: readonly Column[]; readonly rows: readonly Row[] },
): readonly string[] => {
  const quoted = quotes[engine];
  const typed = columns.map(({ name, types }) => `${quoted(name)} ${types[side]}`).join(', ');
  const own = ['id', code].map(quoted);
  const lines = rows.map(
    ({ id, code: text, values }) =>
      `(${[String(id), codeIn(engine, text), ...values.map(({ sql }) => sql[side])].join(', ')})`,
  );
  return [
    `CREATE TABLE ${quoted(table)} (${own[0]} ${idTypes[engine]}, ${own[1]} ${textTypes[engine]}, ${typed})${engine === 'clickhouse' ? ' ENGINE = Memory' : ''}`,
    // ClickHouse of 2018 takes expressions for the first row of a statement only.
    ...(engine === 'clickhouse' ? lines : [lines.join(',\n')]).map(
      (line) => `INSERT INTO ${quoted(table)} VALUES ${line}`,
    ),
  ];
};

/** By key, the texts of its record. */
const textsOf = (rows: readonly Row[]): ReadonlyMap<string, readonly string[]> =>
  new Map(rows.map((row) => [`${row.id} ${row.code}`, row.values.map(({ text }) => text)]));

const shownIn = async (rows: AsyncIterable<readonly (readonly string[])[]>): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const batch of rows) for (const [id, code] of batch) all.push(`${id} ${code}`);
  return all.toSorted();
};

/** The same of a comparison: what is counted, in which column, and which records it is about. */
const seenIn = async ({ counts, differing, eachChanged, eachAlone }: Joined, columns: readonly Column[]) => {
  const { left, right, matched, equal, changed } = counts;
  const lefts = async function* () {
    for await (const pairs of eachChanged()) yield pairs.map((pair) => pair.left);
  };
  return {
    ...{ left, right, matched, equal, changed },
    differing: Object.fromEntries(columns.map(({ name }, at) => [name, differing[at + 2]])),
    changedKeys: await shownIn(lefts()),
    missingKeys: await shownIn(eachAlone('left')),
    extraKeys: await shownIn(eachAlone('right')),
  };
};

const expectedOf = (rows: Readonly<Record<Side, readonly Row[]>>, columns: readonly Column[]) => {
  const [ours, theirs] = [textsOf(rows.left), textsOf(rows.right)];
  const both = [...ours].flatMap(([name, left]) => {
    const right = theirs.get(name);
    return right ? [{ name, left, right }] : [];
  });
  const changed = both.filter(({ left, right }) => left.some((text, at) => text !== right[at]));
  const alone = (side: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] =>
    [...side.keys()].filter((name) => !other.has(name)).toSorted();
  return {
    ...{ left: rows.left.length, right: rows.right.length, matched: both.length },
    ...{ equal: both.length - changed.length, changed: changed.length },
    differing: Object.fromEntries(
      columns.map(({ name }, at) => [name, both.filter(({ left, right }) => left[at] !== right[at]).length]),
    ),
    changedKeys: changed.map(({ name }) => name).toSorted(),
    missingKeys: alone(ours, theirs),
    extraKeys: alone(theirs, ours),
  };
};

interface Opened {
  readonly sources: readonly [OpenedSource, OpenedSource];
  readonly tables?: Readonly<Record<Side, PushedTable>>;
}

/** What checksums say of two random tables is what their texts say, which any export would hold. */
export const expectAsTheTexts = async (
  directory: string,
  places: Readonly<Record<Side, Place>>,
  seed: number,
  open: (names: Readonly<Record<Side, string>>) => Promise<Opened> = async ({ left, right }) => ({
    sources: [await opened(places.left.url, { table: left }), await opened(places.right.url, { table: right })],
  }),
): Promise<void> => {
  const columns = columnsOf({ left: places.left.engine, right: places.right.engine });
  const rows = generated(columns, seed);
  const tables = { left: `le'ft" \`${seed} 表`, right: `ri"g\\ht\`' ${seed} 表` };
  for (const side of ['left', 'right'] as const)
    await places[side].run(statements(places[side], side, { table: tables[side], columns, rows: rows[side] }));
  const named = (side: Side): string =>
    places[side].engine === 'sqlite' ? tables[side] : quotes.postgresql(tables[side]);
  const { sources, tables: given } = await open({ left: named('left'), right: named('right') });
  const key = { left: ['id', code], right: ['id', code], rules: [] };
  const reply = await found(directory, sources, given, { ...config({ kind: 'auto' }), key });
  if (reply.kind !== 'pushed') throw new Error(JSON.stringify(reply));
  expect(await seenIn(reply.joined, columns)).toEqual(expectedOf(rows, columns));
  for (const source of sources) await source.close();
};
