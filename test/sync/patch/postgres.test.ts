import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { againstReal } from '../../lab/against-real.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../databases/postgres-server.ts';
import { opened, rowsOf } from '../databases/reading.ts';
import { cause, changed, columnsOf, garbled, hostile, sidesOf, written } from './sides.ts';

const columns = columnsOf({
  id: { key: true, type: 'id', rightColumn: { declared: 'integer' } },
  name: { type: 'name', rightColumn: { declared: 'text' } },
  born: { type: 'date', rightColumn: { declared: 'date', unique: true } },
  active: { type: 'boolean', rightColumn: { declared: 'boolean' } },
});
const format = { kind: 'sql', side: 'right', dialect: 'postgresql', table: 'crm.contacts' } as const;

againstReal('SQL for PostgreSQL, run by psql', missingPostgres, () => {
  let server: PostgresServer;
  beforeAll(() => {
    server = startPostgres();
    server.sql(`
      CREATE SCHEMA crm;
      CREATE TABLE crm.contacts (id int PRIMARY KEY, name text, born date UNIQUE, active boolean);
      INSERT INTO crm.contacts SELECT g, 'old', NULL, NULL FROM generate_series(0, 99) g;
      INSERT INTO crm.contacts VALUES (200, NULL, NULL, NULL), (201, 'Old', NULL, NULL), (202, 'x', '2025-05-01', true);
    `);
  });
  afterAll(() => server?.stop());

  test('values arrive as they are, what was changed since stays, rows are added once', async () => {
    const changes = [
      ...hostile.map((text, at) => changed([`${at}`, text, '', ''], [`${at}`, 'old', '', ''], garbled)),
      changed(['200', 'new', '', ''], ['200', '', '', ''], garbled),
      changed(['201', 'new', '', ''], ['201', 'old', '', ''], garbled),
      changed(
        ['202', 'x', '', 'false'],
        ['202', 'x', '2025-05-01', 'true'],
        cause('sync.column-not-mapped', { side: 'right' }),
      ),
      { kind: 'missing', values: ['300', "O'N\\", '2026-11-25', 'true'], by: cause('sync.page-lost') } as const,
      // What is taken by another record would end the whole transaction.
      { kind: 'missing', values: ['301', 'twin', '2026-11-25', 'true'], by: cause('sync.page-lost') } as const,
    ];
    const { text } = await written(changes, format, sidesOf(columns));
    server.sql(text);
    server.sql(text);
    const source = await opened(server.url('owner'), { table: 'crm.contacts' });
    const rows = new Map((await rowsOf(source)).map(([id = '', ...values]) => [id, values]));
    await source.close();
    expect(hostile.map((_, at) => rows.get(`${at}`)?.[0])).toEqual(hostile);
    expect(rows.get('200')).toEqual(['new', '', '']);
    expect(rows.get('201')).toEqual(['Old', '', '']);
    expect(rows.get('202')).toEqual(['x', '', 'false']);
    expect(rows.get('300')).toEqual(["O'N\\", '2026-11-25', 'true']);
    expect(rows.get('301')).toBeUndefined();
    expect(rows.get('99')).toEqual(['old', '', '']);
  });

  test('a key that is no number of the table ends all of it', async () => {
    const changes = [
      changed(['50', 'new', '', ''], ['50', 'old', '', ''], garbled),
      changed(['0 OR 1=1', 'new', '', ''], ['0 OR 1=1', 'old', '', ''], garbled),
    ];
    const { text } = await written(changes, format, sidesOf(columns));
    expect(() => server.sql(text)).toThrow('invalid input syntax');
    const source = await opened(server.url('owner'), { query: 'SELECT name FROM crm.contacts WHERE id = 50' });
    expect(await rowsOf(source)).toEqual([['old']]);
    await source.close();
  });
});
