import type { ComparedColumn } from '../../model/sync/column.ts';
import { booleanForm } from '../../reason/values/boolean-form.normal.ts';
import { phone } from '../../reason/values/phone.normal.ts';
import { postcode } from '../../reason/values/postcode.normal.ts';
import { bound, type Form, folded, notation, onSide } from './forms.ts';

const isZeroLost = (from: string, to: string): boolean => {
  if (!/^0[0-9]{1,30}$/.test(from)) return false;
  const rest = from.replace(/^0+/, '');
  return rest !== '' && (to === rest || to === `${rest}.0`);
};

const zeroForms = (): readonly Form[] =>
  (['right', 'left'] as const).map(
    (side): Form => ({
      cause: 'sync.leading-zero-lost',
      effect: 'wrong',
      detail: { side },
      sql: (left, right) => {
        const [from, to] = onSide(side, left, right);
        const rest = `replaceRegexpOne(${from}, '^0+', '')`;
        return `(match(${from}, '^0[0-9]{1,30}$') AND ${rest} != '' AND (${to} = ${rest} OR ${to} = concat(${rest}, '.0')))`;
      },
      holds: (left, right) => isZeroLost(...onSide(side, left, right)),
    }),
  );

const dashes = '(?:‐|‑|‒|–|—|―|−|－|﹣)';

/** The number with its 0, or + and all digits; empty for anything that may be something else. */
const phoneText = (text: string): string =>
  bound('p', `replaceRegexpAll(replaceRegexpAll(${text}, '^ +| +$', ''), '${dashes}', '-')`, (plain) =>
    bound('d', `replaceRegexpAll(${plain}, '[^0-9]', '')`, (digits) => {
      const foreign = `multiIf(startsWith(${plain}, '+'), replaceRegexpAll(replaceOne(${plain}, '(0)', ''), '[^0-9]', ''), match(${digits}, '^(?:010|00)81[0-9]'), replaceRegexpOne(${digits}, '^(?:010|00)', ''), '')`;
      const numberOf = (own: string): string =>
        `multiIf(match(${own}, '^81[0-9]'), concat('0', replaceRegexpOne(${own}, '^810?', '')), ${own} != '', concat('+', ${own}), match(${digits}, '^81[1-9][0-9]{8,9}$'), concat('0', substring(${digits}, 3)), ${digits})`;
      return bound(
        'n',
        bound('f', foreign, numberOf),
        (number) =>
          `if(match(${plain}, '^[+]?[0-9 ().-]+$') AND match(${number}, '^(?:0[0-9]{9,10}|[+][0-9]{8,15})$'), ${number}, '')`,
      );
    }),
  );

const postcodeText = (text: string): string =>
  bound(
    'p',
    `replaceRegexpAll(${text}, '${dashes}', '-')`,
    (plain) =>
      `if(match(${plain}, '^(?:〒|JP-?)? ?[0-9]{3} ?-? ?[0-9]{4}$'), replaceRegexpAll(${plain}, '[^0-9]', ''), '')`,
  );

const yes = ['true', 't', '1', '1.0', '-1', 'yes', 'y', 'on', 'はい', '有', 'あり', '○', '済'];
const no = ['false', 'f', '0', '0.0', 'no', 'n', 'off', 'いいえ', '無', 'なし', '×', '未'];
const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
const booleanText = (text: string): string =>
  `multiIf(lowerUTF8(${text}) IN (${list(yes)}), 'true', lowerUTF8(${text}) IN (${list(no)}), 'false', '')`;

/** The rule that is applied here, and what the server makes of a value by it; empty: nothing. */
const alike = (
  { cause, canonical }: { readonly cause: string; readonly canonical: (value: string) => string | undefined },
  textOf: (text: string) => string,
  hasNfkc: boolean,
): Form =>
  notation(
    cause,
    (left, right) => {
      const [a, b] = [textOf(folded(left, hasNfkc)), textOf(folded(right, hasNfkc))];
      return bound('a', a, (own) => `(${own} != '' AND ${own} = ${b})`);
    },
    canonical,
  );

/** Values are few, so that unrelated rows agree by chance: nearly all differences have to be the same value. */
const fewValues: Pick<Form, 'ownChance' | 'leastShare'> = { ownChance: true, leastShare: 0.9 };

const coded: ReadonlySet<ComparedColumn['type']> = new Set([
  'text',
  'name',
  'company',
  'phone',
  'postcode',
  'picklist',
  'reference',
  'id',
  'address',
]);

/** Of columns of texts that follow a rule: codes, phone numbers, postcodes, yes and no. */
export const codeForms = ({ type }: ComparedColumn, hasNfkc: boolean): readonly Form[] => [
  ...(type === 'phone' ? [alike(phone, phoneText, hasNfkc)] : []),
  ...(type === 'postcode' ? [alike(postcode, postcodeText, hasNfkc)] : []),
  ...(type === 'boolean' ? [{ ...alike(booleanForm, booleanText, hasNfkc), ...fewValues }] : []),
  ...(coded.has(type) ? zeroForms() : []),
];
