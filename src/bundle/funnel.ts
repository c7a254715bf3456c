import { createConcealer, type SecretForm, secretForms, type Taken, withoutForms } from '../reason/redact.ts';
import { encodedForms, markupPattern } from './encodings.ts';
import type { Redactions } from './entry.ts';
import { isWord, type KnownSecret, wordPattern } from './known-secret.ts';
import { textsIn } from './texts.ts';

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

/** One thing that is looked for; without `taken` nothing is counted. */
type Pass = (text: string, taken?: Taken) => string;

/** What the redactor of every output does not know: rarer encodings, and everyday words, which it would find in others. */
const restOf = ({ value }: KnownSecret): Pass => {
  const word = isWord(value) ? wordPattern(value) : undefined;
  const forms = encodedForms(value)
    .map(({ bytes }) => bytes.toString())
    .filter((form) => form !== value && form.length >= 6 && !form.includes('\ufffd'));
  const patterns = [word, markupPattern(value)].filter((pattern) => pattern !== undefined);
  return (text, taken) => {
    const hide = (): string => {
      taken?.('known-secret', 1);
      return stars;
    };
    return forms.reduce(
      (words, form) => (words.includes(form) ? words.split(form).join(hide()) : words),
      patterns.reduce((words, pattern) => words.replace(pattern, hide), text),
    );
  };
};

const formPass =
  (form: SecretForm): Pass =>
  (text, taken) =>
    withoutForms(text, [form], taken);

/** `rename`: a last step for every text, such as pseudonyms. */
export const createFunnel = (secrets: readonly KnownSecret[], rename?: (text: string) => string): Funnel => {
  let counts = new Map<string, number>();
  const taken: Taken = (rule, times) => {
    counts.set(rule, (counts.get(rule) ?? 0) + times);
  };
  const strong = secrets.filter(({ value }) => !isWord(value)).map(({ value }) => value);
  const [plain, counting] = [createConcealer(strong), createConcealer(strong, taken)];
  const conceal: Pass = (text, hear) => (hear ? counting(text) : plain(text));
  const passes: readonly Pass[] = [conceal, ...secrets.map(restOf), ...secretForms.map(formPass)];
  const through = (given: string, some: readonly Pass[]): string =>
    some.reduce((words, pass) => pass(words, taken), given);
  const renamed = rename ?? ((text: string): string => text);
  return {
    text: (text, more = []) => renamed(through(text, [...passes, ...more.map(formPass)])),
    value: <Value>(value: Value): Value => {
      // Most evidence holds nothing to hide: one look at all of it tells which of the passes its texts have to go through.
      const all = textsIn(value).join('\n');
      const active = passes.filter((pass) => pass(all) !== all);
      if (active.length === 0 && !rename) return value;
      // Names of fields are our own words, in which an everyday word is no secret.
      const names = active.filter((pass) => pass === conceal);
      const walk = (node: unknown): unknown => {
        if (typeof node === 'string') return renamed(through(node, active));
        if (Array.isArray(node)) return node.map(walk);
        if (typeof node !== 'object' || node === null) return node;
        return Object.fromEntries(
          Object.entries(node).map(([name, inner]) => [
            renamed(through(name, /^\w{1,40}$/.test(name) ? names : active)),
            walk(inner),
          ]),
        );
      };
      // The walk keeps the shape: only the characters of texts change.
      return walk(value) as Value;
    },
    counted: () => {
      const result = Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
      counts = new Map();
      return result;
    },
  };
};
