import { afterEach, describe, expect, test } from '@jest/globals';
import { type OdooOptions, startOdoo } from '../../fixtures/crm/odoo.server.ts';
import { odoo16, odoo18, odoo19, secrets } from '../../fixtures/crm/odoo-company.ts';
import { json } from '../../fixtures/http.server.ts';
import { odoo } from '../../src/crm/odoo.connector.ts';
import type { CrmQuestion } from '../../src/model/crm/answers.ts';
import type { CrmRecordQuery, CrmSession } from '../../src/model/crm/connector.ts';
import { odoo as importer } from '../../src/workflow/odoo.importer.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { readBy } from '../workflow/imported.ts';
import { answered, failureOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const key = 'f'.repeat(40);

const versions = {
  '16.0': { version: '16.0', models: odoo16, secret: 'pass' },
  '18.0': { version: '18.0+e', models: odoo18, secret: 'pass' },
  '19.0': { version: '19.0', models: odoo19, secret: key },
} satisfies Readonly<Record<string, OdooOptions>>;

type Version = keyof typeof versions;

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

type Access = Omit<Wishes, 'url'>;

const now = () => new Date('2026-11-20T09:00:00Z');

const withAccess = async (options: OdooOptions, access: Access) => {
  const server = await startOdoo(options);
  ending.push(server.stop);
  return { server, session: openSession(odoo, { url: server.url, now, ...access }, ending) };
};

const start = async (version: Version, more: Partial<OdooOptions> = {}, access: Access = {}) => {
  const options: OdooOptions = { ...versions[version], ...more };
  const usual = { database: 'crm', username: 'admin@example.com', secret: versions[version].secret };
  return withAccess(options, { ...usual, ...access });
};

const ask = async <Question extends Exclude<CrmQuestion, 'identity'>>(
  version: Version,
  question: Question,
  more: Partial<OdooOptions> = {},
  wishes: Access = {},
) => {
  const { session } = await start(version, more, wishes);
  return answered(await session.answer(question, never));
};

const questions = Object.keys(odoo.answers) as readonly Exclude<CrmQuestion, 'identity'>[]; // as `answers` is typed

describe('identity', () => {
  test.each<[Version, object]>([
    ['16.0', { version: '16.0', edition: 'Community', api: { used: 'JSON-RPC' } }],
    ['18.0', { version: '18.0', edition: 'Enterprise', api: { used: 'JSON-RPC' } }],
    ['19.0', { version: '19.0', edition: 'Community', api: { used: 'JSON-2' } }],
  ])('of %s', async (version, expected) => {
    const { session } = await start(version);
    expect(answered(await session.identity(never))).toMatchObject({
      product: 'odoo',
      name: 'Odoo',
      user: { login: 'admin@example.com', admin: true },
      clock: { ours: '2026-11-20T09:00:00.000Z' },
      ownUrl: 'http://crm.example.com',
      ...expected,
    });
  });

  test('a module that is newer on the disk waits; one that is gone from it does not', async () => {
    const { session } = await start('16.0');
    const { modules, complaints } = answered(await session.identity(never));
    expect(modules).toEqual([
      { name: 'base', version: '16.0.1.3' },
      { name: 'crm', version: '16.0.1.6', pending: '16.0.1.7' },
      { name: 'gone', version: '16.0.2.0' },
    ]);
    expect(complaints).toBeUndefined();
  });

  test('who is no administrator is told what stays hidden', async () => {
    const { session } = await start('16.0', { admin: false });
    const reply = await session.identity(never);
    expect(answered(reply)).not.toHaveProperty('modules');
    expect(answered(reply).user).toEqual({ login: 'admin@example.com', admin: false });
    expect(reply.kind === 'answered' && reply.gaps).toHaveLength(2);
  });

  test('the only database is taken where none is named', async () => {
    const access = { username: 'admin@example.com', secret: 'pass' };
    const { session } = await withAccess(versions['16.0'], access);
    expect((await session.identity(never)).kind).toBe('answered');
    const { session: silent } = await withAccess({ ...versions['16.0'], listDatabases: false }, access);
    expect(failureOf(await silent.identity(never))).toMatchObject({ kind: 'config', needs: { en: 'crm: database' } });
  });

  test('a password on 19 takes the older door, and says until when that is there', async () => {
    const { session } = await start('19.0', { secret: 'pass' }, { secret: 'pass' });
    expect(answered(await session.identity(never)).api).toEqual({
      used: 'JSON-RPC',
      newest: 'JSON-2',
      ends: 'Odoo 22',
    });
  });

  test('the login is tried once, whatever is asked', async () => {
    const { server, session } = await start('16.0', {}, { secret: 'wrong' });
    const replies = [await session.identity(never)];
    await Promise.all(questions.map((question) => session.answer(question, never)));
    expect(failureOf(replies[0] ?? (await session.identity(never)))).toMatchObject({
      kind: 'auth',
      what: 'common.authenticate',
      says: 'common.authenticate: false',
    });
    expect(server.logins).toEqual(['admin@example.com']);
  });
});

describe('why it does not answer', () => {
  const html = (title: string, status = 200, body = '') => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
  });
  const info = 'POST /web/webclient/version_info';
  const rpcError = (name: string, message: string) =>
    json({
      jsonrpc: '2.0',
      id: 1,
      error: { code: 200, message: 'Odoo Server Error', data: { name, message, debug: 'File "/srv/odoo"' } },
    });

  test.each<[says: string, Version, Partial<OdooOptions>, Access, object]>([
    [
      'another database',
      '16.0',
      {},
      { database: 'nope' },
      { kind: 'wrong-database', code: 'psycopg2.OperationalError', says: 'crm' },
    ],
    ['another database, on 19', '19.0', {}, { database: 'nope' }, { kind: 'wrong-database', says: 'crm', status: 404 }],
    [
      'another database, on 19, where the list is hidden',
      '19.0',
      { listDatabases: false },
      { database: 'nope' },
      { kind: 'wrong-database', says: '' },
    ],
    [
      'a wrong key, on 19',
      '19.0',
      {},
      { secret: 'e'.repeat(40) },
      { kind: 'auth', status: 401, says: 'Invalid apikey' },
    ],
    [
      'too many logins',
      '16.0',
      {
        instead: {
          'POST /jsonrpc': rpcError(
            'odoo.exceptions.AccessDenied',
            'Too many login failures, please wait a bit before trying again.',
          ),
        },
      },
      {},
      { kind: 'locked-out' },
    ],
    [
      'PostgreSQL is away, which is no wrong database',
      '16.0',
      {
        instead: {
          'POST /jsonrpc': rpcError('psycopg2.OperationalError', 'could not connect to server: Connection refused'),
        },
      },
      {},
      { kind: 'server-error', says: 'could not connect to server: Connection refused' },
    ],
    ['no password at all', '16.0', {}, { secret: '' }, { kind: 'auth' }],
    [
      'the page of a single sign-on',
      '16.0',
      { instead: { [info]: html('Sign in', 200, '<input type="password">') } },
      {},
      { kind: 'login-page', says: 'Sign in' },
    ],
    [
      'another product',
      '16.0',
      { instead: { [info]: html('Welcome'), '*': html('Welcome') } },
      {},
      { kind: 'not-this-crm' },
    ],
    [
      'nothing there',
      '16.0',
      { instead: { [info]: html('404 Not Found', 404), '*': html('404 Not Found', 404) } },
      {},
      { kind: 'not-this-crm' },
    ],
    [
      'the API kept away',
      '16.0',
      { instead: { 'POST /jsonrpc': html('404 Not Found', 404) } },
      {},
      { kind: 'api-off' },
    ],
    ['JSON-2 kept away', '19.0', { instead: { '*': html('404 Not Found', 404) } }, {}, { kind: 'api-off' }],
    [
      'too many requests',
      '16.0',
      { instead: { [info]: { status: 429, headers: { 'retry-after': '900' } } } },
      {},
      { kind: 'rate-limited', retryAfterMs: 900_000 },
    ],
    ['being upgraded', '16.0', { instead: { [info]: html('Under maintenance', 503) } }, {}, { kind: 'maintenance' }],
    [
      'a proxy without a backend',
      '16.0',
      { instead: { [info]: html('502 Bad Gateway', 502) } },
      {},
      { kind: 'server-error', status: 502 },
    ],
    ['JSON of another kind', '16.0', { instead: { [info]: json({ ok: true }) } }, {}, { kind: 'malformed' }],
    [
      'another version of nothing',
      '16.0',
      { instead: { [info]: json({ jsonrpc: '2.0', id: 1, result: { server_version: 'x' } }) } },
      {},
      { kind: 'not-this-crm' },
    ],
  ])('%s', async (_says, version, more, wishes, expected) => {
    const { session } = await start(version, more, wishes);
    const failure = failureOf(await session.identity(never));
    expect(failure).toMatchObject(expected);
    expect(JSON.stringify(failure)).not.toContain('/srv/odoo');
  });

  test('a user without rights: which model, which group', async () => {
    const { session } = await start('16.0', { admin: false });
    const failure = failureOf(await session.answer('mail', never));
    expect(failure).toMatchObject({
      kind: 'permission',
      code: 'odoo.exceptions.AccessError',
      what: 'ir.mail_server',
      says: "You are not allowed to access 'Some Model' (ir.mail_server) records.",
    });
    expect(failure.needs?.en).toContain('Administration/Settings (for ir.mail_server)');
  });

  test('the same by JSON-2', async () => {
    const { session } = await start('19.0', { admin: false });
    expect(failureOf(await session.answer('jobs', never))).toMatchObject({ kind: 'permission', status: 403 });
  });
});

