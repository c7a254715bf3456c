import { afterEach, describe, expect, test } from '@jest/globals';
import { type FrappeOptions, startFrappe } from '../../fixtures/crm/frappe.server.ts';
import { company, secrets } from '../../fixtures/crm/frappe-company.ts';
import { json } from '../../fixtures/http.server.ts';
import { frappe } from '../../src/crm/frappe.connector.ts';
import type { CrmQuestion } from '../../src/model/crm/answers.ts';
import type { CrmRecordQuery, CrmSession } from '../../src/model/crm/connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const now = () => new Date('2026-11-20T09:00:00Z');

const start = async (options: Partial<FrappeOptions> = {}, access: Omit<Wishes, 'url'> = {}) => {
  const server = await startFrappe({ doctypes: company, apps: { frappe: '15.20.0', erpnext: '15.18.1' }, ...options });
  ending.push(server.stop);
  return { server, session: openSession(frappe, { url: server.url, now, secret: 'key:secret', ...access }, ending) };
};

const ask = async <Question extends Exclude<CrmQuestion, 'identity'>>(
  question: Question,
  options: Partial<FrappeOptions> = {},
  access: Omit<Wishes, 'url'> = {},
) => answered(await (await start(options, access)).session.answer(question, never));

const questions = Object.keys(frappe.answers) as readonly Exclude<CrmQuestion, 'identity'>[]; // as `answers` is typed

describe('identity', () => {
  test('apps, zone and whose key it is', async () => {
    const { session } = await start();
    expect(answered(await session.identity(never))).toMatchObject({
      product: 'frappe',
      name: 'Frappe',
      version: '15.20.0',
      modules: [
        { name: 'frappe', version: '15.20.0' },
        { name: 'erpnext', version: '15.18.1' },
      ],
      user: { login: 'admin@example.com', admin: true },
      timeZone: 'Asia/Tokyo',
      clock: { ours: '2026-11-20T09:00:00.000Z' },
    });
  });

  test('the key may stand in username', async () => {
    const { session } = await start({}, { username: 'key', secret: 'secret' });
    expect((await session.identity(never)).kind).toBe('answered');
  });

  const whole = (body: string, status = 200) => ({ '*': { status, headers: { 'content-type': 'text/html' }, body } });

  test.each<[says: string, Partial<FrappeOptions>, string, object]>([
    ['a wrong key', {}, 'key:nope', { kind: 'auth', status: 401, code: 'AuthenticationError' }],
    ['a key that is nobody', { user: 'Guest' }, 'key:secret', { kind: 'auth', says: 'Guest' }],
    [
      'no such site',
      { instead: whole('<h1>Not Found</h1><p>crm.example.com does not exist</p>', 404) },
      'key:secret',
      { kind: 'not-this-crm' },
    ],
    ['another product', { instead: { '*': json({ ok: true }) } }, 'key:secret', { kind: 'not-this-crm' }],
    [
      'the page of a login',
      { instead: whole('<title>Login</title><input type="password">') },
      'key:secret',
      { kind: 'login-page' },
    ],
    [
      'an update is going on',
      { instead: { '*': json({ exc_type: 'SessionStopped', exception: 'frappe.exceptions.SessionStopped' }, 503) } },
      'key:secret',
      { kind: 'maintenance' },
    ],
    [
      'too many requests',
      {
        instead: {
          '*': {
            ...json({ exc_type: 'TooManyRequestsError', exception: '' }, 429),
            headers: { 'content-type': 'application/json', 'retry-after': '600' },
          },
        },
      },
      'key:secret',
      { kind: 'rate-limited', retryAfterMs: 600_000 },
    ],
    [
      'an error of the application, without its traceback',
      {
        instead: {
          '*': json(
            {
              exc_type: 'OperationalError',
              exception: 'pymysql.err.OperationalError: (2003, "gone")',
              exc: '["File \\"apps/x.py\\""]',
            },
            500,
          ),
        },
      },
      'key:secret',
      { kind: 'server-error', says: 'pymysql.err.OperationalError: (2003, "gone")' },
    ],
  ])('%s', async (_says, options, secret, expected) => {
    const { session } = await start(options, { secret });
    const failure = failureOf(await session.identity(never));
    expect(failure).toMatchObject(expected);
    expect(JSON.stringify(failure)).not.toContain('apps/');
  });

  test('a role that is missing, with the words of Frappe', async () => {
    const { session } = await start({ forbidden: ['Email Account'] });
    expect(failureOf(await session.answer('mail', never))).toMatchObject({
      kind: 'permission',
      status: 403,
      what: 'Email Account',
      says: 'No permission for Email Account',
      needs: { en: expect.stringContaining('System Manager') },
    });
  });
});

