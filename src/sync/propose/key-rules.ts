import type { SourceRow } from '../../model/sync/source.ts';
import type { KeyRule } from '../../model/sync/subject.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';
import type { FormOfKeys } from './key-hash.ts';
import type { Look } from './looks.ts';

/** What keys are first brought together by: `text` is coarser than all rules but `digits`. */
export type Coarse = 'text' | 'digits';

const strict: Readonly<Record<Coarse, (key: string) => string>> = {
  text: keyForm(['trim', 'id15', 'width', 'lower', 'letters-digits', 'zeros']),
  digits: keyForm(['width', 'digits', 'zeros']),
};

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isSmall = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

/** Digits, or these and small letters, and no zero before them: no rule finds anything in it. Most ids of most tables are. */
const isPlain = (key: string, digitsOnly: boolean): boolean => {
  if (key.charCodeAt(0) === 0x30) return false;
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    if (!isDigit(unit) && (digitsOnly || !isSmall(unit))) return false;
  }
  return true;
};

/** The same as the rules make, without the way through Unicode where there is nothing of it. */
const coarseForms: typeof strict = {
  text: (key) => {
    if (key.length === 15 || key.length === 18) return strict.text(key);
    if (isPlain(key, false)) return key;
    if (!/^[!-~]+$/.test(key)) return strict.text(key);
    return key
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .replace(/^0+(?=.)/, '');
  },
  digits: (key) => (isPlain(key, true) ? key : strict.digits(key)),
};

/** A longer value, in UTF-16 units, is no key. */
const longestKey = 200;

/** One text for the parts of a key; undefined where all are blank, or one is no key. */
export const keyOfParts = (parts: readonly string[], form: (part: string) => string): string | undefined => {
  if (parts.length === 1) {
    const part = parts[0] ?? '';
    return part.length > longestKey ? undefined : form(part) || undefined;
  }
  if (parts.some(({ length }) => length > longestKey)) return undefined;
  const formed = parts.map(form);
  return formed.every((part) => part === '') ? undefined : formed.join('\u0000');
};

export const coarseKey = (row: SourceRow, looks: readonly Pick<Look, 'at'>[], coarse: Coarse): string | undefined =>
  keyOfParts(
    looks.map(({ at }) => row[at] ?? ''),
    coarseForms[coarse],
  );

/** The same as a form of keys. */
export const coarseForm = (coarse: Coarse): FormOfKeys => ({ of: coarseForms[coarse], plain: coarse });

/** What the rules make of keys. */
export const ruledForm = (rules: readonly KeyRule[]): FormOfKeys => ({
  of: keyForm(rules),
  plain: rules.length === 0 ? 'as-is' : rules.includes('digits') ? 'ruled-digits' : 'ruled',
});

/** The mildest first: of rules that join the same keys, the first ones are proposed. */
export const ruleSets: Readonly<Record<Coarse, readonly (readonly KeyRule[])[]>> = {
  text: [
    [],
    ['trim'],
    ['lower'],
    ['width'],
    ['trim', 'lower'],
    ['zeros'],
    ['id15'],
    ['width', 'trim'],
    ['width', 'trim', 'lower'],
    ['width', 'zeros'],
    ['lower', 'zeros'],
    ['letters-digits'],
    ['letters-digits', 'lower'],
    ['width', 'letters-digits', 'lower'],
    ['width', 'letters-digits', 'lower', 'zeros'],
  ],
  digits: [['digits'], ['digits', 'zeros'], ['width', 'digits', 'zeros']],
};
