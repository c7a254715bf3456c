import { afterEach, describe, expect, test } from '@jest/globals';
import { type DolibarrOptions, startDolibarr } from '../../fixtures/crm/dolibarr.server.ts';
import { json } from '../../fixtures/http.server.ts';
import { dolibarr } from '../../src/crm/dolibarr.connector.ts';
import type { CrmRecordQuery } from '../../src/model/crm/connector.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const start = async (options: DolibarrOptions = {}, access: Omit<Wishes, 'url'> = {}) => {
  const server = await startDolibarr(options);
  ending.push(server.stop);
  return { server, session: openSession(dolibarr, { url: server.url, secret: 'dolikey', ...access }, ending) };
};

const html = (body: string, status = 200) => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body,
});

const smtp = {
  MAIN_MAIL_SENDMODE: 'smtps',
  MAIN_MAIL_SMTP_SERVER: 'smtp.example.com',
  MAIN_MAIL_SMTP_PORT: '587',
  MAIN_MAIL_SMTPS_ID: 'crm@example.com',
  MAIN_MAIL_SMTPS_PW: 'hunter2',
  MAIN_MAIL_EMAIL_TLS: '0',
  MAIN_MAIL_EMAIL_STARTTLS: '1',
  MAIN_MAIL_EMAIL_FROM: 'info@example.com',
};

describe('identity', () => {
  test('version, modules and whose key it is', async () => {
    const { session } = await start();
    expect(answered(await session.identity(never))).toMatchObject({
      product: 'dolibarr',
      version: '16.0.3',
      modules: [{ name: 'api' }, { name: 'societe' }, { name: 'emailcollector' }],
      user: { login: 'admin', admin: true },
      clock: { theirs: expect.any(String) },
    });
  });

  test('who is no administrator is told what stays hidden; a lock is passed on', async () => {
    const { session } = await start({ admin: false, forbidden: ['users'], locked: 'admin' });
    const reply = await session.identity(never);
    expect(gapsOf(reply)).toHaveLength(2);
    expect(answered(reply)).toMatchObject({ complaints: ['access_locked: admin'] });
    expect(answered(reply)).not.toHaveProperty('user');
  });

  const status = 'GET /api/index.php/status';
  test.each<[says: string, DolibarrOptions, string | undefined, object]>([
    ['a wrong key', {}, 'nope', { kind: 'auth', status: 401 }],
    [
      'a wrong key, as older ones say it',
      {
        instead: {
          [status]: json({ error: { code: 503, message: 'Error when searching login user from api key' } }, 503),
        },
      },
      undefined,
      { kind: 'auth' },
    ],
    ['no key', {}, '', { kind: 'auth' }],
    [
      'the module for the API is off, said in any language',
      { instead: { '*': html('モジュール <b>Api</b> を有効にする必要があります。<br><br>') } },
      undefined,
      { kind: 'api-off', status: 200 },
    ],
    [
      'this address is not let in',
      { instead: { '*': html('APIs are not allowed from the IP 192.0.2.1', 503) } },
      undefined,
      { kind: 'permission', needs: { en: expect.stringContaining('API_RESTRICT_ON_IP') } },
    ],
    [
      'nothing there',
      { instead: { '*': html('<title>404 Not Found</title>', 404) } },
      undefined,
      { kind: 'not-this-crm' },
    ],
    ['another product', { instead: { '*': json({ status: 'ok' }) } }, undefined, { kind: 'not-this-crm' }],
    [
      'the page of a login',
      { instead: { '*': html('<title>Login</title><input type="password">') } },
      undefined,
      { kind: 'login-page' },
    ],
    [
      'too many requests',
      { instead: { '*': { status: 429, headers: { 'retry-after': '60' } } } },
      undefined,
      { kind: 'rate-limited', retryAfterMs: 60_000 },
    ],
    [
      'the database is away',
      {
        instead: {
          '*': json(
            {
              error: {
                code: 503,
                message: "Error when fetching: SELECT u.login FROM llx_user WHERE api_key='dolikey'",
              },
            },
            503,
          ),
        },
      },
      undefined,
      { kind: 'server-error', says: 'Error when fetching' },
    ],
  ])('%s', async (_says, options, secret, expected) => {
    const { session } = await start(options, secret === undefined ? {} : { secret });
    const failure = failureOf(await session.identity(never));
    expect(failure).toMatchObject(expected);
    expect(JSON.stringify(failure)).not.toMatch(/llx_|class\.php/);
  });
});

