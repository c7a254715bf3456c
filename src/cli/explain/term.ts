import type { Term } from '../../i18n/glossary/term.ts';
import type { Text } from '../../model/text.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { sayOf } from './page.ts';

const words = {
  other: { en: 'In Japanese', ja: '英語では' },
  topic: { en: 'Topic', ja: '話題' },
  causes: { en: 'Causes that have to do with it', ja: '関係する原因' },
  more: { en: 'More of one: crm-doctor explain ID', ja: 'くわしくは: crm-doctor explain ID' },
} as const satisfies Readonly<Record<string, Text>>;

const shown = 10;

/** The page of a term: what it is, how the other language calls it, and which causes are about it. */
export const explainTerm = async (term: Term, flags: CommonFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const [{ termsIn }, { allCauses }, { allSyncCauses }, { allRules }] = await Promise.all([
    import('../../i18n/glossary/find.ts'),
    import('../../../checks/registry.ts'),
    import('../../../checks/all-sync-causes.ts'),
    import('../../../checks/all-rules.ts'),
  ]);
  const all = [...allCauses, ...allSyncCauses, ...allRules];
  const speaks = (text: Text): boolean => termsIn(text[language], language).includes(term);
  // What a title speaks of it is about; what only its explanation speaks of comes after.
  const near = [...all.filter(({ title }) => speaks(title)), ...all.filter(({ about }) => speaks(about))];
  const titles = new Map<string, string>();
  // A root that mailboxes and CRMs may have is told of mailboxes, as its page is.
  for (const { id } of near)
    titles.set(
      id,
      (all.find((one) => one.id === id && !('on' in one && one.on === 'crm')) ?? near.find((one) => one.id === id))
        ?.title[language] ?? '',
    );
  const causes = [...titles];
  const other = term[language === 'en' ? 'ja' : 'en'].name;
  const { name, gloss } = term[language];
  const { subjects } = await import('./subjects/subjects.ts');
  const topics = subjects.filter(({ terms }) => terms.includes(term.id)).map((one) => one.name);
  if (flags.json) {
    const page = { term: term.id, name, gloss, other, topics, causes: causes.map(([id, title]) => ({ id, title })) };
    io.out.write(`${JSON.stringify(page, null, 2)}\n`);
    return 0;
  }
  const say = sayOf(flags, context);
  say(name);
  io.out.write('\n');
  say(gloss, 2);
  if (other !== name) say(`${words.other[language]}: ${other}`, 2);
  for (const topic of topics) say(`${words.topic[language]}: crm-doctor explain ${topic}`, 2);
  if (causes.length === 0) return 0;
  io.out.write('\n');
  say(`${words.causes[language]}:`, 2);
  for (const [id, title] of causes.slice(0, shown)) say(`- ${id}: ${title}`, 4, 2);
  if (causes.length > shown) {
    const rest = causes.length - shown;
    say({ en: `- and ${rest} more`, ja: `- ほか ${rest} 件` }[language], 4, 2);
  }
  say(words.more[language], 2);
  return 0;
};
