import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../../src/model/report.ts';
import { mapSources } from '../../../src/sync/compare.ts';
import { tablesInClickhouse } from '../../../src/sync/push-down/in-clickhouse.ts';
import { compareInCluster } from '../../../src/sync/push-down/statistics.ts';
import { commandLine, workplace } from '../../cli/command-line.ts';
import { againstReal } from '../../lab/against-real.ts';
import { type ClickhouseServer, missingClickhouse, startClickhouse } from '../databases/clickhouse-server.ts';
import { kit, opened } from '../databases/reading.ts';
import { type TlsFiles, tlsFiles } from '../databases/tls.ts';
import { expectFormsAgree } from './form-pairs.ts';
import { config } from './people.ts';

const { directory, remove } = workplace();
afterAll(remove);

const rows = 12_000;

/** Every row is changed: times by nine hours, some texts by blanks or case, a memo cut, a constant; and a few for no reason. */
const tables = `
  CREATE TABLE crm ENGINE = MergeTree ORDER BY id AS SELECT toUInt32(number) AS id, concat('Name ', toString(number % 977)) AS name,
    concat('user', toString(number), '@example.jp') AS email, concat('memo of record ', toString(cityHash64(number))) AS memo,
    concat('owner', toString(number % 7)) AS owner, toString(number + 1000) AS total,
    toString(toDate('1990-01-01') + number % 9000) AS birth, ['won', 'lost', 'open'][1 + number % 3] AS stage,
    toDateTime('2024-01-01 00:00:00', 'UTC') + number * 60 AS updated_at FROM numbers(${rows});
  CREATE TABLE shop ENGINE = MergeTree ORDER BY id AS SELECT id, if(id % 3 = 0, concat(name, ' '), name) AS name,
    if(id % 4 = 0, upper(email), if(id % 1000 = 1, 'edited@example.jp', email)) AS email, substring(memo, 1, 20) AS memo,
    'nobody' AS owner, if(id % 5 = 1, concat(substring(total, 1, length(total) - 3), ',', substring(total, length(total) - 2)), total) AS total,
    if(id % 6 = 0, toString(toDate(birth) + 1), birth) AS birth, concat('S-', stage) AS stage, updated_at + 32400 AS updated_at FROM crm WHERE id % 4001 != 5
    UNION ALL SELECT toUInt32(90000 + number), 'new', '', '', 'nobody', '0', '2024-01-01', '', toDateTime('2024-01-01 00:00:00', 'UTC') FROM numbers(4);
  CREATE TABLE calm ENGINE = MergeTree ORDER BY id AS SELECT toUInt32(number) AS id, 'won' AS stage FROM numbers(${rows});
  CREATE TABLE loud ENGINE = MergeTree ORDER BY id AS SELECT id, if(id % 2 = 0, 'WON', 'won') AS stage FROM calm;
  CREATE TABLE clients ENGINE = MergeTree ORDER BY id AS SELECT toUInt32(number) AS id, concat('Client ', toString(number)) AS name,
    if(number % 50 = 7, 'trial', 'paid') AS segment, if(number % 4 = 0, 'short', 'long enough to be refused') AS note FROM numbers(${rows});
  CREATE TABLE customers ENGINE = MergeTree ORDER BY id AS SELECT id, upper(name) AS name, note FROM clients WHERE segment != 'trial'`;