describe('mail', () => {
  test('outgoing servers, archived ones too, in the order in which Odoo takes them', async () => {
    const { accounts, aliases, outboundOff, otherWay } = await ask('16.0', 'mail');
    expect(accounts.filter(({ services }) => services.smtp)).toMatchObject([
      { id: 'ir.mail_server,2', enabled: false, services: { smtp: { port: 465, security: 'tls', verify: false } } },
      {
        id: 'ir.mail_server,1',
        name: 'Company mail',
        address: 'crm@example.com',
        enabled: true,
        isDefault: true,
        services: {
          smtp: {
            host: 'smtp.example.com',
            port: 587,
            security: 'starttls',
            username: 'crm@example.com',
            login: 'password',
          },
        },
      },
      { id: 'ir.mail_server,3', from: 'sales@example.com', oauth: { provider: 'google', state: 'missing' } },
    ]);
    expect(accounts[1]?.place.en).toContain('Outgoing Mail Servers > Company mail');
    expect(aliases).toEqual([
      { role: 'catchall', address: 'catchall@example.com' },
      { role: 'bounce', address: 'bounce@example.com' },
      { role: 'queue', address: 'info@example.com' },
    ]);
    expect([outboundOff, otherWay]).toEqual([undefined, undefined]);
  });

  test('incoming servers: not confirmed, POP, and a script that is none', async () => {
    const { accounts } = await ask('16.0', 'mail');
    const incoming = accounts.filter(({ id }) => id.startsWith('fetchmail'));
    expect(incoming.map(({ id }) => id)).toEqual(['fetchmail.server,4', 'fetchmail.server,6']);
    expect(incoming[0]).toMatchObject({
      services: { imap: { host: 'imap.example.com', port: 993, security: 'tls', login: 'password' } },
      unused: { en: expect.stringContaining('Not Confirmed') },
      lastTried: '2026-11-20T08:00:00.000Z',
      creates: 'Lead/Opportunity',
      unreadOnly: true,
    });
    // Up to 18 the date moves after a failed run too.
    expect(incoming[0]).not.toHaveProperty('lastGood');
    expect(incoming[1]).toMatchObject({ enabled: false, services: { pop3: { port: 110, security: 'none' } } });
  });

  test('19 keeps the error of the last run, and without one the run was good', async () => {
    const { accounts } = await ask('19.0', 'mail');
    const incoming = accounts.filter(({ id }) => id.startsWith('fetchmail'));
    expect(incoming).toMatchObject([
      { lastError: { says: "b'[AUTHENTICATIONFAILED] Invalid credentials'", at: '2026-11-19T00:00:00.000Z' } },
      { lastGood: '2026-11-20T08:00:00.000Z' },
    ]);
    expect(incoming[0]).not.toHaveProperty('lastGood');
  });

  test('a strict encryption checks the certificate; alias domains of 17 and later', async () => {
    const { accounts, aliases } = await ask('18.0', 'mail');
    expect(accounts.find(({ id }) => id === 'ir.mail_server,1')?.services.smtp).not.toHaveProperty('verify');
    expect(aliases?.slice(0, 3)).toEqual([
      { role: 'catchall', address: 'catchall@example.jp' },
      { role: 'bounce', address: 'bounce@example.jp' },
      { role: 'default-from', address: 'noreply@example.jp' },
    ]);
  });

  const changed = (name: string, rows: readonly Readonly<Record<string, unknown>>[], models = odoo16) => ({
    models: { ...models, [name]: { fields: models[name]?.fields ?? {}, rows } },
  });

  test('a neutralised copy sends nothing, and its stand-in is no server', async () => {
    const off = { id: 9, key: 'database.is_neutralized', value: 'true' };
    const standIn = {
      id: 9,
      name: 'neutralization - disable emails',
      active: true,
      smtp_host: 'invalid',
      smtp_port: 1025,
    };
    const { models } = changed('ir.config_parameter', [off]);
    const { accounts, outboundOff } = await ask('16.0', 'mail', changed('ir.mail_server', [standIn], models));
    expect(outboundOff).toMatchObject({ setting: 'database.is_neutralized', says: 'true' });
    expect(accounts[0]?.unused?.en).toContain('neutralised copy');
  });

  test('without a server the configuration file decides: named, it is read; else it is said', async () => {
    const none = changed('ir.mail_server', []);
    expect((await ask('16.0', 'mail', none)).otherWay?.outgoing?.en).toContain('odoo.conf');
    const settings =
      '[options]\nadmin_passwd = s3cret\nsmtp_server = mx.example.com\nsmtp_port = 587\nsmtp_ssl = True\nsmtp_user = crm\nsmtp_password = s3cret\nemail_from = False\n[other]\nsmtp_server = not.this.example\n';
    const read = await ask('16.0', 'mail', none, { settings });
    expect(read.accounts[0]).toMatchObject({
      id: 'odoo.conf',
      services: {
        smtp: { host: 'mx.example.com', port: 587, security: 'starttls', username: 'crm', login: 'password' },
      },
    });
    expect(JSON.stringify(read)).not.toContain('s3cret');
    // Where nothing is written there, Odoo sends to this machine.
    const empty = await ask('16.0', 'mail', none, { settings: '[options]\n' });
    expect(empty.accounts[0]?.services.smtp).toEqual({ host: 'localhost', port: 25, security: 'none', login: 'none' });
  });

  test('without incoming servers: a script may hand mail over, which is no fault', async () => {
    const { missing, otherWay } = await ask('16.0', 'mail', changed('fetchmail.server', []));
    expect([missing, otherWay?.incoming?.en]).toEqual([undefined, expect.stringContaining('odoo-mailgate.py')]);
  });

  test('without the module for mail', async () => {
    const { 'fetchmail.server': _gone, ...models } = odoo16;
    const { session } = await start('16.0', { models });
    const reply = await session.answer('mail', never);
    expect(reply.kind === 'answered' && reply.gaps?.[0]?.en).toContain('Discuss');
  });
});

