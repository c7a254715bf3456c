import { Composer, type Document, Lexer, Parser, type YAMLError } from 'yaml';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import { flowNotClosed, quoteNotClosed, yamlFault } from '../../reason/yaml-faults.ts';
import { createLines } from './lines.ts';
import type { TreeNode } from './tree.ts';
import { isNothing, placeOf, treeOf, type YamlText } from './yaml-tree.ts';
import * as words from './yaml-words.ts';

export interface YamlComment {
  readonly line: number;
  readonly column: number;
  /** Without its `#`. */
  readonly text: string;
}

export interface YamlDocument {
  readonly root: TreeNode;
  /** Not well-formed: parts may be missing or in the wrong place, so nothing is claimed of it. */
  readonly broken: boolean;
}

export interface YamlReading {
  readonly documents: readonly YamlDocument[];
  readonly comments: readonly YamlComment[];
  readonly problems: readonly ReadingProblem[];
  readonly source: YamlText;
}

export interface YamlLimits {
  /** UTF-16 units. */
  readonly characters: number;
  /** Words, punctuation, blanks and line ends: what the reader's time goes by. */
  readonly tokens: number;
  readonly depth: number;
  /** Values that `*name` may stand for, all together. */
  readonly expanded: number;
}

// A workflow of 10,000 steps has some 800,000 characters and 400,000 tokens.
export const yamlLimits: YamlLimits = { characters: 4 * 1024 * 1024, tokens: 1_000_000, depth: 200, expanded: 100_000 };

interface Parsed {
  readonly documents: readonly Document.Parsed[];
  readonly comments: readonly YamlComment[];
  /** Where quotes open that nothing closes. */
  readonly openQuotes: readonly number[];
  readonly stopped?: ReadingProblem;
}

/** The sign by which the reader's lexer says that a plain or block text follows. */
const textFollows = '\u001f';

const isOpenQuote = (lexeme: string): boolean => {
  const quote = lexeme[0];
  return (quote === '"' || quote === "'") && (lexeme.length === 1 || !lexeme.endsWith(quote));
};

/** Token by token, so that depth and work have an end before they are spent. */
const parse = (source: YamlText, limits: YamlLimits): Parsed => {
  const parser = new Parser();
  // `%YAML 1.1` does not make a boolean of `on`: the schema is fixed. Keys are compared by us, in linear time.
  const composer = new Composer({ version: '1.2', schema: 'core', prettyErrors: false, uniqueKeys: false });
  const documents: Document.Parsed[] = [];
  const comments: YamlComment[] = [];
  const openQuotes: number[] = [];
  const stop = (at: number, says: words.Says): Parsed => {
    const { line, column } = source.at(at);
    documents.push(...composer.end());
    const stopped: ReadingProblem = { rule: 'parse-limit', place: { file: source.file, line, column }, ...says };
    return { documents, comments, openQuotes, stopped };
  };
  let tokens = 0;
  let inText = false;
  for (const lexeme of new Lexer().lex(source.text)) {
    const at = parser.offset;
    tokens += 1;
    if (tokens > limits.tokens) return stop(at, words.tooBusy(limits.tokens));
    if (!inText && lexeme.startsWith('#')) comments.push({ ...source.at(at), text: lexeme.slice(1) });
    if (!inText && isOpenQuote(lexeme)) openQuotes.push(at);
    inText = lexeme === textFollows;
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > limits.depth) return stop(at, words.tooDeep(limits.depth));
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return { documents, comments, openQuotes };
};

const faultOf = (error: YAMLError, source: YamlText, openQuotes: readonly number[]): ReadingProblem => {
  const [at] = error.pos;
  const quote =
    error.code === 'MISSING_CHAR' && error.message.includes('quote')
      ? openQuotes.findLast((offset) => offset < at)
      : undefined;
  const unclosed = error.code === 'BAD_INDENT' && error.message.startsWith('Flow');
  const message = unclosed ? flowNotClosed : yamlFault(error.code);
  const { line, column } = source.at(quote ?? at);
  return {
    rule: 'parse-syntax',
    place: { file: source.file, line, column },
    message: quote === undefined ? message : quoteNotClosed,
  };
};

/** Reads YAML 1.2, of which JSON is a part: every document with the place of everything in it, and what is wrong. */
export const readYaml = (text: string, file: string, limits: YamlLimits = yamlLimits): YamlReading => {
  const source: YamlText = { file, text, at: createLines(text) };
  if (text.length > limits.characters) {
    const place = placeOf(source, 0, 0);
    const says = words.tooLong(text.length, limits.characters);
    return { documents: [], comments: [], problems: [{ rule: 'parse-limit', place, ...says }], source };
  }
  const { documents, comments, openQuotes, stopped } = parse(source, limits);
  const problems: ReadingProblem[] = [];
  const read: YamlDocument[] = [];
  for (const document of documents) {
    // What follows the first fault is mostly its echo. An unknown tag is a value without quotes, and lost.
    const fault = document.errors[0] ?? document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
    if (fault) problems.push(faultOf(fault, source, openQuotes));
    const tree = treeOf(document, source, limits);
    if (!fault && isNothing(tree.root)) continue;
    if (!fault) problems.push(...tree.problems);
    read.push({ root: tree.root, broken: fault !== undefined });
  }
  if (stopped) problems.push(stopped);
  return { documents: read, comments, problems, source };
};
