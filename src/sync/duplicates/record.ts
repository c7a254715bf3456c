import type { ColumnType, ComparedColumn } from '../../model/sync/column.ts';
import { headerOf } from '../propose/header.ts';
import { birthOf } from './person/birth.ts';

/** What duplicates are found by: each in the notation that all of its writings share; '' where there is none. */
export interface PersonRecord {
  /** Words of the name in a fixed order, so that it does not matter which comes first. */
  readonly name: string;
  readonly kana: string;
  readonly company: string;
  readonly address: string;
  readonly postcode: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Eight digits, the year first. */
  readonly birth: string;
}

/** One notation of a value out of all that mean the same. */
export type Canonical = (type: ColumnType, value: string) => string;

/** Where the fields of a record stand among the compared columns. */
export interface RecordShape {
  readonly name: readonly ComparedColumn[];
  readonly kana: readonly ComparedColumn[];
  readonly company: readonly ComparedColumn[];
  readonly address: readonly ComparedColumn[];
  readonly postcode: readonly ComparedColumn[];
  readonly emails: readonly ComparedColumn[];
  readonly phones: readonly ComparedColumn[];
  readonly birth: readonly ComparedColumn[];
}

/** E-mail addresses and numbers a record, at most. */
export const mostOf = 2;

const isKana = ({ left, right }: ComparedColumn): boolean =>
  /kana|カナ|かな|ふりがな|ヨミ|読み|yomi/i.test(`${left} ${right}`);
/** A fax is shared by a whole office. */
const isFax = ({ left, right }: ComparedColumn): boolean => /fax|ファ(?:ッ)?クス|ＦＡＸ/i.test(`${left} ${right}`);

const isBirth = ({ left, right }: ComparedColumn): boolean =>
  [left, right].some((name) => headerOf(name).meanings.has('birthday'));

export const shapeOf = (columns: readonly ComparedColumn[]): RecordShape => {
  const own = columns.filter(({ role }) => role === undefined);
  const of = (type: ColumnType, also: (column: ComparedColumn) => boolean = () => true) =>
    own.filter((column) => column.type === type && also(column));
  return {
    name: of('name', (column) => !isKana(column)),
    kana: of('name', isKana),
    company: of('company', (column) => !isKana(column)),
    address: of('address', (column) => !isKana(column)),
    postcode: of('postcode').slice(0, 1),
    emails: of('email').slice(0, mostOf),
    phones: of('phone', (column) => !isFax(column)).slice(0, mostOf),
    birth: own.filter(isBirth).slice(0, 1),
  };
};

/** What is longer is compared by its beginning. */
const longest = 200;

/** Latin words in a fixed order: Taro Sato is Sato, Taro. */
const ordered = (name: string): string =>
  /[ ,]/.test(name) ? name.split(/[ ,]+/).filter(Boolean).toSorted().join(' ') : name;

const [between, inside] = ['\u001f', '\u001e'];
const separators = /[\u001e\u001f]/g;

/** The record of one row; `valueAt` gives the value of a compared column. */
export const recordOf = (shape: RecordShape, canonical: Canonical, valueAt: (at: number) => string): PersonRecord => {
  const raw = (columns: readonly ComparedColumn[]): string =>
    columns.length === 1 && columns[0]
      ? valueAt(columns[0].at).slice(0, longest)
      : columns.map(({ at }) => valueAt(at).slice(0, longest)).join(' ');
  const whole = (type: ColumnType, columns: readonly ComparedColumn[]): string => {
    const value = raw(columns).trim();
    return value === '' ? '' : canonical(type, value).replace(separators, '').slice(0, longest);
  };
  const each = (type: ColumnType, columns: readonly ComparedColumn[]): readonly string[] =>
    columns.map((column) => whole(type, [column])).filter((value) => value !== '');
  return {
    name: ordered(whole('name', shape.name)),
    kana: ordered(whole('name', shape.kana)),
    company: whole('company', shape.company),
    address: whole('address', shape.address),
    postcode: whole('postcode', shape.postcode).replace(/\D/g, ''),
    emails: each('email', shape.emails),
    phones: each('phone', shape.phones)
      .map((phone) => phone.replace(/[^\d]/g, ''))
      .filter((phone) => phone !== ''),
    birth: shape.birth.length === 0 ? '' : birthOf(raw(shape.birth).trim()),
  };
};

/** As one text, to be kept; `unpack` reads it. */
export const pack = (record: PersonRecord): string =>
  [
    record.name,
    record.kana,
    record.company,
    record.address,
    record.postcode,
    record.emails.join(inside),
    record.phones.join(inside),
    record.birth,
  ].join(between);

const list = (text: string): readonly string[] => (text === '' ? [] : text.split(inside));

export const unpack = (text: string): PersonRecord => {
  const [name = '', kana = '', company = '', address = '', postcode = '', emails = '', phones = '', birth = ''] =
    text.split(between);
  return { name, kana, company, address, postcode, emails: list(emails), phones: list(phones), birth };
};
