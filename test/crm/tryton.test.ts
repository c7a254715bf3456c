import { afterEach, describe, expect, test } from '@jest/globals';
import { startTrytonFixture, type TrytonOptions, type TrytonRow } from '../../fixtures/crm/tryton.server.ts';
import { company, cron, moment } from '../../fixtures/crm/tryton-company.ts';
import { startHttp } from '../../fixtures/http.server.ts';
import { readMailUri } from '../../src/crm/tryton/mail-uri.ts';
import { plainValue } from '../../src/crm/tryton/value.ts';
import { tryton } from '../../src/crm/tryton.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { tryton as importer } from '../../src/workflow/tryton.importer.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const password = 'Right+/&1';
const now = new Date('2026-11-26T02:00:00Z');

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const start = async (options: TrytonOptions = company) => {
  const server = await startTrytonFixture(options);
  ending.push(server.stop);
  return server;
};

const sessionAt = (url: string, wishes: Partial<Wishes> = {}) =>
  openSession(tryton, { url, database: 'crm', username: 'admin', secret: password, now: () => now, ...wishes }, ending);

/** In, so that the questions can be asked. */
const enteredWith = async (options: TrytonOptions = company, wishes: Partial<Wishes> = {}) => {
  const server = await start(options);
  const session = sessionAt(server.url, wishes);
  answered(await session.identity(never));
  return { session, server };
};

const failsWith = async (options: TrytonOptions, wishes: Partial<Wishes> = {}) => {
  const server = await start({ ...company, ...options });
  return failureOf(await sessionAt(server.url, wishes).identity(never));
};

describe('who it is', () => {
  test('version, modules, user, clock; one login', async () => {
    const server = await start();
    const identity = answered(await sessionAt(server.url).identity(never));
    expect(identity).toMatchObject({ product: 'tryton', version: '6.0.29', user: { login: 'admin', admin: true } });
    expect(identity.modules).toContainEqual({ name: 'party', version: '6.0.3' });
    expect(identity.modules).toContainEqual({ name: 'ir' });
    expect(identity.clock).toBeDefined();
    expect(server.asked.filter((method) => method === 'common.db.login')).toHaveLength(1);
  });

  test('a wrong password', async () => {
    expect(await failsWith({}, { secret: 'wrong' })).toMatchObject({ kind: 'auth', status: 401, says: '' });
  });

  test('a name that was tried too often is not a wrong password', async () => {
    expect(await failsWith({ login: 'locked' })).toMatchObject({ kind: 'locked-out', status: 429 });
  });

  test('a database that is not there, in the words of SQLite, with those that are', async () => {
    const failure = await failsWith({}, { database: 'nodb' });
    expect(failure).toMatchObject({ kind: 'wrong-database', needs: { en: 'databases of this server: crm' } });
  });

  test('a database that is not there, in the words of PostgreSQL', async () => {
    expect(await failsWith({ login: 'missing-database' })).toMatchObject({ kind: 'wrong-database', status: 404 });
  });

  test('a login that wants more than a password', async () => {
    expect(await failsWith({ login: 'second-factor' })).toMatchObject({ kind: 'auth', code: 'LoginException' });
  });

  test('the name of the database in the address', async () => {
    const server = await start();
    const failure = failureOf(await sessionAt(`${server.url}/crm`).identity(never));
    expect(failure).toMatchObject({ kind: 'not-this-crm', location: server.url });
    expect(server.asked).not.toContain('common.db.login');
  });

  test.each([
    ['not-this-crm', '<html><head><title>Wiki</title></head><body>Hello</body></html>'],
    ['login-page', '<html><form><input type="password"></form></html>'],
  ])('another page: %s', async (kind, body) => {
    const server = await startHttp({ routes: { '*': { headers: { 'content-type': 'text/html' }, body } } });
    ending.push(server.stop);
    expect(failureOf(await sessionAt(`http://127.0.0.1:${server.port}`).identity(never)).kind).toBe(kind);
  });
});

