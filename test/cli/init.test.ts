import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from '@lydell/node-pty';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { address, type Company, password, startCompany } from '../../fixtures/demo-company.ts';
import { readConfigText } from '../../src/config/read.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine } from './command-line.ts';

const validate = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../schema/crm-doctor-report.v1.json', import.meta.url), 'utf8')),
);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crm-doctor-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'crm-doctor.yaml');
const written = (): string => readFileSync(file(), 'utf8');
const nothingWritten = (): void =>
  expect(readdirSync(folder).filter((name) => name.includes('crm-doctor'))).toEqual([]);

const at = (env: Readonly<Record<string, string>> = {}) => ({ cwd: folder, env });

describe('a wrong call', () => {
  test.each([
    ['no address where nobody can be asked', ['init'], /needs an address.*crm-doctor init sales@/],
    ['no address with --no-input', ['init', '--no-input'], /needs an address/],
    ['what is no address', ['init', 'sales'], /^crm-doctor: sales: a mail address is needed here/],
    ['a control character in it', ['init', 'a\u001b[2J@b.test'], /a\\x1b\[2J@b\.test/],
    [
      'an unknown OAuth provider',
      ['init', 'a@b.test', '--oauth', 'yahoo'],
      /--oauth takes microsoft or google, not "yahoo"/,
    ],
    ['two places at once', ['init', 'a@b.test', '--stdout', '--output', 'x.yaml'], /--stdout and --output/],
    [
      'a report and a configuration on one output',
      ['init', 'a@b.test', '--stdout', '--json'],
      /--stdout prints the configuration/,
    ],
  ])('%s is exit 2', async (_name, argv, says) => {
    const { code, err } = await commandLine(argv, at());
    expect(code).toBe(2);
    expect(err).toMatch(says);
    nothingWritten();
  });

  test('a file that is there is not touched, and said before anything is contacted', async () => {
    writeFileSync(file(), 'version: 1\n');
    const { code, err } = await commandLine(['init', 'a@b.test', '--json'], at());
    expect(code).toBe(2);
    expect(err).toContain('crm-doctor.yaml is there already');
    expect(written()).toBe('version: 1\n');
  });
});

describe('with servers that flags name', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany({ account: { login: 'sales' } });
  });
  afterAll(() => company.stop());

  const call = (...more: readonly string[]) => {
    writeFileSync(join(folder, 'ca.pem'), company.ca);
    const { smtp, imap } = company;
    return [
      'init',
      address,
      '--smtp',
      `${smtp.host}:${smtp.port}/starttls`,
      '--imap',
      `${imap.host}:${imap.port}/tls`,
      '--ca',
      'ca.pem',
      ...more,
    ];
  };

  test('the login name is found by one trial, and what was seen to work is written', async () => {
    const { code, out, err } = await commandLine(call('--password-env', 'PW', '--json'), at({ PW: password }));
    const report = JSON.parse(out) as Report;
    expect(validate(report) ? [] : validate.errors).toEqual([]);
    expect({ code, err, status: report.status, command: report.run.command }).toEqual({
      code: 0,
      err: '',
      status: 'pass',
      command: 'init',
    });
    expect(report.init?.services.map(({ state, username }) => [state, username])).toEqual([
      ['proven', 'sales'],
      ['proven', 'sales'],
    ]);
    expect(report.init).toMatchObject({ file: file(), config: written() });
    const { mail } = readConfigText(written(), file(), { PW: 'x' });
    expect(mail).toMatchObject({
      address,
      username: 'sales',
      smtp: { port: company.smtp.port, security: 'starttls' },
      imap: { port: company.imap.port, security: 'tls' },
      ca: join(folder, 'ca.pem'),
    });
    expect(`${out}${written()}`).not.toContain(password);
    const again = await commandLine(['mail', '--json'], at({ PW: password }));
    expect({ code: again.code, diagnoses: (JSON.parse(again.out) as Report).diagnoses }).toEqual({
      code: 0,
      diagnoses: [],
    });
  });

  test.each([
    ['en', 'Written: crm-doctor.yaml', 'export PW='],
    ['ja', '書き込みました: crm-doctor.yaml', 'crm-doctor mail'],
  ])('the text in %s says what was proven and what comes next', async (lang, wrote, next) => {
    const { code, out } = await commandLine(call('--password-file', 'pw', '--lang', lang), {
      ...at(),
      ...(writeFileSync(join(folder, 'pw'), password) ?? {}),
    });
    expect(code).toBe(0);
    expect(out).toContain(wrote);
    if (lang === 'ja') expect(out).toContain(next);
    expect(written()).toContain('  passwordFile: ./pw #');
    expect(`${out}${written()}`).not.toContain(password);
  });

  test('--stdout prints the configuration and nothing else there', async () => {
    const { code, out, err } = await commandLine(call('--password-env', 'PW', '--stdout'), at({ PW: password }));
    expect(code).toBe(0);
    expect(readConfigText(out, file(), { PW: 'x' }).mail).toMatchObject({ username: 'sales' });
    expect(err).toContain('seen to work');
    nothingWritten();
  });

  test('what flags say of the CRM goes into the file', async () => {
    const about = ['--trust', 'ca.pem', '--as', 'php@8.2', '--ehlo', 'crm.kumo-shoji.example', '--family', '4'];
    const argv = call('--password-env', 'PW', ...about, '--dkim-selector', 's1,s2', '--stdout');
    const { out } = await commandLine(argv, at({ PW: password }));
    expect(readConfigText(out, file(), { PW: 'x' }).mail).toMatchObject({
      trust: join(folder, 'ca.pem'),
      as: 'php',
      asVersion: '8.2',
      ehlo: 'crm.kumo-shoji.example',
      family: 4,
      dkimSelector: ['s1', 's2'],
    });
  });

  test('a wrong password: nothing is written unless the user insists, and then it says so', async () => {
    const wrong = at({ PW: 'Wrong-4711' });
    const first = await commandLine(call('--password-env', 'PW'), wrong);
    expect(first.code).toBe(1);
    expect(first.out).toContain('auth.wrong-credentials');
    expect(first.out).toContain('No file was written');
    nothingWritten();
    writeFileSync(file(), 'version: 1 # old\n');
    const second = await commandLine(call('--password-env', 'PW', '--force'), wrong);
    expect(second.code).toBe(1);
    expect(written().match(/# NOT PROVEN \(written by --force\)/g)).toHaveLength(2);
    const backup = readdirSync(folder).find((name) => name.startsWith('crm-doctor.yaml.bak-'));
    expect(readFileSync(join(folder, backup ?? ''), 'utf8')).toBe('version: 1 # old\n');
    expect(`${second.out}${second.err}${written()}`).not.toContain('Wrong-4711');
  });

  test('without a password the login is not taken for proven (exit 3)', async () => {
    const { code, out } = await commandLine(call('--json'), at());
    const report = JSON.parse(out) as Report;
    expect({ code, status: report.status, diagnoses: report.diagnoses }).toEqual({
      code: 3,
      status: 'unknown',
      diagnoses: [],
    });
    expect(report.init?.services.map(({ state }) => state)).toEqual(['reached', 'reached']);
    expect(written()).toContain('the login was not tried');
  });

  test.each([
    ['without an app nothing is logged in to', [], '# clientId: …', undefined],
    ['with an app, a token is still missing', ['--client-id', 'app-1'], 'clientId: app-1', 'unknown'],
  ])('OAuth: %s (exit 3)', async (_name, more, line, login) => {
    const { code, out } = await commandLine(call('--oauth', 'google', ...more, '--json'), at());
    const report = JSON.parse(out) as Report;
    expect({ code, diagnoses: report.diagnoses }).toEqual({ code: 3, diagnoses: [] });
    expect(report.checks.find(({ id }) => id === 'mail.imap-auth')?.status).toBe(login);
    expect(written()).toContain(line);
    expect(written()).not.toContain('password:');
  });

  test('a folder that is not there is no crash', async () => {
    const { code, err } = await commandLine(
      call('--password-env', 'PW', '--output', 'no/such.yaml'),
      at({ PW: password }),
    );
    expect(code).toBe(2);
    expect(err).toContain('was not written: there is no such folder');
  });

  const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));

  /** Runs it on a terminal; `says` is typed when its pattern is on the screen. */
  const onTerminal = (argv: readonly string[], says: readonly (readonly [RegExp, string])[]) => {
    const env = { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    const terminal = spawn(process.execPath, [cli, ...argv], { cols: 90, rows: 40, cwd: folder, env });
    const rest = [...says];
    let screen = '';
    terminal.onData((data) => {
      screen += data;
      const next = rest[0];
      if (!next?.[0].test(screen)) return;
      rest.shift();
      terminal.write(next[1]);
    });
    return new Promise<{ code: number; screen: string }>((resolve) =>
      terminal.onExit(({ exitCode }) => resolve({ code: exitCode, screen })),
    );
  };
  const cursorIsBack = (screen: string): boolean => screen.lastIndexOf('\x1b[?25h') >= screen.lastIndexOf('\x1b[?25l');

  test('on a terminal it asks; what is typed as password is nowhere to be seen', async () => {
    const argv = call().filter((word) => word !== address);
    const { code, screen } = await onTerminal(argv, [
      [/Which mailbox/, `${address}\r`],
      [/Password \(Enter/, `${password}\r`],
    ]);
    expect(code).toBe(0);
    expect(screen).not.toContain(password);
    expect(screen).toContain('seen to work');
    expect(cursorIsBack(screen)).toBe(true);
    expect(written()).toContain('password: ${MAIL_PASSWORD}');
  });

  test.each([
    ['the address', /Which mailbox/, [] as readonly string[]],
    ['the password', /Password \(Enter/, [address]],
  ])('Ctrl+C at the question for %s: exit 130, nothing written, the cursor is back', async (_name, seen, more) => {
    const argv = [...call().filter((word) => word !== address), ...more];
    const { code, screen } = await onTerminal(argv, [[seen, '\x03']]);
    expect(code).toBe(130);
    expect(screen).toContain('nothing was written');
    expect(cursorIsBack(screen)).toBe(true);
    nothingWritten();
  });
});
