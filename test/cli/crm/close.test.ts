import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startTrytonFixture } from '../../../fixtures/crm/tryton.server.ts';
import { commandLine } from '../command-line.ts';

let tryton: Awaited<ReturnType<typeof startTrytonFixture>>;
let directory = '';
beforeEach(async () => {
  tryton = await startTrytonFixture({ tables: { 'ir.module': [] }, password: 'Right+1' });
  directory = mkdtempSync(join(tmpdir(), 'crm-doctor-close-'));
});
afterEach(async () => {
  await tryton.stop();
  rmSync(directory, { recursive: true, force: true });
});

const run = (words: readonly string[]) =>
  commandLine([...words, '--no-input', '--runbook', join(directory, 'runbook')], {
    cwd: directory,
    env: { CRM_SECRET: 'Right+1' },
  });

test.each([
  ['check', ['check', '--only', 'crm.connect', '--config', 'crm-doctor.yaml']],
  ['check --apply-to-crm', ['check', '--only', 'crm.connect', '--config', 'crm-doctor.yaml', '--apply-to-crm']],
])('%s gives the session back at its end, once', async (_, words) => {
  const crm = { type: 'tryton', url: tryton.url, database: 'crm', username: 'admin', secret: '${CRM_SECRET}' };
  writeFileSync(join(directory, 'crm-doctor.yaml'), JSON.stringify({ version: 1, crm }));
  await run(words);
  expect(tryton.asked).toContain('common.db.login');
  expect(tryton.asked.filter((method) => method === 'common.db.logout')).toHaveLength(1);
  expect(tryton.asked.at(-1)).toBe('common.db.logout');
});

test('init from a CRM does so too', async () => {
  const words = ['init', '--crm', tryton.url, '--crm-type', 'tryton', '--crm-user', 'admin', '--crm-database', 'crm'];
  await run(words);
  expect(tryton.asked).toContain('common.db.login');
  expect(tryton.asked.at(-1)).toBe('common.db.logout');
});
