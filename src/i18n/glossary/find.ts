import type { Language } from '../../model/text.ts';
import { glossary } from './glossary.ts';
import { noTerms } from './no-terms.ts';
import type { Term } from './term.ts';

interface Entry {
  readonly word: string;
  /** Found as it stands only: an abbreviation in capitals is no ordinary word. */
  readonly exact: boolean;
  /** Undefined for a phrase that is no term although it contains one. */
  readonly term?: Term;
}

const entriesOf = (language: Language): readonly Entry[] => [
  ...glossary.flatMap((term) => term[language].match.map((word) => ({ word, exact: /[A-Z]/.test(word), term }))),
  ...noTerms[language].map((word) => ({ word, exact: false })),
];

type Index = ReadonlyMap<string, readonly Entry[]>;

/** By first letter, the longest first. */
const indexOf = (language: Language): Index => {
  const index = new Map<string, Entry[]>();
  for (const entry of entriesOf(language)) {
    const first = entry.word.charAt(0).toLowerCase();
    index.set(first, [...(index.get(first) ?? []), entry]);
  }
  for (const [first, entries] of index)
    index.set(
      first,
      entries.toSorted((a, b) => b.word.length - a.word.length),
    );
  return index;
};

const indexes = new Map<Language, Index>();

/** Made when the first text is looked through. */
const indexFor = (language: Language): Index => {
  const known = indexes.get(language);
  if (known) return known;
  const made = indexOf(language);
  indexes.set(language, made);
  return made;
};

const latin = /[A-Za-z0-9_-]/;
const katakana = /[\u30a1-\u30fa\u30fc]/;

/** A word does not go on beyond its end: katakana and Latin words are not found inside longer ones. */
const ends = (inside: string, outside: string): boolean =>
  !(latin.test(inside) && latin.test(outside)) && !(katakana.test(inside) && katakana.test(outside));

/** Length of what stands at a place, an English plural included; 0 where the word is not there. */
const lengthAt = (text: string, lower: string, at: number, { word, exact }: Entry): number => {
  const stands = exact ? text.startsWith(word, at) : lower.startsWith(word.toLowerCase(), at);
  if (!stands || !ends(word.charAt(0), text.charAt(at - 1))) return 0;
  const last = word.charAt(word.length - 1);
  const end = at + word.length;
  if (ends(last, text.charAt(end))) return word.length;
  return text.charAt(end) === 's' && ends('s', text.charAt(end + 1)) ? word.length + 1 : 0;
};

/** Characters that may stand around a word without belonging to it. */
const before = /^["'([{<*]+/;
const after = /["')\]}>*.,:;!?]+$/;

/** Ids, names of hosts and files, addresses, options, assignments. */
const isName = (token: string): boolean =>
  /^(?:[-/~$%]|https?:)/.test(token) || /[A-Za-z0-9)][._@\\=:][A-Za-z0-9]/.test(token);

const token = /[!-_a-~]+/y;
/** No word of a language is as long. */
const longestWord = 200;

/** Where a name or quoted code ends that begins here, else the same place. */
const afterName = (text: string, at: number, index: Index): number => {
  if (text.charAt(at) === '`') {
    const end = text.indexOf('`', at + 1);
    return end === -1 ? at + 1 : end + 1;
  }
  token.lastIndex = at;
  const found = token.exec(text)?.[0];
  if (found === undefined) return at;
  if (found.length > longestWord) return at + found.length;
  const bare = found.replace(before, '').replace(after, '');
  if (!isName(bare)) return at;
  const isTerm = index.get(bare.charAt(0).toLowerCase())?.some(({ word }) => word === bare);
  return isTerm ? at : at + found.length;
};

/** Longer texts are cut: nobody reads explanations of more. */
const atMost = 100_000;

/** What follows a token that was looked at as a whole. */
const tokenStarts = (text: string, at: number): boolean => !/[!-~]/.test(text.charAt(at - 1));

/** The terms of a text in the order in which they first appear; none that is only part of an id or the name of a host. */
export const termsIn = (whole: string, language: Language): readonly Term[] => {
  const text = whole.slice(0, atMost);
  const lower = text.toLowerCase();
  // Lower case of a few letters is longer than they are; such a text is taken as it stands.
  const comparable = lower.length === text.length ? lower : text;
  const index = indexFor(language);
  const found = new Set<Term>();
  let at = 0;
  while (at < text.length) {
    if (text.charAt(at) === '`' || tokenStarts(text, at)) {
      const end = afterName(text, at, index);
      if (end > at) {
        at = end;
        continue;
      }
    }
    let step = 1;
    for (const entry of index.get(comparable.charAt(at).toLowerCase()) ?? []) {
      const length = lengthAt(text, comparable, at, entry);
      if (length === 0) continue;
      if (entry.term) found.add(entry.term);
      step = length;
      break;
    }
    at += step;
  }
  return [...found];
};

const plain = (word: string): string => word.normalize('NFKC').trim().toLowerCase();

const named = (word: string, language: Language): Term | undefined => {
  const wanted = plain(word);
  const called = (names: readonly string[]): boolean =>
    names.some((name) => plain(name) === wanted || (language === 'en' && `${plain(name)}s` === wanted));
  return (
    glossary.find((term) => term.id === wanted || called([term[language].name])) ??
    glossary.find((term) => called(term[language].match))
  );
};

/** The term that somebody asks for, in the language of the screen or the other one. */
export const termNamed = (word: string, language: Language): Term | undefined =>
  named(word, language) ?? named(word, language === 'en' ? 'ja' : 'en');
