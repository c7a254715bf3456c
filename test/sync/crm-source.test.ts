import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startHubspot } from '../../fixtures/crm/hubspot.server.ts';
import { type KintoneApp, startKintone } from '../../fixtures/crm/kintone.server.ts';
import { startOdoo } from '../../fixtures/crm/odoo.server.ts';
import { odoo16 } from '../../fixtures/crm/odoo-company.ts';
import { salesforceToken, startSalesforce } from '../../fixtures/crm/salesforce.server.ts';
import { type HttpReply, startHttp } from '../../fixtures/http.server.ts';
import { hubspot } from '../../src/crm/hubspot.connector.ts';
import { kintone } from '../../src/crm/kintone.connector.ts';
import { odoo } from '../../src/crm/odoo.connector.ts';
import { salesforce } from '../../src/crm/salesforce.connector.ts';
import type { CrmAnswers, CrmQuestion } from '../../src/model/crm/answers.ts';
import { type Connector, type CrmRecordPage, defineConnector } from '../../src/model/crm/connector.ts';
import type { CrmReply } from '../../src/model/crm/failure.ts';
import type { OpenedSource, SourceFailure, SourceKit, SourceProgress, SourceRow } from '../../src/model/sync/source.ts';
import type { CrmSide } from '../../src/model/sync/subject.ts';
import { type CrmReading, crmSource } from '../../src/sync/crm.source.ts';
import { never, openSession, type Wishes } from '../crm/session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** What commands have of a CRM, of one connector over the real client. */
const readingOf = (connector: Connector, wishes: Wishes): CrmReading => {
  const session = openSession(connector, wishes, ending);
  const { open: _, ...product } = connector;
  const identity = session.identity(never);
  return {
    product: async () => product,
    ask: async <Question extends CrmQuestion>(_subject: unknown, question: Question) => {
      const who = await identity;
      const reply =
        who.kind === 'failed' || question === 'identity' ? who : await session.answer(question as 'schema', never);
      return reply as CrmReply<CrmAnswers[Question]>;
    },
    records: (_subject, query, signal) => session.records?.(query, signal) ?? nothing(),
  };
};
async function* nothing(): AsyncGenerator<CrmRecordPage> {}

const kitIn = (): { readonly kit: SourceKit; readonly directory: string } => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-crm-'));
  ending.push(() => rmSync(directory, { recursive: true, force: true }));
  const printable = (text: string, most = 300) => text.slice(0, most);
  return { kit: { secret: () => undefined, directory: async () => directory, printable }, directory };
};

const sideOf = (type: string, records: string, more: Partial<CrmSide> = {}): CrmSide => ({
  kind: 'crm',
  type: records,
  crm: { kind: 'crm', path: 'crm', label: `crm:${type}`, config: { type, url: 'https://x.example' }, mailboxes: [] },
  ...more,
});

const opening = async (reading: CrmReading, side: CrmSide, kit = kitIn().kit) =>
  crmSource(reading).open(side, kit, never);
const opened = async (reading: CrmReading, side: CrmSide, kit = kitIn().kit): Promise<OpenedSource> => {
  const reply = await opening(reading, side, kit);
  if (reply.kind === 'failed') throw new Error(JSON.stringify(reply.failure));
  return reply.source;
};

const allOf = async (source: OpenedSource) => {
  const rows: SourceRow[] = [];
  let failure: SourceFailure | undefined;
  for await (const batch of source.rows(never)) {
    if (batch.kind === 'rows') rows.push(...batch.rows);
    if (batch.kind === 'failed') failure = batch.failure;
  }
  const names = source.facts.columns.map(({ name }) => name);
  const records = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
  return { rows, records, ...(failure ? { failure } : {}) };
};

