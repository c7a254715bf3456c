import { afterEach, describe, expect, test } from '@jest/globals';
import { type DynamicsOptions, dynamicsToken, startDynamics } from '../../fixtures/crm/dynamics.server.ts';
import { dynamics } from '../../src/crm/dynamics.connector.ts';
import { crmQuestions } from '../../src/model/crm/answers.ts';
import { powerAutomate } from '../../src/workflow/power-automate.importer.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: DynamicsOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startDynamics(options);
  ending.push(server.stop);
  const session = openSession(dynamics, { secret: dynamicsToken, ...wishes, url: server.url }, ending);
  return { session, server };
};

const entered = async (options: DynamicsOptions = {}) => {
  const opened = await open(options);
  answered(await opened.session.identity(never));
  return opened;
};

const client = { tenant: 'acme.example', id: 'app', secret: 's1' };
const known = { tenant: 'acme.example', clientId: 'app', secret: 's1' };

test('who it is, signed in as an application', async () => {
  const { session, server } = await open({ client }, known);
  expect(answered(await session.identity(never))).toMatchObject({
    product: 'dynamics',
    version: '9.2.24103.196',
    user: { login: 'app@acme.example', admin: true },
  });
  expect(server.log.requests[0]).toBe('POST /acme.example/oauth2/v2.0/token');
});

describe('why it does not let us in', () => {
  const failure = async (options: DynamicsOptions, wishes: Partial<Wishes> = {}) =>
    failureOf(await (await open(options, wishes)).session.identity(never));

  test.each([
    ['no tenant', { clientId: 'app' }, 'config', 'crm.tenant'],
    ['another tenant', { ...known, tenant: 'other.example' }, 'config', 'crm.tenant'],
    ['another app', { ...known, clientId: 'other' }, 'config', 'crm.clientId'],
    ['another secret', { ...known, secret: 's2' }, 'auth', undefined],
  ] as const)('%s', async (_, wishes, kind, needs) => {
    const { kind: is, needs: wants } = await failure({ client }, wishes);
    expect(is).toBe(kind);
    expect(wants?.en ?? '').toContain(needs ?? '');
  });

  test.each([
    ['AADSTS7000222: The provided client secret keys for app are expired.', 'key-expired'],
    ['AADSTS500133: Assertion is not within its valid time range.', 'clock'],
    ['AADSTS700024: Client assertion is not within its valid time range.', 'clock'],
    ['AADSTS53003: Access has been blocked by Conditional Access policies.', 'permission'],
  ] as const)('%s', async (says, kind) => {
    const refuses = [401, { error: 'invalid_client', error_description: `${says} Trace ID: 12 Timestamp: x` }] as const;
    expect(await failure({ refuses }, known)).toMatchObject({
      kind,
      code: says.split(':')[0],
      says: says.replace(/^\w+: /, ''),
    });
  });

  test.each([
    ['Bearer error="invalid_token", error_description="The token is expired"', 'key-expired'],
    ['Bearer error="invalid_token", error_description="The token is not yet valid"', 'clock'],
    ['Bearer authorization_uri=https://login.microsoftonline.com/x', 'auth'],
  ] as const)('a token that is refused with %s', async (challenge, kind) => {
    expect((await failure({ challenge }, { secret: 'x' })).kind).toBe(kind);
  });

  test.each([
    [429, '0x80072322', 'Number of requests exceeded the limit of 6000', 'rate-limited', undefined],
    [403, '0x80040220', 'Principal user is missing prvReadUser privilege', 'permission', 'prvReadUser'],
    [403, '0x80072560', 'The user is not a member of the organization.', 'permission', 'Application users'],
    [500, '0x80040216', 'An unexpected error occurred.', 'server-error', undefined],
  ] as const)('%d %s', async (status, code, says, kind, needs) => {
    const { kind: is, needs: wants } = await failure({ fails: [status, code, says] });
    expect(is).toBe(kind);
    expect(wants?.en ?? '').toContain(needs ?? '');
  });
});

const profile = {
  emailserverprofileid: 'p1',
  name: 'Mail',
  servertype: 1,
  statecode: 0,
  incomingserverlocation: 'pop.acme.example',
  incomingportnumber: 995,
  incomingusessl: true,
  incomingcredentialretrieval: 0,
  incomingpassword: 'never',
  outgoingserverlocation: 'smtp.acme.example',
  outgoingportnumber: 587,
  outgoingusessl: true,
  outgoingusername: 'relay',
  outgoingcredentialretrieval: 1,
};
const mailbox = {
  mailboxid: 'm1',
  name: 'Support',
  emailaddress: 'support@acme.example',
  username: 'support',
  password: 'never',
  statecode: 0,
  incomingemaildeliverymethod: 2,
  outgoingemaildeliverymethod: 2,
  incomingemailstatus: 1,
  outgoingemailstatus: 1,
  emailrouteraccessapproval: 1,
  testmailboxaccesscompletedon: '2026-11-20T00:00:00Z',
  _emailserverprofile_value: 'p1',
};

