import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type ImapOptions, startImap } from '../../fixtures/imap.server.ts';
import { MailStore } from '../../fixtures/mail-store.ts';
import { width } from '../../src/i18n/width.ts';
import { realFiles } from '../../src/runbook/files.ts';
import type { WatchState } from '../../src/watch/state.ts';
import { takeTurn } from '../../src/watch/turn.ts';
import { startReceiver } from '../notify/receiver.ts';
import { commandLine } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'crm-doctor-watch-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let places = 0;

/** A directory with a configuration of one mailbox, and what is kept of it. */
const place = (yaml: string) => {
  places += 1;
  const cwd = join(home, String(places));
  mkdirSync(cwd);
  const write = (text: string) => writeFileSync(join(cwd, 'crm-doctor.yaml'), text);
  write(yaml);
  const runbook = join(cwd, 'state', 'crm-doctor');
  return {
    cwd,
    write,
    watch: (...argv: readonly string[]) => commandLine(['watch', ...argv], { cwd }),
    state: (): WatchState => JSON.parse(readFileSync(join(runbook, 'watch', 'state.json'), 'utf8')),
    stateFile: join(runbook, 'watch', 'state.json'),
    watchDirectory: join(runbook, 'watch'),
    runs: () => readdirSync(join(runbook, 'runs')).filter((name) => name.endsWith('-w.json')),
    run: (name: string) => JSON.parse(readFileSync(join(runbook, 'runs', name), 'utf8')).report,
    log: () => readFileSync(join(runbook, 'runbook.jsonl'), 'utf8'),
  };
};

const secret = 'Planted-4711';

const mailbox = (port: number, password = secret): string =>
  `version: 1\nmail:\n  address: sales@example.test\n  password: ${password}\n  imap: { host: 127.0.0.1, port: ${port}, security: none }\n`;

const withServer = async (
  work: (server: Awaited<ReturnType<typeof startImap>>) => Promise<void>,
  options: Partial<ImapOptions> = {},
) => {
  const store = new MailStore([{ address: 'sales@example.test', password: secret }]);
  const server = await startImap({ store, tls: 'none', clearLogins: true, ...options });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
};

const only = ['--only', 'mail.port', 'mail.imap-auth'];

