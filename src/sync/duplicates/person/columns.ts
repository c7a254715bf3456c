import type { ComparedColumn } from '../../../model/sync/column.ts';
import { headerOf } from '../../propose/header.ts';
import { birthOf } from './birth.ts';

/** What is known of a private person, each from one column. */
export const personFields = [
  'given',
  'family',
  'kanaGiven',
  'kanaFamily',
  'birth',
  'number',
  'street',
  'building',
  'city',
  'state',
  'postcode',
  'id',
  'email',
  'phone',
] as const;

export type PersonField = (typeof personFields)[number];

/** The columns of a person; `whole` and `wholeKana` hold family and given name together. */
export type PersonColumns = Readonly<Partial<Record<PersonField | 'whole' | 'wholeKana', ComparedColumn>>>;

type Named = PersonField | 'whole' | 'wholeKana';

interface Meant {
  readonly column: ComparedColumn;
  readonly means: (word: string) => boolean;
  readonly plain: readonly string[];
}

const meant = (column: ComparedColumn): Meant => {
  const headers = [headerOf(column.left), headerOf(column.right)];
  return {
    column,
    means: (word) => headers.some(({ meanings }) => meanings.has(word)),
    plain: headers.map(({ plain }) => plain),
  };
};

const of =
  (type: ComparedColumn['type']) =>
  ({ column }: Meant) =>
    column.type === type;
const kana = ({ means, plain }: Meant): boolean =>
  means('kana') || plain.some((name) => /^(?:セイ|メイ|せい|めい)$/.test(name));
const family = ({ means, plain }: Meant): boolean =>
  means('last') || plain.some((name) => /^(?:sei|セイ|せい)/.test(name));
const given = ({ means, plain }: Meant): boolean =>
  means('first') || plain.some((name) => /^(?:mei|メイ|めい|名(?:カナ|かな|ふりがな|フリガナ)?)$/.test(name));
const name = (one: Meant): boolean =>
  of('name')(one) || (one.means('name') && !of('company')(one) && !one.means('company'));

/** In this order: what is more particular comes first. */
const fields: readonly (readonly [Named, (one: Meant) => boolean])[] = [
  ['birth', ({ means }) => means('birthday')],
  ['email', of('email')],
  ['phone', (one) => of('phone')(one) && !one.means('fax')],
  ['kanaFamily', (one) => kana(one) && family(one)],
  ['kanaGiven', (one) => kana(one) && given(one)],
  ['family', family],
  ['given', given],
  ['wholeKana', (one) => kana(one) && name(one)],
  ['whole', name],
  ['postcode', (one) => of('postcode')(one) || one.means('postcode')],
  ['number', ({ means, plain }) => ((means('street') || means('house')) && means('id')) || plain.includes('house')],
  ['building', ({ means }) => means('building')],
  ['street', ({ means }) => means('street')],
  ['city', ({ means }) => means('city')],
  ['state', ({ means }) => means('prefecture')],
  ['street', (one) => of('address')(one) || one.means('address')],
  ['id', (one) => of('id')(one) || one.means('id')],
];

/** Companies, owners and second addresses are not the person. */
const others = ['company', 'owner', 'product', 'department', 'shipping', 'by'];

/** Birthdays lie decades apart; days of orders and contracts do not. */
const leastSpan = 25;
const looksLikeBirths = (values: readonly string[]): boolean => {
  const years = values.map((value) => Number(birthOf(value).slice(0, 4))).filter((year) => year > 1880);
  const sorted = years.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return years.length >= 20 && years.length >= values.length * 0.9 && at(0.95) - at(0.05) >= leastSpan;
};

const filledIn = (sample: readonly (readonly string[])[], at: number): readonly string[] =>
  sample.map((values) => (values[at] ?? '').trim()).filter((value) => value !== '');

/** A column that few fill says nothing of what the records are. */
const isFilled = (sample: readonly (readonly string[])[], column: ComparedColumn | undefined, least = 0.3): boolean =>
  column !== undefined && filledIn(sample, column.at).length >= sample.length * least;

const addressParts = ['number', 'street', 'building', 'city', 'state', 'postcode'] as const;

/**
 * The columns of private persons, by name, type and content (`sample` holds values by compared column); undefined where the records
 * are not of private persons, or where too little is known of them: names with a birthday, or names with an address in parts.
 */
export const personColumns = (
  columns: readonly ComparedColumn[],
  sample: readonly (readonly string[])[],
): PersonColumns | undefined => {
  const found: Partial<Record<Named, ComparedColumn>> = {};
  const own = columns.filter(({ role, key, type }) => role === undefined && !key && type !== 'reference').map(meant);
  for (const one of own) {
    if (of('company')(one) || others.some((word) => one.means(word))) continue;
    for (const [field, fits] of fields) {
      if (!fits(one)) continue;
      found[field] ??= one.column;
      break;
    }
  }
  const dates = columns.filter(({ role, type }) => role === undefined && type === 'date');
  const dated = dates.find(({ at }) => looksLikeBirths(filledIn(sample, at)));
  if (dated) found.birth ??= dated;
  if (found.birth && !isFilled(sample, found.birth)) delete found.birth;
  if (columns.some((column) => column.type === 'company' && isFilled(sample, column, 0.2))) return undefined;
  const named = found.whole ?? found.wholeKana ?? found.given ?? found.kanaGiven;
  const parts = addressParts.filter((field) => isFilled(sample, found[field]));
  return named && (found.birth || parts.length >= 3) ? found : undefined;
};
