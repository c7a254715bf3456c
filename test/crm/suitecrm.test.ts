import { afterEach, describe, expect, test } from '@jest/globals';
import { client, type SuiteOptions, startSuite } from '../../fixtures/crm/suitecrm.server.ts';
import { suitecrm } from '../../src/crm/suitecrm.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { projectFrom } from './definitions.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const open = async (options: SuiteOptions = {}, wishes: Partial<Wishes> = {}) => {
  const server = await startSuite(options);
  ending.push(server.stop);
  return { server, session: openSession(suitecrm, { ...client, ...wishes, url: server.url }, ending) };
};

const outgoing = {
  id: 'o1',
  name: 'system',
  type: 'system',
  smtp_from_addr: 'crm@example.co.jp',
  mail_sendtype: 'SMTP',
  mail_smtpserver: 'smtp.example.co.jp',
  mail_smtpport: '587',
  mail_smtpuser: 'crm',
  mail_smtppass: 'never-shown',
  mail_smtpauth_req: '1',
  mail_smtpssl: '2',
};
const incoming = {
  id: 'i1',
  name: 'Support',
  status: 'Active',
  server_url: 'imap.example.co.jp',
  email_user: 'support@example.co.jp',
  email_password: 'never-shown',
  port: '993',
  service: '::novalidate-cert::ssl::imap::::::',
  mailbox: 'INBOX,Web',
  mailbox_type: 'createcase',
};

describe('who it is', () => {
  test('7 tells its version where it says its own, and who the client is', async () => {
    const { session, server } = await open({
      serverVersion: '7.14.4',
      modules: {
        OAuth2Clients: [{ id: client.clientId, assigned_user_id: 'u1' }],
        Users: [{ id: 'u1', user_name: 'api', is_admin: '1', user_hash: 'never-shown' }],
      },
    });
    expect(answered(await session.identity(never))).toMatchObject({
      product: 'suitecrm',
      edition: '7',
      version: '7.14.4',
      user: { login: 'api', admin: true },
      clock: { theirs: expect.any(String) },
    });
    expect(server.forbidden).toEqual([]);
    expect(server.logins()).toBe(1);
  });

  test('8 is found beneath /legacy; the version of SugarCRM is none of SuiteCRM', async () => {
    const { session } = await open({ series: 8, denied: ['OAuth2Clients'] });
    const reply = await session.identity(never);
    expect(answered(reply)).toMatchObject({ edition: '8' });
    expect(answered(reply).version).toBeUndefined();
    expect(gapsOf(reply).join()).toContain('VERSION');
    expect(answered(await (await open()).session.identity(never)).version).toBeUndefined();
  });
});

describe('what keeps us out is told apart', () => {
  test.each([
    ['a wrong secret', {}, { secret: 'x' }, { kind: 'auth', code: 'invalid_client', status: 401 }],
    ['a client of another kind', { fault: 'password-client' }, {}, { kind: 'auth', code: 'unsupported_grant_type' }],
    ['the mode of a key file', { fault: 'key-mode' }, {}, { kind: 'api-off', status: 500 }],
    ['an API that is broken before the login', { fault: 'broken' }, {}, { kind: 'server-error', status: 500 }],
    ['a header that PHP does not get', { fault: 'header-dropped' }, {}, { kind: 'api-off', status: 401 }],
    ['another product', { fault: 'other-product' }, {}, { kind: 'not-this-crm', status: 404 }],
    ['a page to log in', { fault: 'login-page' }, {}, { kind: 'login-page' }],
    ['a proxy without its server', { fault: 'gateway' }, {}, { kind: 'server-error', status: 502 }],
  ] as const)('%s', async (_, options, wishes, failure) => {
    const { session } = await open(options, wishes);
    expect(failureOf(await session.identity(never))).toMatchObject(failure);
  });

  test('key files are named where SuiteCRM names them, and no secret goes where no API is', async () => {
    const keys = await open({ fault: 'key-mode' });
    expect(failureOf(await keys.session.identity(never)).needs?.ja).toContain('パーミッション');
    expect(keys.server.logins()).toBe(0);
    const gateway = await open({ fault: 'gateway' });
    expect(failureOf(await gateway.session.identity(never)).needs).toBeUndefined();
  });

  test('a module that the user may not see names the right', async () => {
    const { session } = await open({ denied: ['OutboundEmailAccounts'] });
    const failure = failureOf(await session.answer('mail', never));
    expect(failure).toMatchObject({ kind: 'permission', status: 403 });
    expect(failure.needs?.en).toContain('OutboundEmailAccounts');
  });
});

