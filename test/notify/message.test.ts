import { describe, expect, test } from '@jest/globals';
import type { Diagnosis, Report } from '../../src/model/report.ts';
import { fitting, plainText } from '../../src/notify/message.ts';
import { narrowed } from '../../src/notify/narrow.ts';
import type { Notice } from '../../src/notify/notice.ts';
import { seenOf } from '../../src/notify/seen.ts';
import { messageOf } from '../../src/notify/tell.ts';
import { spanWords, timeWords } from '../../src/notify/words.ts';
import { noticeWith } from './channel-kit.ts';
import { kinds, problem, watching } from './looks.ts';

const telling = { language: 'ja', timeZone: 'Asia/Tokyo' } as const;

const mailbox = 'sales@example.jp';
const many = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [
    `m${at}@example.jp`,
    at < 37
      ? [
          problem({
            mailbox: `m${at}@example.jp`,
            certain: true,
            title: { en: 'certificate expired', ja: '証明書の期限切れ' },
          }),
        ]
      : 'pass',
  ]),
) as Parameters<ReturnType<typeof watching>['look']>[0];

/** One notice of every kind. */
const everyKind = (): readonly Notice[] => {
  const watch = watching({ remind: 600_000 });
  const certain = { [mailbox]: [problem({ certain: true })] };
  const other = { [mailbox]: [problem({ certain: true, cause: 'net.filtered' })] };
  const good = { [mailbox]: 'pass' } as const;
  const quiet = { quiet: true };
  const told = [
    ...watch.look(certain),
    ...watch.look(certain),
    ...watch.look(other),
    ...watch.look(good),
    ...watch.look(other),
    ...watch.look(good),
    ...watch.look(other),
    ...Array.from({ length: 12 }, () => watch.look(good)).flat(),
    ...watch.look(certain, quiet),
    ...watch.look(good, quiet),
    ...watch.look(good),
  ];
  const at = '2026-11-26T00:00:00Z';
  const says = { en: 'disk full', ja: 'ディスクの空きがありません' };
  return [
    ...told,
    { kind: 'own-failure', id: 'o', at, severity: 'warning', title: says, says, since: at, times: 3, steps: [says] },
    {
      kind: 'drift',
      id: 'd',
      at,
      severity: 'info',
      mailbox,
      changes: [says],
      more: 2,
      verify: 'crm-doctor runbook accept',
    },
    { kind: 'test', id: 't', at, severity: 'info', machine: 'crm01' },
  ];
};