describe('jobs, queue, log, users', () => {
  test('scheduled actions with what they are for', async () => {
    const { jobs, knowsLastRun, lastRunEvenIfFailed, scheduler } = await ask('16.0', 'jobs');
    expect(jobs).toMatchObject([
      {
        id: 'ir.cron,3',
        purpose: 'send-mail',
        active: true,
        lastRun: '2026-11-20T08:00:00.000Z',
        intervalMs: 3_600_000,
      },
      {
        id: 'ir.cron,8',
        purpose: 'fetch-mail',
        active: false,
        nextRun: '2026-11-20T09:00:00.000Z',
        intervalMs: 300_000,
      },
      { id: 'ir.cron,21', purpose: 'other' },
    ]);
    expect(jobs[1]).not.toHaveProperty('lastRun');
    expect([knowsLastRun, lastRunEvenIfFailed, scheduler]).toEqual([true, true, undefined]);
  });

  test('from 18 on failures are counted', async () => {
    const { jobs } = await ask('18.0', 'jobs');
    expect(jobs[1]).toMatchObject({ failures: 5, firstFailure: '2026-11-10T08:00:00.000Z', state: 'failed' });
    expect(jobs[0]).not.toHaveProperty('state');
  });

  test('while a module waits for its upgrade no job is started', async () => {
    const rows = [
      { id: 1, name: 'sale', state: 'to upgrade', latest_version: '16.0.1.0', installed_version: '16.0.1.1' },
    ];
    const models = {
      ...odoo16,
      'ir.module.module': { ...odoo16['ir.module.module'], fields: odoo16['ir.module.module']?.fields ?? {}, rows },
    };
    const { scheduler } = await ask('16.0', 'jobs', { models });
    expect(scheduler).toEqual({ alive: false, says: 'ir.module.module: sale: to upgrade' });
  });

  test('the queue: what is planned for later does not wait', async () => {
    const queue = await ask('16.0', 'queue');
    expect(queue).toMatchObject({
      waiting: 1,
      failed: 1,
      oldestWaiting: '2026-11-19T11:00:00.000Z',
      lastSent: '2026-11-18T10:01:00.000Z',
      messages: [
        { id: 'mail.mail,3', state: 'waiting' },
        {
          id: 'mail.mail,2',
          state: 'failed',
          since: '2026-11-19T10:00:00.000Z',
          to: 'customer.example',
          account: 'ir.mail_server,1',
        },
      ],
    });
    expect(queue.messages[1]?.says).toContain('Connection refused');
    expect(JSON.stringify(queue)).not.toContain('private');
  });

  test('the log tells what happened and no paths of the server', async () => {
    const { lines, limits } = await ask('16.0', 'log');
    expect(lines).toMatchObject([
      { level: 'warning', text: 'odoo.http: Login failed', at: '2026-11-19T10:05:00.000Z' },
      { level: 'error', text: "odoo.http: Exception during request handling. KeyError: 'nofield'" },
    ]);
    expect(limits).toHaveLength(2);
  });

  test.each<[Version]>([['16.0'], ['19.0']])('people of %s, without the portal', async (version) => {
    expect(await ask(version, 'users')).toEqual([
      {
        id: '2',
        login: 'admin@example.com',
        active: true,
        admin: true,
        roles: ['User types / Internal User', 'Administration / Settings'],
      },
      { id: '6', login: 'demo', active: false, admin: false, roles: ['User types / Internal User'] },
    ]);
  });
});