describe('mail', () => {
  const mail = async (constants: Readonly<Record<string, string>>) => {
    const { server, session } = await start({ constants });
    return { server, mail: answered(await session.answer('mail', never)) };
  };

  test('SMTP by its constants; the password is not asked for', async () => {
    const { server, mail: found } = await mail({ ...smtp, MAIN_MAIL_ERRORS_TO: 'errors@example.com' });
    expect(found).toMatchObject({
      accounts: [
        {
          id: 'MAIN_MAIL_SENDMODE',
          address: 'info@example.com',
          from: 'info@example.com',
          services: {
            smtp: {
              host: 'smtp.example.com',
              port: 587,
              security: 'starttls',
              username: 'crm@example.com',
              login: 'password',
            },
          },
          enabled: true,
          isDefault: true,
          writable: [],
        },
      ],
      aliases: [{ role: 'bounce', address: 'errors@example.com' }],
    });
    expect(found.accounts).toHaveLength(1);
    expect(found.outboundOff).toBeUndefined();
    expect(found.otherWay?.outgoing).toBeUndefined();
    expect(server.log.requests.filter((request) => /_PW|KEY|PASS|SECRET/i.test(request))).toEqual([]);
  });

  test('what is not set is the default: PHP sends, which is no account', async () => {
    const { mail: found } = await mail({});
    expect(found.accounts).toEqual([]);
    expect(found.otherWay?.outgoing?.en).toContain('mail()');
    expect(found.missing).toBeUndefined();
  });

  test('mass mail has a server of its own only where it says so', async () => {
    const own = {
      MAIN_MAIL_SENDMODE_EMAILING: 'swiftmailer',
      MAIN_MAIL_SMTP_SERVER_EMAILING: 'bulk.example.com',
      MAIN_MAIL_EMAIL_TLS_EMAILING: '1',
    };
    const { mail: found } = await mail({ ...smtp, ...own, MAIN_MAIL_SENDMODE_TICKET: 'default' });
    expect(found.accounts.map(({ id }) => id)).toEqual(['MAIN_MAIL_SENDMODE', 'MAIN_MAIL_SENDMODE_EMAILING']);
    expect(found.accounts[1]?.services.smtp).toEqual({
      host: 'bulk.example.com',
      port: 25,
      security: 'tls',
      login: 'none',
    });
  });

  test('all mail switched off, or sent to one address instead', async () => {
    const { mail: found } = await mail({
      ...smtp,
      MAIN_DISABLE_ALL_MAILS: '1',
      MAIN_MAIL_FORCE_SENDTO: 'test@example.com',
    });
    expect(found.outboundOff).toMatchObject({ setting: 'MAIN_DISABLE_ALL_MAILS', says: '1' });
    expect(found.accounts[0]?.forcedTo).toBe('test@example.com');
  });

  test('who may not read the setup', async () => {
    const { session } = await start({ admin: false });
    const failure = failureOf(await session.answer('mail', never));
    expect(failure).toMatchObject({ kind: 'permission', what: '/setup/conf/MAIN_DISABLE_ALL_MAILS', status: 403 });
    expect(failure.needs?.en).toContain('API_LOGINS_ALLOWED_FOR_CONST_READ');
  });
});

test('people; what older ones send besides is dropped', async () => {
  const users = [
    { id: '1', login: 'admin', statut: '1', admin: '1', pass: 'hunter2', api_key: 'dolikey' },
    { id: '2', login: 'demo', statut: '0', admin: '0' },
  ];
  const { session } = await start({ rows: { users } });
  expect(answered(await session.answer('users', never))).toEqual([
    { id: '1', login: 'admin', active: true, admin: true, roles: [] },
    { id: '2', login: 'demo', active: false, admin: false, roles: [] },
  ]);
});

describe('records', () => {
  const seconds = (text: string): number => Date.parse(text) / 1000;
  const rows = {
    thirdparties: [1, 2, 3].map((id) => ({
      id: String(id),
      name: `Company ${id}`,
      pass: 'hunter2',
      date_modification: seconds(`2026-11-1${id}T00:00:00Z`),
      tms: `2026-11-1${id} 09:00:00`,
    })),
    contacts: [],
    projects: [
      { id: '1', title: 'Deal', usage_opportunity: '1' },
      { id: '2', title: 'Work', usage_opportunity: '0' },
    ],
  };
  const read = async (query: CrmRecordQuery, version = '16.0.3') =>
    recordsOf((await start({ rows, version })).session, query);

  test('by their numbers, page after page, without secrets', async () => {
    const { records, pages } = await read({ type: 'companies', pageSize: 2 });
    expect([records.map(({ id }) => id), pages]).toEqual([['1', '2', '3'], 2]);
    expect(records[0]).not.toHaveProperty('pass');
  });

  test('an empty list is no failure, opportunities are projects', async () => {
    expect(await read({ type: 'contacts' })).toEqual({ records: [], pages: 1 });
    expect((await read({ type: 'opportunities' })).records.map(({ id }) => id)).toEqual(['1']);
  });

  test.each(['16.0.3', '20.0.1'])('since a moment, with the fields that are wanted (%s)', async (version) => {
    const query = { type: 'companies', fields: ['name'], since: '2026-11-12T00:00:00Z' };
    expect((await read(query, version)).records).toEqual([
      { id: '2', name: 'Company 2' },
      { id: '3', name: 'Company 3' },
    ]);
  });

  test.each<[CrmRecordQuery, string]>([
    [{ type: 'tickets' }, 'api-off'],
    [{ type: '../setup' }, 'not-found'],
    [{ type: 'companies', fields: ['api_key'] }, 'permission'],
  ])('%j', async (query, kind) => {
    expect((await read(query)).failure?.kind).toBe(kind);
  });
});

test('what it cannot tell it says, and where to look', async () => {
  const { session } = await start();
  for (const question of ['jobs', 'queue', 'log', 'schema', 'workflows', 'runs'] as const) {
    expect(await session.answer(question, never)).toEqual({ kind: 'not-offered', why: dolibarr.answers[question] });
  }
});
