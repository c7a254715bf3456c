import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { mailScenarios } from '../../fixtures/scenarios.ts';
import { differenceLines } from '../../src/cli/commands/runbook/difference-words.ts';
import type { Report } from '../../src/model/report.ts';
import { differencesOf } from '../../src/runbook/drift/differences.ts';
import { sample } from '../report/samples.ts';
import { commandLine, workplace } from './command-line.ts';

let place = workplace();
let started: StartedMail | undefined;
beforeEach(() => {
  place = workplace();
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
  place.remove();
});

const at = () => ({ cwd: place.directory });
const directory = (): string => join(place.directory, 'state', 'crm-doctor');
const log = (): string => join(directory(), 'runbook.jsonl');

const who = { user: 'hanako', host: 'crm01' };
const finished = (run: string, over: object = {}) => ({
  at: '2026-11-24T02:05:12.345Z',
  who,
  kind: 'run-finished',
  run,
  command: 'mail',
  target: 'sales@example.co.jp',
  status: 'pass',
  exitCode: 0,
  causes: [],
  ...over,
});

const write = (records: readonly object[]): void => {
  mkdirSync(directory(), { recursive: true });
  writeFileSync(log(), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
};

const controls = ['\u001b', '\u0007', '\u009b', '\u202e'];

describe('runbook search', () => {
  test('finds causes, hosts of changes, notes and tags, the latest first', async () => {
    write([
      finished('run-1', { causes: [{ cause: 'tls.certificate-expired', proof: 'not-tried' }] }),
      {
        at: '2026-11-24T03:00:00.000Z',
        who,
        kind: 'change-done',
        run: 'run-1',
        where: '/etc/crm-doctor.yaml',
        change: [{ path: 'mail.imap.host', from: 'old.example.co.jp', to: 'imap.example.co.jp' }],
      },
      { at: '2026-11-24T04:00:00.000Z', who, kind: 'note', text: '証明書を更新した', tags: ['certificate'] },
    ]);
    const { out } = await commandLine(['runbook', 'search', 'CERTIFICATE'], at());
    expect(out.trim().split('\n')).toEqual([
      '2026-11-24 04:00:00  証明書を更新した  #certificate',
      expect.stringContaining('tls.certificate-expired'),
    ]);
    expect((await commandLine(['runbook', 'search', 'imap.example.co.jp'], at())).out).toContain('changed');
    // Every word has to be there, in whatever width it was typed.
    expect((await commandLine(['runbook', 'search', '証明書 更新'], at())).out).toContain('証明書を更新した');
    expect((await commandLine(['runbook', 'search', 'ｃｅｒｔｉｆｉｃａｔｅ', '更新'], at())).out).toContain(
      '証明書を',
    );
  });

  test.each([
    ['en', 'nothing found'],
    ['ja', '見つかりませんでした'],
  ])('says so where there is nothing (%s)', async (lang, words) => {
    const { code, out } = await commandLine(['runbook', 'search', 'nothing', '--lang', lang], at());
    expect({ code, out }).toEqual({ code: 0, out: `${words}\n` });
  });

  test('goes through 100,000 records and keeps only what it shows', async () => {
    const line = (index: number) =>
      `${JSON.stringify(finished(`run-${index}`, { causes: index % 1000 === 7 ? [{ cause: 'dns.no-such-host', proof: 'failed' }] : [] }))}\n`;
    write([]);
    for (let from = 0; from < 100_000; from += 10_000) {
      appendFileSync(log(), Array.from({ length: 10_000 }, (_, index) => line(from + index)).join(''));
    }
    appendFileSync(log(), '{"at":"torn');
    const { out, err } = await commandLine(['runbook', 'search', 'dns.no-such-host', '--json', '--limit', '3'], at());
    expect((JSON.parse(out) as { run: string }[]).map(({ run }) => run)).toEqual([
      'run-99007',
      'run-98007',
      'run-97007',
    ]);
    expect(err).toBe('');
    const text = await commandLine(['runbook', 'search', 'dns.no-such-host', '--lang', 'ja'], at());
    expect(text.out.trim().split('\n')).toHaveLength(20);
    expect(text.err).toContain('100 件のうち最近の 20 件');
    expect(text.err).toContain('1 行');
  });

  test('hostile values are escaped on the screen and in JSON', async () => {
    const hostile = `x\u001b]0;owned\u0007 \u009b31m \u202e`;
    write([
      { at: '2026-11-24T04:00:00.000Z', who, kind: 'note', text: hostile, tags: [hostile] },
      finished(hostile, { target: hostile, status: hostile, causes: [{ cause: hostile, proof: hostile }] }),
      finished('odd', { causes: 'none', durationMs: 'soon' }),
      { at: '2026-11-24T04:00:00.000Z', kind: 'change-done', where: 7, change: hostile },
    ]);
    for (const argv of [['list'], ['search', 'owned'], ['list', '--json'], ['search', 'owned', '--json']]) {
      const { code, out } = await commandLine(['runbook', ...argv], at());
      expect(code).toBe(0);
      for (const control of controls) expect(out).not.toContain(control);
      expect(out).toContain('owned');
    }
  });
});

describe('runbook note', () => {
  test('goes with a run and with tags, and is found by them', async () => {
    mkdirSync(join(directory(), 'runs'), { recursive: true });
    const report = { ...sample('proven.en'), run: { ...sample('proven.en').run, id: '20261124T020512Z-ab12cd' } };
    writeFileSync(join(directory(), 'runs', `${report.run.id}.json`), JSON.stringify({ report, evidence: {} }));
    const argv = [
      'runbook',
      'note',
      'the',
      'provider',
      'was',
      'called',
      '--run',
      'last',
      '--tag',
      'call',
      '--tag',
      '電話',
    ];
    expect((await commandLine(argv, at())).code).toBe(0);
    expect(JSON.parse(readFileSync(log(), 'utf8'))).toMatchObject({
      kind: 'note',
      run: report.run.id,
      text: 'the provider was called',
      tags: ['call', '電話'],
    });
    expect((await commandLine(['runbook', 'search', '電話'], at())).out).toContain('#電話');
    const unknown = await commandLine(['runbook', 'note', 'x', '--run', 'nothing', '--lang', 'ja'], at());
    expect({ code: unknown.code, out: unknown.out }).toEqual({ code: 2, out: '' });
  });

  test('a runbook that the configuration names is the one that is read and written', async () => {
    writeFileSync(
      join(place.directory, 'crm-doctor.yaml'),
      'version: 1\nrunbook: ./log\nmail: { password: ${NOT_SET} }\n',
    );
    expect((await commandLine(['runbook', 'note', 'here'], at())).code).toBe(0);
    expect(readFileSync(join(place.directory, 'log', 'runbook.jsonl'), 'utf8')).toContain('here');
    expect((await commandLine(['runbook', 'list'], at())).out).toContain('here');
  });
});

describe('runbook trends', () => {
  const line = (day: number, of: readonly unknown[]) =>
    JSON.stringify({ at: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`, mailbox: 'a@example.jp', of });

  test('draws what was measured, of a figure or of all, and says so where there is nothing yet', async () => {
    expect((await commandLine(['runbook', 'trends', '--lang', 'en'], at())).out).toContain('no figure of several days');
    const folder = join(place.directory, 'state', 'crm-doctor');
    mkdirSync(folder, { recursive: true });
    const lines = Array.from({ length: 12 }, (_, n) =>
      line(n + 1, [
        ['quota.storage', 'INBOX', 500 + n * 20, 'bytes', 1000],
        ['login', 'imap a:993', 100, 'milliseconds'],
      ]),
    );
    writeFileSync(join(folder, 'measures.jsonl'), `${lines.join('\n')}\n`);
    const all = (await commandLine(['runbook', 'trends', '--lang', 'en'], at())).out;
    expect(all).toContain('used storage (INBOX)');
    expect(all).toContain('time to log in (imap a:993)');
    const { trends } = JSON.parse((await commandLine(['runbook', 'trends', 'quota', '--json'], at())).out);
    expect(trends).toMatchObject([{ id: 'quota.storage', forecast: { due: expect.stringMatching(/^2026-11-2/) } }]);
  });
});

describe('runbook diff', () => {
  const configured = (mail: object): void =>
    writeFileSync(join(place.directory, 'crm-doctor.yaml'), JSON.stringify({ version: 1, mail }));

  const prepare = async () => {
    const scenario = mailScenarios.find(({ name }) => name === 'wrong-security');
    if (!scenario) throw new Error('no scenario');
    started = await scenario.start();
    const { password, ...mail } = started.config.mail;
    writeFileSync(join(place.directory, 'ca.pem'), started.ca);
    const env = { DEMO_PASSWORD: password };
    const wrong = { ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem' };
    const right = { ...wrong, smtp: { ...mail.smtp, security: 'starttls' } };
    return { wrong, right, where: { ...at(), env } };
  };

  test('the last run against the last good one: statuses, causes and settings, in both languages', async () => {
    const { wrong, right, where } = await prepare();
    configured(right);
    await commandLine(['mail', '--quiet'], where);
    configured(wrong);
    await commandLine(['mail', '--quiet'], where);
    await commandLine(['mail', '--quiet'], where);
    const { code, out, err } = await commandLine(['runbook', 'diff'], where);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/mail\.tls smtp \S+: OK → FAIL/);
    expect(out).toContain('newly found: config.security-mismatch');
    expect(out).toContain('mail.smtp.security: starttls → tls');
    expect(out).not.toContain(where.env.DEMO_PASSWORD);
    const japanese = (await commandLine(['runbook', 'diff', '--lang', 'ja'], where)).out;
    expect(japanese).toContain('新しく見つかった原因: config.security-mismatch');
    expect(japanese).toMatch(/mail\.tls smtp \S+: 正常 → 異常/);
    const json = JSON.parse((await commandLine(['runbook', 'diff', '--json'], where)).out);
    expect(json.differences).toContainEqual({
      aspect: 'setting',
      mailbox: started?.config.mail.address,
      where: 'mail.smtp.security',
      before: 'starttls',
      after: 'tls',
    });
    const same = await commandLine(['runbook', 'diff', 'last', 'last'], where);
    expect(same.out).toContain('Nothing is different.');
  });

  test('a run tells what changed since the last good one, until that is accepted', async () => {
    const { right, where } = await prepare();
    configured(right);
    await commandLine(['mail', '--quiet'], where);
    const runs = join(place.directory, 'state', 'crm-doctor', 'runs');
    const [kept = ''] = readdirSync(runs);
    const text = readFileSync(join(runs, kept), 'utf8');
    const report: Report = JSON.parse(text).report;
    const tls = report.checks.find(({ id, target }) => id === 'mail.tls' && target.startsWith('imap'));
    const issuer = JSON.stringify(tls?.evidence).match(/"issuer":"([^"]+)"/)?.[1] ?? '';
    const fingerprint = JSON.stringify(tls?.evidence).match(/"fingerprint":"([^"]+)"/)?.[1] ?? '';
    const before = text
      .replaceAll(`"issuer":"${issuer}"`, '"issuer":"CN=E7, O=Other CA"')
      .replaceAll(fingerprint, 'ab');
    writeFileSync(join(runs, kept), before);
    const drifted = await commandLine(['mail', '--lang', 'en'], where);
    expect(drifted.out).toContain('Changed since the last good run');
    expect(drifted.out.replace(/\s+/g, ' ')).toMatch(/the certificate of \w+ \S+ is from another issuer: Other CA →/);
    expect((await commandLine(['runbook', 'accept', '--note', 'renewed'], where)).code).toBe(0);
    expect((await commandLine(['runbook', 'list', '--lang', 'en'], where)).out).toMatch(/baseline .*renewed/s);
    const { run, drift } = JSON.parse((await commandLine(['mail', '--json'], where)).out);
    expect(drift).toBeUndefined();
    const log = readFileSync(join(place.directory, 'state', 'crm-doctor', 'runbook.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(JSON.parse(log.at(-1) ?? '')).toMatchObject({
      kind: 'run-finished',
      run: run.id,
      baseline: { accepted: true },
    });
    const measures = readFileSync(join(place.directory, 'state', 'crm-doctor', 'measures.jsonl'), 'utf8');
    expect(measures).toContain('"login"');
    expect(measures.trim().split('\n')).toHaveLength(4);
  });

  test.each(['en', 'ja'])('without a good run it is a wrong call with one sentence (%s)', async (lang) => {
    expect((await commandLine(['runbook', 'diff', '--lang', lang], at())).code).toBe(2);
    const { wrong, where } = await prepare();
    configured(wrong);
    await commandLine(['mail', '--quiet'], where);
    const { code, out, err } = await commandLine(['runbook', 'diff', '--lang', lang], where);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  const seen = (over: {
    readonly address?: string;
    readonly fingerprint?: string;
    readonly notAfter?: string;
    readonly inside?: readonly string[];
    readonly greeting?: string;
    readonly version?: string;
    readonly host?: string;
  }): { report: Report; evidence: unknown } => {
    const { address = '192.0.2.1', fingerprint = 'aa', notAfter = '2026-12-01T00:00:00Z' } = over;
    const { inside = ['IDLE', 'ID'], greeting = '* OK ready', version = '2.3.19', host = 'imap.example.co.jp' } = over;
    const check = (id: string, evidence: object) => ({
      id,
      mailbox: 'sales@example.co.jp',
      target: `imap ${host}:993`,
      title: id,
      status: 'pass',
      summary: '',
      durationMs: 1,
      evidence: [{ fact: id, ...evidence }],
    });
    const checks = [
      check('mail.port', { contacts: [{ address, family: 4 }] }),
      check('mail.tls', {
        handshake: { version: 'TLSv1.3', chain: [{ fingerprint, notAfter, issuer: 'CN=CA' }] },
        greeting: { lines: [greeting] },
        inside,
      }),
      check('mail.imap-auth', { serverId: { name: 'Dovecot', version } }),
    ];
    return { report: { ...sample('proven.en'), diagnoses: [], checks } as unknown as Report, evidence: {} };
  };

  test.each<[string, object, object, string[]]>([
    ['nothing', {}, {}, []],
    ['an address', {}, { address: '192.0.2.9' }, ['address']],
    ['a certificate', {}, { fingerprint: 'bb', notAfter: '2027-12-01T00:00:00Z' }, ['certificate', 'valid-until']],
    ['a capability', {}, { inside: ['ID'] }, ['capability']],
    ['the order of capabilities is none', {}, { inside: ['ID', 'IDLE'] }, []],
    ['a greeting', {}, { greeting: '* OK Cyrus' }, ['greeting']],
    [
      'not the time and the stamp in it',
      { greeting: '+OK <12.34@host> ESMTP Tue, 24 Nov 2026 12:00:00 +0900' },
      { greeting: '+OK <56.78@host> ESMTP Wed, 25 Nov 2026 09:00:01 +0900' },
      [],
    ],
    ['the software', {}, { version: '2.4.0' }, ['software']],
    ['another host is still the same service', {}, { host: 'new.example.co.jp' }, []],
  ])('sees %s', (_name, before, after, aspects) => {
    expect(differencesOf(seen(before), seen(after)).map(({ aspect }) => aspect)).toEqual(aspects);
  });

  const compared = (over: object) => ({
    report: {
      ...sample('proven.en'),
      diagnoses: [],
      checks: [
        {
          id: 'mail.sender-policy',
          mailbox: 'a@b.jp',
          target: 'b.jp',
          status: 'pass',
          evidence: [
            {
              fact: 'mail.sender-policy',
              spf: { state: 'record', records: ['v=spf1 -all'] },
              dmarc: { state: 'none' },
              dkim: [{ selector: 's1', state: 'good' }],
              ...over,
            },
          ],
        },
        {
          id: 'crm.mail-settings',
          mailbox: 'crm',
          target: 'crm:odoo',
          status: 'pass',
          evidence: [
            {
              fact: 'crm.mail-settings',
              reply: {
                value: {
                  accounts: [
                    { id: '3', name: 'Sales', enabled: true, services: { smtp: { port: 'port' in over ? 587 : 25 } } },
                  ],
                },
              },
            },
          ],
        },
      ],
      comparison: {
        rows: { left: 10, right: 10 },
        left: { name: 'crm', columns: 3 },
        right: { name: 'shop.csv', columns: 3 },
        fields: [{ left: 'tel', right: 'phone' }],
        missing: 0,
        extra: 0,
        changed: 0,
        ...over,
      },
    } as unknown as Report,
    evidence: {},
  });

  test.each<[string, object, string[]]>([
    ['nothing', {}, []],
    ['an SPF record', { spf: { state: 'record', records: ['v=spf1 +all'] } }, ['spf']],
    ['a DMARC record', { dmarc: { state: 'record', record: 'v=DMARC1; p=none' } }, ['dmarc']],
    ['not a record that the DNS did not tell', { dmarc: { state: 'unreachable' } }, []],
    ['a DKIM key', { dkim: [{ selector: 's1', state: 'missing' }] }, ['dkim']],
    ["a setting of the CRM's own account", { port: 587 }, ['crm-setting']],
    ['counts of records', { rows: { left: 10, right: 9 }, missing: 1 }, ['rows', 'counts']],
    [
      'columns',
      { right: { name: 'shop.csv', columns: 4 }, fields: [{ left: 'tel', right: 'mobile' }] },
      ['columns', 'column', 'column'],
    ],
  ])('sees %s', (_name, over, aspects) => {
    const differences = differencesOf(compared({}), compared(over));
    expect(differences.map(({ aspect }) => aspect)).toEqual(aspects);
    for (const language of ['en', 'ja'] as const) {
      for (const { lines } of differenceLines(differences, language)) {
        for (const line of lines) expect(line).not.toContain('undefined');
      }
    }
  });

  test('runs of which parts are missing, or that hold something else, are compared as far as they go', () => {
    const odd = { report: { checks: 'none', diagnoses: null } as unknown as Report, evidence: 7 };
    expect(differencesOf(odd, odd)).toEqual([]);
    expect(differencesOf(odd, seen({})).every(({ aspect }) => aspect === 'status')).toBe(true);
  });
});

describe('wrong calls', () => {
  test.each<[string, readonly string[]]>([
    ['an unknown subcommand', ['runbook', 'serch']],
    ['no words', ['runbook', 'search']],
    ['a limit that is no number', ['runbook', 'search', 'x', '--limit', 'many']],
    ['an empty tag', ['runbook', 'note', 'x', '--tag', '']],
    ['an unknown run', ['runbook', 'diff', 'nothing']],
  ])('%s', async (_name, argv) => {
    for (const lang of ['en', 'ja']) {
      const { code, out, err } = await commandLine([...argv, '--lang', lang], at());
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });
});
