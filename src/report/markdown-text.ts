import { visible } from '../i18n/visible.ts';
import { clipped } from './clipped.ts';

/** Of one text; a cell of a table is no place for more. */
const most = 4000;

const url = /https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%]+[\w/]/g;

const escapedWords = (words: string): string =>
  words
    .replace(/[\\`*_[\]<>|&~$]/g, '\\$&')
    // GitHub and GitLab notify a person for an @name even behind a backslash; in code they do not.
    .replace(/(?<![\w.+-])@(?=\w)/g, '`@`');

/** Prose in Markdown: nothing in it is formatting, HTML, a mention or a line break; bare URLs stay links. */
export const prose = (text: string): string => {
  const line = visible(clipped(text, most)).trim();
  let escaped = '';
  let end = 0;
  for (const found of line.matchAll(url)) {
    escaped += `${escapedWords(line.slice(end, found.index))}<${found[0]}>`;
    end = found.index + found[0].length;
  }
  escaped += escapedWords(line.slice(end));
  // What would begin a heading, a list or a rule at the start of a block.
  return escaped.replace(/^([#+=-])/, '\\$1').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
};

/** Words of a server, commands, names: as code, behind a fence that is longer than any run of backticks in it. */
export const code = (text: string): string => {
  const line = visible(clipped(text, most));
  if (line.trim() === '') return '';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 || /^ .* $/.test(line) ? ' ' : '';
  return fence + gap + line + gap + fence;
};

/** A table's row; in a cell a bar ends it even inside code (GFM 4.10). `cells` are Markdown already. */
export const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
