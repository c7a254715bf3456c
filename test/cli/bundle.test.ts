import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { mailScenarios } from '../../fixtures/scenarios.ts';
import { createPseudonyms } from '../../src/bundle/pseudonyms.ts';
import { publicEndOf } from '../../src/cli/bundle/names.ts';
import type { Report } from '../../src/model/report.ts';
import { stampOf } from '../../src/sync/files/pieces.ts';
import { memberPieces, membersOf } from '../../src/sync/files/zip.ts';
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

const at = (env: Readonly<Record<string, string>> = {}) => ({ cwd: place.directory, env });
const directory = (): string => join(place.directory, 'state', 'crm-doctor');
const who = { user: 'hanako', host: 'crm01' };

/** Every file of an archive, as somebody who unpacks it sees it. */
const unpacked = async (path: string): Promise<ReadonlyMap<string, Buffer>> => {
  const stamp = await stampOf(path);
  const files = new Map<string, Buffer>();
  for (const member of await membersOf(path, stamp)) {
    const pieces: Buffer[] = [];
    for await (const piece of memberPieces(path, stamp, member, member.name)) pieces.push(piece);
    files.set(member.name, Buffer.concat(pieces));
  }
  return files;
};

/** Puts a run into the runbook as if it had been made here. */
const recorded = (report: Report, evidence: unknown, records: readonly object[] = []): void => {
  mkdirSync(join(directory(), 'runs'), { recursive: true });
  writeFileSync(join(directory(), 'runs', `${report.run.id}.json`), JSON.stringify({ report, evidence }));
  writeFileSync(
    join(directory(), 'runbook.jsonl'),
    records.map((record) => `${JSON.stringify({ who, ...record })}\n`).join(''),
  );
};

const write = (name: string, text: string): void => writeFileSync(join(place.directory, name), text);

