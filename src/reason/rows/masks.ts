import type { ColumnType } from '../../model/sync/column.ts';

/** Words that stand for the data of a person that was erased. */
const words = new Set([
  '退会',
  '退会済',
  '退会済み',
  '退会ユーザー',
  '退会者',
  '削除済',
  '削除済み',
  '匿名',
  '匿名化',
  '匿名化済み',
  'anonymous',
  'anonymized',
  'anonymised',
  'redacted',
  '[redacted]',
  '<redacted>',
  'masked',
  '[masked]',
  'deleted user',
  'gdpr',
  'erased',
]);

/** Where such a word can be no ordinary value: it is a value of picklists and notes. */
const worded: readonly ColumnType[] = ['name', 'company', 'email', 'phone', 'address', 'postcode', 'date'];

const longest = 1000;
const maskSigns = new Set('*＊●○■□×•');
const maskLetters = new Set('XxＸ');

const isSign = (sign: string): boolean => maskSigns.has(sign) || maskLetters.has(sign);

const isHash = (value: string): boolean => [32, 40, 64].includes(value.length) && /^[0-9a-f]+$/i.test(value);

const ordinarySigns = /[-\s()@.+〒]/u;

/**
 * Signs in the place of characters, at least two (of letters four), with what is left of the value before and behind them: `山**`, `***-****-1234`,
 * `t***@example.jp`. A text into which signs were written is none.
 */
const isStarred = (from: string, to: string): boolean => {
  if (!/[*＊●○■□×•XxＸ]/.test(to)) return false;
  const signs = [...to];
  const first = signs.find(isSign);
  if (first === undefined) return false;
  const n = signs.filter((sign) => sign === first).length;
  if (n < (maskLetters.has(first) ? 4 : 2)) return false;
  if ([...from].includes(first)) return false;
  const begin = signs.indexOf(first);
  const end = signs.lastIndexOf(first);
  const middle = signs.slice(begin, end + 1);
  // Between the signs stand only those that a number or an address is divided by.
  if (middle.some((sign) => sign !== first && !ordinarySigns.test(sign))) return false;
  return from.startsWith(signs.slice(0, begin).join('')) && from.endsWith(signs.slice(end + 1).join(''));
};

/** Addresses of nobody, as programs write them when a person is erased, or copies for tests when they must reach nobody (RFC 2606). */
const isNobodysAddress = (value: string): boolean => {
  const text = value.toLowerCase();
  if (/^[^@\s]{1,200}@[^@\s]{0,200}\.invalid$/.test(text)) return true;
  return (
    /^(?:anonym(?:ous|i[sz]ed)|deleted|erased|redacted|masked|withdrawn)[^@\s]{0,60}@[^@\s]{1,200}$/.test(text) &&
    /(?:\.invalid|\.example|@example\.(?:com|org|net|jp)|\.local|\.localhost)$/.test(text)
  );
};

/** Whether a readable value was replaced by a mask. Total and linear. */
export const isMaskOf = (from: string, to: string, type: ColumnType): boolean => {
  if (from === '' || to === '' || from === to || from.length > longest || to.length > longest) return false;
  const word = to.trim().toLowerCase();
  if (worded.includes(type) && words.has(word)) return !words.has(from.trim().toLowerCase());
  if (type === 'email' && isNobodysAddress(to)) return !isNobodysAddress(from);
  if (isHash(to)) return !isHash(from);
  return isStarred(from, to);
};
