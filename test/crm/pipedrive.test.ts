import { afterEach, describe, expect, test } from '@jest/globals';
import { type PipedriveOptions, pipedriveToken, startPipedrive } from '../../fixtures/crm/pipedrive.server.ts';
import { pipedrive } from '../../src/crm/pipedrive.connector.ts';
import { crmQuestions } from '../../src/model/crm/answers.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: PipedriveOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startPipedrive(options);
  ending.push(server.stop);
  const session = openSession(pipedrive, { secret: pipedriveToken, ...wishes, url: server.url }, ending);
  return { session, server };
};

const entered = async (options: PipedriveOptions = {}) => {
  const opened = await open(options);
  answered(await opened.session.identity(never));
  return opened;
};

test('who it is', async () => {
  expect(answered(await (await open()).session.identity(never))).toMatchObject({
    product: 'pipedrive',
    api: { used: 'v2' },
    user: { login: 'api@acme.example', admin: true },
    timeZone: 'Asia/Tokyo',
  });
  expect(answered(await (await open({ daily: 5 })).session.identity(never)).complaints).toEqual([
    'daily API budget: 5 left',
  ]);
});

describe('why it does not let us in', () => {
  const failure = async (options: PipedriveOptions, wishes: Partial<Wishes> = {}) =>
    failureOf(await (await open(options, wishes)).session.identity(never));

  test('another token is tried once', async () => {
    const { session, server } = await open({}, { secret: 'x' });
    expect(failureOf(await session.identity(never))).toMatchObject({
      kind: 'auth',
      status: 401,
      says: 'unauthorized access',
    });
    expect(server.log.requests).toEqual(['GET /api/v1/users/me']);
  });

  test('the secret of an app is no token, and is sent nowhere', async () => {
    const { session, server } = await open({}, { clientId: 'c', secret: 's' });
    expect(failureOf(await session.identity(never))).toMatchObject({
      kind: 'config',
      needs: { en: expect.stringContaining('crm.clientId') },
    });
    expect(server.log.requests).toEqual([]);
  });

  test.each([
    [402, 'Your subscription has ended', 'api-off', 'Billing'],
    [403, 'Scope and URL mismatch', 'permission', ''],
    [410, 'This endpoint has been removed', 'api-off', 'version v1'],
    [429, 'request over limit', 'rate-limited', ''],
    [500, 'internal', 'server-error', ''],
  ] as const)('%d %s', async (status, error, kind, needs) => {
    const { kind: is, needs: wants } = await failure({ fails: [status, error] });
    expect(is).toBe(kind);
    expect(wants?.en ?? '').toContain(needs);
  });
});

test('the schema is one that the reader takes, with fields of the customer', async () => {
  const own = `${'d'.repeat(39)}1`;
  const { session } = await entered({
    personFields: [
      { field_code: 'name', field_type: 'varchar' },
      { field_code: 'org_id', field_type: 'org' },
      { field_code: own, field_type: 'enum', options: [{ id: 7, label: 'A' }] },
    ],
  });
  const reading = readSchemaFile(answered(await session.answer('schema', never)).text, 'crm');
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
  const persons = reading.schema.objects?.get('persons')?.fields;
  expect(persons?.get('org_id')).toMatchObject({ type: 'reference', to: ['organizations'] });
  expect(persons?.get(own)?.choices).toMatchObject([{ value: '7' }]);
});

test('users; an automation is nothing that the API tells', async () => {
  const { session } = await entered({ users: [{ id: 1, email: 'a@acme.example', active_flag: false, is_admin: 0 }] });
  expect(answered(await session.answer('users', never))).toEqual([
    { id: '1', login: 'a@acme.example', active: false, admin: false, roles: [] },
  ]);
  expect(await session.answer('workflows', never)).toMatchObject({ kind: 'not-offered' });
});

test('records come by cursor, since a time, and only what was asked for', async () => {
  const persons = Array.from({ length: 5 }, (_, n) => ({
    id: n,
    name: `n${n}`,
    emails: [],
    update_time: `2026-11-2${n}T00:00:00Z`,
  }));
  const { session } = await entered({ persons });
  expect(await recordsOf(session, { type: 'contacts' })).toMatchObject({ pages: 3, records: persons });
  const read = await recordsOf(session, { type: 'persons', fields: ['name'], since: '2026-11-23T00:00:00Z' });
  expect(read.records).toEqual([
    { id: 3, name: 'n3' },
    { id: 4, name: 'n4' },
  ]);
  expect((await recordsOf(session, { type: 'webhooks' })).failure?.kind).toBe('not-found');
});

test('no token stands in any answer or address', async () => {
  const { session, server } = await entered();
  const replies = [];
  for (const question of crmQuestions.filter((one) => one !== 'identity'))
    replies.push(await session.answer(question, never));
  expect(JSON.stringify(replies) + server.log.requests.join()).not.toContain(pipedriveToken);
});
