import { chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import { type Network, type Place, places } from './network.ts';
import { listeningPorts, readIfThere, run, startServer, until } from './processes.ts';
import type { Undo } from './undo.ts';
import { listenSyslog, prepareUnpacked } from './unpacked.ts';

/** What differs from a healthy Cyrus. */
export interface CyrusSettings {
  /** Lines of imapd.conf by their option. `{dir}` is Cyrus's own directory. */
  readonly options?: Readonly<Record<string, string>>;
  /** What every client is told while the server is being worked on. */
  readonly shutdown?: string;
  /** How many processes, and so connections, each port may have. */
  readonly maxchild?: number;
  /** Login names, all with the case's password; default the address itself. */
  readonly users?: readonly string[];
  /** Which standard ports listen; default all four. */
  readonly ports?: readonly (110 | 143 | 993 | 995)[];
  readonly at?: Place;
  /** A name of the case's certificates; default `server`. */
  readonly certificate?: string;
}

/** A running Cyrus. */
export interface Cyrus {
  readonly lmtpSocket: string;
  readonly store: string;
  readonly log: string;
}

const user = { name: 'cyrus', id: 64_983 };

const services = { 143: 'imapd', 993: 'imapd -s', 110: 'pop3d', 995: 'pop3d -s' } as const;

export const startCyrus = async (
  network: Network,
  dir: string,
  settings: CyrusSettings,
  made: {
    readonly certificate: CertificateFiles;
    readonly users: Readonly<Record<string, string>>;
    readonly undo: Undo;
  },
): Promise<Cyrus> => {
  const at = (name: string): string => path.join(dir, name);
  const command = prepareUnpacked(network, 'cyrus', dir, [user]);
  const log = at('syslog');
  await listenSyslog(at('dev/log'), log, made.undo);
  const own = (name: string): void => {
    mkdirSync(at(name), { recursive: true });
    chownSync(at(name), user.id, user.id);
  };
  for (const name of ['', '/proc', '/lock', '/socket']) own(`run/cyrus${name}`);
  for (const name of ['', '/backup', '/db', '/log', '/msg', '/quota', '/socket', '/user']) own(`var/lib/cyrus${name}`);
  for (const name of ['', '/mail', '/mail/stage.']) own(`var/spool/cyrus${name}`);
  for (const [from, name] of [
    [made.certificate.chain, 'server.pem'],
    [made.certificate.key, 'server.key'],
  ] as const) {
    copyFileSync(from, at(name));
    chownSync(at(name), user.id, user.id);
  }
  const ports = settings.ports ?? [110, 143, 993, 995];
  const place = places[settings.at ?? 'mail'];
  const addresses = [
    ...(network.families === 'v6' ? [] : [place.v4]),
    ...(network.families === 'v4' ? [] : [`[${place.v6}]`]),
  ];
  const children = settings.maxchild === undefined ? '' : ` maxchild=${settings.maxchild}`;
  const listeners = addresses.flatMap((address, n) =>
    ports.map(
      (port) => `  p${port}x${n} cmd="${services[port]} -U 30" listen="${address}:${port}" prefork=0${children}`,
    ),
  );
  const options: Readonly<Record<string, string>> = {
    configdirectory: '/var/lib/cyrus',
    proc_path: '/run/cyrus/proc',
    mboxname_lockpath: '/run/cyrus/lock',
    defaultpartition: 'default',
    'partition-default': '/var/spool/cyrus/mail',
    // As Debian delivers it: every folder lies below INBOX.
    altnamespace: 'no',
    unixhierarchysep: 'no',
    virtdomains: 'userid',
    defaultdomain: 'localdomain.test',
    servername: 'mail.aozora.test',
    lmtpsocket: '/run/cyrus/socket/lmtp',
    idlesocket: '/run/cyrus/socket/idle',
    notifysocket: '/run/cyrus/socket/notify',
    sasl_pwcheck_method: 'auxprop',
    sasl_auxprop_plugin: 'sasldb',
    sasl_sasldb_path: at('sasldb2'),
    sasl_mech_list: 'PLAIN LOGIN',
    allowplaintext: 'no',
    tls_server_cert: at('server.pem'),
    tls_server_key: at('server.key'),
    // A mailbox comes into being at its first login or message, without a quota.
    autocreate_quota: '0',
    autocreate_post: 'yes',
    autocreate_inbox_folders: 'Junk|Sent',
    autocreate_subscribe_folders: 'Junk|Sent',
    'xlist-Junk': 'Junk',
    'xlist-Sent': 'Sent',
    expunge_mode: 'immediate',
    failedloginpause: '0',
    ...settings.options,
  };
  const files: Readonly<Record<string, string>> = {
    'etc/imapd.conf': Object.entries(options)
      .map(([name, value]) => `${name}: ${value.replaceAll('{dir}', dir)}\n`)
      .join(''),
    'etc/cyrus.conf': [
      'START {',
      '  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -r"',
      '}',
      'SERVICES {',
      ...listeners,
      '  lmtpunix cmd="lmtpd" listen="/run/cyrus/socket/lmtp" prefork=0',
      '}',
      'EVENTS {',
      '}',
      '',
    ].join('\n'),
  };
  if (settings.shutdown) writeFileSync(at('var/lib/cyrus/msg/shutdown'), `${settings.shutdown}\n`);
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  for (const [login, password] of Object.entries(made.users)) {
    const [name = '', realm = 'mail.aozora.test'] = login.split('@');
    const [program, ...args] = command(['/usr/sbin/saslpasswd2', '-c', '-p', '-f', at('sasldb2'), '-u', realm, name]);
    await run(program, args, { input: password });
  }
  chownSync(at('sasldb2'), user.id, user.id);
  const [program, ...args] = command(['/usr/sbin/cyrmaster', '-C', '/etc/imapd.conf', '-M', '/etc/cyrus.conf']);
  const child = startServer(program, args, { log: at('start.log'), env: { PATH: process.env.PATH } });
  await until(
    'Cyrus',
    () => {
      const open = listeningPorts(child.pid ?? 0);
      return ports.every((port) => open.has(port));
    },
    { child, log: () => readIfThere(at('start.log')) + readIfThere(log) },
  );
  return { lmtpSocket: at('run/cyrus/socket/lmtp'), store: at('var/spool/cyrus/mail'), log };
};
