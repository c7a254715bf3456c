import type { Command, Help, Option } from 'commander';
import { shellLines } from '../../i18n/shell-lines.ts';
import type { Language, Text } from '../../model/text.ts';
import type { CommandModule } from '../command.ts';
import { commonFlags } from '../flags.ts';
import type { Topic, TopicPart } from '../help/topic.ts';
import { topics } from '../help/topics.ts';
import { texts } from '../words.ts';
import { heading, item, literal, paragraph, roff, subheading } from './roff.ts';

const words = {
  name: { en: 'NAME', ja: '名前' },
  synopsis: { en: 'SYNOPSIS', ja: '書式' },
  description: { en: 'DESCRIPTION', ja: '説明' },
  commands: { en: 'COMMANDS', ja: 'コマンド' },
  command: { en: 'command', ja: 'コマンド' },
  arguments: { en: 'arguments', ja: '引数' },
  options: { en: 'options', ja: 'オプション' },
  topic: { en: 'topic', ja: '話題' },
  common: { en: 'OPTIONS OF EVERY COMMAND', ja: '共通のオプション' },
  files: { en: 'FILES', ja: 'ファイル' },
  examples: { en: 'EXAMPLES', ja: '例' },
  seeAlso: { en: 'SEE ALSO', ja: '関連項目' },
  manual: { en: 'crm-doctor manual', ja: 'crm-doctor マニュアル' },
  purpose: {
    en: "find why a CRM's mail, data sync or workflows fail",
    ja: 'CRM のメール、データ同期、ワークフローが動かない原因を突き止める',
  },
  harmless: {
    en: 'A run reads, logs in once a protocol, and sends or changes nothing that was not asked for. Every run is recorded.',
    ja: '検査では読み取りと、プロトコルごとに 1 回のログインだけを行います。指示がないかぎり、送信や変更はしません。検査はすべて記録されます。',
  },
  config: {
    en: 'the configuration, in the working directory or above it',
    ja: '設定ファイル。作業フォルダーかその上位に置く',
  },
  own: { en: 'the configuration of a user', ja: 'ユーザーごとの設定ファイル' },
  log: { en: 'the append-only log of all runs, changes and notes', ja: '検査、変更、メモの追記専用の記録' },
  run: { en: 'the report of one run with its evidence', ja: '1 回の検査のレポートと証拠' },
  more: {
    en: 'crm-doctor help shows each of these pages for itself; crm-doctor explain tells of every cause, rule and error text.',
    ja: 'crm-doctor help で個別の説明を、crm-doctor explain で原因、ルール、エラー文の説明を表示できます。',
  },
} as const satisfies Readonly<Record<string, Text>>;

const partLines = (part: TopicPart, language: Language): readonly string[] => {
  switch (part.kind) {
    case 'text':
      return paragraph(part.text[language]);
    case 'list':
      return part.rows.flatMap(({ term, about }) =>
        item(typeof term === 'string' ? term : term[language], about[language]),
      );
    case 'lines':
      return literal(part.lines);
  }
};

/** Where a reader of manuals looks for it. */
const headingOf = ({ name, title }: Topic, language: Language): string => {
  if (language !== 'en') return title[language];
  return name === 'exit-codes' ? 'EXIT STATUS' : name.toUpperCase();
};

const topicLines = (topic: Topic, language: Language): readonly string[] => [
  heading(headingOf(topic, language)),
  ...topic.parts.flatMap((part) => partLines(part, language)),
];

const isCommon = ({ long }: Option): boolean => commonFlags.has(long ?? '');

const optionLines = (help: Help, options: readonly Option[]): readonly string[] =>
  options.flatMap((option) => item(help.optionTerm(option), option.description));

/** A command and those below it: how it is called, what it does, its own flags. */
const commandLines = (command: Command, names: string, language: Language): readonly string[] => {
  const help = command.createHelp();
  const usage = command.registeredArguments.map((argument) => help.argumentTerm(argument));
  const own = help.visibleOptions(command).filter((option) => !isCommon(option));
  const spelled = command.usage().replace(/^\[options\] ?/, '');
  const call = [names, spelled === '' || command.commands.length > 0 ? usage.join(' ') : spelled].join(' ').trim();
  return [
    subheading(call),
    roff(command.description()),
    ...help
      .visibleArguments(command)
      .filter(({ description }) => description !== '')
      .flatMap((argument) => item(help.argumentTerm(argument), argument.description)),
    ...optionLines(help, own),
    ...command.commands.flatMap((sub) => commandLines(sub, `${names} ${sub.name()}`, language)),
  ];
};

interface Source {
  readonly top: Command;
  readonly loaded: readonly { readonly module: CommandModule; readonly command: Command }[];
  readonly language: Language;
  readonly version: string;
  /** The day of the build, YYYY-MM-DD. */
  readonly date: string;
}

/** The manual page, from what the commands say of themselves. */
export const manPage = ({ top, loaded, language, version, date }: Source): string => {
  const say = (text: Text): string => text[language];
  const [first] = loaded;
  const common = first
    ? first.command
        .createHelp()
        .visibleOptions(loaded.find(({ module }) => module.name === 'check')?.command ?? first.command)
        .filter(isCommon)
    : [];
  const lines = [
    // Asks man for the right character set, which it guesses from the path elsewhere.
    '\'\\" -*- coding: UTF-8 -*-',
    `.TH CRM\\-DOCTOR 1 "${date}" "crm\\-doctor ${roff(version)}" "${say(words.manual)}"`,
    // Blanks that fill up a line look odd between Japanese and Latin letters.
    '.ad l',
    '.nh',
    heading(say(words.name)),
    `crm\\-doctor \\- ${roff(say(words.purpose))}`,
    heading(say(words.synopsis)),
    '.B crm\\-doctor',
    `.I ${say(words.command)}`,
    `[\\fI${say(words.arguments)}\\fR] [\\fI${say(words.options)}\\fR]`,
    '.br',
    '.B crm\\-doctor help',
    `[\\fI${say(words.command)}\\fR | \\fI${say(words.topic)}\\fR]`,
    heading(say(words.description)),
    roff(say(texts.tagline)),
    ...paragraph(say(words.harmless)),
    heading(say(words.commands)),
    ...top.commands.flatMap((command) => commandLines(command, `crm-doctor ${command.name()}`, language)),
    heading(say(words.common)),
    ...optionLines(top.createHelp(), common),
    ...topics.flatMap((topic) => topicLines(topic, language)),
    heading(say(words.files)),
    ...item('crm-doctor.yaml', say(words.config)),
    ...item('~/.config/crm-doctor/crm-doctor.yaml', say(words.own)),
    ...item('~/.local/state/crm-doctor/runbook.jsonl', say(words.log)),
    ...item('~/.local/state/crm-doctor/runs/ID.json', say(words.run)),
    heading(say(words.examples)),
    // What is left of 80 columns, less the margins of a page.
    ...literal(loaded.flatMap(({ module }) => module.examples.slice(0, 2).flatMap((line) => shellLines(line, 66)))),
    heading(say(words.seeAlso)),
    roff(say(words.more)),
  ];
  // A paragraph begins with its section.
  const kept = lines.filter((line, at) => line !== '.PP' || !lines[at - 1]?.startsWith('.SH'));
  return `${kept.join('\n')}\n`;
};
