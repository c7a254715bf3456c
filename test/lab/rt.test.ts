import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { rt as connector } from '../../src/crm/rt.connector.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';
import { answered, failureOf, gapsOf, never, openSession, recordsOf } from '../crm/session.ts';
import { againstReal } from './against-real.ts';
import { ensureRt, type Rt, startRt } from './rt.ts';
import { Undo } from './undo.ts';

// A busy machine takes its time over Perl.
jest.setTimeout(300_000);

const missing = ensureRt();
// The packages need the archive or the cache, and their paths a mount namespace, so root on Linux.
againstReal('Request Tracker 5.0.3 itself', missing, () => {
  const password = 'Pass+w0rd/&9a';
  const undo = new Undo();
  const ending: (() => unknown)[] = [];
  let rt: Rt;

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'crmd-rt-live-'));
    undo.add(() => rmSync(dir, { recursive: true, force: true }));
    // The first mails are refused, the later ones taken.
    rt = await startRt(dir, { sendmail: 75, tickets: 2, ticketsAfterwards: 3, webPath: '/rt' }, { password, undo });
  });

  afterAll(async () => {
    for (const end of ending.splice(0)) await end();
    undo.run();
  });

  const open = (username: string, secret = password, url = rt.rest) =>
    openSession(connector, { url, username, secret, settings: readFileSync(rt.settings, 'utf8') }, ending);

  const entered = async (username = 'root', secret = password) => {
    const session = open(username, secret);
    answered(await session.identity(never));
    return session;
  };

  test('says who it is, to a password and to a token', async () => {
    for (const secret of [password, rt.token]) {
      expect(answered(await open('root', secret).identity(never))).toMatchObject({
        version: expect.stringMatching(/^5\.0\.3/),
        modules: [],
        user: { login: 'root', admin: true },
        ownUrl: `${rt.rest}/rt`,
        clock: { theirs: expect.any(String) },
      });
    }
  });

  test('refuses what is wrong, and writes each try into its log', async () => {
    const times = () => readFileSync(rt.log, 'utf8').split('Failed login for root').length - 1;
    const before = times();
    expect(failureOf(await open('root', 'wrong').identity(never))).toMatchObject({ kind: 'auth', status: 401 });
    expect(times() - before).toBe(1);
    const token = `${rt.token.slice(0, -4)}0000`;
    expect(failureOf(await open('root', token).identity(never))).toMatchObject({ kind: 'auth' });
    expect(failureOf(await open('gone').identity(never))).toMatchObject({ kind: 'auth' });
  });

  test('has no API at the address that its own links name, and crm-doctor says where it is', async () => {
    expect(failureOf(await open('root', password, rt.url).identity(never))).toMatchObject({
      kind: 'not-this-crm',
      location: rt.rest,
    });
  });

  test('shows its queues, and a user without rights that there is nothing', async () => {
    expect(answered(await (await entered()).answer('mail', never))).toMatchObject({
      accounts: [],
      aliases: [
        { role: 'default-from', address: 'rt@aozora.test' },
        { role: 'reply', address: 'rt-comment@aozora.test' },
        { role: 'queue', address: 'sales@aozora.test' },
        { role: 'queue', address: 'sales-comment@aozora.test' },
      ],
    });
    const reply = await (await entered('newcomer')).answer('mail', never);
    expect(failureOf(reply)).toMatchObject({
      kind: 'permission',
      needs: { en: expect.stringContaining('SeeQueue') },
    });
  });

  test('keeps what sendmail refused at the tickets, and the time of the last mail', async () => {
    const queue = answered(await (await entered()).answer('queue', never));
    expect(queue).toMatchObject({
      failed: 2,
      messages: [{ state: 'failed', says: expect.stringContaining('Sending the previous mail has failed') }, {}],
    });
    expect(Date.parse(queue.lastSent ?? '')).toBeGreaterThanOrEqual(Date.parse(queue.messages[0]?.since ?? ''));
    expect(JSON.stringify(queue)).not.toContain('private');
    expect(readFileSync(rt.log, 'utf8')).toContain('Could not send mail with command');
  });

  test('shows who works in it', async () => {
    expect(answered(await (await entered()).answer('users', never))).toEqual([
      { id: 'root', login: 'root', active: true, roles: [] },
      { id: 'agent', login: 'agent', active: true, roles: ['Support'] },
      { id: 'newcomer', login: 'newcomer', active: true, roles: [] },
      { id: 'gone', login: 'gone', active: false, roles: [] },
    ]);
    expect(failureOf(await (await entered('agent')).answer('users', never)).kind).toBe('permission');
    expect(failureOf(await (await entered('customer')).answer('users', never)).kind).toBe('permission');
  });

  test('shows its fields as a schema that the workflow checks read', async () => {
    const { text } = answered(await (await entered()).answer('schema', never));
    expect(readSchemaFile(text, 'rt.yaml').kind).toBe('read');
    expect(JSON.parse(text)).toMatchObject({
      objects: { Ticket: { fields: { 'CF.{Tier}': { type: 'picklist', values: ['Gold', 'Silver'] } } } },
      queues: { Sales: { email: 'sales@aozora.test' } },
    });
  });

  test('lists tickets and contacts by id', async () => {
    const session = await entered();
    const { records, pages, failure } = await recordsOf(session, {
      type: 'tickets',
      fields: ['Queue', 'Requestor', 'Due', 'CF.{Tier}'],
      pageSize: 2,
    });
    expect(failure).toBeUndefined();
    expect([records.length, pages]).toEqual([5, 3]);
    expect(records[4]).toEqual({
      id: 5,
      Queue: 'Sales',
      Requestor: ['buyer@partner.test'],
      Due: null,
      'CF.{Tier}': 'Gold',
    });
    const contacts = await recordsOf(session, { type: 'contacts', fields: ['EmailAddress'], includeArchived: true });
    expect(contacts.records.map(({ EmailAddress }) => EmailAddress)).toEqual(
      expect.arrayContaining(['buyer@partner.test', 'gone@aozora.test']),
    );
    // The user's time zone is nine hours off; a filter by time has to be right all the same.
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect((await recordsOf(session, { type: 'tickets', fields: ['id'], since })).records).toHaveLength(5);
    expect((await recordsOf(session, { type: 'tickets', fields: ['id'], since: later })).records).toEqual([]);
    expect((await recordsOf(session, { type: 'contacts', fields: ['id'], since: later })).records).toEqual([]);
  });

  test('shows somebody else what its rights reach, and passes over a filter that it may not use', async () => {
    const session = await entered('agent');
    const reply = await session.answer('queue', never);
    expect(answered(reply).failed).toBe(2);
    expect(gapsOf(reply)).toHaveLength(2);
    const { failure } = await recordsOf(session, { type: 'contacts', pageSize: 2 });
    expect(failure).toMatchObject({ kind: 'permission', needs: { en: expect.stringContaining('AdminUsers') } });
  });
});
