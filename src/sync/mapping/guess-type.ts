import type { ColumnType } from '../../model/sync/column.ts';
import { choicesIn } from '../../reason/values/choices.ts';
import { withoutLegalForm } from '../../reason/values/legal-form.normal.ts';
import { headerOf } from '../propose/header.ts';

/** A type and what all its values look like. Every pattern is linear. */
const looks: readonly (readonly [ColumnType, RegExp])[] = [
  ['email', /^[^\s@,;]{1,64}@[^\s@,;]{1,255}$/],
  ['timestamp', /^\d{4}[-/]\d{1,2}[-/]\d{1,2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?$/],
  ['date', /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/],
  ['postcode', /^〒?\d{3}[-‐－ー]\d{4}$/],
  ['phone', /^(?:\+\d{1,3}[- ]?|0)\d{1,4}[-( )]{0,2}\d{1,4}[-) ]\d{3,4}$/],
  ['boolean', /^(?:true|false|yes|no|はい|いいえ)$/i],
  ['number', /^-?\d{1,15}(?:\.\d{1,15})?$/],
];

/** Words in a column's name that say what values alone do not. */
const names: readonly (readonly [ColumnType, RegExp])[] = [
  ['phone', /phone|mobile|^tel|_tel|fax|電話|携帯|ファクス/i],
  ['postcode', /post_?code|postal|zip|郵便/i],
  ['email', /e-?mail|メール/i],
  ['company', /company|account_?name|organi[sz]ation|会社|企業|取引先名|法人/i],
  ['address', /address|street|住所|所在地|番地/i],
  ['amount', /amount|price|revenue|total|金額|売上|価格|年商/i],
  ['name', /^(?:full_?|first_?|last_?|given_?|family_?|contact_?)?name$|^kana$|氏名|名前|姓名|カナ|フリガナ/i],
];

/**
 * Seconds or milliseconds since 1970, of 2001 to 2033, as HubSpot and many APIs export them. Phone numbers and ids look alike: only in
 * a column whose name says that it is a time.
 */
const epoch = /^1\d{9}(?:\d{3})?$/;
const timeMeanings = ['created', 'updated', 'when', 'deleted'];
const isTimeByName = (name: string): boolean => {
  const { meanings } = headerOf(name);
  return !meanings.has('by') && timeMeanings.some((meaning) => meanings.has(meaning));
};

/** How many of a hundred values have to look alike. */
const nearly = 0.95;
const fewest = 5;

/** Of the names of a column, how many have to be those of companies. Sole traders have no legal form. */
const areCompanies = 0.5;

/** What may have a comma within one value of a few words, and no choice on either side of it. */
const withCommas: readonly (ColumnType | undefined)[] = ['name', 'company', 'address'];

/**
 * What the values of a column are, from its name and a sample: the type and how sure that is (the share of values that look so).
 * A number that begins with 0 is an id, whatever it looks like.
 */
export const guessType = (
  name: string,
  values: readonly string[],
): { readonly type: ColumnType; readonly sure: number } | undefined => {
  const filled = values.filter((value) => value !== '' && value.length < 400);
  const share = (pattern: RegExp): number => filled.filter((value) => pattern.test(value)).length / filled.length;
  const counted = filled.length >= fewest && isTimeByName(name) ? share(epoch) : 0;
  if (counted >= nearly) return { type: 'timestamp', sure: counted };
  const byName = names.find(([, pattern]) => pattern.test(name))?.[0];
  // Accounts of Salesforce have a Name as contacts do.
  const isCompany =
    byName === 'name' &&
    filled.filter((value) => withoutLegalForm(value) !== undefined).length >=
      Math.max(fewest, areCompanies * filled.length);
  const named = isCompany ? 'company' : byName;
  if (filled.length < fewest) return named === undefined ? undefined : { type: named, sure: 0.5 };
  const found = looks.map(([type, pattern]) => ({ type, sure: share(pattern) })).find(({ sure }) => sure >= nearly);
  const choices = found === undefined ? choicesIn(filled) : undefined;
  if (choices && (choices.separated === 'plainly' || !withCommas.includes(named))) {
    return { type: 'multi-picklist', sure: choices.sure };
  }
  if (named === 'amount' && found?.type !== 'number') return undefined;
  if (named !== undefined && (found === undefined || found.type === 'number')) return { type: named, sure: 0.8 };
  if (found?.type === 'number' && filled.some((value) => /^0\d/.test(value))) return { type: 'id', sure: 0.8 };
  return found;
};