describe('mail', () => {
  const accounts = async (more: object, rows: object = {}) => {
    const { session, server } = await entered({
      rows: {
        emailserverprofiles: [profile, { ...profile, emailserverprofileid: 'p2', servertype: 3 }],
        mailboxes: [{ ...mailbox, ...more }],
        ...rows,
      },
    });
    const reply = await session.answer('mail', never);
    return { account: answered(reply).accounts[0], reply, server };
  };

  test('a mailbox takes the settings of its profile, and no password is asked for', async () => {
    const { account, server } = await accounts({});
    expect(account).toMatchObject({
      address: 'support@acme.example',
      services: {
        pop3: { host: 'pop.acme.example', port: 995, security: 'tls', username: 'support', login: 'password' },
        smtp: { host: 'smtp.acme.example', port: 587, security: 'starttls', username: 'relay' },
      },
      enabled: true,
      lastGood: '2026-11-20T00:00:00.000Z',
    });
    expect(account).not.toHaveProperty('lastError');
    expect(account).not.toHaveProperty('unused');
    expect(server.log.requests.join('\n')).not.toMatch(/password|subject|description/i);
  });

  test('one whose test failed says why; one that was never tested, or not approved, is not used', async () => {
    const tracelogs = [
      {
        text: 'The mailbox could not sign in',
        level: 3,
        createdon: '2026-11-21T00:00:00Z',
        _regardingobjectid_value: 'm1',
      },
    ];
    const failed = (await accounts({ outgoingemailstatus: 2 }, { tracelogs })).account;
    expect(failed).toMatchObject({
      lastError: { says: 'The mailbox could not sign in', at: '2026-11-21T00:00:00.000Z' },
    });
    expect(failed).not.toHaveProperty('lastGood');
    expect((await accounts({ incomingemailstatus: 0 })).account?.unused?.en).toContain('Test & Enable');
    expect((await accounts({ emailrouteraccessapproval: 2 })).account?.unused?.en).toContain('Approve');
  });

  test('Exchange is reached by other means than mail protocols, which is said', async () => {
    const { account, reply } = await accounts({ _emailserverprofile_value: 'p2' });
    expect(account?.services).toEqual({});
    expect(gapsOf(reply)).toContainEqual(expect.stringContaining('Exchange'));
  });
});

test('jobs, queue, log, users and runs', async () => {
  const { session } = await entered({
    hidden: ['flowruns'],
    rows: {
      asyncoperations: [
        {
          asyncoperationid: 'a1',
          name: 'Cleanup',
          operationtype: 25,
          statuscode: 10,
          recurrencepattern: 'FREQ=DAILY',
          startedon: '2026-11-25T00:00:00Z',
        },
        {
          asyncoperationid: 'a2',
          name: 'Notify',
          operationtype: 10,
          statuscode: 31,
          friendlymessage: 'no such template',
          createdon: '2026-11-25T00:00:00Z',
          completedon: '2026-11-25T00:00:00Z',
        },
      ],
      emails: [
        {
          activityid: 'e1',
          statuscode: 6,
          createdon: '2026-11-24T00:00:00Z',
          torecipients: 'a@x.example;',
          subject: 'private',
        },
        { activityid: 'e2', statuscode: 8, createdon: '2026-11-25T00:00:00Z', torecipients: 'b@y.example;' },
      ],
      tracelogs: [{ text: 'Mailbox disabled', level: 2, createdon: '2026-11-26T00:00:00Z' }],
      systemusers: [
        {
          systemuserid: 'u1',
          domainname: 'a@acme.example',
          isdisabled: true,
          accessmode: 0,
          systemuserroles_association: [{ name: 'Salesperson' }],
        },
        { systemuserid: 'u2', domainname: 'support', accessmode: 3 },
      ],
    },
  });
  expect(answered(await session.answer('jobs', never)).jobs).toMatchObject([
    { name: 'Cleanup', active: true, state: 'waiting' },
  ]);
  expect(answered(await session.answer('queue', never))).toMatchObject({
    waiting: 1,
    failed: 1,
    oldestWaiting: '2026-11-24T00:00:00.000Z',
    messages: [
      { state: 'failed', to: 'y.example' },
      { state: 'waiting', to: 'x.example' },
    ],
  });
  expect(answered(await session.answer('log', never)).lines).toMatchObject([
    { level: 'warning', source: 'TraceLog', text: 'Mailbox disabled' },
    { level: 'error', source: 'AsyncOperation', text: 'Notify: no such template' },
  ]);
  expect(answered(await session.answer('users', never))).toEqual([
    { id: 'u1', login: 'a@acme.example', active: false, roles: ['Salesperson'] },
  ]);
  const runs = await session.answer('runs', never);
  expect(answered(runs)).toMatchObject([{ workflow: 'Notify', state: 'failed', says: 'no such template' }]);
  expect(gapsOf(runs)).toContainEqual(expect.stringContaining('flowruns'));
});

