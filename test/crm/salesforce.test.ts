import { afterEach, describe, expect, test } from '@jest/globals';
import { type SalesforceOptions, salesforceToken, startSalesforce } from '../../fixtures/crm/salesforce.server.ts';
import { salesforce } from '../../src/crm/salesforce.connector.ts';
import { crmQuestions } from '../../src/model/crm/answers.ts';
import { salesforceImporter } from '../../src/workflow/salesforce.importer.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: SalesforceOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startSalesforce(options);
  ending.push(server.stop);
  const session = openSession(salesforce, { secret: salesforceToken, ...wishes, url: server.url }, ending);
  return { session, server };
};

const entered = async (options: SalesforceOptions = {}) => {
  const opened = await open(options);
  answered(await opened.session.identity(never));
  return opened;
};

const client = { id: '3MVG9.key', secret: 'clientsecret' };
const user = {
  Id: '0055g00000ABCDEAAZ',
  Username: 'api@acme.example',
  IsActive: true,
  UserType: 'Standard',
  TimeZoneSidKey: 'Asia/Tokyo',
  Profile: { Name: 'System Administrator', PermissionsModifyAllData: true },
  UserRole: null,
};

describe('who it is', () => {
  test('versions, user and edition; the newest version that is known here is used', async () => {
    const { session } = await open({
      rows: { User: [user], Organization: [{ OrganizationType: 'Enterprise Edition', IsSandbox: true }] },
    });
    expect(answered(await session.identity(never))).toMatchObject({
      product: 'salesforce',
      api: { used: '68.0', newest: '69.0' },
      edition: 'Enterprise Edition (sandbox)',
      user: { login: 'api@acme.example', admin: true },
      timeZone: 'Asia/Tokyo',
      clock: { theirs: expect.any(String) },
    });
  });

  test('a limit that is nearly used up is a complaint, one that is not is none', async () => {
    const limits = { DailyApiRequests: { Max: 15_000, Remaining: 12 }, SingleEmail: { Max: 5_000, Remaining: 4_000 } };
    const { session } = await open({ limits });
    expect(answered(await session.identity(never)).complaints).toEqual(['DailyApiRequests: 12 of 15000 left']);
    expect(answered(await (await open()).session.identity(never))).not.toHaveProperty('complaints');
  });

  test.each([
    ['client credentials', client, client.secret],
    ['a refresh token', { ...client, refresh: '5Aep861refresh' }, `${client.secret} 5Aep861refresh`],
  ])('signs in with %s', async (_, wanted, secret) => {
    const learned: string[] = [];
    const { session, server } = await open(
      { client: wanted },
      { clientId: client.id, secret, learn: (one) => void learned.push(one) },
    );
    answered(await session.identity(never));
    expect(learned).toContain(salesforceToken);
    expect(server.log.requests.filter((one) => one.includes('oauth2'))).toEqual(['POST /services/oauth2/token']);
  });
});

describe('why it does not let us in', () => {
  const failure = async (options: SalesforceOptions, wishes: Partial<Wishes> = {}) =>
    failureOf(await (await open(options, wishes)).session.identity(never));

  test.each([
    ['a token that was right once', {}, { secret: salesforceToken.replace('Fake', 'Gone') }, 'key-expired'],
    ['a password in place of a token', {}, { secret: 'password1' }, 'auth'],
    ['another key of the app', { client }, { clientId: 'other', secret: client.secret }, 'auth'],
    ['another secret', { client }, { clientId: client.id, secret: 'other' }, 'auth'],
    [
      'a refresh token that has ended',
      { client: { ...client, refresh: 'a' } },
      { clientId: client.id, secret: 'clientsecret b' },
      'key-expired',
    ],
  ] as const)('%s', async (_, options, wishes, kind) => {
    expect((await failure(options, wishes)).kind).toBe(kind);
  });

  test.each([
    [{ error: 'invalid_grant', error_description: 'no client credentials user enabled' }, 'api-off'],
    [{ error: 'invalid_grant', error_description: 'request not supported on this domain' }, 'config'],
    [{ error: 'invalid_grant', error_description: 'ip restricted or invalid login hours' }, 'permission'],
    [{ error: 'invalid_grant', error_description: 'user is locked out' }, 'locked-out'],
    [{ error: 'unsupported_grant_type', error_description: 'grant type not supported' }, 'api-off'],
  ] as const)('the login says %j', async (body, kind) => {
    expect((await failure({ refuses: [400, body] }, { clientId: client.id })).kind).toBe(kind);
  });

  test.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'rate-limited'],
    [403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner', 'api-off'],
    [403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User', 'api-off'],
    [404, 'UNSUPPORTED_API_VERSION', 'The requested API version is retired', 'api-off'],
    [403, 'INSUFFICIENT_ACCESS', 'insufficient access rights', 'permission'],
    [503, 'SERVER_UNAVAILABLE', 'Server is down for maintenance', 'maintenance'],
    [500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred', 'server-error'],
  ] as const)('%s %s', async (status, code, says, kind) => {
    expect(await failure({ fails: [status, code, says] })).toMatchObject({ kind, code, says, status });
  });

  test('a key of an app that signs in needs the right to use the API, which is named', async () => {
    expect(await failure({ fails: [403, 'API_CURRENTLY_DISABLED', ''] })).toMatchObject({
      needs: { en: expect.stringContaining('API Enabled') },
    });
  });

  test('the token is sent only once a Salesforce has answered', async () => {
    const { session, server } = await open({ versions: [] });
    expect(failureOf(await session.identity(never)).kind).toBe('not-this-crm');
    expect(server.log.requests).toEqual(['GET /services/data/']);
  });
});

