import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import { fillMailbox, type MailboxContent, storeUser } from './maildirs.ts';
import { type Network, type Place, places } from './network.ts';
import { listeningPorts, readIfThere, startServer, until } from './processes.ts';

/** What differs from a healthy Dovecot. */
export interface DovecotSettings extends MailboxContent {
  /** Lines of dovecot.conf after the lab's own; later ones win. */
  readonly conf?: readonly string[];
  /** Which standard ports listen; default all four. */
  readonly ports?: readonly (110 | 143 | 993 | 995)[];
  readonly at?: Place;
  /** Login names, all with the case's password unless one is given; default the address itself. */
  readonly users?: readonly string[];
  /** A name of the case's certificates; default `server`. */
  readonly certificate?: string;
  readonly security?: 'yes' | 'no';
  /** Takes tokens too, and asks the case's issuer about them; `scope`: what they have to permit. */
  readonly oauth?: { readonly scope?: string; readonly mechanisms?: string };
  /** Files in Dovecot's directory, for `{dir}/NAME` in `conf`. */
  readonly files?: Readonly<Record<string, string>>;
  /** OpenSSL's configuration for the server: lets it do what today's default forbids. */
  readonly openssl?: readonly string[];
}

/** Where the lab's issuer answers on the mail server's own machine. */
export const introspectionPort = 9090;

/** Paths that Postfix needs to know of a running Dovecot. */
export interface Dovecot {
  readonly authSocket: string;
  readonly lmtpSocket: string;
  readonly log: string;
  readonly pid: number;
}

const listener = (name: string, port: number, on: boolean, tls: boolean): string =>
  `  inet_listener ${name} {\n    port = ${on ? port : 0}\n${tls ? '    ssl = yes\n' : ''}  }\n`;

export const startDovecot = async (
  network: Network,
  dir: string,
  settings: DovecotSettings,
  made: {
    readonly certificate: CertificateFiles;
    readonly ca: string;
    /** The case's certificates by name, for `{chain:NAME}` and `{key:NAME}` in `conf`. */
    readonly named: (name: string) => CertificateFiles;
    readonly users: Readonly<Record<string, string>>;
  },
): Promise<Dovecot> => {
  const at = (name: string): string => path.join(dir, name);
  mkdirSync(at('mail'), { recursive: true });
  chownSync(at('mail'), storeUser.uid, storeUser.gid);
  for (const login of Object.keys(made.users)) fillMailbox(at(`mail/${login.split('@')[0]}`), settings);
  writeFileSync(
    at('users'),
    Object.entries(made.users)
      .map(([login, password]) => `${login}:${password}\n`)
      .join(''),
  );
  for (const [name, text] of Object.entries(settings.files ?? {})) writeFileSync(at(name), text, { mode: 0o755 });
  if (settings.oauth) {
    const lines = [
      'introspection_mode = post',
      `introspection_url = http://127.0.0.1:${introspectionPort}/introspect`,
      'username_attribute = username',
      'active_attribute = active',
      'active_value = true',
      ...(settings.oauth.scope ? [`scope = ${settings.oauth.scope}`] : []),
    ];
    writeFileSync(at('oauth2.conf.ext'), `${lines.join('\n')}\n`);
  }
  if (settings.openssl) writeFileSync(at('openssl.cnf'), `${settings.openssl.join('\n')}\n`);
  const place = places[settings.at ?? 'mail'];
  const ports = settings.ports ?? [110, 143, 993, 995];
  const has = (port: (typeof ports)[number]): boolean => ports.includes(port);
  const listen = [...(network.families === 'v6' ? [] : [place.v4]), ...(network.families === 'v4' ? [] : [place.v6])];
  const conf = [
    `base_dir = ${at('run')}`,
    `state_dir = ${at('state')}`,
    `log_path = ${at('dovecot.log')}`,
    'auth_verbose = yes',
    'auth_debug = yes',
    'auth_failure_delay = 0',
    'protocols = imap pop3 lmtp',
    `listen = ${listen.join(', ')}`,
    `ssl = ${settings.security ?? 'yes'}`,
    `ssl_cert = <${made.certificate.chain}`,
    `ssl_key = <${made.certificate.key}`,
    'ssl_client_ca_dir =',
    'disable_plaintext_auth = yes',
    `auth_mechanisms = plain login ${settings.oauth ? (settings.oauth.mechanisms ?? 'xoauth2 oauthbearer') : ''}`,
    'mail_location = maildir:~/Maildir',
    'first_valid_uid = 1',
    'recipient_delimiter = +',
    'import_environment = OPENSSL_CONF',
    'namespace inbox {',
    '  inbox = yes',
    '  mailbox Junk {',
    '    special_use = \\Junk',
    '    auto = subscribe',
    '  }',
    '  mailbox Sent {',
    '    special_use = \\Sent',
    '    auto = subscribe',
    '  }',
    '}',
    ...(settings.oauth
      ? [
          'passdb {',
          '  driver = oauth2',
          '  mechanisms = xoauth2 oauthbearer',
          `  args = ${at('oauth2.conf.ext')}`,
          '}',
        ]
      : []),
    'passdb {',
    '  driver = passwd-file',
    ...(settings.oauth ? ['  mechanisms = plain login'] : []),
    `  args = scheme=PLAIN username_format=%u ${at('users')}`,
    '}',
    'userdb {',
    '  driver = static',
    `  args = uid=${storeUser.uid} gid=${storeUser.gid} home=${at('mail')}/%n allow_all_users=yes`,
    '}',
    'service auth {',
    `  unix_listener ${at('run/auth-smtp')} {`,
    '    mode = 0666',
    '  }',
    '}',
    'service lmtp {',
    '  unix_listener lmtp {',
    '    mode = 0666',
    '  }',
    '}',
    // One login process for all connections: a fork for each only costs time here.
    `service imap-login {\n  service_count = 0\n${listener('imap', 143, has(143), false)}${listener('imaps', 993, has(993), true)}}`,
    `service pop3-login {\n  service_count = 0\n${listener('pop3', 110, has(110), false)}${listener('pop3s', 995, has(995), true)}}`,
    ...(settings.conf ?? []).map((line) =>
      line
        .replaceAll('{dir}', dir)
        .replaceAll('{ca}', made.ca)
        .replaceAll(/\{(chain|key):([a-z]+)\}/g, (_all, part: string, name: string) =>
          part === 'key' ? made.named(name).key : made.named(name).chain,
        ),
    ),
    '',
  ].join('\n');
  writeFileSync(at('dovecot.conf'), conf);
  const log = at('dovecot.log');
  const [command, ...args] = network.on('server', ['dovecot', '-F', '-c', at('dovecot.conf')]);
  const child = startServer(command, args, {
    log: at('start.log'),
    env: { PATH: process.env.PATH, ...(settings.openssl ? { OPENSSL_CONF: at('openssl.cnf') } : {}) },
  });
  await until(
    'Dovecot',
    () => {
      const open = listeningPorts(child.pid ?? 0);
      return ports.every((port) => open.has(port)) && /starting up/.test(readIfThere(log));
    },
    { child, log: () => readIfThere(at('start.log')) + readIfThere(log) },
  );
  return { authSocket: at('run/auth-smtp'), lmtpSocket: at('run/lmtp'), log, pid: child.pid ?? 0 };
};