/** A connector of one's own, whose answers are what a test says. */
const speaking = (
  pages: readonly CrmRecordPage[],
  more: { readonly type?: string; readonly schema?: object; readonly identity?: CrmReply<CrmAnswers['identity']> } = {},
): CrmReading & { readonly times: () => number } => {
  let times = 0;
  const { open: _, ...product } = defineConnector({
    ...odoo,
    type: more.type ?? 'salesforce',
    recordTypes: { contacts: 'Contact' },
  });
  return {
    times: () => times,
    product: async () => product,
    ask: async <Question extends CrmQuestion>(_subject: unknown, question: Question) => {
      const reply =
        question === 'identity'
          ? (more.identity ?? { kind: 'answered', value: { product: 'x', name: 'X', version: '1' } })
          : more.schema
            ? { kind: 'answered', value: { text: JSON.stringify(more.schema) } }
            : { kind: 'not-offered', why: { en: '', ja: '' } };
      return reply as CrmReply<CrmAnswers[Question]>;
    },
    records: async function* () {
      times += 1;
      yield* pages;
    },
  };
};

const page = (...records: readonly Readonly<Record<string, unknown>>[]): CrmRecordPage => ({ kind: 'page', records });

describe('how far it is', () => {
  test('the first page tells what is to come, and every page what came', async () => {
    const told: SourceProgress[] = [];
    let requests = 3;
    const paged = speaking([
      { kind: 'page', records: [{ id: 1 }, { id: 2 }], total: 5 },
      page({ id: 3 }, { id: 4 }),
      page({ id: 5 }),
    ]);
    const reading: CrmReading = {
      ...paged,
      records: async function* (...asked) {
        for await (const one of paged.records(...asked)) {
          requests += 1;
          yield one;
        }
      },
      // Three requests went before the records, for the login and the fields.
      traffic: () => ({
        requests,
        bytes: requests * 100,
        waits: requests > 5 ? 1 : 0,
        waitedMs: requests > 5 ? 7 : 0,
        waiting: false,
      }),
    };
    const source = await opened(reading, sideOf('salesforce', 'contacts'), {
      ...kitIn().kit,
      told: (one) => told.push(one),
    });
    const expected = { rows: 5, bytes: 250, requests: 3 };
    expect(told).toEqual([
      { kind: 'expected', expected },
      { kind: 'came', came: { rows: 2, bytes: 100, requests: 1 }, of: 5 },
      { kind: 'came', came: { rows: 4, bytes: 200, requests: 2 }, of: 5 },
      { kind: 'came', came: { rows: 5, bytes: 300, requests: 3, waits: 1, waitedMs: 7 }, of: 5 },
    ]);
    expect(source.facts.expected).toEqual(expected);
    expect(source.facts.came).toEqual({ rows: 5, bytes: 300, requests: 3, waits: 1, waitedMs: 7 });
  });

  test('a service that does not say how many there are leaves it open', async () => {
    const told: SourceProgress[] = [];
    const kit = { ...kitIn().kit, told: (one: SourceProgress) => void told.push(one) };
    await opened(speaking([page({ id: 1 }), page({ id: 2 })]), sideOf('salesforce', 'contacts'), kit);
    expect(told).toEqual([
      { kind: 'expected', expected: {} },
      { kind: 'came', came: { rows: 1 } },
      { kind: 'came', came: { rows: 2 } },
    ]);
  });
});