const relay = {
  Id: '0Xa1',
  Host: 'relay.acme.example',
  Port: 587,
  TlsSetting: 'RequiredVerify',
  IsRequireAuth: true,
  Username: 'sf',
  Password: 'never',
};

describe('mail', () => {
  test('a relay is a mail account, whose password is not asked for', async () => {
    const { session, server } = await entered({
      rows: {
        EmailRelay: [
          relay,
          { ...relay, Id: '0Xa2', Host: 'old.acme.example', TlsSetting: 'Preferred', IsRequireAuth: false },
        ],
        EmailDomainFilter: [
          { EmailRelayId: '0Xa1', IsActive: true },
          { EmailRelayId: '0Xa2', IsActive: false },
        ],
        OrgWideEmailAddress: [{ Address: 'info@acme.example' }],
        EmailServicesFunction: [
          { Id: 'f1', IsActive: true },
          { Id: 'f2', IsActive: false },
        ],
        EmailServicesAddress: [
          { FunctionId: 'f1', LocalPart: 'case', EmailDomainName: 'x.apex.salesforce.com', IsActive: true },
          { FunctionId: 'f2', LocalPart: 'old', EmailDomainName: 'x.apex.salesforce.com', IsActive: true },
        ],
      },
    });
    const reply = await session.answer('mail', never);
    expect(answered(reply)).toMatchObject({
      accounts: [
        {
          id: '0Xa1',
          services: {
            smtp: { host: 'relay.acme.example', port: 587, security: 'starttls', username: 'sf', login: 'password' },
          },
          enabled: true,
        },
        {
          id: '0Xa2',
          services: { smtp: { verify: false, login: 'none' } },
          unused: { en: expect.stringContaining('filter') },
        },
      ],
      aliases: [
        { role: 'default-from', address: 'info@acme.example' },
        { role: 'queue', address: 'case@x.apex.salesforce.com' },
      ],
    });
    expect(answered(reply).accounts[0]).not.toHaveProperty('unused');
    expect(answered(reply).otherWay).not.toHaveProperty('outgoing');
    expect(gapsOf(reply)).toEqual([expect.stringContaining('Deliverability')]);
    expect(server.log.requests.join('\n')).not.toMatch(/password/i);
  });

  test('what this login may not see is named, and is not taken for empty', async () => {
    const { session } = await entered({ hidden: ['EmailRelay'], rows: {} });
    const reply = await session.answer('mail', never);
    expect(gapsOf(reply)).toContainEqual(expect.stringContaining('email relays'));
    expect(answered(reply)).not.toHaveProperty('outboundOff');
  });
});

test('jobs: a scheduled flow, one that stopped with an error, one that is paused', async () => {
  const job = { NextFireTime: '2026-11-27T00:00:00.000+0000', PreviousFireTime: '2026-11-26T00:00:00.000+0000' };
  const { session } = await entered({
    rows: {
      CronTrigger: [
        { ...job, Id: '08e1', State: 'WAITING', CronJobDetail: { Name: 'Nightly', JobType: '6' } },
        { ...job, Id: '08e2', State: 'ERROR', CronJobDetail: { Name: 'Sync', JobType: '7' } },
        { ...job, Id: '08e3', State: 'PAUSED', CronJobDetail: { Name: 'Report', JobType: '7' } },
      ],
    },
  });
  expect(answered(await session.answer('jobs', never)).jobs).toMatchObject([
    { name: 'Nightly', purpose: 'workflow', active: true, state: 'waiting', lastRun: '2026-11-26T00:00:00.000Z' },
    { name: 'Sync', active: false, state: 'failed' },
    { name: 'Report', active: false },
  ]);
});

