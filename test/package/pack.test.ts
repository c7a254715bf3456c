import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { workbook, zipped } from '../sync/files/kit.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const elsewhere = mkdtempSync(join(tmpdir(), 'crm-doctor-pack-'));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

// The packed form stands alone in an empty folder: what it needs is in its bundle, so no registry is asked here. It packs
// what `npm run check` and `npm test` have just built.
beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', elsewhere], { cwd: root });
  const [tarball = ''] = readdirSync(elsewhere);
  execFileSync('tar', ['-xzf', tarball], { cwd: elsewhere });
});

const run = (...args: readonly string[]) => {
  const env = { PATH: process.env.PATH ?? '', HOME: elsewhere, LANG: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['package/bin/crm-doctor.js', ...args], {
    cwd: elsewhere,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test('the package has what users need and nothing of the workshop', () => {
  const files = readdirSync(join(elsewhere, 'package'), { recursive: true, encoding: 'utf8' });
  for (const file of ['bin/crm-doctor.js', 'dist/main.js', 'README.md', 'README.ja.md', 'LICENSE'])
    expect(files).toContain(file);
  for (const file of [
    'man/man1/crm-doctor.1',
    'man/ja/man1/crm-doctor.1',
    'dist/completion.en.json',
    'dist/completion.ja.json',
  ])
    expect(files).toContain(file);
  for (const file of ['schema/crm-doctor-config.v1.json', 'schema/crm-doctor-report.v1.json'])
    expect(files).toContain(file);
  expect(files.filter((file) => /^(src|test|fixtures|checks|bin\/dev)/.test(file))).toEqual([]);
});

test('it says its version, and diagnoses and mends the demo', () => {
  expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  const demo = run('demo', '--lang', 'ja');
  expect(demo).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('config.security-mismatch') });
});

test('every demo scenario names what is wrong', () => {
  const names = run('demo', '--list')
    .stdout.split('\n')
    .flatMap((line) => /^ {2}(\S+)$/.exec(line)?.[1] ?? []);
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) {
    const report = JSON.parse(run('demo', name, '--json').stdout) as Report;
    expect(report.unexplained).toEqual([]);
    expect([...report.diagnoses, ...(report.findings ?? [])]).not.toEqual([]);
  }
});

test('its bundle reads workbooks and archives too', () => {
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (...texts: readonly string[]): string => `<row>${texts.map(cell).join('')}</row>`;
  const sheet = row('id', 'name') + row('1', '高橋') + row('2', '佐藤');
  writeFileSync(join(elsewhere, 'left.xlsx'), workbook({ one: sheet }));
  writeFileSync(
    join(elsewhere, 'right.zip'),
    zipped({ 'right.json': '[{"id":1,"name":"高橋"},{"id":2,"name":"伊藤"}]' }),
  );
  const report = JSON.parse(run('sync', 'left.xlsx', 'right.zip', '--key', 'id', '--json').stdout) as Report;
  expect(report.comparison).toMatchObject({ rows: { left: 2, right: 2 }, equal: 1, changed: 1 });
});
