import type { KeyRule } from '../../model/sync/subject.ts';
import { keyForm } from '../../reason/rows/key-forms.ts';

/** What keys are first brought together by: `text` is coarser than all rules but `digits`. */
export type Coarse = 'text' | 'digits';

const coarseForms: Readonly<Record<Coarse, (key: string) => string>> = {
  text: keyForm(['trim', 'id15', 'width', 'lower', 'letters-digits', 'zeros']),
  digits: keyForm(['width', 'digits', 'zeros']),
};

const strict = coarseForms.text;

/** The same, without the way through Unicode where there is nothing of it. */
const coarseText = (key: string): string => {
  if (key.length === 15 || key.length === 18 || !/^[!-~]+$/.test(key)) return strict(key);
  const plain = key.toLowerCase();
  if (/^[1-9a-z][a-z0-9]*$/.test(plain)) return plain;
  return plain.replace(/[^a-z0-9]/g, '').replace(/^0+(?=.)/, '');
};

const longestKey = 200;

/** One text for the parts of a key; undefined where all are blank, or one is no key. */
export const joinedKey = (parts: readonly string[], form: (part: string) => string): string | undefined => {
  if (parts.some(({ length }) => length > longestKey)) return undefined;
  const formed = parts.map(form);
  return formed.every((part) => part === '') ? undefined : formed.join('\u0000');
};

export const coarseKey = (parts: readonly string[], coarse: Coarse): string | undefined =>
  joinedKey(parts, coarse === 'text' ? coarseText : coarseForms.digits);

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
