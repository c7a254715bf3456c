import type { Text } from '../model/text.ts';

const colon: Text = {
  en: 'this line is no "key: value": a colon with a blank after it is missing (or it is a full-width one)',
  ja: 'この行は「キー: 値」の形になっていません。半角コロンのあとに空白があるか（全角の「：」になっていないか）を確認してください',
};
/** Of `{ }` and `[ ]`. */
export const flowNotClosed: Text = {
  en: 'a { or [ is not closed before the next line at this depth',
  ja: '{ または [ が閉じられていません',
};
const indent: Text = {
  en: 'the indentation does not fit: keys of one level have to start in the same column',
  ja: '字下げがそろっていません。同じ階層のキーは同じ桁から始めてください',
};
const unexpected: Text = {
  en: 'this does not belong here; look for a missing quote, comma, bracket or line break before it',
  ja: 'ここにあるはずのない文字です。この前に引用符、カンマ、括弧、改行の抜けがないか確認してください',
};

const words: Readonly<Record<string, Text>> = {
  TAB_AS_INDENT: {
    en: 'a tab is used for indentation; YAML wants blanks',
    ja: '字下げにタブが使われています。YAML では半角スペースを使ってください',
  },
  MULTILINE_IMPLICIT_KEY: colon,
  BLOCK_AS_IMPLICIT_KEY: {
    en: 'there are two "key:" in one line; start a new line, or put the value in quotes',
    ja: '1 行に「キー:」が 2 つあります。改行するか、値を引用符で囲んでください',
  },
  MISSING_CHAR: {
    en: 'a quote, comma, colon or bracket is missing here',
    ja: '引用符、カンマ、コロン、括弧のいずれかが足りません',
  },
  BAD_DQ_ESCAPE: {
    en: 'a backslash inside "double quotes" starts an escape; use \'single quotes\' for the text as it is',
    ja: '"…" の中の \\ は特別な意味になります。そのまま書くには \'…\' で囲んでください',
  },
  BAD_SCALAR_START: {
    en: 'a value that starts with @, ` or % needs quotes',
    ja: '@、`、% で始まる値は引用符で囲んでください',
  },
  BLOCK_IN_FLOW: {
    en: 'a comma between two entries is missing inside { } or [ ]',
    ja: '{ } または [ ] の中でカンマが足りません',
  },
  MULTIPLE_DOCS: {
    en: 'the file has a second document after "---"; a configuration is one document',
    ja: '「---」のあとに 2 つ目の文書があります。設定は 1 つの文書にまとめてください',
  },
  BAD_ALIAS: { en: 'a value that starts with * or & needs quotes', ja: '* や & で始まる値は引用符で囲んでください' },
  TAG_RESOLVE_FAILED: { en: 'a value that starts with ! needs quotes', ja: '! で始まる値は引用符で囲んでください' },
  BAD_INDENT: indent,
  UNEXPECTED_TOKEN: unexpected,
};

export const quoteNotClosed: Text = {
  en: 'the quote that starts here is never closed',
  ja: 'ここから始まる引用符が閉じられていません',
};

/**
 * What the codes of the YAML reader mean. Its own messages are English and may quote the file; a quoted line may be the one with
 * the password.
 */
export const yamlFault = (code: string): Text => words[code] ?? unexpected;
