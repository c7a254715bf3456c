import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import { type Store, storeUser } from './maildirs.ts';
import { type Network, type Place, places } from './network.ts';
import { listeningPorts, readIfThere, startServer, until } from './processes.ts';
import { prepareUnpacked } from './unpacked.ts';

/**
 * What differs from a healthy OpenSMTPD: a relay in clear on port 25 for the network around it. Debian 12's version signs in
 * another process, which OpenSSL 3 does not let it do, so that no TLS handshake with it ever ends well, and it takes no
 * login outside TLS.
 */
export interface OpensmtpdSettings {
  /** Lines of smtpd.conf in front of the lab's own; the first match wins. */
  readonly conf?: readonly string[];
  /** A filter that `conf` defines. */
  readonly filter?: string;
  /** STARTTLS is offered. */
  readonly starttls?: true;
  /** Mailboxes of the domain; default sales, info and support. */
  readonly mailboxes?: readonly string[];
  readonly at?: Place;
  /** A name of the case's certificates; default `server`. */
  readonly certificate?: string;
}

const users = [
  { name: 'opensmtpd', id: 64_984 },
  { name: 'opensmtpq', id: 64_985 },
] as const;

export const startOpensmtpd = async (
  network: Network,
  dir: string,
  settings: OpensmtpdSettings,
  made: { readonly certificate: CertificateFiles; readonly store?: Store },
): Promise<{ readonly log: string }> => {
  const at = (name: string): string => path.join(dir, name);
  const command = prepareUnpacked(network, 'opensmtpd', dir, users);
  for (const name of ['home', 'run/opensmtpd', 'var/spool/smtpd', 'var/lib/opensmtpd/empty']) {
    mkdirSync(at(name), { recursive: true, mode: 0o711 });
  }
  copyFileSync(made.certificate.chain, at('server.pem'));
  writeFileSync(at('server.key'), readIfThere(made.certificate.key), { mode: 0o600 });
  const { uid, gid } = storeUser;
  const store = made.store ?? { kind: 'nowhere', where: '' };
  const mailboxes = settings.mailboxes ?? ['sales', 'info', 'support'];
  const place = places[settings.at ?? 'mail'];
  const addresses = [
    ...(network.families === 'v6' ? [] : [place.v4]),
    ...(network.families === 'v4' ? [] : [place.v6]),
  ];
  const listen = [
    'port 25',
    ...(settings.starttls ? ['tls pki mail'] : []),
    ...(settings.filter ? [`filter ${settings.filter}`] : []),
    'hostname mail.aozora.test',
  ];
  const deliver = {
    lmtp: `lmtp "${store.where}" rcpt-to`,
    homes: 'maildir "~/Maildir"',
    nowhere: 'mda "cat > /dev/null"',
  }[store.kind];
  const homeOf = (name: string): string => (store.kind === 'homes' ? path.join(store.where, name) : at('home'));
  const boxes = mailboxes.map((name) => `"${name}" = "${uid}:${gid}:${homeOf(name)}"`);
  const conf = [
    `pki mail cert "${at('server.pem')}"`,
    `pki mail key "${at('server.key')}"`,
    `table boxes { ${boxes.join(', ')} }`,
    ...(settings.conf ?? []),
    ...addresses.map((address) => `listen on ${address} ${listen.join(' ')}`),
    `action "store" ${deliver} userbase <boxes>`,
    'match from any for domain "aozora.test" action "store"',
    '',
  ].join('\n');
  writeFileSync(at('etc/smtpd.conf'), conf);
  const log = at('opensmtpd.log');
  const [program, ...args] = command(['/usr/sbin/smtpd', '-d', '-f', '/etc/smtpd.conf']);
  const child = startServer(program, args, { log, env: { PATH: process.env.PATH } });
  await until('OpenSMTPD', () => listeningPorts(child.pid ?? 0).has(25), { child, log: () => readIfThere(log) });
  return { log };
};