describe('questions', () => {
  test('a session that ended meanwhile', async () => {
    const { session } = await enteredWith({ ...company, expires: true });
    expect(failureOf(await session.answer('jobs', never))).toMatchObject({ kind: 'key-expired', status: 401 });
  });

  test('an error of Python without its traceback', async () => {
    const { session } = await enteredWith({
      ...company,
      broken: { 'ir.cron': "could not convert string to float: 'T4'" },
    });
    const failure = failureOf(await session.answer('jobs', never));
    expect(failure).toMatchObject({ kind: 'server-error', says: "could not convert string to float: 'T4'" });
    expect(JSON.stringify(failure)).not.toContain('Traceback');
  });

  test('a model that the user may not read', async () => {
    const { session } = await enteredWith({ ...company, closed: ['ir.cron'] });
    const failure = failureOf(await session.answer('jobs', never));
    expect(failure).toMatchObject({ kind: 'permission', code: 'UserError' });
    expect(failure.needs?.en).toContain('Administration');
  });

  const jobsWith = async (...rows: readonly TrytonRow[]) => {
    const { session } = await enteredWith({ ...company, tables: { ...company.tables, 'ir.cron': rows } });
    return answered(await session.answer('jobs', never));
  };

  test('more rows than one search takes are said, and a part of the rights is none', async () => {
    const { tables = {} } = company;
    const [right] = tables['ir.model.access'] ?? [];
    const many = Array.from({ length: 2_001 }, (_, n) => ({ ...right, id: n + 1 }));
    const crons = Array.from({ length: 501 }, (_, n) => cron(n + 1));
    const { session } = await enteredWith({
      ...company,
      tables: { ...tables, 'ir.cron': crons, 'ir.model.access': many },
    });
    expect(gapsOf(await session.answer('jobs', never))).toEqual(['only the first 500 scheduled actions']);
    expect(JSON.parse(answered(await session.answer('schema', never)).text)).not.toHaveProperty('roles');
  });

  test('jobs, and a scheduler that runs', async () => {
    const jobs = await jobsWith(
      cron(1),
      cron(2, { active: 0, method: 'marketing.automation.record.activity|process' }),
    );
    expect(jobs).toMatchObject({ knowsLastRun: true, lastRunEvenIfFailed: true, scheduler: { alive: true } });
    expect(jobs.jobs).toMatchObject([
      { id: '1', purpose: 'workflow', active: true, lastRun: '2026-11-26T01:58:20.000Z', intervalMs: 300_000 },
      { id: '2', purpose: 'send-mail', active: false },
    ]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, boolean | undefined]>([
    ['never ran', { next_call: null, write_date: null, write_uid: null }, false],
    [
      'is as new as its rows',
      { next_call: null, write_uid: null, create_date: moment('2026-11-26T01:40:00') },
      undefined,
    ],
    ['stopped days ago', { next_call: moment('2026-11-16T02:03:00') }, false],
    ['is a little late', { next_call: moment('2026-11-26T01:55:00') }, true],
  ])('a scheduler that %s', async (_, row, alive) => {
    expect((await jobsWith(cron(1, row))).scheduler?.alive).toBe(alive);
  });

  test('the last run is not known of what a person changed', async () => {
    const jobs = await jobsWith(cron(1, { write_uid: 1 }));
    expect(jobs.knowsLastRun).toBe(false);
    expect(jobs.jobs[0]).not.toHaveProperty('lastRun');
  });

  test('people with their groups; passwords are not asked for', async () => {
    const { session } = await enteredWith();
    expect(answered(await session.answer('users', never))).toEqual([
      { id: '1', login: 'admin', active: true, roles: ['Administration', 'Sales'] },
      { id: '2', login: 'gone', active: false, roles: [] },
    ]);
  });

  test('the schema is one that the workflow commands read', async () => {
    const { session } = await enteredWith();
    const { text } = answered(await session.answer('schema', never));
    const reading = readSchemaFile(text, 'schema.json');
    if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
    const fields = reading.schema.objects?.get('party.party')?.fields;
    expect(fields?.get('name')).toMatchObject({ type: 'text', length: 80 });
    expect(fields?.get('active')).toMatchObject({ required: true, hasDefault: true });
    expect(fields?.get('amount')).toMatchObject({ type: 'number', precision: 16, scale: 2 });
    expect([...(fields?.keys() ?? [])]).not.toContain('api_token');
    const state = reading.schema.objects?.get('sale.opportunity')?.fields.get('state');
    expect(state?.choices?.map(({ value }) => value)).toEqual(['lead', 'lost']);
    // Rows add up for a group, and a model without any row is open to all.
    const sales = JSON.parse(text).roles.Sales.objects;
    expect(sales).toEqual({
      'party.party': ['read', 'create', 'update', 'delete'],
      'sale.opportunity': ['read', 'create'],
    });
    expect(JSON.parse(text).roles.Administration.objects['sale.opportunity']).toEqual([]);
  });

  test('triggers with their notification, as the importer reads them', async () => {
    const { session } = await enteredWith();
    const reply = await session.answer('workflows', never);
    const [first, second] = answered(reply);
    expect(first).toMatchObject({ path: 'tryton/ir.trigger/3.json', name: 'New customer' });
    const source = { file: 'a.json', text: first?.text ?? '' };
    expect(importer.recognises(source)).toBe(true);
    const { problems, workflows } = importer.read(source);
    expect(problems).toEqual([]);
    expect(workflows[0]).toMatchObject({
      object: { name: 'party.party' },
      triggers: [{ on: 'create' }],
      steps: [{ kind: 'mail', to: [{ kind: 'path' }] }],
    });
    expect(importer.read({ file: 'b.json', text: second?.text ?? '' }).workflows[0]?.status).toBe('inactive');
    expect(gapsOf(reply).join()).toContain('1 marketing scenarios');
  });

  test('without the notifications, no trigger is shown as if it mailed nobody', async () => {
    const { session } = await enteredWith({ ...company, closed: ['notification.email'] });
    expect(failureOf(await session.answer('workflows', never)).kind).toBe('permission');
  });

  test('notifications that were made; without their module there is no log', async () => {
    const { session } = await enteredWith();
    expect(answered(await session.answer('runs', never))).toEqual([
      { workflow: 'New customer', at: '2026-11-25T10:00:00.000Z', state: 'ok', record: 'party.party,1' },
    ]);
    const { 'notification.email.log': _, ...tables } = company.tables ?? {};
    const without = await enteredWith({ ...company, tables });
    expect((await without.session.answer('runs', never)).kind).toBe('not-offered');
  });
});

describe('records', () => {
  test('page by page in the order of the id, values in plain JSON', async () => {
    const { session } = await enteredWith();
    const { records, pages } = await recordsOf(session, { type: 'contacts', pageSize: 2 });
    expect(pages).toBe(2);
    expect(records.map(({ id }) => id)).toEqual([1, 2, 4]);
    expect(records[0]).toEqual({ id: 1, name: 'Customer 1', active: 1, email: 'c1@kaisha.test', amount: '12.50' });
  });

  test('archived ones too', async () => {
    const { session } = await enteredWith();
    const { records } = await recordsOf(session, { type: 'party.party', fields: ['name'], includeArchived: true });
    expect(records.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  test('what changed: written since, or with an address that was', async () => {
    const { session } = await enteredWith();
    const query = { type: 'contacts', fields: ['name'], since: '2026-11-19T00:00:00Z' };
    expect((await recordsOf(session, query)).records.map(({ id }) => id)).toEqual([2, 4]);
    const none = await recordsOf(session, { ...query, since: '2026-11-22T00:00:00Z' });
    expect(none.records).toEqual([]);
  });

  test('a field or model that is not there, and one that is not ours to read', async () => {
    const { session, server } = await enteredWith({ ...company, closed: ['sale.opportunity'] });
    expect((await recordsOf(session, { type: 'contacts', fields: ['nofield'] })).failure?.kind).toBe('not-found');
    expect((await recordsOf(session, { type: 'no.such' })).failure?.kind).toBe('not-found');
    expect((await recordsOf(session, { type: 'party.party.delete()' })).failure?.kind).toBe('not-found');
    expect((await recordsOf(session, { type: 'leads' })).failure?.kind).toBe('permission');
    expect(server.asked.filter((method) => /delete|write|create/.test(method))).toEqual([]);
  });
});

describe('trytond.conf', () => {
  const mailWith = async (settings: string | undefined) => {
    const { session } = await enteredWith(company, settings === undefined ? {} : { settings });
    return session.answer('mail', never);
  };

  test('the mail server, its login without the password, the sender', async () => {
    const reply = await mailWith(
      '[database]\nuri = postgresql://tryton:db-secret@localhost/\n[email]\nURI: smtp+tls://crm%40kaisha.test:p%2Fw@Mail.kaisha.test:587\n; from = old\nfrom = Kaisha <crm@kaisha.test>\n',
    );
    expect(answered(reply).accounts).toMatchObject([
      {
        address: 'crm@kaisha.test',
        from: 'crm@kaisha.test',
        services: {
          smtp: {
            host: 'mail.kaisha.test',
            port: 587,
            security: 'starttls',
            username: 'crm@kaisha.test',
            login: 'password',
          },
        },
        writable: [],
      },
    ]);
    expect(JSON.stringify(reply)).not.toMatch(/p%2Fw|p\/w|db-secret/);
    expect(gapsOf(reply)).toEqual([]);
  });

  test('no file: the mail counts as not checked', async () => {
    expect(failureOf(await mailWith(undefined))).toMatchObject({ kind: 'config' });
  });

  test('a file without a mail server', async () => {
    const reply = await mailWith('[web]\nlisten = 0.0.0.0:8000\n');
    expect(answered(reply).accounts).toMatchObject([
      { services: { smtp: { host: 'localhost', port: 25, security: 'none' } } },
    ]);
    expect(gapsOf(reply)).toHaveLength(1);
  });

  test('a password that ends the host early is not repeated', async () => {
    const reply = await mailWith('[email]\nuri = smtp://crm:pa#ss@mail.kaisha.test:587\n');
    expect(failureOf(reply)).toMatchObject({ kind: 'config', what: 'trytond.conf' });
    expect(JSON.stringify(reply)).not.toContain('pa#');
  });

  test('parameters that smtplib does not take', async () => {
    const reply = await mailWith('[email]\nuri = smtps://mail.kaisha.test?timeout=5&ssl=true\n');
    expect(answered(reply).accounts[0]).toMatchObject({ unused: { en: expect.stringContaining('(ssl)') } });
  });

  test.each<[string, string, number, string, string]>([
    ['smtp://mail.test', 'mail.test', 25, 'none', 'none'],
    ['smtps://mail.test', 'mail.test', 465, 'tls', 'none'],
    ['smtp+tls://mail.test', 'mail.test', 25, 'starttls', 'none'],
    ['smtp://[2001:db8::1]:2525', '2001:db8::1', 2525, 'none', 'none'],
    ['smtp://name@mail.test:587', 'mail.test', 587, 'none', 'none'],
    ['smtp://name:p%40w+x@mail.test:587/', 'mail.test', 587, 'none', 'password'],
  ])('%s', (uri, host, port, security, login) => {
    const hushed: string[] = [];
    const read = readMailUri(uri, (secret) => hushed.push(secret));
    expect(read).toMatchObject({ kind: 'service', service: { host, port, security, login } });
    if (login === 'password') expect(hushed).toEqual(['p%40w+x', 'p@w x']);
  });
});

test('the session is given back once, and only where there was one', async () => {
  const server = await startTrytonFixture({ tables: { 'ir.module': [] } });
  ending.push(server.stop);
  const access = { url: server.url, database: 'crm', username: 'admin' };
  const session = openSession(tryton, { ...access, secret: password }, ending);
  answered(await session.identity(never));
  await session.close?.(never);
  await session.close?.(never);
  expect(server.asked.filter((method) => method === 'common.db.logout')).toHaveLength(1);
  expect(server.asked.at(-1)).toBe('common.db.logout');
  const refused = openSession(tryton, { ...access, secret: 'wrong' }, ending);
  failureOf(await refused.identity(never));
  const before = server.asked.length;
  await refused.close?.(never);
  expect(server.asked).toHaveLength(before);
});

test('typed JSON without end does no harm', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 5_000; depth += 1) deep = [deep];
  expect(JSON.stringify(plainValue(deep)).length).toBeLessThan(100);
  expect(plainValue({ __class__: 'datetime', year: 'x', month: {}, day: 99 })).toBeUndefined();
  expect(plainValue({ __class__: 'timedelta', seconds: 90 })).toBe(90);
  expect(plainValue({ __class__: 'date', year: 2026, month: 2, day: 3 })).toBe('2026-02-03');
});
