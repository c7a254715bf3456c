import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CheckReport, Report } from '../../../src/model/report.ts';
import { lookBack, nextBaseline } from '../../../src/runbook/drift/baseline.ts';
import { driftOf, driftReport } from '../../../src/runbook/drift/drift.ts';
import { finishedEvent } from '../../../src/runbook/record.ts';
import { openRunbook } from '../../../src/runbook/runbook.ts';
import { sample } from '../../report/samples.ts';

const row = (id: string, target: string, fact: object, mailbox = 'sales@example.co.jp'): CheckReport => ({
  id,
  mailbox,
  target,
  title: '',
  status: 'pass',
  summary: '',
  durationMs: 1,
  evidence: [{ ...fact, fact: id }],
});

const good = sample('healthy.en');

const reportOf = (checks: readonly CheckReport[], language: 'en' | 'ja' = 'en'): Report => ({
  ...good,
  run: { ...good.run, language },
  checks,
});

const told = (before: readonly CheckReport[], after: readonly CheckReport[]): readonly (readonly string[])[] =>
  driftOf(reportOf(after), reportOf(before)).map(({ severity, says }) => [severity, says.en]);

const port = (...addresses: readonly string[]) => [
  row('mail.port', 'imap mail.a.jp:993', { contacts: addresses.map((address) => ({ address })) }),
];

const tls = (leaf: object, version = 'TLSv1.3', mailbox?: string, target = 'imap mail.a.jp:993') =>
  row('mail.tls', target, { handshake: { kind: 'done', version, chain: [leaf] } }, mailbox);

const leaf = (more: object = {}) => ({
  fingerprint: 'aa',
  keyFingerprint: 'k1',
  notAfter: '2026-12-01T00:00:00Z',
  issuer: "CN=R10, O=Let's Encrypt, C=US",
  ...more,
});

describe('what is no drift', () => {
  test('addresses that take turns, or lie in the same network', () => {
    expect(told(port('192.0.2.1', '198.51.100.1'), port('198.51.100.1', '203.0.113.7'))).toEqual([]);
    expect(told(port('192.0.2.1'), port('192.0.2.77'))).toEqual([]);
    expect(told(port('40.1.0.1', '40.2.0.1', '40.3.0.1'), port('52.1.0.1', '52.2.0.1'))).toEqual([]);
  });

  test('the columns of two other files than those that were compared before', () => {
    const { comparison: named, ...rest } = sample('sync.en');
    if (!named) throw new Error('the sample has a comparison');
    const { name: _, ...comparison } = named;
    const report: Report = { ...rest, comparison };
    const fewer = { ...comparison, fields: comparison.fields.slice(1) };
    const columns = (now: typeof comparison) =>
      driftOf({ ...report, comparison: now }, report).filter(({ aspect }) => aspect === 'column');
    expect(columns(fewer).map(({ severity }) => severity)).toEqual(['warning']);
    expect(columns({ ...fewer, right: { ...fewer.right, name: '/other.csv' } })).toEqual([]);
  });

  test('how checks came out, counts of records, greetings, what was not looked at in one of the two', () => {
    const greeting = (line: string) => row('mail.port', 'smtp a:25', { greeting: { lines: [line] } });
    expect(told([greeting('220 a')], [greeting('220 b')])).toEqual([]);
    expect(told([], port('192.0.2.1'))).toEqual([]);
    expect(told(port('192.0.2.1'), [])).toEqual([]);
    expect(told([{ ...row('a.b', '', {}), status: 'fail' }], [row('a.b', '', {})])).toEqual([]);
  });

  test('facts of which nothing is left', () => {
    const odd = { ...good, checks: 'none', diagnoses: null } as unknown as Report;
    expect(driftOf(odd, odd)).toEqual([]);
    expect(driftReport([], { run: 'r', at: '2026-11-01T00:00:00Z', accepted: false }, 'en')).toEqual({});
  });
});

