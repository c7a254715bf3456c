import { afterEach, describe, expect, test } from '@jest/globals';
import { startZoho, type ZohoOptions, zohoToken } from '../../fixtures/crm/zoho.server.ts';
import { zoho } from '../../src/crm/zoho.connector.ts';
import { crmQuestions } from '../../src/model/crm/answers.ts';
import type { CrmClient } from '../../src/model/crm/connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { zoho as importer } from '../../src/workflow/zoho.importer.ts';
import { answered, failureOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: ZohoOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startZoho(options);
  ending.push(server.stop);
  const session = openSession(zoho, { secret: zohoToken, ...wishes, url: server.url }, ending);
  return { session, server };
};

const entered = async (options: ZohoOptions = {}) => {
  const opened = await open(options);
  answered(await opened.session.identity(never));
  return opened;
};

describe('who it is', () => {
  test.each([
    ['a token', {}, {}],
    ['a refresh token', { client: { id: 'c', secret: 's', refresh: 'r' } }, { clientId: 'c', secret: 's r' }],
    ['a self client', { client: { id: 'c', secret: 's', org: '77' } }, { clientId: 'c', secret: 's', database: '77' }],
  ] as const)('signed in with %s', async (_, options, wishes) => {
    expect(answered(await (await open(options, wishes)).session.identity(never))).toMatchObject({
      product: 'zoho',
      user: { login: 'api@acme.example', admin: true },
      timeZone: 'Asia/Tokyo',
      clock: { theirs: expect.any(String) },
    });
  });

  test('an allowance that is nearly used up is a complaint', async () => {
    expect(answered(await (await open({ creditsLeft: 40 })).session.identity(never)).complaints).toEqual([
      'X-API-CREDITS-REMAINING: 40',
    ]);
  });
});

test.each([
  ['https://crm.zoho.jp/crm/org1', undefined, 'https://accounts.zoho.jp/oauth/v2/token'],
  ['https://crm.zoho.com.au', undefined, 'https://accounts.zoho.com.au/oauth/v2/token'],
  ['https://www.zohoapis.com', 'eu', 'https://accounts.zoho.eu/oauth/v2/token'],
  ['https://crm.zohocloud.ca', undefined, 'https://accounts.zohocloud.ca/oauth/v2/token'],
  ['https://gateway.acme.example', 'eu', '/oauth/v2/token'],
])('%s signs in at its own data centre', async (url, tenant, expected) => {
  const seen: string[] = [];
  const spy: CrmClient = {
    ask: async ({ path }) => {
      seen.push(path);
      return { kind: 'failed', failure: { kind: 'timeout', what: path, says: '' } };
    },
    printable: (text) => text,
  };
  const access = {
    url,
    clientId: 'c',
    secret: () => 's r',
    learn: () => undefined,
    settings: async () => undefined,
    now: () => new Date(),
  };
  await zoho.open(tenant === undefined ? access : { ...access, tenant }, spy).identity(never);
  expect(seen).toEqual([expected]);
});

describe('why it does not let us in', () => {
  const failure = async (options: ZohoOptions, wishes: Partial<Wishes> = {}) =>
    failureOf(await (await open(options, wishes)).session.identity(never));
  const client = { id: 'c', secret: 's', refresh: 'r' };

  test.each([
    ['a token that has ended', {}, { secret: zohoToken.replace('a1', 'c3') }, 'key-expired'],
    ['what is no token', {}, { secret: 'password' }, 'auth'],
    ['a client of another data centre', { client }, { clientId: 'x', secret: 's r' }, 'auth'],
    ['a refresh token that died', { client }, { clientId: 'c', secret: 's q' }, 'key-expired'],
    ['a self client without its organisation', { client }, { clientId: 'c', secret: 's' }, 'config'],
    [
      'too many logins',
      { refuses: { error: 'Access Denied', error_description: 'You have made too many requests continuously.' } },
      { clientId: 'c', secret: 's r' },
      'rate-limited',
    ],
  ] as const)('%s', async (_, options, wishes, kind) => {
    expect((await failure(options, wishes)).kind).toBe(kind);
  });

  test('a fresh token that is refused is none that has expired', async () => {
    const options = { client, fails: [401, 'INVALID_TOKEN', 'invalid oauth token'] } as const;
    expect((await failure(options, { clientId: 'c', secret: 's r' })).kind).toBe('auth');
  });

  test('the data centre is named where a client is not known', async () => {
    expect((await failure({ client }, { clientId: 'x', secret: 's r' })).needs?.en).toContain('data centre');
  });

  test.each([
    [401, 'OAUTH_SCOPE_MISMATCH', 'permission'],
    [429, 'TOO_MANY_REQUESTS', 'rate-limited'],
    [403, 'NO_PERMISSION', 'permission'],
    [400, 'API_NOT_SUPPORTED', 'api-off'],
    [500, 'INTERNAL_ERROR', 'server-error'],
  ] as const)('%d %s', async (status, code, kind) => {
    expect(await failure({ fails: [status, code, 'x'] })).toMatchObject({ kind, code });
  });
});