describe('mail', () => {
  test('the system account and an inbox, without their passwords', async () => {
    const { session, server } = await open({
      modules: { OutboundEmailAccounts: [outgoing], InboundEmail: [incoming] },
    });
    const reply = await session.answer('mail', never);
    expect(answered(reply).accounts).toMatchObject([
      {
        id: 'o1',
        from: 'crm@example.co.jp',
        services: {
          smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls', username: 'crm', login: 'password' },
        },
        isDefault: true,
        enabled: true,
      },
      {
        id: 'i1',
        address: 'support@example.co.jp',
        services: { imap: { port: 993, security: 'tls', verify: false, folders: ['INBOX', 'Web'] } },
        creates: 'Case',
        unreadOnly: true,
      },
    ]);
    expect(answered(reply).missing).toBeUndefined();
    expect(server.forbidden).toEqual([]);
  });

  test.each([
    ['::::ssl::pop3::::::', { pop3: { security: 'tls' } }],
    ['tls::::::imap::::::', { imap: { security: 'starttls' } }],
    ['::::::imap::notls::::', { imap: { security: 'none' } }],
  ])('the flags %s', async (service, services) => {
    const { session } = await open({ modules: { InboundEmail: [{ ...incoming, service }] } });
    const { accounts, missing } = answered(await session.answer('mail', never));
    expect(accounts[0]?.services).toMatchObject(services);
    expect(missing).toEqual(['outgoing']);
  });

  test("the host's own sendmail is another way, and nothing is missing for it", async () => {
    const { session } = await open({
      modules: { OutboundEmailAccounts: [{ ...outgoing, mail_sendtype: 'sendmail' }] },
    });
    const mail = answered(await session.answer('mail', never));
    expect(mail.otherWay?.outgoing?.en).toContain('sendmail');
    expect(mail.missing).toEqual(['incoming']);
  });
});

test('jobs: their interval, and what became of their runs', async () => {
  const scheduler = {
    id: 's1',
    name: 'Check Inbound Mailboxes',
    job: 'function::pollMonitoredInboxesAOP',
    job_interval: '*/1::*::*::*::*',
    last_run: '2026-11-21T09:00:00+00:00',
    status: 'Active',
  };
  const run = (id: string, resolution: string, execute_time: string) => ({
    id,
    name: 'x',
    scheduler_id: 's1',
    status: 'done',
    resolution,
    message: 'no connection',
    execute_time,
  });
  const { session } = await open({
    series: 8,
    modules: {
      Schedulers: [
        scheduler,
        { ...scheduler, id: 's2', name: 'Z', job: 'function::processAOW_Workflow', last_run: '', status: 'Inactive' },
      ],
      SchedulersJobs: [
        run('1', 'success', '2026-11-21 08:00:00'),
        run('2', 'failure', '2026-11-21 08:30:00'),
        run('3', 'failure', '2026-11-21 09:00:00'),
      ],
    },
  });
  const jobs = answered(await session.answer('jobs', never));
  expect(jobs.jobs).toMatchObject([
    {
      purpose: 'fetch-mail',
      active: true,
      intervalMs: 60_000,
      lastRun: '2026-11-21T09:00:00.000Z',
      state: 'failed',
      failures: 2,
      firstFailure: '2026-11-21T08:30:00.000Z',
      says: 'no connection',
    },
    { purpose: 'workflow', active: false },
  ]);
  expect(jobs.scheduler).toBeUndefined();
  expect(jobs.startedBy.en).toContain('public/legacy');
  expect(answered(await session.answer('log', never)).lines).toHaveLength(2);
});

test('jobs that never ran', async () => {
  const { session } = await open({
    modules: { Schedulers: [{ id: 's1', name: 'A', job: 'x', job_interval: 'odd', last_run: '', status: 'Active' }] },
  });
  expect(answered(await session.answer('jobs', never)).scheduler?.alive).toBe(false);
});

test('the queue counts beyond its first page', async () => {
  const emails = Array.from({ length: 60 }, (_, at) => ({
    id: `e${at}`,
    name: 'private',
    status: 'send_error',
    date_entered: '2026-11-20 00:00:00',
  }));
  const { session } = await open({
    modules: { Emails: [...emails, { id: 'x', status: 'sent', date_sent_received: '2026-11-21 00:00:00' }] },
    denied: ['EmailMan'],
  });
  const reply = await session.answer('queue', never);
  expect(answered(reply)).toMatchObject({ failed: 60, waiting: 0, lastSent: '2026-11-21T00:00:00.000Z' });
  expect(answered(reply).messages).toHaveLength(50);
  expect(gapsOf(reply)).toHaveLength(2);
  expect(JSON.stringify(reply)).not.toContain('private');
});

