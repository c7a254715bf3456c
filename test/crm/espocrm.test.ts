import { afterEach, describe, expect, test } from '@jest/globals';
import { admin, apiKey, type EspoOptions, startEspo } from '../../fixtures/crm/espocrm.server.ts';
import { espocrm } from '../../src/crm/espocrm.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { projectFrom } from './definitions.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const asAdmin: Partial<Wishes> = { username: admin.username, secret: admin.password };
const asApiUser: Partial<Wishes> = { secret: apiKey };

const open = async (options: EspoOptions = {}, wishes: Partial<Wishes> = asAdmin) => {
  const server = await startEspo(options);
  ending.push(server.stop);
  const session = openSession(espocrm, { ...wishes, url: server.url }, ending);
  return { server, session };
};

const inbox = {
  id: '65a1',
  name: 'Support',
  emailAddress: 'Support@example.co.jp',
  status: 'Active',
  host: 'imap.example.co.jp',
  port: 993,
  security: 'SSL',
  username: 'support',
  password: 'never-shown',
  monitoredFolders: ['INBOX', 'Web'],
  fetchSince: '2026-01-01',
  connectedAt: '2026-11-20 01:02:03',
  useImap: true,
  useSmtp: true,
  smtpHost: 'smtp.example.co.jp',
  smtpPort: 587,
  smtpAuth: true,
  smtpSecurity: 'TLS',
  smtpUsername: 'support',
  smtpPassword: 'never-shown',
  createCase: true,
  createdAt: '2026-01-01 00:00:00',
};

describe('who it is', () => {
  test('an administrator sees version, extensions, its own address and what the health checks complain of', async () => {
    const { session, server } = await open({
      notices: [
        { id: 'cronIsNotConfigured', type: 'cronIsNotConfigured', message: 'Scheduled jobs are not running.' },
        { id: 'newVersionIsAvailable', type: 'newVersionIsAvailable', message: 'New version 9.3 is available.' },
      ],
      requirements: {
        php: { requiredPhpVersion: { type: 'version', acceptable: false, required: '8.2.0', actual: '8.1.2' } },
        database: { version: { acceptable: true } },
      },
      settings: { cronDisabled: true },
      tables: { Extension: [{ id: '1', name: 'Advanced Pack', version: '3.4.0', isInstalled: true }] },
    });
    const reply = await session.identity(never);
    expect(answered(reply)).toMatchObject({
      product: 'espocrm',
      version: '8.4.2',
      modules: [{ name: 'Advanced Pack', version: '3.4.0' }],
      user: { login: 'admin', admin: true },
      clock: { theirs: expect.any(String) },
      timeZone: 'Asia/Tokyo',
      ownUrl: 'https://crm.example.jp',
      complaints: [
        'Scheduled jobs are not running.',
        'requiredPhpVersion: 8.1.2, required: 8.2.0',
        'cronDisabled = true',
      ],
    });
    expect(gapsOf(reply)).toEqual([]);
    expect(server.log.requests[0]).toBe('GET /api/v1/App/about');
  });

  test('an API user is no administrator, is not asked for what only one sees, and is told so', async () => {
    const { session, server } = await open({}, asApiUser);
    const reply = await session.identity(never);
    expect(answered(reply).user).toEqual({ login: 'API key', admin: false });
    expect(gapsOf(reply)).toHaveLength(1);
    expect(server.log.requests.join()).not.toContain('Admin/');
  });
});