describe('mail', () => {
  test('both directions of an account, each for itself', async () => {
    const { accounts, missing, otherWay } = await ask('mail');
    expect(accounts).toMatchObject([
      {
        id: 'out:Support',
        address: 'support@example.com',
        from: 'support@example.com',
        services: {
          smtp: {
            host: 'smtp.example.com',
            port: 587,
            security: 'starttls',
            username: 'support@example.com',
            login: 'password',
          },
        },
        enabled: true,
        isDefault: true,
      },
      {
        id: 'in:Support',
        services: { imap: { host: 'imap.example.com', port: 993, security: 'tls', folders: ['INBOX', 'Requests'] } },
        unreadOnly: true,
        creates: 'Issue',
        isDefault: true,
      },
      {
        id: 'out:Sales',
        services: { smtp: { host: 'relay.example.com', port: 465, security: 'tls', username: 'sales-login' } },
        enabled: false,
        unused: { en: expect.stringContaining('Awaiting password') },
      },
      {
        id: 'in:Sales',
        services: { pop3: { host: 'pop.example.com', port: 995, security: 'tls', verify: false } },
        enabled: false,
        failures: 6,
      },
    ]);
    expect([missing, otherWay]).toEqual([undefined, undefined]);
  });

  const withAccounts = (rows: NonNullable<(typeof company)[string]>['rows']) => ({
    doctypes: { ...company, 'Email Account': { fields: company['Email Account']?.fields ?? [], rows } },
  });

  test('what only site_config.json says: muted, or a server of its own', async () => {
    const settings = JSON.stringify({
      mute_emails: 1,
      db_password: 'hunter2',
      mail_server: 'mx.example.com',
      mail_port: 587,
      use_tls: 1,
      mail_login: 'crm',
      mail_password: 'hunter2',
    });
    const muted = await ask('mail', {}, { settings });
    expect(muted.outboundOff).toMatchObject({ setting: 'mute_emails', says: '1' });
    expect(muted.accounts.map(({ id }) => id)).not.toContain('site_config.json');
    const own = await ask('mail', withAccounts([]), { settings });
    expect(own.accounts).toMatchObject([
      {
        id: 'site_config.json',
        services: { smtp: { host: 'mx.example.com', port: 587, security: 'starttls', username: 'crm' } },
      },
    ]);
    expect(JSON.stringify(own)).not.toContain('hunter2');
  });

  test('nothing to send with: certain with the file, open without it', async () => {
    expect((await ask('mail', withAccounts([]), { settings: '{}' })).missing).toEqual(['outgoing']);
    const { missing, otherWay } = await ask('mail', withAccounts([]));
    expect([missing, otherWay?.outgoing?.en]).toEqual([undefined, expect.stringContaining('site_config.json')]);
  });

  test('a file that is none says nothing', async () => {
    const { session } = await start({}, { settings: '[1,' });
    expect(gapsOf(await session.answer('mail', never))).toEqual([expect.stringContaining('settingsFile')]);
  });
});

