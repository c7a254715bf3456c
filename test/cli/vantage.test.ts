import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { mailScenarios } from '../../fixtures/scenarios.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
afterAll(place.remove);
const at = (...names: readonly string[]): string => join(place.directory, ...names);

const validate = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../schema/crm-doctor-report.v1.json', import.meta.url), 'utf8')),
);

const tools = ['sh', 'env', 'uname', 'mktemp', 'rm', 'head', 'cat', 'sed', 'tee', 'od', 'grep'];

/** The directory of programs of the machine that ssh reaches; with or without a Node.js. */
const remoteBin = (node: 'none' | 'old' | 'this'): string => {
  const directory = at(`bin-${node}`);
  if (existsSync(directory)) return directory;
  mkdirSync(directory);
  for (const tool of tools) {
    const found = ['/bin', '/usr/bin'].map((path) => join(path, tool)).find(existsSync);
    if (found) symlinkSync(found, join(directory, tool));
  }
  if (node === 'this') symlinkSync(process.execPath, join(directory, 'node'));
  if (node === 'old') {
    writeFileSync(join(directory, 'node'), '#!/bin/sh\n[ "$1" = --version ] && echo v12.22.0\nexit 1\n');
    chmodSync(join(directory, 'node'), 0o755);
  }
  return directory;
};

/**
 * An ssh that runs the command right here, in a home and a temporary directory of its own, behind a login script that
 * talks. It writes down what it was called with.
 */
const installSsh = (body: string): void => {
  mkdirSync(at('bin'), { recursive: true });
  writeFileSync(
    at('bin', 'ssh'),
    `#!/bin/sh
for last; do :; done
printf '%s\\n' "$@" >'${at('argv')}'
env >'${at('environment')}'
# A Node.js of this machine that does not come by PATH is none of the other one's.
last=$(printf '%s' "$last" | sed 's#/usr/local/bin/node /opt/bitnami/node/bin/node##')
${body}
`,
  );
  chmodSync(at('bin', 'ssh'), 0o755);
};

const running = (node: 'none' | 'old' | 'this', before = 'echo "Welcome to crm"'): string =>
  `${before}\ncd '${at('remote')}' && exec env -i PATH='${remoteBin(node)}' HOME='${at('remote')}' TMPDIR='${at('remote', 'tmp')}' sh -c "$last"`;

const left = (): readonly string[] => readdirSync(at('remote', 'tmp'));

let started: StartedMail | undefined;

beforeEach(() => {
  rmSync(at('remote'), { recursive: true, force: true });
  mkdirSync(at('remote', 'tmp'), { recursive: true });
});

afterEach(async () => {
  await started?.stop();
  started = undefined;
});

