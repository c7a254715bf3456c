import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunningCrm } from '../../../fixtures/crm.server.ts';
import { startCrm } from '../../../fixtures/crm.server.ts';
import { readConfigText } from '../../../src/config/read.ts';
import { commandLine } from '../command-line.ts';

const address = 'sales@kumo-shoji.example';
let crm: RunningCrm;
let directory = '';
const made: string[] = [];

beforeAll(async () => {
  crm = await startCrm({
    apiKey: 'Demo-key-1',
    mailAccounts: [
      {
        id: '1',
        name: 'Sales',
        address,
        username: address,
        from: address,
        active: true,
        imap: { host: '127.0.0.1', port: 9, security: 'tls', folder: 'INBOX' },
      },
    ],
  });
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crm-doctor-init-'));
  made.push(directory);
});
afterAll(async () => {
  await crm.stop();
  for (const one of made) rmSync(one, { recursive: true, force: true });
});

const init = (words: readonly string[], env: Readonly<Record<string, string>> = { CRM_SECRET: 'Demo-key-1' }) =>
  commandLine(['init', ...words, '--lang', 'en', '--no-input', '--runbook', join(directory, 'runbook')], {
    cwd: directory,
    env,
  });
const file = () => join(directory, 'crm-doctor.yaml');

describe('init --crm', () => {
  test('writes what the CRM has set, with secrets as variables only', async () => {
    const { err, out } = await init(['--crm', crm.url, '--crm-type', 'demo']);
    const text = readFileSync(file(), 'utf8');
    expect(`${text}${err}${out}`).not.toContain('Demo-key-1');
    expect(readConfigText(text, file(), { CRM_SECRET: 'x', MAIL_PASSWORD: 'y' })).toMatchObject({
      crm: { type: 'demo', url: crm.url },
      mail: { address, imap: { host: '127.0.0.1', port: 9, security: 'tls' } },
    });
    expect(err).toContain('MAIL_PASSWORD');
    expect(err).toContain('next: crm-doctor check');
  });

  test('--stdout prints the configuration and writes no file', async () => {
    const { out } = await init(['--crm', crm.url, '--crm-type', 'demo', '--stdout']);
    expect(readConfigText(out, file(), { CRM_SECRET: 'x', MAIL_PASSWORD: 'y' }).crm).toBeDefined();
    expect(existsSync(file())).toBe(false);
  });

  test('a refused key writes nothing', async () => {
    const { code, err } = await init(['--crm', crm.url, '--crm-type', 'demo'], { CRM_SECRET: 'wrong-key' });
    expect(code).toBe(1);
    expect(err).toContain('nothing was written');
    expect(existsSync(file())).toBe(false);
  });

  test.each([
    ['no type that can be told', ['--crm', 'http://127.0.0.1:9'], '--crm-type'],
    ['an unknown type', ['--crm', 'http://127.0.0.1:9', '--crm-type', 'oddo'], 'no such CRM'],
    ['a login in the address', ['--crm', 'https://a:b@crm.invalid', '--crm-type', 'demo'], 'without a login'],
    ['an address of a mailbox beside it', ['a@b.test', '--crm', 'http://127.0.0.1:9'], 'leave a@b.test out'],
    ['--crm-user without --crm', ['a@b.test', '--crm-user', 'x'], 'go with --crm'],
  ])('%s is a usage error', async (_name, words, says) => {
    const { code, err } = await init(words);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test('no secret at hand and nobody to ask is a usage error that names the variable', async () => {
    const { code, err } = await init(['--crm', crm.url, '--crm-type', 'demo'], {});
    expect(code).toBe(2);
    expect(err).toContain('CRM_SECRET');
  });
});
