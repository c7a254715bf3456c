import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type ImapOptions, startImap } from '../../fixtures/imap.server.ts';
import { MailStore } from '../../fixtures/mail-store.ts';
import type { Clock } from '../../src/cli/watch/loop.ts';
import { watchLoop } from '../../src/cli/watch/loop.ts';
import type { WatchFlags } from '../../src/cli/watch/watching.ts';
import type { WatchState } from '../../src/watch/state.ts';

const home = mkdtempSync(join(tmpdir(), 'crm-doctor-watch-time-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const hour = 3_600_000;
const quarter = hour / 4;

/** A clock that goes a quarter of an hour ahead whenever somebody waits for it. */
const quickClock = (start: number, stepMs = quarter) => {
  let now = start;
  const clock: Clock = {
    now: () => new Date(now),
    sleep: async (ms) => {
      now += Math.max(ms, stepMs);
    },
  };
  return { clock, now: () => now };
};

let places = 0;

const looping = (yaml: string, flags: Partial<WatchFlags>) => {
  places += 1;
  const cwd = join(home, String(places));
  mkdirSync(cwd);
  const config = join(cwd, 'crm-doctor.yaml');
  writeFileSync(config, yaml);
  const runbook = join(cwd, 'state', 'crm-doctor');
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: false,
    columns: 80,
  });
  const context = {
    io: {
      out: stream('out'),
      err: stream('err'),
      env: { HOME: cwd, XDG_STATE_HOME: join(cwd, 'state') },
      cwd,
      onInterrupt: () => () => {},
    },
    language: 'en' as const,
    version: '0.0.0',
  };
  return {
    config,
    runbook,
    state: (): WatchState => JSON.parse(readFileSync(join(runbook, 'watch', 'state.json'), 'utf8')),
    written,
    go: (clock: Clock, rounds: number) => watchLoop({ failOn: 'fail', ...flags }, context, { clock, rounds }),
  };
};

const store = () => new MailStore([{ address: 'sales@example.test', password: 'right' }]);

const withServer = async (
  options: Partial<ImapOptions>,
  work: (server: Awaited<ReturnType<typeof startImap>>) => Promise<void>,
) => {
  const server = await startImap({ store: store(), tls: 'none', clearLogins: true, ...options });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
};

const yaml = (port: number, password: string): string =>
  `version: 1\nmail:\n  address: sales@example.test\n  password: ${password}\n  imap: { host: 127.0.0.1, port: ${port}, security: none }\n`;

