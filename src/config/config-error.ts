import type { Text } from '../model/text.ts';

/** One thing in a configuration that cannot be read. No text in it ever holds the value of a secret. */
export interface ConfigProblem {
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** `mail.smtp.port`; empty for the file as a whole. */
  readonly path: string;
  readonly text: Text;
  /** What stands there, where it may be shown. */
  readonly found?: string;
  readonly allowed?: readonly string[];
  /** What was probably meant. */
  readonly suggestion?: string;
  /** The variable of the environment that is not set. */
  readonly missing?: string;
}

/** More than these help nobody. */
const most = 20;

const inOrder = (problems: readonly ConfigProblem[]): readonly ConfigProblem[] =>
  problems
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0))
    .slice(0, most);

const rest = (problems: readonly ConfigProblem[], language: keyof Text): string =>
  problems
    .map(({ line, column, text }) => {
      const place = line === undefined ? '' : `${line}:${column ?? 1}: `;
      return `\n  ${place}${text[language]}`;
    })
    .join('');

/** A configuration (or flags in its place) that cannot be read: exit code 2. It is about the first problem and has all. */
export class ConfigError extends Error {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly path: string;
  /** The first problem, and every other one on a line of its own with its place. */
  readonly text: Text;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
  readonly problems: readonly ConfigProblem[];

  constructor(file: string | undefined, found: readonly [ConfigProblem, ...ConfigProblem[]]) {
    const problems = inOrder(found);
    const [first = found[0], ...others] = problems;
    super(first.text.en);
    this.name = 'ConfigError';
    if (file !== undefined) this.file = file;
    if (first.line !== undefined) this.line = first.line;
    if (first.column !== undefined) this.column = first.column;
    this.path = first.path;
    this.text = { en: first.text.en + rest(others, 'en'), ja: first.text.ja + rest(others, 'ja') };
    if (first.found !== undefined) this.found = first.found;
    if (first.allowed !== undefined) this.allowed = first.allowed;
    if (first.suggestion !== undefined) this.suggestion = first.suggestion;
    this.problems = problems;
  }
}
