import type { SourceColumn } from '../../model/sync/column.ts';
import { hashDigits, modulus, type SqlDialect } from './dialect.ts';
import type { ValueKind } from './kinds.ts';

const kinds: readonly (readonly [RegExp, ValueKind])[] = [
  [/^(?:String|UUID|IPv4|IPv6)$/, 'text'],
  [/^FixedString\(/, 'padded'],
  [/^U?Int(?:8|16|32|64|128|256)$/, 'integer'],
  [/^Float32$/, 'single'],
  [/^Float64$/, 'float'],
  [/^Decimal\d{0,3}\(/, 'decimal'],
  [/^Bool$/, 'boolean'],
  [/^Date(?:32)?$/, 'date'],
  [/^DateTime(?:64)?(?:\(|$)/, 'instant'],
  [/^Enum(?:8|16)\(/, 'choice'],
  [/^Array\(/, 'array'],
  // Its text is written here: the server keeps neither names of null nor what a double does not hold.
  [/^JSON(?:\(|$)/, 'json'],
];

const wrapper = /^(?:Nullable|LowCardinality)\(/;

/** The type that a value has where it is there. */
const innerType = (declared: string): string => {
  let type = declared;
  for (let found = wrapper.exec(type); found; found = wrapper.exec(type)) type = type.slice(found[0].length, -1);
  return type;
};

/** What an array holds. */
export const elementOf = (declared: string): string => innerType(declared).slice('Array('.length, -1);

export const clickhouseKind = (declared: string): ValueKind => {
  const type = innerType(declared);
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
};

const quoted = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;

/** Without zeros at the end of a fraction. */
const trimmed = (text: string): string => `replaceRegexpOne(${text}, '(\\\\.[0-9]*[1-9])0+$|\\\\.0+$', '\\\\1')`;

const zeros = (count: string): string =>
  `arrayStringConcat(arrayMap(x -> '0', range(toUInt32(greatest(${count}, 0)))), '')`;

/** `1.5e-7` without its exponent; every part is computed for every row, so that none may fail on the others. */
const plainFloat = (text: string): string => {
  const point = `toInt32(position(${text}, 'e'))`;
  const exponent = `if(${point} = 0, toInt32(0), toInt32OrZero(substring(${text}, ${point} + 1)))`;
  const digits = `replaceRegexpAll(substring(${text}, 1, greatest(${point} - 1, 0)), '[-.]', '')`;
  const size = `toInt32(length(${digits}))`;
  const large =
    `if(${size} > ${exponent} + 1, ` +
    `concat(substring(${digits}, 1, greatest(${exponent} + 1, 0)), '.', substring(${digits}, greatest(${exponent} + 2, 1))), ` +
    `concat(${digits}, ${zeros(`${exponent} + 1 - ${size}`)}))`;
  const small = `concat('0.', ${zeros(`-${exponent} - 1`)}, ${digits})`;
  return (
    `multiIf(${text} = 'nan', 'NaN', ${text} = 'inf', 'Infinity', ${text} = '-inf', '-Infinity', ${text} = '-0', '0', ` +
    `${point} = 0, ${text}, concat(if(substring(${text}, 1, 1) = '-', '-', ''), if(${exponent} >= 0, ${large}, ${small})))`
  );
};

/** Of a value that is not NULL. */
const textOf = (value: string, declared: string): string | undefined => {
  const text = `toString(${value})`;
  switch (clickhouseKind(declared)) {
    case 'text':
    case 'choice':
    case 'integer':
    case 'boolean':
    case 'date':
      return text;
    case 'padded':
      return `replaceRegexpOne(${text}, '\\\\x00+$', '')`;
    case 'decimal':
      return trimmed(text);
    case 'single':
    case 'float':
      return plainFloat(text);
    case 'instant':
      return `concat(replaceOne(${trimmed(`toString(toTimeZone(${value}, 'UTC'))`)}, ' ', 'T'), 'Z')`;
    case 'array':
      return arrayOf(value, elementOf(declared));
    default:
      return undefined;
  }
};

const arrayOf = (value: string, element: string): string | undefined => {
  // The elements of inner arrays would be told from those of an empty one.
  const text = clickhouseKind(element) === 'array' ? undefined : filledText('crm_doctor_e', element);
  return text && `arrayStringConcat(arrayMap(crm_doctor_e -> ${text}, ${value}), ';')`;
};

/** Names and numbers of `Enum8('new' = 1, 'it\\'s' = 2)`, the names as they stand there. */
export const enumEntries = (type: string): readonly { readonly name: string; readonly number: string }[] =>
  [...type.matchAll(/'((?:[^'\\]|\\.)*)' = (-?\d+)/gs)].map(([, name = '', number = '']) => ({ name, number }));

/** '' for NULL. */
const filledText = (column: string, declared: string): string | undefined => {
  if (!/^(?:LowCardinality\()?Nullable\(/.test(declared)) return textOf(column, declared);
  if (clickhouseKind(declared) === 'choice') {
    // Where there is no value there is none of the enumeration either, and older servers fail on writing that: by number they do not.
    const entries = enumEntries(declared);
    const numbers = entries.map(({ number }) => `toInt16(${number})`).join(', ');
    const names = entries.map((entry) => `'${entry.name}'`).join(', ');
    return `if(isNull(${column}), '', transform(CAST(assumeNotNull(${column}) AS Int16), [${numbers}], [${names}], ''))`;
  }
  const text = textOf(`assumeNotNull(${column})`, declared);
  return text === undefined ? undefined : `if(isNull(${column}), '', ${text})`;
};

const canonical = ({ name, declared = '' }: SourceColumn): string | undefined => filledText(quoted(name), declared);

/** A time is written in the zone of its column: in UTC it has to be asked for. */
const isZoned = (declared: string): boolean => {
  const kind = clickhouseKind(declared);
  return kind === 'instant' || (kind === 'array' && isZoned(elementOf(declared)));
};

export const clickhouseDialect: SqlDialect = {
  lexis: { backslash: '\'"`', dollars: true, hash: true },
  quoted,
  readExpression: (column) => (isZoned(column.declared ?? '') ? canonical(column) : undefined) ?? quoted(column.name),
  canonicalExpression: canonical,
  joinedExpression: (texts) => (texts.length === 1 ? (texts[0] ?? '') : `concat(${texts.join(", unhex('1F'), ")})`),
  byteExpression: (text) => text,
  // The first eight bytes of the MD5.
  hashExpression: (text) => `bitShiftRight(halfMD5(${text}), ${64 - hashDigits * 4})`,
  bucketExpression: (hash, buckets) => `bitAnd(${hash}, ${buckets - 1})`,
  // A sum of UInt64 is one modulo 2^64.
  sumExpression: (hash) => `toString(bitAnd(sum(${hash}), ${modulus - 1n}))`,
  // Only newer servers bind parameters; hexadecimal digits cannot end a text.
  isOneOf: (text, values) => ({
    sql: `${text} IN (${values.map((value) => `unhex('${Buffer.from(value, 'utf8').toString('hex')}')`).join(', ')})`,
    values: [],
  }),
};
