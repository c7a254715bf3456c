import type { ChildProcess } from 'node:child_process';
import { spawn as run } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { IPty } from '@lydell/node-pty';
import { spawn } from '@lydell/node-pty';
import { width } from '../../src/i18n/width.ts';

// Whole processes of the built program. A signal is sent when the server has seen what the run is waiting for, so that it
// always comes in the middle of it.
const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'crm-doctor-pty-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const secret = 'Planted-7391';
const environment = (state: string) => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  XDG_STATE_HOME: join(home, state),
  PW: secret,
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
});

/** A server that hands every connection to `meet` and says nothing of its own. */
const listening = async (meet: (socket: Socket) => void) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    meet(socket);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** From the signal to the end. */
  readonly ms: number;
}

const ended = (child: ChildProcess, signalled: () => number): Promise<Ended> => {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err, ms: performance.now() - signalled() }));
  });
};

// Far more than a second, and far less than what is waited for (the login of 10 s, the run of 60 s).
const soon = 6_000;

const savedRuns = (state: string): readonly string[] =>
  readdirSync(join(home, state, 'crm-doctor', 'runs')).map((name) =>
    readFileSync(join(home, state, 'crm-doctor', 'runs', name), 'utf8'),
  );

describe.each<[string, string, (socket: Socket, seen: () => void) => void]>([
  ['before a greeting', '--imap=/starttls', (_, seen) => seen()],
  ['in a TLS handshake', '--imap=/tls', (socket, seen) => socket.once('data', seen)],
  [
    'in the middle of SMTP',
    '--smtp=/starttls',
    (socket, seen) => {
      socket.write('220 quiet.test ESMTP\r\n');
      socket.once('data', seen);
    },
  ],
  [
    'after a part of a reply',
    '--pop3=/none',
    (socket, seen) => {
      socket.write('+OK');
      seen();
    },
  ],
])('a run that is broken off %s', (name, door, meet) => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends at once, with what was seen so far',
    async (signal) => {
      const state = `${name.replaceAll(' ', '-')}-${signal}`;
      let at = 0;
      let sent = false;
      let child: ChildProcess | undefined;
      const server = await listening((socket) =>
        meet(socket, () => {
          if (sent) return;
          sent = true;
          at = performance.now();
          child?.kill(signal);
        }),
      );
      const [flag, security] = door.split('=');
      child = run(
        process.execPath,
        [cli, 'mail', 'a@b.test', `${flag}`, `127.0.0.1:${server.port}${security}`, '--password-env', 'PW', '--json'],
        { cwd: home, env: environment(state), stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const { code, out, err, ms } = await ended(child, () => at);
      server.close();
      expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
      expect(ms).toBeLessThan(soon);
      const report = JSON.parse(out);
      expect(report).toMatchObject({
        exitCode: code,
        run: { interrupted: signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM' },
      });
      expect(report.status).not.toBe('pass');
      expect(err).toBe('');
      const [saved = ''] = savedRuns(state);
      expect(JSON.parse(saved)).toMatchObject({ report: { run: { id: report.run.id } } });
      expect(saved + out).not.toContain(secret);
    },
  );
});

test('a comparison that reads its records ends at once', async () => {
  const rows = Array.from({ length: 1_500_000 }, (_, at) => `${at},name ${at},${at}@example.co.jp`).join('\n');
  for (const side of ['a.csv', 'b.csv']) writeFileSync(join(home, side), `id,name,email\n${rows}\n`);
  let at = 0;
  const child = run(process.execPath, [cli, 'sync', 'a.csv', 'b.csv', '--key', 'id', '--json'], {
    cwd: home,
    env: { ...environment('sync'), CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // In CI the first finished check is told of; the records are read after it.
  const first = await new Promise<'finished' | 'ended'>((resolve) => {
    child.stderr.once('data', () => resolve('finished'));
    child.once('exit', () => resolve('ended'));
  });
  const end = ended(child, () => at);
  at = performance.now();
  child.kill('SIGINT');
  const { code, out, ms } = await end;
  if (first === 'finished') expect(code).toBe(130);
  expect(ms).toBeLessThan(soon);
  if (out !== '') expect(JSON.parse(out)).toMatchObject({ exitCode: 130, run: { interrupted: 'SIGINT' } });
});

describe('at a terminal', () => {
  const opened: IPty[] = [];
  afterAll(() => {
    for (const one of opened) one.kill();
  });
  const terminalWith = (argv: readonly string[], state: string, cols = 80): IPty => {
    const terminal = spawn(process.execPath, [cli, ...argv], { cols, rows: 24, cwd: home, env: environment(state) });
    opened.push(terminal);
    return terminal;
  };

  /** Runs a command line at a terminal and presses Ctrl+C whenever `press` wants it. */
  const atTerminal = async (argv: readonly string[], press: (screen: string, pressed: number) => boolean) => {
    const terminal = terminalWith(argv, 'pty');
    let screen = '';
    let pressed = 0;
    const end = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    terminal.onData((data) => {
      screen += data;
      if (!press(stripVTControlCharacters(screen), pressed)) return;
      pressed += 1;
      terminal.write('\x03');
    });
    return { code: await end, screen };
  };

  const cursorIsBack = (screen: string): void => {
    expect(screen.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(screen.lastIndexOf('\x1b[?25l'));
  };

  // The spinner names the check that waits: the run is in the middle of it.
  const waits = /IMAP port answers/;

  test('Ctrl+C ends the run, keeps what was seen, and gives the cursor back', async () => {
    const server = await listening(() => {});
    const argv = ['mail', 'a@b.test', '--imap', `127.0.0.1:${server.port}/starttls`, '--password-env', 'PW'];
    const { code, screen } = await atTerminal(argv, (text, pressed) => pressed === 0 && waits.test(text));
    server.close();
    expect(code).toBe(130);
    expect(screen).toContain('INTERRUPTED');
    cursorIsBack(screen);
    expect(screen).not.toContain(secret);
  });

  test('a second one does not wait for anything', async () => {
    const server = await listening(() => {});
    const argv = ['mail', 'a@b.test', '--imap', `127.0.0.1:${server.port}/starttls`, '--json'];
    const terminal = terminalWith(argv, 'twice');
    let screen = '';
    const end = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    let pressed = false;
    terminal.onData((data) => {
      screen += data;
      if (pressed || !waits.test(screen)) return;
      pressed = true;
      terminal.write('\x03\x03');
    });
    expect(await end).toBe(130);
    server.close();
    cursorIsBack(screen);
  });

  test.each([
    ['the first question of init', ['init'], /Which mailbox/],
    [
      'a secret that is asked for',
      ['init', 'a@b.test', '--smtp', '127.0.0.1:1/none', '--imap', '127.0.0.1:1/none'],
      /\? .*[Pp]assword/,
    ],
  ] as const)('Ctrl+C at %s writes nothing', async (_name, argv, asked) => {
    const { code, screen } = await atTerminal([...argv], (text, pressed) => pressed === 0 && asked.test(text));
    expect(code).toBe(130);
    expect(screen).toContain('nothing was written');
    cursorIsBack(screen);
  });

  test('a terminal that is made narrower meanwhile is not written over its edge', async () => {
    const server = await listening(() => {});
    const argv = ['mail', 'a@b.test', '--imap', `127.0.0.1:${server.port}/starttls`, '--lang', 'ja'];
    const terminal = terminalWith(argv, 'resize', 100);
    let before = '';
    let after = '';
    let state: 'wide' | 'narrow' | 'left' = 'wide';
    const end = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    terminal.onData((data) => {
      if (state === 'wide') {
        before += data;
        if (!before.includes('IMAP のポート')) return;
        state = 'narrow';
        terminal.resize(24, 24);
        return;
      }
      after += data;
      // A second later the line was drawn anew several times.
      if (state === 'narrow' && /[2-9] s/.test(after)) {
        state = 'left';
        terminal.write('\x03');
      }
    });
    expect(await end).toBe(130);
    server.close();
    const drawn = after.split(/\r|\n|\x1b\[\d*[GKAJ]/).filter((line) => /\d+\/\d+/.test(line) && / s/.test(line));
    const fits = (line: string): boolean => width(stripVTControlCharacters(line).replace('^C', '')) <= 24;
    // Frames that were on their way while the terminal changed may still be wide ones.
    const narrow = drawn.findIndex(fits);
    expect(narrow).toBeGreaterThanOrEqual(0);
    expect(drawn.slice(narrow).filter((line) => !fits(line))).toEqual([]);
    expect(after).toContain('中断');
  });
});