describe('a bundle of a run', () => {
  const prepared = async (name: string) => {
    const scenario = mailScenarios.find((one) => one.name === name);
    if (!scenario) throw new Error('no scenario');
    started = await scenario.start();
    const { password, ...mail } = started.config.mail;
    write('ca.pem', started.ca);
    const config = {
      version: 1,
      mail: { ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem', logs: ['./mail.log'] },
    };
    write('crm-doctor.yaml', JSON.stringify(config));
    return { password, env: { DEMO_PASSWORD: password } };
  };

  test.each(['wrong-security', 'certificate-expired', 'folder-missing'])(
    '%s is diagnosed again elsewhere with the same causes, in both languages',
    async (name) => {
      const { password, env } = await prepared(name);
      write('mail.log', `${new Date().toISOString()} login failed, tried ${password}\n`);
      const run = JSON.parse((await commandLine(['mail', '--json'], at(env))).out) as Report;
      const made = await commandLine(['bundle', '--yes', '--output', 'case.zip'], at(env));
      expect(made).toMatchObject({ code: 0, err: '' });
      const file = join(place.directory, 'case.zip');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const files = await unpacked(file);
      for (const bytes of files.values()) expect(bytes.includes(password)).toBe(false);
      expect([...files.keys()]).toEqual(
        expect.arrayContaining([
          'README.txt',
          'ticket.ja.txt',
          'ticket.en.txt',
          'report.json',
          'report.html',
          'report.md',
          'evidence.json',
          'runbook.jsonl',
          'config.redacted.yaml',
          'versions.json',
          'env.json',
          'logs/01-mail.log',
          'redactions.json',
          'manifest.json',
        ]),
      );
      expect(String(files.get('logs/01-mail.log'))).toContain('login failed, tried ***');
      expect(String(files.get('config.redacted.yaml'))).toContain('password: ${DEMO_PASSWORD}');
      const elsewhere = workplace();
      try {
        const again = await commandLine(['report', '--from', file, '--json'], { cwd: elsewhere.directory });
        const report = JSON.parse(again.out) as Report;
        expect(report.diagnoses.map(({ cause }) => cause)).toEqual(run.diagnoses.map(({ cause }) => cause));
        expect(report.diagnoses.length).toBeGreaterThan(0);
        expect(again.code).toBe(run.exitCode);
      } finally {
        elsewhere.remove();
      }
      // The run spoke English; the Japanese text is not a frame around English sentences.
      const [cause] = run.diagnoses;
      expect(String(files.get('ticket.en.txt'))).toContain(cause?.title);
      const japanese = String(files.get('ticket.ja.txt'));
      expect(japanese).toContain(cause?.cause);
      expect(japanese).not.toContain(cause?.title);
      expect(japanese).not.toContain('検査したときの言語');
      const [last] = readFileSync(join(directory(), 'runbook.jsonl'), 'utf8').trim().split('\n').slice(-1);
      expect(JSON.parse(last ?? '')).toMatchObject({ kind: 'bundle-made', run: run.run.id, file });
    },
  );

  test('says what it holds before it is written, and asks nobody who is not there', async () => {
    recorded(sample('several.ja'), undefined);
    const dry = await commandLine(['bundle', '--dry-run', '--lang', 'ja'], at());
    expect(dry.code).toBe(0);
    expect(dry.out).toMatch(/report\.html +[\d.]+ KiB/);
    expect(dry.out).toContain('evidence: この検査には証拠の記録がない');
    const unasked = await commandLine(['bundle'], at());
    expect(unasked.code).toBe(2);
    expect(unasked.err).toContain('--yes');
    const listed = JSON.parse((await commandLine(['bundle', '--dry-run', '--json'], at())).out);
    expect(listed).toMatchObject({ written: false, manifest: { schema: 'crm-doctor/bundle/v1', id: 'CD-ab12cd' } });
    for (const columns of [40, 120]) {
      const { out } = await commandLine(['bundle', '--dry-run'], { ...at(), columns, tty: true });
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  test('before the first run it is told that there is none, and no id that nobody gave', async () => {
    const { code, err } = await commandLine(['bundle', '--yes'], at());
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('no run is recorded yet') });
  });

  test('never writes over a file', async () => {
    recorded(sample('several.ja'), undefined);
    write('case.zip', 'mine');
    const { code, err } = await commandLine(['bundle', '--yes', '--output', 'case.zip'], at());
    expect(code).toBe(2);
    expect(err).toContain('exists already');
    expect(readFileSync(join(place.directory, 'case.zip'), 'utf8')).toBe('mine');
  });

  test('leaves sections out on demand, and a section that is not there is a wrong call', async () => {
    recorded(sample('several.en'), undefined);
    await commandLine(['bundle', '--yes', '--output', 'a.zip', '--exclude', 'report,ticket', 'environment'], at());
    const files = await unpacked(join(place.directory, 'a.zip'));
    expect([...files.keys()]).toEqual(['README.txt', 'redactions.json', 'manifest.json']);
    const wrong = await commandLine(['bundle', '--yes', '--exclude', 'secrets'], at());
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('runbook');
  });

  test('the text alone, for a single administrator, with what was tried and since when', async () => {
    const report = sample('several.ja');
    recorded(report, undefined, [
      {
        at: '2026-11-20T01:00:00.000Z',
        kind: 'run-finished',
        run: 'old',
        command: 'mail',
        target: report.run.target,
        status: 'pass',
        exitCode: 0,
        causes: [],
      },
      { at: '2026-11-21T01:00:00.000Z', kind: 'note', text: 'サーバーを再起動した' },
      { at: '2026-11-21T02:00:00.000Z', kind: 'note', run: 'other', text: 'ほかの検査のメモ' },
      {
        at: '2026-11-24T02:05:13.000Z',
        kind: 'run-finished',
        run: report.run.id,
        command: 'mail',
        target: report.run.target,
        status: 'fail',
        exitCode: 1,
        causes: [],
      },
      {
        at: '2026-11-24T03:00:00.000Z',
        kind: 'change-done',
        run: report.run.id,
        where: '/etc/crm-doctor.yaml',
        change: [{ path: 'mail.imap.port', from: 143, to: 993 }],
      },
    ]);
    const { code, out } = await commandLine(['bundle', '--text', '--for', 'mail-admin', '--lang', 'ja'], at());
    expect(code).toBe(0);
    expect(out).toContain('メールサーバーの管理者様');
    expect(out).toContain('最後に正常だった検査: 2026年11月20日 10:00（日本時間）');
    expect(out).toContain('メモ: サーバーを再起動した');
    expect(out).toContain('変更: mail.imap.port: 143 → 993');
    const json = JSON.parse((await commandLine(['bundle', '--text', '--json'], at())).out);
    expect(json).toEqual({ subject: expect.any(String), body: expect.any(String) });
  });
});

describe('records of customers', () => {
  test('are masked wherever they stand, unless they are asked for', async () => {
    const report = sample('sync.ja');
    recorded(report, undefined);
    const text = JSON.stringify(report);
    expect(text).toContain('株式会社山本建設');
    await commandLine(['bundle', '--yes', '--output', 'masked.zip'], at());
    for (const bytes of (await unpacked(join(place.directory, 'masked.zip'))).values()) {
      expect(String(bytes)).not.toMatch(/山本建設|1997-06-07|加藤 直樹/);
    }
    await commandLine(['bundle', '--yes', '--output', 'all.zip', '--include', 'records'], at());
    expect(String((await unpacked(join(place.directory, 'all.zip'))).get('report.json'))).toContain('株式会社山本建設');
    const { code, out, err } = await commandLine(['report', '--from', 'masked.zip', '--lang', 'ja'], at());
    expect(code).toBe(1);
    expect(out).toContain('sync.date-off-by-one');
    expect(err).toContain('診断し直してはいません');
  });
});

/** A small generator, so that a failure can be repeated. */
const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const letters = [...'abcXYZ0189', ...'%+ &?=/\\"\'<>{}[]()$^.*|~`!#@,;:-_', ...'パス漢字é😀'];
const secretOf = (seed: number): string => {
  const next = random(seed);
  const body = Array.from({ length: 6 + next(40) }, () => letters[next(letters.length)] ?? 'x').join('');
  return `k${body.trim()}9`;
};

const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  JSON: (secret) => JSON.stringify(secret),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 joined by NUL': (secret) => Buffer.from(`\0sales@example.co.jp\0${secret}`).toString('base64'),
  XOAUTH2: (secret) => Buffer.from(`user=x\x01auth=Bearer ${secret}\x01\x01`).toString('base64'),
  base64url: (secret) => Buffer.from(`ab${secret}`).toString('base64url'),
  'URL component': (secret) => encodeURIComponent(secret),
  form: (secret) => new URLSearchParams({ q: secret }).toString().slice(2),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  HEX: (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  HTML: (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
};

describe('planted secrets', () => {
  const kinds = Object.entries(encodings);

  /** The secret in every encoding, among other words. */
  const planted = (secret: string, where: string): string =>
    kinds.map(([name, encode]) => `${where} ${name}: ${encode(secret)} end`).join('; ');

  test.each(Array.from({ length: 12 }, (_, seed) => seed))('none of them is in the bundle (seed %i)', async (seed) => {
    const [mailSecret, crmSecret, variable] = [secretOf(seed * 3), secretOf(seed * 3 + 1), secretOf(seed * 3 + 2)];
    const base = sample('several.en');
    const says = (where: string) => [mailSecret, crmSecret, variable].map((secret) => planted(secret, where)).join(' ');
    const report: Report = {
      ...base,
      run: { ...base.run, target: `sales@example.co.jp ${mailSecret}` },
      checks: base.checks.map((check) => ({
        ...check,
        summary: says('summary'),
        evidence: [{ fact: check.id, banner: says('banner'), [crmSecret]: 1 }],
      })),
      diagnoses: base.diagnoses.map((one) => ({
        ...one,
        title: says('title'),
        explanation: says('explanation'),
        evidence: one.evidence.map((seen) => ({ ...seen, says: says('evidence') })),
        fix: { ...one.fix, steps: [says('step')] },
        proof: { ...one.proof, says: says('proof') },
        verify: `crm-doctor mail --password ${mailSecret}`,
      })),
      error: { message: says('error') },
    };
    const evidence = {
      schema: 'crm-doctor/evidence/v1',
      at: '2026-11-24T02:05:12.000Z',
      command: 'mail',
      target: 'sales@example.co.jp',
      mail: [{ config: { address: 'sales@example.co.jp' }, path: 'mail', label: 'sales@example.co.jp' }],
      answers: {
        [`http GET https://crm.example.co.jp/?q=${encodeURIComponent(crmSecret)}`]: { body: says('CRM') },
        greeting: { banner: says('banner'), lines: [says('line')] },
      },
    };
    recorded(report, evidence, [
      { at: '2026-11-24T01:00:00.000Z', kind: 'note', text: says('note') },
      {
        at: '2026-11-24T01:30:00.000Z',
        kind: 'change-done',
        run: base.run.id,
        where: says('where'),
        change: [{ path: 'mail.password', from: mailSecret, to: crmSecret }],
      },
    ]);
    write('secret.txt', `${crmSecret}\n`);
    write(
      'crm-doctor.yaml',
      JSON.stringify({
        version: 1,
        mail: {
          address: 'sales@example.co.jp',
          password: mailSecret.replaceAll('${', '$${'),
          from: `x${variable}`,
          logs: ['./mail.log'],
        },
        crm: { type: 'demo', url: 'https://crm.example.co.jp', secretFile: './secret.txt' },
      }),
    );
    write('mail.log', `2026-11-24T02:00:00Z ${says('log')}\n`.repeat(3));
    const made = await commandLine(['bundle', '--yes', '--output', 'case.zip'], at({ SOME_API_KEY: variable }));
    expect(made).toMatchObject({ code: 0, err: '' });
    const files = await unpacked(join(place.directory, 'case.zip'));
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['evidence.json', 'runbook.jsonl', 'logs/01-mail.log', 'ticket.ja.txt']),
    );
    for (const [file, bytes] of files) {
      const texts = [
        bytes.toString('utf8'),
        ...(file.endsWith('.json') ? [JSON.stringify(JSON.parse(String(bytes)))] : []),
      ];
      for (const secret of [mailSecret, crmSecret, variable]) {
        for (const [encoding, encode] of kinds) {
          // What base64 makes of the neighbours may stay; its middle hangs on the secret alone.
          const form = /base64|XOAUTH2/.test(encoding)
            ? encode(secret).replace(/=+$/, '').slice(-12, -2)
            : encode(secret);
          for (const text of texts) expect([file, encoding, text.includes(form)]).toEqual([file, encoding, false]);
        }
      }
    }
    const shown = await commandLine(['bundle', '--text'], at({ SOME_API_KEY: variable }));
    for (const secret of [mailSecret, crmSecret, variable])
      expect(`${shown.out}${shown.err}${made.out}`).not.toContain(secret);
  });

  test('what nobody told us is found by its form', async () => {
    const token = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`;
    const lines = [
      `Authorization: Basic c2FsZXM6c2VjcmV0`,
      `token ${token}`,
      `https://hooks.slack.com/services/T000/B000/plantedhook`,
      `Set-Cookie: sid=plantedcookie; Path=/`,
      `http://admin:planteduser@crm.example.co.jp/`,
      `GET /?access_token=plantedparam&x=1`,
      `password=plantedfield`,
      `C: AUTH PLAIN AHNhbGVzAHBsYW50ZWQ=`,
      `-----BEGIN PRIVATE KEY-----`,
      `plantedkeyplantedkey`,
      `-----END PRIVATE KEY-----`,
      `to=<taro.yamada@other.example> status=bounced`,
    ];
    recorded(sample('several.en'), undefined);
    write('crm-doctor.yaml', 'version: 1\nmail: { address: sales@example.co.jp, logs: [./mail.log] }\n');
    write('mail.log', lines.map((line) => `2026-11-24T02:00:00Z ${line}\n`).join(''));
    await commandLine(['bundle', '--yes', '--output', 'case.zip'], at());
    const files = await unpacked(join(place.directory, 'case.zip'));
    const log = String(files.get('logs/01-mail.log'));
    expect(log).not.toMatch(/planted|c2FsZXM6|AHNhbGVz|taro\.yamada/);
    expect(log).not.toContain(token);
    expect(log).toContain('***@other.example');
    const counts = JSON.parse(String(files.get('redactions.json'))).total;
    expect(counts).toMatchObject({ jwt: 1, cookie: 1, 'webhook-url': 1, 'private-key': 1, 'other-address': 1 });
  });

  test('logs stay out while a secret cannot be read, unless they are asked for', async () => {
    recorded(sample('several.en'), undefined);
    write(
      'crm-doctor.yaml',
      'version: 1\nmail: { address: a@b.example, password: "${NOT_SET}", logs: [./mail.log] }\n',
    );
    write('mail.log', '2026-11-24T02:00:00Z hello\n');
    const dry = JSON.parse((await commandLine(['bundle', '--dry-run', '--json'], at())).out);
    expect(dry.manifest.notLookedFor).toMatchObject([{ name: 'mail.password' }]);
    expect(dry.manifest.leftOut.map(({ section }: { section: string }) => section)).toContain('logs');
    const wanted = JSON.parse((await commandLine(['bundle', '--dry-run', '--json', '--include', 'logs'], at())).out);
    expect(wanted.manifest.entries.map(({ name }: { name: string }) => name)).toContain('logs/01-mail.log');
  });

  test('a secret that is a word of our own files is refused, without being told', async () => {
    recorded(sample('several.en'), undefined);
    write('crm-doctor.yaml', 'version: 1\nmail: { address: a@b.example, password: unknown }\n');
    const { code, err, out } = await commandLine(['bundle', '--yes'], at());
    expect(code).toBe(3);
    expect(err).toContain('mail.password');
    expect(`${err}${out}`).not.toContain('unknown');
  });

  test('an everyday word is taken out where it stands by itself, and nowhere else', async () => {
    const report = sample('several.en');
    recorded({ ...report, run: { ...report.run, target: 'admin at administrator' } }, undefined);
    write('crm-doctor.yaml', 'version: 1\nmail: { address: a@b.example, password: admin }\n');
    expect((await commandLine(['bundle', '--yes', '--output', 'c.zip'], at())).code).toBe(0);
    const kept = JSON.parse(String((await unpacked(join(place.directory, 'c.zip'))).get('report.json'))) as Report;
    expect(kept.run.target).toBe('*** at administrator');
    expect(kept.diagnoses.map(({ fix }) => fix.owner)).toContain('mail-admin');
  });
});

