import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { spawn } from '@lydell/node-pty';

const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'crm-doctor-pty-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('Ctrl+C on a terminal ends the run, keeps what was seen, and gives the cursor back', async () => {
  const silent = createServer((socket) => socket.on('error', () => {}));
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const argv = [cli, 'mail', 'a@b.test', '--imap', `127.0.0.1:${port}/starttls`, '--password-env', 'PW'];
  const env = { PATH: process.env.PATH ?? '', HOME: home, PW: 'Planted-7391', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const terminal = spawn(process.execPath, argv, { cols: 80, rows: 24, cwd: home, env });
  let screen = '';
  let pressed = false;
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  terminal.onData((data) => {
    screen += data;
    // The spinner names the check that waits: the run is in the middle of it.
    if (pressed || !/IMAP port answers/.test(screen)) return;
    pressed = true;
    terminal.write('\x03');
  });
  const code = await ended;
  silent.close();
  expect(code).toBe(130);
  expect(screen).toContain('INTERRUPTED');
  expect(screen.lastIndexOf('\x1b[?25h')).toBeGreaterThan(screen.lastIndexOf('\x1b[?25l'));
  expect(screen).not.toContain('Planted-7391');
});
