import type { Text } from '../../model/text.ts';
import type { Span } from './node.ts';

export type Token = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'name'; readonly text: string; readonly merged: boolean }
    | { readonly kind: 'sign'; readonly sign: string }
    | { readonly kind: 'end' }
    | { readonly kind: 'bad'; readonly says: Text }
  );

const blank = /\s*/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
// A path: `$Record.Owner:User.Name`, `Account.Parent.Name`, `[Case].Status` of process builder, `list[0]`.
const name =
  /\$?(?:[\p{L}_][\p{L}\p{N}_]*|\[[\p{L}\p{N}_ .]{1,200}\])(?:[.:](?:[\p{L}_$][\p{L}\p{N}_]*|\[[\p{L}\p{N}_ .]{1,200}\])|\[\d{1,9}\])*/uy;
const sign = /&&|\|\||<=|>=|<>|!=|==|[-+*/^&=<>!(),]/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const at = (pattern: RegExp, text: string, offset: number): string | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
};

const quoted = (text: string, start: number): Token => {
  const quote = text[start];
  let value = '';
  for (let offset = start + 1; offset < text.length; offset += 1) {
    const char = text.charAt(offset);
    if (char === quote) return { kind: 'string', value, start, end: offset + 1 };
    if (char === '\\' && offset + 1 < text.length) {
      offset += 1;
      const escaped = text.charAt(offset);
      value += escapes[escaped.toLowerCase()] ?? escaped;
    } else value += char;
  }
  return {
    kind: 'bad',
    start,
    end: text.length,
    says: {
      en: `a text begins with ${quote} here and never ends`,
      ja: `ここで ${quote} により始まる文字列が閉じられていません`,
    },
  };
};

const skipped = (text: string, from: number): number | Token => {
  let offset = from;
  for (;;) {
    offset += at(blank, text, offset)?.length ?? 0;
    if (!text.startsWith('/*', offset)) return offset;
    const close = text.indexOf('*/', offset + 2);
    if (close < 0) {
      return {
        kind: 'bad',
        start: offset,
        end: text.length,
        says: { en: 'a comment begins here and never ends', ja: 'ここから始まるコメントが閉じられていません' },
      };
    }
    offset = close + 2;
  }
};

/** What stands at this offset or behind the blanks and comments there. */
export const tokenAt = (text: string, from: number): Token => {
  const start = skipped(text, from);
  if (typeof start !== 'number') return start;
  const char = text.charAt(start);
  if (char === '') return { kind: 'end', start, end: start };
  if (char === '"' || char === "'") return quoted(text, start);
  if (text.startsWith('{!', start)) {
    const close = text.indexOf('}', start);
    if (close < 0) {
      return {
        kind: 'bad',
        start,
        end: text.length,
        says: { en: '"{!" is not closed by "}"', ja: '「{!」が「}」で閉じられていません' },
      };
    }
    return { kind: 'name', text: text.slice(start + 2, close).trim(), merged: true, start, end: close + 1 };
  }
  const digits = at(number, text, start);
  if (digits !== undefined) return { kind: 'number', value: Number(digits), start, end: start + digits.length };
  const word = at(name, text, start);
  if (word !== undefined) return { kind: 'name', text: word, merged: false, start, end: start + word.length };
  const mark = at(sign, text, start);
  if (mark !== undefined) return { kind: 'sign', sign: mark, start, end: start + mark.length };
  const shown = String.fromCodePoint(text.codePointAt(start) ?? 0);
  return {
    kind: 'bad',
    start,
    end: start + shown.length,
    says: {
      en: `the character ${shown} has no meaning in a formula`,
      ja: `文字「${shown}」は数式では使えません`,
    },
  };
};
