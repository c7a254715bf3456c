import type { ColumnType } from '../../../model/sync/column.ts';
import type { Canonical } from '../record.ts';
import { birthOf } from './birth.ts';
import { type PersonColumns, type PersonField, personFields } from './columns.ts';

/** A private person, each field in the notation that all of its writings share; '' where there is none. */
export type Person = Readonly<Record<PersonField, string>>;

const longest = 120;
const between = '\u001f';
const latin = /^[\p{Script=Latin}\p{M}' .,-]+$/u;

/** In the order of `personFields`; written out, since it is done a million times and more. */
const personFrom = (values: readonly string[]): Person => ({
  given: values[0] ?? '',
  family: values[1] ?? '',
  kanaGiven: values[2] ?? '',
  kanaFamily: values[3] ?? '',
  birth: values[4] ?? '',
  number: values[5] ?? '',
  street: values[6] ?? '',
  building: values[7] ?? '',
  city: values[8] ?? '',
  state: values[9] ?? '',
  postcode: values[10] ?? '',
  id: values[11] ?? '',
  email: values[12] ?? '',
  phone: values[13] ?? '',
});

/** Whole names in two: Smith, John and John Smith, but 佐藤 太郎; a name in one piece is wholly the given one. */
const split = (name: string): readonly [given: string, family: string] => {
  const words = name.split(/[\s,、・]+/u).filter(Boolean);
  const [first = '', ...rest] = words;
  if (rest.length === 0) return [first, ''];
  if (!latin.test(name) || name.includes(',')) return [rest.join(' '), first];
  return [words.slice(0, -1).join(' '), words.at(-1) ?? ''];
};

const typeOf: Readonly<Partial<Record<PersonField, ColumnType>>> = {
  ...{ given: 'name', family: 'name', kanaGiven: 'name', kanaFamily: 'name', number: 'text', building: 'address' },
  ...{
    street: 'address',
    city: 'text',
    state: 'text',
    postcode: 'postcode',
    id: 'text',
    email: 'email',
    phone: 'phone',
  },
};

const signs = /[\s\p{P}\p{S}]+/gu;

/** Signs and blanks are put as one likes. */
const formed = (field: PersonField, text: string): string => {
  if (field === 'phone' || field === 'postcode') return text.replace(/\D/g, '');
  if (field === 'email') return text;
  // A house is 1-2-3, not 123.
  if (field === 'number' || field === 'street' || field === 'building') return text.toLowerCase();
  return text.replace(signs, '').toLowerCase();
};

export const personOf = (columns: PersonColumns, canonical: Canonical, valueAt: (at: number) => string): Person => {
  const raw = (field: PersonField | 'whole' | 'wholeKana'): string => {
    const column = columns[field];
    return column ? valueAt(column.at).slice(0, longest).trim() : '';
  };
  const names = columns.given ? [raw('given'), raw('family')] : split(raw('whole').normalize('NFKC'));
  const kana = columns.kanaGiven ? [raw('kanaGiven'), raw('kanaFamily')] : split(raw('wholeKana').normalize('NFKC'));
  const own: Readonly<Partial<Record<PersonField, string | undefined>>> = {
    ...{ given: names[0], family: names[1], kanaGiven: kana[0], kanaFamily: kana[1] },
  };
  const field = (one: PersonField): string => {
    const value = own[one] ?? raw(one);
    if (value === '') return '';
    if (one === 'birth') return birthOf(value);
    return formed(one, canonical(typeOf[one] ?? 'text', value))
      .replaceAll(between, '')
      .slice(0, longest);
  };
  return personFrom(personFields.map(field));
};

/** As one text, to be kept; `unpackPerson` reads it. */
export const packPerson = (person: Person): string => personFields.map((field) => person[field]).join(between);

export const unpackPerson = (text: string): Person => personFrom(text.split(between));
