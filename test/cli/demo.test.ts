import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { scenarios } from '../../fixtures/scenarios.ts';
import { width } from '../../src/i18n/width.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

const leftovers = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('crm-doctor-demo-'));

/** What the report names, rules of workflows included. */
const namedIn = ({ diagnoses, findings = [] }: Report): readonly string[] => [
  ...diagnoses.map(({ cause }) => cause),
  ...findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
];

describe.each(scenarios.map((one) => [one.name, one] as const))('crm-doctor demo %s', (name, scenario) => {
  test('names what is wrong', async () => {
    const started = await scenario.start();
    await started.stop();
    const { code, out, err } = await commandLine(['demo', name, '--json'], at);
    expect(namedIn(JSON.parse(out) as Report)).toEqual(started.causes);
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });

  test.each(['en', 'ja'] as const)('tells the story in %s, and the mended set-up passes', async (lang) => {
    const { code, out, err } = await commandLine(['demo', name, '--lang', lang], { ...at, columns: 60, tty: true });
    expect({ code, err: err.replace(/.*[\r\n]/g, '') }).toEqual({ code: 0, err: '' });
    const flat = out.replaceAll(/\s/g, '');
    expect(flat).toContain(scenario.title[lang].replaceAll(/\s/g, ''));
    expect(flat).toContain(scenario.story[lang].replaceAll(/\s/g, ''));
    expect(out.match(/^── /gm)).toHaveLength(3);
    // Who reads the demo does not know the temporary directory, nor can look into it afterwards.
    expect(out).not.toContain(tmpdir());
    for (const line of out.split('\n')) expect(width(line)).toBeLessThanOrEqual(60);
  });
});

test('the workflow demo shows the smallest record that fails, in the language of the reader', async () => {
  const { out } = await commandLine(['demo', 'silent-workflow', '--lang', 'ja', '--json'], at);
  const { simulation } = JSON.parse(out) as Report;
  expect(simulation?.map(({ name, status }) => [name, status])).toEqual([
    ['受注すると経理に知らせる', 'not-started'],
    ['失注は経理に知らせない', 'not-started'],
    ['確認済みの商談に印を付ける', 'failed'],
  ]);
  expect(simulation?.[2]).toMatchObject({ smallest: { checked: true } });
});

test('the sync demo proposes the key, and nothing stays unexplained', async () => {
  const { out } = await commandLine(['demo', 'customer-list', '--json'], at);
  const { checks, comparison, diagnoses } = JSON.parse(out) as Report;
  expect(checks.find(({ target }) => target === 'key')?.summary).toContain('the data says customer_no');
  expect(comparison?.classes.unexplained).toBe(0);
  expect(diagnoses.map(({ proof }) => proof.status)).toEqual(['proven', 'proven', 'proven', 'proven']);
});

test.each([
  ['en', ['Mail', 'Data sync', 'Workflows']],
  ['ja', ['メール', 'データ同期', 'ワークフロー']],
] as const)('the list is grouped by area (%s)', async (lang, areas) => {
  const { code, out } = await commandLine(['demo', '--list', '--lang', lang], at);
  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual(areas);
  for (const { name, title } of scenarios) expect(out).toContain(`  ${name}\n    ${title[lang]}\n`);
});

test('a demo writes nothing down and leaves nothing behind', async () => {
  const before = leftovers();
  for (const name of ['mailbox-full', 'customer-list', 'silent-workflow']) {
    expect((await commandLine(['demo', name, '--quiet'], at)).code).toBe(1);
  }
  // Other tests run demos of their own beside this one, which come and go.
  let left = leftovers().filter((name) => !before.includes(name));
  for (let tries = 0; left.length > 0 && tries < 600; tries += 1) {
    await setTimeout(100);
    const now = new Set(leftovers());
    left = left.filter((name) => now.has(name));
  }
  expect(left).toEqual([]);
  expect(existsSync(join(place.directory, 'state'))).toBe(false);
});