describe('jobs, queue, log, users', () => {
  test('jobs in UTC, with how their newest run ended', async () => {
    const { jobs, knowsLastRun, scheduler } = await ask('jobs');
    expect(jobs).toMatchObject([
      {
        id: 'email_account.pull',
        purpose: 'fetch-mail',
        active: true,
        lastRun: '2026-11-20T08:50:00.000Z',
        intervalMs: 600_000,
        state: 'failed',
        failures: 2,
        says: 'TimeoutError: timed out',
      },
      { id: 'queue.flush', purpose: 'send-mail', active: false, intervalMs: 240_000 },
      { id: 'notification.daily', purpose: 'workflow', intervalMs: 86_400_000 },
    ]);
    expect(jobs[1]).not.toHaveProperty('lastRun');
    expect([knowsLastRun, scheduler]).toEqual([true, undefined]);
  });

  test('a scheduler that is switched off', async () => {
    expect((await ask('jobs', { scheduler: 'inactive' })).scheduler).toMatchObject({ alive: false });
  });

  test('without the zone no time is claimed', async () => {
    const { session } = await start({ forbidden: ['System Settings'] });
    const reply = await session.answer('jobs', never);
    expect(answered(reply)).toMatchObject({ knowsLastRun: false });
    expect(answered(reply).jobs[0]).not.toHaveProperty('lastRun');
    expect(gapsOf(reply)).toHaveLength(1);
  });

  test('the queue: what is planned for later does not wait', async () => {
    expect(await ask('queue')).toMatchObject({
      waiting: 1,
      failed: 1,
      oldestWaiting: '2026-11-20T08:00:00.000Z',
      lastSent: '2026-11-20T07:01:00.000Z',
      messages: [
        { id: 'q2', state: 'waiting', account: 'out:Support' },
        { id: 'q4', state: 'failed', attempts: 3, says: "smtplib.SMTPAuthenticationError: (535, b'5.7.8')" },
      ],
    });
  });

  test('the log tells what happened and no paths', async () => {
    expect((await ask('log')).lines).toEqual([
      {
        at: '2026-11-20T08:00:00.000Z',
        level: 'error',
        source: 'Error Log',
        text: 'Email Account: Invalid login or password',
      },
    ]);
  });

  test('people with their roles', async () => {
    expect(await ask('users')).toEqual([
      { id: 'Administrator', login: 'Administrator', active: true, admin: true, roles: [] },
      { id: 'admin@example.com', login: 'admin@example.com', active: true, admin: true, roles: ['System Manager'] },
      { id: 'demo@example.com', login: 'demo@example.com', active: false, admin: false, roles: ['Sales User'] },
    ]);
  });

  test('the schema is one that the schema file reads', async () => {
    const reading = readSchemaFile((await ask('schema')).text, 'frappe.json');
    if (reading.kind !== 'read') throw new Error(JSON.stringify(reading.problems));
    const { objects, users, roles, timeZone } = reading.schema;
    const lead = objects?.get('Lead');
    expect(lead?.complete).toBe(true);
    expect(lead?.fields.get('status')).toMatchObject({ type: 'picklist', required: true, default: 'Lead' });
    expect(lead?.fields.get('company')).toMatchObject({ type: 'reference', to: ['Company'] });
    expect(lead?.fields.get('email_id')).toMatchObject({ type: 'email' });
    expect(lead?.fields.get('region')).toMatchObject({ type: 'text' });
    expect(lead?.fields.has('section')).toBe(false);
    expect(roles?.get('Sales User')?.objects).toEqual(new Map([['Lead', ['create', 'read', 'update']]]));
    expect([users?.get('demo@example.com')?.active, timeZone]).toEqual([false, 'Asia/Tokyo']);
  });

  test('users whose roles are hidden are no users of the schema without roles', async () => {
    const { session } = await start({ forbidden: ['Has Role'] });
    const reply = await session.answer('schema', never);
    expect(JSON.parse(answered(reply).text)).not.toHaveProperty('users');
    expect(gapsOf(reply)).toEqual(['the roles of the users']);
  });

  test('what it cannot tell it says', async () => {
    const { session } = await start();
    expect(await session.answer('workflows', never)).toMatchObject({ kind: 'not-offered' });
  });
});