test('workflows come with their conditions and actions as their importer reads them, and with their runs', async () => {
  const { session } = await open({
    modules: {
      AOW_WorkFlow: [
        {
          id: 'w1',
          name: 'Notify',
          description: '',
          flow_module: 'Leads',
          flow_run_on: 'New_Records',
          status: 'Active',
          run_when: 'On_Save',
          multiple_runs: '0',
          run_on_import: '0',
          assigned_user_id: 'u1',
          modified_user_id: 'u1',
        },
      ],
      AOW_Conditions: [
        {
          id: 'c1',
          aow_workflow_id: 'w1',
          condition_order: '1',
          module_path: '',
          field: 'status',
          operator: 'Equal_To',
          value_type: 'Value',
          value: 'New',
        },
        {
          id: 'c2',
          aow_workflow_id: 'other',
          condition_order: '1',
          module_path: '',
          field: 'x',
          operator: 'Equal_To',
          value_type: 'Value',
          value: '',
        },
      ],
      AOW_Actions: [
        {
          id: 'a1',
          aow_workflow_id: 'w1',
          name: 'Mail',
          action_order: '1',
          action: 'SendEmail',
          parameters: 'YTowOnt9',
        },
      ],
      AOW_Processed: [
        {
          id: 'p1',
          aow_workflow_id: 'w1',
          parent_id: 'l1',
          parent_type: 'Leads',
          status: 'Running',
          date_entered: '2026-11-21 00:00:00',
        },
      ],
    },
  });
  const definitions = answered(await session.answer('workflows', never));
  const { workflows, problems } = projectFrom(definitions);
  expect(problems).toEqual([]);
  expect(workflows).toMatchObject([
    { format: 'SU', object: { name: 'Leads' }, triggers: [{ on: 'create' }], steps: [{ kind: 'mail' }] },
  ]);
  expect(answered(await session.answer('runs', never))).toEqual([
    { workflow: 'Notify', at: '2026-11-21T00:00:00.000Z', state: 'running', record: 'Leads/l1' },
  ]);
});

test('the schema is read as a schema file, without what holds passwords', async () => {
  const { session } = await open({
    metaFields: {
      Contacts: {
        name: { type: 'name' },
        email1: { type: 'varchar', len: '100', required: true },
        user_hash: { type: 'varchar' },
        assigned_user_id: { type: 'relate' },
      },
    },
  });
  const read = readSchemaFile(answered(await session.answer('schema', never)).text, 'suite.json');
  if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
  const fields = read.schema.objects?.get('Contacts')?.fields;
  expect(fields?.get('email1')).toMatchObject({ type: 'text', required: true, length: 100 });
  expect(fields?.has('user_hash')).toBe(false);
});

describe('records', () => {
  const contacts = Array.from({ length: 250 }, (_, at) => ({
    id: `c${String(at).padStart(3, '0')}`,
    last_name: `N${at}`,
    date_modified: at < 200 ? '2026-01-01 00:00:00' : '2026-11-20 00:00:00',
    user_hash: 'never-shown',
  }));
  const metaFields = {
    Contacts: { last_name: { type: 'varchar' }, user_hash: { type: 'varchar' }, accounts: { type: 'link' } },
  };

  test('all readable fields, by id', async () => {
    const { session, server } = await open({ modules: { Contacts: contacts }, metaFields });
    const { records, pages } = await recordsOf(session, { type: 'contacts' });
    expect(records).toHaveLength(250);
    expect(pages).toBe(3);
    expect(records[0]).toEqual({ id: 'c000', last_name: 'N0' });
    expect(server.forbidden).toEqual([]);
    expect(server.log.requests.some((request) => /page%5Bnumber%5D=2/.test(request))).toBe(false);
  });

  test('only what changed since, and a field that this version does not have is left out', async () => {
    const { session } = await open({ modules: { Contacts: contacts } });
    const { records } = await recordsOf(session, {
      type: 'Contacts',
      fields: ['last_name', 'newer_field'],
      since: '2026-11-01T00:00:00Z',
    });
    expect(records).toHaveLength(50);
    expect(records[0]).toEqual({ id: 'c200', last_name: 'N200' });
  });

  test('a module without a right', async () => {
    const { session } = await open({ denied: ['Contacts'] });
    expect((await recordsOf(session, { type: 'Contacts', fields: ['last_name'] })).failure).toMatchObject({
      kind: 'permission',
    });
  });
});

test('users', async () => {
  const { session } = await open({
    modules: { Users: [{ id: 'u1', user_name: 'tanaka', status: 'Inactive', is_admin: '0' }] },
  });
  expect(answered(await session.answer('users', never))).toEqual([
    { id: 'u1', login: 'tanaka', active: false, admin: false, roles: [] },
  ]);
});
