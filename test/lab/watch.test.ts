import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { certificateFor } from '../../fixtures/certificates.ts';
import { type Clock, watchLoop } from '../../src/cli/watch/loop.ts';
import { againstReal } from './against-real.ts';
import { storeUser } from './maildirs.ts';
import { freePort, listeningPorts, readIfThere, startServer, until } from './processes.ts';
import { ensureInstalled } from './tools.ts';
import { Undo } from './undo.ts';

jest.setTimeout(1_200_000);

const missing =
  process.getuid?.() === 0
    ? ensureInstalled([
        ['/usr/sbin/dovecot', 'dovecot-core'],
        ['/usr/lib/dovecot/imap', 'dovecot-imapd'],
      ])
    : 'Dovecot needs root to become the users of its mailboxes';

/** What the server is like at present. */
interface World {
  readonly password: string;
  readonly certificate: 'good' | 'expired';
  readonly quotaKilobytes: number;
}

const healthy: World = { password: 'right', certificate: 'good', quotaKilobytes: 100_000 };

againstReal('A day of a real Dovecot whose faults come and go', missing, () => {
  const undo = new Undo();
  const dir = mkdtempSync(join(tmpdir(), 'crmd-watch-day-'));
  const at = (name: string): string => join(dir, name);
  let port = 0;
  let stopServer: (() => Promise<void>) | undefined;

  /** Dovecot as it is configured now, until it is stopped. */
  const startDovecot = async (world: World): Promise<void> => {
    writeFileSync(at('users'), `sales@example.test:${world.password}\n`);
    const conf = `
base_dir = ${at('run')}
state_dir = ${at('state')}
log_path = ${at('dovecot.log')}
auth_failure_delay = 0
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${at(`${world.certificate}.pem`)}
ssl_key = <${at(`${world.certificate}.key`)}
mail_location = maildir:~/Maildir
first_valid_uid = 1
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=${world.quotaKilobytes}K
}
namespace inbox {
  inbox = yes
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${at('users')}
}
userdb {
  driver = static
  args = uid=${storeUser.uid} gid=${storeUser.gid} home=${at('mail')}/%n allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
    writeFileSync(at('dovecot.conf'), conf);
    const child = startServer('/usr/sbin/dovecot', ['-F', '-c', at('dovecot.conf')], {
      log: at('start.log'),
      env: { PATH: process.env.PATH },
    });
    const kill = (): boolean => child.kill('SIGTERM');
    undo.add(kill);
    await until('Dovecot', () => listeningPorts(child.pid ?? 0).has(port), {
      child,
      log: () => readIfThere(at('start.log')) + readIfThere(at('dovecot.log')),
    });
    stopServer = async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      kill();
      await ended;
      stopServer = undefined;
    };
  };

  const change = async (world: World | undefined): Promise<void> => {
    await stopServer?.();
    if (world) await startDovecot(world);
  };

  /** The way to the server, which may be slow. */
  let delayMs = 0;
  let way: Server;
  const ways = new Set<() => void>();
  const openWay = async (door: number): Promise<void> => {
    way = createServer((client) => {
      const later = setTimeout(() => {
        const server = connect(port, '127.0.0.1');
        const end = (): void => {
          client.destroy();
          server.destroy();
        };
        for (const socket of [client, server]) socket.on('error', end).on('close', end);
        client.pipe(server).pipe(client);
      }, delayMs);
      client.on('error', () => clearTimeout(later)).on('close', () => clearTimeout(later));
      ways.add(() => client.destroy());
    });
    await new Promise<void>((resolve) => way.listen(door, '127.0.0.1', resolve));
  };
  const closeWay = (): Promise<void> => {
    for (const end of ways) end();
    ways.clear();
    return new Promise((resolve) => way.close(() => resolve()));
  };

  const told: { readonly kind: string; readonly cause: string; readonly at: string }[] = [];
  const receiver = createHttpServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { kind, at: when, item } = JSON.parse(body).notice;
      told.push({ kind, cause: item?.cause ?? '', at: when });
      response.end('ok');
    });
  });

  beforeAll(async () => {
    port = await freePort();
    const day = 86_400_000;
    const names = ['mail.example.test', 'localhost', '127.0.0.1'];
    const good = await certificateFor({ names, notAfter: new Date(Date.now() + 300 * day) });
    const expired = await certificateFor({
      names,
      notBefore: new Date(Date.now() - 90 * day),
      notAfter: new Date(Date.now() - day),
    });
    for (const [name, one] of Object.entries({ good, expired })) {
      writeFileSync(at(`${name}.pem`), one.chain);
      writeFileSync(at(`${name}.key`), one.key);
    }
    writeFileSync(at('ca.pem'), good.ca);
    const maildir = at('mail/sales/Maildir');
    for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, folder), { recursive: true });
    const message = `From: a@example.test\nSubject: a\nDate: Tue, 24 Nov 2026 00:00:00 +0000\n\n${'x'.repeat(72)}\n`;
    writeFileSync(join(maildir, 'cur', '1.M1.host:2,S'), message + `${'y'.repeat(72)}\n`.repeat(200));
    for (const folder of [
      'mail',
      'mail/sales',
      'mail/sales/Maildir',
      'mail/sales/Maildir/cur',
      'mail/sales/Maildir/new',
      'mail/sales/Maildir/tmp',
      'mail/sales/Maildir/cur/1.M1.host:2,S',
    ]) {
      chownSync(at(folder), storeUser.uid, storeUser.gid);
    }
    // The mailbox's own user has to come to it.
    chmodSync(dir, 0o755);
    await startDovecot(healthy);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await change(undefined);
    await closeWay();
    receiver.close();
    undo.run();
    rmSync(dir, { recursive: true, force: true });
  });

  test('exactly what changed is told, each once, in its order', async () => {
    const door = await freePort();
    await openWay(door);
    const hour = 3_600_000;
    // A little after every turn, wherever this machine's share of the jitter puts it.
    const start = Date.now() - (Date.now() % hour) + 65_000;
    const events: [hour: number, act: () => Promise<void>][] = [
      [
        3,
        async () => {
          await closeWay();
          await change(undefined);
        },
      ],
      [
        4,
        async () => {
          await change(healthy);
          await openWay(door);
        },
      ],
      [6, () => change({ ...healthy, certificate: 'expired' })],
      [8, () => change(healthy)],
      [10, () => change({ ...healthy, password: 'another' })],
      [13, () => change(healthy)],
      [18, () => change({ ...healthy, quotaKilobytes: 10 })],
      [20, () => change(healthy)],
      [
        22,
        async () => {
          delayMs = 5_500;
        },
      ],
      [
        22.9,
        async () => {
          delayMs = 0;
        },
      ],
    ];
    let now = start;
    const clock: Clock = {
      now: () => new Date(now),
      sleep: async (ms) => {
        now += Math.max(ms, hour / 4);
        while (events[0] && start + events[0][0] * hour <= now) await events.shift()?.[1]();
      },
    };
    const { port: hook } = receiver.address() as AddressInfo;
    writeFileSync(
      at('crm-doctor.yaml'),
      `version: 1
mail:
  address: sales@example.test
  password: right
  imap: { host: 127.0.0.1, port: ${door}, security: starttls }
  ca: ./ca.pem
watch: { every: { mail.tls: 1h } }
notify: { type: webhook, url: 'http://127.0.0.1:${hook}/' }
`,
    );
    const written = { out: '', err: '' };
    const stream = (name: 'out' | 'err') => ({
      write: (text: string) => {
        written[name] += text;
      },
      isTTY: false,
      columns: 80,
    });
    const io = {
      out: stream('out'),
      err: stream('err'),
      env: { HOME: dir, XDG_STATE_HOME: at('xdg') },
      cwd: dir,
      onInterrupt: () => () => {},
    };
    const only = ['mail.port', 'mail.tls', 'mail.imap-auth', 'mail.quota'];
    await watchLoop({ failOn: 'fail', only }, { io, language: 'en', version: '0.0.0' }, { clock, rounds: 4 * 25 });
    expect(written.err).toBe('');
    const hours = told.map(
      ({ kind, cause, at: when }) => `${Math.floor((Date.parse(when) - start) / hour)} ${kind} ${cause}`,
    );
    // A refused login is told at once, for the next one waits: after an hour, and after four it is good again.
    expect(hours).toEqual([
      '3 problem net.refused',
      '4 recovered net.refused',
      '6 problem tls.certificate-expired',
      '8 recovered tls.certificate-expired',
      '10 problem auth.wrong-credentials',
      '15 recovered auth.wrong-credentials',
      '18 problem quota.exceeded',
      '20 recovered quota.exceeded',
      '22 problem net.slow-greeting',
      '23 recovered net.slow-greeting',
    ]);
    // Of each name that was tried (a trial has one of its own) two refusals in the hours of the wrong password.
    const refusals = readIfThere(at('dovecot.log'))
      .split('\n')
      .filter((line) => /auth failed/.test(line));
    expect(refusals.length).toBeLessThanOrEqual(4);
  });
});
