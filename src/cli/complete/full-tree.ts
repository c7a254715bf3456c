import { reporters } from '../../report/reporters.generated.ts';
import type { Row } from '../catalogue.ts';
import { catalogue } from '../catalogue.ts';
import type { Context } from '../command.ts';
import { subjects } from '../explain/subjects/subjects.ts';
import { topics } from '../help/topics.ts';
import { program } from '../program.ts';
import type { Named, Tree, Values } from './tree.ts';
import type { Known } from './tree-of.ts';
import { placesOf } from './tree-of.ts';

const setOf = (set: string): Values => ({ kind: 'set', set });

/** `mail.*`, `perm-*`: what begins alike and is there more than once, before the single ones. */
const withGlobs = (names: readonly Named[], end: '.' | '-', about: (count: number) => string): readonly Named[] => {
  const counts = new Map<string, number>();
  for (const { name } of names) {
    const head = name.slice(0, name.indexOf(end) + 1);
    if (head !== '') counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  const globs = [...counts].filter(([, count]) => count > 1);
  return [...globs.map(([head, count]) => ({ name: `${head}*`, about: about(count) })), ...names];
};

/** Values that no commander tree holds, under the names by which it is asked for them. */
const known: Known = {
  '--only': setOf('checks'),
  '--skip': setOf('checks'),
  'workflow --only': setOf('rules'),
  'workflow --skip': setOf('rules'),
  'logs --only': setOf('causes'),
  'logs --skip': setOf('causes'),
  'checks --only': setOf('all'),
  'checks --skip': setOf('all'),
  '--format': setOf('formats'),
  'logs --format': setOf('log-formats'),
  '--as': setOf('runtimes'),
  '--family': setOf('families'),
  '--output-format': setOf('row-formats'),
  '--patch-side': setOf('sides'),
  '--crm-type': setOf('crms'),
  'workflow --crm': { kind: 'source', source: 'crms' },
  completion: setOf('shells'),
  demo: setOf('demos'),
  explain: setOf('explained'),
  help: setOf('topics'),
  guide: setOf('areas'),
  mail: { kind: 'source', source: 'mailboxes' },
  sync: { kind: 'source', source: 'comparisons', files: true },
};

/** Everything that can be typed, read off the commands, the checks and the knowledge base; for the build and for tests. */
export const fullTree = async (context: Context): Promise<Tree> => {
  const { language, commands = [] } = context;
  const { top } = await program(
    [],
    context,
    () => true,
    () => {},
  );
  const [{ checks, causes, rules }, { scenarios }, { connectors }] = await Promise.all([
    catalogue(),
    import('../../../fixtures/scenarios.ts'),
    import('../../crm/connectors.generated.ts'),
  ]);
  const named = (rows: readonly Row[]): readonly Named[] =>
    rows.map(({ id, title }) => ({ name: id, about: title[language] }));
  const words = (...names: readonly string[]): readonly Named[] => names.map((name) => ({ name, about: '' }));
  const count = (n: number): string => (language === 'ja' ? `${n} 件` : `${n} of them`);
  const short = named(rules).map(({ name, about }) => ({ name: name.replace(/^workflow\./, ''), about }));
  const formats = topics
    .find(({ name }) => name === 'formats')
    ?.parts.flatMap((part) => (part.kind === 'list' ? part.rows : []));
  const formatAbout = (name: string): string => formats?.find(({ term }) => term === name)?.about[language] ?? '';
  const formatNames = Object.keys(reporters).map((name) => ({ name, about: formatAbout(name) }));
  const ofWorkflows = named(checks.filter(({ areas }) => areas.includes('workflow')));
  const sets = {
    checks: withGlobs(named(checks), '.', count),
    causes: withGlobs(named(causes), '.', count),
    rules: [...ofWorkflows, ...withGlobs(short, '-', count)],
    all: [...withGlobs([...named(checks), ...named(causes)], '.', count), ...withGlobs(short, '-', count)],
    explained: [
      ...subjects.map(({ name, title }) => ({ name, about: title[language] })),
      ...topics.map(({ name, title }) => ({ name, about: title[language] })),
      ...named(causes),
      ...short,
    ],
    formats: formatNames,
    'log-formats': formatNames.filter(({ name }) => ['text', 'json', 'ndjson', 'markdown'].includes(name)),
    runtimes: words('php', 'python', 'java', 'dotnet', 'node'),
    families: words('4', '6', 'any'),
    'row-formats': words('csv', 'jsonl'),
    sides: words('left', 'right'),
    areas: words('mail', 'sync', 'workflow', 'learn'),
    shells: words('bash', 'zsh', 'fish', 'powershell'),
    crms: words(...Object.keys(connectors).filter((type) => type !== 'demo')),
    demos: scenarios.map(({ name, title }) => ({ name, about: title[language] })),
    topics: [
      ...commands.map(({ name, summary }) => ({ name, about: summary[language] })),
      ...topics.map(({ name, title }) => ({ name, about: title[language] })),
    ],
  };
  return { places: placesOf(top, '', known), sets };
};
