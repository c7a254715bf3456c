import { defineNormalRule } from '../../model/sync/normal.ts';
import { compatible } from './compatible.ts';
import { foldDashes } from './dash.normal.ts';

/** 1.25E+3 as 1250 by moving its point; nothing is calculated, so nothing is lost. */
const moved = (whole: string, part: string, by: number): readonly [string, string] => {
  if (by >= 0) {
    const padded = part.padEnd(by, '0');
    return [whole + padded.slice(0, by), padded.slice(by)];
  }
  const padded = whole.padStart(-by, '0');
  return [padded.slice(0, padded.length + by), padded.slice(padded.length + by) + part];
};

const withoutLastZeros = (digits: string): string => {
  let to = digits.length;
  while (to > 0 && digits[to - 1] === '0') to -= 1;
  return digits.slice(0, to);
};

/** Written as its own canonical form, as most numbers are. */
const asItIs = /^[1-9]\d*$/;

/** Of any length, as text. Yen only: ￥100 and $100 are not one amount. `1.234,5` may be anything. */
export const numberFormat = defineNormalRule({
  id: 'number-format',
  title: { en: 'notation of numbers', ja: '数値の表記' },
  types: ['number', 'amount'],
  cause: 'sync.number-format',
  canonical: (value) => {
    if (value.length > 80) return undefined;
    if (asItIs.test(value)) return value;
    const text = foldDashes(compatible(value)).replace(/\s/g, '');
    const bracketed = /^\((.*)\)$/.exec(text);
    const bare = (bracketed?.[1] ?? text).replace(/円$|JPY$/i, '').replace(/^JPY/i, '');
    const found = /^([-+△▲]?)[¥\\]?([-△▲]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?(?:e([-+]?\d{1,2}))?(-?)$/i.exec(bare);
    if (!found || !/\d/.test(bare)) return undefined;
    const [, before = '', inside = '', whole = '', part = '', power = '0', behind = ''] = found;
    if (whole === '' && part === '') return undefined;
    const minuses = [before === '+' ? '' : before, inside, behind, bracketed ? '(' : ''].filter((sign) => sign !== '');
    if (minuses.length > 1) return undefined;
    const [left, right] = moved(whole.replaceAll(',', ''), part, Number(power));
    const digits = left.replace(/^0+/, '') || '0';
    const rest = withoutLastZeros(right);
    const sign = minuses.length === 1 && (digits !== '0' || rest !== '') ? '-' : '';
    return `${sign}${digits}${rest === '' ? '' : `.${rest}`}`;
  },
});