describe('watch --once', () => {
  test('looks at what is due, keeps the run that is news, and is silent about it the next time', async () => {
    const { watch, state, runs, run, log } = place(mailbox(1));
    const first = await watch('--once', ...only);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/looked at mail\.port mail\.imap-auth: 1 problem/);
    expect(first.out).toMatch(/new critical: net\.\w+ \(sales@example\.test\)/);
    expect(first.err).toBe('');
    expect(runs()).toHaveLength(1);
    // The command that looks again is one that a person can run.
    expect(run(runs()[0] ?? '').diagnoses[0].verify).toMatch(/^crm-doctor mail --only mail\.port/);
    const second = await watch('--once', ...only);
    expect(second).toMatchObject({ code: 0 });
    expect(second.out).toContain('nothing is due');
    const third = await watch('--once', '--all', ...only);
    expect(third.code).toBe(1);
    expect(third.out).not.toContain('new ');
    expect(runs()).toHaveLength(1);
    expect(
      log()
        .split('\n')
        .filter((line) => line.includes('"run-finished"')),
    ).toHaveLength(1);
    expect(state().alerts.open).toMatchObject([{ state: 'told', looks: 2 }]);
  });

  test('tells a ping of the beginning and the end of each look, and how it came out', async () => {
    const receiver = await startReceiver(() => ({ status: 200 }));
    try {
      const { watch } = place(`${mailbox(1)}notify: { type: ping, url: '${receiver.base}/alive' }\n`);
      const paths = (): readonly string[] => receiver.requests.splice(0).map(({ path }) => path);
      expect(await watch('--once', '--only', 'mail.config')).toMatchObject({ code: 0, err: '' });
      expect(paths()).toEqual(['/alive/start', '/alive']);
      await watch('--once', '--only', 'mail.config');
      expect(paths()).toEqual([]);
      await watch('--once', ...only);
      expect(paths()).toEqual(['/alive/start', '/alive/fail']);
    } finally {
      await receiver.stop();
    }
  });

  test('steps back while another one looks', async () => {
    const { watch, watchDirectory } = place(mailbox(1));
    mkdirSync(watchDirectory, { recursive: true });
    const turn = await takeTurn(realFiles, watchDirectory);
    expect(turn.kind).toBe('mine');
    const { code, out } = await watch('--once', ...only);
    expect(code).toBe(0);
    expect(out).toContain(`another one is looking (process ${process.pid}`);
    if (turn.kind === 'mine') await turn.release();
    expect((await watch('--once', ...only)).out).toContain('looked at');
  });

  test('a damaged state is set aside, said, and begun anew', async () => {
    const { watch, state, stateFile, watchDirectory } = place(mailbox(1));
    await watch('--once', ...only);
    writeFileSync(stateFile, '{"schema":"crm-doctor/watch/v1","jobs":');
    const { out, code } = await watch('--once', ...only);
    expect(code).toBe(1);
    expect(out).toContain('state.json.broken-');
    expect(state().jobs['mail.port']?.lastAt).toBeDefined();
    expect(readdirSync(watchDirectory).filter((name) => name.includes('broken'))).toHaveLength(1);
  });

  test('no secret is in what is printed or kept', async () => {
    await withServer(async ({ port }) => {
      const { watch, cwd } = place(mailbox(port, 'Wrong-Planted-99'));
      const printed = [await watch('--once', ...only), await watch('--status', '--json'), await watch('--status')];
      const kept = readdirSync(join(cwd, 'state'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
      expect(kept.length).toBeGreaterThan(2);
      expect([...printed.map(({ out, err }) => out + err), ...kept].join('\n')).not.toContain('Wrong-Planted-99');
    });
  });
});

describe('watch --status', () => {
  test('before anything has looked it is not taken for good', async () => {
    const { watch } = place(mailbox(1));
    const { code, out } = await watch('--status');
    expect(code).toBe(3);
    expect(out).toContain('Nothing has looked yet');
  });

  test('tells turns, problems and their beginning, in both languages and as JSON', async () => {
    const { watch } = place(mailbox(1));
    await watch('--once', ...only);
    const { code, out } = await watch('--status');
    expect(code).toBe(1);
    expect(out).toMatch(/mail\.port +every 15 minutes +\d{4}-/);
    expect(out).toMatch(/critical +net\.\w+ +sales@example\.test/);
    expect((await watch('--status', '--lang', 'ja')).out).toContain('未解消の問題');
    const json = JSON.parse((await watch('--status', '--json')).out);
    expect(json).toMatchObject({
      schema: 'crm-doctor/watch-status/v1',
      problems: [{ mailbox: 'sales@example.test', state: 'pending' }],
      exitCode: 1,
    });
    const port = json.kinds.find(({ kind }: { kind: string }) => kind === 'mail.port');
    // A problem that is to be confirmed is looked at again before the usual turn, and both say so.
    expect(Date.parse(port.nextAt) - Date.parse(port.lastAt)).toBe(5 * 60_000);
  });
});

test.each(['en', 'ja'])('neither --status nor --dry-run is wider than the terminal (%s)', async (language) => {
  const { cwd, watch } = place(mailbox(1));
  await watch('--once', ...only);
  for (const what of ['--status', '--dry-run']) {
    const { out } = await commandLine(['watch', what, '--lang', language], { cwd, columns: 40, tty: true });
    expect(out).toContain('mail.imap-auth');
    expect(out.split('\n').filter((line) => width(line) > 40)).toEqual([]);
  }
});

describe('the call', () => {
  test('--dry-run names turns and what would be contacted, and contacts nobody', async () => {
    await withServer(async ({ port, log }) => {
      const { watch } = place(mailbox(port));
      const { code, out } = await watch('--dry-run');
      expect(code).toBe(0);
      expect(out).toContain(`imap 127.0.0.1:${port}, no encryption: one login as sales@example.test`);
      expect(out).toContain('Nobody is notified');
      expect(log.connections).toBe(0);
    });
  });

  test.each([
    [['--all'], '--all goes with --once'],
    [['--once', '--status'], 'give one of them'],
    [['--once', '--format', 'html'], 'crm-doctor report last --format html'],
    [['--once', '--only', 'mail.nothing'], 'nothing is left to watch'],
  ])('%s is a wrong call', async (argv, says) => {
    const { code, err } = await place(mailbox(1)).watch(...argv);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
