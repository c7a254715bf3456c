import type { Argument, Command, Help, Option } from 'commander';
import { shellLines } from '../../i18n/shell-lines.ts';
import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Language } from '../../model/text.ts';
import { commonFlags } from '../flags.ts';
import { titles } from '../words.ts';

/** How a page of help is to look. */
export interface HelpStyle {
  readonly language: Language;
  readonly columns: number;
  /** An entry is one line of its own, however long. */
  readonly plain: boolean;
  readonly bold: (text: string) => string;
}

/** What may be typed, and what it means. */
export interface Entry {
  readonly term: string;
  readonly about: string;
}

const edge = 2;
const gap = 2;
/** Below so many columns for the meaning, it stands under its term. */
const least = 26;
/** A longer term stands on a line of its own, so that one of them does not push all meanings to the right. */
const longestTerm = 30;

/** Lines behind a prefix; those after the first are set in as far. */
const hanging = (prefix: string, text: string, columns: number): readonly string[] =>
  wrap(text, Math.max(2, columns - width(prefix))).map((line, at) =>
    `${at === 0 ? prefix : ' '.repeat(width(prefix))}${line}`.trimEnd(),
  );

/** Terms on the left, what they mean beside them or, on a narrow screen, under them. */
export const entryLines = (entries: readonly Entry[], { columns, plain }: HelpStyle): readonly string[] => {
  if (plain) return entries.map(({ term, about }) => (about === '' ? term : `${term}: ${about}`));
  const termWidth = Math.max(...entries.map(({ term }) => width(term)).map((wide) => (wide > longestTerm ? 0 : wide)));
  const left = edge + termWidth + gap;
  const beside = columns - left >= least;
  return entries.flatMap(({ term, about }) => {
    const fits = beside && width(term) <= termWidth;
    if (fits) return hanging(' '.repeat(edge) + pad(term, termWidth + gap), about, columns);
    const indent = beside ? left : edge * 3;
    return [
      ...hanging(' '.repeat(edge), term, columns),
      ...(about === '' ? [] : hanging(' '.repeat(indent), about, columns)),
    ];
  });
};

/** A heading with what belongs under it; nothing where that is nothing. */
export const section = (heading: string, lines: readonly string[], { bold, columns }: HelpStyle): readonly string[] =>
  lines.length === 0 ? [] : [...wrap(heading, columns).map(bold), ...lines, ''];

/** Command lines that can be copied, also from a narrow screen. */
export const exampleLines = (examples: readonly string[], { columns, plain }: HelpStyle): readonly string[] =>
  examples.flatMap((line) => (plain ? [line] : shellLines(line, columns)));

const argumentEntry = (help: Help, argument: Argument): Entry => ({
  term: help.argumentTerm(argument),
  about: argument.description,
});

const optionEntry = (help: Help, option: Option): Entry => ({
  term: help.optionTerm(option),
  // Our own words name the default, in the reader's language; commander would add `(default: "fail")` to them.
  about: option.description,
});

/** The help of a command: how it is called, what it does, its own flags and then those that every command has. */
export const helpPage = (command: Command, help: Help, style: HelpStyle): string => {
  const { language, columns, bold, plain } = style;
  const title = (key: keyof typeof titles): string => titles[key][language];
  const options = help.visibleOptions(command);
  const isCommon = ({ long }: Option): boolean => commonFlags.has(long ?? '');
  const several = options.some((option) => !isCommon(option)) && options.filter(isCommon).length > 2;
  const own = several ? options.filter((option) => !isCommon(option)) : options;
  const common = several ? options.filter(isCommon) : [];
  const usage = `${title('usage')} ${help.commandUsage(command)}`;
  const [first = '', ...rest] = plain ? [usage] : hanging('', usage, columns);
  const listOf = (entries: readonly Entry[]) => (entries.length === 0 ? [] : entryLines(entries, style));
  return [
    first.startsWith(title('usage')) ? bold(title('usage')) + first.slice(title('usage').length) : first,
    ...rest,
    '',
    ...(plain ? [command.description()] : wrap(command.description(), columns)),
    '',
    ...section(
      title('arguments'),
      listOf(help.visibleArguments(command).map((one) => argumentEntry(help, one))),
      style,
    ),
    ...section(
      title('commands'),
      listOf(
        help.visibleCommands(command).map((sub) => ({
          term: help.subcommandTerm(sub).replace(' [options]', ''),
          about: help.subcommandDescription(sub),
        })),
      ),
      style,
    ),
    ...section(title('options'), listOf(own.map((one) => optionEntry(help, one))), style),
    ...section(title('common'), listOf(common.map((one) => optionEntry(help, one))), style),
  ].join('\n');
};
