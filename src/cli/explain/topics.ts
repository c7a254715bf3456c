import { toAscii } from '../../i18n/ascii.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Language } from '../../model/text.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { entryLines, type HelpStyle, section } from '../help/page.ts';
import type { Topic, TopicPart } from '../help/topic.ts';
import { topicPage } from '../help/topic-page.ts';
import { topics } from '../help/topics.ts';
import { helpStyle } from '../program.ts';
import type { Subject } from './subjects/subject.ts';
import { subjects } from './subjects/subjects.ts';
import { areaWords, known, subjectNamed, topicOf } from './subjects/topic.ts';

const words = {
  tool: { en: 'crm-doctor itself', ja: 'crm-doctor の使い方' },
  read: { en: 'Read one: crm-doctor explain TOPIC', ja: '読むには: crm-doctor explain 話題' },
  learn: {
    en: 'Short lessons from what happened here: crm-doctor guide learn',
    ja: 'ここで実際に起きたことから学ぶ短い練習: crm-doctor guide learn',
  },
} as const;

const styleOf = (flags: CommonFlags, context: Context): HelpStyle =>
  helpStyle(
    [
      ...(flags.plain ? ['--plain'] : []),
      ...(flags.color === undefined ? [] : [flags.color ? '--color' : '--no-color']),
    ],
    context,
  );

const show = (text: string, flags: CommonFlags, { io, ascii }: Context): number => {
  io.out.write(flags.ascii || ascii ? toAscii(text) : text);
  return 0;
};

const areas = ['mail', 'crm', 'sync', 'workflow'] as const;

/** Everything that can be read as a whole, by area: what can fail, and how crm-doctor is used. */
export const listTopics = (flags: CommonFlags, context: Context): number => {
  const { io, language } = context;
  if (flags.json) {
    const rows = [
      ...subjects.map(({ name, area, title }) => ({ topic: name, area: area as string, title: title[language] })),
      ...topics.map(({ name, title }) => ({ topic: name, area: 'crm-doctor', title: title[language] })),
    ];
    io.out.write(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const style = styleOf(flags, context);
  const group = (heading: string, rows: readonly Pick<Topic, 'name' | 'title'>[]): readonly string[] =>
    section(
      heading,
      entryLines(
        rows.map(({ name, title }) => ({ term: name, about: title[language] })),
        style,
      ),
      style,
    );
  const lines = [
    ...areas.flatMap((area) =>
      group(
        `${areaWords[area][language]}:`,
        subjects.filter((one) => one.area === area),
      ),
    ),
    ...group(`${words.tool[language]}:`, topics),
  ];
  const told = [words.read, words.learn].flatMap((text) =>
    style.plain ? [text[language]] : wrap(text[language], style.columns),
  );
  return show(`${[...lines, ...told].join('\n')}\n`, flags, context);
};

const explainSubject = async (subject: Subject, flags: CommonFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  if (!flags.json) return show(topicPage(await topicOf(subject), styleOf(flags, context)), flags, context);
  const { terms, causes, checks, command, watch } = await known(subject);
  const { name, area, title, about, nextTime } = subject;
  const page = {
    topic: name,
    area,
    title: title[language],
    about: about[language],
    terms: terms.map((term) => ({ term: term.id, name: term[language].name, gloss: term[language].gloss })),
    causes: causes.map((one) => ({ id: one.id, title: one.title[language] })),
    checks: checks.map((one) => ({ id: one.id, title: one.title[language] })),
    nextTime: nextTime[language],
    verify: command,
    watch: watch.join('\n'),
  };
  io.out.write(`${JSON.stringify(page, null, 2)}\n`);
  return 0;
};

const partIn = (part: TopicPart, language: Language) => {
  switch (part.kind) {
    case 'text':
      return { text: part.text[language] };
    case 'list':
      return {
        list: part.rows.map(({ term, about }) => ({
          term: typeof term === 'string' ? term : term[language],
          about: about[language],
        })),
      };
    case 'lines':
      return { lines: part.lines };
  }
};

/** Of what one can read: topics of both kinds. */
export const topicNames = (): readonly string[] => [...subjects, ...topics].map(({ name }) => name);

/** The page of what is called so, of what can fail or of how crm-doctor is used; undefined where nothing is. */
export const explainTopic = async (name: string, flags: CommonFlags, context: Context): Promise<number | undefined> => {
  const subject = subjectNamed(name);
  if (subject) return explainSubject(subject, flags, context);
  const topic = topics.find((one) => one.name === name.trim().toLowerCase());
  if (!topic) return undefined;
  const { io, language } = context;
  if (!flags.json) return show(topicPage(topic, styleOf(flags, context)), flags, context);
  const page = {
    topic: topic.name,
    area: 'crm-doctor',
    title: topic.title[language],
    parts: topic.parts.map((part) => partIn(part, language)),
  };
  io.out.write(`${JSON.stringify(page, null, 2)}\n`);
  return 0;
};
