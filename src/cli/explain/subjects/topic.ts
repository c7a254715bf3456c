import { glossary } from '../../../i18n/glossary/glossary.ts';
import type { Text } from '../../../model/text.ts';
import type { Area } from '../../catalogue.ts';
import { catalogue } from '../../catalogue.ts';
import type { Topic, TopicPart } from '../../help/topic.ts';
import { watchSetting } from '../../watch-setting.ts';
import { commandFor } from '../explanation.ts';
import { belongsTo, type Subject } from './subject.ts';
import { subjects } from './subjects.ts';

const words = {
  terms: { en: 'Words that belong to it:', ja: '関係する言葉:' },
  causes: {
    en: 'How it fails (more of one: crm-doctor explain ID):',
    ja: '起こること（くわしくは crm-doctor explain ID）:',
  },
  checks: { en: 'What looks at it:', ja: 'それを調べる検査:' },
  next: { en: 'How to see it next time:', ja: '次に早く気付くには:' },
  watch: {
    en: 'To be told of it without asking, with crm-doctor watch (usual pace, in crm-doctor.yaml):',
    ja: '自動で知らせるには crm-doctor watch を使います（crm-doctor.yaml での標準の間隔）:',
  },
} as const satisfies Readonly<Record<string, Text>>;

export const areaWords: Readonly<Record<Area, Text>> = {
  mail: { en: 'Mail', ja: 'メール' },
  crm: { en: 'The CRM itself', ja: 'CRM 本体' },
  sync: { en: 'Data sync', ja: 'データ同期' },
  workflow: { en: 'Workflows', ja: 'ワークフロー' },
};

export const subjectNamed = (name: string): Subject | undefined =>
  subjects.find((one) => one.name === name.trim().toLowerCase());

/** The command that looks at all of it. */
export const commandOf = ({ area, checks }: Subject): string => {
  switch (area) {
    case 'sync':
      return 'crm-doctor sync';
    case 'workflow':
      return 'crm-doctor workflow';
    default:
      return commandFor(checks);
  }
};

/** All that is known of a subject, by the texts that glossary, checks and causes have already. */
export const known = async (subject: Subject) => {
  const { checks, causes, rules } = await catalogue();
  return {
    terms: glossary.filter(({ id }) => subject.terms.includes(id)),
    causes: [...causes, ...rules].filter(({ id }) => belongsTo(subject, id)),
    checks: checks.filter(({ id }) => subject.checks.includes(id)),
    command: commandOf(subject),
    watch: watchSetting(subject.checks),
  };
};

const heading = (text: Text): TopicPart => ({ kind: 'text', text });

/** The page of a subject. */
export const topicOf = async (subject: Subject): Promise<Topic> => {
  const { terms, causes, checks, command, watch } = await known(subject);
  return {
    name: subject.name,
    title: subject.title,
    parts: [
      heading(subject.about),
      heading(words.terms),
      {
        kind: 'list',
        rows: terms.map(({ en, ja }) => ({
          term: { en: en.name, ja: ja.name },
          about: { en: en.gloss, ja: ja.gloss },
        })),
      },
      heading(words.causes),
      { kind: 'list', rows: causes.map(({ id, title }) => ({ term: id, about: title })) },
      heading(words.checks),
      { kind: 'list', rows: checks.map(({ id, title }) => ({ term: id, about: title })) },
      heading(words.next),
      heading(subject.nextTime),
      { kind: 'lines', lines: [command] },
      heading(words.watch),
      { kind: 'lines', lines: watch },
    ],
  };
};
