import { Buffer } from 'node:buffer';
import type { ClickHouseClient } from '@clickhouse/client';
import type { SourceColumn } from '../../model/sync/column.ts';
import { timestampText } from './canonical.ts';
import { clickhouseDialect, clickhouseKind, enumEntries } from './clickhouse-dialect.ts';
import { ask, lines, read, type Settings, whole } from './clickhouse-read.ts';
import { unescaped } from './clickhouse-values.ts';
import { typeOfKind } from './kinds.ts';
import { nearest } from './nearest.ts';
import {
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
