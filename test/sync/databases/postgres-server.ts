import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled } from '../../lab/tools.ts';
import type { TlsFiles } from './tls.ts';

const home = '/usr/lib/postgresql';

const binaries = (): string | undefined =>
  existsSync(home)
    ? readdirSync(home)
        .map((version) => path.join(home, version, 'bin'))
        .find((bin) => existsSync(path.join(bin, 'initdb')))
    : undefined;

export const missingPostgres = ensureInstalled([[home, 'postgresql']]);

export interface PostgresServer {
  /** With the socket's directory in it. */
  readonly url: (user: string, database?: string) => string;
  readonly sql: (text: string) => void;
  readonly stop: () => void;
}

/** Of `guarded`, `safe` and `reader`. */
export const postgresPassword = 'right-s3cret';

/** Who comes by the socket is who he says, but for `guarded`; `safe` comes by TLS only and `reader` by any port. */
const access = `
local all guarded scram-sha-256
local all all trust
hostnossl all safe 127.0.0.1/32 reject
hostnossl all reader 127.0.0.1/32 scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
`;

/** A server of its own in a private directory, on a Unix socket and, where TLS is asked for, on a port of loopback. */
export const startPostgres = (tls?: Pick<TlsFiles, 'port' | 'cert' | 'key'>): PostgresServer => {
  const bin = binaries();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-pg-'));
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const isRoot = process.getuid?.() === 0;
  // It refuses to run as root.
  if (isRoot) chownSync(directory, id('-u'), id('-g'));
  const run = (program: string, args: readonly string[], input?: string): void => {
    const asUser = ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', path.join(bin, program), ...args];
    const done = spawnSync(isRoot ? 'setpriv' : path.join(bin, program), isRoot ? asUser : [...args], {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', PGPASSWORD: postgresPassword },
      ...(input === undefined ? {} : { input }),
      // The server keeps what pg_ctl gives it open.
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
    });
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
  };
  /** The key has to be the server's own and nobody else's. */
  const withTls = ({ cert, key }: Pick<TlsFiles, 'cert' | 'key'>): string => {
    const ownKey = path.join(directory, 'key.pem');
    copyFileSync(key, ownKey);
    chmodSync(ownKey, 0o600);
    if (isRoot) chownSync(ownKey, id('-u'), id('-g'));
    return `-c listen_addresses=127.0.0.1 -c ssl=on -c ssl_cert_file=${cert} -c ssl_key_file=${ownKey}`;
  };
  const data = path.join(directory, 'data');
  run('initdb', ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']);
  writeFileSync(path.join(data, 'pg_hba.conf'), access);
  const port = tls?.port ?? 5432;
  const options = `-k ${directory} -p ${port} -c fsync=off -c max_connections=20 ${tls ? withTls(tls) : "-c listen_addresses=''"}`;
  run('pg_ctl', ['-D', data, '-w', '-l', path.join(directory, 'log'), '-o', options, 'start']);
  const sql = (text: string): void =>
    run(
      'psql',
      [
        '-h',
        directory,
        '-p',
        String(port),
        '-U',
        'owner',
        '-d',
        'postgres',
        '-v',
        'ON_ERROR_STOP=1',
        '-qAt',
        '-f',
        '-',
      ],
      text,
    );
  return {
    url: (user, database = 'postgres') =>
      `postgres://${user}@/${database}?host=${encodeURIComponent(directory)}&port=${port}`,
    sql,
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
