import { describe, expect, test } from '@jest/globals';
import type { ColumnType } from '../../../src/model/sync/column.ts';
import type { PatchChange } from '../../../src/sync/patch/change.ts';
import { cause, changed, columnsOf, crmSide, garbled, hostile, sidesOf, written } from './sides.ts';

const calls = { kind: 'calls', side: 'right' } as const;

const columnsWith = (id: string, more: Readonly<Record<string, ColumnType>> = {}) =>
  columnsOf({
    [id]: { key: true, type: 'id' },
    name: { type: 'name' },
    ...Object.fromEntries(Object.entries(more).map(([name, type]) => [name, { type }])),
  });

const linesOf = async (
  crm: ReturnType<typeof crmSide>,
  changes: readonly PatchChange[],
  columns: ReturnType<typeof columnsOf>,
  server?: string,
) => {
  const { text, summary } = await written(changes, calls, sidesOf(columns, crm, server));
  const lines = text.split('\n').filter((line) => line !== '');
  return { lines: lines.map((line): Record<string, unknown> => JSON.parse(line)), summary };
};

const one = (id: string) => [changed([id, '緑'], [id, '邱'], garbled)];

describe('one request a record', () => {
  test.each([
    ['salesforce', 'contacts', 'Id', '003x', 'PATCH', '/services/data/v61.0/sobjects/Contact/003x', { name: '緑' }],
    ['espocrm', 'companies', 'id', 'a1', 'PUT', '/api/v1/Account/a1', { name: '緑' }],
    ['pipedrive', 'contacts', 'id', '5', 'PATCH', '/api/v2/persons/5', { name: '緑' }],
    [
      'kintone',
      '12',
      '$id',
      '5',
      'PUT',
      '/k/v1/record.json',
      { app: '12', id: '5', record: { name: { value: '緑' } } },
    ],
    [
      'suitecrm',
      'contacts',
      'id',
      'u',
      'PATCH',
      '/legacy/Api/V8/module',
      { data: { type: 'Contacts', id: 'u', attributes: { name: '緑' } } },
    ],
    [
      'hubspot',
      'contacts',
      'id',
      '51',
      'POST',
      '/crm/v3/objects/contacts/batch/update',
      { inputs: [{ id: '51', properties: { name: '緑' } }] },
    ],
    ['zoho', 'contacts', 'id', '9', 'PUT', '/crm/v8/Contacts', { data: [{ id: '9', name: '緑' }] }],
    [
      'dynamics',
      'opportunities',
      'opportunityid',
      '6f1d7f7e-0000-4000-8000-00000000000a',
      'PATCH',
      '/api/data/v9.2/opportunities(6f1d7f7e-0000-4000-8000-00000000000a)',
      { name: '緑' },
    ],
  ])('%s', async (crm, type, key, id, method, path, body) => {
    const { lines, summary } = await linesOf(crmSide(crm, type), one(id), columnsWith(key));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ method, path, body });
    expect(lines[0]?.records).toEqual([{ key: { [key]: id }, expect: { name: '邱' }, causes: [garbled.cause] }]);
    expect(summary).toMatchObject({ rows: 1, values: 1, leftOut: {} });
  });

  test('Odoo by its version: JSON-2 from 19, JSON-RPC before it, without a login in it', async () => {
    const newer = await linesOf(crmSide('odoo', 'contacts'), one('5'), columnsWith('id'), 'Odoo 19.0');
    expect(newer.lines[0]).toMatchObject({
      path: '/json/2/res.partner/write',
      body: { ids: [5], vals: { name: '緑' } },
    });
    const older = await linesOf(crmSide('odoo', 'contacts'), one('5'), columnsWith('id'), 'Odoo 17.0');
    expect(JSON.stringify(older.lines[0])).toContain(
      '"args":["{database}","{uid}","{secret}","res.partner","write",[[5],{"name":"緑"}]]',
    );
  });

  test('Dynamics makes no record anew that is gone', async () => {
    const id = '6f1d7f7e-0000-4000-8000-00000000000a';
    const { lines } = await linesOf(crmSide('dynamics', 'contacts'), one(id), columnsWith('contactid'));
    expect(lines[0]?.headers).toEqual({ 'If-Match': '*' });
  });
});

