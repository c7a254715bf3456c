import { decimalText, floatText, jsonText, timestampText, valueText } from './canonical.ts';

/** SQLite keeps any value in any column: the declared type tells only how it is meant. Integers are bigints. */
export const sqliteText = (value: unknown, declared: string): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint' && declared.startsWith('bool') && (value === 0n || value === 1n))
    return value === 1n ? 'true' : 'false';
  if (typeof value === 'number') return floatText(value);
  if (typeof value !== 'string') return valueText(value);
  if (declared.startsWith('timestamp') || declared.startsWith('datetime'))
    return timestampText(value, /(?:Z|[+]00(?::?00)?)$/.test(value));
  if (declared.startsWith('json')) return jsonText(value);
  return declared.startsWith('dec') || declared.startsWith('num') ? decimalText(value) : value;
};
