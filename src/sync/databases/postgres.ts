import type { Client } from 'pg';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { allowedBy } from './check-options.ts';
import { typeOfKind } from './kinds.ts';
import { nearest } from './nearest.ts';
import { postgresConstraints } from './postgres-constraints.ts';
import { postgresDialect, postgresKind, textSettings } from './postgres-dialect.ts';
import { type PostgresType, postgresText } from './postgres-values.ts';
import {
  batchRows,
  codeOf,
  type Engine,
  hostOf,
  NotFound,
  type Select,
  type Session,
  type Shape,
  selectOf,
  type Wanted,
  wantsTls,
} from './reading.ts';
import { nameParts, quotedHint, typedName } from './statement.ts';

type Texts = readonly (string | null)[];

interface Answer {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly rows: readonly Texts[];
}

/** By the extended protocol the server itself refuses more than one statement. */
const ask = async (client: Client, text: string, values: readonly string[] = []): Promise<Answer> => {
  const query = { text, values: [...values], rowMode: 'array' as const, queryMode: 'extended' };
  const { fields, rows } = await client.query<(string | null)[]>(query);
  return { fields, rows };
};

const settings = [
  ...Object.entries(textSettings).map(([name, value]) => `SET ${name} = '${value}'`),
  'SET standard_conforming_strings = on',
  'SET default_transaction_read_only = on',
  'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
].join('; ');

// A domain is called by the type below it, as its values are written.
const catalogue = `
  SELECT a.attname,
    CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) ELSE format_type(a.atttypid, a.atttypmod) END, a.attnotnull, a.attgenerated <> '' OR a.attidentity = 'a',
    CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid),
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indpred IS NULL
      AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum),
    (SELECT json_agg(pg_get_constraintdef(k.oid)) FROM pg_constraint k
      WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]),
    has_column_privilege(a.attrelid, a.attnum, 'SELECT')
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

const textsOf = (text: string | null | undefined): readonly string[] | undefined => {
  const parsed: unknown = text ? JSON.parse(text) : undefined;
  return Array.isArray(parsed) ? parsed.map(String) : undefined;
};

const columnOf = ([name, declared, notNull, generated, length, labels, unique, checks]: Texts): SourceColumn => {
  const labelled = textsOf(labels);
  const options = labelled ?? allowedBy(textsOf(checks), name ?? '');
  return {
    name: name ?? '',
    declared: declared ?? '',
    required: notNull === 't',
    ...(length ? { maxLength: Number(length) } : {}),
    ...(options ? { options } : {}),
    ...typeOfKind(labelled ? 'choice' : postgresKind(declared ?? '')),
    ...(generated === 't' ? { calculated: true } : {}),
    ...(unique === 't' ? { unique: true } : {}),
  };
};

/** PostgreSQL manual, 73.6 Database Page Layout: 23 bytes aligned to 24, and an item identifier of 4. */
const aroundRow = 28;

const tableOf = async (client: Client, table: string): Promise<Shape> => {
  const from = nameParts(table).map(postgresDialect.quoted).join('.');
  const [found] = (
    await ask(
      client,
      'SELECT c.oid, c.reltuples::bigint, pg_table_size(c.oid), row_security_active(c.oid) FROM pg_class c WHERE c.oid = to_regclass($1)::oid',
      [from],
    )
  ).rows;
  if (!found) {
    const names = await ask(
      client,
      `SELECT CASE WHEN NOT pg_table_is_visible(c.oid) THEN n.nspname END, c.relname
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r','v','m','p','f') AND n.nspname NOT IN ('pg_catalog','information_schema') LIMIT 5000`,
    );
    const tables = names.rows.map(([schema, name]) => ({ schema, name: name ?? '' }));
    const meant = quotedHint(
      table,
      tables.map(({ name }) => name),
    );
    const typed = tables.map(({ schema, name }) => typedName(...(schema ? [schema] : []), name));
    const hint = meant.length > 0 ? meant : nearest(table, typed);
    throw new NotFound(table, hint);
  }
  const { rows } = await ask(client, catalogue, [found[0] ?? '']);
  // Where none may be read, the server says so itself.
  const readable = rows.some((row) => row.at(-1) === 't') ? rows.filter((row) => row.at(-1) === 't') : rows;
  const columns = readable.map(columnOf);
  const hidden = rows.filter((row) => !readable.includes(row)).map(([name]) => name ?? '');
  const count = Number(found[1]);
  // What stands around each row on its page (its header, and where it begins) does not come over.
  const bytes = Number(found[2] ?? 0) - aroundRow * count;
  const all = selectOf(columns, from, postgresDialect);
  const constraints = await postgresConstraints(
    async (sql) => (await ask(client, sql, [found[0] ?? ''])).rows,
    columns,
  );
  // The catalogue is open to everybody, the table may not be.
  await ask(client, `${all} LIMIT 0`);
  return {
    columns,
    constraints,
    from,
    all,
    ...(count >= 0 ? { count } : {}),
    ...(count > 0 && bytes > 0 ? { bytes } : {}),
    ...(hidden.length > 0 ? { hidden } : {}),
    ...(found[3] === 't' ? { rowPolicy: true } : {}),
  };
};

