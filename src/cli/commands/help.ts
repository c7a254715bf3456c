import type { Command } from 'commander';
import { toAscii } from '../../i18n/ascii.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { HelpStyle } from '../help/page.ts';
import { entryLines, section } from '../help/page.ts';
import { topicPage } from '../help/topic-page.ts';
import { topics } from '../help/topics.ts';
import { helpStyle, helpText } from '../program.ts';
import { meant } from '../suggest.ts';
import { titles } from '../words.ts';

/** Flags of how a page looks. */
const looks = ['--plain', '--color', '--no-color', '--ascii'];

const topicList = (style: HelpStyle): string =>
  [
    '',
    ...section(
      titles.topics[style.language],
      entryLines(
        [
          ...topics.map(({ name, title }) => ({ term: `help ${name}`, about: title[style.language] })),
          { term: 'explain --topics', about: titles.subjects[style.language] },
        ],
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
  const { subjectNamed, topicOf } = await import('../explain/subjects/topic.ts');
  const subject = more.length === 0 ? subjectNamed(first) : undefined;
  if (subject) return topicPage(await topicOf(subject), style);
  const known = [...(context.commands ?? []).map(({ name }) => name), ...topics.map(({ name }) => name)];
  const near = meant(words.join(' '), known);
  const listed = topics.map(({ name }) => name);
  throw new UsageError({
    en: `there is no command and no topic called ${JSON.stringify(words.join(' '))}${near.en}; topics are ${listed.join(', ')}, and those of crm-doctor explain --topics`,
    ja: `${JSON.stringify(words.join(' '))} というコマンドや話題はありません${near.ja}。話題: ${listed.join('、')}（不具合の分野は crm-doctor explain --topics）`,
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
