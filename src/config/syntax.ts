import type { Document, YAMLError } from 'yaml';
import { isScalar, visit } from 'yaml';
import type { Text } from '../model/text.ts';
import { flowNotClosed, quoteNotClosed, yamlFault } from '../reason/yaml-faults.ts';

/** A syntax error in words that help, and where to look. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly text: Text;
}

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
    return { offset: startOfText(document, offset), text: quoteNotClosed };
  }
  if (error.code === 'BAD_INDENT' && error.message.startsWith('Flow')) return { offset, text: flowNotClosed };
  return { offset, text: yamlFault(error.code) };
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
