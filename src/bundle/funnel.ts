import { createConcealer, type SecretForm, withoutForms } from '../reason/redact.ts';
import { encodedForms, markupPattern } from './encodings.ts';
import type { Redactions } from './entry.ts';
import { isWord, type KnownSecret, wordPattern } from './known-secret.ts';

const stars = '***';

/** The one way into a bundle: what an entry is made of passes here, and what was taken out is counted. */
export interface Funnel {
  /** `more`: forms that only this kind of text has. */
  readonly text: (text: string, more?: readonly SecretForm[]) => string;
  /** Every text of a JSON value, and keys that are made of data. */
  readonly value: <Value>(value: Value) => Value;
  /** What was taken out since the last time. */
  readonly counted: () => Redactions;
}

/** What the redactor of every output does not know: rarer encodings, and everyday words, which it would find in others. */
const withoutRest = ({ value }: KnownSecret, hide: () => string): ((text: string) => string) => {
  const word = isWord(value) ? wordPattern(value) : undefined;
  const forms = encodedForms(value)
    .map(({ bytes }) => bytes.toString())
    .filter((form) => form !== value && form.length >= 6 && !form.includes('\ufffd'));
  const patterns = [word, markupPattern(value)].filter((pattern) => pattern !== undefined);
  return (text) =>
    forms.reduce(
      (words, form) => (words.includes(form) ? words.split(form).join(hide()) : words),
      patterns.reduce((words, pattern) => words.replace(pattern, hide), text),
    );
};

/** `rename`: a last step for every text, such as pseudonyms. */
export const createFunnel = (
  secrets: readonly KnownSecret[],
  rename: (text: string) => string = (text) => text,
): Funnel => {
  let counts = new Map<string, number>();
  const taken = (rule: string, times: number): void => {
    counts.set(rule, (counts.get(rule) ?? 0) + times);
  };
  const hide = (): string => {
    taken('known-secret', 1);
    return stars;
  };
  const strong = secrets.filter(({ value }) => !isWord(value));
  const conceal = createConcealer(
    strong.map(({ value }) => value),
    taken,
  );
  const rest = secrets.map((secret) => withoutRest(secret, hide));
  const hidden = (given: string): string => rest.reduce((words, clean) => clean(words), conceal(given));
  const text = (given: string, more: readonly SecretForm[] = []): string =>
    rename(withoutForms(withoutForms(hidden(given), undefined, taken), more, taken));
  // Names of fields are our own words, in which an everyday word is no secret.
  const key = (given: string): string => (/^\w{1,40}$/.test(given) ? rename(conceal(given)) : text(given));
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return text(node);
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node === 'object' && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([name, inner]) => [key(name), walk(inner)]));
    }
    return node;
  };
  return {
    text,
    // The walk keeps the shape: only the characters of texts change.
    value: <Value>(value: Value) => walk(value) as Value,
    counted: () => {
      const result = Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
      counts = new Map();
      return result;
    },
  };
};