describe('calls', () => {
  test('several records go into one request where the API takes them', async () => {
    const many = Array.from({ length: 150 }, (_, at) => changed([`${at + 1}`, '緑'], [`${at + 1}`, '邱'], garbled));
    const { lines, summary } = await linesOf(crmSide('hubspot', 'contacts'), many, columnsWith('id'));
    expect(lines.map(({ records }) => (Array.isArray(records) ? records.length : 0))).toEqual([100, 50]);
    expect(summary.rows).toBe(150);
  });

  test('values have the types of the API', async () => {
    const columns = columnsWith('id', { active: 'boolean', amount: 'amount', big: 'amount', memo: 'text' });
    const change = changed(
      ['5', '緑', 'true', '12.5', '12345678901234567890', ''],
      ['5', 'x', 'false', '1', '1', 'NULL'],
      garbled,
    );
    const sent = async (crm: string) => (await linesOf(crmSide(crm, '7'), [change], columns)).lines[0]?.body;
    expect(await sent('espocrm')).toEqual({
      name: '緑',
      active: true,
      amount: 12.5,
      big: '12345678901234567890',
      memo: null,
    });
    const times = columnsWith('id', { at: 'timestamp' });
    const late = changed(['5', 'x', '2026-11-25T00:00:00.5Z'], ['5', 'x', 'NULL'], garbled);
    const timed = async (crm: string) => (await linesOf(crmSide(crm, 'contacts'), [late], times)).lines[0]?.body;
    expect(await timed('espocrm')).toEqual({ at: '2026-11-25 00:00:00' });
    expect(await timed('pipedrive')).toEqual({ at: '2026-11-25T00:00:00.5Z' });
    const kintone = columnsOf(
      Object.fromEntries(columns.map(({ left, type, key }) => [key ? '$id' : left, { type, key }])),
    );
    expect((await linesOf(crmSide('kintone', '7'), [change], kintone)).lines[0]?.body).toMatchObject({
      record: { amount: { value: '12.5' }, memo: { value: '' } },
    });
  });

  test('a record is found by its own id, else by a value that there is once; else it is left', async () => {
    const columns = columnsOf({ email: { key: true, type: 'email' }, name: { type: 'name' } });
    const change = changed(['a@b.jp', '緑'], ['a@b.jp', '邱'], garbled);
    const without = await linesOf(crmSide('salesforce', 'contacts'), [change], columns);
    expect([without.lines, without.summary.leftOut]).toEqual([[], { 'no-address': 1 }]);
    const byEmail = await linesOf(crmSide('hubspot', 'contacts'), [change], columns);
    expect(byEmail.lines[0]?.body).toEqual({
      inputs: [{ id: 'a@b.jp', idProperty: 'email', properties: { name: '緑' } }],
    });
    expect((await linesOf(crmSide('kintone', '7'), [change], columns)).summary.leftOut).toEqual({ 'no-address': 1 });
    const once = columnsOf({ email: { key: true, rightColumn: { unique: true } }, name: {} });
    expect((await linesOf(crmSide('kintone', '7'), [change], once)).lines[0]?.body).toEqual({
      app: '7',
      updateKey: { field: 'email', value: 'a@b.jp' },
      record: { name: { value: '緑' } },
    });
    const both = columnsOf({ email: { key: true }, Id: {}, name: {} });
    const known = changed(['a@b.jp', '', '緑'], ['a@b.jp', '003x', '邱'], garbled);
    const { lines } = await linesOf(crmSide('salesforce', 'contacts'), [known], both);
    // The id itself is no difference to put right.
    expect(lines[0]).toMatchObject({ path: '/services/data/v61.0/sobjects/Contact/003x', body: { name: '緑' } });
    expect(Object.keys(lines[0]?.body ?? {})).toEqual(['name']);
  });

  test('references and paths into a record are left', async () => {
    const columns = columnsWith('id', { 'address.city': 'text', account: 'reference' });
    const change = changed(['5', 'a', '緑', '1'], ['5', 'a', '邱', '1'], garbled);
    expect((await linesOf(crmSide('espocrm', 'contacts'), [change], columns)).summary.leftOut).toEqual({
      'not-writable': 1,
    });
    const both = changed(['5', '緑', '緑', '1'], ['5', '邱', '邱', '1'], garbled);
    const { lines, summary } = await linesOf(crmSide('espocrm', 'contacts'), [both], columns);
    expect(lines[0]?.body).toEqual({ name: '緑' });
    expect(summary).toMatchObject({ rows: 1, values: 1, leftOut: { 'not-writable': 1 } });
  });

  test('a record that is added has no id of ours; without another key it could not be found again', async () => {
    const lost = cause('sync.page-lost');
    const columns = columnsOf({
      code: { key: true },
      Id: { type: 'id' },
      name: { type: 'name' },
      created: { role: 'created-at' },
    });
    const add: PatchChange = { kind: 'missing', values: ['C1', '5', '緑', '2026-01-01'], by: lost };
    const { lines, summary } = await linesOf(crmSide('salesforce', 'contacts'), [add], columns);
    expect(lines).toEqual([
      {
        method: 'POST',
        path: '/services/data/v61.0/sobjects/Contact',
        body: { code: 'C1', name: '緑' },
        records: [{ key: { code: 'C1' }, causes: ['sync.page-lost'] }],
      },
    ]);
    expect(summary.inserts).toBe(1);
    const own: PatchChange = { kind: 'missing', values: ['5', '緑'], by: lost };
    expect((await linesOf(crmSide('espocrm', 'contacts'), [own], columnsWith('id'))).summary.leftOut).toEqual({
      'no-address': 1,
    });
  });

  test('a CRM whose form is not known gets a neutral one, and that is said', async () => {
    for (const crm of [crmSide('demo', 'contacts'), crmSide('kintone', '営業'), crmSide('frappe', 'leads')]) {
      const key = crm.crm.config.type === 'kintone' ? '$id' : crm.crm.config.type === 'frappe' ? 'name' : 'id';
      const columns = columnsOf({ [key]: { key: true }, title: {} });
      const { lines, summary } = await linesOf(crm, one('5'), columns);
      expect(lines).toEqual([
        {
          crm: crm.crm.config.type,
          type: crm.type,
          action: 'update',
          set: { title: '緑' },
          key: { [key]: '5' },
          expect: { title: '邱' },
          causes: [garbled.cause],
        },
      ]);
      expect(summary.notes.map(({ en }) => en).join()).toMatch(/not known here/);
    }
  });

  test('ids and values that break out of paths or JSON do not', async () => {
    const changes = hostile.map((text) => changed([text, `${text}!`], [text, '邱'], garbled));
    const { lines } = await linesOf(crmSide('espocrm', 'contacts'), changes, columnsWith('id'));
    expect(lines).toHaveLength(hostile.length);
    lines.forEach(({ path, body }, at) => {
      expect(path).toBe(`/api/v1/Contact/${encodeURIComponent(hostile[at] ?? '')}`);
      expect(body).toEqual({ name: `${hostile[at]}!` });
    });
  });
});
