import type { ValuePair } from '../../src/model/sync/hypothesis.ts';
import { whitespace as rule } from '../../src/reason/values/whitespace.normal.ts';
import { notationCause } from './notation.ts';

/** Values of one length that are filled up with blanks: a column of type CHAR(n). */
const paddedTo = (pairs: readonly ValuePair[]): Readonly<Record<string, unknown>> => {
  for (const side of ['left', 'right'] as const) {
    const values = pairs.map((pair) => pair[side]);
    const [length, ...others] = new Set(values.map((value) => value.length));
    const bare = new Set(values.map((value) => value.trimEnd().length));
    if (length !== undefined && others.length === 0 && bare.size > 1 && values.every((value) => value.endsWith(' '))) {
      return { padded: side, length };
    }
  }
  return {};
};

export const whitespaceCause = notationCause({
  id: 'sync.whitespace',
  title: { en: 'Blanks at the ends or of another kind', ja: '余分な空白や空白の種類の違いがあります' },
  about: {
    en: 'Values differ only in blanks: at their ends, several in a row, or full-width for half-width. Forms and imports that do not trim leave them behind, and columns of fixed length (CHAR) are filled up with them.',
    ja: '前後の空白、連続した空白、全角と半角の空白だけが異なります。空白を取り除かない入力フォームや取り込みで残るほか、固定長（CHAR 型）の列では末尾が空白で埋められます。',
  },
  rules: [rule],
  differsIn: { en: 'blanks', ja: '空白' },
  odd: { en: 'The superfluous or full-width blanks are', ja: '余分な空白や全角の空白' },
  detail: paddedTo,
  more: ({ padded, length }, { fact }) =>
    padded === 'left' || padded === 'right'
      ? {
          en: `All of these values in ${fact[padded].name} are filled up to ${String(length)} characters: its column is CHAR(${String(length)}) and not VARCHAR, or the file has fields of fixed width.`,
          ja: `${fact[padded].name} では、該当する値がすべて ${String(length)} 文字になるように空白で埋められています。列が VARCHAR ではなく CHAR(${String(length)}) であるか、固定長のファイルです。`,
        }
      : undefined,
  steps: [
    {
      en: 'Trim values when they are read, and reduce blanks within to one half-width blank. For a CHAR column: change it to VARCHAR, or select RTRIM(column).',
      ja: '読み取り時に前後の空白を取り除き、途中の空白は半角 1 文字に統一します。CHAR 型の列は VARCHAR に変更するか、RTRIM(列) で読み取ります。',
    },
  ],
});