test('rules come in the form that the importer reads', async () => {
  const rule = {
    id: '11',
    name: '商談',
    module: { api_name: 'Deals' },
    execute_when: { type: 'create', details: { repeat: false } },
    status: { active: true },
    conditions: [
      { sequence_number: 1, instant_actions: { actions: [{ id: '5', name: 'Tell', type: 'email_notifications' }] } },
    ],
  };
  const { session } = await entered({ rules: [rule, { ...rule, id: '12' }, { ...rule, id: '13' }] });
  const definitions = answered(await session.answer('workflows', never));
  expect(definitions.map(({ path }) => path)).toEqual(['11', '12', '13'].map((id) => `zoho/workflow_rules/${id}.json`));
  const source = { file: 'zoho.json', text: definitions[0]?.text ?? '' };
  expect(importer.recognises(source)).toBe(true);
  expect(importer.read(source).workflows).toMatchObject([{ id: '11', object: { name: 'Deals' }, status: 'active' }]);
});

const fields = {
  Contacts: [
    { api_name: 'Email', data_type: 'email', length: 100 },
    { api_name: 'Last_Name', data_type: 'text', length: 80, system_mandatory: true },
    {
      api_name: 'Rank',
      data_type: 'picklist',
      pick_list_values: [
        { actual_value: 'A', type: 'used' },
        { actual_value: 'B', type: 'unused' },
      ],
    },
    { api_name: 'Account_Name', data_type: 'lookup', lookup: { module: { api_name: 'Accounts' } } },
    { api_name: 'Api_Token', data_type: 'text' },
  ],
};

test('the schema is one that the reader takes', async () => {
  const { session } = await entered({ fields });
  const reading = readSchemaFile(answered(await session.answer('schema', never)).text, 'crm');
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
  const contact = reading.schema.objects?.get('Contacts')?.fields;
  expect(contact?.get('Last_Name')).toMatchObject({ type: 'text', required: true, length: 80 });
  expect(contact?.get('Rank')?.choices).toMatchObject([{ value: 'A' }, { value: 'B', active: false }]);
  expect(contact?.get('Account_Name')?.to).toEqual(['Accounts']);
});

test('users, and the scope that is lacking by its name', async () => {
  const users = [
    { id: '1', email: 'a@acme.example', status: 'active', profile: { name: 'Standard' } },
    { id: '2', email: 'b@acme.example', status: 'disabled' },
  ];
  expect(answered(await (await entered({ users })).session.answer('users', never))).toMatchObject([
    { login: 'a@acme.example', active: true, roles: ['Standard'] },
    { login: 'b@acme.example', active: false },
  ]);
  const { session } = await entered({ lacks: ['/settings/automation'] });
  expect(failureOf(await session.answer('workflows', never)).needs?.en).toContain(
    'ZohoCRM.settings.workflow_rules.READ',
  );
});

describe('records', () => {
  const contacts = Array.from({ length: 5 }, (_, n) => ({
    id: `${n}`,
    Email: `n${n}@x.example`,
    Modified_Time: `2026-11-2${n}T00:00:00+00:00`,
  }));

  test('come by page token, with fields by name and none that may hold a secret; deleted ones behind', async () => {
    const { session, server } = await entered({ fields, contacts });
    const read = await recordsOf(session, { type: 'contacts', includeArchived: true });
    expect(read.records.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '99']);
    expect(server.log.requests.join('\n')).not.toContain('Api_Token');
  });

  test('since a time; nothing changed is nothing, and no failure', async () => {
    const { session } = await entered({ contacts });
    const since = (time: string) => recordsOf(session, { type: 'contacts', fields: ['Email'], since: time });
    expect((await since('2026-11-23T00:00:00Z')).records.map(({ id }) => id)).toEqual(['3', '4']);
    expect(await since('2026-12-01T00:00:00Z')).toEqual({ records: [], pages: 1 });
  });
});

test('no token stands in any answer', async () => {
  const { session } = await entered({ fields });
  const replies = [];
  for (const question of crmQuestions.filter((one) => one !== 'identity'))
    replies.push(await session.answer(question, never));
  expect(JSON.stringify(replies)).not.toContain(zohoToken);
});
