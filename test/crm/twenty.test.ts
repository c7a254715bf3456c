import { afterEach, describe, expect, test } from '@jest/globals';
import { apiKey, endedKey, startTwenty, type TwentyOptions } from '../../fixtures/crm/twenty.server.ts';
import { twenty } from '../../src/crm/twenty.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: TwentyOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startTwenty(options);
  ending.push(server.stop);
  return { server, session: openSession(twenty, { secret: apiKey, ...wishes, url: server.url }, ending) };
};

test('version and clock; a key without a right to the data model gets in and is told so', async () => {
  const { session } = await open({ version: 'v2.40.1' });
  expect(answered(await session.identity(never))).toMatchObject({
    product: 'twenty',
    version: '2.40.1',
    clock: { theirs: expect.any(String) },
  });
  const reply = await (await open({ fault: 'no-role' })).session.identity(never);
  expect(reply.kind).toBe('answered');
  expect(gapsOf(reply)).toHaveLength(1);
});

test.each([
  ['a wrong key', {}, { secret: 'x' }, { kind: 'auth', status: 403 }],
  ['a key that has ended', {}, { secret: endedKey }, { kind: 'key-expired', status: 401 }],
  ['too many calls', { fault: 'too-many' }, {}, { kind: 'rate-limited', status: 429 }],
  ['another product', { fault: 'other-product' }, {}, { kind: 'not-this-crm' }],
  ['a page to log in', { fault: 'login-page' }, {}, { kind: 'login-page' }],
  ['a proxy without its server', { fault: 'gateway' }, {}, { kind: 'server-error', status: 502 }],
] as const)('%s', async (_, options, wishes, failure) => {
  const { session, server } = await open(options, wishes);
  expect(failureOf(await session.identity(never))).toMatchObject(failure);
  expect(server.log.requests[0]).toBe('GET /client-config');
});

describe('mail', () => {
  const imap = {
    id: 'a1',
    handle: 'sales@example.co.jp',
    provider: 'imap_smtp_caldav',
    accessToken: 'never-shown',
    connectionParameters: {
      IMAP: { host: 'imap.example.co.jp', port: 993, secure: true, password: 'hunter2-imap' },
      SMTP: { host: 'smtp.example.co.jp', port: 587, secure: false, username: 'sales', password: 'hunter2-smtp' },
    },
  };
  const google = { id: 'a2', handle: 'x@example.com', provider: 'google', authFailedAt: '2026-11-20T00:00:00.000Z' };
  const channel = {
    id: 'c1',
    connectedAccountId: 'a1',
    isSyncEnabled: true,
    syncStatus: 'ACTIVE',
    syncedAt: '2026-11-21T00:00:00.000Z',
  };
  const broken = {
    id: 'c2',
    connectedAccountId: 'a2',
    isSyncEnabled: true,
    syncStatus: 'FAILED_INSUFFICIENT_PERMISSIONS',
    syncStageStartedAt: '2026-11-21T01:00:00.000Z',
    throttleFailureCount: 3,
  };

  test('a mailbox with a password and one of Google, without their tokens and passwords', async () => {
    const learned: string[] = [];
    const server = await startTwenty({
      lists: { connectedAccounts: [imap, google], messageChannels: [channel, broken] },
    });
    ending.push(server.stop);
    const session = openSession(twenty, { secret: apiKey, url: server.url }, ending, (secret) => learned.push(secret));
    const reply = await session.answer('mail', never);
    expect(answered(reply).accounts).toEqual([
      {
        id: 'a1',
        name: 'sales@example.co.jp',
        address: 'sales@example.co.jp',
        from: 'sales@example.co.jp',
        services: {
          smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls', username: 'sales', login: 'password' },
          imap: {
            host: 'imap.example.co.jp',
            port: 993,
            security: 'tls',
            username: 'sales@example.co.jp',
            login: 'password',
          },
        },
        enabled: true,
        place: { en: 'Settings > Accounts > sales@example.co.jp', ja: '設定 > アカウント > sales@example.co.jp' },
        lastGood: '2026-11-21T00:00:00.000Z',
        writable: [],
      },
      expect.objectContaining({
        id: 'a2',
        services: {},
        oauth: { provider: 'google', state: 'expired' },
        lastError: { says: 'FAILED_INSUFFICIENT_PERMISSIONS', at: '2026-11-21T01:00:00.000Z' },
        failures: 3,
      }),
    ]);
    expect(JSON.stringify(reply)).not.toMatch(/hunter2|never-shown/);
    expect(learned).toEqual(['hunter2-imap', 'hunter2-smtp']);
    expect(server.forbidden).toEqual([]);
  });

  test('settings are not asked for where no account has a password', async () => {
    const { session, server } = await open({ lists: { connectedAccounts: [google], messageChannels: [broken] } });
    answered(await session.answer('mail', never));
    expect(server.log.requests).toHaveLength(2);
  });

  test('a version that does not show the accounts says where they are', async () => {
    const reply = await (await open()).session.answer('mail', never);
    expect(reply).toMatchObject({ kind: 'not-offered', why: { ja: expect.stringContaining('設定 > アカウント') } });
  });

  test('a refused key is none of that', async () => {
    const { session } = await open({}, { secret: 'x' });
    expect(failureOf(await session.answer('mail', never))).toMatchObject({ kind: 'auth', code: 'UNAUTHENTICATED' });
  });
});

