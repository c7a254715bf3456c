import { afterEach, describe, expect, test } from '@jest/globals';
import { type KintoneApp, type KintoneOptions, person, startKintone } from '../../fixtures/crm/kintone.server.ts';
import type { Door } from '../../src/crm/kintone/door.ts';
import { definitionsOf, schemaOf } from '../../src/crm/kintone/settings.ts';
import { kintone } from '../../src/crm/kintone.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { projectFrom } from './definitions.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const properties = {
  顧客名: { type: 'SINGLE_LINE_TEXT', code: '顧客名', label: '顧客名', required: true, maxLength: '64' },
  更新日時: { type: 'UPDATED_TIME', code: '更新日時', label: '更新日時' },
  ステータス: { type: 'STATUS', code: 'ステータス', label: 'ステータス', enabled: true },
  確度: {
    type: 'DROP_DOWN',
    code: '確度',
    label: '確度',
    options: { A: { label: 'A', index: '0' }, B: { label: 'B', index: '1' } },
  },
  明細: { type: 'SUBTABLE', code: '明細', fields: { 金額: { type: 'NUMBER', code: '金額', label: '金額' } } },
};

const deals: KintoneApp = {
  name: '案件管理',
  token: 'tokenOfDeals',
  fields: { properties, revision: '3' },
  status: {
    enable: true,
    states: {
      未処理: { name: '未処理', index: '0', assignee: { type: 'ONE', entities: [] } },
      完了: { name: '完了', index: '1', assignee: { type: 'ONE', entities: [] } },
    },
    actions: [{ name: '完了する', from: '未処理', to: '完了', filterCond: '確度 in ("A")', type: 'PRIMARY' }],
    revision: '3',
  },
  acl: {
    rights: [
      {
        entity: { type: 'GROUP', code: 'sales' },
        recordViewable: true,
        recordAddable: true,
        recordEditable: false,
        recordDeletable: false,
      },
    ],
    revision: '3',
  },
};
const plain: KintoneApp = { name: '顧客/台帳', token: 'tokenOfPlain', fields: { properties: {}, revision: '1' } };

const byPerson: Partial<Wishes> = { username: person.username, secret: person.password };
const byToken: Partial<Wishes> = { secret: 'tokenOfDeals', apps: ['12'] };

const open = async (options: KintoneOptions = {}, wishes: Partial<Wishes> = byPerson) => {
  const server = await startKintone({ apps: { 12: deals, 13: plain }, ...options });
  ending.push(server.stop);
  return { server, session: openSession(kintone, { ...wishes, url: server.url }, ending) };
};

test.each([
  ['a person', byPerson, '田中'],
  ['an API token', byToken, 'API token'],
  ['two API tokens', { secret: 'tokenOfDeals,tokenOfPlain', apps: ['12', '13'] }, 'API token'],
])('%s gets in, and no version is claimed', async (_, wishes, login) => {
  const { session } = await open({}, wishes);
  const identity = answered(await session.identity(never));
  expect(identity).toMatchObject({ product: 'kintone', user: { login }, clock: { theirs: expect.any(String) } });
  expect(identity.version).toBeUndefined();
});

describe('what keeps us out is told apart', () => {
  test.each([
    ['a wrong password', {}, { ...byPerson, secret: 'x' }, { kind: 'auth', code: 'CB_WA01', status: 401 }],
    [
      'a token of another app',
      {},
      { secret: 'tokenOfPlain', apps: ['12'] },
      { kind: 'auth', code: 'GAIA_IA02', status: 520 },
    ],
    ['a token without apps', {}, { secret: 'tokenOfDeals' }, { kind: 'config' }],
    ['a name in place of a number', {}, { ...byPerson, apps: ['案件'] }, { kind: 'config' }],
    ['an app that is not there', {}, { ...byPerson, apps: ['99'] }, { kind: 'not-found', code: 'GAIA_AP01' }],
    ['Basic authentication', { fault: 'basic-wall' }, byPerson, { kind: 'login-page', status: 401 }],
    ['a page to log in', { fault: 'login-page' }, byPerson, { kind: 'login-page', status: 200 }],
    ['an address that is not admitted', { fault: 'ip' }, byPerson, { kind: 'permission', status: 403 }],
    ['too many at once', { fault: 'too-many' }, byPerson, { kind: 'rate-limited', code: 'GAIA_TM12' }],
    ['maintenance', { fault: 'maintenance' }, byPerson, { kind: 'maintenance', status: 503 }],
    ['another product', { fault: 'other-product' }, byPerson, { kind: 'not-this-crm', status: 404 }],
  ] as const)('%s', async (_, options, wishes, failure) => {
    const { session } = await open(options, wishes);
    expect(failureOf(await session.identity(never))).toMatchObject(failure);
  });

  test('a token that does not fit says for which app, and does not repeat itself', async () => {
    const { session } = await open({}, { secret: 'tokenOfDeals', apps: ['12', '13'] });
    const failure = failureOf(await session.identity(never));
    expect(failure.what).toContain('app 13');
    expect(JSON.stringify(failure)).not.toContain('tokenOfDeals');
  });
});