describe('Odoo', () => {
  const rows = [
    {
      id: 1,
      name: 'Anna',
      email: false,
      active: true,
      is_company: false,
      category_id: [3, 5],
      parent_id: [7, 'Sample KK'],
      lang: 'ja_JP',
      write_date: '2026-11-01 00:00:00',
    },
    {
      id: 2,
      name: '髙橋',
      email: 'b@example.jp',
      active: true,
      is_company: false,
      category_id: [],
      parent_id: false,
      lang: false,
      write_date: '2026-11-02 09:30:00.250000',
    },
  ];
  const model = odoo16['res.partner'];
  const start = async () => {
    const server = await startOdoo({
      version: '16.0',
      secret: 'pass',
      models: {
        ...odoo16,
        'res.partner': {
          ...model,
          rows,
          fields: { ...model?.fields, parent_id: { type: 'many2one', relation: 'res.partner', store: true } },
        },
      },
    });
    ending.push(server.stop);
    const wishes = { url: server.url, database: 'crm', username: 'admin@example.com', secret: 'pass' };
    return { server, reading: readingOf(odoo, wishes) };
  };

  test('false is no value, links are ids with their names beside them, times are UTC', async () => {
    const { reading } = await start();
    const source = await opened(reading, sideOf('odoo', 'contacts'));
    const { records } = await allOf(source);
    expect(records).toEqual([
      expect.objectContaining({
        id: '1',
        name: 'Anna',
        email: '',
        active: 'true',
        is_company: 'false',
        category_id: '3;5',
        parent_id: '7',
        'parent_id.name': 'Sample KK',
        lang: 'ja_JP',
        write_date: '2026-11-01T00:00:00Z',
      }),
      expect.objectContaining({
        id: '2',
        name: '髙橋',
        email: 'b@example.jp',
        category_id: '',
        parent_id: '',
        'parent_id.name': '',
        lang: '',
        write_date: '2026-11-02T09:30:00.25Z',
      }),
    ]);
  });

  test('says what it is: columns with types and options, rows, server, and that archived ones are left out', async () => {
    const { reading } = await start();
    const { facts } = await opened(reading, sideOf('odoo', 'contacts'));
    expect(facts).toMatchObject({
      format: 'crm:odoo',
      name: 'contacts of crm:odoo',
      server: 'Odoo 16.0',
      rows: { count: 2, exact: true },
      notes: [{ id: 'archived-left-out' }],
    });
    const column = (name: string) => facts.columns.find((one) => one.name === name);
    expect(column('id')).toEqual({ name: 'id', declared: 'id', type: 'id', unique: true });
    expect(column('lang')).toMatchObject({ type: 'picklist', options: ['en_US', 'ja_JP'] });
    expect(column('parent_id')).toMatchObject({ type: 'reference' });
    expect(column('parent_id.name')).toEqual({ name: 'parent_id.name' });
    expect(column('write_date')).toEqual({ name: 'write_date', declared: 'datetime', type: 'timestamp' });
  });

  test('is asked once, however often the rows are read', async () => {
    const { server, reading } = await start();
    const { kit, directory } = kitIn();
    const source = await opened(reading, sideOf('odoo', 'contacts'), kit);
    const asked = () =>
      server.asked.filter(({ model: name, method }) => name === 'res.partner' && /search/.test(method));
    const before = asked().length;
    expect(await allOf(source)).toEqual(await allOf(source));
    expect(asked()).toHaveLength(before);
    expect(readdirSync(directory)).toHaveLength(1);
    await source.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('a type that it has not, with those that are near', async () => {
    const { reading } = await start();
    const { kit, directory } = kitIn();
    const reply = await opening(reading, sideOf('odoo', 'contact'), kit);
    expect(reply).toEqual({
      kind: 'failed',
      failure: { kind: 'not-found', what: 'contact of crm:odoo', hint: expect.arrayContaining(['contacts']) },
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  test('the filter, and a column of it that is not there', async () => {
    const { reading } = await start();
    const { rows: some } = await allOf(
      await opened(reading, sideOf('odoo', 'contacts', { filter: { lang: { not: [''] } } })),
    );
    expect(some).toHaveLength(1);
    const reply = await opening(reading, sideOf('odoo', 'contacts', { filter: { langs: ['x'] } }));
    expect(reply).toMatchObject({ failure: { kind: 'not-found', what: 'column langs', hint: ['lang'] } });
  });
});

describe('kintone', () => {
  const records = Array.from({ length: 1_201 }, (_, at) => ({
    $id: { type: '__ID__', value: String(at + 1) },
    金額: { type: 'NUMBER', value: at === 0 ? '12345678901234567890.10' : '5' },
    更新日時: { type: 'UPDATED_TIME', value: '2026-01-01T00:00:00Z' },
    担当: {
      type: 'USER_SELECT',
      value: [
        { code: 'tanaka', name: '田中' },
        { code: 'abe', name: '阿部' },
      ],
    },
    作成者: { type: 'CREATOR', value: { code: 'abe', name: '阿部' } },
    区分: { type: 'CHECK_BOX', value: ['A', 'B'] },
    明細: { type: 'SUBTABLE', value: [{ id: '7', value: { 単価: { type: 'NUMBER', value: '5' } } }] },
  }));
  const app: KintoneApp = {
    name: '案件管理',
    token: 'tokenOfDeals',
    fields: {
      properties: {
        金額: { type: 'NUMBER', code: '金額', label: '金額', required: true },
        更新日時: { type: 'UPDATED_TIME', code: '更新日時', label: '更新日時' },
        区分: { type: 'CHECK_BOX', code: '区分', label: '区分', options: { A: { index: '0' }, B: { index: '1' } } },
        明細: { type: 'SUBTABLE', code: '明細', fields: { 単価: { type: 'NUMBER', code: '単価', label: '単価' } } },
      },
      revision: '3',
    },
    records,
  };

  test('pages, people by their codes, choices, digits beyond a double', async () => {
    const server = await startKintone({ apps: { 12: app } });
    ending.push(server.stop);
    const reading = readingOf(kintone, { url: server.url, secret: 'tokenOfDeals', apps: ['12'] });
    const source = await opened(reading, sideOf('kintone', '12'));
    expect(source.facts).toMatchObject({ rows: { count: 1_201 }, pageSize: 500, notes: [] });
    expect(source.facts.columns).toEqual(
      expect.arrayContaining([
        { name: '金額', declared: 'number', type: 'number', required: true },
        { name: '区分', declared: 'multipicklist', type: 'multi-picklist', options: ['A', 'B'] },
      ]),
    );
    const { records: read } = await allOf(source);
    expect(read).toHaveLength(1_201);
    expect(read[0]).toEqual({
      $id: '1',
      金額: '12345678901234567890.1',
      更新日時: '2026-01-01T00:00:00Z',
      担当: 'tanaka;abe',
      作成者: 'abe',
      '作成者.name': '阿部',
      区分: 'A;B',
      明細: '[{"id": "7", "単価": "5"}]',
    });
  });

  test('throttled from the beginning', async () => {
    const server = await startKintone({ apps: { 12: app }, fault: 'too-many' });
    ending.push(server.stop);
    const reading = readingOf(kintone, { url: server.url, secret: 'tokenOfDeals', apps: ['12'] });
    const reply = await opening(reading, sideOf('kintone', '12'));
    expect(reply).toMatchObject({ kind: 'failed', failure: { kind: 'throttled', after: 0 } });
  });

  test('no app of this name: those that there are', async () => {
    const server = await startKintone({ apps: { 12: app } });
    ending.push(server.stop);
    const reading = readingOf(kintone, { url: server.url, secret: 'tokenOfDeals', apps: ['12'] });
    const reply = await opening(reading, sideOf('kintone', '案件'));
    expect(reply).toMatchObject({ failure: { kind: 'not-found', what: '案件 of crm:kintone' } });
  });
});

describe('Salesforce, with a door before it that closes', () => {
  const rows = Array.from({ length: 5 }, (_, n) => ({
    Id: `003${n}`,
    Name: `n${n}`,
    SystemModstamp: `2026-11-2${n}T00:00:00.000+0000`,
  }));
  const describes = {
    Contact: [
      { name: 'Id', type: 'id' },
      { name: 'Name', type: 'string', length: 121, createable: true, updateable: true },
      { name: 'SystemModstamp', type: 'datetime' },
    ],
  };
  const behind = async (refusal: HttpReply | 'drop', after: number, hidden: readonly string[] = []) => {
    const crm = await startSalesforce({ rows: { Contact: rows }, describes, hidden });
    ending.push(crm.stop);
    let pages = 0;
    const door = await startHttp({
      routes: {
        '*': async ({ method, path: asked, query, headers, body }) => {
          const isRecords = /\/query\//.test(asked) || query.get('q')?.includes('FROM Contact');
          if (isRecords) pages += 1;
          if (isRecords && pages > after) {
            if (refusal !== 'drop') return refusal;
            return {
              headers: { 'content-length': '5000', connection: 'close', 'content-type': 'application/json' },
              body: '{"records":[',
            };
          }
          const search = query.size > 0 ? `?${query}` : '';
          const answer = await fetch(`${crm.url}${asked}${search}`, {
            method,
            headers: { authorization: headers.authorization ?? '' },
            ...(method === 'GET' ? {} : { body }),
          });
          return { status: answer.status, headers: { 'content-type': 'application/json' }, body: await answer.text() };
        },
      },
    });
    ending.push(door.stop);
    return readingOf(salesforce, { url: `http://${door.host}:${door.port}`, secret: salesforceToken });
  };
  const tooMany: HttpReply = {
    status: 429,
    headers: { 'content-type': 'application/json', 'retry-after': '120' },
    body: JSON.stringify([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]),
  };

  test('all pages', async () => {
    const source = await opened(await behind(tooMany, 99), sideOf('salesforce', 'contacts'));
    expect(source.facts).toMatchObject({ format: 'crm:salesforce', pageSize: 2, rows: { count: 5, exact: true } });
    expect(source.facts.columns[1]).toEqual({ name: 'Name', declared: 'text', type: 'text', maxLength: 121 });
    expect((await allOf(source)).rows.at(-1)).toEqual(['0034', 'n4', '2026-11-24T00:00:00Z']);
  });

  test('throttled in the middle: what had come is there, and then why it is not all, each time', async () => {
    const source = await opened(await behind(tooMany, 2), sideOf('salesforce', 'contacts'));
    expect(source.facts).not.toHaveProperty('rows');
    for (const _ of [1, 2]) {
      const { rows: read, failure } = await allOf(source);
      expect(read.map(([id]) => id)).toEqual(['0030', '0031', '0032', '0033']);
      expect(failure).toMatchObject({ kind: 'throttled', what: 'contacts of crm:salesforce', after: 4 });
      expect(failure).toMatchObject({ says: expect.stringContaining('TotalRequests Limit exceeded') });
    }
  });

  test('cut off in the middle', async () => {
    const { rows: read, failure } = await allOf(await opened(await behind('drop', 1), sideOf('salesforce', 'Contact')));
    expect(read).toHaveLength(2);
    expect(failure).toMatchObject({ kind: 'interrupted', after: 2 });
  });

  test('no right to see the type', async () => {
    const right = {
      status: 403,
      headers: { 'content-type': 'application/json' },
      body: '[{"errorCode":"INSUFFICIENT_ACCESS","message":"no"}]',
    };
    const reply = await opening(await behind(right, 0), sideOf('salesforce', 'Contact'));
    expect(reply).toMatchObject({
      kind: 'failed',
      failure: { kind: 'no-permission', what: 'Contact of crm:salesforce' },
    });
  });
});

test('HubSpot: properties and record fields are columns', async () => {
  const server = await startHubspot({
    contacts: {
      8: { lastmodifieddate: '2026-11-20T00:00:00Z', email: 'a@example.jp' },
      9: { lastmodifieddate: '2026-11-21T00:00:00Z' },
    },
    properties: {
      contacts: [
        { name: 'email', type: 'string' },
        { name: 'lastmodifieddate', type: 'datetime' },
      ],
    },
  });
  ending.push(server.stop);
  const reading = readingOf(hubspot, { url: server.url, secret: 'pat-na1-11111111-2222-3333-4444-555555555555' });
  const { records } = await allOf(await opened(reading, sideOf('hubspot', 'contacts')));
  expect(records.map(({ id, email, archived }) => [id, email, archived])).toEqual([
    ['8', 'a@example.jp', 'false'],
    ['9', '', 'false'],
  ]);
});

describe('values', () => {
  const valuesOf = async (...records: readonly Readonly<Record<string, unknown>>[]) =>
    (await allOf(await opened(speaking([page(...records)]), sideOf('x', 'contacts')))).records;

  test('as text', async () => {
    const [first] = await valuesOf({
      none: null,
      yes: true,
      no: false,
      whole: 9007199254740991,
      tiny: 1e-7,
      huge: 1e21,
      at: '2026-11-21T09:00:00.000+0900',
      text: ' =1+1\n"x" ',
      owner: { id: 7, name: '田中' },
      labelled: { value: 'a@b.jp', label: 'work', primary: true },
      address: { city: '東京', geo: { lat: 35.5 } },
      empty: {},
      list: ['a', 1, null],
      people: [{ id: 1 }, { id: 2, name: 'x' }],
      lines: [{ price: 5, what: 'x' }],
      deep: { a: { b: { c: { d: { e: 1 } } } } },
      'odd\nname': 'x',
    });
    expect(first).toEqual({
      none: '',
      yes: 'true',
      no: 'false',
      whole: '9007199254740991',
      tiny: '0.0000001',
      huge: '1000000000000000000000',
      at: '2026-11-21T00:00:00Z',
      text: ' =1+1\n"x" ',
      owner: '7',
      'owner.name': '田中',
      labelled: 'a@b.jp',
      'labelled.name': 'work',
      'address.city': '東京',
      'address.geo.lat': '35.5',
      empty: '{}',
      list: 'a;1;',
      people: '1;2',
      lines: '[{"what": "x", "price": 5}]',
      'deep.a.b.c': '{"d": {"e": 1}}',
      'odd\nname': 'x',
    });
  });

  test('columns that come late, and records without some', async () => {
    expect(await valuesOf({ id: 1 }, { id: 2, late: 'x' }, { late: 'y' })).toEqual([
      { id: '1', late: '' },
      { id: '2', late: 'x' },
      { id: '', late: 'y' },
    ]);
  });

  test('a text that only looks like a time stays where others of its column do not', async () => {
    const [one, two] = await valuesOf(
      { note: '2026-11-21 09:00:00', at: '2026-11-21T09:00:00+09:00' },
      { note: 'call', at: '' },
    );
    expect([one?.note, one?.at, two?.note]).toEqual(['2026-11-21 09:00:00', '2026-11-21T00:00:00Z', 'call']);
  });

  test('Odoo without a schema: false is no value unless the column has a true', async () => {
    const records = [
      { flag: false, name: false, never: false },
      { flag: true, name: 'x', never: false },
    ];
    const { records: read } = await allOf(
      await opened(speaking([page(...records)], { type: 'odoo' }), sideOf('odoo', 'contacts')),
    );
    expect(read[0]).toEqual({ flag: 'false', name: '', never: '' });
  });

  test('times of Frappe are of the zone of its site, those of Dolibarr seconds, and 1 is yes in a column of yes and no', async () => {
    const of = async (
      type: string,
      record: Readonly<Record<string, unknown>>,
      fields: Readonly<Record<string, object>>,
      timeZone?: string,
    ) => {
      const value = { product: type, name: type, ...(timeZone === undefined ? {} : { timeZone }) };
      const identity: CrmReply<CrmAnswers['identity']> = { kind: 'answered', value };
      const schema = { objects: { Contact: { fields } } };
      const reading = speaking([page(record)], { type, identity, schema });
      return (await allOf(await opened(reading, sideOf(type, 'contacts')))).records[0];
    };
    const record = { modified: '2026-11-21 09:30:00.250000', off: '1', idle: 0, count: 1 };
    const fields = { modified: { type: 'datetime' }, off: { type: 'boolean' }, idle: { type: 'boolean' } };
    expect(await of('frappe', record, fields, 'Asia/Tokyo')).toEqual({
      modified: '2026-11-21T00:30:00.25Z',
      off: 'true',
      idle: 'false',
      count: '1',
    });
    // Whoever does not tell the zone leaves it to the configuration.
    expect((await of('frappe', record, fields))?.modified).toBe('2026-11-21T09:30:00.25');
    expect(await of('dolibarr', { date_creation: 1795564800, tms: '1795564801', phone: 1795564800 }, {})).toEqual({
      date_creation: '2026-11-25T00:00:00Z',
      tms: '2026-11-25T00:00:01Z',
      phone: '1795564800',
    });
  });

  test('a million columns are not kept', async () => {
    const wide = Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`c${at}`, at]));
    const { facts } = await opened(speaking([page(wide)]), sideOf('x', 'contacts'));
    expect(facts.columns).toHaveLength(5_000);
    expect(facts.notes.map(({ id }) => id)).toContain('columns-left-out');
  });
});

describe('what there is not', () => {
  test('no records: the columns of the schema', async () => {
    const schema = { objects: { Contact: { fields: { Id: { type: 'id' }, Name: { type: 'text' } } } } };
    const source = await opened(speaking([page()], { schema }), sideOf('x', 'contacts'));
    expect(source.facts.columns.map(({ name }) => name)).toEqual(['Id', 'Name']);
    expect(await allOf(source)).toEqual({ rows: [], records: [] });
    expect(await opening(speaking([page()]), sideOf('x', 'contacts'))).toMatchObject({ failure: { kind: 'empty' } });
  });

  test('a login that is refused asks for nothing more', async () => {
    const reading = speaking([page({ id: 1 })], {
      identity: { kind: 'failed', failure: { kind: 'auth', what: '/', status: 401, says: 'wrong' } },
    });
    expect(await opening(reading, sideOf('x', 'contacts'))).toEqual({
      kind: 'failed',
      failure: { kind: 'login-refused', what: 'contacts of crm:x', says: 'wrong' },
    });
    expect(reading.times()).toBe(0);
  });

  test('fields that the service left out are named', async () => {
    const cut: CrmRecordPage = { kind: 'page', records: [{ Id: '1' }], leftOut: ['A__c', 'B__c'] };
    const { facts } = await opened(speaking([cut]), sideOf('x', 'contacts'));
    expect(facts.notes.at(-1)?.says.en).toContain('A__c, B__c');
  });

  test('a schema of another form tells nothing, and calculated fields are told', async () => {
    const schema = {
      objects: {
        Contact: {
          fields: {
            Total: { type: 'currency', readOnly: true },
            CreatedDate: { type: 'datetime', readOnly: true },
            Odd: { type: 'nonsense' },
            Worse: 5,
            Stage: { type: 'picklist', values: ['a', { value: 'b', active: false }, 7] },
          },
        },
      },
    };
    const record = { Total: 5, CreatedDate: '2026-11-21T00:00:00Z', Odd: 'x', Worse: 'y', Stage: 'a' };
    const { facts } = await opened(speaking([page(record)], { schema }), sideOf('x', 'contacts'));
    expect(facts.columns).toEqual([
      { name: 'Total', declared: 'currency', type: 'amount', calculated: true },
      { name: 'CreatedDate', declared: 'datetime', type: 'timestamp' },
      { name: 'Odd' },
      { name: 'Worse' },
      { name: 'Stage', declared: 'picklist', type: 'picklist', options: ['a'] },
    ]);
    for (const broken of [[], { objects: [] }, { objects: { Contact: { fields: [] } } }]) {
      const source = await opened(speaking([page(record)], { schema: broken }), sideOf('x', 'contacts'));
      expect(source.facts.columns[0]).toEqual({ name: 'Total' });
    }
  });

  test('whoever stops gets no more', async () => {
    const reading = speaking([page({ id: 1 }), page({ id: 2 })]);
    const reply = await crmSource(reading).open(sideOf('x', 'contacts'), kitIn().kit, AbortSignal.abort());
    expect(reply).toMatchObject({ kind: 'failed', failure: { kind: 'interrupted', says: 'stopped' } });
  });
});