againstReal('a ClickHouse in which most rows of two tables differ', missingClickhouse, () => {
  let server: ClickhouseServer;
  let tls: TlsFiles;
  beforeAll(async () => {
    tls = await tlsFiles();
    server = await startClickhouse(tls);
    for (const statement of tables.split(';')) await server.sql(statement);
  });
  afterAll(async () => {
    await server?.stop();
    tls?.remove();
  });

  const fieldsOfShop =
    '{ name: name, email: email, memo: memo, owner: owner, total: { right: total, as: amount }, birth: birth, stage: stage, updated_at: updated_at }';
  const compared = async (more: readonly string[] = [], [left, right, fields] = ['crm', 'shop', fieldsOfShop]) => {
    const url = server.url();
    const side = (name: string) => `{ database: '${url}', table: ${name} }`;
    const text = `version: 1\nsync:\n  left: ${side(left)}\n  right: ${side(right)}\n  key: id\n  engine: { clickhouse: '${url}' }\n  fields: ${fields}\n`;
    writeFileSync(join(directory, 'crm-doctor.yaml'), text);
    const { out } = await commandLine(['sync', '--json', ...more], { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
    return JSON.parse(out) as Report;
  };

  test('by TLS with the authority that the engine names, and with no other', async () => {
    const url = `clickhouses://default@localhost:${tls.port}`;
    const table = (name: string) => ({ kind: 'database', url, table: name, ca: tls.ca }) as const;
    const asking = { ...config({ kind: 'clickhouse', url }), left: table('calm'), right: table('loud') };
    const own = { table: 'calm', ca: tls.ca };
    const sources = [await opened(url, own), await opened(url, { ...own, table: 'loud' })] as const;
    const replied = async (ca: string) => {
      const engine = { kind: 'clickhouse', url, ca } as const;
      const reply = await tablesInClickhouse({ ...asking, engine }, sources, kit, new AbortController().signal);
      if (reply.kind === 'opened') await reply.close();
      return reply.kind;
    };
    expect([await replied(tls.ca), await replied(tls.otherCa)]).toEqual(['opened', 'failed']);
    for (const source of sources) await source.close();
  });

  test('of many columns too, although a server refuses long questions', async () => {
    const kinds = [
      [
        'phone',
        "concat('03-1234-', toString(1000 + number % 9000))",
        "concat('03(1234)', toString(1000 + number % 9000))",
      ],
      ['amount', 'toString(1000 + number)', "concat('1,', substring(toString(1000 + number), 2))"],
      ['date', "toString(toDate('1990-01-01') + number)", "toString(toDate('1990-01-02') + number)"],
    ] as const;
    const columns = Array.from({ length: 18 }, (_, at) => ({ name: `c${at}`, kind: kinds[at % 3] ?? kinds[0] }));
    for (const [table, side] of [
      ['wide', 1],
      ['wider', 2],
    ] as const)
      await server.sql(
        `CREATE TABLE ${table} ENGINE = MergeTree ORDER BY id AS SELECT toUInt32(number) AS id, ${columns.map(({ name, kind }) => `${kind[side]} AS ${name}`).join(', ')} FROM numbers(100)`,
      );
    const url = server.url();
    const asking = {
      ...config({ kind: 'clickhouse', url }),
      left: { kind: 'database', url, table: 'wide' },
      right: { kind: 'database', url, table: 'wider' },
      fields: Object.fromEntries(columns.map(({ name, kind: [as] }) => [name, { right: name, as }])),
    } as const;
    const sources = [await opened(url, { table: 'wide' }), await opened(url, { table: 'wider' })] as const;
    const signal = new AbortController().signal;
    const [reply, mapped] = [
      await tablesInClickhouse(asking, sources, kit, signal),
      await mapSources({ config: asking, left: sources[0], right: sources[1] }, signal),
    ];
    if (reply.kind !== 'opened' || mapped.kind !== 'mapped') throw new Error('not opened');
    const found = await compareInCluster({ left: reply.left.table, right: reply.right.table }, mapped.mapping, signal);
    expect(found?.explained).toHaveLength(columns.length);
    expect(found?.classes).toEqual({ underRule: 0, explained: 100, unexplained: 0 });
    await reply.close();
    for (const source of sources) await source.close();
  });

  test('a form undoes in SQL what it undoes here, and nothing else', () => expectFormsAgree(server.sql, false));

  describe('counts, statistics and transforms are its own', () => {
    test('each with its exact number, and the second scan as proof', async () => {
      const { comparison, diagnoses, checks, exitCode } = await compared();
      expect(comparison).toMatchObject({
        rows: { left: rows, right: rows - 3 + 4 },
        ...{ matched: rows - 3, changed: rows - 3, equal: 0, missing: 3, extra: 4 },
        work: { engine: 'clickhouse' },
      });
      // Exactly what was made, by the rule of each.
      const kept = Array.from({ length: rows }, (_, id) => id).filter((id) => id % 4001 !== 5);
      const of = (holds: (id: number) => boolean): number => kept.filter(holds).length;
      const found = Object.fromEntries((comparison?.explained ?? []).map(({ cause, share }) => [cause, share.n]));
      expect(found).toEqual({
        'sync.timezone-offset': rows - 3,
        'sync.column-constant': rows - 3,
        'sync.text-truncated-chars': rows - 3,
        'sync.whitespace': of((id) => id % 3 === 0),
        'sync.letter-case': of((id) => id % 4 === 0),
        'sync.number-format': of((id) => id % 5 === 1),
        'sync.date-off-by-one': of((id) => id % 6 === 0),
        'sync.picklist-label-vs-value': rows - 3,
      });
      const edited = of((id) => id % 1000 === 1 && id % 4 !== 0);
      expect(comparison?.classes).toEqual({
        ...{ underRule: 0, stale: 0, conflict: 0 },
        ...{ explained: rows - 3 - edited, unexplained: edited },
      });
      expect(comparison?.fields.find(({ left }) => left === 'email')).toMatchObject({
        differ: of((id) => id % 4 === 0) + edited,
        unexplained: edited,
      });
      const offset = comparison?.explained.find(({ cause }) => cause === 'sync.timezone-offset');
      expect(offset).toMatchObject({
        detail: { minutes: 540 },
        proof: { kind: 'transform', before: rows - 3, after: 0 },
      });
      expect(diagnoses.at(-1)?.cause).toBe('sync.unexplained');
      const row = checks.find(({ id }) => id === 'sync.compare');
      expect(row?.status).toBe('fail');
      expect(row?.summary).toContain('not for width: this server has no NFKC');
      expect(row?.summary).toContain('looked for in a sample of them, by their values and not by their places');
      expect(exitCode).toBe(1);
      // Some examples and the sample, and nothing else.
      expect(comparison?.work.transferredBytes).toBeLessThan(1_500_000);
    });

    test('what unrelated records show as well explains nothing, in any count', async () => {
      const { comparison, diagnoses } = await compared([], ['calm', 'loud', '{ stage: stage }']);
      expect(comparison?.work.engine).toBe('clickhouse');
      expect(comparison?.explained).toEqual([]);
      expect(comparison?.classes).toMatchObject({ underRule: 0, explained: 0, unexplained: rows / 2 });
      expect(comparison?.fields.find(({ left }) => left === 'stage')).toMatchObject({ unexplained: rows / 2 });
      expect(diagnoses.map(({ cause }) => cause)).toEqual(['sync.unexplained']);
    });

    test('a sample of the records tells why others lack, and what would be refused', async () => {
      const fields = '{ name: name, note: { right: note, maxLength: 10 } }';
      const { comparison, checks } = await compared([], ['clients', 'customers', fields]);
      expect(comparison).toMatchObject({ changed: rows - 240, missing: 240, work: { engine: 'clickhouse' } });
      // The column that says it is compared with nothing.
      expect(comparison?.explained.find(({ population }) => population === 'missing')).toMatchObject({
        cause: 'sync.filter-excludes',
        share: { n: 240, of: 240 },
        proof: { kind: 'condition', present: { n: 0 } },
      });
      expect(comparison?.unexplained).toMatchObject({ missing: 0 });
      const row = checks.find(({ id }) => id === 'sync.schema');
      expect(row?.status).toBe('warn');
      expect(row?.summary).toMatch(
        /note [\d,]+ \(too long\).*; this is of a sample of [3-5],\d{3} records that differ/,
      );
    });

    test('values are hidden where that is asked for', async () => {
      const text = JSON.stringify(await compared(['--redact']));
      expect(text).not.toContain('example.jp');
      expect(text).not.toContain('memo of record');
    });
  });
});
