import stringWidth from 'string-width';
import { remembered } from './remembered.ts';
import { isAscii, piecesOf, segmentsOf } from './segments.ts';

/** What a reader takes for one character: a base with its marks, a joined emoji. */
export const charactersOf = (text: string): readonly string[] =>
  isAscii(text) ? Array.from(text) : segmentsOf(text, 'grapheme');

/** Printable ASCII, and kana, kanji and full-width forms that stand alone and take two columns each (UAX 11: W, F). */
const plain = /^[ -~\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff60]*$/;
const wide = /[^ -~]/g;

const widthOfPiece = remembered((text) => stringWidth(text));

/** Terminal columns; kanji and kana take two, ambiguous characters one. */
export const width = (text: string): number =>
  plain.test(text)
    ? text.length + (text.match(wide)?.length ?? 0)
    : piecesOf(text).reduce((sum, part) => sum + widthOfPiece(part), 0);

/** Fills up with blanks on the right, or on the left; never cuts. */
export const pad = (text: string, columns: number, side: 'left' | 'right' = 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - width(text)));
  return side === 'right' ? text + blanks : blanks + text;
};
