import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { tryton } from '../../src/crm/tryton.connector.ts';
import type { CrmSession } from '../../src/model/crm/connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf } from '../crm/session.ts';
import { againstReal } from './against-real.ts';
import { freePort } from './processes.ts';
import { ensureTryton, startTryton, type TrytonSettings } from './tryton.ts';

const password = 'Right+/&Password 9';

const missing = ensureTryton();
const ending: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const serverWith = async (settings: TrytonSettings = {}) => {
  const dir = mkdtempSync(join(tmpdir(), 'crmd-tryton-'));
  ending.push(() => rmSync(dir, { recursive: true, force: true }));
  const running = await startTryton(dir, settings, { address: '127.0.0.1', port: await freePort(), password });
  ending.push(running.stop);
  return running;
};

type Server = Awaited<ReturnType<typeof serverWith>>;

const sessionAt = ({ url, settings }: Server, wishes: { username?: string; secret?: string; database?: string } = {}) =>
  openSession(
    tryton,
    {
      url,
      database: 'crm',
      username: 'admin',
      secret: password,
      settings: readFileSync(settings, 'utf8'),
      ...wishes,
    },
    ending,
  );

const entered = async (session: CrmSession): Promise<CrmSession> => {
  answered(await session.identity(never));
  return session;
};

// Its packages need Debian's archive or the cache; where nothing may be missing (CI=true), the test above fails instead.
againstReal('a real Tryton', missing, () => {
  let healthy: Promise<Server> | undefined;
  const server = (): Promise<Server> => {
    healthy ??= serverWith({
      plainUsers: ['plain'],
      inactiveJobs: ['marketing.automation.scenario|trigger'],
    });
    return healthy;
  };

  test('says who it is, and as whom we are in', async () => {
    const identity = answered(await sessionAt(await server()).identity(never));
    expect(identity).toMatchObject({ product: 'tryton', user: { login: 'admin', admin: true } });
    expect(identity.version).toMatch(/^6\.0\.\d+$/);
    expect(identity.modules).toContainEqual(expect.objectContaining({ name: 'party' }));
    expect(identity.clock).toBeDefined();
  }, 120_000);

  test('tells of its mail server, its jobs and its people', async () => {
    const session = await entered(sessionAt(await server()));
    const mail = await session.answer('mail', never);
    expect(answered(mail).accounts).toMatchObject([
      {
        address: 'sales@aozora.test',
        services: {
          smtp: { host: 'mail.aozora.test', port: 587, security: 'starttls', username: 'sales@aozora.test' },
        },
      },
    ]);
    expect(JSON.stringify(mail)).not.toContain('Right');
    const jobs = answered(await session.answer('jobs', never));
    expect(jobs).toMatchObject({ knowsLastRun: true, scheduler: { alive: true } });
    expect(jobs.jobs).toContainEqual(
      expect.objectContaining({ name: 'marketing.automation.scenario|trigger', active: false }),
    );
    expect(jobs.jobs).toContainEqual(
      expect.objectContaining({ name: 'ir.trigger|trigger_time', intervalMs: 300_000, lastRun: expect.any(String) }),
    );
    const users = answered(await session.answer('users', never));
    expect(users.map(({ login }) => login)).toEqual(['admin', 'plain']);
    expect(users[0]?.roles).toContain('Administration');
  }, 120_000);

  test('tells of its objects and its triggers, in the form that is read elsewhere', async () => {
    const session = await entered(sessionAt(await server()));
    const { text } = answered(await session.answer('schema', never));
    const reading = readSchemaFile(text, 'schema.json');
    if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
    const party = reading.schema.objects?.get('party.party');
    expect(party?.fields.get('lang')).toMatchObject({ type: 'reference', to: ['ir.lang'] });
    expect(
      reading.schema.objects
        ?.get('sale.opportunity')
        ?.fields.get('state')
        ?.choices?.map(({ value }) => value),
    ).toContain('lead');
    expect(reading.schema.roles?.get('Sale Opportunity')).toBeDefined();
    const workflows = answered(await session.answer('workflows', never));
    expect(workflows.map(({ name }) => name)).toEqual(['New customer', 'Old rule']);
    expect(workflows[0]?.text).toContain('"recipients": "create_uid"');
    const runs = await session.answer('runs', never);
    expect(answered(runs)).toEqual([]);
    expect(gapsOf(runs).join()).toContain('not that its mail was sent');
  }, 120_000);

  test('hands out records page by page, and those that changed', async () => {
    const session = await entered(sessionAt(await server()));
    const all = await recordsOf(session, { type: 'contacts', pageSize: 3 });
    expect(all.failure).toBeUndefined();
    expect(all.pages).toBe(3);
    expect(all.records.map(({ email }) => email)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `c${n}@kaisha.test`));
    expect(await recordsOf(session, { type: 'contacts', since: '2100-01-01T00:00:00Z' })).toMatchObject({
      records: [],
    });
    const since = await recordsOf(session, {
      type: 'contacts',
      since: '2020-01-01T00:00:00Z',
      includeArchived: true,
    });
    expect(since.records).toHaveLength(7);
    expect((await recordsOf(session, { type: 'no.such' })).failure?.kind).toBe('not-found');
  }, 120_000);

  test('lets nobody in with a wrong password, nor into a database that is not there', async () => {
    const running = await server();
    const refused = failureOf(await sessionAt(running, { secret: 'wrong' }).identity(never));
    expect(refused).toMatchObject({ kind: 'auth', what: 'common.db.login', status: 401 });
    const lost = failureOf(await sessionAt(running, { database: 'nodb' }).identity(never));
    expect(lost).toMatchObject({ kind: 'wrong-database', needs: { en: 'databases of this server: crm' } });
    const deeper = openSession(
      tryton,
      { url: `${running.url}/crm`, database: 'crm', username: 'admin', secret: password },
      ending,
    );
    expect(failureOf(await deeper.identity(never))).toMatchObject({ kind: 'not-this-crm', location: running.url });
  }, 120_000);

  test('shows a user without a group what that user may see', async () => {
    const session = sessionAt(await server(), { username: 'plain' });
    expect(answered(await session.identity(never)).user).toEqual({ login: 'plain', admin: false });
    expect(failureOf(await session.answer('workflows', never))).toMatchObject({
      kind: 'permission',
      says: 'You are not allowed to access "Email Notification".',
    });
    expect(gapsOf(await session.answer('schema', never)).join()).toContain('sale.opportunity');
    expect((await recordsOf(session, { type: 'opportunities' })).failure?.kind).toBe('permission');
  }, 120_000);

  test('shows a scheduler that never ran, and a name that was tried too often', async () => {
    const running = await serverWith({ scheduler: 'never', plainUsers: ['late'], wrongLogins: 6 });
    expect(failureOf(await sessionAt(running).identity(never))).toMatchObject({ kind: 'locked-out', status: 429 });
    const session = await entered(sessionAt(running, { username: 'late' }));
    expect(answered(await session.answer('jobs', never))).toMatchObject({
      scheduler: { alive: false, says: 'next_call is empty in every scheduled action' },
    });
  }, 120_000);
});
