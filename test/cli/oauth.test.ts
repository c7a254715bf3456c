import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { certificateFor } from '../../fixtures/certificates.ts';
import { startImap } from '../../fixtures/imap.server.ts';
import { MailStore } from '../../fixtures/mail-store.ts';
import { jwtOf, type OAuthOptions, startOAuth } from '../../fixtures/oauth.server.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
afterAll(place.remove);

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const token = jwtOf({
  aud: 'mail',
  upn: 'sales@example.test',
  scope: 'mail',
  exp: 4_102_444_800,
  pad: 'x'.repeat(900),
});

/** An IMAP server that takes this token, and a configuration beside it. */
const prepare = async (oauth: Readonly<Record<string, unknown>>, accessToken = token) => {
  const certificate = await certificateFor({ names: ['localhost', '127.0.0.1'] });
  const server = await startImap({
    tls: 'implicit',
    certificate,
    store: new MailStore([{ address: 'sales@example.test', password: 'unused', accessToken }]),
  });
  stops.push(server.stop);
  writeFileSync(join(place.directory, 'ca.pem'), certificate.ca);
  const mail = {
    address: 'sales@example.test',
    oauth,
    imap: { host: '127.0.0.1', port: server.port, security: 'tls' },
    ca: './ca.pem',
  };
  writeFileSync(join(place.directory, 'crm-doctor.yaml'), JSON.stringify({ version: 1, mail }));
  return server;
};

const issuer = async (options: Partial<OAuthOptions> = {}) => {
  const server = await startOAuth({ clientId: 'crm', pending: 0, interval: 0.01, ...options });
  stops.push(server.stop);
  return server;
};

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  commandLine(['mail', '--only', 'mail.imap-auth', ...args], { cwd: place.directory, env });

const written = (): string =>
  readdirSync(place.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'token.json')
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1'))
    .join('\n');

/** A token in any form in which it travels. */
const shows = (text: string, secret: string): boolean =>
  ['', 'a', 'ab'].some((before) => text.includes(Buffer.from(`${before}${secret}`).toString('base64').slice(8, 48))) ||
  text.includes(secret.slice(0, 40));

const authOf = (out: string) => {
  const report = JSON.parse(out) as Report;
  return { report, check: report.checks.find(({ id }) => id === 'mail.imap-auth') };
};

test('a given token logs in, its claims are told, and it is written nowhere', async () => {
  const server = await prepare({ accessToken: '${TOKEN}' });
  const { code, out, err } = await run(['--json'], { TOKEN: token });
  const { report, check } = authOf(out);
  expect({ code, err, status: check?.status, diagnoses: report.diagnoses }).toEqual({
    code: 0,
    err: '',
    status: 'pass',
    diagnoses: [],
  });
  expect(out).toContain('"sales@example.test"');
  expect(check?.evidence[0]).toMatchObject({ token: { claims: { user: 'sales@example.test', scopes: ['mail'] } } });
  expect(server.log.loginsAccepted).toBe(1);
  expect(shows(out + written(), token)).toBe(false);
});

test('a refresh token that is void is one cause, and nothing is tried with the mailbox', async () => {
  const { issuer: at } = await issuer({ fail: { token: 'revoked' } });
  const server = await prepare({ issuer: at, clientId: 'crm', refreshToken: '${REFRESH}' });
  const refresh = `1.AXoA${'r'.repeat(80)}`;
  const { code, out } = await run(['--json'], { REFRESH: refresh });
  const { report, check } = authOf(out);
  expect({ code, status: check?.status }).toEqual({ code: 1, status: 'fail' });
  expect(report.diagnoses.map(({ cause }) => cause)).toEqual(['auth.oauth-refresh-revoked']);
  expect(report.unexplained).toEqual([]);
  expect(server.log.loginsRefused).toBe(0);
  expect(shows(out + written(), refresh)).toBe(false);
  // The saved evidence says the same elsewhere, without a token or anybody to ask for one.
  const runs = join(place.directory, 'state', 'crm-doctor', 'runs');
  const again = await commandLine(['report', '--from', join(runs, `${report.run.id}.json`), '--json'], {
    cwd: place.directory,
  });
  expect((JSON.parse(again.out) as Report).diagnoses).toEqual(report.diagnoses);
});

