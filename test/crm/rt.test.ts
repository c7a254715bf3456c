import { afterEach, describe, expect, test } from '@jest/globals';
import { type RtOptions, startRt } from '../../fixtures/crm/rt.server.ts';
import { startHttp } from '../../fixtures/http.server.ts';
import { rt } from '../../src/crm/rt.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf, type Wishes } from './session.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

const password = 'secret+/&1';
const token = '1-14-0123456789abcdef0123456789abcdef';

const open = async (
  options: RtOptions = {},
  wishes: Partial<Wishes> = {},
  path = '',
  username = options.username ?? 'root',
) => {
  const server = await startRt(options);
  ending.push(server.stop);
  const session = openSession(
    rt,
    { ...(username === '' ? {} : { username }), secret: password, ...wishes, url: `${server.url}${path}` },
    ending,
  );
  return { session, server };
};

/** Signed in, as the engine does before it asks anything. */
const entered = async (options: RtOptions = {}, wishes: Partial<Wishes> = {}) => {
  const { session, server } = await open(options, wishes);
  answered(await session.identity(never));
  return { session, server };
};

const staff: RtOptions = { admin: false, username: 'agent', users: [{ id: '39', Name: 'agent' }] };

describe('who it is', () => {
  test('a superuser sees version, plugins, its own name and address', async () => {
    const { session, server } = await open({ plugins: ['RT::Extension::MergeUsers'] });
    const reply = await session.identity(never);
    expect(answered(reply)).toMatchObject({
      product: 'request-tracker',
      version: '5.0.3+dfsg-3~deb12u6',
      modules: [{ name: 'RT::Extension::MergeUsers' }],
      user: { login: 'root', admin: true },
      ownUrl: 'http://rt.example.jp',
    });
    expect(gapsOf(reply)).toEqual([]);
    expect(server.log.requests).toEqual(['GET /REST/2.0/rt', 'GET /REST/2.0/user/root']);
  });

  test('somebody else is no superuser, and is told that not everything is seen', async () => {
    const reply = await (await open(staff)).session.identity(never);
    expect(answered(reply).user).toEqual({ login: 'agent', admin: false });
    expect(gapsOf(reply)).toHaveLength(1);
  });

  test('a token needs no user name, and names its user itself', async () => {
    const { session } = await open({ token }, { secret: token }, '', '');
    expect(answered(await session.identity(never)).user?.login).toBe('root');
  });

  test('a password without a user name is not even tried', async () => {
    const { session, server } = await open({}, {}, '', '');
    expect(failureOf(await session.identity(never))).toMatchObject({
      kind: 'config',
      needs: { en: expect.stringContaining('crm.username') },
    });
    expect(server.log.requests).toEqual([]);
  });
});

