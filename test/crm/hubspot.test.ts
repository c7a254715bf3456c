import { afterEach, describe, expect, test } from '@jest/globals';
import { type HubspotOptions, hubspotToken, startHubspot } from '../../fixtures/crm/hubspot.server.ts';
import { hubspot } from '../../src/crm/hubspot.connector.ts';
import { crmQuestions } from '../../src/model/crm/answers.ts';
import type { CrmClient } from '../../src/model/crm/connector.ts';
import { hubspot as importer } from '../../src/workflow/hubspot.importer.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: HubspotOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startHubspot(options);
  ending.push(server.stop);
  const session = openSession(hubspot, { secret: hubspotToken, ...wishes, url: server.url }, ending);
  return { session, server };
};

const entered = async (options: HubspotOptions = {}) => {
  const opened = await open(options);
  answered(await opened.session.identity(never));
  return opened;
};

const client = { id: 'c1', secret: 's1', refresh: 'r1' };

test('who it is: the account, its zone, the version that is asked', async () => {
  expect(answered(await (await open()).session.identity(never))).toMatchObject({
    product: 'hubspot',
    edition: 'STANDARD',
    api: { used: '2026-03', newest: '2026-09' },
    timeZone: 'Asia/Tokyo',
    clock: { theirs: expect.any(String) },
  });
});

test('calls of the day that are nearly used up are a complaint', async () => {
  const complaints = async (dailyLeft: number) =>
    answered(await (await open({ dailyLeft })).session.identity(never)).complaints;
  expect(await complaints(300)).toEqual(['X-HubSpot-RateLimit-Daily: 300 of 250000 left']);
  expect(await complaints(100_000)).toBeUndefined();
});

test('an app signs in with its refresh token, once', async () => {
  const { session, server } = await open({ client }, { clientId: 'c1', secret: 's1 r1' });
  answered(await session.identity(never));
  expect(server.log.requests).toEqual(['POST /oauth/v1/token', 'GET /account-info/2026-03/details']);
});

test('an app without a refresh token is told what is lacking, and nothing is asked', async () => {
  const { session, server } = await open({ client }, { clientId: 'c1', secret: 's1' });
  expect(failureOf(await session.identity(never))).toMatchObject({
    kind: 'config',
    needs: { en: expect.stringContaining('refresh token') },
  });
  expect(server.log.requests).toEqual([]);
});

describe('why it does not let us in', () => {
  const failure = async (options: HubspotOptions, wishes: Partial<Wishes> = {}) =>
    failureOf(await (await open(options, wishes)).session.identity(never));

  test.each([
    ['another key', {}, { secret: 'pat-na1-other' }, 'auth'],
    ['a refresh token that is not valid any more', { client }, { clientId: 'c1', secret: 's1 r2' }, 'key-expired'],
    ['another client secret', { client }, { clientId: 'c1', secret: 's2 r1' }, 'auth'],
    ['another client id', { client }, { clientId: 'c2', secret: 's1 r1' }, 'config'],
  ] as const)('%s', async (_, options, wishes, kind) => {
    expect((await failure(options, wishes)).kind).toBe(kind);
  });

  test.each([
    [
      401,
      { status: 'error', category: 'EXPIRED_AUTHENTICATION', message: 'The OAuth token expired 3 hours ago' },
      'key-expired',
    ],
    [
      429,
      { status: 'error', errorType: 'RATE_LIMIT', policyName: 'DAILY', message: 'You have reached your daily limit.' },
      'rate-limited',
    ],
    [477, { status: 'error', message: 'account is being migrated' }, 'maintenance'],
    [410, { status: 'error', message: 'gone' }, 'api-off'],
    [500, { status: 'error', message: 'internal error' }, 'server-error'],
  ] as const)('%d %j', async (status, body, kind) => {
    expect((await failure({ fails: [status, body] })).kind).toBe(kind);
  });

  test('a retired version is named', async () => {
    expect((await failure({ fails: [410, { status: 'error', message: '' }] })).needs?.en).toContain('2026-03');
  });

  test('a daily limit says which one it is', async () => {
    const body = { status: 'error', errorType: 'RATE_LIMIT', policyName: 'DAILY', message: 'x' };
    expect((await failure({ fails: [429, body] })).says).toBe('DAILY: x');
  });
});

