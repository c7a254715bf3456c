import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CrmMailAccount, RunningCrm } from '../../fixtures/crm.server.ts';
import { startCrm } from '../../fixtures/crm.server.ts';
import type { Company } from '../../fixtures/demo-company.ts';
import { address, password, startCompany } from '../../fixtures/demo-company.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine } from '../cli/command-line.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-differ-'));
const started: { stop: () => Promise<void> }[] = [];
let company: Company;

beforeAll(async () => {
  company = await startCompany();
  started.push(company);
  writeFileSync(join(directory, 'ca.pem'), company.ca);
});
afterAll(async () => {
  for (const { stop } of started) await stop();
  rmSync(directory, { recursive: true, force: true });
});

const account = (over: Partial<CrmMailAccount> = {}): CrmMailAccount => ({
  id: '7',
  name: 'Sales inbox',
  address,
  username: address,
  from: address,
  active: true,
  imap: { host: company.imap.host, port: company.imap.port, security: 'tls', folder: 'INBOX' },
  ...over,
});

const crmWith = async (mailAccounts: readonly CrmMailAccount[]): Promise<RunningCrm> => {
  const crm = await startCrm({ apiKey: 'Demo-key-1', mailAccounts });
  started.push(crm);
  return crm;
};

const write = (crm: RunningCrm): string => {
  const file = join(directory, `${crm.port}.yaml`);
  const { imap } = company;
  writeFileSync(
    file,
    `version: 1
mail:
  address: ${address}
  password: ${password}
  ca: ${directory}/ca.pem
  imap: { host: ${imap.host}, port: ${imap.port}, security: tls }
crm: { type: demo, url: "${crm.url}", secret: Demo-key-1, ca: ${directory}/ca.pem }
`,
  );
  return file;
};

const run = (file: string, ...words: readonly string[]) =>
  commandLine(['check', '--config', file, '--lang', 'en', '--runbook', join(directory, 'runbook'), ...words], {
    cwd: directory,
    env: {},
  });

const undo = (file: string) =>
  commandLine(['runbook', 'undo', '--yes', '--config', file, '--lang', 'en', '--runbook', join(directory, 'runbook')], {
    cwd: directory,
    env: {},
  });

const only = ['--only', 'crm.*', 'mail.config', 'mail.port', 'mail.tls', 'mail.imap-auth'];

const reportOf = async (crm: RunningCrm): Promise<Report> => {
  const { out } = await run(write(crm), '--json', ...only);
  expect(out).not.toContain(password);
  return JSON.parse(out) as Report;
};

describe('the settings of the CRM against those that work', () => {
  test('the same settings: nothing is named', async () => {
    const report = await reportOf(await crmWith([account()]));
    expect(report.diagnoses.map(({ cause }) => cause)).toEqual([]);
    expect(report.checks.map(({ id, target, status }) => `${status} ${id} ${target}`)).toContain(
      `pass mail.imap-auth crm:demo imap ${company.imap.host}:${company.imap.port}`,
    );
  });

  test('another port: the difference is named first, alone and proven, not the closed port', async () => {
    const { imap } = company;
    const crm = await crmWith([account({ imap: { host: imap.host, port: 9, security: 'tls', folder: 'INBOX' } })]);
    const { diagnoses, unexplained } = await reportOf(crm);
    expect(diagnoses.map(({ cause, severity }) => [cause, severity])).toEqual([['crm.settings-differ', 'critical']]);
    expect(diagnoses[0]?.fix).toMatchObject({
      owner: 'crm-admin',
      change: [{ path: 'crm.mail[7].imap.port', from: 9, to: imap.port }],
    });
    expect(diagnoses[0]?.proof.status).toBe('proven');
    expect(unexplained).toEqual([]);
  });

  test('another login name: it is told, and no password is tried for it', async () => {
    const crm = await crmWith([account({ username: `old-${address}` })]);
    const before = company.imap.log.loginsRefused;
    const { diagnoses } = await reportOf(crm);
    // No password is known for this name, so nobody tries one.
    expect(company.imap.log.loginsRefused).toBe(before);
    expect(diagnoses.map(({ cause }) => cause)).toEqual(['crm.settings-differ']);
    expect(diagnoses[0]?.severity).toBe('info');
  });

  test('the CRM is refused with settings that work here: its password is another one', async () => {
    const crm = await crmWith([account({ lastError: 'b"[AUTHENTICATIONFAILED] Authentication failed."' })]);
    const { diagnoses, unexplained } = await reportOf(crm);
    expect(diagnoses.map(({ cause, title }) => [cause, title])).toEqual([
      ['crm.settings-differ', 'The CRM has another password stored than the one that works'],
    ]);
    expect(unexplained).toEqual([]);
  });

  test('a server that wants a login is no missing password where only the CRM knows it', async () => {
    const { smtp } = company;
    const stranger = account({
      username: 'info@kumo-shoji.example',
      address: 'info@kumo-shoji.example',
      smtp: { host: smtp.host, port: smtp.port, security: 'starttls' },
    });
    const { out } = await run(write(await crmWith([stranger])), '--json', ...only, 'mail.smtp-auth');
    const { diagnoses, checks } = JSON.parse(out) as Report;
    expect(diagnoses.map(({ cause }) => cause)).not.toContain('auth.missing');
    expect(checks.find(({ id, target }) => id === 'mail.smtp-auth' && target.startsWith('crm:'))).toMatchObject({
      status: 'skip',
      summary: expect.stringContaining('crm.logins'),
    });
  });

  test("a wrong setting of an account that the configuration does not know is the administrator's to mend, in the CRM", async () => {
    const { smtp } = company;
    const stranger = account({
      username: 'info@kumo-shoji.example',
      address: 'info@kumo-shoji.example',
      smtp: { host: smtp.host, port: smtp.port, security: 'tls' },
    });
    const { diagnoses } = await reportOf(await crmWith([stranger]));
    const wrong = diagnoses.find(({ cause }) => cause === 'config.security-mismatch');
    expect(wrong?.fix.owner).toBe('crm-admin');
    expect(wrong?.fix.steps[0]).toContain('Settings > Mail > Sales inbox');
    expect(wrong?.verify).toMatch(/crm-doctor check --config \S+ --only crm\.mail-settings/);
  });

  test('another failure of the CRM is no sign of another password', async () => {
    const crm = await crmWith([account({ lastError: '[Errno 111] Connection refused' })]);
    const { diagnoses, unexplained } = await reportOf(crm);
    expect(diagnoses.filter(({ cause }) => cause === 'crm.settings-differ')).toEqual([]);
    expect(unexplained.length + diagnoses.length).toBeGreaterThan(0);
  });
});

