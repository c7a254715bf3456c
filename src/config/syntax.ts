import type { Document, ErrorCode, YAMLError } from 'yaml';
import { isScalar, visit } from 'yaml';
import type { Text } from '../model/text.ts';

/** A syntax error in words that help, and where to look. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly text: Text;
}

const colon: Text = {
  en: 'this line is no "key: value": a colon with a blank after it is missing (or it is a full-width one)',
  ja: 'この行は「キー: 値」の形になっていません。半角コロンのあとに空白があるか（全角の「：」になっていないか）を確認してください',
};
const bracket: Text = {
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

// The library's own messages are English and may quote the file; a quoted line may be the one with the password.
const words: Partial<Record<ErrorCode, Text>> = {
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

const unclosedQuote: Text = {
  en: 'the quote that starts here is never closed',
  ja: 'ここから始まる引用符が閉じられていません',
};

/** The reader notices a missing quote at the end of the file; the place to mend is where the text starts. */
const startOfText = (document: Document.Parsed, end: number): number => {
  let start = end;
  visit(document, {
    Scalar: (_, node) => {
      const [from, to] = node.range ?? [0, 0];
      if (isScalar(node) && /^QUOTE/.test(node.type ?? '') && from < end && to >= end) start = from;
    },
  });
  return start;
};

const keyAt = (source: string, offset: number): string | undefined =>
  /^["']?([A-Za-z][\w-]{0,30})["']?\s*:/.exec(source.slice(offset))?.[1];

const problemOf = (error: YAMLError, document: Document.Parsed, source: string): SyntaxProblem => {
  const [offset] = error.pos;
  if (error.code === 'DUPLICATE_KEY') {
    const key = keyAt(source, offset);
    return {
      offset,
      text: {
        en: key ? `the key ${key} is here for the second time` : 'this key is here for the second time',
        ja: key ? `キー ${key} が重複しています` : '同じキーが 2 回書かれています',
      },
    };
  }
  if (error.code === 'MISSING_CHAR' && error.message.includes('quote')) {
    return { offset: startOfText(document, offset), text: unclosedQuote };
  }
  if (error.code === 'BAD_INDENT' && error.message.startsWith('Flow')) return { offset, text: bracket };
  return { offset, text: words[error.code] ?? unexpected };
};

/** The first fault of the syntax, since what follows it is mostly its echo, and every key that is there twice. */
export const syntaxProblems = (document: Document.Parsed, source: string): readonly SyntaxProblem[] => {
  // A tag that is unknown is a warning for the library, but here it is a value without quotes, and lost.
  const errors: readonly YAMLError[] = [
    ...document.errors,
    ...document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED'),
  ];
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return errors
    .filter((error) => error === first || error.code === 'DUPLICATE_KEY')
    .map((error) => problemOf(error, document, source));
};
