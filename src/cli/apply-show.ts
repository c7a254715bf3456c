import { Chalk } from 'chalk';
import type { SecretSource } from '../model/config.ts';
import { differenceOf } from './apply-difference.ts';
import { colourOn } from './colour.ts';
import type { Context } from './command.ts';
import type { CommonFlags } from './flags.ts';

/** Shows on stderr, beside the question, what would change in a file. */
export const showDifference = (
  file: string,
  texts: { readonly before: string; readonly after: string },
  secrets: ReadonlyMap<string, SecretSource>,
  flags: CommonFlags,
  context: Context,
): void => {
  const { io } = context;
  const ink = new Chalk({ level: colourOn(flags.color, io.err, io.env) ? 1 : 0 });
  const values = [...secrets.values()].flatMap((source) => (source.kind === 'value' ? [source.value] : []));
  const paint = (line: string, index: number): string => {
    if (index < 2) return ink.bold(line);
    if (line.startsWith('@@')) return ink.cyan(line);
    if (line.startsWith('-')) return ink.red(line);
    return line.startsWith('+') ? ink.green(line) : line;
  };
  io.err.write(`\n${differenceOf(file, texts, values).map(paint).join('\n')}\n\n`);
};
