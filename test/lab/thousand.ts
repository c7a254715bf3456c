import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillMailbox } from './maildirs.ts';
import { startLab, startSite } from './site.ts';

/** A fault that some of the mailboxes have, and what has to be said of them. */
export const faults = {
  password: 'auth.',
  folder: 'imap.folder-missing',
  full: 'quota.exceeded',
  expired: 'tls.certificate-expired',
  locked: 'auth.',
} as const;

export type Fault = keyof typeof faults;

/** Many mailboxes on real servers, some of them faulty. */
export interface Thousand {
  readonly command: (...args: readonly string[]) => readonly [string, ...string[]];
  readonly dir: string;
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
  /** What each faulty one has. */
  readonly faulty: ReadonlyMap<string, Fault>;
  readonly addresses: readonly string[];
  readonly host: string;
  readonly ca: string;
  readonly password: string;
  /** The most sessions that Dovecot had of one host at a time, by its own log. */
  readonly mostSessions: () => number;
  readonly stop: () => void;
}

const kinds = Object.keys(faults) as readonly Fault[];

/**
 * `count` mailboxes on the lab's Dovecot, one in twenty faulty, the faults in turn. The expired certificate is shown under a name
 * of its own.
 */
export const startThousand = async (root: string, count: number): Promise<Thousand> => {
  const lab = await startLab(root);
  const addresses = Array.from({ length: count }, (_, at) => `user${at}@aozora.test`);
  const faulty = new Map<string, Fault>(
    addresses.flatMap((address, at) => {
      const kind = at % 20 === 7 ? kinds[Math.floor(at / 20) % kinds.length] : undefined;
      return kind ? [[address, kind] as const] : [];
    }),
  );
  const of = (fault: Fault): readonly string[] => [...faulty].flatMap(([one, kind]) => (kind === fault ? [one] : []));
  const password = 'Lab-2026-Himitsu';
  const settings: Parameters<typeof startSite>[1] = {
    families: 'v4',
    postfix: false,
    certificates: { server: {}, expired: { names: ['expired.aozora.test'], until: -2 } },
    dns: { add: ['expired A 203.0.113.10'] },
    dovecot: {
      users: addresses.filter((one) => faulty.get(one) !== 'locked'),
      ports: [143, 993],
      files: {
        locked: of('locked')
          .map((one) => `${one}:{PLAIN}${password}::::::nologin=y reason=Account is locked\n`)
          .join(''),
      },
      conf: [
        'passdb {',
        '  driver = passwd-file',
        '  args = scheme=PLAIN username_format=%u {dir}/locked',
        '}',
        'mail_plugins = quota',
        'protocol imap {',
        '  mail_plugins = quota imap_quota',
        '}',
        'plugin {',
        '  quota = maildir:User quota',
        '  quota_rule = *:storage=64K',
        '}',
        'local_name expired.aozora.test {',
        '  ssl_cert = <{chain:expired}',
        '  ssl_key = <{key:expired}',
        '}',
        'service imap {',
        '  process_limit = 64',
        '}',
        'mail_max_userip_connections = 20',
      ],
    },
  };
  const site = await startSite(lab, settings, { password });
  const dovecotDir = path.join(site.dir, 'dovecot');
  for (const one of of('full')) {
    fillMailbox(path.join(dovecotDir, 'mail', one.split('@')[0] ?? ''), { messages: { count: 1, bytes: 70_000 } });
  }
  const at = (name: string): string => path.join(site.clientDir, name);
  mkdirSync(at('home'), { recursive: true });
  copyFileSync(site.ca, at('ca.pem'));
  writeFileSync(at('password'), `${site.password}\n`);
  writeFileSync(at('wrong'), 'another-password-9\n');
  writeFileSync(
    at('accounts.csv'),
    `address,passwordFile,imap.host,imap.folder,tenant\n${addresses
      .map((one, index) => {
        const fault = faulty.get(one);
        const host = fault === 'expired' ? 'expired.aozora.test' : '';
        return `${one},${fault === 'password' ? 'wrong' : 'password'},${host},${fault === 'folder' ? 'CRM' : ''},tenant${index % 3}\n`;
      })
      .join('')}`,
  );
  writeFileSync(
    at('crm-doctor.yaml'),
    JSON.stringify({
      version: 1,
      mailboxes: {
        file: 'accounts.csv',
        defaults: { ca: 'ca.pem', imap: { host: 'mail.aozora.test', port: 993, security: 'tls' } },
      },
    }),
  );
  return {
    command: (...args) => site.network.on('client', args),
    dir: site.clientDir,
    config: at('crm-doctor.yaml'),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: at('home'),
      XDG_STATE_HOME: at('home/state'),
      LANG: 'C.UTF-8',
    },
    faulty,
    addresses,
    host: 'mail.aozora.test',
    ca: at('ca.pem'),
    password: site.password,
    mostSessions: () => {
      const log = readFileSync(path.join(dovecotDir, 'dovecot.log'), 'utf8');
      let [now, most] = [0, 0];
      for (const line of log.split('\n')) {
        if (/imap-login: Info: Login: /.test(line)) now += 1;
        else if (/imap\([^)]*\)[^:]*: Info: (?:Logged out|Disconnected|Connection closed)/.test(line)) now -= 1;
        most = Math.max(most, now);
      }
      return most;
    },
    stop: () => {
      site.stop();
      lab.stop();
    },
  };
};