describe('workflows', () => {
  const workflowsOf = async (version: Version) => {
    const definitions = await ask(version, 'workflows');
    const project = readBy(importer, Object.fromEntries(definitions.map(({ path, text }) => [path, text])));
    return { definitions, project };
  };

  test('a rule of 16, its lines and fields, in the form that the importer reads', async () => {
    const { definitions, project } = await workflowsOf('16.0');
    expect(definitions.map(({ path }) => path)).toEqual([
      'odoo/base.automation/7.json',
      'odoo/base.automation/8.json',
      'odoo/ir.cron/21.json',
      'odoo/ir.actions.server/61.json',
    ]);
    expect(definitions[0]).toMatchObject({
      name: 'Mark won deals',
      place: { en: expect.stringContaining('Automated Actions') },
    });
    expect(project.problems).toEqual([]);
    const [rule, timed, byHand, cron] = project.workflows;
    expect(rule).toMatchObject({
      id: '7',
      version: '16',
      object: { name: 'crm.lead' },
      triggers: [{ on: 'update', watch: [{ name: 'stage_id' }] }],
      steps: [{ kind: 'update', set: [{ field: { name: 'priority' }, value: { value: '2' } }] }],
    });
    expect(timed).toMatchObject({ status: 'inactive', kind: 'scheduled' });
    expect(cron).toMatchObject({ kind: 'scheduled', steps: [{ kind: 'code' }] });
    expect(byHand).toMatchObject({ kind: 'manual', steps: [{ kind: 'code', text: 'pass' }] });
  });

  test('a rule of 18 with its actions', async () => {
    const { definitions, project } = await workflowsOf('18.0');
    expect(definitions[0]).toMatchObject({ place: { en: expect.stringContaining('Automation Rules') } });
    expect(definitions[0]?.url).toMatch(/\/odoo\/base\.automation\/12$/);
    const [rule] = project.workflows;
    expect(rule).toMatchObject({
      version: '17',
      triggers: [{ on: 'save' }],
      steps: [
        { kind: 'update', set: [{ field: { name: 'priority' } }] },
        { kind: 'mail', template: { name: '5' } },
      ],
    });
  });

  test('without the module there are none, which is said', async () => {
    const { 'base.automation': _gone, ...models } = odoo16;
    const { session } = await start('16.0', { models });
    const reply = await session.answer('workflows', never);
    expect(reply.kind === 'answered' && reply.gaps?.[0]?.en).toContain('base_automation');
  });

  test('runs: the last one of rules by time', async () => {
    expect(await ask('16.0', 'runs')).toEqual([
      { workflow: 'odoo/base.automation/8.json', at: '2026-11-20T00:00:00.000Z', state: 'ok' },
    ]);
  });

  test('the schema is one that the schema file reads', async () => {
    const { text } = await ask('16.0', 'schema');
    const reading = readSchemaFile(text, 'odoo.json');
    if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
    const { objects, users, roles, templates } = reading.schema;
    expect(objects?.get('res.partner')?.fields.get('lang')).toMatchObject({
      type: 'picklist',
      choices: [{ value: 'en_US' }, { value: 'ja_JP' }],
    });
    const lead = objects?.get('crm.lead');
    expect(lead?.complete).toBe(true);
    expect(lead?.fields.get('stage_id')).toMatchObject({ type: 'reference', to: ['crm.stage'] });
    // Hidden from us by a group, and there all the same.
    expect(lead?.fields.get('hidden_margin')).toMatchObject({ type: 'number' });
    expect(objects?.get('res.partner')?.fields.get('total_due')?.readOnly).toBe(true);
    expect(objects?.get('res.partner')?.fields.get('email_normalized')?.readOnly).toBe(false);
    expect(users?.get('2')).toMatchObject({ active: true, roles: ['1', '4'], language: 'ja' });
    expect(roles?.get('4')?.objects).toEqual(
      new Map([
        ['crm.lead', ['create', 'read', 'update', 'delete']],
        ['res.partner', ['read']],
      ]),
    );
    expect(templates?.get('5')).toMatchObject({ object: 'crm.lead', state: 'published' });
  });
});