const typesOf = async (client: Client, oids: readonly number[]): Promise<ReadonlyMap<number, PostgresType>> => {
  // A domain is written as the type below it.
  const { rows } = await ask(
    client,
    `SELECT t.oid, b.typname, e.typname FROM pg_type t
     JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
     LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A' WHERE t.oid = ANY($1::oid[])`,
    [`{${oids.join(',')}}`],
  );
  return new Map(
    rows.map(([oid, name, element]) => [
      Number(oid),
      { name: name ?? '', ...(element === null || element === undefined ? {} : { element }) },
    ]),
  );
};

const queryOf = async (client: Client, sql: string): Promise<Shape> => {
  await ask(client, `DECLARE shape NO SCROLL CURSOR FOR ${sql}`);
  const { fields } = await ask(client, 'FETCH 0 FROM shape');
  const types = await typesOf(
    client,
    fields.map(({ dataTypeID }) => dataTypeID),
  );
  await ask(client, 'CLOSE shape');
  const columns = fields.map(({ name, dataTypeID }) => {
    const type = types.get(dataTypeID);
    const declared = type?.element === undefined ? type?.name : `${type.element}[]`;
    return declared === undefined ? { name } : { name, declared, ...typeOfKind(postgresKind(declared)) };
  });
  return { columns, from: `(${sql}\n) AS crm_doctor`, all: sql };
};

/** Ends what a connection is at, and with it its snapshot. */
const cancel = async (connect: () => Promise<Client>, process: string): Promise<void> => {
  const second = await connect();
  await ask(second, 'SELECT pg_cancel_backend($1::int)', [process]).finally(() => second.end());
};

async function* read(
  client: Client,
  stopNow: () => Promise<void>,
  { sql, values }: Select,
  cursor: string,
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  signal.throwIfAborted();
  const stop = (): void => {
    stopNow().catch(() => undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  let types: readonly PostgresType[] | undefined;
  try {
    await ask(client, `DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, values);
    for (;;) {
      signal.throwIfAborted();
      const { fields, rows } = await ask(client, `FETCH ${batchRows} FROM ${cursor}`);
      if (rows.length === 0) return;
      if (!types) {
        const known = await typesOf(
          client,
          fields.map(({ dataTypeID }) => dataTypeID),
        );
        types = fields.map(({ dataTypeID }) => known.get(dataTypeID) ?? { name: 'text' });
      }
      const shown = types;
      yield rows.map((row) => row.map((text, at) => postgresText(text, shown[at] ?? { name: 'text' })));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // The connection may be gone already, and then so is the cursor.
    await ask(client, `CLOSE ${cursor}`).catch(() => undefined);
  }
}

const connectTo = async ({ url, password, ca }: Wanted): Promise<Client> => {
  const { default: pg } = await import('pg');
  const tls = ca !== undefined || wantsTls(url);
  const client = new pg.Client({
    host: url.searchParams.get('host') ?? hostOf(url),
    port: Number(url.searchParams.get('port') ?? (url.port || 5432)),
    user: decodeURIComponent(url.username) || 'postgres',
    database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
    // An empty one keeps the driver from looking into PGPASSWORD and ~/.pgpass.
    password: password ?? '',
    ssl: tls ? { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) } : false,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    application_name: 'crm-doctor',
    // As the server writes them: a parser for all types and none.
    types: { getTypeParser: () => (text: string) => text },
  });
  // A connection that ends between two queries; the next one fails with it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const open = async (wanted: Wanted): Promise<Session> => {
  const client = await connectTo(wanted);
  const close = async (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.query(settings);
    const [about] = (await ask(client, "SELECT current_setting('server_version'), now()::text, pg_backend_pid()::text"))
      .rows;
    const stopNow = (): Promise<void> => cancel(() => connectTo(wanted), about?.[2] ?? '');
    let readings = 0;
    return {
      server: `PostgreSQL ${about?.[0] ?? ''}`,
      at: timestampOf(about?.[1]),
      table: (name) => tableOf(client, name),
      query: (sql) => queryOf(client, sql),
      read: (select, signal) => {
        readings += 1;
        return read(client, stopNow, select, `crm_doctor_${readings}`, signal);
      },
      attempt: async (work) => {
        await ask(client, 'SAVEPOINT crm_doctor');
        try {
          return await work();
        } catch (error) {
          await ask(client, 'ROLLBACK TO SAVEPOINT crm_doctor');
          throw error;
        } finally {
          await ask(client, 'RELEASE SAVEPOINT crm_doctor').catch(() => undefined);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const timestampOf = (text: string | null | undefined): string => postgresText(text ?? null, { name: 'timestamptz' });

export const postgresEngine: Engine = {
  id: 'postgresql',
  driver: 'pg@8.23.1',
  dialect: postgresDialect,
  open,
  kindOf: (error) => {
    const code = codeOf(error);
    // The server asks for a password and there is none: the driver's own words, without a code.
    const noPassword = code === '' && error instanceof Error && error.message.includes('password must be');
    if (code.startsWith('28') || noPassword) return 'login-refused';
    if (code === '3D000' || code === '42P01' || code === '3F000') return 'not-found';
    if (code === '42501') return 'no-permission';
    // A statement or lock that took longer than the server or the role allows.
    if (code === '57014' || code === '55P03') return 'interrupted';
    if (code.startsWith('57P') || code.startsWith('08')) return 'interrupted';
    if (code.startsWith('53')) return 'unreachable';
    // An SQLSTATE has a digit in it; EPIPE and EPERM are the system's.
    return /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? 'refused' : undefined;
  },
};
