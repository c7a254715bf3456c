import { isAscii, segmentsOf } from './segments.ts';
import { charactersOf, width } from './width.ts';

// Kinsoku (JIS X 4051): what may not begin a line, and what may not end one.
const notAtHead =
  /^[、。，．・：；？！)）」』】〉》〕｝\]}〟’”ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々ゝゞ〜～…‥％%｡､｣･ｰﾞﾟ,.:;?!]/;
const notAtTail = /[(（「『【〈《〔｛〝‘“[{｢]$/;

const asciiEnd = /[!-~]$/;
const asciiStart = /^[!-~]/;
const blank = /^[ \t\u3000]*$/;
const noBreak = '\u00a0';

const belongs = (last: string, next: string): boolean => {
  if (blank.test(last) || blank.test(next)) return false;
  if (last.endsWith(noBreak) || next.startsWith(noBreak)) return true;
  return notAtHead.test(next) || notAtTail.test(last) || (asciiEnd.test(last) && asciiStart.test(next));
};

/** What stays together: words, punctuation with its neighbour, and every run of ASCII (host names, URLs, commands). */
export const unitsOf = (paragraph: string): readonly string[] => {
  if (isAscii(paragraph)) return paragraph.match(/ +|[!-~]+/g) ?? [];
  const units: string[] = [];
  for (const segment of segmentsOf(paragraph, 'word')) {
    const last = units.at(-1);
    if (last !== undefined && belongs(last, segment)) units[units.length - 1] = last + segment;
    else units.push(segment);
  }
  return units;
};

/** Full lines of a unit that is longer than a line, and what is left of it. */
const hardSplit = (unit: string, columns: number): { readonly full: readonly string[]; readonly rest: string } => {
  const full: string[] = [];
  let rest = '';
  let used = 0;
  for (const character of charactersOf(unit)) {
    const wide = width(character);
    if (used + wide > columns && rest !== '') {
      full.push(rest);
      rest = '';
      used = 0;
    }
    rest += character;
    used += wide;
  }
  return { full, rest };
};

const wrapParagraph = (paragraph: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const unit of unitsOf(paragraph)) {
    const wide = width(unit);
    if (used + wide <= columns) {
      line += unit;
      used += wide;
      continue;
    }
    if (blank.test(unit)) {
      // A blank that does not fit is the break.
      lines.push(line.trimEnd());
      line = '';
      used = 0;
      continue;
    }
    if (!blank.test(line)) lines.push(line.trimEnd());
    const { full, rest } = wide > columns ? hardSplit(unit, columns) : { full: [], rest: unit };
    lines.push(...full);
    line = rest;
    used = width(rest);
  }
  if (!blank.test(line) || lines.length === 0) lines.push(line.trimEnd());
  return lines;
};

/**
 * Breaks Japanese and English into lines of at most `columns`; nothing is dropped but the blanks at a break. A word is
 * split only where it is longer than a line. Wrap first and colour afterwards: escape sequences are not known here.
 */
export const wrap = (text: string, columns: number): readonly string[] =>
  // A wide character needs two columns, so a narrower line cannot be kept.
  text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, Math.max(2, Math.floor(columns) || 2)));