describe('a wrong password over days', () => {
  const only = ['mail.imap-auth'];

  test('is tried after an hour, four hours, and then once a day', async () => {
    await withServer({}, async ({ port, log }) => {
      const { go, written, state } = looping(yaml(port, 'wrong'), { only });
      const { clock } = quickClock(Date.parse('2026-11-24T00:00:20Z'));
      await go(clock, 4 * 24 * 3);
      expect(written.err).toBe('');
      // A trial has tried another form of the name as well: of each name one refusal a time.
      expect(
        state()
          .logins.map(({ username, times }) => [username, times])
          .toSorted(),
      ).toEqual([
        ['sales', 5],
        ['sales@example.test', 5],
      ]);
      expect(log.loginsRefused).toBe(10);
      expect(log.loginsAccepted).toBe(0);
    });
  });

  test('is tried at once when the file has another one, and every hour from then on', async () => {
    await withServer({}, async ({ port, log }) => {
      const { go, config } = looping(yaml(port, 'wrong'), { only });
      const { clock } = quickClock(Date.parse('2026-11-24T00:00:20Z'));
      await go(clock, 4 * 10);
      expect(log.loginsRefused).toBe(6);
      writeFileSync(config, `${yaml(port, 'right')}# mended\n`);
      await go(clock, 4 * 10);
      expect(log.loginsRefused).toBe(6);
      expect(log.loginsAccepted).toBeGreaterThanOrEqual(8);
    });
  });

  test('is tried at once when it is mended in the list of mailboxes', async () => {
    await withServer({}, async ({ port, log }) => {
      const { go, config } = looping(
        `version: 1\nmailboxes:\n  file: accounts.csv\n  defaults: { imap: { host: 127.0.0.1, port: ${port}, security: none } }\n`,
        { only },
      );
      const list = join(dirname(config), 'accounts.csv');
      const write = (password: string) => writeFileSync(list, `address,password\nsales@example.test,${password}\n`);
      write('wrong');
      const { clock } = quickClock(Date.parse('2026-11-24T00:00:20Z'));
      let sleeps = 0;
      const mending: Clock = {
        ...clock,
        sleep: async (ms, signal) => {
          sleeps += 1;
          if (sleeps === 1) write('right');
          await clock.sleep(ms, signal);
        },
      };
      await go(mending, 8);
      expect(log.loginsRefused).toBe(2);
      expect(log.loginsAccepted).toBeGreaterThanOrEqual(1);
    });
  });

  test('after a sign of a lock-out nothing is tried for a day', async () => {
    await withServer(
      {
        refuse: {
          LOGIN: 'NO [ALERT] Too many failed login attempts',
          AUTHENTICATE: 'NO [ALERT] Too many failed login attempts',
        },
      },
      async ({ port, log }) => {
        const { go, state } = looping(yaml(port, 'right'), { only });
        const { clock } = quickClock(Date.parse('2026-11-24T00:00:20Z'));
        await go(clock, 1);
        // Whoever is to mend it does not wait for a day.
        expect(state().alerts.open.find(({ cause }) => cause === 'auth.too-many-attempts')?.state).toBe('told');
        await go(clock, 4 * 24 * 2 - 1);
        expect(log.loginsRefused).toBe(2);
      },
    );
  });
});

test('what keeps it from its own work is told on standard error, and as one of the objects where those are asked for', async () => {
  const told = async (flags: Partial<WatchFlags>) => {
    const { go, runbook, written } = looping(yaml(1, 'right'), flags);
    writeFileSync(dirname(runbook), 'no folder');
    await go(quickClock(Date.parse('2026-11-24T00:00:20Z')).clock, 1);
    return written;
  };
  expect(await told({})).toEqual({ out: '', err: expect.stringContaining('could not do its own work') });
  const { out, err } = await told({ format: ['ndjson'] });
  expect(err).toBe('');
  expect(JSON.parse(out)).toMatchObject({ kind: 'failed', times: 1 });
});

const sizeOf = (directory: string): number =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);

/** CRM_DOCTOR_WATCH_ROUNDS=10000 takes some minutes. */
const rounds = Number(process.env.CRM_DOCTOR_WATCH_ROUNDS ?? 100);

test(`memory and disk after ${rounds} rounds are those of a tenth of them`, async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const heap = (): number => {
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  await withServer({}, async ({ port, log }) => {
    const { go, runbook, written } = looping(yaml(port, 'right'), {
      only: ['mail.config', 'mail.port', 'mail.imap-auth'],
      quiet: true,
    });
    const { clock } = quickClock(Date.parse('2026-06-01T00:00:20Z'));
    const tenth = Math.ceil(rounds / 10);
    await go(clock, tenth);
    const [heapBefore, diskBefore] = [heap(), sizeOf(join(runbook, 'watch'))];
    await go(clock, rounds - tenth);
    const [heapAfter, diskAfter] = [heap(), sizeOf(join(runbook, 'watch'))];
    process.stderr.write(
      `watch: ${rounds} rounds, heap ${heapBefore} -> ${heapAfter}, state ${diskBefore} -> ${diskAfter}, runbook ${sizeOf(runbook)}\n`,
    );
    expect(written.err).toBe('');
    expect(log.loginsAccepted).toBeGreaterThan(rounds / 8);
    expect(heapAfter / heapBefore).toBeLessThan(1.25);
    expect(diskAfter / diskBefore).toBeLessThan(1.25);
    // A run a day, thinned; not one a round.
    expect(readdirSync(join(runbook, 'runs')).length).toBeLessThan(rounds / 96 + 110);
  });
}, 3_600_000);
