import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Network } from './network.ts';
import { readIfThere } from './processes.ts';
import type { Undo } from './undo.ts';

/**
 * Debian lets one mail transport agent and one IMAP server be installed at a time, and those are Postfix and Dovecot.
 * The others are only unpacked, into a cache directory, and started in a mount namespace that lays their /usr over the
 * real one: they find all their paths as compiled in, and the machine keeps none of it.
 */
const servers = {
  exim: { packages: ['exim4-daemon-light'], binary: 'usr/sbin/exim4' },
  cyrus: { packages: ['cyrus-imapd', 'cyrus-pop3d', 'sasl2-bin', 'libsasl2-modules'], binary: 'usr/sbin/cyrmaster' },
  opensmtpd: { packages: ['opensmtpd'], binary: 'usr/sbin/smtpd' },
  courier: { packages: ['courier-imap', 'courier-pop'], binary: 'usr/bin/imapd' },
  // A CRM; its /etc and /var are made by scripts of the packages, which are never run here.
  rt: {
    packages: ['request-tracker5', 'rt5-db-sqlite', 'rt5-standalone'],
    binary: 'usr/share/request-tracker5/libexec/rt-server',
  },
  // A CRM; it could be installed beside the others, and still nobody wants it installed.
  tryton: {
    packages: [
      'tryton-server',
      'tryton-modules-party',
      'tryton-modules-sale-opportunity',
      'tryton-modules-notification-email',
      'tryton-modules-marketing-automation',
    ],
    binary: 'usr/bin/trytond',
  },
} as const;

/** Databases find their files where they are told: they need no namespace. */
const databases = {
  mariadb: { packages: ['mariadb-server-core'], binary: 'usr/sbin/mariadbd' },
  clickhouse: { packages: ['clickhouse-server'], binary: 'usr/sbin/clickhouse-server' },
} as const;

const all = { ...servers, ...databases };

export type Unpacked = keyof typeof all;

// Object.keys does not know the keys' type.
export const unpackedServers = Object.keys(servers) as readonly (keyof typeof servers)[];

const osRelease = (key: string): string =>
  new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(readIfThere('/etc/os-release'))?.[1] ?? 'unknown';

/** Where everything is kept that no run has to make again. */
export const cacheDir = (): string =>
  path.join(
    process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
    'crm-doctor-lab',
    `${osRelease('ID')}-${osRelease('VERSION_ID')}-${process.arch}`,
  );

/** Where something lies that was made once and is copied for each case; made from something else, it is another. */
export const preparedAt = (name: string, ...madeFrom: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of madeFrom) hash.update(part);
  return path.join(cacheDir(), 'prepared', `${name}-${hash.digest('hex').slice(0, 12)}`);
};

/** Where a server's packages are unpacked. */
export const unpackedDir = (server: Unpacked): string => path.join(cacheDir(), server);

