import { glossary } from '../../src/i18n/glossary/glossary.ts';
import type { Language, Text } from '../../src/model/text.ts';

/** One thing that a text should not be, and which of its words are so. */
interface TextRule {
  readonly id: string;
  /** What is wrong in it, in the words of the text; undefined where it is well. */
  readonly find: (text: string) => string | undefined;
}

/** Kana, kanji and the sign of repetition. */
const letter = '[\\u3041-\\u30fa\\u30fc-\\u30ff\\u3005\\u4e00-\\u9fff]';
const katakana = '[\\u30a1-\\u30fa\\u30fc]';

/** ⟦…⟧ is what a source fills in later; backticks and quotes hold what others wrote or what is to be typed. */
const withoutQuotes = (text: string): string =>
  text
    .replaceAll(/⟦[^⟧]*⟧/g, '⟦⟧')
    .replaceAll(/`[^`]*`/g, '``')
    .replaceAll(/\{\{[^}]*\}\}|\{ [^}]*\}/g, '{}')
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/「[^」]*」/g, '「」')
    .replaceAll(/［[^］]*］/g, '［］');

const matching =
  (pattern: RegExp, of: (text: string) => string = withoutQuotes) =>
  (text: string): string | undefined =>
    pattern.exec(of(text))?.[0];

const withoutPlaceholders = (text: string): string => text.replaceAll(/⟦[^⟧]*⟧/g, '');

const both: readonly TextRule[] = [
  { id: 'unfilled placeholder', find: matching(/\bundefined\b|\bNaN\b|\[object|\$\{(?![A-Z… ])/, withoutPlaceholders) },
  { id: 'double mark', find: matching(/[\w.。、] {2,}[\w(]|(?<!\.)\.\.(?!\.|\/)(?!\S)|。。|、、|: :/) },
];

/** Names of elements that vendors write without the long vowel. */
const vendorWords = /サーバアクション|送信メールサーバ|受信メールサーバ|レンタルサーバ|ユーザと会社|> ユーザ |Eメール/g;

/** Words that are not written so, besides those of the glossary; what is right stands behind. */
const avoided: readonly (readonly [RegExp, string])[] = [
  [/不正な値/, '使えない値'],
  [/ブラックリスト/, 'ブロックリスト'],
  [/メイル|電子メールアドレス/, 'メール'],
  [/下さい/, 'ください'],
  [/出来(?!事|高|上)/, 'でき'],
  [/全て/, 'すべて'],
  [/及び|、並びに/, 'と'],
  [/既に/, 'すでに'],
  [/予め/, 'あらかじめ'],
  [/但し/, 'ただし'],
  [/(?<!変)更に/, 'さらに'],
  [/殆ど/, 'ほとんど'],
  [/様に(?=[、。す])/, 'ように'],
  [/為に/, 'ために'],
  [/無い/, 'ない'],
  [/相違/, '差異'],
  [/ごみ箱/, 'ゴミ箱'],
  [/(?:自分|自身|自ら|様|さん|ドメイン|アドレス|方)あて/, '宛て'],
  [/エラーが発生しました(?=。?$)/, 'what failed, and what it means'],
];

const glossaryAvoids = glossary.flatMap(({ ja: { avoid = [], name } }) =>
  avoid.map((word) => [new RegExp(`(?<!${katakana})${word}(?!${katakana})`, 'u'), name] as const),
);

const avoidedWord = (text: string): string | undefined => {
  const plain = withoutQuotes(text).replaceAll(vendorWords, '');
  return [...avoided, ...glossaryAvoids].flatMap(([word, right]) => {
    const found = word.exec(plain)?.[0];
    return found === undefined ? [] : [`${found} (${right})`];
  })[0];
};

/** Endings of です・ます, of a noun or of a colon; what ends plainly is for labels. */
const politeEnd = /(?:です|ます|ません|でした|ました|ください|ましょう|でしょう|か)$/;
const plainEnd = /(?:[るくぐすつぬむぶうただい]|である|だった)$/;

const plainSentence = (text: string): string | undefined => {
  const sentences = withoutQuotes(text)
    .replaceAll(/（[^（）]*）/g, '')
    .split('。')
    .slice(0, -1);
  if (!sentences.some((one) => politeEnd.test(one))) return undefined;
  return sentences.find((one) => plainEnd.test(one) && !politeEnd.test(one))?.slice(-12);
};

/** Three requests in one text, or two in a sentence, are a chain: what is to be done is then said in steps. */
const chain = (text: string): string | undefined => {
  const asked = withoutQuotes(text).split('ください').length - 1;
  return asked >= 3 || /ください[^。]*ください/.test(text) ? `${asked} × ください` : undefined;
};

const japanese: readonly TextRule[] = [
  { id: 'full-width letter or digit', find: matching(/[０-９Ａ-Ｚａ-ｚ]/) },
  { id: 'word that is not ours', find: avoidedWord },
  {
    id: 'no space between Latin and Japanese',
    find: matching(new RegExp(`[A-Za-z0-9%]${letter}|${letter}[A-Za-z0-9]`), (text) =>
      withoutQuotes(text).replaceAll(vendorWords, ''),
    ),
  },
  { id: 'space beside a Japanese mark', find: matching(/[^\s:] [。、）」]|[（「] |[。、] \S/) },
  { id: 'half-width mark after Japanese', find: matching(new RegExp(`${letter}[,;!?]`)) },
  { id: 'half-width brackets around Japanese', find: matching(new RegExp(` \\([^()]*${letter}[^()]*\\)`)) },
  { id: 'plain sentence among polite ones', find: plainSentence },
  { id: 'chain of requests', find: chain },
];

const english: readonly TextRule[] = [
  {
    id: 'Japanese in English',
    find: matching(/[\u3041-\u3096\u30a1-\u30fa]{4,}|[\u4e00-\u9fff\u3041-\u3096]{12,}/),
  },
  { id: 'please', find: matching(/\bplease\b/i) },
  { id: 'blame', find: matching(/\byou (?:forgot|failed|must have|should have)\b|\byour (?:fault|mistake|error)\b/i) },
  {
    id: 'word that is not plain',
    find: matching(/\b(?:utili[sz]e|leverage|in order to|prior to|commence|obviously|illegal)\b/i),
  },
];

/** What is wrong with a text of this language, as `rule: words`. */
export const faultsOf = (text: string, language: Language): readonly string[] =>
  [...both, ...(language === 'ja' ? japanese : english)].flatMap(({ id, find }) => {
    const found = find(text);
    return found === undefined ? [] : [`${id}: ${found}`];
  });

/** Names, numbers and signs: what both languages write in the same way. */
const neutral = /`[^`]*`|⟦[^⟧]*⟧|"[^"]*"|\S*[^\sa-z]\S*|\b(?:a|and|or)\b/g;