describe('workflows', () => {
  test('process, fields and permissions side by side, as the importer joins them', async () => {
    const { session, server } = await open();
    const definitions = answered(await session.answer('workflows', never));
    expect(definitions.map(({ path }) => path)).toEqual([
      'kintone/案件管理 (12)/status.json',
      'kintone/案件管理 (12)/fields.json',
      'kintone/案件管理 (12)/acl.json',
    ]);
    expect(definitions[0]).toMatchObject({
      place: { ja: '案件管理 > アプリの設定 > プロセス管理' },
      url: `${server.url}/k/12/`,
    });
    const project = projectFrom(definitions);
    expect(project.problems).toEqual([]);
    expect(project.workflows).toMatchObject([{ format: 'KI', object: { name: '案件管理 (12)' } }]);
    expect(project.schema.roles?.get('sales')).toBeDefined();
  });

  test('what may not be read is told, and the rest is there', async () => {
    const { session } = await open({ apps: { 12: { ...deals, manage: false } } });
    const reply = await session.answer('workflows', never);
    expect(answered(reply)).toEqual([]);
    expect(gapsOf(reply)).toHaveLength(2);
  });
});

test('the schema is read as a schema file: choices, states, tables, groups', async () => {
  const { session } = await open();
  const { text } = answered(await session.answer('schema', never));
  const read = readSchemaFile(text, 'kintone.json');
  if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
  const fields = read.schema.objects?.get('案件管理 (12)')?.fields;
  expect(fields?.get('顧客名')).toMatchObject({ type: 'text', required: true, length: 64 });
  expect(fields?.get('確度')?.choices?.map(({ value }) => value)).toEqual(['A', 'B']);
  expect(fields?.get('ステータス')?.choices?.map(({ value }) => value)).toEqual(['未処理', '完了']);
  expect(fields?.get('金額')?.type).toBe('number');
  expect(read.schema.roles?.get('sales')?.objects.get('案件管理 (12)')).toEqual(['create', 'read']);
});

test('users by a password; an API token sees none', async () => {
  const users = [
    { id: '1', code: 'tanaka', valid: true, email: 'x@example.co.jp' },
    { id: '2', code: 'old', valid: false },
  ];
  const { session } = await open({ users });
  expect(answered(await session.answer('users', never))).toEqual([
    { id: '1', login: 'tanaka', active: true, roles: [] },
    { id: '2', login: 'old', active: false, roles: [] },
  ]);
  expect((await (await open({ users }, byToken)).session.answer('users', never)).kind).toBe('not-offered');
});

test.each(['mail', 'jobs', 'queue', 'log', 'runs'] as const)('%s: no API, and where to look', async (question) => {
  const { session, server } = await open();
  expect(kintone.answers[question]).not.toBe(true);
  expect((await session.answer(question, never)).kind).toBe('not-offered');
  expect(server.log.requests).toEqual([]);
});

describe('records', () => {
  const records = Array.from({ length: 1_201 }, (_, at) => ({
    $id: { type: '__ID__', value: String(at + 1) },
    顧客名: { type: 'SINGLE_LINE_TEXT', value: `N${at}` },
    更新日時: { type: 'UPDATED_TIME', value: at < 1_000 ? '2026-01-01T00:00:00Z' : '2026-11-20T00:00:00Z' },
    添付: {
      type: 'FILE',
      value: [{ fileKey: 'never-shown', name: 'a.pdf', size: '1', contentType: 'application/pdf' }],
    },
    明細: { type: 'SUBTABLE', value: [{ id: '7', value: { 金額: { type: 'NUMBER', value: '5' } } }] },
  }));

  test('pages by $id, values without their wrapping, no key of a file', async () => {
    const { session } = await open({ apps: { 12: { ...deals, records } } }, byToken);
    const { records: found, pages } = await recordsOf(session, { type: '12' });
    expect(pages).toBe(3);
    expect(found).toHaveLength(1_201);
    expect(found[0]).toMatchObject({ $id: '1', 顧客名: 'N0', 明細: [{ id: '7', 金額: '5' }] });
    expect(JSON.stringify(found)).not.toContain('never-shown');
  });

  test('only what changed, by the field that the app has for it, and named fields', async () => {
    const { session } = await open({ apps: { 12: { ...deals, records } } }, byToken);
    const { records: found } = await recordsOf(session, {
      type: '案件管理',
      fields: ['顧客名'],
      since: '2026-11-01T00:00:00.000Z',
    });
    expect(found).toHaveLength(201);
    expect(found[0]).toEqual({ $id: '1001', 顧客名: 'N1000' });
  });

  test('a type that is no app names those that are', async () => {
    const { failure } = await recordsOf((await open()).session, { type: 'contacts' });
    expect(failure).toMatchObject({ kind: 'config' });
    expect(failure?.needs?.ja).toContain('12（案件管理）');
  });
});

test('where not all apps were listed, neither schema nor workflows look whole', async () => {
  const door: Door = { person: true, get: () => Promise.reject(new Error('no app is asked')) };
  const some = { apps: [], whole: false };
  const { gaps } = await schemaOf(some, door, never);
  expect(gaps?.map(({ en }) => en)).toEqual([expect.stringContaining('crm.apps names those that matter')]);
  expect((await definitionsOf(some, door, { url: 'https://x.cybozu.com' }, never)).gaps).toEqual(gaps);
});

test('the apps are listed once, however much is asked', async () => {
  const { session, server } = await open();
  answered(await session.identity(never));
  answered(await session.answer('workflows', never));
  answered(await session.answer('schema', never));
  expect(server.log.requests.filter((line) => line.includes('/k/v1/apps.json'))).toHaveLength(1);
});