describe('why it does not let us in', () => {
  const kinds = async (options: RtOptions, wishes: Partial<Wishes> = {}, path = '') => {
    const { session, server } = await open(options, wishes, path);
    return { failure: failureOf(await session.identity(never)), server };
  };

  test('a wrong password, or a token that is not valid any more, is tried once', async () => {
    const wrong = await kinds({}, { secret: 'wrong' });
    expect(wrong.failure).toMatchObject({ kind: 'auth', status: 401, says: 'Unauthorized' });
    expect(wrong.server.log.requests).toEqual(['GET /REST/2.0/rt']);
    expect((await kinds({ token }, { secret: token.replace('0123', '9999') })).failure.kind).toBe('auth');
  });

  test('the API lies above the given path: the address that works is told', async () => {
    const { failure, server } = await kinds({}, {}, '/rt');
    expect(failure).toMatchObject({ kind: 'not-this-crm', location: server.url });
  });

  test('the API lies below /rt: the address that works is told', async () => {
    const { failure, server } = await kinds({ base: '/rt' });
    expect(failure).toMatchObject({ kind: 'not-this-crm', location: `${server.url}/rt` });
  });

  test('the login goes nowhere but where it was configured for', async () => {
    const seen: string[] = [];
    const server = await startHttp({
      routes: {
        '*': ({ path, headers }) => {
          seen.push(`${path} ${headers.authorization !== undefined}`);
          return { status: 404 };
        },
      },
    });
    ending.push(server.stop);
    const session = openSession(
      rt,
      { url: `http://127.0.0.1:${server.port}/a/b`, username: 'root', secret: password },
      ending,
    );
    expect(failureOf(await session.identity(never)).kind).toBe('not-this-crm');
    expect(seen).toEqual([
      '/a/b/REST/2.0/rt true',
      '/a/REST/2.0/rt false',
      '/REST/2.0/rt false',
      '/a/b/REST/1.0/ false',
    ]);
  });

  test('an RT without REST 2.0 is told from another product', async () => {
    const { failure } = await kinds({ withoutRest2: true, version: '4.4.4' });
    expect(failure).toMatchObject({ kind: 'api-off', says: 'RT/4.4.4 401 Credentials required' });
  });

  test.each([
    [
      'another product that knows JSON',
      { status: 404, headers: { 'content-type': 'application/json' }, body: '{"error":"no route"}' },
      'not-this-crm',
    ],
    [
      'a start page for everything',
      { headers: { 'content-type': 'text/html' }, body: '<html><body>Welcome</body></html>' },
      'malformed',
    ],
    [
      'an answer with another shape',
      { headers: { 'content-type': 'application/json' }, body: '{"Versions":[1]}' },
      'not-this-crm',
    ],
    [
      'a database that is away',
      { status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>Internal Server Error</h1>' },
      'server-error',
    ],
  ] as const)('%s', async (_, reply, kind) => {
    const server = await startHttp({ routes: { '*': reply } });
    ending.push(server.stop);
    const session = openSession(
      rt,
      { url: `http://127.0.0.1:${server.port}`, username: 'root', secret: password },
      ending,
    );
    expect(failureOf(await session.identity(never)).kind).toBe(kind);
  });

  test('a web server in front that wants a login of its own, which leaves a token no room', async () => {
    const server = await startHttp({
      routes: {
        '*': {
          status: 401,
          headers: { 'www-authenticate': 'Basic realm="staff"', 'content-type': 'text/html' },
          body: 'no',
        },
      },
    });
    ending.push(server.stop);
    const ask = async (secret: string) =>
      failureOf(
        await openSession(rt, { url: `http://127.0.0.1:${server.port}`, username: 'root', secret }, ending).identity(
          never,
        ),
      );
    expect(await ask(token)).toMatchObject({ kind: 'login-page', says: 'Basic realm="staff"' });
    // RT may take that very login (WebRemoteUserAuth): then it was refused.
    expect(await ask(password)).toMatchObject({ kind: 'auth' });
  });
});

const sales = {
  id: '3',
  Name: 'Sales',
  CorrespondAddress: 'sales@example.jp',
  CommentAddress: 'sales-note@example.jp',
  Disabled: '0',
};
const general = { id: '1', Name: 'General', CorrespondAddress: '', CommentAddress: '', Disabled: '0' };

describe('mail', () => {
  const mail = async (options: RtOptions, settings?: string) => {
    const { session } = await entered(options, settings === undefined ? {} : { settings });
    return session.answer('mail', never);
  };

  test('queues are the addresses; sending is the business of its host', async () => {
    const reply = await mail({
      queues: [sales, { ...sales, id: '4', Name: 'Old', CorrespondAddress: 'old@example.jp', Disabled: '1' }],
    });
    expect(answered(reply)).toMatchObject({
      accounts: [],
      aliases: [
        { role: 'queue', address: 'sales@example.jp' },
        { role: 'queue', address: 'sales-note@example.jp' },
      ],
      otherWay: {
        outgoing: { en: expect.stringContaining('sendmail') },
        incoming: { en: expect.stringContaining('rt-mailgate') },
      },
    });
    expect(answered(reply)).not.toHaveProperty('outboundOff');
    expect(gapsOf(reply)).toEqual([expect.stringContaining('crm.settingsFile')]);
  });

  test('a queue without an address uses the general one, which the settings file tells', async () => {
    const reply = await mail({ queues: [general, sales] }, "Set($CorrespondAddress, 'rt@example.jp');\n1;\n");
    expect(answered(reply).aliases?.[0]).toEqual({ role: 'default-from', address: 'rt@example.jp' });
    expect(answered(reply)).not.toHaveProperty('missing');
    expect(gapsOf(reply)).toContainEqual(expect.stringContaining('General'));
  });

  test('nowhere an address: nobody can answer', async () => {
    const reply = await mail({ queues: [general] }, "Set($CorrespondAddress, '');\n");
    expect(answered(reply).missing).toEqual(['incoming']);
    // Another file of RT_SiteConfig.d may hold it.
    expect(answered(await mail({ queues: [general] }, "Set($rtname, 'x');\n"))).not.toHaveProperty('missing');
  });

  test.each([
    ["Set($MailCommand, 'testfile');", { setting: '$MailCommand', says: 'testfile' }],
    ['Set( $MailCommand => "mbox" );', { setting: '$MailCommand', says: 'mbox' }],
    ["Set($SendmailPath, '/bin/true');", { setting: '$SendmailPath', says: '/bin/true' }],
  ])('%s keeps all mail back', async (settings, off) => {
    expect(answered(await mail({}, settings)).outboundOff).toMatchObject(off);
  });

  test.each([
    ["# Set($MailCommand, 'testfile');"],
    ["=pod\n\nSet($MailCommand, 'mbox');\n\n=cut\n"],
    ["1;\n__END__\nSet($MailCommand, 'mbox');"],
    ["Set($MailCommand, 'mbox');\nSet($MailCommand, 'sendmailpipe');"],
    ["Set($MailCommand, 'sendmailpipe');\nSet($SendmailPath, '/usr/sbin/sendmail');"],
    // Not used with this command.
    ["Set($MailCommand, 'qmail');\nSet($SendmailPath, '/bin/true');"],
  ])('and these do not: %j', async (settings) => {
    expect(answered(await mail({}, settings))).not.toHaveProperty('outboundOff');
  });

  test('what Perl computes is not guessed', async () => {
    const reply = await mail(
      {},
      'Set($MailCommand, $ENV{LIVE} ? "sendmailpipe" : "mbox");\nSet($CorrespondAddress, "rt@$domain");',
    );
    expect(answered(reply)).not.toHaveProperty('outboundOff');
    expect(gapsOf(reply)).toContainEqual(expect.stringContaining('$MailCommand, $CorrespondAddress'));
  });

  test('a server that RT talks to itself is an account; its password is not read', async () => {
    const settings =
      "Set($DatabasePassword, 'db-secret');\nSet($MailCommand, 'smtp');\nSet(@MailParams, Server => 'smtp.example.jp', Port => 587, Auth => ['rt', 'mail-secret']);";
    const reply = await mail({}, settings);
    expect(answered(reply).accounts).toMatchObject([
      {
        services: { smtp: { host: 'smtp.example.jp', port: 587, security: 'none', login: 'password' } },
        enabled: true,
      },
    ]);
    expect(answered(reply).otherWay).not.toHaveProperty('outgoing');
    expect(JSON.stringify(reply)).not.toMatch(/secret/);
  });

  test('a settings file of quotes that never end costs no time', async () => {
    const reply = await mail({}, "Set($MailCommand, '".repeat(50_000));
    expect(gapsOf(reply)).toContainEqual(expect.stringContaining('computed by Perl'));
  });

  test('no queue at all is seen: that is a right that is missing, for RT says nothing of it', async () => {
    const { session } = await entered({ ...staff, mayNot: ['SeeQueue'] });
    expect(failureOf(await session.answer('mail', never))).toMatchObject({
      kind: 'permission',
      needs: { en: expect.stringContaining('SeeQueue') },
    });
  });
});

describe('mail that failed', () => {
  const failed = (id: string, Created: string) => ({
    id,
    Type: 'SystemError',
    Created,
    ObjectId: '12',
    Data: 'Sending the previous mail has failed.  Please contact your admin, they can find more details in the logs.',
  });
  const now = () => new Date('2026-11-24T00:00:00Z');

  test('the newest first, of the last two weeks, and when mail was last handed over', async () => {
    const { session } = await entered(
      {
        transactions: [
          failed('7', '2026-10-01T00:00:00Z'),
          failed('38', '2026-11-22T10:00:00Z'),
          failed('40', '2026-11-23T10:00:00Z'),
          { id: '44', Type: 'EmailRecord', Created: '2026-11-23T12:00:00Z', Data: '<m@example.jp>', ObjectId: '13' },
          { id: '45', Type: 'Create', Created: '2026-11-23T13:00:00Z', Data: 'a subject', ObjectId: '14' },
        ],
      },
      { now },
    );
    const reply = await session.answer('queue', never);
    expect(answered(reply)).toMatchObject({
      failed: 2,
      waiting: 0,
      lastSent: '2026-11-23T12:00:00.000Z',
      messages: [
        { id: 'ticket 12, transaction 40', state: 'failed', since: '2026-11-23T10:00:00.000Z' },
        { id: 'ticket 12, transaction 38' },
      ],
    });
    expect(JSON.stringify(reply)).not.toContain('a subject');
  });

  test('none, and what this cannot show is said', async () => {
    const { session } = await entered({ transactions: [failed('7', '2026-10-01T00:00:00Z')] }, { now });
    const reply = await session.answer('queue', never);
    expect(answered(reply)).toMatchObject({ failed: 0, messages: [] });
    expect(gapsOf(reply)).toHaveLength(1);
  });
});

test.each(['jobs', 'log', 'workflows', 'runs'] as const)('%s: not offered, and where to look', async (question) => {
  const { session } = await entered();
  expect(await session.answer(question, never)).toEqual({ kind: 'not-offered', why: rt.answers[question] });
});

describe('users', () => {
  const people: RtOptions = {
    users: [
      { id: '14', Name: 'root' },
      { id: '39', Name: 'agent' },
      { id: '41', Name: 'gone', Disabled: '1' },
      { id: '50', Name: 'customer@example.net' },
    ],
    groups: { Privileged: ['root', 'agent', 'gone'], Support: ['agent'], Sales: ['agent', 'gone'] },
  };

  test('staff only, with their groups, and who is switched off', async () => {
    const { session } = await entered(people);
    expect(answered(await session.answer('users', never))).toEqual([
      { id: 'root', login: 'root', active: true, roles: [] },
      { id: 'agent', login: 'agent', active: true, roles: ['Support', 'Sales'] },
      { id: 'gone', login: 'gone', active: false, roles: ['Sales'] },
    ]);
  });

  test.each([
    // The list of all users comes where some were asked for.
    'AdminUsers',
    // No group is seen.
    'SeeGroup',
  ] as const)('without %s, that right is named', async (right) => {
    const { session } = await entered({ ...people, admin: false, username: 'agent', mayNot: [right] });
    expect(failureOf(await session.answer('users', never))).toMatchObject({
      kind: 'permission',
      needs: { en: expect.stringContaining(right) },
    });
  });
});

describe('schema', () => {
  const tier = {
    id: '3',
    Name: 'Tier',
    Type: 'Select',
    LookupType: 'RT::Queue-RT::Ticket',
    MaxValues: '1',
    Disabled: '0',
  };

  test('is one that the workflow checks read', async () => {
    const { session } = await entered({
      queues: [general, sales],
      customFields: [
        tier,
        { ...tier, id: '5', Name: 'Notes', Type: 'Text' },
        { ...tier, id: '6', Name: 'Old', Disabled: '1' },
        { ...tier, id: '7', Name: 'Region', Type: 'Freeform', LookupType: 'RT::User' },
        { ...tier, id: '1', Name: 'Content', Type: 'Text', LookupType: 'RT::Class-RT::Article' },
      ],
      customValues: ['Gold', 'Silver'],
    });
    const { text } = answered(await session.answer('schema', never));
    const read = readSchemaFile(text, 'rt.yaml');
    if (read.kind !== 'read') throw new Error(JSON.stringify(read.problems));
    const fields = (object: string) => [...(read.schema.objects?.get(object)?.fields.keys() ?? [])];
    expect(fields('Ticket')).toEqual(expect.arrayContaining(['Subject', 'CF.{Tier}', 'CF.{Notes}']));
    expect(fields('Ticket')).not.toContain('CF.{Old}');
    expect(fields('User')).toContain('CF.{Region}');
    expect(JSON.parse(text).objects.Ticket.fields['CF.{Tier}']).toEqual({
      type: 'picklist',
      values: ['Gold', 'Silver'],
    });
    expect(JSON.parse(text).queues).toEqual({ General: {}, Sales: { email: 'sales@example.jp' } });
    expect(JSON.parse(text).users).toEqual({ root: { active: true, roles: [] } });
  });

  test('leaves out what is seen in part only, which would say that the rest does not exist', async () => {
    const { session } = await entered({ ...staff, queues: [sales], mayNot: ['SeeGroup', 'SeeCustomField'] });
    const reply = await session.answer('schema', never);
    const schema = JSON.parse(answered(reply).text);
    expect(Object.keys(schema)).toEqual(['schema', 'complete', 'objects']);
    expect(gapsOf(reply)).toEqual([
      expect.stringContaining('Status'),
      expect.stringContaining('SeeGroup'),
      expect.stringContaining('SeeCustomField'),
    ]);
  });
});

describe('records', () => {
  const ticket = (id: number, LastUpdated = '2026-11-20T00:00:00Z') => ({
    id: String(id),
    Subject: `s${id}`,
    Status: 'open',
    Queue: 'Sales',
    Owner: 'agent',
    Requestor: 'b@example.net',
    LastUpdated,
    Due: '1970-01-01T00:00:00Z',
    CustomField: 'Gold',
  });

  test('tickets come in pages by id, plainly', async () => {
    const { session } = await entered({ tickets: Array.from({ length: 250 }, (_, n) => ticket(n + 1)) });
    const { records, pages, failure } = await recordsOf(session, {
      type: 'tickets',
      fields: ['Subject', 'Queue', 'Owner', 'Requestor', 'Due', 'CF.{Tier}', 'CF.{Other}'],
    });
    expect(failure).toBeUndefined();
    expect([records.length, pages]).toEqual([250, 3]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(250);
    expect(records[0]).toEqual({
      id: 1,
      Subject: 's1',
      Queue: 'Sales',
      Owner: 'agent',
      Requestor: ['b@example.net'],
      Due: null,
      'CF.{Tier}': 'Gold',
      'CF.{Other}': null,
    });
  });

  test('only what changed since then', async () => {
    const { session } = await entered({
      tickets: [ticket(1), ticket(2, '2026-11-23T20:00:00Z'), ticket(3, '2026-11-24T05:00:00Z')],
    });
    const { records } = await recordsOf(session, { type: 'tickets', fields: ['id'], since: '2026-11-24T00:00:00Z' });
    expect(records.map(({ id }) => id)).toEqual([3]);
  });

  const users = [
    { id: '1', Name: 'RT_System', LastUpdated: '2026-01-01T00:00:00Z' },
    { id: '6', Name: 'Nobody', LastUpdated: '2026-01-01T00:00:00Z' },
    ...Array.from({ length: 120 }, (_, n) => ({
      id: String(n + 20),
      Name: `c${n}@example.net`,
      EmailAddress: `c${n}@example.net`,
      LastUpdated: '2026-11-20T00:00:00Z',
    })),
  ];

  test('contacts are the users, without the two of RT itself', async () => {
    const { session } = await entered({
      users: [...users, { id: '14', Name: 'root', LastUpdated: '2026-11-20T00:00:00Z' }],
    });
    const { records } = await recordsOf(session, { type: 'contacts', fields: ['EmailAddress'], pageSize: 50 });
    expect(records).toHaveLength(121);
    expect(records[0]).toEqual({ id: 14, EmailAddress: '' });
  });

  test('a filter that RT passes over is a right that is missing, not an endless list', async () => {
    const { session } = await entered({
      ...staff,
      users: [...users, { id: '39', Name: 'agent' }],
      mayNot: ['AdminUsers'],
    });
    for (const since of [undefined, '2026-11-24T00:00:00Z']) {
      const { failure } = await recordsOf(session, { type: 'contacts', pageSize: 50, ...(since ? { since } : {}) });
      expect(failure).toMatchObject({ kind: 'permission', needs: { en: expect.stringContaining('AdminUsers') } });
    }
  });

  test.each([
    ['tickets', ['Subjct'], 'ticket.Subjct'],
    ['contacts', ['Password'], 'user.Password'],
    ['deals', ['id'], 'deals'],
  ])('%s %j: not there, where RT would show an empty text', async (type, fields, what) => {
    const { session } = await entered();
    expect((await recordsOf(session, { type, fields })).failure).toMatchObject({ kind: 'not-found', what });
  });
});
