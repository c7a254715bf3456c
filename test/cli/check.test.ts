import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
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

  test('records that the file compares are part of it, and a CRM that is not there is an error of the file', async () => {
    config('flow', 'workflow: won\nobject: Deal\ntrigger: { type: manual }\nactive: false\n');
    writeFileSync(join(directory, 'a.csv'), 'id,name\n1,a\n2,b\n');
    writeFileSync(join(directory, 'b.csv'), 'id,name\n1,a\n');
    const compare = (left: string) =>
      config(
        'sync',
        `version: 1\nworkflow: { files: ./flow.yaml }\nsync: { left: ${left}, right: { file: ./b.csv }, key: id }\n`,
      );
    const file = compare('{ file: ./a.csv }');
    const all = JSON.parse((await run(['--config', file, '--json'])).out) as Report;
    expect(all.checks.find(({ id }) => id === 'sync.compare')?.status).toBe('warn');
    expect(all.checks.map(({ id }) => id)).toContain('workflow.lint');
    expect(all.comparison?.missing).toBe(1);
    expect(all.diagnoses.at(-1)?.verify).toBe(`crm-doctor sync --config ${file}`);
    const some = JSON.parse((await run(['--config', file, '--json', '--only', 'workflow.*'])).out) as Report;
    expect(some.checks.map(({ id }) => id)).not.toContain('sync.compare');
    const lost = await run(['--config', compare('{ crm: contacts }')]);
    expect(lost.code).toBe(2);
    expect(lost.err).toContain('there is no crm: section');
  });

  test('definitions are not read where only the CRM is asked for', async () => {
    config('flow', 'workflow: won\nobject: Deal\ntrigger: { type: manual }\n');
    const file = config(
      'only',
      'version: 1\nworkflow: { files: ./flow.yaml }\ncrm: { type: odoo, url: "http://127.0.0.1:9", secret: x, username: a, database: d }\n',
    );
    const { out } = await run(['--config', file, '--json', '--only', 'crm.connect']);
    expect((JSON.parse(out) as Report).checks.map(({ id }) => id)).toEqual(['crm.connect']);
  });

  test('a password in the address of the CRM is in nothing that is printed or kept', async () => {
    const file = config(
      'login',
      'version: 1\ncrm: { type: odoo, url: "https://bob:hunter2/@2@127.0.0.1:9", secret: x, username: a, database: d }\n',
    );
    const printed = [
      await run(['--config', file]),
      await run(['--config', file, '--json']),
      await run(['--config', file, '--dry-run']),
    ];
    const kept = readdirSync(join(directory, 'runbook'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
    expect([...printed.map(({ out, err }) => out + err), ...kept].join('\n')).not.toContain('hunter2');
    expect(printed[0]?.out).toContain('config.malformed-value');
  });
});