describe('records', () => {
  const read = async (query: CrmRecordQuery) => recordsOf((await start('16.0')).session, query);
  const idsOf = async (query: CrmRecordQuery) =>
    (await read({ fields: ['name'], ...query })).records.map(({ id }) => id);

  test('by number, page after page, with the total once', async () => {
    const { session } = await start('16.0');
    const pages = [];
    for await (const page of session.records?.({ type: 'res.partner', fields: ['name'], pageSize: 2 }, never) ?? []) {
      pages.push(page);
    }
    expect(pages).toMatchObject([
      { kind: 'page', total: 3, records: [{ id: 1, name: 'Sample KK' }, { id: 2 }] },
      { kind: 'page', records: [{ id: 4 }] },
    ]);
    expect(pages[1]).not.toHaveProperty('total');
  });

  test('by their common names, archived ones on wish, since a moment', async () => {
    expect(await idsOf({ type: 'contacts' })).toEqual([2, 4]);
    expect(await idsOf({ type: 'companies' })).toEqual([1]);
    expect(await idsOf({ type: 'opportunities' })).toEqual([1]);
    expect(await idsOf({ type: 'contacts', includeArchived: true })).toEqual([2, 3, 4]);
    const since = '2026-11-12T00:00:00.000Z';
    expect(await idsOf({ type: 'contacts', includeArchived: true, since })).toEqual([3, 4]);
  });

  test('without fields: what is stored, no files and no secrets', async () => {
    const { records } = await read({ type: 'contacts' });
    expect(Object.keys(records[0] ?? {})).toEqual(expect.arrayContaining(['id', 'name', 'email', 'write_date']));
    for (const field of ['image_1920', 'signup_token', 'total_due']) expect(records[0]).not.toHaveProperty(field);
  });

  test.each<[CrmRecordQuery, string]>([
    [{ type: 'no.model' }, 'not-found'],
    [{ type: 'contacts', fields: ['nofield'] }, 'not-found'],
    [{ type: 'contacts', fields: ['signup_token'] }, 'permission'],
    [{ type: 'constructor' }, 'not-found'],
  ])('%j', async (query, kind) => {
    expect((await read(query)).failure?.kind).toBe(kind);
  });
});

