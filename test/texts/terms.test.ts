import { expect, test } from '@jest/globals';
import { allCauses } from '../../checks/all-causes.ts';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { glossary } from '../../src/i18n/glossary/glossary.ts';
import type { Language } from '../../src/model/text.ts';
import { everyday } from './everyday-words.ts';

/** Abbreviations and product names; in Japanese also what is written in katakana, which is where foreign terms are. */
const latin = /(?<![\w.@/-])[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?![\w.@/=(-])/g;
const katakana = /[\u30a1-\u30fa\u30fc]{3,}/g;

const wordsIn = (text: string, language: Language): readonly string[] => [
  ...(text.match(latin) ?? []),
  ...(language === 'ja' ? (text.match(katakana) ?? []) : []),
];

const known: Readonly<Record<Language, ReadonlySet<string>>> = (() => {
  const of = (language: Language): ReadonlySet<string> =>
    new Set(
      glossary.flatMap(({ en, ja }) =>
        [...en.match, ...ja.match, en.name, ja.name].flatMap((word) => wordsIn(word, language)),
      ),
    );
  return { en: of('en'), ja: of('ja') };
})();

/** What others wrote, what is to be typed, and versions. */
const withoutQuotes = (text: string): string =>
  text.replaceAll(/`[^`]*`|"[^"]*"|「[^」]*」|［[^］]*］|\b\d[\w.-]*/g, ' ');

/** The text itself says what it is: `IDLE (waiting for news)`, `an inspecting gateway (WAF)`. */
const explainedThere = (word: string, text: string): boolean =>
  [`${word}（`, `${word} (`, `（${word}`, `(${word}`].some((way) => text.includes(way));

const unexplained = (text: string, language: Language): readonly string[] =>
  wordsIn(withoutQuotes(text), language)
    .filter((word) => !known[language].has(word) && !known[language].has(word.replace(/s$/, '')))
    .filter((word) => !everyday.has(word) && !explainedThere(word, text));

test.each(['en', 'ja'] as const)(
  'every term in the title and meaning of a cause is explained somewhere (%s)',
  (language) => {
    const found = [...allCauses, ...allSyncCauses].flatMap(({ id, title, about }) =>
      [title, about].flatMap((text) => unexplained(text[language], language).map((word) => `${id}: ${word}`)),
    );
    expect(found).toEqual([]);
  },
);

test('no word is called everyday that the glossary explains, or that no cause uses', () => {
  const texts = [...allCauses, ...allSyncCauses].flatMap(({ title, about }) => [
    title.en,
    title.ja,
    about.en,
    about.ja,
  ]);
  const used = new Set(texts.flatMap((text) => [...wordsIn(text, 'en'), ...wordsIn(text, 'ja')]));
  expect([...everyday].filter((word) => known.ja.has(word) || !used.has(word))).toEqual([]);
});