test('the log joins failed Apex, flows and changes of the setup, newest first', async () => {
  const { session } = await entered({
    rows: {
      AsyncApexJob: [
        {
          Status: 'Failed',
          ApexClass: { Name: 'SendMail' },
          ExtendedStatus: 'SINGLE_EMAIL_LIMIT_EXCEEDED',
          CompletedDate: '2026-11-25T00:00:00.000+0000',
        },
      ],
      SetupAuditTrail: [
        {
          Section: 'Email Administration',
          Display: 'Changed access level to No access',
          CreatedDate: '2026-11-26T00:00:00.000+0000',
        },
      ],
    },
    hidden: ['FlowInterviewLogEntry'],
  });
  const log = answered(await session.answer('log', never));
  expect(log.lines).toMatchObject([
    { level: 'info', source: 'SetupAuditTrail', text: 'Email Administration: Changed access level to No access' },
    { level: 'error', source: 'AsyncApexJob', text: 'SendMail: SINGLE_EMAIL_LIMIT_EXCEEDED' },
  ]);
  expect(log.limits.map(({ en }) => en)).toContainEqual(expect.stringContaining('FlowInterviewLogEntry'));
});

const metadata = {
  label: 'Won & "done"',
  apiVersion: 67,
  description: null,
  processType: 'AutoLaunchedFlow',
  start: {
    locationX: 0,
    locationY: 0,
    object: 'Opportunity',
    recordTriggerType: 'Update',
    triggerType: 'RecordAfterSave',
    connector: { targetReference: 'Set_it' },
    filters: [{ field: 'Amount', operator: 'GreaterThan', value: { numberValue: 5, stringValue: null } }],
  },
  recordUpdates: [
    {
      name: 'Set_it',
      label: 'a < b',
      locationX: 0,
      locationY: 0,
      inputReference: '$Record',
      inputAssignments: [{ field: 'StageName', value: { stringValue: 'Won \u0001' } }],
    },
  ],
  status: 'Active',
  'not an element': 1,
};

test('flows come in the form that the importer reads, the active version of each', async () => {
  const flow = { DefinitionId: '3001', Definition: { DeveloperName: 'Won_done' }, MasterLabel: 'Won' };
  const { session, server } = await entered({
    rows: {
      Flow: [
        { ...flow, Id: '301000000000001AAA', Status: 'Active', VersionNumber: 1, Metadata: metadata },
        { ...flow, Id: '301000000000002AAA', Status: 'Draft', VersionNumber: 2, Metadata: metadata },
        {
          ...flow,
          Id: '301000000000003AAA',
          DefinitionId: '3002',
          MasterLabel: 'Packed',
          Status: 'Active',
          VersionNumber: 1,
          Metadata: null,
        },
      ],
    },
  });
  const reply = await session.answer('workflows', never);
  const [definition, ...others] = answered(reply);
  expect(others).toEqual([]);
  expect(definition).toMatchObject({
    path: 'salesforce/flows/Won_done.flow-meta.xml',
    name: 'Won & "done"',
    url: `${server.url}/builder_platform_interaction/flowBuilder.app?flowId=301000000000001AAA`,
  });
  const source = { file: definition?.path ?? '', text: definition?.text ?? '' };
  // What is null is left out; what XML cannot hold is replaced, and what stands for markup is escaped.
  expect(source.text).not.toContain('null');
  expect(source.text).not.toContain('not an element');
  expect(source.text).toContain('<stringValue>Won \ufffd</stringValue>');
  expect(source.text).toContain('<label>a &lt; b</label>');
  expect(salesforceImporter.recognises(source)).toBe(true);
  const { workflows, problems } = salesforceImporter.read(source);
  expect(problems).toEqual([]);
  expect(workflows).toMatchObject([
    {
      id: 'Won_done',
      status: 'active',
      object: { name: 'Opportunity' },
      triggers: [{ on: 'update' }],
      steps: [{ id: 'Set_it', kind: 'update' }],
      defects: [],
      unknown: [],
    },
  ]);
  expect(gapsOf(reply)).toContainEqual(expect.stringContaining('Packed'));
});

