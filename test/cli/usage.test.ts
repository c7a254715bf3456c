import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
beforeAll(() => mkdirSync(join(place.directory, 'a-directory.yaml')));
afterAll(place.remove);

const file = (name: string, content: string | Buffer): string => {
  const path = join(place.directory, name);
  writeFileSync(path, content);
  return path;
};

describe('help', () => {
  test.each(['en', 'ja'])('lists every command with its summary in %s', async (lang) => {
    const { code, out, err } = await commandLine(['--help', '--lang', lang], at);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const name of ['mail', 'demo', 'checks', 'explain', 'report', 'runbook']) expect(out).toContain(`  ${name}`);
    expect(out).toContain(lang === 'ja' ? '使い方:' : 'Usage:');
  });

  test('no arguments at all is a short introduction, not an error', async () => {
    const { code, out } = await commandLine([], at);
    expect(code).toBe(0);
    expect(out).toContain('crm-doctor demo');
  });

  test("a command's help has its flags and examples", async () => {
    const { out } = await commandLine(['mail', '--help', '--lang', 'ja'], at);
    expect(out).toContain('--password-env');
    expect(out).toContain('例:');
  });

  test.each([['mail'], ['init'], ['runbook', 'note']])('%s names defaults in our own words only', async (...words) => {
    const { out } = await commandLine([...words, '--help', '--lang', 'ja'], at);
    expect(out.replace(/\s+/g, '')).toContain('（省略時はfail）');
    expect(out).not.toMatch(/default/);
  });
});

test('flags may stand before the command of a command too', async () => {
  const runbook = ['--runbook', join(place.directory, 'none')];
  for (const argv of [
    ['--lang', 'ja', ...runbook, 'runbook', 'list'],
    ['runbook', '--lang', 'ja', ...runbook, 'list'],
  ]) {
    expect(await commandLine(argv, at)).toMatchObject({ code: 0, out: 'まだ記録がありません\n', err: '' });
  }
  // As `runbook` alone: its help where errors go.
  const alone = await commandLine(['runbook', '--lang', 'ja'], at);
  expect(alone).toMatchObject({ code: 2, out: '', err: expect.stringContaining('使い方: crm-doctor runbook') });
});

