import type { Argument, Command, Option } from 'commander';
import { commonFlags } from '../flags.ts';
import type { Flag, Place, Source, Values } from './tree.ts';

/** What the commands themselves do not say: by command and flag (`logs --only`), by flag, or by command. */
export type Known = Readonly<Record<string, Values>>;

const sources: Readonly<Record<string, Source>> = { run: 'runs', other: 'runs' };

/** What a placeholder says of its values. */
const valuesNamed = (placeholder: string): Values => {
  const source = sources[placeholder];
  if (source !== undefined) return { kind: 'source', source };
  if (/dir/i.test(placeholder)) return { kind: /file/i.test(placeholder) ? 'files' : 'directories' };
  return /file|pem|path/i.test(placeholder) ? { kind: 'files' } : { kind: 'anything' };
};

const wordsOf = (words: readonly string[]): Values => ({
  kind: 'words',
  words: words.map((name) => ({ name, about: '' })),
});

const flagOf = (option: Option, at: string, known: Known): Flag => {
  const long = option.long ?? '';
  const names = [option.short, option.long].filter((name): name is string => typeof name === 'string');
  const [, placeholder = ''] = /[<[]([^>\]]*)/.exec(option.flags) ?? [];
  const named = (): Values => {
    if (option.argChoices) return wordsOf(option.argChoices);
    return long.endsWith('-env')
      ? { kind: 'source', source: 'variables' }
      : valuesNamed(placeholder.replace('...', ''));
  };
  const takes = option.required || option.optional;
  return {
    names,
    about: option.description,
    many: option.variadic,
    // A flag that collects its values has a parser of its own and no list of words to choose from.
    again: option.variadic || (option.parseArg !== undefined && option.argChoices === undefined),
    ...(takes ? { values: known[`${at} ${long}`] ?? known[long] ?? named() } : {}),
  };
};

const argumentValues = (argument: Argument, at: string, position: number, known: Known): Values => {
  if (argument.argChoices) return wordsOf(argument.argChoices);
  return (position === 0 ? known[at] : undefined) ?? valuesNamed(argument.name());
};

/** A command and those below it. Flags that every command has come last, as in `--help`. */
export const placesOf = (command: Command, at: string, known: Known): readonly Place[] => {
  const flags = command
    .createHelp()
    .visibleOptions(command)
    .map((option) => flagOf(option, at, known));
  const isCommon = ({ names }: Flag): boolean => names.some((name) => commonFlags.has(name));
  const own: Place = {
    at,
    commands: command.commands.map((sub) => ({ name: sub.name(), about: sub.summary() || sub.description() })),
    flags: [...flags.filter((flag) => !isCommon(flag)), ...flags.filter(isCommon)],
    values: command.registeredArguments.map((argument, position) => argumentValues(argument, at, position, known)),
    more: command.registeredArguments.some(({ variadic }) => variadic),
  };
  return [
    own,
    ...command.commands.flatMap((sub) => placesOf(sub, at === '' ? sub.name() : `${at} ${sub.name()}`, known)),
  ];
};