describe('what keeps us out is told apart', () => {
  test.each([
    ['a wrong password', {}, { ...asAdmin, secret: 'wrong' }, { kind: 'auth', status: 401 }],
    ['a key in place of a password', {}, { username: 'admin', secret: apiKey }, { kind: 'auth', status: 401 }],
    ['two-factor authentication', { fault: 'second-step' }, asAdmin, { kind: 'auth', says: 'second-step-required' }],
    ['too many refused logins', { fault: 'too-many-logins' }, asAdmin, { kind: 'locked-out', status: 403 }],
    ['an address that is not admitted', { fault: 'address' }, asAdmin, { kind: 'permission', status: 403 }],
    ['an LDAP server that does not answer', { fault: 'ldap' }, asAdmin, { kind: 'server-error', status: 401 }],
    ['a header that PHP does not get', { fault: 'header-dropped' }, asAdmin, { kind: 'api-off', status: 401 }],
    ['a login of the web server', { fault: 'wall' }, asAdmin, { kind: 'login-page', status: 401 }],
    ['a single sign-on', { fault: 'login-page' }, asAdmin, { kind: 'login-page', status: 200 }],
    ['maintenance mode', { fault: 'maintenance' }, asApiUser, { kind: 'maintenance', status: 503 }],
    ['missing rewrite rules', { fault: 'no-rewriting' }, asAdmin, { kind: 'api-off', status: 404 }],
    ['another product', { fault: 'other-product' }, asAdmin, { kind: 'not-this-crm', status: 404 }],
    ['a proxy without its server', { fault: 'down' }, asAdmin, { kind: 'server-error', status: 502 }],
  ] as const)('%s', async (_, options, wishes, failure) => {
    const { session } = await open(options, wishes);
    expect(failureOf(await session.identity(never))).toMatchObject(failure);
  });

  test('a dropped header is not called a wrong password, nor a wrong password a dropped header', async () => {
    const needs = async (options: EspoOptions, wishes: Partial<Wishes>) =>
      failureOf(await (await open(options, wishes)).session.identity(never)).needs?.en;
    expect(await needs({ fault: 'header-dropped' }, asAdmin)).toContain('CGIPassAuth');
    expect(await needs({}, { ...asAdmin, secret: 'wrong' })).not.toContain('CGIPassAuth');
  });

  test('the second step holds a token, and nothing of it is repeated', async () => {
    const { session } = await open({ fault: 'second-step' });
    expect(JSON.stringify(await session.identity(never))).not.toContain('t0k3n');
  });

  test.each(['mail', 'jobs', 'log'] as const)('an API user learns for %s which user is needed', async (question) => {
    const { session } = await open({ readable: ['Email'] }, asApiUser);
    const failure = failureOf(await session.answer(question, never));
    expect(failure).toMatchObject({ kind: 'permission', status: 403 });
    expect(failure.says).toMatch(/^No access to '/);
    expect(failure.needs?.en).toContain('type is Admin');
    expect(failure.needs?.ja).toContain('管理者');
  });
});

describe('mail', () => {
  test('a group account with both services, and how its last fetches went', async () => {
    const { session, server } = await open({
      settings: { outboundEmailFromAddress: 'support@example.co.jp' },
      tables: {
        InboundEmail: [inbox],
        ScheduledJobLogRecord: [
          {
            id: '3',
            status: 'Failed',
            executionTime: '2026-11-21 09:02:00',
            targetId: '65a1',
            targetType: 'InboundEmail',
          },
          {
            id: '2',
            status: 'Failed',
            executionTime: '2026-11-21 09:00:00',
            targetId: '65a1',
            targetType: 'InboundEmail',
          },
          {
            id: '1',
            status: 'Success',
            executionTime: '2026-11-20 01:02:00',
            targetId: '65a1',
            targetType: 'InboundEmail',
          },
        ],
        AppLogRecord: [
          {
            id: '9',
            number: 9,
            message: 'CheckInboundEmails job failed, 65a1; cannot connect to host; error = refused',
          },
        ],
      },
    });
    const reply = await session.answer('mail', never);
    expect(answered(reply)).toEqual({
      accounts: [
        {
          id: 'InboundEmail/65a1',
          name: 'Support',
          address: 'Support@example.co.jp',
          from: 'Support@example.co.jp',
          services: {
            smtp: {
              host: 'smtp.example.co.jp',
              port: 587,
              security: 'starttls',
              username: 'support',
              login: 'password',
            },
            imap: {
              host: 'imap.example.co.jp',
              port: 993,
              security: 'tls',
              username: 'support',
              login: 'password',
              folders: ['INBOX', 'Web'],
            },
          },
          enabled: true,
          isDefault: true,
          place: {
            en: 'Administration > Group Email Accounts > Support',
            ja: '管理 > グループメールアカウント > Support',
          },
          lastGood: '2026-11-20T01:02:03.000Z',
          lastTried: '2026-11-21T09:02:00.000Z',
          failures: 2,
          lastError: {
            says: 'CheckInboundEmails job failed, 65a1; cannot connect to host; error = refused',
            at: '2026-11-21T09:02:00.000Z',
          },
          fetchSince: '2026-01-01T00:00:00.000Z',
          creates: 'Case',
          writable: ['host', 'port', 'security', 'username', 'folder', 'enabled'],
        },
      ],
      aliases: [{ role: 'default-from', address: 'support@example.co.jp' }],
    });
    expect(server.forbidden).toEqual([]);
    expect(JSON.stringify(reply)).not.toContain('never-shown');
  });

  test('the system SMTP of versions before 9.1 stands before a group account of the same address', async () => {
    const { session } = await open({
      settings: {
        smtpServer: 'relay.example.co.jp',
        smtpPort: 25,
        smtpSecurity: '',
        smtpAuth: false,
        smtpUsername: 'old',
        outboundEmailFromAddress: 'support@example.co.jp',
      },
      tables: { InboundEmail: [inbox] },
    });
    const { accounts, missing } = answered(await session.answer('mail', never));
    expect(accounts[0]).toMatchObject({
      id: 'Settings',
      services: { smtp: { host: 'relay.example.co.jp', port: 25, security: 'none', login: 'none' } },
      isDefault: true,
      place: { ja: '管理 > アウトバウンドメール' },
    });
    expect(accounts[0]?.services.smtp?.username).toBeUndefined();
    expect(accounts.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(missing).toBeUndefined();
  });

  test.each([
    ['nothing at all', [], ['outgoing', 'incoming']],
    ['an account that is inactive', [{ ...inbox, status: 'Inactive' }], ['outgoing', 'incoming']],
    ['an account of another address', [{ ...inbox, emailAddress: 'x@example.co.jp' }], ['outgoing']],
    ['an account without IMAP', [{ ...inbox, useImap: false }], ['incoming']],
  ])('%s: what is missing', async (_, accounts, missing) => {
    const { session } = await open({
      settings: { outboundEmailFromAddress: 'support@example.co.jp' },
      tables: { InboundEmail: accounts },
    });
    expect(answered(await session.answer('mail', never)).missing).toEqual(missing);
  });

  test('an account that does neither is active and unused', async () => {
    const { session } = await open({ tables: { InboundEmail: [{ ...inbox, useImap: false, useSmtp: false }] } });
    expect(answered(await session.answer('mail', never)).accounts[0]?.unused?.ja).toContain('IMAP');
  });

  test('a failed fetch without the application log says where its reason is', async () => {
    const { session } = await open({
      tables: {
        EmailAccount: [{ ...inbox, imapHandler: 'Espo\\Google\\Handler' }],
        ScheduledJobLogRecord: [
          {
            id: '3',
            status: 'Failed',
            executionTime: '2026-11-21 09:02:00',
            targetId: '65a1',
            targetType: 'EmailAccount',
          },
        ],
      },
    });
    const reply = await session.answer('mail', never);
    expect(answered(reply).accounts[0]).toMatchObject({
      id: 'EmailAccount/65a1',
      services: { imap: { login: 'oauth' }, smtp: { login: 'password' } },
      failures: 1,
      creates: 'Email',
    });
    expect(gapsOf(reply).join()).toContain('data/logs');
  });

  test('more accounts than fit on a page are all read', async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({ ...inbox, id: `a${at}`, name: `Box ${at}` }));
    const { session } = await open({ tables: { InboundEmail: many } });
    expect(answered(await session.answer('mail', never)).accounts).toHaveLength(230);
  });
});

