import { chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertificateFiles } from './certificates.ts';
import { type Store, storeUser } from './maildirs.ts';
import { type Network, type Place, places } from './network.ts';
import { listeningPorts, readIfThere, startServer, until } from './processes.ts';
import { prepareUnpacked } from './unpacked.ts';

/** What differs from a healthy Exim. */
export interface EximSettings {
  /** Main options, for every port. `{dir}` is Exim's own directory, `{ca}` the lab's CA. */
  readonly main?: Readonly<Record<string, string>>;
  /** Statements of the ACL in front of the lab's own, by the command that they decide. */
  readonly acl?: Partial<Readonly<Record<'connect' | 'helo' | 'auth' | 'mail' | 'rcpt' | 'data', readonly string[]>>>;
  /** Options of both authenticators, PLAIN and LOGIN. */
  readonly login?: Readonly<Record<string, string>>;
  /** Which of them there are; default both. */
  readonly mechanisms?: readonly ('PLAIN' | 'LOGIN')[];
  /** Which standard ports listen; default all three. */
  readonly ports?: readonly (25 | 465 | 587)[];
  readonly at?: Place;
  /** Files in Exim's directory, for `{dir}/NAME`. */
  readonly files?: Readonly<Record<string, string>>;
  /** A name of the case's certificates; default `server`. */
  readonly certificate?: string;
}

const user = { name: 'Debian-exim', id: 64_981 };

const options = (of: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(of).map(([name, value]) => `  ${name} = ${value}`);

const overTlsOnly = '${if def:tls_in_cipher {*}}';

const rightPassword = (name: string, password: string): string =>
  `\${if and {{!eq{${password}}{}}{eq{${password}}{\${lookup{${name}}lsearch{{dir}/users}{$value}}}}}}`;

export const startExim = async (
  network: Network,
  dir: string,
  settings: EximSettings,
  made: {
    readonly certificate: CertificateFiles;
    readonly ca: string;
    readonly users: Readonly<Record<string, string>>;
    /** Where mail for the domain goes; without it mail is thrown away. */
    readonly store?: Store;
  },
): Promise<{ readonly log: string }> => {
  const at = (name: string): string => path.join(dir, name);
  const command = prepareUnpacked(network, 'exim', dir, [user]);
  for (const name of ['etc/exim4', 'var/spool/exim4', 'var/log/exim4']) mkdirSync(at(name), { recursive: true });
  for (const name of ['var/spool/exim4', 'var/log/exim4']) chownSync(at(name), user.id, user.id);
  // The daemon reads them again for each connection, no longer as root.
  for (const [from, name] of [
    [made.certificate.chain, 'server.pem'],
    [made.certificate.key, 'server.key'],
  ] as const) {
    copyFileSync(from, at(name));
    chownSync(at(name), user.id, user.id);
  }
  const store = made.store ?? { kind: 'nowhere', where: '' };
  const ports = settings.ports ?? [25, 465, 587];
  const place = places[settings.at ?? 'mail'];
  const interfaces = [
    ...(network.families === 'v6' ? [] : [place.v4]),
    ...(network.families === 'v4' ? [] : [place.v6]),
  ];
  const acl = (name: keyof NonNullable<EximSettings['acl']>, own: readonly string[]): readonly string[] => [
    `${name}:`,
    ...[...(settings.acl?.[name] ?? []), ...own].map((line) => `  ${line}`),
  ];
  const main: Readonly<Record<string, string>> = {
    primary_hostname: 'mail.aozora.test',
    local_interfaces: `<; ${interfaces.join(' ; ')}`,
    daemon_smtp_ports: ports.join(' : '),
    tls_on_connect_ports: '465',
    tls_advertise_hosts: '*',
    tls_certificate: at('server.pem'),
    tls_privatekey: at('server.key'),
    acl_smtp_connect: 'connect',
    acl_smtp_helo: 'helo',
    acl_smtp_auth: 'auth',
    acl_smtp_mail: 'mail',
    acl_smtp_rcpt: 'rcpt',
    acl_smtp_data: 'data',
    rfc1413_hosts: ':',
    keep_environment: '',
    ...settings.main,
  };
  const authenticator = (
    mechanism: 'PLAIN' | 'LOGIN',
    prompts: string,
    name: string,
    password: string,
  ): readonly string[] =>
    (settings.mechanisms ?? ['PLAIN', 'LOGIN']).includes(mechanism)
      ? [
          `${mechanism.toLowerCase()}_server:`,
          ...options({
            driver: 'plaintext',
            public_name: mechanism,
            server_prompts: prompts,
            server_condition: rightPassword(name, password),
            server_set_id: name,
            server_advertise_condition: overTlsOnly,
            ...settings.login,
          }),
        ]
      : [];
  const text = [
    ...options(main).map((line) => line.trim()),
    'domainlist local_domains = aozora.test',
    'begin acl',
    ...acl('connect', ['accept']),
    ...acl('helo', ['accept']),
    ...acl('auth', ['accept']),
    ...acl('mail', ['accept']),
    ...acl('rcpt', [
      'accept hosts = :',
      'accept authenticated = *',
      'require message = relay not permitted',
      '        domains = +local_domains',
      'require verify = recipient',
      'accept',
    ]),
    ...acl('data', ['accept']),
    'begin routers',
    'local:',
    ...options({
      driver: 'accept',
      domains: '+local_domains',
      local_parts: 'sales : info : support : postmaster',
      local_part_suffix: '+*',
      transport: 'store',
      cannot_route_message: 'Unknown user',
    }),
    '  local_part_suffix_optional',
    'begin transports',
    'store:',
    ...options(
      {
        lmtp: { driver: 'lmtp', socket: store.where, user: user.name, rcpt_include_affixes: 'true' },
        homes: {
          driver: 'appendfile',
          directory: `${store.where}/$local_part_data/Maildir`,
          maildir_format: 'true',
          user: String(storeUser.uid),
          group: String(storeUser.gid),
        },
        nowhere: { driver: 'appendfile', file: '/dev/null', user: user.name },
      }[store.kind],
    ),
    'begin retry',
    '* * F,2h,5m',
    'begin authenticators',
    ...authenticator('PLAIN', ':', '$auth2', '$auth3'),
    ...authenticator('LOGIN', 'Username:: : Password::', '$auth1', '$auth2'),
    '',
  ].join('\n');
  const files: Readonly<Record<string, string>> = {
    users: Object.entries(made.users)
      .map(([login, password]) => `${login}: ${password}\n`)
      .join(''),
    'etc/exim4/exim4.conf': text,
    ...settings.files,
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(at(name), content.replaceAll('{dir}', dir).replaceAll('{ca}', made.ca));
  }
  const [program, ...args] = command(['/usr/sbin/exim4', '-bdf', '-q1h']);
  const child = startServer(program, args, { log: at('start.log'), env: { PATH: process.env.PATH } });
  const log = at('var/log/exim4/mainlog');
  await until(
    'Exim',
    () => {
      const open = listeningPorts(child.pid ?? 0);
      return ports.every((port) => open.has(port));
    },
    { child, log: () => readIfThere(at('start.log')) + readIfThere(log) + readIfThere(at('var/log/exim4/paniclog')) },
  );
  return { log };
};
