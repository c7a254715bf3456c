import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingPostgres, startPostgres } from '../sync/databases/postgres-server.ts';
import type { Line } from './main.ts';
import { measure } from './measure.ts';

const rows = 1_000_000;
const differences = { changed: 150, missing: 31, extra: 30 } as const;
const mebibyte = 1024 * 1024;

/** Records as a CRM has them; the other side has them shuffled, with 211 differences. */
const tables = `
  CREATE TABLE crm AS SELECT n AS id, 'C-' || lpad(n::text, 8, '0') AS number,
    (ARRAY['佐藤', '鈴木', '高橋', '田中'])[1 + n % 4] || ' ' || (ARRAY['翔太', '陽菜', '健一', '恵'])[1 + (n / 4) % 4] AS name,
    'user' || n || '@example.jp' AS email, '03-' || lpad((n % 10000)::text, 4, '0') || '-' || lpad((n / 7 % 10000)::text, 4, '0') AS phone,
    (n::bigint * 7919 % 10000000)::numeric(12,2) / 100 AS amount, n % 3 = 0 AS active,
    timestamptz '2024-01-01Z' + n * interval '7 seconds' AS updated_at
    FROM generate_series(1, ${rows}) AS n;
  CREATE TABLE shop AS SELECT id, number, name, CASE WHEN id % 6661 = 13 AND id / 6661 < ${differences.changed} THEN upper(email) ELSE email END AS email,
    phone, amount, active, updated_at FROM crm WHERE NOT (id % 30011 = 5 AND id / 30011 < ${differences.missing}) ORDER BY hashint4(id);
  INSERT INTO shop SELECT ${rows} + n, 'C-new', 'x', 'x', '', 0, true, '2024-01-01Z' FROM generate_series(1, ${differences.extra}) AS n;
  ALTER TABLE crm ADD PRIMARY KEY (id);
  ALTER TABLE shop ADD PRIMARY KEY (id);
  ANALYZE crm;
  ANALYZE shop;
`;

/** Everything that crosses the sockets to the server, in both directions. */
const counting = async (socket: string) => {
  let bytes = 0;
  const server = net.createServer((client) => {
    const upstream = net.connect(socket);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, bytes: () => bytes, close: () => server.close() };
};

/** The command itself compares two tables of PostgreSQL; what comes over is counted outside of it. */
export const syncTables = async (root: string): Promise<readonly Line[]> => {
  if (missingPostgres !== undefined) throw new Error(missingPostgres);
  const server = startPostgres();
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  try {
    server.sql(tables);
    const own = new URL(server.url('owner').replace('@/', '@localhost/')).searchParams;
    const proxy = await counting(join(own.get('host') ?? '', `.s.PGSQL.${own.get('port') ?? '5432'}`));
    const side = (table: string): string =>
      `{ database: 'postgres://owner@127.0.0.1:${proxy.port}/postgres', table: ${table} }`;
    writeFileSync(
      join(directory, 'crm-doctor.yaml'),
      `version: 1\nsync:\n  left: ${side('crm')}\n  right: ${side('shop')}\n  key: id\n`,
    );
    const run = await measure([process.execPath, join(root, 'bin/crm-doctor.js'), 'sync', '--json'], {
      cwd: directory,
      env: { PATH: process.env.PATH ?? '', HOME: directory },
    });
    proxy.close();
    const unfound = Object.entries(differences).filter(([kind, count]) => !run.output.includes(`"${kind}": ${count}`));
    if (unfound.length > 0)
      throw new Error(`${JSON.stringify(unfound)} were to be found:\n${run.output.slice(0, 10_000)}`);
    const note = `${proxy.bytes().toLocaleString('en-US')} bytes both ways, ${(run.wallMs / 1000).toFixed(1)} s, ${run.peakMiB.toFixed(0)} MiB of memory`;
    return [
      {
        name: 'sync: MiB over the socket, two tables of 1M rows with 211 differences',
        value: proxy.bytes() / mebibyte,
        limit: 3,
        note,
      },
    ];
  } finally {
    server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
};