test('the vendor is asked at its own host, whatever page of it is configured, and a gateway at its own', async () => {
  const seen: string[] = [];
  const spy: CrmClient = {
    ask: async ({ path }) => {
      seen.push(path);
      return { kind: 'failed', failure: { kind: 'timeout', what: path, says: '' } };
    },
    printable: (text) => text,
  };
  const access = {
    secret: () => hubspotToken,
    learn: () => undefined,
    settings: async () => undefined,
    now: () => new Date(),
  };
  for (const url of ['https://app-eu1.hubspot.com', 'https://crm-gateway.acme.example', 'https://nothubspot.com']) {
    await hubspot.open({ ...access, url }, spy).identity(never);
  }
  expect(seen).toEqual([
    'https://api.hubapi.com/account-info/2026-03/details',
    '/account-info/2026-03/details',
    '/account-info/2026-03/details',
  ]);
});

const flow = {
  id: '42',
  name: 'Welcome',
  isEnabled: true,
  flowType: 'WORKFLOW',
  type: 'CONTACT_FLOW',
  objectTypeId: '0-1',
  revisionId: '3',
  startActionId: '1',
  nextAvailableActionId: '2',
  actions: [
    {
      actionId: '1',
      actionTypeId: '0-1',
      actionTypeVersion: 0,
      type: 'SINGLE_CONNECTION',
      fields: { delta: '10', time_unit: 'MINUTES' },
    },
  ],
  enrollmentCriteria: { type: 'EVENT_BASED', shouldReEnroll: true, eventFilterBranches: [] },
};

test('workflows come in the form that the importer reads', async () => {
  const { session } = await entered({
    flows: [flow, { ...flow, id: '43', name: 'Hidden', sensitive: true }, { ...flow, id: '44', name: 'Third' }],
  });
  const reply = await session.answer('workflows', never);
  expect(answered(reply)).toMatchObject([
    {
      path: 'hubspot/flows/42.json',
      name: 'Welcome',
      url: 'https://app-na2.hubspot.com/workflows/1234/platform/flow/42/edit',
    },
    { name: 'Third' },
  ]);
  const source = { file: 'hubspot/flows/42.json', text: answered(reply)[0]?.text ?? '' };
  expect(importer.recognises(source)).toBe(true);
  expect(importer.read(source).workflows).toMatchObject([
    { id: '42', object: { name: 'contact' }, status: 'active', steps: [{ id: '1' }] },
  ]);
  expect(gapsOf(reply)).toContainEqual(expect.stringContaining('Hidden'));
});

test('a scope that is lacking is named as HubSpot calls it', async () => {
  const { session } = await entered({ lacks: ['automation', 'crm.objects.owners.read'] });
  expect(failureOf(await session.answer('workflows', never))).toMatchObject({
    kind: 'permission',
    needs: { en: expect.stringContaining('the scope automation') },
  });
  expect(failureOf(await session.answer('users', never)).needs?.ja).toContain('スコープ crm.objects.owners.read');
});