test.each([
  ['en', 'sign in once with `crm-doctor mail --login`'],
  ['ja', '`crm-doctor mail --login` で一度サインイン'],
])('without a token it is unknown, and says what to do (%s)', async (lang, words) => {
  const { issuer: at } = await issuer();
  await prepare({ issuer: at, clientId: 'crm', tokenFile: './none.json' });
  const { code, out } = await run(['--lang', lang, '--verbose']);
  expect(code).toBe(3);
  expect(out.replace(/\s+/g, ' ')).toContain(words);
});

test('--login shows page and code on stderr, stores the refresh token, and the run goes on', async () => {
  const { issuer: at } = await issuer({ claims: { upn: 'sales@example.test' } });
  await prepare({ issuer: at, clientId: 'crm', scopes: ['mail'], tokenFile: './token.json' });
  const { out, err } = await run(['--login', '--json']);
  expect(err).toContain(`${at}/device`);
  expect(err).toContain('BDSD-HQMK');
  expect(err).toContain('The page asks for: mail');
  expect(err).toMatch(/Signed in as sales@example\.test\. The refresh token is in .*token\.json/);
  const stored = JSON.parse(readFileSync(join(place.directory, 'token.json'), 'utf8')) as { refreshToken: string };
  expect(statSync(join(place.directory, 'token.json')).mode & 0o777).toBe(0o600);
  const log = readFileSync(join(place.directory, 'state', 'crm-doctor', 'runbook.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(log.filter((line) => line.includes('token.json')).map((line) => JSON.parse(line))).toMatchObject([
    { kind: 'file-intended', by: '--login', where: join(place.directory, 'token.json') },
    { kind: 'file-written', where: join(place.directory, 'token.json') },
  ]);
  // The IMAP server knows another token: what matters here is that this one was tried, and is shown nowhere.
  expect(authOf(out).check).toMatchObject({ status: 'fail' });
  expect(shows(out + err + written(), stored.refreshToken)).toBe(false);
});

test.each([
  ['--no-input', [], {}, /--login needs a person/],
  ['CI', [], { CI: '1' }, /--login needs a person/],
] as const)('--login with %s asks nobody', async (flag, _more, env, says) => {
  const { issuer: at, log } = await issuer();
  await prepare({ issuer: at, clientId: 'crm', scopes: ['mail'] });
  const { code, err } = await run(['--login', ...(flag === 'CI' ? [] : [flag])], env);
  expect(err).toMatch(says);
  expect(code).toBe(3);
  expect(log.requests).toEqual([]);
});

test('--login where no account needs it says so', async () => {
  await prepare({ accessToken: '${TOKEN}' });
  const { err } = await run(['--login'], { TOKEN: token });
  expect(err).toContain('--login has nothing to do');
});

test('--dry-run says who would be asked', async () => {
  await prepare({ provider: 'microsoft', clientId: 'crm', tokenFile: './token.json' });
  const { out } = await run(['--dry-run']);
  expect(out).toContain('one OAuth login as sales@example.test');
  expect(out).toMatch(/OAuth: asks microsoft for an access token; a new refresh token goes into .*token\.json/);
});

test('Ctrl+C while a person signs in ends it; the partial report is kept', async () => {
  const server = await issuer({ pending: 1_000_000 });
  await prepare({ issuer: server.issuer, clientId: 'crm', scopes: ['mail'] });
  let press: (signal: 'SIGINT' | 'SIGTERM') => void = () => undefined;
  const running = commandLine(['mail', '--only', 'mail.imap-auth', '--login', '--json'], {
    cwd: place.directory,
    onInterrupt: (hear) => {
      press = hear;
      return () => undefined;
    },
  });
  while (!server.log.requests.includes('POST /token')) await new Promise((resolve) => setImmediate(resolve));
  press('SIGINT');
  const { code, out } = await running;
  expect(code).toBe(130);
  expect((JSON.parse(out) as Report).run.interrupted).toBe('SIGINT');
});
