import type { ColumnType } from '../../model/sync/column.ts';
import type { NormalRule } from '../../model/sync/normal.ts';
import { address } from './address.normal.ts';
import { booleanForm } from './boolean-form.normal.ts';
import { dash } from './dash.normal.ts';
import { dateFormat } from './date-format.normal.ts';
import { email } from './email.normal.ts';
import { eraDate } from './era-date.normal.ts';
import { excelSerialDate } from './excel-serial-date.normal.ts';
import { halfwidthKana } from './halfwidth-kana.normal.ts';
import { htmlEntities } from './html-entities.normal.ts';
import { invisible } from './invisible.normal.ts';
import { kanaScript } from './kana-script.normal.ts';
import { kanjiVariant } from './kanji-variant.normal.ts';
import { legalForm } from './legal-form.normal.ts';
import { letterCase } from './letter-case.normal.ts';
import { multiSelectOrder } from './multi-select-order.normal.ts';
import { nameSeparator } from './name-separator.normal.ts';
import { newline } from './newline.normal.ts';
import { numberFormat } from './number-format.normal.ts';
import { phone } from './phone.normal.ts';
import { postcode } from './postcode.normal.ts';
import { timestampForm } from './timestamp-form.normal.ts';
import { unicodeForm } from './unicode.normal.ts';
import { whitespace } from './whitespace.normal.ts';
import { widthDigits } from './width-digits.normal.ts';
import { widthKanaFull } from './width-kana-full.normal.ts';
import { widthLatin } from './width-latin.normal.ts';

/** In the order in which they are applied one after another: what one value is written with first, what it means last. */
export const normalRules: readonly NormalRule[] = [
  htmlEntities,
  unicodeForm,
  invisible,
  newline,
  whitespace,
  widthDigits,
  widthLatin,
  // Before ㈱ is taken apart.
  legalForm,
  widthKanaFull,
  halfwidthKana,
  dash,
  kanjiVariant,
  kanaScript,
  letterCase,
  nameSeparator,
  address,
  phone,
  postcode,
  email,
  numberFormat,
  dateFormat,
  eraDate,
  excelSerialDate,
  timestampForm,
  booleanForm,
  multiSelectOrder,
];

const rulesOf = (type: ColumnType): readonly NormalRule[] =>
  normalRules.filter(({ types }) => types?.includes(type) ?? true);

/** Types are few: the rules of each are looked up once. */
const byType = new Map<ColumnType, readonly NormalRule[]>();
const rulesFor = (type: ColumnType): readonly NormalRule[] => {
  const known = byType.get(type) ?? rulesOf(type);
  byType.set(type, known);
  return known;
};

/** All rules of a type one after another; a rule that says nothing of a value leaves it as it is. */
export const canonicalUnder =
  (type: ColumnType): ((value: string) => string) =>
  (value) =>
    rulesFor(type).reduce((text, { canonical }) => canonical(text) ?? text, value);

/** Whether a rule makes one of both; never where it says nothing of one of them. */
export const equalBy = ({ canonical }: NormalRule, left: string, right: string): boolean => {
  const one = canonical(left);
  return one !== undefined && one === canonical(right);
};

/** The rule under which two different values are equal, `several` where it takes more than one; undefined: they are different. */
export const equalUnder = (left: string, right: string, type: ColumnType): string | undefined => {
  // An absent value is no notation of anything.
  if (left === '' || right === '') return undefined;
  const single = rulesFor(type).find((rule) => equalBy(rule, left, right));
  if (single) return single.id;
  const canonical = canonicalUnder(type);
  const one = canonical(left);
  return one !== '' && one === canonical(right) ? 'several' : undefined;
};
