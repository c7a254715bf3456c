import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { timestampText } from './canonical.ts';
import { clickhouseDialect, clickhouseKind, enumEntries } from './clickhouse-dialect.ts';
import { clickhouseText, unescaped } from './clickhouse-values.ts';
import { typeOfKind } from './kinds.ts';
import { nearest } from './nearest.ts';
import {
  batchRows,
  codeOf,
  type Engine,
  messageOf,
  NotFound,
  type Session,
  type Shape,
  selectOf,
  type Wanted,
  wantsTls,
} from './reading.ts';
import { nameParts } from './statement.ts';

/** What the server says when it fails after rows have come: its words stand where a row would be. */
class Broken extends Error {}

/** A profile may let a result end early without a word, or be of a part of the groups, of a list of keys or of an order. */
const whole = {
  read_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
  group_by_overflow_mode: 'throw',
  set_overflow_mode: 'throw',
  sort_overflow_mode: 'throw',
} as const;

/** And nothing is to be written: 1 forbids all but reading, 2 lets a statement name another database. */
type Settings = Partial<typeof whole> & {
  readonly readonly?: '1' | '2';
  /** Numbers in JSON stay numbers. */
  readonly output_format_json_quote_64bit_integers?: 0;
};

/** Every line of ours ends in this field: what does not is no whole row. */
const last = '1';

const newline = 10;
const mostLine = 256 * 1024 * 1024;

/** Whole lines of the answer, as many as came at once. */
async function* lines(stream: AsyncIterable<Buffer>): AsyncIterable<readonly string[]> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(newline);
    if (end < 0) {
      parts.push(chunk);
      size += chunk.length;
      if (size > mostLine) throw new Broken(`a row of more than ${mostLine / 1024 / 1024} MiB`);
      continue;
    }
    const text = Buffer.concat([...parts, chunk.subarray(0, end)]).toString('utf8');
    parts = [chunk.subarray(end + 1)];
    size = chunk.length - end - 1;
    yield text.split('\n');
  }
  if (size > 0) yield [Buffer.concat(parts).toString('utf8')];
}

const wordsOf = (line: string): string => {
  const text = unescaped(line);
  const at = text.search(/(?:Code|Error): \d{1,5}[.,]/);
  return at < 0 ? 'the answer ends in the middle of a row' : text.slice(at, at + 2_000);
};

const killMs = 10_000;

/** A server goes on with what nobody waits for any more, unless it is told; of their own questions everybody may. */
const kill = (client: ClickHouseClient, id: string): Promise<unknown> =>
  client.command({ query: `KILL QUERY WHERE query_id = '${id}' ASYNC`, abort_signal: AbortSignal.timeout(killMs) });

async function* read(
  client: ClickHouseClient,
  own: Settings,
  sql: string,
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  signal.throwIfAborted();
  const id = randomUUID();
  try {
    yield* answered(client, own, { sql, id }, signal);
  } finally {
    if (signal.aborted) await kill(client, id).catch(() => undefined);
  }
}

async function* answered(
  client: ClickHouseClient,
  own: Settings,
  { sql, id }: { readonly sql: string; readonly id: string },
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  const query = `SELECT *, ${last} AS crm_doctor_end FROM (${sql}\n) FORMAT TabSeparatedWithNamesAndTypes`;
  const { stream } = await client.exec({ query, query_id: id, clickhouse_settings: own, abort_signal: signal });
  let types: readonly string[] | undefined;
  let head = 0;
  let batch: SourceRow[] = [];
  try {
    for await (const some of lines(stream)) {
      for (const line of some) {
        const fields = line.split('\t');
        if (head < 2) {
          head += 1;
          if (head === 2) types = fields.slice(0, -1).map(unescaped);
          continue;
        }
        if (types === undefined || fields.length !== types.length + 1 || fields.at(-1) !== last)
          throw new Broken(wordsOf(line));
        batch.push(types.map((type, at) => clickhouseText(fields[at] ?? '', type)));
        if (batch.length < batchRows) continue;
        yield batch;
        batch = [];
        signal.throwIfAborted();
      }
    }
    if (head < 2) throw new Broken('the answer is empty');
    if (batch.length > 0) yield batch;
  } finally {
    stream.destroy();
  }
}

/** Small answers, whole. */
const ask = async (client: ClickHouseClient, own: Settings, sql: string): Promise<readonly SourceRow[]> => {
  const rows: SourceRow[] = [];
  for await (const batch of read(client, own, sql, AbortSignal.timeout(60_000))) rows.push(...batch);
  return rows;
};

/** The columns of a table or, in parentheses, of a query. */
const described = async (client: ClickHouseClient, own: Settings, what: string): Promise<readonly SourceColumn[]> => {
  const query = `DESCRIBE ${what} FORMAT TabSeparated`;
  const { stream } = await client.exec({ query, clickhouse_settings: own });
  const columns: SourceColumn[] = [];
  for await (const some of lines(stream))
    for (const line of some) {
      const [name = '', declared = '', how = ''] = line.split('\t').map(unescaped);
      const kind = clickhouseKind(declared);
      const options = kind === 'choice' ? enumEntries(declared).map((entry) => unescaped(entry.name)) : undefined;
      columns.push({
        name,
        declared,
        ...typeOfKind(kind),
        ...(options ? { options } : {}),
        ...(how === 'MATERIALIZED' || how === 'ALIAS' ? { calculated: true } : {}),
      });
    }
  return columns;
};

const hex = (text: string): string => `unhex('${Buffer.from(text, 'utf8').toString('hex')}')`;

