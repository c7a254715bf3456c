import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { startImap } from '../../fixtures/imap.server.ts';
import { MailStore } from '../../fixtures/mail-store.ts';
import { openRunbook } from '../../src/runbook/runbook.ts';
import type { WatchState } from '../../src/watch/state.ts';

// Whole processes of the built program, killed at random moments; CRM_DOCTOR_WATCH_KILLS=200 makes it a long run.
const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
const kills = Number(process.env.CRM_DOCTOR_WATCH_KILLS ?? 12);

const home = mkdtempSync(join(tmpdir(), 'crm-doctor-killed-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Told {
  readonly path: string;
  readonly delivery: string | undefined;
  readonly body: string;
}

/** Takes what is posted, and is slow about every third of it, so that some are killed in the middle. */
const startReceiver = async () => {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const delivery = request.headers['idempotency-key'];
      told.push({ path: request.url ?? '', delivery: Array.isArray(delivery) ? delivery[0] : delivery, body });
      const answer = () => response.end('ok');
      if (told.length % 3 === 0) setTimeout(answer, 200);
      else answer();
    });
    // Who is killed has no more to say.
    request.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, told, stop: () => new Promise((resolve) => server.close(resolve)) };
};

/** The same numbers at each run. */
const random = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

interface Ended {
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

const roundOf = async (killAfterMs: number | undefined): Promise<Ended> => {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [cli, 'watch', '--once', '--all', '--json', '--only', 'mail.port', 'mail.imap-auth'],
    {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: join(home, 'state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  return { signal, out, err, ms: performance.now() - startedAt };
};

test(`killed ${kills} times: no finished record is lost, nothing stays locked, nothing is told twice`, async () => {
  const store = new MailStore([
    { address: 'sales@example.test', password: 'right' },
    { address: 'info@example.test', password: 'right' },
  ]);
  const options = { store, tls: 'none', clearLogins: true } as const;
  const steady = await startImap(options);
  let shaky: Awaited<ReturnType<typeof startImap>> | undefined = await startImap(options);
  const { port } = shaky;
  const receiver = await startReceiver();
  const url = `http://127.0.0.1:${receiver.port}`;
  const ran = join(home, 'ran.txt');
  writeFileSync(
    join(home, 'crm-doctor.yaml'),
    `version: 1
mail:
  - { name: shaky, address: sales@example.test, password: right, imap: { host: 127.0.0.1, port: ${port}, security: none } }
  - { name: wrong, address: info@example.test, password: wrong, imap: { host: 127.0.0.1, port: ${steady.port}, security: none } }
watch: { confirm: 1, remind: 30d, flapping: { changes: 50, within: 1m } }
notify:
  - { name: chat, type: slack, url: '${url}/slack' }
  - { name: hook, type: webhook, url: '${url}/hook' }
  - { name: program, type: command, command: [sh, -c, 'echo "$CRM_DOCTOR_DELIVERY" >> ${ran}'] }
`,
  );
  const runbook = join(home, 'state', 'crm-doctor');
  const stateFile = join(runbook, 'watch', 'state.json');
  const next = random(4711);
  const finished: { readonly run?: string }[] = [];
  let changes = 0;
  let killed = 0;
  let lastRound = '';

  /** What has to hold after every end, however it came. */
  const check = (): void => {
    if (!existsSync(stateFile)) return;
    const { round }: WatchState = JSON.parse(readFileSync(stateFile, 'utf8'));
    const at = round?.startedAt ?? '';
    expect(at >= lastRound).toBe(true);
    lastRound = at;
  };

  const whole = async (): Promise<void> => {
    const { out, err, signal } = await roundOf(undefined);
    expect({ err, signal }).toEqual({ err: '', signal: null });
    const rounded = JSON.parse(out);
    expect(rounded.kind).toBe('looked');
    expect(rounded.saved).toBe(true);
    finished.push(rounded);
  };

  // How long a round takes here, so that the kills fall into all of it.
  const first = await roundOf(undefined);
  finished.push(JSON.parse(first.out));
  const span = first.ms * 1.1;
  try {
    while (killed < kills) {
      const { signal, out } = await roundOf(next() * span);
      check();
      if (signal === 'SIGKILL') killed += 1;
      // Whoever has printed its round has written it down before.
      if (out.endsWith('\n')) finished.push(JSON.parse(out));
      if (next() < 0.15) {
        await whole();
        check();
        changes += 1;
        if (shaky) {
          await shaky.stop();
          shaky = undefined;
        } else shaky = await startImap({ ...options, port });
      }
    }
    await whole();
    await whole();
  } finally {
    await Promise.all([shaky?.stop(), steady.stop()]);
    await receiver.stop();
  }

  const kept = finished.flatMap(({ run }) => run ?? []);
  const logged = new Map<string, number>();
  const reading = openRunbook(runbook).read();
  for await (const record of reading) {
    if (record.kind === 'run-finished') logged.set(record.run, (logged.get(record.run) ?? 0) + 1);
  }
  expect(kept.length).toBeGreaterThan(changes / 2);
  expect(kept.filter((run) => logged.get(run) !== 1)).toEqual([]);
  expect(kept.filter((run) => !existsSync(join(runbook, 'runs', `${run}.json`)))).toEqual([]);
  // Each torn line was ended by the next one that wrote.
  expect(reading.broken).toBeLessThanOrEqual(killed);

  // The program is told of a delivery once or not at all; the webhook may get the same one again, word for word.
  const lines = readFileSync(ran, 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(changes / 2);
  expect(new Set(lines).size).toBe(lines.length);
  const chat = receiver.told.filter(({ path }) => path === '/slack');
  const hook = receiver.told.filter(({ path }) => path === '/hook');
  const deliveries = new Map(hook.map(({ delivery, body }) => [delivery, body]));
  expect([...deliveries.keys()]).not.toContain(undefined);
  for (const { delivery, body } of hook) expect(body).toBe(deliveries.get(delivery));
  expect(new Set(deliveries.values()).size).toBe(deliveries.size);
  // Messages of the chat have no number: there are no more of them than there were notices.
  expect(chat.length).toBeLessThanOrEqual(deliveries.size);
  const { outbox, logins }: WatchState = JSON.parse(readFileSync(stateFile, 'utf8'));
  const unknown = outbox.ended.filter(({ fate }) => fate === 'uncertain').length;
  // A wrong password is not tried at each start: three breaks are free, and one more tells that it is refused.
  expect(logins.some(({ username }) => username === 'info@example.test')).toBe(true);
  expect(steady.log.loginsRefused).toBeLessThanOrEqual(6);
  process.stderr.write(
    `watch: ${killed} kills, ${finished.length} finished rounds (${kept.length} kept), ${changes} changes of state, ${deliveries.size} notices (${hook.length} posts), ${chat.length} in the chat, ${lines.length} to the program, ${unknown} uncertain at the end, ${steady.log.loginsRefused} refused logins\n`,
  );
}, 3_600_000);
