import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { commandLine } from './command-line.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-check-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const config = (name: string, text: string): string => {
  const file = join(directory, `${name}.yaml`);
  writeFileSync(file, text);
  return file;
};

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  commandLine(['check', ...words, '--lang', 'en', '--runbook', join(directory, 'runbook')], { cwd: directory, env });

describe('crm-doctor check', () => {
  test('a file with nothing to check is a usage error', async () => {
    const { code, err } = await run(['--config', config('empty', 'version: 1\nlanguage: en\n')]);
    expect(code).toBe(2);
    expect(err).toContain('describes nothing that could be checked');
  });

  test('--dry-run names the CRM and whose login, and contacts nobody', async () => {
    const file = config(
      'dry',
      'version: 1\ncrm: { type: odoo, url: "https://crm.invalid", username: admin, secret: "${CRM_SECRET}" }\n',
    );
    const { code, out } = await run(['--config', file, '--dry-run'], { CRM_SECRET: 'hushhush' });
    expect(code).toBe(0);
    expect(out).toContain('https://crm.invalid: one login as admin');
    expect(out).not.toContain('hushhush');
  });

  test('definitions that the file names are part of it', async () => {
    config('flow', 'workflow: won\nobject: Deal\ntrigger: { type: record, on: [create] }\n');
    const file = config('workflows', 'version: 1\nworkflow: { files: ./flow.yaml }\n');
    const { out } = await run(['--config', file, '--json']);
    const { checks } = JSON.parse(out) as { readonly checks: readonly { readonly id: string }[] };
    expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(['workflow.parse', 'workflow.lint']));
  });

  test('--apply-to-crm without a CRM that can be asked changes nothing and says so', async () => {
    const file = config(
      'apply',
      'version: 1\ncrm: { type: odoo, url: "http://127.0.0.1:9", secret: x, username: a, database: d }\n',
    );
    const { code, err } = await run(['--config', file, '--apply-to-crm', '--yes']);
    expect(code).not.toBe(0);
    expect(err).toContain('nothing was changed');
  });
});
