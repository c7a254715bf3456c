import { type EncodedForm, encodedForms, withoutEntities, withoutPercents } from './encodings.ts';
import type { Entry } from './entry.ts';
import { isWord, type KnownSecret, wordPattern } from './known-secret.ts';
import { textsIn } from './texts.ts';

/** A secret that is still there: where, whose, and how it is written. Never the secret itself. */
export interface Leak {
  readonly entry: string;
  readonly secret: string;
  readonly encoding: string;
}

const unfolded = (text: string): string => text.replace(/=?\r?\n[ \t]*/g, '');

/** The same file as it may be read: its texts, without the breaks of folded lines, with entities and percents undone. */
const viewsOf = ({ kind, bytes }: Entry): { readonly texts: readonly string[]; readonly views: readonly Buffer[] } => {
  const text = bytes.toString('utf8');
  const inside = kind === 'data' ? textsIn(JSON.parse(text)) : [text];
  const read = kind === 'data' ? [text, inside.join('\n')] : [text];
  const again = read.flatMap((one) => [one, unfolded(one), withoutEntities(one), withoutPercents(one)]);
  return { texts: inside, views: [bytes, ...[...new Set(again)].map((one) => Buffer.from(one))] };
};

/**
 * Looks for every known secret in every entry, in every encoding. What our own frame says (headings, tags) is not looked
 * at for everyday words: the data that it was made from is an entry of its own.
 */
export const leaksIn = (entries: readonly Entry[], secrets: readonly KnownSecret[]): readonly Leak[] => {
  const wanted = secrets.map((secret) => {
    const word = isWord(secret.value);
    const forms = encodedForms(secret.value);
    return {
      ...secret,
      word: word ? wordPattern(secret.value) : undefined,
      forms: word ? forms.filter(({ bytes }) => bytes.toString() !== secret.value && bytes.length >= 6) : forms,
    };
  });
  return entries.flatMap((entry) => {
    const { texts, views } = viewsOf(entry);
    const holds = ({ bytes }: EncodedForm): boolean => views.some((view) => view.includes(bytes));
    return wanted.flatMap(({ name, word, forms }): readonly Leak[] => {
      const form = forms.find(holds);
      if (form) return [{ entry: entry.name, secret: name, encoding: form.encoding }];
      const plain = word !== undefined && entry.kind !== 'derived' && texts.some((text) => text.search(word) >= 0);
      return plain ? [{ entry: entry.name, secret: name, encoding: 'plain' }] : [];
    });
  });
};