describe('jobs', () => {
  const job = {
    id: 'j1',
    name: 'Check Group Email Accounts',
    job: 'CheckInboundEmails',
    status: 'Active',
    scheduling: '*/2 * * * *',
  };
  const now = () => new Date('2026-11-21T10:00:00Z');

  test('cron never ran: nothing was executed, and jobs wait', async () => {
    const { session } = await open(
      {
        notices: [{ type: 'cronIsNotConfigured', message: 'x' }],
        tables: {
          ScheduledJob: [job],
          Job: [{ id: '1', status: 'Pending', executeTime: '2026-11-01 00:00:00', scheduledJobId: 'j1' }],
        },
      },
      { ...asAdmin, now },
    );
    const jobs = answered(await session.answer('jobs', never));
    expect(jobs).toMatchObject({
      jobs: [{ id: 'j1', purpose: 'fetch-mail', active: true, intervalMs: 120_000 }],
      knowsLastRun: true,
      lastRunEvenIfFailed: true,
      scheduler: { alive: false, says: 'cronIsNotConfigured, no job was ever executed, 1 jobs wait' },
    });
    expect(jobs.jobs[0]?.lastRun).toBeUndefined();
    expect(jobs.startedBy.ja).toContain('/var/www/espocrm');
  });

  test('a job that fails in a row, one that runs and one of the Advanced Pack', async () => {
    const run = (id: string, status: string, executionTime: string) => ({
      id,
      status,
      executionTime,
      scheduledJobId: 'j1',
    });
    const { session } = await open(
      {
        tables: {
          ScheduledJob: [
            { ...job, lastRun: '2026-11-21 09:58:00' },
            { id: 'j2', name: 'Send', job: 'SendEmailNotifications', status: 'Inactive', scheduling: '5 3 * * *' },
            { id: 'j3', name: 'Run', job: 'RunScheduledWorkflows', status: 'Active', scheduling: 'odd' },
          ],
          ScheduledJobLogRecord: [
            run('3', 'Failed', '2026-11-21 09:58:00'),
            run('2', 'Failed', '2026-11-21 09:56:00'),
            run('1', 'Success', '2026-11-21 09:54:00'),
          ],
          Job: [
            { id: '1', status: 'Success', executedAt: '2026-11-21 09:58:00', executeTime: '2026-11-21 09:58:00' },
            {
              id: '2',
              status: 'Running',
              startedAt: '2026-11-21 08:00:00',
              executeTime: '2026-11-21 08:00:00',
              scheduledJobId: 'j3',
            },
          ],
        },
      },
      { ...asAdmin, now },
    );
    const { jobs, scheduler } = answered(await session.answer('jobs', never));
    expect(scheduler).toEqual({ alive: true, says: 'last execution 2026-11-21T09:58:00.000Z' });
    expect(jobs.map(({ purpose, active, state }) => [purpose, active, state])).toEqual([
      ['fetch-mail', true, 'failed'],
      ['workflow', true, 'running'],
      ['send-mail', false, undefined],
    ]);
    expect(jobs[0]).toMatchObject({ failures: 2, firstFailure: '2026-11-21T09:56:00.000Z' });
    expect(jobs[2]?.intervalMs).toBe(24 * 3_600_000);
  });
});

