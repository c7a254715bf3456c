import type { Command } from 'commander';
import type { Text } from '../../model/text.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { explainCause, explainNotYet } from '../explain/cause.ts';
import { sayOf } from '../explain/page.ts';
import { explainText, unknownText } from '../explain/text.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { meant, suggestions } from '../suggest.ts';

/** Ids that share the most with what was typed. */
const alike = (id: string, known: readonly string[]): readonly string[] => {
  const parts = id
    .toLowerCase()
    .split(/[.\s-]+/)
    .filter((part) => part.length > 1);
  return known
    .map((one) => ({
      id: one,
      // Who knows the area has half of the id.
      score: parts.filter((part) => one.includes(part)).length + (one.startsWith(`${parts[0]}.`) ? 0.5 : 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
    .map((one) => one.id);
};

/** What was mistyped first, then what sounds like it. */
const nearest = (id: string, names: readonly string[]): readonly string[] => {
  const known = [...new Set(names)];
  return [...new Set([...suggestions(id, known), ...alike(id, known)])].slice(0, 5);
};

/** An id, or something that was meant as one: one word without the digits and marks of an error. */
const meantAsId = (text: string): boolean => /^[\w-]+(?:\.[\w-]*)*$/.test(text);

const explainWords = async (given: readonly string[], flags: CommonFlags, context: Context): Promise<number> => {
  const text = given.join(' ').trim();
  const { explainTopic, topicNames } = await import('../explain/topics.ts');
  const topic = await explainTopic(text, flags, context);
  if (topic !== undefined) return topic;
  const { allCauses } = await import('../../../checks/registry.ts');
  const named = allCauses.filter((one) => one.id === text.toLowerCase());
  // What mailboxes have too is told of them: most readers come from there.
  const cause = named.find(({ on }) => on === 'mail') ?? named[0];
  if (cause) return explainCause(cause, flags, context);
  const { allSyncCauses } = await import('../../../checks/all-sync-causes.ts');
  const ofSync = allSyncCauses.find(({ id }) => id === text.toLowerCase());
  if (ofSync) return (await import('../explain/sync-cause.ts')).explainSyncCause(ofSync, flags, context);
  if (meantAsId(text)) {
    const [{ allRules }, { ruleCalled, explainRule }] = await Promise.all([
      import('../../../checks/all-rules.ts'),
      import('../explain/rule.ts'),
    ]);
    const rule = ruleCalled(text, allRules);
    if (rule) return explainRule(rule, flags, context, sayOf(flags, context));
  }
  const { notYet } = await import('../../../checks/not-yet.ts');
  const planned = notYet[text.toLowerCase()];
  if (planned) return explainNotYet(text.toLowerCase(), planned, flags, context);
  const { termNamed } = await import('../../i18n/glossary/find.ts');
  const term = termNamed(text, context.language);
  // "Connection refused" is a term and an error that somebody has met; of several words the error says more.
  if (term && !text.includes(' ')) return (await import('../explain/term.ts')).explainTerm(term, flags, context);
  const code = await explainText(text, flags, context);
  if (code !== undefined) return code;
  if (term) return (await import('../explain/term.ts')).explainTerm(term, flags, context);
  if (!meantAsId(text)) return unknownText(text, flags, context);
  const { allRules } = await import('../../../checks/all-rules.ts');
  const ids = [...allCauses, ...allSyncCauses, ...allRules].map(({ id }) => id);
  const near = nearest(text, [...ids, ...topicNames()]);
  const called = JSON.stringify(text);
  throw new UsageError(
    near.length === 0
      ? {
          en: `there is no cause, rule, topic or term called ${called}; see crm-doctor checks and crm-doctor explain --topics`,
          ja: `${called} という原因、ルール、話題、用語はありません。一覧は crm-doctor checks と crm-doctor explain --topics で表示できます`,
        }
      : {
          en: `there is no cause, rule, topic or term called ${called}; see ${near.join(', ')}`,
          ja: `${called} という原因、ルール、話題、用語はありません。近いもの: ${near.join('、')}`,
        },
  );
};

/** Server replies begin with `-ERR`, which is no option; a mistyped option still is one. */
const mistyped = (given: readonly string[]): string | undefined =>
  given.find((word) => /^(?:--[a-z][\w-]*(?:=.*)?|-[a-z])$/.test(word));

const nothing: Text = {
  en: 'nothing to explain was named; crm-doctor explain --topics lists what can be read about',
  ja: '説明するものが指定されていません。crm-doctor explain --topics で話題の一覧を表示できます',
};

const listed = async (given: readonly string[], flags: CommonFlags, context: Context): Promise<number> => {
  if (given.length > 0) {
    throw new UsageError({
      en: '--topics lists all of them and takes no name; a page is crm-doctor explain TOPIC',
      ja: '--topics は一覧を表示するもので、名前は指定できません。1 つを読むには crm-doctor explain 話題 を使います',
    });
  }
  return (await import('../explain/topics.ts')).listTopics(flags, context);
};

export const command: CommandModule = {
  name: 'explain',
  usage: '<id|topic|text>',
  order: 60,
  summary: {
    en: 'what a cause, a rule, a topic, a term or a pasted error text means, offline',
    ja: '原因やルールの ID、話題、用語、エラーの文面の意味を説明する（ネットワーク不要）',
  },
  examples: [
    'crm-doctor explain tls.certificate-expired',
    'crm-doctor explain "535 5.7.8 Error: authentication failed"',
    'crm-doctor explain config.security-mismatch --lang ja',
    'crm-doctor explain flow-mutual-trigger',
    'crm-doctor explain STARTTLS',
    'crm-doctor explain --topics',
    'crm-doctor explain mail-encryption',
  ],
  configure: (explain: Command, context, done) => {
    const { language } = context;
    explain
      .argument(
        '[id|topic|text...]',
        {
          en: 'id of a cause or rule, a topic, a term, or an error text',
          ja: '原因かルールの ID、話題、用語、またはエラーの文面',
        }[language],
      )
      .option(
        '--topics',
        {
          en: 'list what can be read about: what can fail, by area, and how crm-doctor is used',
          ja: '読める話題の一覧（不具合の分野ごとの説明と、crm-doctor の使い方）',
        }[language],
      )
      .allowUnknownOption(true);
    addCommonFlags(explain, language);
    explain.action(async (given: readonly string[]) => {
      const flags = explain.opts<CommonFlags & { readonly topics?: boolean }>();
      done(
        await guarded({ command: 'explain', target: given.join(' ') }, flags, context, () => {
          const wrong = mistyped(given);
          if (wrong !== undefined) {
            const near = meant(
              wrong.replace(/=.*$/s, ''),
              explain.options.flatMap(({ long }) => long ?? []),
            );
            throw new UsageError({
              en: `unknown option '${wrong}'${near.en}`,
              ja: `知らないオプションです: ${wrong}${near.ja}`,
            });
          }
          if (flags.topics) return listed(given, flags, context);
          if (given.length === 0) throw new UsageError(nothing);
          return explainWords(given, flags, context);
        }),
      );
    });
  },
};
