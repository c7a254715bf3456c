import { charactersOf, width } from './width.ts';
import { wrap } from './wrap.ts';

/** ` \` at the end of a line that goes on. */
const more = ' \\';

/** A word that is longer than a line: a backslash at its end and nothing before the rest keep it one word for the shell. */
const splitWord = (word: string, first: number, columns: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  let room = first - 1;
  for (const character of charactersOf(word)) {
    if (width(line) + width(character) > room) {
      lines.push(`${line}\\`);
      line = '';
      room = columns - 1;
    }
    line += character;
  }
  return [...lines, line];
};

/** Blanks between quotes are no ends of a word. */
const wordsOf = (command: string): readonly string[] => command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [command];

/** A command line in lines of so many columns, broken as a shell takes it, so that it can be copied whole. */
export const shellLines = (command: string, columns: number, indent = '  '): readonly string[] => {
  if (width(indent + command) <= columns) return [indent + command];
  const lines: string[] = [];
  let line = indent;
  const words = wordsOf(command);
  for (const [at, word] of words.entries()) {
    const empty = line.trim() === '';
    const end = at === words.length - 1 ? 0 : width(more);
    const joined = empty ? line + word : `${line} ${word}`;
    if (width(joined) + end <= columns) {
      line = joined;
      continue;
    }
    if (!empty) {
      lines.push(line + more);
      line = `${indent}${indent}`;
    }
    if (width(line + word) + end <= columns) {
      line += word;
      continue;
    }
    const [head = '', ...rest] = splitWord(word, columns - width(line) - end, columns - end);
    lines.push(...[line + head, ...rest].slice(0, -1));
    line = rest.at(-1) ?? line + head;
  }
  return [...lines, line];
};

/** The same within a text that is indented as a whole: there a word that is longer than a line cannot be kept one word. */
export const shellLinesWithin = (command: string, columns: number): readonly string[] =>
  wordsOf(command).every((word) => width(word) + width(more) <= columns)
    ? shellLines(command, columns, '')
    : wrap(command, columns);
