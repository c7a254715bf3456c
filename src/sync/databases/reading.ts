import type { SourceColumn } from '../../model/sync/column.ts';
import type { TableConstraint } from '../../model/sync/constraint.ts';
import type { SourceFailure, SourceRow } from '../../model/sync/source.ts';
import type { SqlDialect } from './dialect.ts';

/** Where an engine is asked to log in. */
export interface Wanted {
  readonly url: URL;
  readonly password: string | undefined;
  /** PEM */
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
  /** A ClickHouse is to read other databases where they are, which the stricter of its two modes for reading forbids. */
  readonly inPlace?: boolean;
}

/** A table or a query, as it can be read. */
export interface Shape {
  readonly columns: readonly SourceColumn[];
  /** Of a table. */
  readonly constraints?: readonly TableConstraint[];
  /** What stands behind FROM. */
  readonly from: string;
  /** The SELECT of all of it. */
  readonly all: string;
  /** By the server's own estimate. */
  readonly count?: number;
  /** What its catalogue says that all of it takes; about as much as its texts are. */
  readonly bytes?: number;
  /** Of a catalogue that counts the pages that are kept free, too. */
  readonly bytesAtMost?: true;
  /** Columns that the table has and this user may not read. */
  readonly hidden?: readonly string[];
  /** The server shows this user only the rows that a policy lets through. */
  readonly rowPolicy?: true;
}

export interface Select {
  readonly sql: string;
  /** By the order of the parameters. */
  readonly values?: readonly string[];
  /** Where the engine's answer does not tell types (SQLite), they are those of these columns. */
  readonly columns?: readonly SourceColumn[];
}

/** A connection in one snapshot that reads only; what it throws, its engine explains. One reading at a time. */
export interface Session {
  readonly server: string;
  /** RFC 3339 UTC: when the snapshot began. */
  readonly at: string;
  readonly table: (name: string) => Promise<Shape>;
  readonly query: (sql: string) => Promise<Shape>;
  /** All rows as canonical texts, in batches. */
  readonly read: (select: Select, signal: AbortSignal) => AsyncIterable<readonly SourceRow[]>;
  /** Where an error would take the snapshot with it: does work after which it is still there. */
  readonly attempt?: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly close: () => Promise<void>;
}

/** One database product. */
export interface Engine {
  readonly id: string;
  /** The package that is loaded when it is named. */
  readonly driver: string;
  readonly dialect: SqlDialect;
  readonly open: (wanted: Wanted) => Promise<Session>;
  /** Why the server refused; undefined: the words of the error are all there is. */
  readonly kindOf: (error: unknown) => SourceFailure['kind'] | undefined;
}

/** Something that the engine found by itself, with the names that are there. */
export class NotFound extends Error {
  readonly hint: readonly string[];
  constructor(what: string, hint: readonly string[]) {
    super(what);
    this.hint = hint;
  }
}

/** The code of a driver's or system's error. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** What an error says, whatever made it. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error && error.message !== ''
    ? String(error.message)
    : codeOf(error) || String(error);

export const batchRows = 1_000;

/** The SELECT of these columns. */
export const selectOf = (columns: readonly SourceColumn[], from: string, dialect: SqlDialect): string =>
  `SELECT ${columns.map(dialect.readExpression).join(', ')} FROM ${from}`;

/** The host of a URL; an IPv6 address without its brackets. */
export const hostOf = (url: URL): string => decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost';

/** Whether the URL asks for TLS, in the words of libpq or of MySQL; the certificate is then always verified. */
export const wantsTls = ({ searchParams }: URL): boolean =>
  ['require', 'required', 'verify-ca', 'verify_ca', 'verify-full', 'verify_identity'].includes(
    (searchParams.get('sslmode') ?? searchParams.get('ssl-mode') ?? '').toLowerCase(),
  );
