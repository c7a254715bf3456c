import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const home = '/usr/lib/postgresql';

const binaries = (): string | undefined =>
  existsSync(home)
    ? readdirSync(home)
        .map((version) => path.join(home, version, 'bin'))
        .find((bin) => existsSync(path.join(bin, 'initdb')))
    : undefined;

export const hasPostgres = binaries() !== undefined;

export interface PostgresServer {
  /** With the socket's directory in it. */
  readonly url: (user: string, database?: string) => string;
  readonly sql: (text: string) => void;
  readonly stop: () => void;
}

const password = 'right-s3cret';

/** A server of its own in a private directory, on a Unix socket only; it asks for passwords. */
export const startPostgres = (): PostgresServer => {
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
      env: { PATH: process.env.PATH, LC_ALL: 'C', PGPASSWORD: password },
      ...(input === undefined ? {} : { input }),
      // The server keeps what pg_ctl gives it open.
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
    });
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
  };
  const data = path.join(directory, 'data');
  run('initdb', ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']);
  const options = `-k ${directory} -c listen_addresses='' -c fsync=off`;
  run('pg_ctl', ['-D', data, '-w', '-l', path.join(directory, 'log'), '-o', options, 'start']);
  const sql = (text: string): void =>
    run('psql', ['-h', directory, '-U', 'owner', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-qAt', '-f', '-'], text);
  return {
    url: (user, database = 'postgres') => `postgres://${user}@/${database}?host=${encodeURIComponent(directory)}`,
    sql,
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
