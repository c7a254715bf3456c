import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';

// Whole processes of the built program.
const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'crm-doctor-watch-signals-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const config = join(home, 'crm-doctor.yaml');
const good = 'version: 1\nmail: { address: sales@example.test, password: x, imap: { host: 127.0.0.1, port: 1 } }\n';

const until = async (ready: () => boolean): Promise<void> => {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 20));
};

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  'reads its configuration again on SIGHUP, goes on with the last good one, and ends on %s',
  async (signal, code) => {
    writeFileSync(config, good);
    const child = spawn(process.execPath, [cli, 'watch', '--only', 'mail.config', '--runbook', join(home, signal)], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await until(() => out.includes('looked at mail.config'));
    writeFileSync(config, `${good}bogus: 1\n`);
    child.kill('SIGHUP');
    await until(() => err.includes('unknown key bogus'));
    // It was told once, and what was read before still holds.
    writeFileSync(config, good);
    child.kill('SIGHUP');
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(out).toContain(`stopped (${signal})`);
    expect(err.match(/bogus at the top level/g)).toHaveLength(1);
    const state = JSON.parse(readFileSync(join(home, signal, 'watch', 'state.json'), 'utf8'));
    expect(state.round).toMatchObject({ looked: ['mail.config'], status: 'pass' });
  },
);