const prepare = async (name: string): Promise<StartedMail> => {
  const scenario = mailScenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(name);
  started = await scenario.start();
  const { password: _secret, ...mail } = started.config.mail;
  writeFileSync(at('ca.pem'), started.ca);
  const config = { version: 1, mail: { ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem' } };
  writeFileSync(at('crm-doctor.yaml'), JSON.stringify(config));
  return started;
};

const url = 'ssh://crm@crm.example.test:2222';

const run = (more: readonly string[], env: Readonly<Record<string, string>> = {}, path = at('bin')) =>
  commandLine(['mail', '--vantage', url, ...more], {
    cwd: place.directory,
    env: { PATH: `${path}:${process.env.PATH ?? ''}`, ...env },
  });

const reportOf = (out: string): Report => {
  const report = JSON.parse(out) as Report;
  expect(validate(report) ? [] : validate.errors).toEqual([]);
  return report;
};

const filesUnder = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1'))
    .join('\n');

describe('the same checks from the CRM host', () => {
  test('one login there, none here; the secret travels on standard input only; nothing stays behind', async () => {
    const { config } = await prepare('username-form');
    const secret = config.mail.password;
    installSsh(running('this'));
    const { code, out, err } = await run(['--json'], { DEMO_PASSWORD: secret });
    const report = reportOf(out);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(report.diagnoses[0]).toMatchObject({
      cause: 'config.username-form',
      verify: expect.stringMatching(/--vantage ssh:\/\/crm@crm\.example\.test:2222$/),
    });
    expect(report.vantage).toMatchObject({
      url,
      host: 'crm.example.test',
      status: 'checked',
      machine: { node: process.version },
      differences: [],
      causes: [{ cause: 'config.username-form', seen: 'not-compared' }],
    });
    expect(readFileSync(at('argv'), 'utf8').split('\n').slice(0, 12)).toEqual([
      ...['-T', '-a', '-x', '-o', 'ClearAllForwardings=yes', '-o', 'BatchMode=yes'],
      ...['-p', '2222', '-l', 'crm', '--'],
    ]);
    expect(filesUnder(place.directory)).not.toContain(secret);
    expect(left()).toEqual([]);
  });

  test('says plainly what counts, in text and in both languages', async () => {
    const { config } = await prepare('certificate-expired');
    installSsh(running('this'));
    const env = { DEMO_PASSWORD: config.mail.password };
    const [en, ja] = [await run(['--lang', 'en'], env), await run(['--lang', 'ja'], env)];
    expect(en.out).toContain('crm.example.test and this machine (');
    expect(en.out).toContain('crm.example.test and this machine see the same: what is wrong does not depend');
    expect(ja.out).toContain('crm.example.test とこのマシンの比較');
    expect(left()).toEqual([]);
  });
});

describe('where nothing can be run there the exit code is 3, and the report says why', () => {
  const failing = 'mail@example.test';
  const flags = ['--json', '--imap', '127.0.0.1:9/none'];
  const ask = (body: string) => {
    installSsh(body);
    return commandLine(['mail', failing, '--vantage', url, ...flags], {
      cwd: place.directory,
      env: { PATH: `${at('bin')}:${process.env.PATH ?? ''}` },
    });
  };

  test.each<[string, () => string, string, RegExp]>([
    ['no Node.js', () => running('none'), 'no-node', /crm\.example\.test has no Node\.js \(\w+/],
    ['an old Node.js', () => running('old'), 'old-node', /has Node\.js v12\.22\.0 \(.*needs? Node\.js 20\.19/],
    [
      'no place for a directory',
      () => running('this').replace(`TMPDIR='${at('remote', 'tmp')}'`, "TMPDIR='/nowhere'"),
      'no-directory',
      /in \/nowhere on crm/,
    ],
    ['a refused key', () => 'echo "crm@crm: Permission denied (publickey)." >&2; exit 255', 'ssh', /ssh-copy-id/],
    ['an unknown host key', () => 'echo "Host key verification failed." >&2; exit 255', 'ssh', /compare it/],
    [
      'words that drive a terminal',
      () => 'printf "\\033[2J\\007evil\\n" >&2; exit 255',
      'ssh',
      /^[^\u001b\u0007]*evil/,
    ],
    ['an end in the middle', () => `echo; echo "@crm-doctor x ready"; exit 0`, 'ssh', /exit code 0/],
  ])('%s', async (_name, body, reason, says) => {
    const { code, out } = await ask(body());
    const { vantage, status } = reportOf(out);
    expect(vantage).toMatchObject({ status: 'unavailable', reason, says: expect.stringMatching(says) });
    expect({ code, status }).toEqual({ code: 3, status: 'fail' });
    expect(left()).toEqual([]);
  });

  test('no ssh at all', async () => {
    mkdirSync(at('empty'), { recursive: true });
    const { code, out } = await commandLine(['mail', failing, '--vantage', url, ...flags], {
      cwd: place.directory,
      env: { PATH: at('empty') },
    });
    expect(reportOf(out).vantage).toMatchObject({ reason: 'no-ssh' });
    expect(code).toBe(3);
  });
});

describe('an answer from a machine that cannot be trusted', () => {
  /** Takes the nonce out of the command and answers in place of our own half. */
  const answering = (answer: string): string => {
    writeFileSync(at('answer'), answer);
    return `n=$(printf '%s' "$last" | sed 's/.*; n=\\([0-9a-f]*\\); .*/\\1/')
printf '\\n@crm-doctor %s ready v20.19.5\\n@crm-doctor %s answer ${Buffer.byteLength(answer)}\\n' "$n" "$n"
cat '${at('answer')}'`;
  };
  const ask = (answer: string) => {
    installSsh(answering(answer));
    return run(['a@example.test', '--imap', '127.0.0.1:9/none', '--json']);
  };
  const report = (more: object) =>
    JSON.stringify({
      report: { schema: 'crm-doctor/report/v1', checks: [], ...more },
      evidence: 5,
      system: 'x\u001b[2J',
    });

  test('no control character, no shape and no verdict of its own gets through', async () => {
    const hostile = '\u001b]0;owned\u0007\u202e';
    const { code, out } = await ask(
      report({
        status: 'pass',
        exitCode: 0,
        checks: [
          { id: 'mail.port', status: 'fail', summary: hostile, evidence: [{ fact: hostile, deep: [[hostile]] }] },
          7,
          null,
        ],
        diagnoses: [{ cause: hostile, severity: 'none', confidence: 'high', fix: 'x', affects: [1, hostile] }, []],
        prevention: [{ says: hostile }],
      }),
    );
    const { status, summary, vantage, checks } = reportOf(out);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|(?<!\\)\\u(?:001b|0007|202e)/);
    expect({ code, status, fail: summary.fail, checks: checks.length }).toEqual({
      code: 1,
      status: 'fail',
      fail: 1,
      checks: 1,
    });
    expect(vantage?.machine?.node).toBe('v20.19.5');
  });

  test.each([
    ['no report', JSON.stringify({ report: {}, evidence: null, system: 'Linux' })],
    ['no JSON', '{"report":'],
    ['a list', '[]'],
  ])('%s', async (_name, answer) => {
    const { code, out } = await ask(answer);
    expect(reportOf(out).vantage).toMatchObject({ status: 'unavailable', reason: 'broken' });
    expect(code).toBe(3);
  });

  test('more than any report has', async () => {
    installSsh(
      `exec ${JSON.stringify(process.execPath)} -e 'const z=Buffer.alloc(1<<20);const w=()=>{while(process.stdout.write(z));};process.stdout.on("drain",w);w()'`,
    );
    const { out } = await run(['a@example.test', '--imap', '127.0.0.1:9/none', '--json']);
    expect(reportOf(out).vantage).toMatchObject({ reason: 'broken', says: expect.stringContaining('more than 32 MB') });
  });
});

test('an interruption ends the run there as well, and nothing stays behind', async () => {
  let hear: (signal: 'SIGINT' | 'SIGTERM') => void = () => {};
  const silent = createServer((socket) => socket.on('error', () => {}));
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  let connections = 0;
  // One connection from each of the two machines: both are in the middle of it.
  silent.on('connection', () => {
    connections += 1;
    if (connections === 2) {
      expect(left()).toHaveLength(1);
      hear('SIGINT');
    }
  });
  installSsh(running('this'));
  const { code, out } = await commandLine(
    ['mail', 'a@example.test', '--vantage', url, '--imap', `127.0.0.1:${port}/starttls`, '--json'],
    {
      cwd: place.directory,
      env: { PATH: `${at('bin')}:${process.env.PATH ?? ''}` },
      onInterrupt: (listener) => {
        hear = listener;
        return () => {};
      },
    },
  );
  silent.close();
  const report = reportOf(out);
  expect(report.vantage).toMatchObject({ status: 'unavailable', reason: 'interrupted' });
  expect({ code, interrupted: report.run.interrupted }).toEqual({ code: 130, interrupted: 'SIGINT' });
  // The other side cleans up by itself, a moment after the connection ended.
  await new Promise<void>((resolve) => {
    const look = (): void => (left().length === 0 ? resolve() : void setImmediate(look));
    look();
  });
});

describe('a wrong call', () => {
  test.each([
    'crm.example.test',
    'ssh://',
    'ssh://-oProxyCommand=x@h',
    'ssh://crm@-oProxyCommand=x',
    'ssh://crm@host:0',
    'ssh://crm@host:99999',
    'ssh://crm@host/path',
    'ssh://crm@ho st',
    'ssh://crm:secret@host',
    'http://crm@host',
  ])('--vantage %s', async (wrong) => {
    const { code, out, err } = await commandLine(['mail', 'a@b.test', '--imap', 'h', '--vantage', wrong], {
      cwd: place.directory,
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('ssh://USER@HOST');
  });

  test.each(['--apply', '--offline'])('together with %s', async (flag) => {
    const { code, err } = await commandLine(['mail', 'a@b.test', '--imap', 'h', '--vantage', url, flag], {
      cwd: place.directory,
    });
    expect(code).toBe(2);
    expect(err).toContain(`--vantage and ${flag} cannot be given together`);
  });
});

test('--dry-run says that a copy goes there, and contacts nobody', async () => {
  installSsh(`touch '${at('called')}'`);
  const { code, out } = await run(['a@example.test', '--imap', 'imap.example.test', '--dry-run']);
  expect(code).toBe(0);
  expect(out).toMatch(/on crm\.example\.test, through ssh, with a copy of crm-doctor/);
  expect(existsSync(at('called'))).toBe(false);
});