const tableOf = async (client: ClickHouseClient, own: Settings, wanted: string): Promise<Shape> => {
  const parts = nameParts(wanted);
  const name = parts.at(-1) ?? '';
  const database = parts.length > 1 ? hex(parts.at(-2) ?? '') : 'currentDatabase()';
  const from = parts.slice(-2).map(clickhouseDialect.quoted).join('.');
  const columns = await described(client, own, `TABLE ${from}`).catch(async (error: unknown) => {
    if (serverCode(error) !== 60) throw error;
    const names = await ask(
      client,
      own,
      `SELECT name FROM system.tables WHERE database = ${database} LIMIT 5000`,
    ).catch(() => []);
    throw new NotFound(
      wanted,
      nearest(
        name,
        names.map(([one = '']) => one),
      ),
    );
  });
  // Who may read the table may not read the catalogue.
  const counted = await ask(
    client,
    own,
    `SELECT count(), sum(rows), sum(data_uncompressed_bytes) FROM system.parts WHERE active AND database = ${database} AND table = ${hex(name)}`,
  ).catch(() => []);
  const [[parted = '0', rows = '0', bytes = '0'] = []] = counted;
  return {
    columns,
    from,
    all: selectOf(columns, from, clickhouseDialect),
    ...(parted === '0' ? {} : { count: Number(rows), bytes: Number(bytes) }),
  };
};

const queryOf = async (client: ClickHouseClient, own: Settings, sql: string): Promise<Shape> => {
  const from = `(${sql}\n)`;
  const columns = await described(client, own, from);
  return { columns, from, all: selectOf(columns, from, clickhouseDialect) };
};

/** Where the profile of a user lets results end early, what is missing would be missed without a word. */
const refuseCutting = async (client: ClickHouseClient): Promise<void> => {
  const names = Object.keys(whole)
    .map((name) => `'${name}'`)
    .join(', ');
  const [[cutting] = []] = await ask(
    client,
    {},
    `SELECT concat(name, ' = ', value) FROM system.settings WHERE name IN (${names}) AND value != 'throw'`,
  );
  if (cutting !== undefined) throw new Error(`the profile of the user lets results end early: ${cutting}`);
};

const securely: ReadonlySet<string> = new Set(['clickhouses:', 'https+clickhouse:', 'https:']);

interface Entered {
  readonly client: ClickHouseClient;
  readonly own: Settings;
}

const entered = async ({ url, password, ca, inPlace }: Wanted): Promise<Entered> => {
  const { createClient, ClickHouseLogLevel } = await import('@clickhouse/client');
  const secure = ca !== undefined || wantsTls(url) || securely.has(url.protocol) || ['8443', '443'].includes(url.port);
  const port = url.port || (secure ? '8443' : '8123');
  const create = (compressed: boolean): ClickHouseClient =>
    createClient({
      url: `${secure ? 'https' : 'http'}://${url.hostname || 'localhost'}:${port}`,
      username: decodeURIComponent(url.username) || 'default',
      password: password ?? '',
      ...(url.pathname.length > 1 ? { database: decodeURIComponent(url.pathname.slice(1)) } : {}),
      ...(ca === undefined ? {} : { tls: { ca_cert: Buffer.from(ca) } }),
      application: 'crm-doctor',
      compression: { response: compressed },
      // Whoever compares may have to wait for the other side in between.
      request_timeout: 3_600_000,
      log: { level: ClickHouseLogLevel.OFF },
    });
  const client = create(true);
  const own: Settings = { ...whole, readonly: inPlace ? '2' : '1', output_format_json_quote_64bit_integers: 0 };
  try {
    await ask(client, own, 'SELECT 1');
    return { client, own };
  } catch (error) {
    await client.close();
    if (serverCode(error) !== 164) throw error;
  }
  // A user who may only read cannot choose settings either, compression among them.
  const plain = create(false);
  try {
    await refuseCutting(plain);
    return { client: plain, own: {} };
  } catch (error) {
    await plain.close();
    throw error;
  }
};

const open = async (wanted: Wanted): Promise<Session> => {
  const { client, own } = await entered(wanted);
  const close = (): Promise<void> => client.close();
  try {
    const [[version = '', at = ''] = []] = await ask(
      client,
      own,
      "SELECT version(), toString(toTimeZone(now(), 'UTC'))",
    );
    return {
      server: `ClickHouse ${version}`,
      at: timestampText(at, true),
      table: (name) => tableOf(client, own, name),
      query: (sql) => queryOf(client, own, sql),
      read: ({ sql }, signal) => read(client, own, sql, signal),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** The number of the server's error; versions write it in different ways. */
const serverCode = (error: unknown): number =>
  Number(/^\d{1,5}$/.exec(codeOf(error))?.[0] ?? /\bCode: (\d{1,5})[.,]/.exec(messageOf(error))?.[1] ?? 0);

const loginRefused = new Set([192, 193, 194, 195, 516]);
const noPermission = new Set([291, 497]);
const interrupted = new Set([159, 209, 210, 394]);

export const clickhouseEngine: Engine = {
  id: 'clickhouse',
  driver: '@clickhouse/client@1.23.1',
  dialect: clickhouseDialect,
  open,
  kindOf: (error) => {
    const code = serverCode(error);
    if (loginRefused.has(code)) return 'login-refused';
    if (noPermission.has(code)) return 'no-permission';
    if (code === 60 || code === 81) return 'not-found';
    if (code === 202) return 'unreachable';
    if (interrupted.has(code)) return 'interrupted';
    return code > 0 ? 'refused' : undefined;
  },
};