test('cloud flows come in the form that the importer reads, with their name and state', async () => {
  const id = '7a1b2c3d-0000-4000-8000-0123456789ab';
  const clientdata = JSON.stringify({
    properties: {
      connectionReferences: {},
      definition: {
        triggers: { manual: { type: 'Request', kind: 'Button' } },
        actions: { Say: { type: 'Compose', inputs: 'x', runAfter: {} } },
      },
    },
    schemaVersion: '1.0.0.0',
  });
  const flow = { workflowid: id, name: 'Order / 承認', statecode: 0, clientdata, category: 5, type: 1 };
  const { session } = await entered({
    rows: {
      workflows: [
        flow,
        { ...flow, workflowid: id.replace('7a', '8a'), clientdata: '['.repeat(100_000) },
        { ...flow, category: 0 },
      ],
    },
  });
  const reply = await session.answer('workflows', never);
  const [definition, ...others] = answered(reply);
  expect(others).toEqual([]);
  const source = { file: definition?.path ?? '', text: definition?.text ?? '' };
  expect(source.file).toBe(`dynamics/Workflows/Order _ 承認-${id.toUpperCase()}.json`);
  expect(powerAutomate.recognises(source)).toBe(true);
  expect(powerAutomate.read(source).workflows).toMatchObject([
    { id: 'Order _ 承認', label: { ja: 'Order / 承認' }, status: 'inactive', steps: [{ id: 'Say' }] },
  ]);
  expect(gapsOf(reply)).toContainEqual(expect.stringContaining('1 classic'));
  expect(gapsOf(reply)).toContainEqual(expect.stringContaining('1 flows could not be read'));
});

const attribute = (LogicalName: string, AttributeType: string, more: object = {}) => ({
  LogicalName,
  AttributeType,
  IsValidForRead: true,
  IsValidForCreate: true,
  IsValidForUpdate: true,
  ...more,
});
const definitions = [
  {
    LogicalName: 'contact',
    EntitySetName: 'contacts',
    IsCustomEntity: false,
    Attributes: [
      attribute('fullname', 'String'),
      attribute('parentcustomerid', 'Customer'),
      attribute('parentcustomeridname', 'String', { AttributeOf: 'parentcustomerid' }),
      attribute('emailaddress1', 'String'),
      attribute('entityimage', 'Virtual'),
      attribute('modifiedon', 'DateTime', { IsValidForCreate: false, IsValidForUpdate: false }),
    ],
  },
  { LogicalName: 'msdyn_thing', EntitySetName: 'msdyn_things', IsCustomEntity: true, Attributes: [] },
];

test('the schema is one that the reader takes', async () => {
  const { session } = await entered({ rows: { EntityDefinitions: definitions } });
  const reading = readSchemaFile(answered(await session.answer('schema', never)).text, 'crm');
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
  expect([...(reading.schema.objects?.keys() ?? [])]).toEqual(['contact']);
  const fields = reading.schema.objects?.get('contact')?.fields;
  expect(fields?.get('modifiedon')).toMatchObject({ type: 'datetime', readOnly: true });
  expect(fields?.get('parentcustomerid')?.type).toBe('reference');
  expect(fields?.has('parentcustomeridname')).toBe(false);
});

test('records follow the next link within the API, whatever host it names', async () => {
  const contacts = Array.from({ length: 5 }, (_, n) => ({
    contactid: `c${n}`,
    fullname: `n${n}`,
    modifiedon: `2026-11-2${n}T00:00:00.000Z`,
  }));
  const { session, server } = await entered({ rows: { EntityDefinitions: definitions, contacts }, perPage: 2 });
  const read = await recordsOf(session, { type: 'contacts' });
  expect(read).toMatchObject({
    pages: 3,
    records: contacts.map(({ fullname, modifiedon }) => ({ fullname, modifiedon })),
  });
  expect(server.log.requests.join('\n')).toContain('_parentcustomerid_value');
  const since = await recordsOf(session, { type: 'contacts', fields: ['fullname'], since: '2026-11-23T00:00:00Z' });
  expect(since.records).toEqual([{ fullname: 'n3' }, { fullname: 'n4' }]);
});

test('no token stands in any answer', async () => {
  const { session } = await entered({ rows: { mailboxes: [mailbox], emailserverprofiles: [profile] } });
  const replies = [];
  for (const question of crmQuestions.filter((one) => one !== 'identity'))
    replies.push(await session.answer(question, never));
  expect(JSON.stringify(replies)).not.toContain(dynamicsToken);
});