describe('writing a mail account', () => {
  const write = async (version: Version, account: string, changes: readonly { field: string; to: unknown }[]) => {
    const { server, session } = await start(version);
    const asked = { account, protocol: 'smtp', changes: changes.map((change) => ({ from: null, ...change })) };
    const reply = await session.write?.(asked as Parameters<NonNullable<CrmSession['write']>>[0], never); // fields as they come
    return { server, reply };
  };

  test('an outgoing server, in one call, read again', async () => {
    const { server, reply } = await write('16.0', 'ir.mail_server,1', [
      { field: 'port', to: 465 },
      { field: 'security', to: 'tls' },
      { field: 'enabled', to: true },
    ]);
    expect(reply).toEqual({ kind: 'answered', value: { written: ['port', 'security', 'enabled'] } });
    expect(server.asked.filter(({ method }) => method === 'write')).toMatchObject([
      { ids: [1], values: { smtp_port: 465, smtp_encryption: 'ssl', active: true } },
    ]);
    expect(server.row('ir.mail_server', 1)).toMatchObject({ smtp_host: 'smtp.example.com', smtp_port: 465 });
  });

  test('whoever checks certificates goes on checking them', async () => {
    const { server } = await write('18.0', 'ir.mail_server,1', [{ field: 'security', to: 'tls' }]);
    expect(server.row('ir.mail_server', 1)).toMatchObject({ smtp_encryption: 'ssl_strict' });
  });

  test('an incoming server, archived or not, by JSON-2', async () => {
    const { server, reply } = await write('19.0', 'fetchmail.server,4', [
      { field: 'host', to: 'mail.example.com' },
      { field: 'username', to: 'other@example.com' },
    ]);
    expect(reply).toEqual({ kind: 'answered', value: { written: ['host', 'username'] } });
    expect(server.row('fetchmail.server', 4)).toMatchObject({ server: 'mail.example.com', user: 'other@example.com' });
  });

  test.each([
    ['fetchmail.server,4', 'security', 'starttls', 'config'],
    ['ir.mail_server,1', 'folder', 'INBOX', 'config'],
    ['ir.mail_server,99', 'port', 25, 'not-found'],
    ['res.users,2', 'username', 'x', 'not-found'],
    ['odoo.conf', 'port', 25, 'not-found'],
  ])('%s %s %s is not written', async (account, field, to, kind) => {
    const { server, reply } = await write('16.0', account, [{ field, to }]);
    expect(reply && failureOf(reply).kind).toBe(kind);
    expect(server.asked.filter(({ method }) => method === 'write')).toEqual([]);
  });
});

test.each<[Version]>([['16.0'], ['18.0'], ['19.0']])(
  '%s: no secret is asked for, and none comes out',
  async (version) => {
    const { server, session } = await start(version);
    const replies = [
      await session.identity(never),
      ...(await Promise.all(questions.map((one) => session.answer(one, never)))),
    ];
    await recordsOf(session, { type: 'res.users' });
    expect(replies.map(({ kind }) => kind)).toEqual(replies.map(() => 'answered'));
    const fields = server.asked.flatMap(({ model, fields: names }) => names.map((name) => `${model}.${name}`));
    expect(fields.filter((name) => /pass|token|secret|key$|uuid|subject|body/.test(name))).toEqual(
      fields.filter((name) => name === 'ir.config_parameter.key'),
    );
    const text = JSON.stringify(replies);
    for (const secret of secrets) expect(text).not.toContain(secret);
    // Nothing was written, and nothing but reading was asked for.
    expect([...new Set(server.asked.map(({ method }) => method))].toSorted()).toEqual(
      [
        'fields_get',
        'has_group',
        'search_count',
        'search_read',
        ...(version === '19.0' ? ['context_get'] : []),
      ].toSorted(),
    );
  },
);