test('the queue counts what waits and what failed, and asks for no subject', async () => {
  const { session, server } = await open({
    tables: {
      Email: [
        { id: '1', status: 'Sending', createdAt: '2026-11-21 09:00:00', name: 'private' },
        { id: '2', status: 'Failed', createdAt: '2026-11-20 09:00:00', name: 'private' },
        { id: '3', status: 'Sent', createdAt: '2026-11-19 09:00:00', dateSent: '2026-11-19 09:01:00' },
      ],
      EmailQueueItem: [
        {
          id: '4',
          status: 'Pending',
          createdAt: '2026-11-18 09:00:00',
          attemptCount: 0,
          emailAddress: 'who@example.com',
        },
      ],
    },
  });
  const reply = await session.answer('queue', never);
  expect(answered(reply)).toMatchObject({
    waiting: 2,
    failed: 1,
    oldestWaiting: '2026-11-18T09:00:00.000Z',
    lastSent: '2026-11-19T09:01:00.000Z',
    messages: [
      { id: '1', state: 'sending' },
      { id: '2', state: 'failed' },
      { id: '4', state: 'waiting', to: 'example.com' },
    ],
  });
  expect(JSON.stringify(reply)).not.toMatch(/private|who@/);
  expect(server.log.requests.join()).not.toMatch(/select=[^&]*(?:name|body)/);
});