describe('the words of a notice', () => {
  test('there are some of every kind, in both languages at the same depth', () => {
    const all = everyKind();
    expect(new Set(kinds(all))).toEqual(
      new Set([
        'problem',
        'reminder',
        'changed',
        'recovered',
        'flapping',
        'calm',
        'digest',
        'own-failure',
        'drift',
        'test',
      ]),
    );
    for (const notice of all) {
      const [ja, en] = (['ja', 'en'] as const).map((language) =>
        messageOf(notice, { language, timeZone: 'Asia/Tokyo' }),
      );
      expect(ja?.subject).toMatch(/^\[crm-doctor\] \S/);
      expect(ja?.subject).not.toBe(en?.subject);
      expect(ja?.sections.map(({ lines }) => lines.length)).toEqual(en?.sections.map(({ lines }) => lines.length));
      // One space between Latin and Japanese, none between Japanese and Japanese, no full-width digits.
      expect(plainText(ja ?? messageOf(notice, telling))).not.toMatch(/[ぁ-んァ-ン一-龥] [ぁ-んァ-ン一-龥]|[０-９]/);
      expect(plainText(ja ?? messageOf(notice, telling))).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test('many mailboxes are a number, with the first names', () => {
    const [told] = watching().look(many);
    if (!told) throw new Error('nothing was told');
    const { subject, sections } = messageOf(told, telling);
    expect(subject).toBe('[crm-doctor] 障害: imap.example.jp のメールボックス 40 件中 37 件: 証明書の期限切れ');
    expect(sections[0]?.lines[0]).toContain('ほか 27 件');
    expect(messageOf(told, { ...telling, language: 'en' }).subject).toBe(
      '[crm-doctor] Problem: 37 of 40 mailboxes at imap.example.jp: certificate expired',
    );
  });

  test('notices of unknown fate are told with the next one', () => {
    const uncertain = [
      {
        id: 'x',
        channel: 'ops',
        kind: 'problem',
        severity: 'critical',
        noticeAt: '2026-11-26T01:00:00Z',
        at: '2026-11-26T01:00:00Z',
        fate: 'uncertain',
        tries: 1,
      },
    ] as const;
    expect(plainText(messageOf(noticeWith(''), { ...telling, uncertain }))).toContain(
      '2026年11月26日 10:00 (UTC+9) 障害',
    );
  });

  test('times are those of the place, spans are what a reader wants to know', () => {
    expect(timeWords('2026-11-25T22:05:00Z', 'ja', 'Asia/Tokyo')).toBe('2026年11月26日 07:05 (UTC+9)');
    expect(timeWords('2026-09-01T22:05:00Z', 'en', 'Europe/Berlin')).toBe('2 Sep 2026 00:05 (UTC+2)');
    expect(timeWords('never', 'en', 'UTC')).toBe('never');
    const from = '2026-11-26T00:00:00Z';
    const to = (minutes: number): string => new Date(Date.parse(from) + minutes * 60_000).toISOString();
    expect([0, 5, 60, 200, 1440, 3000].map((minutes) => spanWords(from, to(minutes), 'ja'))).toEqual([
      '1 分未満',
      '5 分',
      '1 時間',
      '3 時間 20 分',
      '1 日',
      '2 日 2 時間',
    ]);
  });

  test('a text is cut between lines, and never in the middle of a character', () => {
    expect(fitting('a\nb', 10)).toBe('a\nb');
    expect(fitting(`${'x'.repeat(30)}\n${'y'.repeat(30)}`, 40)).toBe(`${'x'.repeat(30)}\n…`);
    expect(fitting('😀'.repeat(50), 21)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

describe('what is for a channel', () => {
  const filter = { atLeast: 'warning' } as const;

  test('is what is bad enough, of its kinds and of its mailboxes', () => {
    const [group] = watching().look(many);
    if (!group) throw new Error('nothing was told');
    expect(narrowed(group, filter)).toBe(group);
    expect(narrowed({ ...noticeWith(''), severity: 'info' }, filter)).toBeUndefined();
    expect(narrowed(group, { ...filter, kinds: ['recovered'] })).toBeUndefined();
    expect(narrowed(group, { ...filter, mailboxes: ['other*'] })).toBeUndefined();
    const some = narrowed(group, { ...filter, mailboxes: ['m1*@example.jp'] });
    // m1 and m10 to m19; how many others there are is nobody else's business.
    expect(some).toMatchObject({ item: { count: 11 } });
    expect(JSON.stringify(some)).not.toContain('"of"');
    expect(JSON.stringify(some)).not.toContain('m2@');
  });

  test('is what is about its tenant', () => {
    const [group] = watching().look(many);
    if (!group) throw new Error('nothing was told');
    const tenantOf = (label: string): string | undefined => (label.startsWith('m2') ? 'kumo' : undefined);
    expect(narrowed(group, { ...filter, tenants: ['kumo'] }, tenantOf)).toMatchObject({ item: { count: 11 } });
    expect(narrowed(group, { ...filter, tenants: ['sora'] }, tenantOf)).toBeUndefined();
  });
});

describe('what a report says', () => {
  const diagnosis = (cause: string, title: string): Diagnosis => ({
    cause,
    mailbox,
    severity: 'critical',
    confidence: 0.97,
    title,
    explanation: `${title}!`,
    affects: ['imap imap.example.jp:993'],
    evidence: [{ check: 'mail.tls', target: 'imap imap.example.jp:993', says: 'notAfter' }],
    fix: { owner: 'mail-admin', steps: ['renew'], change: [], alternatives: [] },
    ruledOut: [],
    proof: { status: 'not-tried', says: '' },
    verify: 'crm-doctor mail',
    lastSolution: { at: '2026-10-01T00:00:00Z', says: 'renewed it' },
  });
  const check = (id: string, status: 'fail' | 'pass', target = 'imap imap.example.jp:993') => ({
    id,
    mailbox,
    target,
    title: id,
    status,
    summary: `${id} is ${status}`,
    durationMs: 1,
    evidence: [],
  });
  const report = (language: 'en' | 'ja', parts: Partial<Report>): Report => ({
    schema: 'crm-doctor/report/v1',
    tool: { name: 'crm-doctor', version: '0' },
    run: { id: 'run1', command: 'watch', target: mailbox, startedAt: '2026-11-26T00:00:00Z', durationMs: 1, language },
    status: 'fail',
    summary: { pass: 0, warn: 0, fail: 1, skip: 0, unknown: 0, error: 0 },
    checks: [],
    diagnoses: [],
    unexplained: [],
    prevention: [],
    exitCode: 1,
    ...parts,
  });

  test('is problems with their proof, in both languages where the run was told in both', () => {
    const en = report('en', { diagnoses: [diagnosis('tls.certificate-expired', 'expired')] });
    const ja = report('ja', { diagnoses: [diagnosis('tls.certificate-expired', '期限切れ')] });
    expect(seenOf(en, { other: ja }).problems).toMatchObject([
      {
        title: { en: 'expired', ja: '期限切れ' },
        certain: true,
        hosts: ['imap.example.jp'],
        places: ['mail.tls imap'],
        last: { says: { en: 'renewed it' } },
      },
    ]);
    expect(seenOf(en).problems[0]?.title).toEqual({ en: 'expired', ja: 'expired' });
  });

  test('and checks that fail without a cause, each for itself', () => {
    const seen = seenOf(
      report('en', {
        checks: [check('mail.quota', 'fail', 'INBOX'), check('mail.port', 'pass')],
        unexplained: ['mail.quota INBOX'],
      }),
    );
    expect(seen.problems).toMatchObject([
      { cause: 'unexplained', severity: 'critical', places: ['mail.quota INBOX'], certain: false },
    ]);
    expect(seen.checks).toHaveLength(2);
  });

  test('and definitions of workflows that are wrong', () => {
    const seen = seenOf(report('en', { checks: [check('workflow.lint', 'fail', 'workflows')] }));
    expect(seen.problems).toMatchObject([{ cause: 'unexplained', certain: true, title: { en: 'workflow.lint' } }]);
  });
});
