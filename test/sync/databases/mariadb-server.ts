import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import type { TlsFiles } from './tls.ts';
import { ended, missingServer, unpackedServer } from './unpacked-server.ts';

export const missingMariadb = missingServer('mariadb');

export interface MariadbServer {
  /** By the socket in its private directory. */
  readonly url: (user: string, database?: string) => string;
  readonly sql: (text: string) => Promise<void>;
  /** Ends every connection but its own. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const system = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'];

/** A server of its own in a private directory, on a Unix socket and, with TLS, on a port of loopback. */
export const startMariadb = async ({ port, cert, key }: TlsFiles): Promise<MariadbServer> => {
  const server = unpackedServer('mariadb');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-maria-'));
  const at = (name: string): string => path.join(directory, name);
  mkdirSync(at('data'));
  const share = path.join(server.root, 'usr/share/mysql');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const common = [
    '--no-defaults',
    ...user,
    `--datadir=${at('data')}`,
    `--basedir=${path.join(server.root, 'usr')}`,
    `--lc-messages-dir=${share}`,
    `--log-error=${at('log')}`,
    '--innodb-log-file-size=4M',
    '--innodb-flush-log-at-trx-commit=0',
  ];
  writeFileSync(at('log'), '');
  const tables = system.map((name) => readFileSync(path.join(share, name), 'utf8')).join('\n');
  server.run(
    'usr/sbin/mariadbd',
    [...common, '--bootstrap'],
    `CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n${tables}`,
  );
  const socket = at('socket');
  const connect = (): Promise<Connection> =>
    mysql.createConnection({ socketPath: socket, user: 'root', multipleStatements: true, charset: 'utf8mb4' });
  const child = await server.start(
    'usr/sbin/mariadbd',
    [
      ...common,
      `--socket=${socket}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--ssl-cert=${cert}`,
      `--ssl-key=${key}`,
    ],
    at('log'),
    async () => {
      try {
        await (await connect()).end();
        return true;
      } catch {
        return false;
      }
    },
  );
  const owner = await connect();
  // It is killed in the end.
  owner.on('error', () => undefined);
  await owner.query('CREATE DATABASE crm CHARACTER SET utf8mb4; USE crm');
  return {
    url: (name, database = 'crm') => `mysql://${name}@/${database}?socket=${encodeURIComponent(socket)}`,
    sql: async (text) => {
      await owner.query(text);
    },
    kill: async () => {
      const [rows] = await owner.query<RowDataPacket[]>(
        'SELECT id FROM information_schema.PROCESSLIST WHERE id <> CONNECTION_ID() AND user <> "system user"',
      );
      for (const { id } of rows) await owner.query(`KILL ${id}`);
    },
    stop: async () => {
      owner.destroy();
      await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
