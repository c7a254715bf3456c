import { chmodSync, chownSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import type { Dovecot } from './dovecot.ts';
import { type Network, type Place, places } from './network.ts';
import { listeningPorts, readIfThere, startServer, until } from './processes.ts';

/** What differs from a healthy Postfix. */
export interface PostfixSettings {
  /** main.cf, for every port. `{dir}` is Postfix's own directory, `{ca}` the lab's CA, `{dovecot}` Dovecot's. */
  readonly main?: Readonly<Record<string, string>>;
  /** master.cf `-o` of the submission ports 587 and 465. */
  readonly submission?: Readonly<Record<string, string>>;
  /** Which standard ports listen; default all three. */
  readonly ports?: readonly (25 | 465 | 587)[];
  /** Further lines of master.cf. */
  readonly services?: readonly string[];
  readonly at?: Place;
  /** Files beside main.cf, for maps. */
  readonly files?: Readonly<Record<string, string>>;
  /** A name of the case's certificates; default `server`. */
  readonly certificate?: string;
  /** OpenSSL's configuration for the server: lets it do what today's default forbids. */
  readonly openssl?: readonly string[];
}

const daemons = '/usr/lib/postfix/sbin';

// The third field of a line of /etc/passwd or /etc/group.
const idIn = (file: string, name: string): number => {
  const line = readIfThere(file)
    .split('\n')
    .find((text) => text.startsWith(`${name}:`));
  return Number(line?.split(':')[2] ?? Number.NaN);
};

let owners: { readonly postfix: number; readonly postdrop: number } | undefined;

// What `postfix check` would make, without its seconds of shell.
const makeQueue = (queue: string): void => {
  owners ??= { postfix: idIn('/etc/passwd', 'postfix'), postdrop: idIn('/etc/group', 'postdrop') };
  mkdirSync(path.join(queue, 'pid'), { recursive: true });
  for (const name of 'active bounce corrupt defer deferred flush hold incoming private saved trace'.split(' ')) {
    mkdirSync(path.join(queue, name), { recursive: true, mode: 0o700 });
    chownSync(path.join(queue, name), owners.postfix, 0);
  }
  for (const [name, mode] of [
    ['maildrop', 0o730],
    ['public', 0o710],
  ] as const) {
    mkdirSync(path.join(queue, name), { recursive: true });
    chownSync(path.join(queue, name), owners.postfix, owners.postdrop);
    chmodSync(path.join(queue, name), mode);
  }
};

const setting = ([name, value]: readonly [string, string]): string => `${name} = ${value}`;

// In master.cf a value with blanks stands in braces.
const override = ([name, value]: readonly [string, string]): string => `  -o { ${name} = ${value} }`;

export const startPostfix = async (
  network: Network,
  dir: string,
  settings: PostfixSettings,
  made: { readonly certificate: CertificateFiles; readonly ca: string; readonly dovecot?: Dovecot },
): Promise<{ readonly log: string }> => {
  const at = (name: string): string => path.join(dir, name);
  mkdirSync(at('data'), { recursive: true });
  makeQueue(at('queue'));
  chownSync(at('data'), owners?.postfix ?? 0, 0);
  const place = places[settings.at ?? 'mail'];
  const ports = settings.ports ?? [25, 587, 465];
  const fill = (text: string): string =>
    text
      .replaceAll('{dir}', dir)
      .replaceAll('{ca}', made.ca)
      .replaceAll('{dovecot}', path.dirname(path.dirname(made.dovecot?.authSocket ?? '')));
  const interfaces = [
    ...(network.families === 'v6' ? [] : [place.v4]),
    ...(network.families === 'v4' ? [] : [`[${place.v6}]`]),
  ];
  const main: Record<string, string> = {
    compatibility_level: '3.6',
    queue_directory: at('queue'),
    data_directory: at('data'),
    daemon_directory: daemons,
    command_directory: '/usr/sbin',
    maillog_file: at('postfix.log'),
    maillog_file_prefixes: dir,
    myhostname: 'mail.aozora.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: interfaces.join(', '),
    inet_protocols: { v4: 'ipv4', v6: 'ipv6', dual: 'all' }[network.families],
    alias_maps: '',
    alias_database: '',
    virtual_mailbox_domains: 'aozora.test',
    virtual_mailbox_maps: `texthash:${at('mailboxes')}`,
    virtual_transport: made.dovecot ? `lmtp:unix:${made.dovecot.lmtpSocket}` : 'discard:',
    recipient_delimiter: '+',
    // Notices to the postmaster would look like messages of the client.
    notify_classes: '',
    smtpd_peername_lookup: 'no',
    smtp_tls_security_level: 'none',
    smtpd_tls_cert_file: made.certificate.chain,
    smtpd_tls_key_file: made.certificate.key,
    smtpd_tls_security_level: 'may',
    smtpd_tls_auth_only: 'yes',
    smtpd_sasl_auth_enable: made.dovecot ? 'yes' : 'no',
    smtpd_sasl_type: 'dovecot',
    smtpd_sasl_path: made.dovecot?.authSocket ?? '',
    smtpd_relay_restrictions: 'permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination',
    import_environment: 'MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C POSTLOG_SERVICE POSTLOG_HOSTNAME OPENSSL_CONF',
    ...settings.main,
  };
  const submission: Record<string, string> = {
    smtpd_tls_security_level: 'encrypt',
    smtpd_client_restrictions: 'permit_sasl_authenticated, reject',
    ...settings.submission,
  };
  const lines = Object.entries(submission).map(override);
  const inet = (port: number, more: readonly string[]): readonly string[] =>
    (ports as readonly number[]).includes(port) ? [`${port} inet n - n - - smtpd`, ...more] : [];
  const master = [
    ...inet(25, []),
    ...inet(587, lines),
    ...inet(465, ['  -o smtpd_tls_wrappermode=yes', ...lines]),
    'postlog unix-dgram n - n - 1 postlogd',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    ...['bounce', 'defer', 'trace'].map((name) => `${name} unix - - n - 0 bounce`),
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'lmtp unix - - n - - lmtp',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    ...(settings.services ?? []),
    '',
  ].join('\n');
  const files: Readonly<Record<string, string>> = {
    'main.cf': `${Object.entries(main).map(setting).join('\n')}\n`,
    'master.cf': master,
    mailboxes: 'sales@aozora.test x\ninfo@aozora.test x\nsupport@aozora.test x\n',
    ...settings.files,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(at(name), fill(text));
    // Postfix rereads a file that is younger than two seconds until it is older, lest it be half written.
    utimesSync(at(name), 1, 1);
  }
  if (settings.openssl) writeFileSync(at('openssl.cnf'), `${settings.openssl.join('\n')}\n`);
  const [command, ...args] = network.on('server', [`${daemons}/master`, '-d', '-c', dir]);
  const child = startServer(command, args, {
    log: at('start.log'),
    env: {
      PATH: process.env.PATH,
      MAIL_CONFIG: dir,
      ...(settings.openssl ? { OPENSSL_CONF: at('openssl.cnf') } : {}),
    },
  });
  const log = at('postfix.log');
  await until(
    'Postfix',
    () => {
      const open = listeningPorts(child.pid ?? 0);
      return ports.every((port) => open.has(port));
    },
    { child, log: () => readIfThere(at('start.log')) + readIfThere(log) },
  );
  return { log };
};
