import { type EncodedForm, encodedForms, withoutEntities, withoutPercents } from './encodings.ts';
import type { Entry } from './entry.ts';
import { isWord, type KnownSecret, wordPattern } from './known-secret.ts';
import { createSearch } from './search.ts';
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

/** A form of a secret, and the key under which the search says that it is there. */
const keyed = ({ encoding, bytes }: EncodedForm) => ({ encoding, key: bytes.toString('latin1') });

/**
 * Looks for every known secret in every entry, in every encoding. What our own frame says (headings, tags) is not looked
 * at for everyday words: the data that it was made from is an entry of its own.
 */
export const leaksIn = (entries: readonly Entry[], secrets: readonly KnownSecret[]): readonly Leak[] => {
  const wanted = secrets.map(({ name, value }) => {
    const forms = encodedForms(value);
    if (!isWord(value)) return { name, forms: forms.map(keyed) };
    const others = forms.filter(({ bytes }) => bytes.toString() !== value && bytes.length >= 6);
    return { name, forms: others.map(keyed), word: keyed({ encoding: 'plain', bytes: Buffer.from(value) }), value };
  });
  const search = createSearch(
    wanted.flatMap(({ forms, word }) => [...forms, ...(word ? [word] : [])].map(({ key }) => key)),
  );
  return entries.flatMap((entry) => {
    const { texts, views } = viewsOf(entry);
    const found = new Set(views.flatMap((view) => [...search(view)]));
    return wanted.flatMap(({ name, forms, word, value }): readonly Leak[] => {
      const form = forms.find(({ key }) => found.has(key));
      if (form) return [{ entry: entry.name, secret: name, encoding: form.encoding }];
      // Whether it stands by itself is asked only of a word that stands somewhere.
      if (!word || entry.kind === 'derived' || !found.has(word.key)) return [];
      const pattern = wordPattern(value);
      return texts.some((text) => text.search(pattern) >= 0)
        ? [{ entry: entry.name, secret: name, encoding: 'plain' }]
        : [];
    });
  });
};
