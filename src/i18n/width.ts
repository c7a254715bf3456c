import stringWidth from 'string-width';
import { piecesOf, segmentsOf } from './segments.ts';

/** What a reader takes for one character: a base with its marks, a joined emoji. */
export const charactersOf = (text: string): readonly string[] => segmentsOf(text, 'grapheme');

const printableAscii = /^[ -~]*$/;

/** Terminal columns; kanji and kana take two, ambiguous characters one. */
export const width = (text: string): number =>
  printableAscii.test(text) ? text.length : piecesOf(text).reduce((sum, part) => sum + stringWidth(part), 0);

/** Fills up with blanks on the right, or on the left; never cuts. */
export const pad = (text: string, columns: number, side: 'left' | 'right' = 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - width(text)));
  return side === 'right' ? text + blanks : blanks + text;
};
