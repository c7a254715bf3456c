import { afterAll, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/cli/catalogue.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { belongsTo } from '../../src/cli/explain/subjects/subject.ts';
import { subjects } from '../../src/cli/explain/subjects/subjects.ts';
import { topics } from '../../src/cli/help/topics.ts';
import { termNamed } from '../../src/i18n/glossary/find.ts';
import { glossary } from '../../src/i18n/glossary/glossary.ts';
import { width } from '../../src/i18n/width.ts';
import { fits } from '../../src/reason/file-glob.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
afterAll(place.remove);

const said = async (argv: readonly string[], columns = 80) =>
  commandLine(argv, { cwd: place.directory, columns, tty: true, env: { NO_COLOR: '1' } });

const { causes, checks, rules } = await catalogue();
const all = [...causes, ...rules].map(({ id }) => id);

describe('what belongs to a topic', () => {
  test('every cause and rule belongs to exactly one', () => {
    const counted = all.map(
      (id) => [id, subjects.filter((one) => belongsTo(one, id)).map(({ name }) => name)] as const,
    );
    expect(counted.filter(([, names]) => names.length !== 1)).toEqual([]);
  });

  test('every check belongs to one', () => {
    const looked = new Set(subjects.flatMap((one) => one.checks));
    expect(checks.map(({ id }) => id).filter((id) => !looked.has(id))).toEqual([]);
  });

  test('nothing is named that is not there', () => {
    const ids = new Set(checks.map(({ id }) => id));
    const words = new Set(glossary.map(({ id }) => id));
    for (const { name, causes: globs, checks: looked, terms } of subjects) {
      expect([name, globs.filter((glob) => !all.some((id) => fits(id, glob)))]).toEqual([name, []]);
      expect([name, looked.filter((id) => !ids.has(id))]).toEqual([name, []]);
      expect([name, terms.filter((id) => !words.has(id))]).toEqual([name, []]);
    }
  });

  test('a name means one thing', () => {
    const names = [...subjects, ...topics].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const taken = new Set([...all, ...commands.map(({ name }) => name)]);
    expect(subjects.filter(({ name }) => taken.has(name) || termNamed(name, 'en') || termNamed(name, 'ja'))).toEqual(
      [],
    );
  });
});

describe.each(['en', 'ja'] as const)('the pages in %s', (lang) => {
  const dense = (text: string): string => text.replace(/\\\n/g, '').replace(/\s+/g, '');

  test.each([['--topics'], ...subjects.map(({ name }) => [name])])(
    'explain %s fits into 40, 80 and 120 columns and loses nothing; --plain and --ascii too',
    async (name) => {
      const { code, out: whole } = await said(['explain', name, '--lang', lang], 1_000);
      expect(code).toBe(0);
      const parts = whole.split(/\s+/).filter((word) => word !== '\\');
      for (const columns of [40, 80, 120]) {
        const { out } = await said(['explain', name, '--lang', lang], columns);
        expect(out.split('\n').filter((line) => width(line) > columns)).toEqual([]);
        const there = dense(out);
        expect(parts.filter((word) => !there.includes(dense(word.replace(/\\$/, ''))))).toEqual([]);
      }
      const { out: plain } = await said(['explain', name, '--lang', lang, '--plain'], 40);
      expect(plain).not.toContain('\u001b');
      expect(parts.filter((word) => !dense(plain).includes(dense(word.replace(/\\$/, ''))))).toEqual([]);
    },
  );

  test('all topics are listed, with those about crm-doctor itself, and each can be explained', async () => {
    const { out } = await said(['explain', '--topics', '--lang', lang, '--json']);
    const rows = JSON.parse(out) as readonly { readonly topic: string; readonly title: string }[];
    expect(rows.map(({ topic }) => topic)).toEqual([...subjects, ...topics].map(({ name }) => name));
    for (const { topic, title } of rows) {
      expect((await said(['explain', topic, '--lang', lang])).out).toContain(title);
    }
  });
});

test('a page says what it is, how it fails, what looks at it and what to set, as JSON too', async () => {
  const { out } = await said(['explain', 'mail-encryption', '--json', '--lang', 'en']);
  const page = JSON.parse(out) as { readonly causes: readonly { readonly id: string }[] };
  expect(page).toMatchObject({
    topic: 'mail-encryption',
    area: 'mail',
    verify: 'crm-doctor mail --only mail.tls',
    watch: 'watch:\n  every:\n    mail.tls: 1d',
    checks: [{ id: 'mail.tls' }],
  });
  expect(page.causes.map(({ id }) => id)).toContain('tls.certificate-expired');
  expect((await said(['help', 'mail-encryption', '--lang', 'en'])).out).toContain('tls.certificate-expired');
});

test('a term names the topics that it belongs to', async () => {
  expect((await said(['explain', 'STARTTLS', '--lang', 'en'])).out).toContain('crm-doctor explain mail-encryption');
});

test('--topics takes no name, and nothing is not explained', async () => {
  expect((await said(['explain', 'mail-login', '--topics'])).code).toBe(2);
  const nothing = await said(['explain', '--lang', 'en']);
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain('crm-doctor explain --topics');
});

test.each(topics.map((topic) => [topic.name, topic] as const))(
  'as JSON %s is the whole page too',
  async (name, topic) => {
    const page = JSON.parse((await said(['explain', name, '--json', '--lang', 'ja'])).out);
    expect(page).toMatchObject({ topic: name, title: topic.title.ja });
    expect(page.parts).toHaveLength(topic.parts.length);
    expect(page.parts.map((part: object) => Object.keys(part)[0])).toEqual(topic.parts.map(({ kind }) => kind));
  },
);

test('a mistyped topic is told the right one, and what is like nothing where both lists are', async () => {
  const near = await said(['explain', 'mail-setings', '--lang', 'en']);
  expect(near.code).toBe(2);
  expect(near.err).toContain('see mail-settings');
  const far = await said(['explain', 'zzzz', '--lang', 'ja']);
  expect(far.err).toContain('crm-doctor explain --topics');
  expect(far.err).not.toContain('近いもの');
});
