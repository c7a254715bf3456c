import type { SourceColumn } from '../../model/sync/column.ts';
import { hashDigits, modulus, type SqlDialect } from './dialect.ts';
import type { ValueKind } from './kinds.ts';

const kinds: Readonly<Record<string, ValueKind>> = {
  varchar: 'text',
  char: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  uuid: 'text',
  inet4: 'text',
  inet6: 'text',
  enum: 'choice',
  set: 'choices',
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  decimal: 'decimal',
  double: 'float',
  float: 'single',
  bit: 'bits',
  date: 'date',
  time: 'time',
  datetime: 'local',
  timestamp: 'instant',
  binary: 'bytes',
  varbinary: 'bytes',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  json: 'json',
};

/** By the declared type; its BOOLEAN is `tinyint(1)`, and `bit(1)` is used as one. */
export const mysqlKind = (declared: string): ValueKind => {
  const lower = declared.toLowerCase();
  if (lower.startsWith('tinyint(1)') || lower === 'bit(1)') return 'boolean';
  return kinds[/^[a-z0-9]+/.exec(lower)?.[0] ?? ''] ?? 'other';
};

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Zeros at the end of a fraction, and a point that is left alone. */
const trimmed = (text: string): string =>
  `IF(LOCATE('.', ${text}) > 0, TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${text})), ${text})`;

/** `1.5e-7` without its exponent. */
const plainFloat = (text: string): string => {
  const exponent = `CAST(SUBSTRING_INDEX(${text}, 'e', -1) AS SIGNED)`;
  const digits = `REPLACE(REPLACE(SUBSTRING_INDEX(${text}, 'e', 1), '-', ''), '.', '')`;
  const large =
    `IF(CHAR_LENGTH(${digits}) > ${exponent} + 1, ` +
    `CONCAT(LEFT(${digits}, ${exponent} + 1), '.', SUBSTR(${digits}, ${exponent} + 2)), RPAD(${digits}, ${exponent} + 1, '0'))`;
  const small = `CONCAT('0.', REPEAT('0', -${exponent} - 1), ${digits})`;
  return (
    `IF(LOCATE('e', ${text}) = 0, ${text}, ` +
    `CONCAT(IF(LEFT(${text}, 1) = '-', '-', ''), IF(${exponent} >= 0, ${large}, ${small})))`
  );
};

const asText = (value: string): string => `CAST(${value} AS CHAR CHARACTER SET utf8mb4)`;

/** How many bits a `bit(8)` has. */
export const bitsOf = (declared: string): number | undefined => {
  const [, width] = /^bit\((\d{1,2})\)/i.exec(declared) ?? [];
  return width === undefined ? undefined : Number(width);
};

/** As PostgreSQL and the SQL standard write it: each bit, the zeros before the first one too. */
const bitString = (column: string, declared: string): string => {
  const bits = `CONVERT(BIN(${column} + 0) USING utf8mb4)`;
  const width = bitsOf(declared);
  return width === undefined ? bits : `LPAD(${bits}, ${width}, '0')`;
};

/** Of a value that is not NULL. */
const textOf = (column: string, declared: string): string | undefined => {
  switch (mysqlKind(declared)) {
    case 'text':
    case 'choice':
      return `CONVERT(${column} USING utf8mb4)`;
    case 'choices':
      return `REPLACE(CONVERT(${column} USING utf8mb4), ',', ';')`;
    case 'boolean':
      return `CASE ${column} + 0 WHEN 0 THEN 'false' WHEN 1 THEN 'true' ELSE ${asText(`${column} + 0`)} END`;
    case 'bits':
      return bitString(column, declared);
    // Adding nothing takes off the zeros of ZEROFILL.
    case 'integer':
      return asText(`${column} + 0`);
    case 'decimal':
      return trimmed(asText(`${column} + 0`));
    case 'float':
      // And the sign of a zero, and the fixed places of `double(10,2)`.
      return plainFloat(asText(`${column} + 0e0`));
    case 'date':
      return asText(column);
    case 'time':
      return trimmed(asText(column));
    case 'local':
      return `REPLACE(${trimmed(asText(column))}, ' ', 'T')`;
    case 'instant':
      return `CONCAT(REPLACE(${trimmed(asText(column))}, ' ', 'T'), 'Z')`;
    case 'bytes':
      return `LOWER(HEX(${column}))`;
    default:
      // FLOAT too: the server writes six digits of it.
      return undefined;
  }
};

const canonical = ({ name, declared = '' }: SourceColumn): string | undefined => {
  const text = textOf(quoted(name), declared);
  return text === undefined ? undefined : `COALESCE(${text}, '')`;
};

/**
 * The same in any session: an instant is written in the zone of each, but for what UNIX_TIMESTAMP says of it, and CHAR has the spaces
 * that fill it up where PAD_CHAR_TO_FULL_LENGTH is set.
 */
const sessionless = (column: SourceColumn): string | undefined => {
  const { name, declared = '' } = column;
  const value = quoted(name);
  if (/^char\(/i.test(declared)) return `COALESCE(TRIM(TRAILING ' ' FROM ${textOf(value, declared)}), '')`;
  if (mysqlKind(declared) !== 'instant') return canonical(column);
  const text = asText(`DATE_ADD('1970-01-01 00:00:00', INTERVAL UNIX_TIMESTAMP(${value}) SECOND)`);
  // Zero is no instant: the first one is a second later.
  return `CASE WHEN ${value} IS NULL THEN '' WHEN UNIX_TIMESTAMP(${value}) = 0 THEN '0000-00-00T00:00:00Z' ELSE CONCAT(REPLACE(${trimmed(text)}, ' ', 'T'), 'Z') END`;
};

/** MySQL and MariaDB, in a session without `NO_BACKSLASH_ESCAPES` and `ANSI_QUOTES`. */
export const mysqlDialect: SqlDialect = {
  lexis: { backslash: '\'"', hash: true, dashesNeedSpace: true },
  quoted,
  readExpression: ({ name }) => quoted(name),
  canonicalExpression: canonical,
  joinedExpression: (texts) =>
    texts.length === 1 ? (texts[0] ?? '') : `CONCAT_WS(CHAR(31 USING utf8mb4), ${texts.join(', ')})`,
  byteExpression: (text) => `CAST(${text} AS BINARY)`,
  hashExpression: (text) => `CAST(CONV(LEFT(MD5(${text}), ${hashDigits}), 16, 10) AS UNSIGNED)`,
  bucketExpression: (hash, buckets) => `(${hash} & ${buckets - 1})`,
  sumExpression: (hash) => `CAST(COALESCE(SUM(${hash}), 0) MOD ${modulus} AS CHAR)`,
  isOneOf: (text, values) => ({
    sql: `CAST(${text} AS BINARY) IN (${values.map(() => '?').join(', ')})`,
    values,
  }),
};

/** Their texts where somebody else has opened the session. */
export const sessionlessMysql: Pick<SqlDialect, 'canonicalExpression'> = { canonicalExpression: sessionless };