describe('drift in plain words', () => {
  test('another address', () => {
    expect(told(port('192.0.2.1'), port('203.0.113.9'))).toEqual([
      ['warning', 'imap mail.a.jp:993 has other addresses: 192.0.2.1 → 203.0.113.9'],
    ]);
  });

  test('a certificate that was renewed is one note, also where the authority uses another intermediate', () => {
    const renewed = leaf({
      fingerprint: 'bb',
      keyFingerprint: 'k2',
      notAfter: '2027-03-01T00:00:00Z',
      issuer: "CN=R11, O=Let's Encrypt, C=US",
    });
    expect(told([tls(leaf())], [tls(renewed)])).toEqual([
      [
        'info',
        'the certificate of imap mail.a.jp:993 was renewed by the same issuer, valid until 1 Mar 2027, with a new key',
      ],
    ]);
  });

  test('another issuer is worth a word, and stands before the notes', () => {
    const other = leaf({ fingerprint: 'bb', notAfter: '2027-03-01T00:00:00Z', issuer: 'CN=Proxy CA, O=Sophos' });
    expect(told([tls(leaf())], [tls(other, 'TLSv1.2')])).toEqual([
      ['warning', 'imap mail.a.jp:993 uses another TLS version: TLSv1.3 → TLSv1.2'],
      [
        'warning',
        "the certificate of imap mail.a.jp:993 is from another issuer: Let's Encrypt → Sophos, valid until 1 Mar 2027",
      ],
    ]);
  });

  test('of many services and mailboxes of one host once', () => {
    const renewed = leaf({ fingerprint: 'bb' });
    const all = (one: object) =>
      ['a', 'b', 'c'].flatMap((mailbox) => [
        tls(one, 'TLSv1.3', mailbox),
        tls(one, 'TLSv1.3', mailbox, 'smtp mail.a.jp:465'),
      ]);
    expect(told(all(leaf()), all(renewed))).toHaveLength(1);
  });

  test('capabilities: what is gone is grave, what has come is none', () => {
    const inside = (...words: readonly string[]) => [row('mail.tls', 'imap a:993', { inside: words })];
    expect(told(inside('IDLE', 'MOVE'), inside('MOVE'))).toEqual([['warning', 'imap a:993 no longer offers IDLE']]);
    expect(told(inside('MOVE'), inside('IDLE', 'MOVE'))).toEqual([['info', 'imap a:993 now offers IDLE']]);
  });

  test('software: a release is a note, another major version or product a word', () => {
    const runs = (name: string, version: string) => [
      row('mail.imap-auth', 'imap a:993', { serverId: { name, version } }),
    ];
    expect(told(runs('Dovecot', '2.3.21'), runs('Dovecot', '2.4.0'))[0]?.[0]).toBe('info');
    expect(told(runs('Dovecot', '2.4.0'), runs('Cyrus', '3.8'))[0]?.[0]).toBe('warning');
    const crm = (says: string) => [row('crm.version', 'crm:odoo', { name: 'Odoo', says }, 'crm:odoo')];
    expect(told(crm('16.0'), crm('17.0'))).toEqual([
      ['warning', 'crm:odoo runs other software: Odoo 16.0 → Odoo 17.0'],
    ]);
  });

  test('DNS records of the sender', () => {
    const policy = (record: string) => [
      row('mail.sender-policy', 'a.jp', { spf: { state: 'record', records: [record] } }),
    ];
    expect(told(policy('v=spf1 -all'), policy('v=spf1 ~all'))).toEqual([
      ['warning', 'the SPF record of a.jp is another: v=spf1 -all → v=spf1 ~all'],
    ]);
  });

  test("settings of the CRM's own accounts", () => {
    const account = (port: number) => [
      row(
        'crm.mail-settings',
        'crm:odoo',
        { reply: { value: { accounts: [{ id: '3', name: 'Sales', services: { smtp: { port } } }] } } },
        'crm:odoo',
      ),
    ];
    expect(told(account(587), account(25))).toEqual([['warning', 'Sales smtp.port: 587 → 25']]);
  });

  test('fields of a table, of an object, and workflow definitions', () => {
    const columns = (...names: readonly string[]) => [
      row('sync.sources', 'crm.csv', { columns: names.map((name) => ({ name })) }),
    ];
    expect(told(columns('id', 'tel'), columns('id', 'phone'))).toEqual([
      ['warning', 'crm.csv no longer has the fields tel; now has the fields phone'],
    ]);
    const parsed = (definitions: readonly object[], fields: string) => [
      row('workflow.parse', '', { definitions, objects: [{ name: 'contact', fields }] }),
    ];
    const before = parsed(
      [
        { name: 'welcome', hash: '1' },
        { name: 'old', hash: '2' },
      ],
      'name:text',
    );
    const after = parsed(
      [
        { name: 'welcome', hash: '9' },
        { name: 'new', hash: '3' },
      ],
      'mail:email, name:text',
    );
    expect(told(before, after)).toEqual([
      ['warning', 'the workflow welcome was changed'],
      ['warning', 'the workflow old is gone'],
      ['warning', 'the workflow new is new'],
      ['info', 'contact now has the fields mail:email'],
    ]);
  });

  test('in the language of the run, at most thirty', () => {
    const services = (port: number) =>
      Array.from({ length: 50 }, (_, n) => ({ id: `${n}`, name: `名前 ${n}`, services: { smtp: { port } } }));
    const crm = (port: number) => row('crm.mail-settings', 'crm', { reply: { value: { accounts: services(port) } } });
    const since = { run: 'r', at: '2026-11-01T00:00:00Z', accepted: true };
    const { drift } = driftReport(driftOf(reportOf([crm(25)]), reportOf([crm(587)])), since, 'ja');
    expect(drift).toMatchObject({ since, more: 20 });
    expect(drift?.changes).toHaveLength(30);
    expect(drift?.changes[0]?.says).toBe('名前 0 smtp.port: 587 → 25');
  });
});

