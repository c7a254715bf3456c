import type { ColumnType } from '../../model/sync/column.ts';
import type { NormalRule } from '../../model/sync/normal.ts';
import { partingOf } from '../../model/sync/parting.ts';
import { address } from './address.normal.ts';
import { booleanForm } from './boolean-form.normal.ts';
import { dash } from './dash.normal.ts';
import { dateFormat } from './date-format.normal.ts';
import { email } from './email.normal.ts';
import { eraDate } from './era-date.normal.ts';
import { excelSerialDate } from './excel-serial-date.normal.ts';
import { halfwidthKana } from './halfwidth-kana.normal.ts';
import { htmlEntities } from './html-entities.normal.ts';
import { intervalForm } from './interval-form.normal.ts';
import { invisible } from './invisible.normal.ts';
import { kanaScript } from './kana-script.normal.ts';
import { kanjiVariant } from './kanji-variant.normal.ts';
import { legalForm } from './legal-form.normal.ts';
import { letterCase } from './letter-case.normal.ts';
import { listForm } from './list-form.normal.ts';
import { multiSelectOrder } from './multi-select-order.normal.ts';
import { nameSeparator } from './name-separator.normal.ts';
import { newline } from './newline.normal.ts';
import { numberFormat } from './number-format.normal.ts';
import { phone } from './phone.normal.ts';
import { postcode } from './postcode.normal.ts';
import { textGuard } from './text-guard.normal.ts';
import { timestampForm } from './timestamp-form.normal.ts';
import { unicodeForm } from './unicode.normal.ts';
import { whitespace } from './whitespace.normal.ts';
import { widthDigits } from './width-digits.normal.ts';
import { widthKanaFull } from './width-kana-full.normal.ts';
import { widthLatin } from './width-latin.normal.ts';

/** In the order in which they are applied one after another: what one value is written with first, what it means last. */
export const normalRules: readonly NormalRule[] = [
  htmlEntities,
  textGuard,
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
  intervalForm,
  listForm,
  multiSelectOrder,
];

const rulesOf = (type: ColumnType): readonly NormalRule[] =>
  normalRules.filter(({ types }) => types?.includes(type) ?? true);

/** Rules that leave a value of printable ASCII as it is, or say nothing of it. */
const beyondAscii: ReadonlySet<NormalRule> = new Set([
  unicodeForm,
  invisible,
  newline,
  widthDigits,
  widthLatin,
  widthKanaFull,
  halfwidthKana,
  dash,
  kanjiVariant,
  kanaScript,
]);

/** Types are few: the rules of each are looked up once, and those that have something to say of ASCII. */
const byType = new Map<ColumnType, { readonly all: readonly NormalRule[]; readonly ofAscii: readonly NormalRule[] }>();
const rulesFor = (type: ColumnType, ascii: boolean): readonly NormalRule[] => {
  let known = byType.get(type);
  if (!known) {
    const all = rulesOf(type);
    known = { all, ofAscii: all.filter((rule) => !beyondAscii.has(rule)) };
    byType.set(type, known);
  }
  return ascii ? known.ofAscii : known.all;
};

const ampersand = 0x26;

/** Printable ASCII, and nothing that is an entity of another sign. */
const isPlain = (value: string): boolean => {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || code === ampersand) return false;
  }
  return true;
};

const inTurn = (rules: readonly NormalRule[], value: string): string => {
  let text = value;
  for (const { signs, canonical } of rules) if (signs?.test(text) ?? true) text = canonical(text) ?? text;
  return text;
};

/** All rules of a type one after another; a rule that says nothing of a value leaves it as it is. */
export const canonicalUnder =
  (type: ColumnType): ((value: string) => string) =>
  (value) => {
    let text = value;
    for (const { canonical, isOwn } of rulesFor(type, isPlain(value)))
      if (isOwn === undefined || isOwn(text)) text = canonical(text) ?? text;
    return text;
  };

const concerns = ({ isOwn }: NormalRule, left: string, right: string): boolean =>
  isOwn === undefined || isOwn(left) || isOwn(right);

/** Whether a rule makes one of both; never where it says nothing of one of them, or neither is in its notation. */
export const equalBy = (rule: NormalRule, left: string, right: string): boolean => {
  const one = rule.canonical(left);
  return one !== undefined && one === rule.canonical(right) && concerns(rule, left, right);
};

const ruleOf = (left: string, right: string, type: ColumnType): string | undefined => {
  // An absent value is no notation of anything.
  if (left === '' || right === '') return undefined;
  const rules = rulesFor(type, isPlain(left) && isPlain(right));
  const parting = partingOf(left, right);
  const single = rules.find((rule) => (rule.signs?.test(parting) ?? true) && equalBy(rule, left, right));
  if (single) return single.id;
  const used = rules.filter((rule) => concerns(rule, left, right));
  const one = inTurn(used, left);
  return one !== '' && one === inTurn(used, right) ? 'several' : undefined;
};

/** Columns of these types hold the same few values again and again. */
const ofFewValues: ReadonlySet<ColumnType> = new Set<ColumnType>(['picklist', 'boolean', 'reference']);
const mostKnown = 4096;
const known = new Map<string, string | undefined>();

/** The rule under which two different values are equal, `several` where it takes more than one; undefined: they are different. */
export const equalUnder = (left: string, right: string, type: ColumnType): string | undefined => {
  if (!ofFewValues.has(type)) return ruleOf(left, right, type);
  const pair = `${type}\u0000${left}\u0000${right}`;
  const before = known.get(pair);
  if (before !== undefined || known.has(pair)) return before;
  if (known.size >= mostKnown) known.clear();
  const rule = ruleOf(left, right, type);
  known.set(pair, rule);
  return rule;
};
