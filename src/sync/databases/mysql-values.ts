import { decimalText, floatText, jsonText, singleText, timestampText, valueText } from './canonical.ts';
import type { ValueKind } from './kinds.ts';

/** What the server tells of a column of its answer. */
export interface MysqlField {
  readonly name: string;
  readonly columnType?: number | undefined;
  readonly columnLength?: number | undefined;
  readonly characterSet?: number | undefined;
  readonly flags?: number | string[] | undefined;
  /** MariaDB: `json`. */
  readonly extendedFormat?: string | undefined;
}

/** The codes of the protocol. */
const names: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'tinyint',
  2: 'smallint',
  3: 'int',
  4: 'float',
  5: 'double',
  7: 'timestamp',
  8: 'bigint',
  9: 'mediumint',
  10: 'date',
  11: 'time',
  12: 'datetime',
  13: 'year',
  14: 'date',
  16: 'bit',
  245: 'json',
  246: 'decimal',
};

const isBinary = 63;
const enumFlag = 256;
const setFlag = 2_048;

/** The type as it would be declared, as far as values are concerned. */
export const declaredOf = (field: MysqlField): string => {
  const { columnType = -1, columnLength = 0, characterSet, flags, extendedFormat } = field;
  if (extendedFormat === 'json') return 'json';
  const known = names[columnType];
  if (known === 'bit') return `bit(${columnLength})`;
  if (known !== undefined) return known === 'tinyint' && columnLength === 1 ? 'tinyint(1)' : known;
  const bits = typeof flags === 'number' ? flags : 0;
  if (columnType === 247 || bits & enumFlag) return 'enum';
  if (columnType === 248 || bits & setFlag) return 'set';
  // Texts and bytes are of the same types.
  if ((columnType >= 249 && columnType <= 254) || columnType === 15)
    return characterSet === isBinary ? 'varbinary' : 'varchar';
  return 'geometry';
};

const withoutZeros = (text: string): string => text.replace(/(\.\d{0,5}[1-9])0{1,5}$|\.0{1,6}$/, '$1');

/** A value of the binary protocol: numbers up to 53 bits and floats as numbers, all else as text or bytes. `width`: how many bits it has. */
export const mysqlText = (value: unknown, kind: ValueKind, width = 0): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Uint8Array) {
    const hex = Buffer.from(value).toString('hex');
    if (kind !== 'bits' && kind !== 'boolean') return hex;
    const bits = BigInt(`0x${hex || '0'}`);
    return kind === 'boolean' ? mysqlText(Number(bits), kind) : bits.toString(2).padStart(width, '0');
  }
  if (typeof value === 'number') {
    if (kind === 'boolean') return value === 0 ? 'false' : value === 1 ? 'true' : String(value);
    return kind === 'single' ? singleText(value) : floatText(value);
  }
  if (typeof value !== 'string') return valueText(value);
  switch (kind) {
    case 'decimal':
      return decimalText(value);
    case 'choices':
      return value.replaceAll(',', ';');
    case 'json':
      return jsonText(value);
    case 'time':
      return withoutZeros(value);
    case 'local':
      return timestampText(value, false);
    case 'instant':
      return timestampText(value, true);
    default:
      return value;
  }
};
