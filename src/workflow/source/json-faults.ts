import type { Text } from '../../model/text.ts';
import type { JsonList, JsonRecord } from './json-value.ts';

/** What the grammar allows next. */
export type JsonExpected = 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'comma' | 'end';

/** Why a piece of text is no token. */
export type JsonMishap = 'unclosed text' | 'escape' | 'control' | 'number' | 'comment' | 'single quotes' | 'word';

const ofMishap: Readonly<Record<Exclude<JsonMishap, 'word'>, Text>> = {
  'unclosed text': {
    en: 'the text that starts here is not closed in its line; a " is missing, or a line break in it has to be written as \\n',
    ja: 'ここから始まる文字列が同じ行で閉じられていません。「"」が抜けているか、文字列中の改行が \\n と書かれていません',
  },
  escape: {
    en: 'a backslash starts an escape here that JSON does not know; a backslash itself is written \\\\',
    ja: 'JSON にないエスケープです。バックスラッシュそのものは \\\\ と書いてください',
  },
  control: {
    en: 'a control character stands in the text; it has to be written as an escape such as \\t',
    ja: '文字列の中に制御文字があります。\\t のようなエスケープで書いてください',
  },
  number: { en: 'this is not a number as JSON writes it', ja: 'JSON の数値として正しくありません' },
  comment: { en: 'JSON knows no comments; remove this one', ja: 'JSON にコメントは書けません。削除してください' },
  'single quotes': {
    en: "JSON wants texts in double quotes, not in '…'",
    ja: 'JSON の文字列は「\'」ではなく「"」で囲んでください',
  },
};

const wanted: Readonly<Record<JsonExpected, Text>> = {
  value: { en: 'a value is expected here', ja: 'ここには値が必要です' },
  'first item': { en: 'a value or "]" is expected here', ja: 'ここには値か「]」が必要です' },
  'first key': { en: 'a key in "quotes" or "}" is expected here', ja: 'ここには "…" で囲んだキーか「}」が必要です' },
  key: { en: 'a key in "quotes" is expected here', ja: 'ここには "…" で囲んだキーが必要です' },
  colon: { en: 'a ":" is missing between the key and its value', ja: 'キーと値の間に「:」がありません' },
  comma: { en: 'a "," or the closing bracket is missing before this', ja: 'この前に「,」か閉じ括弧が抜けています' },
  end: { en: 'after the last closing bracket nothing may follow', ja: '最後の閉じ括弧のあとに余分な文字があります' },
};

const extraComma: Text = {
  en: 'the "," before this is one too many: nothing follows it',
  ja: 'この前の「,」が余分です。あとに続くものがありません',
};

/** The words for a piece of text that is no token at all. */
export const mishapText = (mishap: JsonMishap, expected: JsonExpected): Text =>
  mishap === 'word' ? wanted[expected] : ofMishap[mishap];

/** The words for a token where the grammar has no use for it. */
export const unexpectedText = (
  token: string,
  expected: JsonExpected,
  opener: JsonList | JsonRecord | undefined,
): Text => {
  const closesAfterComma =
    (token === '}' && expected === 'key') || (token === ']' && expected === 'value' && opener?.kind === 'list');
  return closesAfterComma ? extraComma : wanted[expected];
};

/** The words for a file that ends too soon. */
export const cutOffText = (opener: JsonList | JsonRecord | undefined): Text => {
  if (!opener) return { en: 'the file is empty', ja: 'ファイルが空です' };
  const { line } = opener.places(opener);
  const bracket = opener.kind === 'list' ? '[' : '{';
  return {
    en: `the file ends in the middle: the "${bracket}" of line ${line} is not closed`,
    ja: `ファイルが途中で終わっています。${line} 行目の「${bracket}」が閉じられていません`,
  };
};

/** The words for a key that an object has already. */
export const secondTimeText = (key: string): Text => {
  const shown = key.length > 60 ? `${key.slice(0, 60)}…` : key;
  return {
    en: `the key "${shown}" is here for the second time; of the two values only the last one counts`,
    ja: `キー「${shown}」が重複しています。後の値だけが使われます`,
  };
};
