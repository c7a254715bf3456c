import { expect } from '@jest/globals';
import type { SourceRow } from '../../../src/model/sync/source.ts';
import { singleText } from '../../../src/sync/databases/canonical.ts';
import { type Connection, connected } from '../../../src/sync/databases/connect.ts';
import { bucketOf, hashOf, joinedText, sumOf } from '../../../src/sync/databases/dialect.ts';
import { passedQuery } from '../../../src/sync/push-down/passed-query.ts';
import { type EngineName, nastyKinds } from './nasty.ts';
import { kit, opened, rowsOf } from './reading.ts';

interface Table {
  readonly name: string;
  readonly kind: string;
  readonly create: string;
  /** The same, one by one. */
  readonly statements: readonly string[];
  readonly texts: readonly string[];
}

/** A table for each kind of nasty values that the engine has: id and value. */
export const nastyTables = (engine: EngineName, suffix = ''): readonly Table[] =>
  nastyKinds.flatMap(({ kind, types, values }, at) => {
    const type = types[engine];
    if (type === undefined) return [];
    const own = values.flatMap(({ sql, text }) => {
      const one = typeof sql === 'string' ? sql : sql[engine];
      return one === undefined ? [] : [{ sql: one, text }];
    });
    const name = `nasty_${at}`;
    const [id, nullable] =
      engine === 'clickhouse' ? ['Int32', type.startsWith('Array') ? type : `Nullable(${type})`] : ['int', type];
    const statements = [
      `CREATE TABLE ${name} (id ${id}, v ${nullable})${suffix}`,
      ...own.map(({ sql }, row) => `INSERT INTO ${name} VALUES (${row}, ${sql})`),
    ];
    const create = statements.map((statement) => `${statement};`).join('\n');
    return [{ name, kind, create, statements, texts: own.map(({ text }) => text) }];
  });

const byId = (rows: readonly SourceRow[]): readonly SourceRow[] => rows.toSorted(([a], [b]) => Number(a) - Number(b));

/** Every value as it is read is its canonical text; this is said of all at once, so that a failure names what is wrong. */
export const expectNastyRead = async (url: string, engine: EngineName): Promise<void> => {
  const read: Record<string, readonly string[]> = {};
  const tables = nastyTables(engine);
  for (const { name, kind } of tables) {
    const source = await opened(url, { table: name });
    read[kind] = byId(await rowsOf(source)).map(([, text = '']) => text);
    const query = await opened(url, { query: `SELECT v, id FROM ${name}` });
    const again = byId((await rowsOf(query)).map(([text = '', id = '']) => [id, text]));
    // MariaDB tells of a JSON column in both ways.
    expect({ [kind]: again.map(([, text]) => text) }).toEqual({ [kind]: read[kind] });
    for (const one of [source, query]) await one.close();
  }
  expect(read).toEqual(Object.fromEntries(tables.map(({ kind, texts }) => [kind, texts])));
};

const reading = async (url: string, table: string): Promise<Connection> => {
  const reply = await connected({ kind: 'database', url, table }, kit, new AbortController().signal);
  if (reply.kind === 'failed') throw new Error(JSON.stringify(reply.failure));
  return reply.connection;
};

const answer = async (
  { session }: Connection,
  sql: string,
  values: readonly string[] = [],
): Promise<readonly SourceRow[]> => {
  const rows: SourceRow[] = [];
  for await (const batch of session.read({ sql, values }, new AbortController().signal)) rows.push(...batch);
  return rows;
};

const buckets = 4;

/** Text, hash, bucket and sums that the engine computes where the data is are those of Node; which kinds it leaves to Node. */
export const expectNastyPushed = async (url: string, engine: EngineName): Promise<readonly string[]> => {
  const left: string[] = [];
  for (const { name, kind, texts } of nastyTables(engine)) {
    const connection = await reading(url, name);
    const { shape } = connection;
    const { dialect } = connection.engine;
    const [id = '', text] = shape.columns.map((column) => dialect.canonicalExpression(column));
    if (text === undefined) {
      left.push(kind);
      await connection.session.close();
      continue;
    }
    const hash = dialect.hashExpression(dialect.joinedExpression([id, text]));
    const own = dialect.hashExpression(text);
    const bucket = dialect.bucketExpression(own, buckets);
    const seen = await answer(connection, `SELECT ${id}, ${text}, ${own}, ${bucket}, ${hash} FROM ${shape.from}`);
    const hashes = texts.map((one, row) => hashOf(joinedText([String(row), one])));
    expect({ [kind]: byId(seen) }).toEqual({
      [kind]: texts.map((one, row) => [
        String(row),
        one,
        String(hashOf(one)),
        String(bucketOf(hashOf(one), buckets)),
        String(hashes[row]),
      ]),
    });
    const sums = await answer(
      connection,
      `SELECT ${bucket}, count(*), ${dialect.sumExpression(hash)} FROM ${shape.from} GROUP BY ${bucket}`,
    );
    const inBucket = (wanted: number): readonly bigint[] =>
      hashes.filter((_, row) => bucketOf(hashOf(texts[row] ?? ''), buckets) === wanted);
    expect({ [kind]: byId(sums) }).toEqual({
      [kind]: Array.from({ length: buckets }, (_, one) => inBucket(one)).flatMap((all, one) =>
        all.length === 0 ? [] : [[String(one), String(all.length), String(sumOf(all))]],
      ),
    });
    await connection.session.close();
  }
  return left;
};

/**
 * What ClickHouse has the database write itself is the same, in a session of other settings than ours; which kinds it cannot write.
 * A single of MySQL comes as a double, which is no text yet.
 */
export const expectNastyPassed = async (
  url: string,
  engine: 'postgresql' | 'mysql',
  answer: (sql: string) => Promise<readonly SourceRow[]>,
): Promise<readonly string[]> => {
  const left: string[] = [];
  for (const { name, kind, texts } of nastyTables(engine)) {
    const { session, shape, engine: own } = await reading(url, name);
    await session.close();
    const asked = passedQuery(
      engine === 'mysql' ? 'mysql' : 'postgres',
      { dialect: own.dialect, from: shape.from },
      shape.columns,
    );
    if (!asked.texts.has('v')) {
      left.push(kind);
      continue;
    }
    const rows = byId(await answer(asked.sql)).map(([, text = '']) =>
      asked.texts.get('v')?.includes('toFloat32') && text !== '' ? singleText(Number(text)) : text,
    );
    expect({ [kind]: rows }).toEqual({ [kind]: texts });
  }
  return left;
};

/** A filter in the database and the same in Node choose the same records, for every text that is nasty. */
export const expectNastyFiltered = async (url: string, engine: EngineName): Promise<void> => {
  const tables = nastyTables(engine);
  const pairs = tables.flatMap(({ name, texts }) => texts.map((text) => ({ name, text, texts })));
  for (const { name, text, texts } of pairs.filter((_, at) => at % 3 !== 1)) {
    const counts: number[] = [];
    for (const filter of [{ v: [text, 'x'] }, { v: { not: [text] } }]) {
      const source = await opened(url, { table: name, filter });
      counts.push((await rowsOf(source)).length);
      await source.close();
    }
    const same = texts.filter((one) => one === text).length;
    expect({ name, text, counts }).toEqual({ name, text, counts: [same, texts.length - same] });
  }
};