/** Equal where words are told would be one of them left untranslated. */
const untranslated = ({ en, ja }: Text): boolean => en === ja && /[a-z]{2,} [a-z]{2,}/.test(en.replaceAll(neutral, ''));

const japaneseLetter = new RegExp(letter);

/** Hosts, addresses and paths, and numbers of three digits and more; small ones may be words. */
const factsIn = (text: string): ReadonlySet<string> =>
  new Set([
    ...(text.match(/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:example(?:\.\w+)?|test|jp|com|net|org|local)\b/g) ?? []),
    ...(text.match(/\d{3,}/g) ?? []),
  ]);

/** What only one of the languages tells. */
export const factsToldOnce = ({ en, ja }: Text): readonly string[] => {
  const [left, right] = [factsIn(en), factsIn(ja)];
  return [...[...left].filter((fact) => !right.has(fact)), ...[...right].filter((fact) => !left.has(fact))];
};

/** What is wrong with a filled text in both languages. */
export const faultsOfPair = (text: Text): readonly string[] => {
  const { en, ja } = text;
  return [
    ...(en.trim() === '' || ja.trim() === '' ? ['empty'] : []),
    ...(en !== en.trim() || ja !== ja.trim() ? ['blanks or a line break around it'] : []),
    ...(untranslated(text) ? [`not translated: ${en}`] : []),
    ...(en !== ja && /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/.test(en) && !japaneseLetter.test(ja)
      ? [`no Japanese: ${ja}`]
      : []),
    ...faultsOf(en, 'en').map((fault) => `en: ${fault}`),
    ...faultsOf(ja, 'ja').map((fault) => `ja: ${fault}`),
  ];
};

/** Every text with what it is, where something is wrong with it. */
export const faultsIn = (texts: readonly (readonly [string, Text])[]): readonly string[] =>
  texts.flatMap(([what, text]) => faultsOfPair(text).map((fault) => `${what}: ${fault}`));

/** The same for texts that speak of a finding: its hosts and numbers are told in both languages. */
export const faultsInFilled = (texts: readonly (readonly [string, Text])[]): readonly string[] => [
  ...faultsIn(texts),
  ...texts.flatMap(([what, text]) => factsToldOnce(text).map((fact) => `${what}: only in one language: ${fact}`)),
];
