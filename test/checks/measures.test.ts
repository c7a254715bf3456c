import { describe, expect, test } from '@jest/globals';
import { measuresIn } from '../../checks/measures.ts';
import type { CheckReport } from '../../src/model/report.ts';

const run = {
  id: 'r',
  command: 'check',
  target: '',
  startedAt: '2026-11-26T09:00:00+09:00',
  durationMs: 1,
  language: 'en',
} as const;

const row = (id: string, target: string, fact: object, status: CheckReport['status'] = 'pass'): CheckReport => ({
  id,
  mailbox: 'sales@example.co.jp',
  target,
  title: '',
  status,
  summary: '',
  durationMs: 1,
  evidence: [{ ...fact, fact: id }],
});

const seenIn = (...checks: readonly CheckReport[]) =>
  measuresIn({ run, checks }).map(({ id, target, value, unit, limit }) => [id, target, value, unit, limit]);

const accepted = { kind: 'accepted', reply: { code: 'OK', text: '' }, ms: 120 };
const day = (text: string): number => Date.parse(text);

describe('the figures of a run', () => {
  test('carry its time in UTC and whose they are', () => {
    const [one] = measuresIn({ run, checks: [row('mail.imap-auth', 'imap a:993', { login: accepted })] });
    expect(one).toEqual({
      id: 'login',
      mailbox: 'sales@example.co.jp',
      target: 'imap a:993',
      at: '2026-11-26T00:00:00.000Z',
      value: 120,
      unit: 'milliseconds',
    });
  });

  test('quota: each root by its name, a limit of 0 is none', () => {
    const one = { folder: 'INBOX', supported: true, storage: { used: 5, limit: 10 }, messages: { used: 3, limit: 0 } };
    expect(seenIn(row('mail.quota', 'INBOX', one))).toEqual([
      ['quota.storage', 'INBOX', 5, 'bytes', 10],
      ['quota.messages', 'INBOX', 3, 'count', undefined],
    ]);
    const roots = [
      { name: 'user', storage: { used: 5, limit: 10 } },
      { name: 'domain', storage: { used: 50, limit: 100 } },
    ];
    expect(seenIn(row('mail.quota', 'INBOX', { ...one, roots }, 'warn'))).toEqual([
      ['quota.storage', 'INBOX (user)', 5, 'bytes', 10],
      ['quota.storage', 'INBOX (domain)', 50, 'bytes', 100],
    ]);
  });

  test('mail: connecting, logging in, counting, the way of a message', () => {
    const contacts = [{ connect: { kind: 'refused', ms: 3 } }, { connect: { kind: 'open', ms: 8 } }];
    const refused = { ...accepted, kind: 'refused' };
    expect(
      seenIn(
        row('mail.port', 'imap a:993', { contacts }),
        row('mail.imap-auth', 'imap a:993', { login: accepted, messages: 40 }),
        row('mail.smtp-auth', 'smtp a:465', { login: refused }, 'fail'),
        row('mail.round-trip', '', { found: { afterMs: 4000 } }),
        row('mail.round-trip', 'not found', {}, 'fail'),
      ),
    ).toEqual([
      ['connect', 'imap a:993', 8, 'milliseconds', undefined],
      ['login', 'imap a:993', 120, 'milliseconds', undefined],
      ['messages', 'imap a:993', 40, 'count', undefined],
      ['round-trip', '', 4000, 'milliseconds', undefined],
    ]);
  });

  test('dates: of several services of one host the certificate that ends first', () => {
    const tls = (notAfter: string) => ({ handshake: { kind: 'done', chain: [{ notAfter }] } });
    expect(
      seenIn(
        row('mail.tls', 'smtp mail.a:465', tls('2027-03-01T00:00:00Z')),
        row('mail.tls', 'imap mail.a:993', tls('2027-02-01T00:00:00Z')),
        row('mail.tls', 'pop3 mail.a:995', { handshake: { kind: 'silent', ms: 1 } }, 'fail'),
      ),
    ).toEqual([['certificate.end', 'mail.a', day('2027-02-01T00:00:00Z'), 'date', undefined]]);
  });

  test('a token that is configured has an end to mind, one that is fetched for each run has not', () => {
    const token = (from: string) => ({ login: accepted, token: { from, claims: { expires: '2026-12-24T00:00:00Z' } } });
    expect(seenIn(row('mail.imap-auth', 'a', token('configured')))).toContainEqual([
      'token.end',
      'a',
      day('2026-12-24T00:00:00Z'),
      'date',
      undefined,
    ]);
    expect(seenIn(row('mail.imap-auth', 'a', token('refreshed')))).toHaveLength(1);
  });

  test('CRM: queue, backups, versions', () => {
    const at = '2026-11-26T00:00:00Z';
    const queue = { kind: 'answered', value: { waiting: 4, failed: 1, oldestWaiting: '2026-11-25T23:00:00Z' } };
    const members = [{ path: '/b/2.gz', bytes: 900, modified: '2026-11-25T12:00:00Z' }];
    const rows = [{ product: 'odoo', cycle: '16.0', endOfSupport: '2026-12-01', source: '' }];
    const software = { product: 'odoo', name: 'Odoo', version: '16.0', says: '16.0' };
    expect(
      seenIn(
        row('crm.jobs', 'odoo', { at, queue }),
        row('crm.backups', 'odoo', { at, places: [{ place: { path: '/b', series: [{ members }] } }] }),
        row('crm.version', 'odoo', { at, rows, software, api: { until: '2028-01-01' } }),
      ),
    ).toEqual([
      ['queue.waiting', 'odoo', 4, 'count', undefined],
      ['queue.failed', 'odoo', 1, 'count', undefined],
      ['queue.age', 'odoo', 3600, 'seconds', undefined],
      ['backup.age', '/b', 43_200, 'seconds', undefined],
      ['backup.size', '/b', 900, 'bytes', undefined],
      ['support.end', 'odoo', day('2026-12-01'), 'date', undefined],
      ['api.end', 'odoo', day('2028-01-01'), 'date', undefined],
    ]);
  });

  test('sync: what differs, what is there twice, how far behind; nothing of a comparison that was cut short', () => {
    const counts = { missing: 1, extra: 2, changed: 3, repeated: { left: { rows: 0 }, right: { rows: 4 } } };
    const schedule = { now: '2026-11-26T00:00:00Z', lastSync: '2026-11-25T23:30:00Z', lagMs: 5000 };
    expect(
      seenIn(
        row('sync.compare', 'c', { comparison: { counts } }, 'fail'),
        row('sync.duplicates', 'c', { duplicates: { groups: 9 } }),
        row('sync.schedule', 'c', { schedule }),
      ).map(([id, , value]) => [id, value]),
    ).toEqual([
      ['sync.missing', 1],
      ['sync.extra', 2],
      ['sync.changed', 3],
      ['sync.repeated', 4],
      ['sync.duplicates', 9],
      ['sync.lag', 5000],
      ['sync.age', 1800],
    ]);
    expect(seenIn(row('sync.compare', 'c', { comparison: { counts, cut: {} } }, 'unknown'))).toEqual([]);
    expect(seenIn(row('sync.compare', 'c', { comparison: { counts, cut: {} } }, 'fail'))).toEqual([]);
  });

  test('nothing of what was not seen, and nothing of facts that are damaged or of another version', () => {
    expect(
      seenIn(
        row('mail.imap-auth', 'a', { login: accepted }, 'skip'),
        row('mail.imap-auth', 'a', { login: accepted }, 'unknown'),
        row('mail.port', 'a', {}),
        row('mail.quota', 'a', { folder: 'INBOX', storage: { used: 'many', limit: 1 } }),
        row('crm.backups', 'a', { places: 3 }),
        { ...row('mail.quota', 'a', {}), evidence: [] },
      ),
    ).toEqual([]);
    expect(measuresIn({ run: { ...run, startedAt: 'yesterday' }, checks: [] })).toEqual([]);
  });
});
