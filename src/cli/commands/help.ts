import type { Command } from 'commander';
import { toAscii } from '../../i18n/ascii.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { HelpStyle } from '../help/page.ts';
import { entryLines, exampleLines, section } from '../help/page.ts';
import type { Topic, TopicPart } from '../help/topic.ts';
import { topics } from '../help/topics.ts';
import { helpStyle, helpText } from '../program.ts';
import { meant } from '../suggest.ts';
import { titles } from '../words.ts';

/** Flags of how a page looks. */
const looks = ['--plain', '--color', '--no-color', '--ascii'];

const partLines = (part: TopicPart, style: HelpStyle): readonly string[] => {
  const { language, columns, plain } = style;
  switch (part.kind) {
    case 'text':
      return plain ? [part.text[language]] : wrap(part.text[language], columns);
    case 'list':
      return entryLines(
        part.rows.map(({ term, about }) => ({
          term: typeof term === 'string' ? term : term[language],
          about: about[language],
        })),
        style,
      );
    case 'lines':
      return part.lines.some((line) => line.startsWith('crm-doctor'))
        ? exampleLines(part.lines, style)
        : part.lines.flatMap((line) => (plain ? [line] : wrapped(line, columns)));
  }
};

/** A line of a file, set in as it is; on a narrow screen its rest follows further in. */
const wrapped = (line: string, columns: number): readonly string[] => {
  const indent = 2 + line.length - line.trimStart().length;
  return wrap(line.trim(), columns - indent - 2).map(
    (text, at) => `${' '.repeat(at === 0 ? indent : indent + 2)}${text}`,
  );
};

const topicPage = ({ title, parts }: Topic, style: HelpStyle): string =>
  [
    ...wrap(title[style.language], style.columns).map(style.bold),
    ...parts.flatMap((part) => ['', ...partLines(part, style)]),
    '',
  ].join('\n');

const topicList = (style: HelpStyle): string =>
  [
    '',
    ...section(
      titles.topics[style.language],
      entryLines(
        topics.map(({ name, title }) => ({ term: `help ${name}`, about: title[style.language] })),
        style,
      ),
      style,
    ),
  ].join('\n');

const pageOf = async (words: readonly string[], flags: readonly string[], context: Context): Promise<string> => {
  const style = helpStyle(flags, context);
  const [first, ...more] = words;
  const all = await helpText([], context, flags);
  if (first === undefined) return `${all ?? ''}${topicList(style)}`;
  const topic = more.length === 0 ? topics.find(({ name }) => name === first.toLowerCase()) : undefined;
  if (topic) return topicPage(topic, style);
  const page = await helpText(words, context, flags);
  if (page !== undefined) return page;
  const known = [...(context.commands ?? []).map(({ name }) => name), ...topics.map(({ name }) => name)];
  const near = meant(words.join(' '), known);
  const listed = topics.map(({ name }) => name);
  throw new UsageError({
    en: `there is no command and no topic called ${JSON.stringify(words.join(' '))}${near.en}; topics are ${listed.join(', ')}`,
    ja: `${JSON.stringify(words.join(' '))} というコマンドや話題はありません${near.ja}。話題: ${listed.join('、')}`,
  });
};

export const command: CommandModule = {
  name: 'help',
  usage: '[command|topic]',
  order: 99,
  summary: {
    en: 'explain a command, or a topic: exit-codes, configuration, secrets, formats, environment, terms',
    ja: 'コマンドや話題を説明する: exit-codes、configuration、secrets、formats、environment、terms',
  },
  examples: ['crm-doctor help mail', 'crm-doctor help runbook diff', 'crm-doctor help exit-codes'],
  configure: (help: Command, context, done) => {
    const { language, io } = context;
    help
      .argument('[command|topic...]', { en: 'what to explain', ja: '説明するもの' }[language])
      .option('--lang <language>', { en: 'language: ja or en', ja: '表示言語: ja または en' }[language]);
    for (const flag of looks) help.option(flag);
    help.action(async (words: readonly string[]) => {
      const flags = help.opts<{ readonly ascii?: boolean; readonly plain?: boolean; readonly color?: boolean }>();
      const asked = [
        ...(flags.plain ? ['--plain'] : []),
        ...(flags.color === undefined ? [] : [flags.color ? '--color' : '--no-color']),
      ];
      const text = await pageOf(words, asked, context);
      io.out.write(flags.ascii || context.ascii ? toAscii(text) : text);
      done(0);
    });
  },
};
