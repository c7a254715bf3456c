import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import { fillMailbox, type MailboxContent, storeUser } from './maildirs.ts';
import { type Network, type Place, places } from './network.ts';
import { listeningPorts, readIfThere, run, startServer, until } from './processes.ts';
import { prepareUnpacked, unpackedDir } from './unpacked.ts';

type Variables = Readonly<Record<string, string>>;

/** What differs from a healthy Courier. */
export interface CourierSettings extends MailboxContent {
  /** Variables of Courier's files imapd and imapd-ssl, for both ports. `{dir}` is Courier's own directory. */
  readonly imap?: Variables;
  /** The same, of pop3d and pop3d-ssl. */
  readonly pop3?: Variables;
  /** authdaemonrc; `false`: authdaemond does not run. */
  readonly auth?: Variables | false;
  /** The users' homes hold no Maildir. */
  readonly withoutMaildir?: true;
  /** Options of the accounts (`disableimap=1`). */
  readonly options?: string;
  /** Login names, all with the case's password; default the address itself. */
  readonly users?: readonly string[];
  /** A maildirquota (`1000S`, `50C`). */
  readonly quota?: string;
  /** Which standard ports listen; default all four. */
  readonly ports?: readonly (110 | 143 | 993 | 995)[];
  readonly at?: Place;
  /** A name of the case's certificates; default `server`. */
  readonly certificate?: string;
}

/** A running Courier. */
export interface Courier {
  /** Homes of the users, each with a Maildir. */
  readonly homes: string;
  readonly log: string;
}

const user = { name: 'courier', id: 64_982 };

const assignments = (variables: Variables): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');

// What Debian's start scripts do, in the foreground: one listener for the port in clear, one for TLS.
const listeners = (
  protocol: 'imap' | 'pop3',
  addresses: readonly string[],
  ports: { readonly clear?: number; readonly tls?: number },
): readonly string[] => {
  const daemon =
    protocol === 'imap'
      ? '/usr/lib/courier/courier/imaplogin /usr/bin/imapd Maildir'
      : '/usr/lib/courier/courier/courierpop3login /usr/lib/courier/courier/courierpop3d Maildir';
  const upper = protocol.toUpperCase();
  const listen = `/usr/sbin/couriertcpd -address=ADDRESS -maxprocs=$MAXDAEMONS -maxperip=$MAXPERIP $TCPDOPTS`;
  return addresses.flatMap((address) => {
    const tcpd = listen.replace('ADDRESS', address);
    return [
      ...(ports.clear
        ? [
            `(set -a; . /etc/courier/${protocol}d; . /etc/courier/${protocol}d-ssl; ${upper}_STARTTLS=\${STARTTLS-YES} ${tcpd} ${ports.clear} ${daemon}) &`,
          ]
        : []),
      ...(ports.tls
        ? [
            `(set -a; . /etc/courier/${protocol}d; . /etc/courier/${protocol}d-ssl; ${upper}_TLS=1 ${tcpd} ${ports.tls} $COURIERTLS -server -tcpd -user=courier ${daemon}) &`,
          ]
        : []),
    ];
  });
};

export const startCourier = async (
  network: Network,
  dir: string,
  settings: CourierSettings,
  made: { readonly certificate: CertificateFiles; readonly users: Variables },
): Promise<Courier> => {
  const at = (name: string): string => path.join(dir, name);
  const command = prepareUnpacked(network, 'courier', dir, [user]);
  cpSync(path.join(unpackedDir('courier'), 'etc/courier'), at('etc/courier'), { recursive: true });
  for (const name of ['homes', 'run/courier/authdaemon', 'var/lib/courier']) mkdirSync(at(name), { recursive: true });
  chownSync(at('homes'), storeUser.uid, storeUser.gid);
  for (const name of ['run/courier', 'run/courier/authdaemon', 'var/lib/courier'])
    chownSync(at(name), user.id, user.id);
  const pem = at('server.pem');
  writeFileSync(pem, readFileSync(made.certificate.key, 'utf8') + readFileSync(made.certificate.chain, 'utf8'));
  chownSync(pem, user.id, user.id);
  const userdb = Object.entries(made.users).map(([login, password]) => {
    const home = at(`homes/${login.split('@')[0]}`);
    if (settings.withoutMaildir) mkdirSync(home, { recursive: true });
    else fillMailbox(home, settings);
    if (settings.quota) {
      // What `maildirmake -q` leaves: the limits, then sizes and numbers to add up.
      const { count, bytes } = settings.messages ?? { count: 0, bytes: 0 };
      writeFileSync(`${home}/Maildir/maildirsize`, `${settings.quota}\n${count * bytes} ${count}\n`);
      chownSync(`${home}/Maildir/maildirsize`, storeUser.uid, storeUser.gid);
    }
    const fields: Variables = {
      uid: String(storeUser.uid),
      gid: String(storeUser.gid),
      home,
      mail: `${home}/Maildir`,
      systempw: `{SHA256}${createHash('sha256').update(password).digest('base64')}`,
      ...(settings.options ? { options: settings.options } : {}),
      ...(settings.quota ? { quota: settings.quota } : {}),
    };
    const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    return `${login}\t${text.join('|')}\n`;
  });
  writeFileSync(at('etc/courier/userdb'), userdb.join(''));
  chmodSync(at('etc/courier/userdb'), 0o600);
  const common: Variables = { TLS_CERTFILE: pem, TLS_CACHEFILE: '', TLS_DHPARAMS: '' };
  const ports = settings.ports ?? [110, 143, 993, 995];
  const has = (port: (typeof ports)[number]): number => (ports.includes(port) ? port : 0);
  const place = places[settings.at ?? 'mail'];
  const addresses = [
    ...(network.families === 'v6' ? [] : [place.v4]),
    ...(network.families === 'v4' ? [] : [place.v6]),
  ];
  const log = at('courier.log');
  const files: Readonly<Record<string, string>> = {
    'start.sh': [
      '#!/bin/sh -e',
      ...(settings.auth === false
        ? []
        : ['(set -a; . /etc/courier/authdaemonrc; exec /usr/lib/courier/courier-authlib/authdaemond) &']),
      ...listeners('imap', addresses, { clear: has(143), tls: has(993) }),
      ...listeners('pop3', addresses, { clear: has(110), tls: has(995) }),
      'wait',
      '',
    ].join('\n'),
  };
  // A later assignment wins, and the -ssl files are read last.
  for (const [name, variables] of Object.entries({
    'imapd-ssl': { ...common, ...settings.imap },
    'pop3d-ssl': { ...common, ...settings.pop3 },
    authdaemonrc: { authmodulelist: 'authuserdb', daemons: '2', DEBUG_LOGIN: '1', ...settings.auth },
  })) {
    appendFileSync(at(`etc/courier/${name}`), assignments(variables).replaceAll('{dir}', dir));
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(at(name), text.replaceAll('{dir}', dir), { mode: 0o755 });
  }
  const [make, ...makeArgs] = command(['/usr/sbin/makeuserdb', '-f', at('etc/courier/userdb')]);
  await run(make, makeArgs);
  const [program, ...args] = command([at('start.sh')]);
  const child = startServer(program, args, { log, env: { PATH: process.env.PATH } });
  await until(
    'Courier',
    () => {
      const open = listeningPorts(child.pid ?? 0);
      return (
        ports.every((port) => open.has(port)) &&
        (settings.auth === false || readIfThere(log).includes('Installation complete: authuserdb'))
      );
    },
    { child, log: () => readIfThere(log) },
  );
  return { homes: at('homes'), log };
};