describe('--anonymize', () => {
  test('the same thing has the same pseudonym everywhere, no name is left, and it comes to the same causes', async () => {
    const scenario = mailScenarios.find((one) => one.name === 'wrong-security');
    if (!scenario) throw new Error('no scenario');
    started = await scenario.start();
    const { password, ...mail } = started.config.mail;
    const [, domain = ''] = mail.address.split('@');
    write('ca.pem', started.ca);
    const config = {
      version: 1,
      mail: { ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem', logs: ['./mail.log'] },
    };
    write('crm-doctor.yaml', JSON.stringify(config));
    const env = { DEMO_PASSWORD: password };
    write(
      'mail.log',
      `${new Date().toISOString()} tokyo-crm.${domain}[203.0.113.99]: 550 "山田 太郎" <taro.yamada@${domain}>: refused\n`,
    );
    const run = JSON.parse((await commandLine(['mail', '--json'], at(env))).out) as Report;
    await commandLine(['runbook', 'note', `asked hanako.sato@${domain} about tokyo-crm.${domain}`], at());
    const made = await commandLine(['bundle', '--yes', '--anonymize', '--output', 'case.zip'], at(env));
    expect(made.err).toContain('pseudonyms');
    const files = await unpacked(join(place.directory, 'case.zip'));
    for (const [name, bytes] of files) {
      const text = String(bytes);
      expect([name, text.match(new RegExp(`${domain}|203\\.0\\.113\\.99|山田|yamada|hanako`))]).toEqual([name, null]);
    }
    const log = String(files.get('logs/01-mail.log'));
    const [, host] = /(host-\d+\.domain-\d+\.example)\[/.exec(log) ?? [];
    expect(host).toBeDefined();
    expect(log).toMatch(/\[(?:192\.0\.2|198\.51\.100)\.\d+\]/);
    expect(String(files.get('runbook.jsonl'))).toContain(host);
    expect(JSON.parse(String(files.get('manifest.json'))).anonymized).toBe(true);
    const again = await commandLine(['report', '--from', 'case.zip', '--json'], at());
    expect((JSON.parse(again.out) as Report).diagnoses.map(({ cause }) => cause)).toEqual(
      run.diagnoses.map(({ cause }) => cause),
    );
    expect(again.err).toContain('pseudonyms');
    const kept = join(directory(), 'pseudonyms', 'case.zip.json');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(Object.values(JSON.parse(readFileSync(kept, 'utf8')))).toContain(domain);
    const text = await commandLine(['bundle', '--text', '--anonymize'], at(env));
    expect(text.out).not.toContain(domain);
  });

  test('servers of a provider that everybody knows keep their names, those of one organisation there do not', () => {
    const { rename } = createPseudonyms({
      hosts: ['smtp.office365.com', 'kumo-shoji-jp.mail.protection.outlook.com', 'mail.kumo-shoji.co.jp'],
      addresses: ['taro@kumo-shoji.co.jp'],
      ips: ['192.168.1.9', '198.51.100.7', '127.0.0.1', '2001:db8:5::1'],
      logins: ['taro'],
      people: [],
      machines: [],
      publicEnd: publicEndOf,
    });
    expect(rename('smtp.office365.com:587')).toBe('smtp.office365.com:587');
    expect(rename('kumo-shoji-jp.mail.protection.outlook.com')).toMatch(/^host-1\.mail\.protection\.outlook\.com$/);
    expect(rename('_dmarc.kumo-shoji.co.jp *.KUMO-SHOJI.co.jp mail.kumo-shoji.co.jp.')).toBe(
      '_dmarc.domain-1.example *.domain-1.example mail.domain-1.example.',
    );
    expect(rename('taro logs in as taro@kumo-shoji.co.jp')).toBe('user-1 logs in as user-1@domain-1.example');
    expect(rename('192.168.1.9 127.0.0.1 7.100.51.198.in-addr.arpa')).toMatch(
      /^10\.0\.0\.\d+ 127\.0\.0\.1 \d+\.2\.0\.192\.in-addr\.arpa$/,
    );
    expect(rename('mail.tls crm-doctor.yaml 2.3.19.1 tls.certificate-expired')).toBe(
      'mail.tls crm-doctor.yaml 2.3.19.1 tls.certificate-expired',
    );
    expect(rename('subject CN=mail.kumo-shoji.co.jp, O=雲商事株式会社')).toBe(
      'subject CN=mail.domain-1.example, O=organisation-1',
    );
  });
});

test('of a run of everything, mail is diagnosed again and what stands in files is taken over as it was recorded', async () => {
  const scenario = mailScenarios.find((one) => one.name === 'wrong-security');
  if (!scenario) throw new Error('no scenario');
  started = await scenario.start();
  const { password, ...mail } = started.config.mail;
  write('ca.pem', started.ca);
  write(
    'crm-doctor.yaml',
    JSON.stringify({ version: 1, mail: { ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem' } }),
  );
  const run = JSON.parse((await commandLine(['mail', '--json'], at({ DEMO_PASSWORD: password }))).out) as Report;
  const workflow = sample('workflow.en');
  const file = join(directory(), 'runs', `${run.run.id}.json`);
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  const both = {
    ...kept.report,
    run: { ...run.run, command: 'check' },
    checks: [...run.checks, ...workflow.checks],
    findings: workflow.findings,
  };
  writeFileSync(file, JSON.stringify({ report: both, evidence: { ...kept.evidence, command: 'check' } }));
  expect((await commandLine(['bundle', '--yes', '--output', 'case.zip'], at({ DEMO_PASSWORD: password }))).code).toBe(
    0,
  );
  const { out, err, code } = await commandLine(['report', '--from', 'case.zip', '--json'], at());
  const again = JSON.parse(out) as Report;
  expect(again.diagnoses.map(({ cause }) => cause)).toEqual(['config.security-mismatch']);
  expect(again.findings?.length).toBe(workflow.findings?.length);
  expect(again.checks).toHaveLength(run.checks.length + workflow.checks.length);
  expect(code).toBe(1);
  expect(err).toContain('as it was recorded');
});