describe('--apply-to-crm', () => {
  test('writes the proven change, the check is good then, and undo takes it back', async () => {
    const { imap } = company;
    const crm = await crmWith([account({ imap: { host: imap.host, port: 9, security: 'tls', folder: 'INBOX' } })]);
    const file = write(crm);
    const applied = await run(file, '--apply-to-crm', '--yes', ...only);
    expect(applied.err).toContain('9 -> ');
    expect(crm.mailAccounts()[0]?.imap?.port).toBe(imap.port);
    expect(applied.code).toBe(0);
    const undone = await undo(file);
    expect(undone.code).toBe(0);
    expect(crm.mailAccounts()[0]?.imap?.port).toBe(9);
  });

  test('without --yes and nobody to ask nothing is written', async () => {
    const { imap } = company;
    const crm = await crmWith([account({ imap: { host: imap.host, port: 9, security: 'tls', folder: 'INBOX' } })]);
    const { code, err } = await run(write(crm), '--apply-to-crm', ...only);
    expect(err).toContain('nothing was changed');
    expect(code).toBe(1);
    expect(crm.mailAccounts()[0]?.imap?.port).toBe(9);
    expect(crm.log.requests.filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  test('where only a part of a change is in force, that part is taken back', async () => {
    const { imap } = company;
    const crm = await crmWith([account({ imap: { host: imap.host, port: 9, security: 'none', folder: 'INBOX' } })]);
    const file = write(crm);
    await run(file, '--apply-to-crm', '--yes', ...only);
    expect(crm.mailAccounts()[0]?.imap).toMatchObject({ port: imap.port, security: 'tls' });
    // As if the CRM had taken the port and not the encryption.
    crm.set('7', [{ path: 'crm.mail[7].imap.security', to: 'none' }]);
    const undone = await undo(file);
    expect(undone.code).toBe(0);
    expect(crm.mailAccounts()[0]?.imap).toMatchObject({ port: 9, security: 'none' });
  });

  test('what was edited since is not taken back', async () => {
    const { imap } = company;
    const crm = await crmWith([account({ imap: { host: imap.host, port: 9, security: 'tls', folder: 'INBOX' } })]);
    const file = write(crm);
    await run(file, '--apply-to-crm', '--yes', ...only);
    crm.set('7', [{ path: 'crm.mail[7].imap.port', to: 10143 }]);
    const undone = await undo(file);
    expect(undone.code).toBe(2);
    expect(undone.err).toContain('was edited after the change');
    expect(crm.mailAccounts()[0]?.imap?.port).toBe(10143);
  });

  test('offline nothing is proven, so the CRM is not asked at all', async () => {
    const { imap } = company;
    const crm = await crmWith([account({ imap: { host: imap.host, port: 9, security: 'tls', folder: 'INBOX' } })]);
    const { err } = await run(write(crm), '--apply-to-crm', '--yes', '--offline', ...only);
    expect(err).toContain('nothing was changed');
    expect(crm.log.requests).toEqual([]);
  });
});
