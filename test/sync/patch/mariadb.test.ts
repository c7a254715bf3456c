import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { againstReal } from '../../lab/against-real.ts';
import { type MariadbServer, missingMariadb, startMariadb } from '../databases/mariadb-server.ts';
import { opened, rowsOf } from '../databases/reading.ts';
import { type TlsFiles, tlsFiles } from '../databases/tls.ts';
import { cause, changed, columnsOf, garbled, hostile, sidesOf, written } from './sides.ts';

const columns = columnsOf({
  id: { key: true, type: 'id', rightColumn: { declared: 'int(11)' } },
  name: { type: 'name', rightColumn: { declared: 'varchar(400)' } },
  seen: { type: 'timestamp', rightColumn: { declared: 'datetime' } },
  active: { type: 'boolean', rightColumn: { declared: 'tinyint(1)' } },
});

againstReal('SQL for MariaDB, run by it', missingMariadb, () => {
  let server: MariadbServer;
  let tls: TlsFiles;
  beforeAll(async () => {
    tls = await tlsFiles();
    server = await startMariadb(tls);
  });
  afterAll(async () => {
    await server?.stop();
    tls?.remove();
  });

  const namesIn = async (table: string) => {
    const source = await opened(server.url('root'), { query: `SELECT id, name FROM ${table}` });
    const rows = await rowsOf(source);
    await source.close();
    return new Map(rows.map(([id = '', name]) => [id, name]));
  };

  test.each(['', 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'])('values arrive as they are, in sql_mode %j', async (mode) => {
    const table = mode === '' ? 'plain' : 'ansi';
    await server.sql(`
      CREATE TABLE ${table} (id int PRIMARY KEY, name varchar(400), seen datetime(3), active boolean)
        CHARSET latin1 COLLATE latin1_swedish_ci;
      ALTER TABLE ${table} MODIFY name varchar(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
      INSERT INTO ${table} (id, name) SELECT seq, 'old' FROM seq_0_to_99;
      INSERT INTO ${table} VALUES (200, NULL, NULL, NULL), (201, 'OLD', NULL, NULL), (202, 'old ', NULL, NULL),
        (203, 'x', '2026-11-25 00:00:00', 1);
    `);
    const format = { kind: 'sql', side: 'right', dialect: 'mysql', table } as const;
    const changes = [
      ...hostile.map((text, at) => changed([`${at}`, text, '', ''], [`${at}`, 'old', '', ''], garbled)),
      changed(['200', 'new', '', ''], ['200', '', '', ''], garbled),
      changed(['201', 'new', '', ''], ['201', 'old', '', ''], garbled),
      changed(['202', 'new', '', ''], ['202', 'old', '', ''], garbled),
      changed(
        ['203', 'y', '2026-11-25T01:00:00.5Z', 'false'],
        ['203', 'x', '2026-11-25T00:00:00Z', 'true'],
        cause('sync.column-not-mapped', { side: 'right' }),
      ),
      {
        kind: 'missing',
        values: ['300', "O'N\\", '2026-11-25T00:00:00Z', 'true'],
        by: cause('sync.page-lost'),
      } as const,
    ];
    const { text } = await written(changes, format, sidesOf(columns));
    const before = mode === '' ? '' : `SET SESSION sql_mode = '${mode}';\n`;
    await server.sql(`${before}${text}`);
    await server.sql(`${before}${text}`);
    const names = await namesIn(table);
    expect(hostile.map((_, at) => names.get(`${at}`))).toEqual(hostile);
    expect(['200', '201', '202', '203', '300', '99'].map((id) => names.get(id))).toEqual([
      'new',
      'OLD',
      'old ',
      'y',
      "O'N\\",
      'old',
    ]);
  });

  test('a key that would be row 0 as a number changes nothing', async () => {
    await server.sql(`SET SESSION sql_mode = ''; CREATE TABLE numbers (id int PRIMARY KEY, name varchar(40));
      INSERT INTO numbers VALUES (0, 'old'), (1, 'old')`);
    const format = { kind: 'sql', side: 'right', dialect: 'mysql', table: 'numbers' } as const;
    const changes = ['1', 'abc'].map((id) => changed([id, 'new', '', ''], [id, 'old', '', ''], garbled));
    const { text } = await written(changes, format, sidesOf(columns));
    await expect(server.sql(text)).rejects.toThrow('abc');
    await server.sql('ROLLBACK');
    expect(await namesIn('numbers')).toEqual(
      new Map([
        ['0', 'old'],
        ['1', 'old'],
      ]),
    );
  });

  test('a record whose key the table holds for the same as another one is not added, and ends nothing', async () => {
    await server.sql(`CREATE TABLE folded (id varchar(20) PRIMARY KEY, name varchar(40)) COLLATE utf8mb4_general_ci;
      INSERT INTO folded VALUES ('abc', 'old')`);
    const texts = columnsOf({
      id: { key: true, type: 'id', rightColumn: { declared: 'varchar(20)' } },
      name: { type: 'name', rightColumn: { declared: 'varchar(40)' } },
    });
    const missing = (id: string) => ({ kind: 'missing', values: [id, 'new'], by: cause('sync.page-lost') }) as const;
    const format = { kind: 'sql', side: 'right', dialect: 'mysql', table: 'folded' } as const;
    const { text } = await written([missing('ABC'), missing('abd')], format, sidesOf(texts));
    await server.sql(text);
    expect([...(await namesIn('folded'))]).toEqual([
      ['abc', 'old'],
      ['abd', 'new'],
    ]);
  });
});
