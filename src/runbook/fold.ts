/**
 * How texts are compared in a search: full-width letters, half-width kana and circled digits as their usual form (NFKC),
 * in small letters. Line ends stay where they are.
 */
export const fold = (text: string): string =>
  /^[\x00-\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize('NFKC').toLowerCase();

const katakanaAfter = 0x60;

/** A letter, or either of two that stand for the same: hiragana and katakana, the sigma within a word and at its end. */
const formsOf = (letter: string): string => {
  const code = letter.charCodeAt(0);
  if (code >= 0x3041 && code <= 0x3096) return `[${letter}${String.fromCharCode(code + katakanaAfter)}]`;
  if (code >= 0x30a1 && code <= 0x30f6) return `[${letter}${String.fromCharCode(code - katakanaAfter)}]`;
  if (letter === 'σ' || letter === 'ς') return '[σς]';
  return letter.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
};

/** Whether a word stands in a text; both folded. A class a letter: nothing in it can be tried twice. */
export const finderOf = (word: string): ((folded: string) => boolean) => {
  const pattern = Array.from({ length: word.length }, (_, index) => formsOf(word.charAt(index))).join('');
  if (!pattern.includes('[')) return (folded) => folded.includes(word);
  const either = new RegExp(pattern);
  return (folded) => either.test(folded);
};