test('the log joins the application log, failed runs and failed jobs, the newest first', async () => {
  const { session } = await open({
    tables: {
      AppLogRecord: [
        {
          id: '1',
          number: 1,
          createdAt: '2026-11-21 09:00:00',
          level: 'Warning',
          code: 403,
          message: "No access to 'Job'.",
          requestMethod: 'GET',
          requestResourcePath: '/Job',
        },
      ],
      ScheduledJobLogRecord: [
        {
          id: '2',
          name: 'Check Group Email Accounts',
          status: 'Failed',
          executionTime: '2026-11-21 10:00:00',
          targetId: '65a1',
          targetType: 'InboundEmail',
        },
      ],
      Job: [
        { id: '3', name: 'Send', status: 'Failed', executeTime: '2026-11-21 08:00:00', failedAttempts: 2 },
        { id: '4', name: 'Twice', status: 'Failed', executeTime: '2026-11-21 08:00:00', scheduledJobId: 'j1' },
      ],
    },
  });
  const { lines, limits } = answered(await session.answer('log', never));
  expect(lines.map(({ level, source, text }) => [level, source, text])).toEqual([
    ['error', 'ScheduledJobLogRecord', 'Check Group Email Accounts failed: InboundEmail 65a1'],
    ['warning', 'AppLogRecord', "(403) No access to 'Job'. :: GET /Job"],
    ['error', 'Job', 'Send failed (failed attempts: 2)'],
  ]);
  expect(limits.map(({ en }) => en).join()).toContain('off as installed');
});

test('users come with their roles by name, and without their keys', async () => {
  const { session, server } = await open({
    tables: {
      User: [
        {
          id: 'u1',
          userName: 'tanaka',
          type: 'regular',
          isActive: true,
          rolesIds: ['r1'],
          rolesNames: { r1: 'Sales' },
        },
        { id: 'u2', userName: 'bot', type: 'api', isActive: false, apiKey: 'never-shown' },
        { id: 'u3', userName: 'guest', type: 'portal', isActive: true },
      ],
    },
  });
  const reply = await session.answer('users', never);
  expect(answered(reply)).toEqual([
    { id: 'u1', login: 'tanaka', active: true, admin: false, roles: ['Sales'] },
    { id: 'u2', login: 'bot', active: false, admin: false, roles: [] },
  ]);
  expect(server.forbidden).toEqual([]);
});

describe('the schema', () => {
  const metadata = {
    scopes: { Contact: { entity: true, object: true }, Job: { entity: true }, User: { entity: true } },
    entityDefs: {
      Contact: {
        fields: {
          name: { type: 'personName' },
          status: { type: 'enum', options: ['', 'New', 'Old'], default: 'New' },
          tier: { type: 'enum', optionsPath: 'entityDefs.X' },
          amount: { type: 'currency', min: 0, required: true },
          title: { type: 'varchar', maxLength: 100 },
          account: { type: 'link' },
          secret: { type: 'password' },
        },
        links: { account: { type: 'belongsTo', entity: 'Account' }, cases: { type: 'hasMany', entity: 'Case' } },
      },
      Job: { fields: {} },
      User: { fields: { userName: { type: 'varchar' } } },
    },
  };

  test('is read as a schema file, with people and their rights', async () => {
    const { session } = await open({
      metadata,
      tables: {
        User: [{ id: 'u1', userName: 'tanaka', type: 'regular', isActive: true, rolesIds: ['r1'] }],
        Role: [
          {
            id: 'r1',
            name: 'Sales',
            data: { Contact: { create: 'yes', read: 'own', edit: 'own', delete: 'no' }, Job: true },
            fieldData: { Contact: { amount: { read: 'yes', edit: 'no' } } },
          },
        ],
        Team: [{ id: 't1', name: 'East' }],
      },
    });
    const { text } = answered(await session.answer('schema', never));
    const read = readSchemaFile(text, 'schema.json');
    if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
    const contact = read.schema.objects?.get('Contact');
    expect([...(contact?.fields ?? [])].map(([name, { type }]) => `${name} ${type}`)).toEqual(
      expect.arrayContaining([
        'status picklist',
        'tier text',
        'amount currency',
        'accountId reference',
        'cases references',
        'firstName text',
      ]),
    );
    expect(contact?.fields.get('status')?.choices?.map(({ value }) => value)).toEqual(['New', 'Old']);
    expect(contact?.fields.has('secret')).toBe(false);
    expect([...(read.schema.objects?.keys() ?? [])]).toEqual(['Contact', 'User']);
    expect(read.schema.roles?.get('r1')).toMatchObject({
      records: 'own',
      objects: new Map([['Contact', ['create', 'read', 'update']]]),
    });
    expect(read.schema.timeZone).toBe('Asia/Tokyo');
  });

  test('without the right to see roles it tells of the fields alone, and says so', async () => {
    const { session } = await open({ metadata }, asApiUser);
    const reply = await session.answer('schema', never);
    expect(JSON.parse(answered(reply).text).roles).toBeUndefined();
    expect(gapsOf(reply)).toHaveLength(1);
  });
});

