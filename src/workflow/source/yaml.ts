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

/** The sign by which the reader's lexer says that a plain or block text follows. */
const textFollows = '\u001f';

const isOpenQuote = (lexeme: string): boolean => {
  const quote = lexeme[0];
  return (quote === '"' || quote === "'") && (lexeme.length === 1 || !lexeme.endsWith(quote));
};

/** Faults of one file: what comes after so many is not read, since each costs memory and says nothing new. */
const mostFaults = 20;

interface Reading extends YamlReading {
  readonly documents: YamlDocument[];
  readonly comments: YamlComment[];
  readonly problems: ReadingProblem[];
  readonly limits: YamlLimits;
  /** Where quotes open that nothing closes. */
  readonly openQuotes: number[];
}

const faultOf = (error: YAMLError, { source, openQuotes }: Reading): ReadingProblem => {
  const [at] = error.pos;
  const missesQuote = error.code === 'MISSING_CHAR' && error.message.includes('quote');
  const quote = missesQuote ? openQuotes.findLast((offset) => offset < at) : undefined;
  const unclosed = error.code === 'BAD_INDENT' && error.message.startsWith('Flow');
  const message = unclosed ? flowNotClosed : yamlFault(error.code);
  const { line, column } = source.at(quote ?? at);
  return {
    rule: 'parse-syntax',
    place: { file: source.file, line, column },
    message: quote === undefined ? message : quoteNotClosed,
  };
};

const addDocument = (document: Document.Parsed, reading: Reading): void => {
  // What follows the first fault is mostly its echo. An unknown tag is a value without quotes, and lost.
  const fault = document.errors[0] ?? document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (fault) reading.problems.push(faultOf(fault, reading));
  const tree = treeOf(document, reading.source, reading.limits);
  if (!fault && isNothing(tree.root)) return;
  if (!fault) reading.problems.push(...tree.problems);
  reading.documents.push({ root: tree.root, broken: fault !== undefined });
};

/** Token by token, so that depth and work have an end before they are spent; what is wrong beyond the documents is returned. */
const parse = (reading: Reading): ReadingProblem | undefined => {
  const { source, limits } = reading;
  const parser = new Parser();
  // `%YAML 1.1` does not make a boolean of `on`: the schema is fixed. Keys are compared by us, in linear time.
  const composer = new Composer({ version: '1.2', schema: 'core', prettyErrors: false, uniqueKeys: false });
  const stop = (at: number, says: words.Says): ReadingProblem => ({
    rule: 'parse-limit',
    place: { file: source.file, ...source.at(at) },
    ...says,
  });
  const add = (documents: Iterable<Document.Parsed>): void => {
    for (const document of documents) addDocument(document, reading);
  };
  let tokens = 0;
  let faults = 0;
  let inText = false;
  let stopped: ReadingProblem | undefined;
  for (const lexeme of new Lexer().lex(source.text)) {
    const at = parser.offset;
    tokens += 1;
    if (tokens > limits.tokens) stopped = stop(at, words.tooBusy(limits.tokens));
    if (!inText && lexeme.startsWith('#')) reading.comments.push({ ...source.at(at), text: lexeme.slice(1) });
    if (!inText && isOpenQuote(lexeme)) reading.openQuotes.push(at);
    inText = lexeme === textFollows;
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') faults += 1;
      add(composer.next(token));
    }
    if (parser.stack.length > limits.depth) stopped = stop(at, words.tooDeep(limits.depth));
    if (stopped || faults > mostFaults) break;
  }
  if (!stopped) for (const token of parser.end()) add(composer.next(token));
  add(composer.end());
  return stopped;
};

/** Reads YAML 1.2, of which JSON is a part: every document with the place of everything in it, and what is wrong. */
export const readYaml = (text: string, file: string, limits: YamlLimits = yamlLimits): YamlReading => {
  const source: YamlText = { file, text, at: createLines(text) };
  const reading: Reading = { documents: [], comments: [], problems: [], source, limits, openQuotes: [] };
  if (text.length > limits.characters) {
    const says = words.tooLong(text.length, limits.characters);
    return { ...reading, problems: [{ rule: 'parse-limit', place: placeOf(source, 0, 0), ...says }] };
  }
  const stopped = parse(reading);
  if (stopped) reading.problems.push(stopped);
  return reading;
};