describe('the baseline', () => {
  let directory = '';
  let day = 1;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'drift-'));
    day = 1;
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const about = { command: 'mail', target: 'sales@example.co.jp' };
  const ran = async (id: string, more: Partial<Report> = {}) => {
    day += 1;
    const at = `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;
    const runbook = openRunbook(directory, { now: () => new Date(at) });
    const report = { ...good, ...more, run: { ...good.run, ...about, id, startedAt: at, ...more.run } };
    const { baseline } = await lookBack(runbook, report.run);
    await runbook.append(finishedEvent(report, [], nextBaseline(baseline, report)));
  };
  const since = async () => (await lookBack(openRunbook(directory), about)).baseline;
  const failed = { status: 'fail', exitCode: 1, summary: { ...good.summary, fail: 1 } } as const;

  test('is the last good run, however many bad ones came after it', async () => {
    expect(await since()).toBeUndefined();
    await ran('bad-0', failed);
    expect(await since()).toBeUndefined();
    await ran('good-1');
    await ran('good-2');
    for (const n of [1, 2, 3, 4]) await ran(`bad-${n}`, failed);
    expect(await since()).toMatchObject({ run: 'good-2', accepted: false });
    expect((await lookBack(openRunbook(directory), about)).previous?.run).toBe('bad-4');
  });

  test('is what was accepted, from then on, and until another one is', async () => {
    await ran('good-1');
    await ran('bad-1', failed);
    await openRunbook(directory).append({ kind: 'baseline-accepted', run: 'bad-1', ...about, note: 'moved' });
    expect(await since()).toMatchObject({ run: 'bad-1', accepted: true });
    await ran('good-2');
    expect(await since()).toMatchObject({ run: 'bad-1', accepted: true });
    await openRunbook(directory).append({ kind: 'baseline-accepted', run: 'good-2', ...about });
    expect(await since()).toMatchObject({ run: 'good-2', accepted: true });
    const other = { ...about, target: 'info@example.co.jp' };
    expect((await lookBack(openRunbook(directory), other)).baseline).toBeUndefined();
  });

  test('is no run that looked at a part only, unless that is all there was for two weeks', async () => {
    await ran('whole');
    const part = { summary: { ...good.summary, pass: Math.ceil(good.summary.pass / 2) } };
    await ran('part', part);
    expect(await since()).toMatchObject({ run: 'whole' });
    day += 20;
    await ran('part-2', part);
    expect(await since()).toMatchObject({ run: 'part-2' });
  });

  test('is found in a log in which no run wrote it down', async () => {
    const runbook = openRunbook(directory);
    const report = { ...good, run: { ...good.run, ...about } };
    await runbook.append(finishedEvent({ ...report, run: { ...report.run, id: 'good' } }));
    await runbook.append(finishedEvent({ ...report, ...failed, run: { ...report.run, id: 'bad' } }));
    expect(await since()).toMatchObject({ run: 'good' });
  });
});
