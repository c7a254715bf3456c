import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { mailScenarios } from '../../fixtures/scenarios.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

let place = workplace();
let started: StartedMail | undefined;
beforeEach(() => {
  place = workplace();
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
  place.remove();
});

const password = 'never-to-be-seen';
const at = () => ({ cwd: place.directory, env: { DEMO_PASSWORD: started?.config.mail.password ?? password } });
const file = (): string => join(place.directory, 'crm-doctor.yaml');
const text = (): string => readFileSync(file(), 'utf8');
const backups = (directory = place.directory): readonly string[] =>
  readdirSync(directory).filter((name) => name.includes('.bak-'));
const log = (): string => join(place.directory, 'state', 'crm-doctor', 'runbook.jsonl');
const records = (): readonly Record<string, unknown>[] =>
  readFileSync(log(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const kinds = (): readonly unknown[] => records().map(({ kind }) => kind);

/** A file as a person writes it: comments, quotes, and a secret on the line that will change. */
const written = (mail: StartedMail['config']['mail'], indent = '  ', dash = ''): string =>
  [
    `${dash || indent}address: ${mail.address}   # 営業`,
    `${indent}password: \${DEMO_PASSWORD}`,
    `${indent}ca: ./ca.pem`,
    `${indent}# the new server, since October`,
    `${indent}smtp: { host: "${mail.smtp?.host}", port: ${mail.smtp?.port}, security: ${mail.smtp?.security} }  # outgoing`,
    `${indent}imap: { host: ${mail.imap?.host}, port: ${mail.imap?.port}, security: ${mail.imap?.security} }`,
  ].join('\n');

const start = async (name = 'wrong-security'): Promise<StartedMail> => {
  const scenario = mailScenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(name);
  started = await scenario.start();
  writeFileSync(join(place.directory, 'ca.pem'), started.ca);
  return started;
};

/** A configuration that is wrong in one setting; what it should be is the same text with that word replaced. */
const prepare = async (): Promise<{ readonly before: string; readonly after: string }> => {
  const { config } = await start();
  const before = `# kept\nversion: 1\nmail:\n${written(config.mail)}\n`;
  writeFileSync(file(), before);
  return { before, after: before.replace('security: tls }  # outgoing', 'security: starttls }  # outgoing') };
};

/** The same command line at a terminal: stdin and stderr are one, and `type` is typed when the question stands. */
const atTerminal = async (argv: readonly string[], type: string) => {
  const tty = { isTTY: true, columns: 80, setRawMode: () => {}, cursorTo: () => true, clearLine: () => true };
  const input = Object.assign(new PassThrough(), tty);
  // A prompt's pipe ends what it wrote to, which a real stderr does not let itself do.
  const output: PassThrough = Object.assign(new PassThrough(), tty, { moveCursor: () => true, end: () => output });
  const real = { stdin: process.stdin, stderr: process.stderr };
  Object.defineProperty(process, 'stdin', { value: input, configurable: true });
  Object.defineProperty(process, 'stderr', { value: output, configurable: true });
  const seen = { out: '', err: '' };
  let typed = false;
  output.on('data', (chunk: Buffer) => {
    seen.err += chunk.toString('utf8');
    if (typed || !seen.err.includes('y/N')) return;
    typed = true;
    // The prompt listens once it is drawn.
    setImmediate(() => input.write(type));
  });
  try {
    const code = await runCommandLine(argv, {
      out: {
        write: (words) => {
          seen.out += words;
        },
        isTTY: false,
        columns: 80,
      },
      err: { write: (words) => void output.write(words), isTTY: true, columns: 80 },
      env: { HOME: place.directory, XDG_STATE_HOME: join(place.directory, 'state'), ...at().env },
      cwd: place.directory,
      onInterrupt: () => () => {},
    });
    return { code, ...seen };
  } finally {
    Object.defineProperty(process, 'stdin', { value: real.stdin, configurable: true });
    Object.defineProperty(process, 'stderr', { value: real.stderr, configurable: true });
  }
};

describe('crm-doctor mail --apply', () => {
  test('--yes writes the proven change, keeps everything else, and checks again', async () => {
    const { before, after } = await prepare();
    chmodSync(file(), 0o640);
    const { code, out, err } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(text()).toBe(after);
    expect(statSync(file()).mode & 0o777).toBe(0o640);
    const [backup = ''] = backups();
    expect(readFileSync(join(place.directory, backup), 'utf8')).toBe(before);
    expect(statSync(join(place.directory, backup)).mode & 0o777).toBe(0o640);
    expect(kinds()).toEqual([
      'run-started',
      'run-finished',
      'change-intended',
      'change-done',
      'run-started',
      'run-finished',
      'resolution',
    ]);
    const [, finished, , done] = records();
    expect(backup).toBe(`crm-doctor.yaml.bak-${finished?.run}`);
    expect(done).toMatchObject({
      run: finished?.run,
      where: file(),
      backup: expect.stringContaining(backup),
      change: [{ path: 'mail.smtp.security', from: 'tls', to: 'starttls' }],
    });
    expect(err).toMatch(/^--- .*crm-doctor\.yaml\n\+\+\+ .*crm-doctor\.yaml\n@@ -\d+,\d+ \+\d+,\d+ @@$/m);
    expect(err).toMatch(/^-.*security: tls \}/m);
    expect(err).toMatch(/^\+.*security: starttls \}/m);
    expect(out).toMatch(/mail\.tls smtp .* FAIL +→ OK/);
    expect({ code, last: out.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^OK .*exit 0/),
    });
    expect(readdirSync(place.directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.each([
    ['en', 'y\n', 'Write this change into', 'was changed'],
    ['ja', 'y\n', 'に書き込みますか？', 'を変更しました'],
  ])('accepted at a terminal in %s', async (lang, keys, question, outcome) => {
    const { after } = await prepare();
    const { code, err } = await atTerminal(['mail', '--apply', '--lang', lang], keys);
    expect(err).toContain(question);
    expect(err).toContain(outcome);
    expect({ code, text: text() }).toEqual({ code: 0, text: after });
  });

  test.each([
    ['a no', 'n\n', 1],
    ['Enter alone', '\n', 1],
    ['Ctrl+C', '\x03', 130],
  ])('%s changes nothing', async (_name, keys, exit) => {
    const { before } = await prepare();
    const { code, err } = await atTerminal(['mail', '--apply'], keys);
    expect(err).toContain('nothing was changed');
    expect({ code, text: text(), backups: backups() }).toEqual({ code: exit, text: before, backups: [] });
    expect(kinds()).not.toContain('change-intended');
  });

  test.each([['--no-input'], ['a pipe']])(
    '%s: nobody is asked, nothing is changed, and --yes is named',
    async (how) => {
      const { before } = await prepare();
      const flags = how.startsWith('--') ? [how] : [];
      const { code, err } = await commandLine(['mail', '--apply', ...flags], at());
      expect(err).toContain('--yes');
      expect({ code, text: text() }).toEqual({ code: 1, text: before });
      const japanese = await commandLine(['mail', '--apply', '--lang', 'ja', ...flags], at());
      expect(japanese.err).toContain('--yes を付けると');
    },
  );

  test('CI is never asked, not even at a terminal', async () => {
    const { before } = await prepare();
    const { err } = await commandLine(['mail', '--apply'], { ...at(), env: { ...at().env, CI: 'true' } });
    expect(err).toContain('--yes');
    expect(text()).toBe(before);
  });

  test('with --json there is one report on stdout: the last', async () => {
    await prepare();
    const refused = await commandLine(['mail', '--apply', '--json'], at());
    expect((JSON.parse(refused.out) as Report).exitCode).toBe(1);
    const { code, out, err } = await commandLine(['mail', '--apply', '--yes', '--json'], at());
    const report = JSON.parse(out) as Report;
    expect({ code, exitCode: report.exitCode, status: report.status }).toEqual({
      code: 0,
      exitCode: 0,
      status: 'pass',
    });
    expect(err).toContain('@@');
    expect(err).toContain('FAIL');
  });

  test('the paths of a list of mailboxes are those of the file, and only the ill one is changed', async () => {
    const { config } = await start();
    const good = { ...config.mail, smtp: { ...config.mail.smtp, security: 'starttls' } } as typeof config.mail;
    const before = `version: 1\nmail:\n${written(good, '    ', '  - name: 大阪.支店\n    ')}\n${written(config.mail, '    ', '  - name: tokyo\n    ')}\n`;
    writeFileSync(file(), before);
    const { code, err } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(err).toContain('was changed');
    expect({ code, text: text() }).toEqual({
      code: 0,
      text: before.replace('security: tls }  # outgoing', 'security: starttls }  # outgoing'),
    });
    expect(records().find(({ kind }) => kind === 'change-done')?.change).toEqual([
      { path: 'mail[tokyo].smtp.security', from: 'tls', to: 'starttls' },
    ]);
  });

  test('a secret on the changed line, beside it, or in a comment is never shown', async () => {
    const { config } = await start();
    const { smtp, imap, address } = config.mail;
    const secret = config.mail.password;
    writeFileSync(
      file(),
      `mail: # old password: gone-2024\n  address: ${address}\n  ca: ./ca.pem\n  password: "${secret}"\n  smtp: { host: ${smtp?.host}, port: ${smtp?.port}, password: '${secret}', security: tls }\n  imap: { host: ${imap?.host}, port: ${imap?.port}, security: tls }\n`,
    );
    const { out, err } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(err).toMatch(/^\+.*password: \*\*\*, security: starttls/m);
    expect(`${out}${err}${readFileSync(log(), 'utf8')}`).not.toContain(secret);
    expect(err).not.toContain('gone-2024');
    expect(text()).toContain(`password: '${secret}', security: starttls`);
  });

  test('a symbolic link stays one, and the file behind it is changed', async () => {
    const { after } = await prepare();
    const real = join(place.directory, 'real');
    mkdirSync(real);
    writeFileSync(join(real, 'settings.yaml'), text().replace('./ca.pem', join(place.directory, 'ca.pem')));
    rmSync(file());
    symlinkSync(join('real', 'settings.yaml'), file());
    // Relative paths are those of the name that was given.
    const { code } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(code).toBe(0);
    expect(text()).toBe(after.replace('./ca.pem', join(place.directory, 'ca.pem')));
    expect(backups(real)).toHaveLength(1);
  });

  test('a read-only file is left as it is', async () => {
    const { before } = await prepare();
    chmodSync(file(), 0o444);
    const { code, err } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(err).toContain('read-only');
    expect({ code, text: text(), backups: backups() }).toEqual({ code: 1, text: before, backups: [] });
  });

  test('without a runbook to write the intention into, nothing is changed', async () => {
    const { before } = await prepare();
    writeFileSync(join(place.directory, 'not-a-directory'), '');
    const { code, err } = await commandLine(
      ['mail', '--apply', '--yes', '--runbook', join(place.directory, 'not-a-directory')],
      at(),
    );
    expect(err).toContain('could not be written down');
    expect({ code, text: text(), backups: backups() }).toEqual({ code: 1, text: before, backups: [] });
  });

  test('a file that was edited while the question stood is left as it is', async () => {
    const { before } = await prepare();
    const edited = `${before}# edited meanwhile\n`;
    const asking = atTerminal(['mail', '--apply'], '');
    // Nothing is typed until the file is another one.
    const input = process.stdin as unknown as PassThrough;
    (process.stderr as unknown as PassThrough).on('data', (chunk: Buffer) => {
      if (!chunk.toString('utf8').includes('y/N') || text() === edited) return;
      writeFileSync(file(), edited);
      setImmediate(() => input.write('y\n'));
    });
    const { code, err } = await asking;
    expect(err).toContain('was edited in the meantime');
    expect({ code, text: text(), backups: backups() }).toEqual({ code: 1, text: edited, backups: [] });
  });

  test('where nothing was proven, it says so and changes nothing', async () => {
    const { config } = await start('certificate-expired');
    const before = `mail:\n${written(config.mail)}\n`;
    writeFileSync(file(), before);
    const { code, err } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(err).toContain('nothing was changed');
    expect({ code, text: text() }).toEqual({ code: 1, text: before });
  });

  test('a change that the file does not allow is reported, and nothing is written', async () => {
    const { config } = await start();
    const { smtp, imap, address } = config.mail;
    // One text for two services: to change the one would change the other.
    const before = `mail:\n  address: ${address}\n  ca: ./ca.pem\n  password: \${DEMO_PASSWORD}\n  imap: { host: ${imap?.host}, port: ${imap?.port}, security: tls }\n  pop3: &server { host: ${smtp?.host}, port: ${smtp?.port}, security: tls }\n  smtp: *server\n`;
    writeFileSync(file(), before);
    const { code, err } = await commandLine(['mail', '--apply', '--yes'], at());
    expect(err).toContain('mail.smtp.security cannot be changed in this file');
    expect({ code, text: text(), backups: backups() }).toEqual({ code: 1, text: before, backups: [] });
  });

  test('a real terminal: the question stands on it, and a key answers it', async () => {
    const { after } = await prepare();
    const root = fileURLToPath(new URL('../../', import.meta.url));
    // Below node_modules, where the packages are found.
    const built = mkdtempSync(join(root, 'node_modules', '.apply-test-'));
    try {
      const esbuild = join(root, 'node_modules', '.bin', 'esbuild');
      const options = ['--bundle', '--splitting', '--format=esm', '--platform=node', '--packages=external'];
      execFileSync(esbuild, ['src/cli/main.ts', ...options, `--outdir=${built}`, '--log-level=error'], { cwd: root });
      writeFileSync(join(built, 'run.mjs'), "import { main } from './main.js';\nawait main();\n");
      const { spawn } = await import('@lydell/node-pty');
      // CI is how the machine of a pipeline says that nobody is there; here somebody is.
      const { CI: _nobody, ...env } = process.env;
      const terminal = spawn(process.execPath, [join(built, 'run.mjs'), 'mail', '--apply', '--lang', 'ja'], {
        cwd: place.directory,
        cols: 100,
        env: { ...env, ...at().env, HOME: place.directory, XDG_STATE_HOME: join(place.directory, 'state') },
      });
      let seen = '';
      let typed = false;
      const code = await new Promise<number>((resolve) => {
        terminal.onData((data) => {
          seen += data;
          if (typed || !seen.includes('y/N')) return;
          typed = true;
          terminal.write('y\r');
        });
        terminal.onExit(({ exitCode }) => resolve(exitCode));
      });
      expect(seen).toContain('に書き込みますか？');
      expect({ code, text: text() }).toEqual({ code: 0, text: after });
    } finally {
      rmSync(built, { recursive: true, force: true });
    }
  });

  test('--sender is no setting of the file: what was proven for it is not written', async () => {
    const { config } = await start('sender-mismatch');
    const { from, ...mail } = config.mail;
    const before = `mail:\n  from: ${mail.address}\n${written(mail)}\n`;
    writeFileSync(file(), before);
    const { code, err } = await commandLine(['mail', '--apply', '--yes', '--sender', from ?? ''], at());
    expect(err).toContain('mail.from has another value');
    expect({ code, text: text() }).toEqual({ code: 1, text: before });
  });

  test.each(['en', 'ja'])('without a file it is a wrong call (%s)', async (lang) => {
    const argv = ['mail', 'a@b.test', '--smtp', '127.0.0.1:1', '--apply', '--lang', lang];
    const { code, out, err } = await commandLine(argv, at());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('--apply');
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('crm-doctor runbook undo', () => {
  const apply = async () => {
    const texts = await prepare();
    expect((await commandLine(['mail', '--apply', '--yes', '--quiet'], at())).code).toBe(0);
    return texts;
  };

  test.each(['en', 'ja'])('restores the backup and shows the difference (%s)', async (lang) => {
    const { before } = await apply();
    const { code, err } = await commandLine(['runbook', 'undo', '--yes', '--lang', lang], at());
    expect({ code, text: text() }).toEqual({ code: 0, text: before });
    expect(err).toMatch(/^\+.*security: tls \}/m);
    expect(kinds().at(-1)).toBe('undone');
    const again = await commandLine(['runbook', 'undo', '--yes', '--lang', lang], at());
    expect(again.code).toBe(2);
    expect(again.err).toContain(lang === 'ja' ? '元に戻す変更はありません' : 'nothing to undo');
  });

  test('asks first', async () => {
    const { before, after } = await apply();
    expect(await atTerminal(['runbook', 'undo'], 'n\n')).toMatchObject({ code: 0 });
    expect(text()).toBe(after);
    expect(await commandLine(['runbook', 'undo'], at())).toMatchObject({
      code: 2,
      err: expect.stringContaining('--yes'),
    });
    expect(await atTerminal(['runbook', 'undo'], 'y\n')).toMatchObject({ code: 0 });
    expect(text()).toBe(before);
  });

  test('after an edit of other lines only the change goes back', async () => {
    const { before } = await apply();
    appendFileSync(file(), 'language: ja\n');
    expect((await commandLine(['runbook', 'undo', '--yes'], at())).code).toBe(0);
    expect(text()).toBe(`${before}language: ja\n`);
  });

  test('after an edit of the changed setting it refuses', async () => {
    await apply();
    const edited = text().replace('security: starttls', 'security: none');
    writeFileSync(file(), edited);
    const { code, err } = await commandLine(['runbook', 'undo', '--yes'], at());
    expect(err).toContain('mail.smtp.security was edited after the change');
    expect({ code, text: text() }).toEqual({ code: 2, text: edited });
  });

  test('a key that the change had added is taken away again, even without the backup', async () => {
    const { config } = await start('sender-mismatch');
    const before = `mail:\n${written(config.mail)}\n  from: ${config.mail.from}\n`;
    writeFileSync(file(), before);
    await commandLine(['mail', '--apply', '--yes', '--quiet'], at());
    expect(text()).not.toBe(before);
    for (const name of backups()) rmSync(join(place.directory, name));
    expect((await commandLine(['runbook', 'undo', 'last', '--yes'], at())).code).toBe(0);
    expect(text()).toBe(before);
  });

  test('a run is named by the beginning of its id; another one has nothing to undo', async () => {
    const { before } = await apply();
    const run = String(records().find(({ kind }) => kind === 'change-done')?.run);
    expect((await commandLine(['runbook', 'undo', 'nothing', '--yes'], at())).code).toBe(2);
    expect((await commandLine(['runbook', 'undo', run.slice(0, 18), '--yes'], at())).code).toBe(0);
    expect(text()).toBe(before);
  });

  test('killed between intention and end: the list says so, and undo finds out whether it was written', async () => {
    const { before, after } = await apply();
    const lines = readFileSync(log(), 'utf8').split('\n');
    const kept = lines.filter((line) => !line.includes('"change-done"'));
    writeFileSync(log(), kept.join('\n'));
    const { out } = await commandLine(['runbook', 'list'], at());
    expect(out.replace(/\s+/g, ' ')).toContain('its end is not recorded');
    expect(text()).toBe(after);
    expect((await commandLine(['runbook', 'undo', '--yes'], at())).code).toBe(0);
    expect(text()).toBe(before);
    // Intended again, and killed before anything was touched.
    appendFileSync(log(), `${kept.find((line) => line.includes('"change-intended"'))}\n`);
    const nothing = await commandLine(['runbook', 'undo', '--yes'], at());
    expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining('nothing to undo') });
    expect(text()).toBe(before);
  });

  test('a forged record with control characters commands no terminal', async () => {
    await apply();
    const where = '/nowhere/\u001b]0;owned\u0007\u009b31m';
    const forged = { at: '2026-11-24T00:00:00Z', kind: 'change-done', run: '\u001b[2J', where, change: [] };
    appendFileSync(log(), `${JSON.stringify(forged)}\n${JSON.stringify({ ...forged, change: 'all' })}\n`);
    const { code, err } = await commandLine(['runbook', 'undo', '--yes'], at());
    expect(code).toBe(2);
    for (const control of ['\u001b', '\u0007', '\u009b']) expect(err).not.toContain(control);
    expect(existsSync('/nowhere')).toBe(false);
  });
});