describe('records', () => {
  const read = async (query: CrmRecordQuery) => recordsOf((await start()).session, query);

  test('by their names, page after page', async () => {
    const { records, pages } = await read({ type: 'leads', fields: ['lead_name'], pageSize: 2 });
    expect([records, pages]).toEqual([
      [
        { name: 'A-1', lead_name: 'Lead 0' },
        { name: 'A-2', lead_name: 'Lead 1' },
        { name: 'B-1', lead_name: 'Lead 2' },
      ],
      2,
    ]);
  });

  test('since a moment, on the clock of the site', async () => {
    // 23:00 UTC is 08:00 in Tokyo.
    const { records } = await read({ type: 'leads', fields: ['name'], since: '2026-11-20T23:00:00Z' });
    expect(records.map(({ name }) => name)).toEqual(['A-2', 'B-1']);
  });

  test('without fields: all that are no secret and no layout', async () => {
    const { records } = await read({ type: 'leads' });
    expect(Object.keys(records[0] ?? {}).toSorted()).toEqual([
      'company',
      'creation',
      'docstatus',
      'email_id',
      'idx',
      'lead_name',
      'modified',
      'modified_by',
      'name',
      'owner',
      'status',
    ]);
  });

  test.each<[CrmRecordQuery, string]>([
    [{ type: 'tickets' }, 'not-found'],
    [{ type: 'leads', fields: ['password_of_portal'] }, 'permission'],
    [{ type: 'leads', fields: ['nofield'] }, 'not-found'],
    [{ type: 'constructor' }, 'not-found'],
  ])('%j', async (query, kind) => {
    expect((await read(query)).failure?.kind).toBe(kind);
  });
});

describe('writing an Email Account', () => {
  const write = async (account: string, changes: readonly { field: string; to: unknown }[]) => {
    const { server, session } = await start();
    const asked = { account, protocol: 'smtp', changes: changes.map((change) => ({ from: null, ...change })) };
    const reply = await session.write?.(asked as Parameters<NonNullable<CrmSession['write']>>[0], never); // fields as they come
    return { server, reply };
  };

  test('one direction of it, read again by name', async () => {
    const { server, reply } = await write('out:Support', [
      { field: 'port', to: 465 },
      { field: 'security', to: 'tls' },
    ]);
    expect(reply).toEqual({ kind: 'answered', value: { written: ['port', 'security'] } });
    expect(server.puts).toEqual([
      ['Email Account', 'Support', { smtp_port: '465', use_ssl_for_outgoing: 1, use_tls: 0 }],
    ]);
    expect(server.row('Email Account', 'Support')).toMatchObject({
      email_server: 'imap.example.com',
      incoming_port: '993',
    });
  });

  test('incoming mail is switched on', async () => {
    const { server, reply } = await write('in:Sales', [{ field: 'enabled', to: true }]);
    expect(reply).toEqual({ kind: 'answered', value: { written: ['enabled'] } });
    expect(server.puts[0]?.[2]).toEqual({ enable_incoming: 1 });
  });

  test.each([
    ['out:Nobody', 'port', 25, 'not-found'],
    ['site_config.json', 'port', 25, 'not-found'],
    ['out:Support', 'folder', 'INBOX', 'config'],
    ['out:Support', 'security', 'ssl3', 'config'],
  ])('%s %s %s is not written', async (account, field, to, kind) => {
    const { server, reply } = await write(account, [{ field, to }]);
    expect([reply && failureOf(reply).kind, server.puts]).toEqual([kind, []]);
  });
});

test('no secret is asked for, and none comes out', async () => {
  const { server, session } = await start();
  const replies = [
    await session.identity(never),
    ...(await Promise.all(questions.map((one) => session.answer(one, never)))),
  ];
  await recordsOf(session, { type: 'leads' });
  expect(server.asked.filter((field) => /\.password$|token|secret|\.message$|subject/.test(field))).toEqual([]);
  expect(server.log.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
  const text = JSON.stringify(replies);
  for (const secret of secrets) expect(text).not.toContain(secret);
});
