import type { Database } from 'better-sqlite3';
import { hashOf, modulus, type SqlDialect } from './dialect.ts';
import { sqliteText } from './sqlite-values.ts';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQLite has no types to go by and no MD5: the functions are those of Node. */
export const sqliteDialect: SqlDialect = {
  lexis: { backslash: '' },
  quoted,
  readExpression: ({ name }) => quoted(name),
  canonicalExpression: ({ name, declared = '' }) =>
    `crm_doctor_text(${quoted(name)}, ${literal(declared.toLowerCase())})`,
  joinedExpression: (texts) => (texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(' || char(31) || ')})`),
  byteExpression: (text) => `${text} COLLATE BINARY`,
  hashExpression: (text) => `crm_doctor_hash(${text})`,
  bucketExpression: (hash, buckets) => `(${hash} & ${buckets - 1})`,
  sumExpression: (hash) => `crm_doctor_sum(${hash})`,
  isOneOf: (text, values) => ({
    sql: `${text} COLLATE BINARY IN (${values.map(() => '?').join(', ')})`,
    values,
  }),
};

export const registerFunctions = (database: Database): void => {
  const options = { deterministic: true, safeIntegers: true };
  database.function('crm_doctor_text', options, (value: unknown, declared: unknown) =>
    sqliteText(value, String(declared)),
  );
  database.function('crm_doctor_hash', options, (text: unknown) => hashOf(String(text)));
  database.aggregate('crm_doctor_sum', {
    safeIntegers: true,
    start: 0n,
    step: (sum: bigint, hash: unknown) => (sum + (typeof hash === 'bigint' ? hash : 0n)) % modulus,
    result: (sum: bigint) => String(sum),
  });
};