describe('workflows', () => {
  const rule = {
    id: 'w1',
    name: 'Notify',
    entityType: 'Lead',
    type: 'afterRecordCreated',
    isActive: true,
    conditionsAll: [],
    actions: [
      {
        type: 'sendRequest',
        cid: 1,
        headers: ['X-Api-Key: abc123def456', 'Accept: text/plain'],
        requestUrl: 'https://x.example',
      },
    ],
  };

  test('come as their importer reads them, without the keys in them', async () => {
    const { session, server } = await open({ tables: { Workflow: [rule], BpmnFlowchart: [] } });
    const [definition] = answered(await session.answer('workflows', never));
    if (!definition) throw new Error('no definition');
    expect(definition).toMatchObject({
      path: 'espocrm/Workflow/w1.json',
      name: 'Notify',
      place: { en: 'Administration > Workflows > Notify' },
      url: `${server.url}/#Workflow/view/w1`,
    });
    expect(definition.text).not.toContain('abc123def456');
    expect(definition.text).toContain('Accept: text/plain');
    expect(projectFrom([definition]).workflows).toMatchObject([{ label: { en: 'Notify' }, format: 'ES' }]);
  });

  test('without the Advanced Pack there are none, and no runs', async () => {
    const { session } = await open();
    expect((await session.answer('workflows', never)).kind).toBe('not-offered');
    expect((await session.answer('runs', never)).kind).toBe('not-offered');
  });

  test('runs of rules and processes, and where one broke off', async () => {
    const { session } = await open({
      tables: {
        WorkflowLogRecord: [
          {
            id: '1',
            workflowId: 'w1',
            workflowName: 'Notify',
            createdAt: '2026-11-21 09:00:00',
            targetType: 'Lead',
            targetId: 'l1',
          },
        ],
        BpmnProcess: [{ id: '2', flowchartName: 'Approve', status: 'Started', createdAt: '2026-11-21 08:00:00' }],
        BpmnFlowNode: [
          {
            id: '3',
            flowchartId: 'f1',
            status: 'Failed',
            elementType: 'taskSendMessage',
            createdAt: '2026-11-21 10:00:00',
          },
        ],
      },
    });
    expect(answered(await session.answer('runs', never)).map(({ workflow, state }) => `${workflow} ${state}`)).toEqual([
      'f1 failed',
      'Notify ok',
      'Approve running',
    ]);
  });
});

