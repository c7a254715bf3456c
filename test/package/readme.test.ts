import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { commandLine, workplace } from '../cli/command-line.ts';

const repository = new URL('../../', import.meta.url);

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
}

// The schema is JSON of our own making; only these parts of it are looked at.
const { mailbox, crm, comparison, side, watch, channel } = (
  configJsonSchema() as unknown as { readonly $defs: Readonly<Record<string, Node>> }
).$defs;

/** Secrets have three forms, and the pages say so once for all of them. */
const withoutForms = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !keys.some((other) => key === `${other}File` || key === `${other}Command`));

const keysOf = (node: Node | undefined): readonly string[] => withoutForms(Object.keys(node?.properties ?? {}));

const mailKeys = keysOf(mailbox);
const innerKeys = Object.values(mailbox?.properties ?? {}).flatMap((node) =>
  [node, ...(node?.anyOf ?? [])].flatMap(keysOf),
);

const crmKeys = keysOf(crm);
const watchKeys = keysOf(watch);
const channelKeys = keysOf(channel);
const syncKeys = [...keysOf(comparison), ...keysOf(side)];

const helpPages = [
  ...[
    'init',
    'mail',
    'sync',
    'check',
    'watch',
    'workflow',
    'logs',
    'explain',
    'demo',
    'report',
    'checks',
    'completion',
  ].map((name) => [name]),
  ...['list', 'show', 'search', 'diff', 'note', 'undo'].map((name) => ['runbook', name]),
];

const flags = new Set<string>();
// One after another: Jest's module cache does not take several at once that share a module.
for (const words of helpPages) {
  const { code, out } = await commandLine([...words, '--help'], { cwd: tmpdir(), columns: 200 });
  if (code !== 0) throw new Error(`${words.join(' ')} --help: exit ${code}`);
  for (const [, flag] of out.matchAll(/^ {2}(?:-\w, )?(--[a-z0-9-]+)/gm)) if (flag) flags.add(flag);
}

test('there are keys and flags to look for', () => {
  expect(mailKeys).toContain('dkimSelector');
  expect(crmKeys).toContain('settingsFile');
  expect(innerKeys).toEqual(expect.arrayContaining(['host', 'folder', 'mechanism', 'clientId', 'sni', 'passphrase']));
  expect([...flags]).toEqual(
    expect.arrayContaining(['--vantage', '--ispdb', '--follow', '--from', '--tag', '--baseline']),
  );
});

describe.each(['README.md', 'README.ja.md'])('%s', (file) => {
  const code = [...readFileSync(new URL(file, repository), 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);
  const named = (word: string): boolean => code.some((text) => text?.split(/[^\w.-]+/).includes(word));

  test('has every key of a mailbox', () => {
    expect(mailKeys.filter((key) => !named(`mail.${key}`))).toEqual([]);
  });

  test('has every key of a CRM', () => {
    expect(crmKeys.filter((key) => !named(`crm.${key}`))).toEqual([]);
  });

  test('has every key of a comparison and its sides', () => {
    expect(syncKeys).toContain('lastSync');
    expect(syncKeys.filter((key) => !code.some((text) => text?.split(/\W+/).includes(key)))).toEqual([]);
  });

  test('has every key of the watch', () => {
    expect(watchKeys).toContain('quietHours');
    expect(watchKeys.filter((key) => !named(`watch.${key}`))).toEqual([]);
  });

  test('has every key of a notification channel', () => {
    expect(channelKeys).toContain('privateKeyFile');
    expect(channelKeys.filter((key) => !named(`notify.${key}`) && !named(key))).toEqual([]);
  });

  test('has every key inside of them', () => {
    expect(innerKeys.filter((key) => !code.some((text) => text?.split(/\W+/).includes(key)))).toEqual([]);
  });

  test('has a schema, a workflow and a sample that go together', async () => {
    const blocks = [...readFileSync(new URL(file, repository), 'utf8').matchAll(/```yaml\n(.*?)```/gs)];
    const beginningWith = (words: string): string => blocks.find(([, text]) => text?.startsWith(words))?.[1] ?? '';
    const place = workplace();
    const write = (name: string, text: string) => writeFileSync(join(place.directory, name), text);
    write('crm-schema.yaml', beginningWith('schema:'));
    write('won.yaml', beginningWith('workflow:'));
    write('samples.yaml', beginningWith('samples:'));
    const words = [
      'workflow',
      'won.yaml',
      '--schema',
      'crm-schema.yaml',
      '--simulate',
      'samples.yaml',
      '--fail-on',
      'warn',
    ];
    const { code, out } = await commandLine([...words, '--lang', 'en'], { cwd: place.directory });
    place.remove();
    expect(out).toContain('ran to its end, as expected');
    expect(code).toBe(0);
  });

  test('has every flag', () => {
    expect([...flags].filter((flag) => !named(flag))).toEqual([]);
  });
});