test('the schema is one that the reader takes', async () => {
  const field = { createable: true, updateable: true, nillable: true };
  const { session } = await entered({
    describes: {
      Opportunity: [
        { name: 'Id', type: 'id', nillable: false },
        { ...field, name: 'Name', type: 'string', length: 120, nillable: false },
        { ...field, name: 'AccountId', type: 'reference', referenceTo: ['Account'], relationshipName: 'Account' },
        {
          ...field,
          name: 'Tier__c',
          type: 'picklist',
          restrictedPicklist: true,
          picklistValues: [
            { value: 'A', active: true },
            { value: 'B', active: false },
            { value: 'A', active: true },
          ],
        },
        {
          ...field,
          name: 'Free__c',
          type: 'picklist',
          restrictedPicklist: false,
          picklistValues: [{ value: 'A', active: true }],
        },
      ],
      Visit__c: [{ ...field, name: 'Note__c', type: 'textarea', length: 32_000 }],
    },
  });
  const reading = readSchemaFile(answered(await session.answer('schema', never)).text, 'crm');
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
  const fields = reading.schema.objects?.get('Opportunity')?.fields;
  expect(fields?.get('Name')).toMatchObject({ type: 'text', required: true, length: 120 });
  expect(fields?.get('Id')).toMatchObject({ type: 'id', readOnly: true });
  expect(fields?.get('Account')).toMatchObject({ type: 'reference', to: ['Account'] });
  expect(fields?.get('Tier__c')?.choices).toMatchObject([{ value: 'A' }, { value: 'B', active: false }]);
  expect(fields?.get('Free__c')).not.toHaveProperty('choices');
  expect([...(reading.schema.objects?.keys() ?? [])]).toEqual(['Opportunity', 'Visit__c']);
});

test('users and runs', async () => {
  const { session } = await entered({
    rows: {
      User: [user, { ...user, Id: '0052', Username: 'b@acme.example', IsActive: false, UserRole: { Name: 'Sales' } }],
      FlowInterview: [
        {
          Id: '0Fo1',
          InterviewLabel: 'Won',
          InterviewStatus: 'Error',
          CurrentElement: 'Set_it',
          CreatedDate: '2026-11-26T00:00:00.000+0000',
        },
      ],
    },
  });
  expect(answered(await session.answer('users', never))).toMatchObject([
    { login: 'api@acme.example', active: true, admin: true, roles: ['System Administrator'] },
    { login: 'b@acme.example', active: false, roles: ['System Administrator', 'Sales'] },
  ]);
  expect(answered(await session.answer('runs', never))).toMatchObject([
    { workflow: 'Won', state: 'failed', says: 'Set_it' },
  ]);
});

describe('records', () => {
  const rows = Array.from({ length: 5 }, (_, n) => ({
    Id: `003${n}`,
    Name: `n${n}`,
    SystemModstamp: `2026-11-2${n}T00:00:00.000Z`,
  }));
  const describes = {
    Contact: [
      { name: 'Id', type: 'id' },
      { name: 'Name', type: 'string' },
      { name: 'ApiToken__c', type: 'string' },
      { name: 'Photo', type: 'base64' },
    ],
  };

  test('come page by page, without fields that may hold a secret', async () => {
    const { session, server } = await entered({ rows: { Contact: rows }, describes });
    const read = await recordsOf(session, { type: 'contacts' });
    expect(read).toMatchObject({ pages: 3, records: rows.map(({ Id, Name }) => ({ Id, Name })) });
    expect(server.log.requests.join('\n')).not.toMatch(/ApiToken|Photo/);
  });

  test('since a time', async () => {
    const { session } = await entered({ rows: { Contact: rows } });
    const read = await recordsOf(session, { type: 'Contact', fields: ['Name'], since: '2026-11-23T00:00:00Z' });
    expect(read.records).toEqual([
      { Id: '0033', Name: 'n3' },
      { Id: '0034', Name: 'n4' },
    ]);
  });

  test('a name that would change the query is none', async () => {
    const { session, server } = await entered();
    const before = server.log.requests.length;
    expect((await recordsOf(session, { type: 'Contact WHERE x' })).failure?.kind).toBe('not-found');
    expect(server.log.requests).toHaveLength(before);
  });
});

test('no token stands in any answer', async () => {
  const { session } = await entered({ rows: { EmailRelay: [relay], User: [user] } });
  const questions = crmQuestions.filter((question) => question !== 'identity');
  const replies = [];
  for (const question of questions) replies.push(await session.answer(question, never));
  expect(JSON.stringify(replies)).not.toContain(salesforceToken.slice(16));
});
