import { afterAll, describe, expect, test } from '@jest/globals';
import { exampleKey } from '../../checks/example.ts';
import { examples } from '../../checks/examples.generated.ts';
import { notYet } from '../../checks/not-yet.ts';
import { allCauses, allChecks } from '../../checks/registry.ts';
import { explanationOf } from '../../src/cli/explain/explanation.ts';
import type { Text } from '../../src/model/text.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

const checks = new Set(allChecks.map(({ id }) => id));
const ids = new Set(allCauses.map(({ id }) => id));

/** Both languages, no hole where a detail is missing. */
const sound = ({ en, ja }: Text): void => {
  for (const text of [en, ja]) {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object/);
  }
};

describe('every cause can be explained', () => {
  test.each(allCauses.map((cause) => [exampleKey(cause), cause] as const))('%s', (_key, cause) => {
    const { steps, verify, lookAlikes } = explanationOf(cause, examples[exampleKey(cause)], {
      causes: allCauses,
      checks,
    });
    // Without: `npm run examples` was not run since the cause or its detail is new.
    expect(steps.length).toBeGreaterThan(0);
    for (const text of [cause.title, cause.about, ...steps]) sound(text);
    // Japanese is written as Japanese, also where it ends in a command.
    for (const { ja } of steps) expect(ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    expect(verify).toMatch(/^crm-doctor (?:mail|check)/);
    for (const { cause: other } of lookAlikes) expect(ids.has(other) || notYet[other] !== undefined).toBe(true);
  });

  test('examples are of causes, and name no test host', () => {
    const keys = new Set(allCauses.map(exampleKey));
    for (const [key, example] of Object.entries(examples)) {
      expect(keys.has(key)).toBe(true);
      expect(JSON.stringify(example)).not.toMatch(/\.test(?![\w-])/);
    }
  });

  test('causes that no check looks for are said to be that', async () => {
    const missing = Object.keys(notYet).find((id) => !ids.has(id));
    if (missing === undefined) return;
    for (const lang of ['en', 'ja'] as const) {
      const { code, out } = await commandLine(['explain', missing, '--lang', lang], at);
      expect(code).toBe(3);
      expect(out).toContain(notYet[missing]?.[lang]);
      expect(out).toContain('crm-doctor logs');
    }
  });

  test('a root that mail and a CRM may both have is explained for both', async () => {
    const { out } = await commandLine(['explain', 'tls.self-signed', '--lang', 'en'], at);
    for (const word of [
      'systemctl reload postfix dovecot',
      'systemctl reload nginx',
      'crm-doctor check --only crm.connect',
    ])
      expect(out.replace(/\s+/g, ' ')).toContain(word);
    const json = await commandLine(['explain', 'tls.self-signed', '--json'], at);
    expect(JSON.parse(json.out)).toMatchObject({ id: 'tls.self-signed', crm: { owner: 'crm-admin' } });
  });

  test.each(['en', 'ja'] as const)('the page has all its parts in %s', async (lang) => {
    const { code, out } = await commandLine(['explain', 'tls.incomplete-chain', '--lang', lang], {
      ...at,
      columns: 40,
      tty: true,
    });
    expect(code).toBe(0);
    for (const word of {
      en: ['recognised', 'Looks alike', 'What to do', 'Who can', 'To be sure'],
      ja: ['見分け方', '似た原因', '直し方', '直せる人', '確かめるには'],
    }[lang])
      expect(out).toContain(word);
    expect(out).toContain('example.co.jp');
  });
});
