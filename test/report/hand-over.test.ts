import { describe, expect, it } from '@jest/globals';
import { visible } from '../../src/i18n/visible.ts';
import type { Diagnosis, Report } from '../../src/model/report.ts';
import { handOver } from '../../src/report/hand-over.ts';
import { sample, sampleNames } from './samples.ts';

const headingsIn = (body: string): readonly string[] => body.match(/^(?:■ .+|[A-Z][A-Za-z ]+:)$/gm) ?? [];

const inOwnLanguage = (name: string) => {
  const report = sample(name);
  return { report, ...handOver(report, { language: report.run.language, attachment: 'crm-doctor-x.zip' }) };
};

describe('the text for a ticket', () => {
  it.each(sampleNames)(
    '%s names its causes, its run and the attached file, and nothing in it commands a terminal',
    (name) => {
      const { report, subject, body } = inOwnLanguage(name);
      for (const line of [subject, ...body.split('\n')]) expect(visible(line)).toBe(line);
      expect(body).toContain('crm-doctor-x.zip');
      expect(body).toContain(visible(report.run.id));
      for (const { cause } of report.diagnoses) expect(body).toContain(visible(cause));
      expect(`${subject}${body}`).not.toMatch(/(?<!properties of )undefined/);
    },
  );

  it.each(sampleNames.filter((name) => name.endsWith('.ja')))('%s has the same sections in English', (name) => {
    const ja = headingsIn(inOwnLanguage(name).body);
    const en = headingsIn(inOwnLanguage(name.replace('.ja', '.en')).body);
    expect(ja.length).toBeGreaterThan(4);
    expect(en).toHaveLength(ja.length);
  });

  it('asks a single administrator for his own part, and lists the others below', () => {
    const { subject, body } = handOver(sample('several.en'), { language: 'en', owner: 'mail-admin' });
    expect(subject).toContain('tls.certificate-expired');
    expect(body).toContain('To the administrator of the mail server');
    const [, asked = '', also = ''] =
      /What we ask you to do:\n([\s\S]*?)\n\n[\s\S]*Also found:\n([\s\S]*?)\n\n/.exec(body) ?? [];
    expect(asked).toContain('1. Renew the certificate');
    expect(asked).not.toContain('Who can do it');
    expect(asked).not.toContain('empty the trash');
    expect(also).toContain('quota.storage-full');
  });

  it('says since when, what people tried, and in Japanese the time of Japan', () => {
    const { body } = handOver(sample('proven.ja'), {
      language: 'ja',
      since: '2026-11-20T15:30:00.000Z',
      tried: ['CRM を再起動しました（変わりません）'],
    });
    expect(body).toContain('最後に正常だった検査: 2026年11月21日 00:30（日本時間）');
    expect(body).toContain('- CRM を再起動しました（変わりません）');
    expect(body).toContain('設定の変更: mail.imap.port: 143 → 993');
    const unknown = handOver(sample('proven.en'), { language: 'en' }).body;
    expect(unknown).toContain('Since when it fails is not on record.');
  });

  it('claims no cause where none was found', () => {
    const { subject, body } = handOver(sample('unknown.en'), { language: 'en' });
    expect(subject).toMatch(/cause not found$/);
    expect(body).toContain('none: the cause could not be found');
    expect(body).toContain('mail.quota INBOX');
    expect(handOver(sample('healthy.ja'), { language: 'ja' }).subject).toMatch(/検査では異常なし$/);
    const broken = handOver(sample('error.ja'), { language: 'ja' });
    expect(broken.subject).toMatch(/診断を開始できません$/);
    expect(broken.body).toContain('"prot"');
  });

  it('groups the findings of workflows by rule, with their places, and leaves suppressed ones out', () => {
    const report = sample('workflow.en');
    const { body } = handOver(report, { language: 'en' });
    for (const { rule, file, line, severity, suppressed } of report.findings ?? []) {
      if (suppressed !== undefined) expect(body).not.toContain(rule);
      else if (severity === 'error') expect(body).toContain(`${file}:${line}:`);
    }
  });

  it('tells the records of a comparison by class', () => {
    expect(handOver(sample('sync.en'), { language: 'en' }).body).toMatch(/missing on the right: \d+ records/);
  });

  it('stays a mail where a run has hundreds of causes, and says what it left out', () => {
    const report = sample('several.en');
    const [one] = report.diagnoses;
    const many: readonly Diagnosis[] = Array.from({ length: 300 }, (_, at) => ({
      ...(one as Diagnosis),
      title: `${one?.title} ${at} ${'x'.repeat(5_000)}`,
    }));
    const long: Report = { ...report, diagnoses: many };
    const { subject, body } = handOver(long, { language: 'en', attachment: 'b.zip' });
    expect(body.length).toBeLessThan(60_000);
    expect(subject.length).toBeLessThan(1_000);
    expect(body).toContain('more, in the attached report');
  });

  it('says that the findings are in another language than the text', () => {
    const { body } = handOver(sample('proven.en'), { language: 'ja' });
    expect(body).toContain('検査したときの言語（英語）のままです');
    expect(handOver(sample('proven.ja'), { language: 'ja' }).body).not.toContain('検査したときの言語');
  });
});