describe('records', () => {
  const contacts = (many: number) =>
    Array.from({ length: many }, (_, at) => ({
      id: `c${String(at).padStart(4, '0')}`,
      name: `N${at}`,
      modifiedAt: '2026-11-21 00:00:00',
      apiKey: 'never-shown',
    }));

  test('pages follow one another by id: a record that comes in before moves no other over the edge', async () => {
    let once = true;
    const { session, server } = await open(
      {
        readable: ['Contact'],
        tables: { Contact: contacts(450) },
        beforePage: (tables) => {
          if (!once) return;
          once = false;
          queueMicrotask(() => {
            tables.Contact?.unshift({ id: 'a0', name: 'new', modifiedAt: '2026-11-21 00:00:00' });
            tables.Contact?.splice(5, 1);
          });
        },
      },
      asApiUser,
    );
    const { records, pages } = await recordsOf(session, { type: 'contacts' });
    expect(pages).toBe(3);
    expect(new Set(records.map(({ id }) => id)).size).toBe(450);
    expect(JSON.stringify(records)).not.toContain('never-shown');
    expect(server.log.requests.every((request) => !request.includes('offset=2'))).toBe(true);
  });

  test('only what changed since, named fields, and the smaller page of this installation', async () => {
    const old = { id: 'a', name: 'old', modifiedAt: '2026-01-01 00:00:00' };
    const { session } = await open(
      { readable: ['Contact'], largestPage: 3, tables: { Contact: [old, ...contacts(7)] } },
      asApiUser,
    );
    const query = { type: 'Contact', fields: ['name', 'apiKey'], since: '2026-11-01T00:00:00Z' };
    const { records, pages } = await recordsOf(session, query);
    expect(records).toHaveLength(7);
    expect(pages).toBe(3);
    expect(records[0]).toEqual({ id: 'c0000', name: 'N0' });
  });

  test.each([
    ['a role without the right', 'Contact', { kind: 'permission', says: 'No read access.' }],
    ['a type that is not there', 'NoSuch', { kind: 'not-found', says: "Controller 'NoSuch' does not exist." }],
    ['what is no name', '../App', { kind: 'config' }],
  ])('%s', async (_, type, failure) => {
    const { session } = await open({}, asApiUser);
    expect((await recordsOf(session, { type })).failure).toMatchObject(failure);
  });
});

describe('writing', () => {
  const change = (
    account: string,
    changes: Parameters<NonNullable<ReturnType<typeof openSession>['write']>>[0]['changes'],
  ) => ({ account, protocol: 'imap', changes }) as const;

  test('writes host, port and security of an account, reads them again, and touches nothing else', async () => {
    const { session, server } = await open({ tables: { InboundEmail: [inbox] } });
    const reply = await session.write?.(
      change('InboundEmail/65a1', [
        { field: 'port', from: 993, to: 143 },
        { field: 'security', from: 'tls', to: 'starttls' },
        { field: 'folder', from: 'INBOX', to: 'Support' },
      ]),
      never,
    );
    expect(reply).toEqual({ kind: 'answered', value: { written: ['port', 'security', 'folder'] } });
    expect(server.tables.InboundEmail?.[0]).toEqual({
      ...inbox,
      port: 143,
      security: 'TLS',
      monitoredFolders: ['Support', 'Web'],
    });
    expect(server.forbidden).toEqual([]);
  });

  test('what was changed meanwhile is left as it is', async () => {
    const { session, server } = await open({ tables: { InboundEmail: [{ ...inbox, host: 'other' }] } });
    const reply = await session.write?.(
      change('InboundEmail/65a1', [{ field: 'host', from: 'imap.example.co.jp', to: 'new' }]),
      never,
    );
    expect(reply && failureOf(reply)).toMatchObject({ kind: 'config', says: 'other' });
    expect(server.log.requests.some((request) => request.startsWith('PUT'))).toBe(false);
  });

  test('the system SMTP', async () => {
    const { session, server } = await open({ settings: { smtpServer: 'old', smtpSecurity: 'SSL', smtpPort: 465 } });
    const reply = await session.write?.(
      {
        account: 'Settings',
        protocol: 'smtp',
        changes: [
          { field: 'host', from: 'old', to: 'new' },
          { field: 'security', from: 'tls', to: 'none' },
        ],
      },
      never,
    );
    expect(reply).toEqual({ kind: 'answered', value: { written: ['host', 'security'] } });
    expect(server.settings()).toMatchObject({ smtpServer: 'new', smtpSecurity: '', smtpPort: 465 });
  });

  test.each([
    ['a value that EspoCRM refuses', 'InboundEmail/65a1', asAdmin, { kind: 'server-error', status: 400 }],
    ['no administrator', 'InboundEmail/65a1', asApiUser, { kind: 'permission', status: 403 }],
    ['an id that leads elsewhere', 'InboundEmail/../User', asAdmin, { kind: 'not-found' }],
  ])('%s', async (_, account, wishes, failure) => {
    const { session } = await open({ tables: { InboundEmail: [inbox] } }, wishes);
    const reply = await session.write?.(change(account, [{ field: 'port', from: 993, to: 99_999 }]), never);
    expect(reply && failureOf(reply)).toMatchObject(failure);
  });
});