test('runs and members', async () => {
  const members = Array.from({ length: 70 }, (_, at) => ({ id: `m${at}`, userEmail: `m${at}@example.co.jp` }));
  const { session } = await open({
    lists: {
      workspaceMembers: members,
      workflowRuns: [
        { id: 'r1', name: 'Notify', status: 'FAILED', startedAt: '2026-11-21T00:00:00.000Z', state: 'private' },
      ],
    },
  });
  expect(answered(await session.answer('users', never))).toHaveLength(70);
  expect(answered(await session.answer('runs', never))).toEqual([
    { workflow: 'Notify', at: '2026-11-21T00:00:00.000Z', state: 'failed', says: 'FAILED' },
  ]);
});

test('of many runs the newest are read, and that these are not all is said', async () => {
  const workflowRuns = Array.from({ length: 130 }, (_, at) => ({
    id: `r${at}`,
    name: `Run ${at}`,
    status: 'COMPLETED',
    createdAt: new Date(Date.UTC(2026, 0, 1, at)).toISOString(),
  }));
  const { session } = await open({ lists: { workflowRuns } });
  const reply = await session.answer('runs', never);
  expect(answered(reply)).toHaveLength(120);
  expect(answered(reply)[0]).toMatchObject({ workflow: 'Run 129' });
  expect(gapsOf(reply)).toEqual(['only the newest runs, about 120']);
});

test.each(['jobs', 'queue', 'log', 'workflows'] as const)('%s: not told, and where to look', async (question) => {
  const { session, server } = await open();
  expect((await session.answer(question, never)).kind).toBe('not-offered');
  expect(twenty.answers[question]).not.toBe(true);
  expect(server.log.requests).toEqual([]);
});

test('the schema is read as a schema file', async () => {
  const { session } = await open({
    objects: [
      {
        nameSingular: 'person',
        labelSingular: 'Person',
        isActive: true,
        fields: [
          { name: 'stage', type: 'SELECT', label: 'Stage', options: [{ value: 'NEW', label: 'New' }] },
          { name: 'emails', type: 'EMAILS' },
          { name: 'accessToken', type: 'TEXT' },
        ],
      },
      { nameSingular: 'apiKey', isActive: true, fields: [] },
    ],
  });
  const read = readSchemaFile(answered(await session.answer('schema', never)).text, 'twenty.json');
  if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
  expect([...(read.schema.objects?.keys() ?? [])]).toEqual(['person']);
  const fields = read.schema.objects?.get('person')?.fields;
  expect(fields?.get('stage')?.choices?.map(({ value }) => value)).toEqual(['NEW']);
  expect(fields?.get('emails')?.type).toBe('email');
  expect(fields?.has('accessToken')).toBe(false);
});

describe('records', () => {
  const people = Array.from({ length: 130 }, (_, at) => ({
    id: `p${String(at).padStart(3, '0')}`,
    city: `C${at}`,
    refreshToken: 'never-shown',
    updatedAt: at < 100 ? '2026-01-01T00:00:00.000Z' : '2026-11-20T00:00:00.000Z',
  }));

  test('all pages after one another', async () => {
    const { session } = await open({ records: { people } });
    const { records, pages } = await recordsOf(session, { type: 'contacts' });
    expect(records).toHaveLength(130);
    expect(pages).toBe(3);
    expect(JSON.stringify(records)).not.toContain('never-shown');
  });

  test('only what changed, and named fields', async () => {
    const { session } = await open({ records: { people } });
    const { records } = await recordsOf(session, { type: 'people', fields: ['city'], since: '2026-11-01T00:00:00Z' });
    expect(records).toHaveLength(30);
    expect(records[0]).toEqual({ id: 'p100', city: 'C100' });
  });

  test.each([
    ['what is not there', 'nothings', { kind: 'not-found' }],
    ['what holds tokens', 'connectedAccounts', { kind: 'config' }],
    ['what is no name', 'a/b', { kind: 'config' }],
  ])('%s', async (_, type, failure) => {
    expect((await recordsOf((await open({ records: { people } })).session, { type })).failure).toMatchObject(failure);
  });
});