test('the schema is one that the reader takes; what the key may not see is named', async () => {
  const option = (value: string, hidden = false) => ({ label: value, value, hidden });
  const { session } = await entered({
    lacks: ['crm.schemas.leads.read'],
    schemas: [{ objectTypeId: '2-77', name: 'car' }],
    properties: {
      contacts: [
        { name: 'email', type: 'string', fieldType: 'text', hasUniqueValue: true },
        {
          name: 'lifecyclestage',
          type: 'enumeration',
          fieldType: 'radio',
          options: [option('lead'), option('old', true)],
        },
        { name: 'tags', type: 'enumeration', fieldType: 'checkbox', options: [option('a')] },
        {
          name: 'hubspot_owner_id',
          type: 'enumeration',
          fieldType: 'select',
          externalOptions: true,
          referencedObjectType: 'OWNER',
        },
        { name: 'score', type: 'number', fieldType: 'calculation_equation', calculated: true },
      ],
      '2-77': [{ name: 'plate', type: 'string', fieldType: 'text' }],
    },
  });
  const reply = await session.answer('schema', never);
  const reading = readSchemaFile(answered(reply).text, 'crm');
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
  const contact = reading.schema.objects?.get('contact')?.fields;
  expect(contact?.get('email')).toMatchObject({ type: 'email', unique: true });
  expect(contact?.get('lifecyclestage')?.choices).toMatchObject([{ value: 'lead' }, { value: 'old', active: false }]);
  expect(contact?.get('tags')?.type).toBe('multipicklist');
  expect(contact?.get('hubspot_owner_id')).toMatchObject({ type: 'reference', to: ['User'] });
  expect(contact?.get('score')?.readOnly).toBe(true);
  expect(reading.schema.objects?.get('2-77')?.fields.has('plate')).toBe(true);
  expect(gapsOf(reply)).toEqual([expect.stringContaining('leads')]);
});

test('users are the owners of records, those who left too', async () => {
  const { session } = await entered({
    owners: [
      { id: '1', email: 'a@acme.example', archived: false, teams: [{ name: 'Sales' }] },
      { id: '2', email: 'b@acme.example', archived: true },
    ],
  });
  expect(answered(await session.answer('users', never))).toMatchObject([
    { login: 'a@acme.example', active: true, roles: ['Sales'] },
    { login: 'b@acme.example', active: false },
  ]);
});

describe('records', () => {
  const contacts = Object.fromEntries(
    Array.from({ length: 5 }, (_, n) => [
      `${n + 8}`,
      { lastmodifieddate: `2026-11-2${n}T00:00:00.000Z`, ...(n === 4 ? { archived: true as const } : {}) },
    ]),
  );
  const properties = { contacts: [{ name: 'email' }, { name: 'api_token' }] };

  test('are listed page by page, without what may hold a secret', async () => {
    const { session, server } = await entered({ contacts, properties });
    const read = await recordsOf(session, { type: 'contacts' });
    expect(read.records.map(({ id }) => id)).toEqual(['8', '9', '10', '11']);
    expect(read.pages).toBe(2);
    expect(server.log.requests.join('\n')).not.toContain('api_token');
  });

  test('since a time they are searched by id, each search with one page, in the order of numbers', async () => {
    const { session, server } = await entered({ contacts });
    const read = await recordsOf(session, {
      type: 'contacts',
      fields: ['email'],
      since: '2026-11-21T00:00:00Z',
      pageSize: 1,
    });
    expect(read.records.map(({ id }) => id)).toEqual(['9', '10', '11']);
    expect(server.log.requests.filter((one) => one.startsWith('POST'))).toHaveLength(4);
  });

  test('archived ones come behind', async () => {
    const { session } = await entered({ contacts });
    const read = await recordsOf(session, {
      type: 'contacts',
      fields: ['email'],
      since: '2026-11-22T00:00:00Z',
      includeArchived: true,
    });
    expect(read.records.map(({ id, archived }) => [id, archived])).toEqual([
      ['10', false],
      ['11', false],
      ['12', true],
    ]);
  });
});

test('what HubSpot does not tell is said with a place to look, and no token stands in any answer', async () => {
  const { session } = await entered();
  const replies = [];
  for (const question of crmQuestions.filter((one) => one !== 'identity'))
    replies.push(await session.answer(question, never));
  expect(replies.filter(({ kind }) => kind === 'not-offered')).toHaveLength(5);
  expect(JSON.stringify(replies)).not.toContain(hubspotToken);
});
