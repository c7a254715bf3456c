/** What a character stands for: a script is no secret, and which one it is often is the whole point. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^[0-9]$/, '9'],
  [/^[A-Z]$/, 'A'],
  [/^[a-z]$/, 'a'],
  [/^[０-９]$/, '９'],
  [/^[Ａ-Ｚａ-ｚ]$/, 'Ａ'],
  [/^[\u3041-\u309f]$/, 'あ'],
  [/^[\u30a0-\u30ff]$/, 'ア'],
  [/^[\uff66-\uff9f]$/, 'ｱ'],
  [/^\p{Script=Han}$/u, '字'],
  [/^[\p{L}\p{N}\p{M}\p{S}]$/u, 'x'],
];

/** An escape of ours, or one character. */
const piece = /\\x[0-9a-f]{2}|\\u\{[0-9a-f]{1,6}\}|./gsu;

const maskOf = (one: string): string =>
  one.length > 2 ? one : (kinds.find(([pattern]) => pattern.test(one))?.[1] ?? one);

/**
 * A value without what it says: letters and digits become a letter or digit of their kind, blanks, marks and escapes stay. The notation
 * can still be seen, the person cannot.
 */
export const masked = (value: string): string => value.replace(piece, maskOf);
