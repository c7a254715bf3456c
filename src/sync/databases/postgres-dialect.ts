import type { SourceColumn } from '../../model/sync/column.ts';
import { hashDigits, modulus, type SqlDialect } from './dialect.ts';
import type { ValueKind } from './kinds.ts';

const kinds: Readonly<Record<string, ValueKind>> = {
  text: 'text',
  varchar: 'text',
  'character varying': 'text',
  citext: 'text',
  name: 'text',
  uuid: 'text',
  interval: 'text',
  timetz: 'text',
  'time with time zone': 'text',
  bpchar: 'padded',
  character: 'padded',
  int2: 'integer',
  smallint: 'integer',
  int4: 'integer',
  integer: 'integer',
  int8: 'integer',
  bigint: 'integer',
  oid: 'integer',
  numeric: 'decimal',
  float4: 'single',
  real: 'single',
  float8: 'float',
  'double precision': 'float',
  bool: 'boolean',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  'time without time zone': 'time',
  timestamp: 'local',
  'timestamp without time zone': 'local',
  timestamptz: 'instant',
  'timestamp with time zone': 'instant',
  bit: 'bits',
  bytea: 'bytes',
  json: 'json',
  jsonb: 'json',
};

/** What a session has to be set to, so that the text of a value is the canonical one or near to it. */
export const textSettings = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  extra_float_digits: '3',
  bytea_output: 'hex',
  IntervalStyle: 'iso_8601',
} as const;

/** By the name in the catalogue, `int4`, or as the server declares it, `timestamp(3) with time zone`. */
export const postgresKind = (declared: string): ValueKind =>
  declared.endsWith('[]') ? 'array' : (kinds[declared.replace(/\(\d{1,9}(?:,-?\d{1,9})?\)/, '')] ?? 'other');

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The server says `2024-05-01 00:00:00.25`; what has no such form (`infinity`, before Christ) stays. */
const timeExpression = (text: string, plain: string): string =>
  `CASE WHEN ${text} IS NULL THEN '' WHEN ${text} LIKE '%infinity' OR ${text} LIKE '% BC' THEN ${text} ELSE ${plain} END`;

/**
 * Without zeros at the end of a fraction, as far as there are any: it takes time. What stands in quotes is met first and stays. In
 * dollars, as a session may take a backslash in quotes for more than one.
 */
const plainJson = (text: string): string =>
  `CASE WHEN ${text} ~ '[0-9][.][0-9]*0([^0-9]|$)' THEN regexp_replace(${text}, $json$("(?:[^"\\\\]|\\\\.)*"|[.][0-9]*[1-9])0*|[.]0+$json$, $json$\\1$json$, 'g') ELSE ${text} END`;

/** Of an expression of this type; '' where it is NULL. */
const textOf = (value: string, declared: string): string | undefined => {
  const text = `${value}::text`;
  const filled = `coalesce(${text}, '')`;
  switch (postgresKind(declared)) {
    case 'text':
    case 'padded':
    case 'integer':
    case 'date':
    case 'time':
      return filled;
    case 'decimal':
      return `CASE WHEN strpos(${filled}, '.') > 0 THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${filled} END`;
    case 'single':
    case 'float':
      // Through the text: a cast to numeric would keep 15 digits.
      return `CASE WHEN ${text} IS NULL THEN '' WHEN ${text} IN ('NaN', 'Infinity', '-Infinity') THEN ${text} ELSE ${text}::numeric::text END`;
    case 'boolean':
      return `CASE WHEN ${value} THEN 'true' WHEN NOT ${value} THEN 'false' ELSE '' END`;
    case 'bits':
      // A single one is used as yes or no; the type of a result does not tell how many it has.
      return `CASE ${filled} WHEN '1' THEN 'true' WHEN '0' THEN 'false' ELSE ${filled} END`;
    case 'local':
      return timeExpression(text, `replace(${text}, ' ', 'T')`);
    case 'instant':
      // In a session in UTC it ends in +00.
      return timeExpression(text, `replace(left(${text}, -3), ' ', 'T') || 'Z'`);
    case 'bytes':
      return `coalesce(encode(${value}, 'hex'), '')`;
    case 'json':
      // What is only kept as it was written (json) may be nothing that jsonb can hold, and the cast would fail.
      return declared === 'jsonb' ? `coalesce(${plainJson(text)}, '')` : undefined;
    case 'array':
      return arrayOf(value, declared.slice(0, -'[]'.length));
    case 'other':
      // A cast to text would write some types otherwise than the server sends them: an address with its mask.
      return `format('%s', ${value})`;
    default:
      return undefined;
  }
};

/** Elements of all dimensions in turn; those of a composite type would come apart. */
const arrayOf = (value: string, element: string): string | undefined => {
  const text = postgresKind(element) === 'other' ? undefined : textOf('crm_doctor_e', element);
  return (
    text &&
    `coalesce((SELECT string_agg(${text}, ';' ORDER BY crm_doctor_n) FROM unnest(${value}) WITH ORDINALITY AS crm_doctor_a(crm_doctor_e, crm_doctor_n)), '')`
  );
};

const canonical = ({ name, declared = '', options }: SourceColumn): string | undefined =>
  options ? `coalesce(${quoted(name)}::text, '')` : textOf(quoted(name), declared);

export const postgresDialect: SqlDialect = {
  lexis: { backslash: '', escapeTexts: true, dollars: true },
  quoted,
  readExpression: ({ name }) => quoted(name),
  canonicalExpression: canonical,
  joinedExpression: (texts) => (texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(' || chr(31) || ')})`),
  byteExpression: (text) => `(${text}) COLLATE "C"`,
  hashExpression: (text) =>
    `('x' || substr(md5(convert_to(${text}, 'UTF8')), 1, ${hashDigits}))::bit(${hashDigits * 4})::bigint`,
  bucketExpression: (hash, buckets) => `(${hash} & ${buckets - 1})`,
  sumExpression: (hash) => `mod(coalesce(sum(${hash}), 0), ${modulus})::text`,
  isOneOf: (text, values, next) => {
    // It holds no text with a NUL in it.
    const possible = values.filter((value) => !value.includes('\0'));
    return possible.length === 0
      ? { sql: '1 = 0', values: [] }
      : {
          sql: `(${text}) COLLATE "C" IN (${possible.map((_, at) => `$${next + at}`).join(', ')})`,
          values: possible,
        };
  },
};
