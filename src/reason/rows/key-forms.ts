import type { KeyRule } from '../../model/sync/subject.ts';
import { id15Of } from '../salesforce-id.ts';
import { compatible } from '../values/compatible.ts';

/** Nothing but letters and digits, as most keys are. */
const plain = /^[0-9A-Za-z]*$/;

/** What each rule makes of a key: of two keys that come out alike one record is meant. Total and linear. */
const forms: Readonly<Record<KeyRule, (key: string) => string>> = {
  trim: (key) => key.trim(),
  lower: (key) => key.toLowerCase(),
  width: compatible,
  zeros: (key) => key.trim().replace(/^0+(?=.)/, ''),
  'letters-digits': (key) => (plain.test(key) ? key : key.replace(/[^\p{L}\p{N}]/gu, '')),
  digits: (key) => key.replace(/\D/g, ''),
  id15: (key) => id15Of(key) ?? key,
};

/** A key, or a part of one, with the rules applied in their order. */
export const keyForm =
  (rules: readonly KeyRule[]): ((key: string) => string) =>
  (key) =>
    rules.reduce((formed, rule) => forms[rule](formed), key);

/**
 * One form for all keys that any of the rules may make alike: its digits, or its letters where it has none. Keys that come out alike
 * here may still mean different records.
 */
export const loosestForm = (key: string): string => {
  const text = compatible(id15Of(key) ?? key);
  const digits = forms.zeros(forms.digits(text));
  return digits === '' ? forms['letters-digits'](text).toLowerCase() : digits;
};