describe('wrong calls end with 2 and one helpful sentence', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['unknown command', ['mial'], /unknown command 'mial' \(did you mean mail\?\)/],
    ['unknown subcommand', ['runbook', 'shwo'], /unknown command 'shwo' \(did you mean show\?\)/],
    ['a flag and no command', ['--json'], /a command has to come first/],
    ['flags and no command', ['--lang', 'en', '-q'], /a command has to come first/],
    ['an address alone', ['sales@example.co.jp'], /did you mean crm-doctor mail sales@example.co.jp\?/],
    [
      'too many arguments',
      ['mail', 'a', 'b'],
      /too many arguments for mail: 2 in place of 1; see `crm-doctor mail --help`/,
    ],
    ['a flag without its value', ['mail', '--config'], /a value is missing after --config/],
    ['another word where there are a few', ['mail', '--fail-on', 'wran'], /takes warn or fail.*did you mean warn\?/],
    ['unknown flag', ['mail', '--jsn'], /unknown option.*\(did you mean --json\?\)\n$/],
    ['unknown flag like no other', ['mail', '--left'], /unknown option '--left'; see `crm-doctor mail --help`\n$/],
    ['unknown command like no other', ['zzzzzz'], /unknown command 'zzzzzz'; see `crm-doctor help`\n$/],
    [
      'unknown format',
      ['mail', 'a@b.test', '--smtp', 'x', '--format', 'pdf'],
      /unknown format "pdf"; there are .*json/,
    ],
    [
      'two formats on the screen',
      ['mail', 'a@b.test', '--smtp', 'x', '--format', 'markdown', '--format', 'junit'],
      /only one format/,
    ],
    [
      'unknown check',
      ['mail', 'a@b.test', '--smtp', '127.0.0.1', '--only', 'mail.tsl'],
      /no check is called mail.tsl \(did you mean mail.tls\?\)/,
    ],
    ['bad duration', ['mail', 'a@b.test', '--smtp', '127.0.0.1', '--timeout', 'soon'], /--timeout soon/],
    ['bad language', ['mail', '--lang', 'fr'], /fr/],
    ['no configuration', ['mail'], /no crm-doctor.yaml/],
    ['no address', ['mail', 'sales'], /^crm-doctor: sales is no e-mail address, and there is no crm-doctor.yaml/],
    ['one side alone', ['sync', 'crm.csv'], /^crm-doctor: crm.csv alone cannot be compared: name the other side too/],
    ['configuration that is not there', ['mail', '--config', 'missing.yaml'], /missing.yaml/],
    ['a directory as configuration', ['mail', '--config', 'a-directory.yaml'], /a-directory.yaml/],
    [
      'missing environment variable',
      ['mail', 'a@b.test', '--smtp', '127.0.0.1', '--password-env', 'NOT_SET'],
      /NOT_SET/,
    ],
    ['nobody to look for servers', ['mail', 'a@b.test', '--dry-run'], /--dry-run contacts nobody/],
    ['nor without the network', ['mail', 'a@b.test', '--offline'], /--offline contacts nobody/],
    ['unknown cause', ['explain', 'tls.expired'], /tls.certificate-expired/],
    ['unknown run', ['report', 'nothing'], /no run nothing/],
    ['unknown demo', ['demo', 'nothing'], /there are wrong-security/],
    ['mistyped demo', ['demo', 'wrong-securty'], /did you mean wrong-security\?/],
    ['mistyped cause', ['explain', 'tls.certificate-expird'], /see tls.certificate-expired/],
    ['mistyped format', ['mail', 'a@b.test', '--smtp', 'x', '--format', 'jnuit'], /did you mean junit\?/],
    [
      'mistyped cause in a list',
      ['checks', '--only', 'tls.certificate-expird'],
      /did you mean tls.certificate-expired\?/,
    ],
    [
      'mistyped cause of logs',
      ['logs', 'a.log', '--only', 'auth.wrong-credential'],
      /did you mean auth.wrong-credentials\?/,
    ],
    ['mistyped topic', ['help', 'exit-code'], /did you mean exit-codes\?/],
    ['mistyped shell', ['completion', 'bsh'], /did you mean bash/],
  ])('%s', async (_name, argv, words) => {
    const { code, out, err } = await commandLine(argv, at);
    expect(err).toMatch(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toMatch(/\bat .*\.[jt]s:\d/);
    const japanese = await commandLine([...argv, ...(argv.includes('--lang') ? [] : ['--lang', 'ja'])], at);
    expect(japanese.code).toBe(2);
  });

  test('a broken configuration names file, line and column, and with --json the report is printed all the same', async () => {
    const path = file(
      'typo.yaml',
      'version: 1\nmail:\n  address: a@example.co.jp\n  smtp: { host: h, secruity: tls }\n',
    );
    const { code, out, err } = await commandLine(['mail', '--config', path, '--json'], at);
    expect(code).toBe(2);
    expect(err).toContain(`${path}:4:20`);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'crm-doctor/report/v1',
      status: 'error',
      exitCode: 2,
      error: { file: path, line: 4, column: 20, message: expect.stringContaining('security') },
    });
  });

  test('a file that is no UTF-8, and one that does not exist for `ca`, are named', async () => {
    const binary = await commandLine(
      ['mail', '--config', file('binary.yaml', Buffer.from([0xff, 0xfe, 0x00, 0x81]))],
      at,
    );
    expect(binary.code).toBe(2);
    const ca = await commandLine(['mail', 'a@b.test', '--smtp', '127.0.0.1:1', '--ca', 'no-such.pem'], at);
    expect(ca).toMatchObject({ code: 2, err: expect.stringContaining('no-such.pem') });
  });
});
