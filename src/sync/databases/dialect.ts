import { createHash } from 'node:crypto';
import type { SourceColumn } from '../../model/sync/column.ts';
import type { Lexis } from './statement.ts';

/** A condition with the values that are bound to its parameters. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/**
 * What is asked of a database in its own SQL, so that it works where the data is. The text of a value is the canonical one that Node
 * makes of it too (canonical.ts), and hash, bucket and sum are of it: PostgreSQL from 12, MySQL and MariaDB, ClickHouse from 18.16 and
 * Node (`hashOf`, `bucketOf`, `sumOf`) come to the same numbers. SQLite has no MD5: there the functions are Node's own, registered with
 * the connection, and run in place. All of it holds in a session of ours (UTC, ISO dates, UTF-8, every digit of a float).
 *
 * - hash: the first 60 bits of the MD5 of the text in UTF-8, as an integer that any engine holds in 64 bits with a sign.
 * - bucket: the hash's lowest bits; `buckets` is a power of two.
 * - sum: of hashes, modulo 2^60, as text; the order of rows does not matter.
 */
export interface SqlDialect {
  readonly lexis: Lexis;
  readonly quoted: (name: string) => string;
  /** What is selected to read a column; its canonical text is then made by Node where it is none yet. */
  readonly readExpression: (column: SourceColumn) => string;
  /** The canonical text, '' for NULL; undefined where only Node can write it (JSON, FLOAT of MySQL): such a column is read. */
  readonly canonicalExpression: (column: SourceColumn) => string | undefined;
  /** Texts with U+001F between them, for keys of several columns and for a value that is hashed with its key. */
  readonly joinedExpression: (texts: readonly string[]) => string;
  /** The text, in an order by its bytes. */
  readonly byteExpression: (text: string) => string;
  readonly hashExpression: (text: string) => string;
  readonly bucketExpression: (hash: string, buckets: number) => string;
  /** An aggregate. */
  readonly sumExpression: (hash: string) => string;
  /** Whether the text is one of the values, byte by byte; the first free number of a parameter is `next`. */
  readonly isOneOf: (text: string, values: readonly string[], next: number) => Condition;
}

const separator = '\u001f';
export const joinedText = (texts: readonly string[]): string => texts.join(separator);

export const hashDigits = 15;
/** 2^60 */
export const modulus = 1_152_921_504_606_846_976n;

export const hashOf = (text: string): bigint =>
  BigInt(`0x${createHash('md5').update(text, 'utf8').digest('hex').slice(0, hashDigits)}`);

export const bucketOf = (hash: bigint, buckets: number): number => Number(hash & BigInt(buckets - 1));

export const sumOf = (hashes: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const hash of hashes) sum = (sum + hash) % modulus;
  return sum;
};