const apt = (
  args: readonly string[],
  cwd: string,
): { readonly ok: boolean; readonly out: string; readonly said: string } => {
  const ended = spawnSync('apt-get', ['-q', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
  return { ok: ended.status === 0, out: ended.stdout ?? '', said: (ended.stderr ?? String(ended.error)).trim() };
};

// What an installation would bring, by name: the packages and whatever they need that is not there yet.
const closure = (packages: readonly string[], cwd: string): readonly string[] | string => {
  const simulated = apt(['-s', '--no-install-recommends', 'install', ...packages], cwd);
  if (!simulated.ok) return simulated.said;
  return [...simulated.out.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '');
};

const unpack = (server: Unpacked, dir: string): string | undefined => {
  const { packages, binary } = all[server];
  let names = closure(packages, dir);
  if (typeof names === 'string') {
    apt(['update'], dir);
    names = closure(packages, dir);
  }
  if (typeof names === 'string') return names;
  const archives = path.join(dir, 'archives');
  const root = path.join(dir, 'root');
  for (const each of [archives, root]) mkdirSync(each, { recursive: true });
  let fetched = apt(['download', ...names], archives);
  if (!fetched.ok) {
    // The lists were older than the archive.
    apt(['update'], dir);
    fetched = apt(['download', ...names], archives);
  }
  if (!fetched.ok) return fetched.said;
  for (const archive of readdirSync(archives)) {
    const ended = spawnSync('dpkg-deb', ['-x', path.join(archives, archive), root], { encoding: 'utf8' });
    if (ended.status !== 0) return ended.stderr.trim();
  }
  // On a machine with a merged /usr, /lib is /usr/lib, and only /usr is laid over.
  const lib = path.join(root, 'lib');
  if (existsSync(lib)) cpSync(lib, path.join(root, 'usr/lib'), { recursive: true, verbatimSymlinks: true });
  return existsSync(path.join(root, binary)) ? undefined : `the packages bring no ${binary}`;
};

const known = new Map<Unpacked, string | undefined>();

const ensure = (server: Unpacked): string | undefined => {
  const wanted = unpackedDir(server);
  if (existsSync(wanted)) return undefined;
  mkdirSync(cacheDir(), { recursive: true });
  const dir = mkdtempSync(path.join(cacheDir(), `.${server}-`));
  try {
    const reason = unpack(server, dir);
    if (reason !== undefined) return reason.split('\n').slice(-3).join(' ');
    // Whole or not at all, also when two runs do this at once.
    renameSync(path.join(dir, 'root'), wanted);
    return undefined;
  } catch (error) {
    return existsSync(wanted) ? undefined : String(error);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Why a server cannot be had here, or nothing; downloads and unpacks it once. */
export const ensureUnpacked = (server: Unpacked): string | undefined => {
  if (!known.has(server)) known.set(server, ensure(server));
  const reason = known.get(server);
  return reason === undefined ? undefined : `${server} could not be unpacked: ${reason}`;
};

/** A user that the server wants to run as, with a group of the same name. */
export interface SystemUser {
  readonly name: string;
  readonly id: number;
}

// The rest of /dev no mail server asks for; and with a /dev of its own, it has a /dev/log of its own.
const devices = ['null', 'zero', 'full', 'random', 'urandom'] as const;

/** Outside of the lab's network: a mount namespace of its own (unshare(1)). */
const ownMounts = (command: readonly string[]): readonly [string, ...string[]] => ['unshare', '--mount', ...command];

const mounts = (server: Unpacked, dir: string): string =>
  [
    '#!/bin/sh -e',
    `mount -t overlay lab-usr -o lowerdir=${unpackedDir(server)}/usr:/usr /usr`,
    `mount -t overlay lab-etc -o lowerdir=${dir}/etc:/etc /etc`,
    `mount --bind ${dir}/var /var`,
    `mount --bind ${dir}/run /run`,
    ...devices.map((name) => `mount --bind /dev/${name} ${dir}/dev/${name}`),
    `mount --rbind ${dir}/dev /dev`,
    'exec "$@"',
    '',
  ].join('\n');

/**
 * The command line that runs something of an unpacked server on the server's side, with a /etc that has `dir/etc` on top,
 * a /var, a /run and a /dev of its own. `ip netns exec` gives every command a mount namespace of its own (ip-netns(8)), so
 * nobody else sees these mounts; without a network, unshare(1) does.
 */
export const prepareUnpacked = (
  network: Network | undefined,
  server: Unpacked,
  dir: string,
  users: readonly SystemUser[] = [],
): ((command: readonly string[]) => readonly [string, ...string[]]) => {
  const at = (name: string): string => path.join(dir, name);
  for (const name of ['etc', 'var/lib', 'var/log', 'var/spool', 'var/tmp', 'run/lock', 'dev']) {
    mkdirSync(at(name), { recursive: true });
  }
  for (const name of devices) writeFileSync(at(`dev/${name}`), '');
  symlinkSync('/run', at('var/run'));
  symlinkSync('/run/lock', at('var/lock'));
  // The overlay hides what `ip netns exec` has put there.
  for (const name of network ? ['hosts', 'resolv.conf'] : []) {
    copyFileSync(`/etc/netns/${network?.server}/${name}`, at(`etc/${name}`));
  }
  const lines = (file: string, more: (user: SystemUser) => string): string =>
    `${readFileSync(file, 'utf8').trimEnd()}\n${users.map(more).join('')}`;
  writeFileSync(
    at('etc/passwd'),
    lines('/etc/passwd', ({ name, id }) => `${name}:x:${id}:${id}::/nonexistent:/bin/false\n`),
  );
  writeFileSync(
    at('etc/group'),
    lines('/etc/group', ({ name, id }) => `${name}:x:${id}:\n`),
  );
  writeFileSync(at('mounts.sh'), mounts(server, dir), { mode: 0o755 });
  const inside = (command: readonly string[]): readonly string[] => [at('mounts.sh'), ...command];
  return (command) => network?.on('server', inside(command)) ?? ownMounts(inside(command));
};

/**
 * Writes to a file what is said to a /dev/log. It is a stream socket, which syslog(3) of glibc takes as well where it finds
 * no datagrams, and each of its messages ends with a zero byte.
 */
export const listenSyslog = async (socket: string, log: string, undo: Undo): Promise<void> => {
  const server = net.createServer((connection) => {
    connection.on('error', () => undefined);
    connection.on('data', (chunk) => appendFileSync(log, chunk.toString('latin1').replaceAll('\0', '\n')));
  });
  // The lab ends without waiting for the connections of its servers.
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(socket, resolve);
  });
  chmodSync(socket, 0o666);
  undo.add(() => server.close());
};
