import { describe, expect, test } from '@jest/globals';
import { visible } from '../../src/i18n/visible.ts';
import type { Report } from '../../src/model/report.ts';
import { openmetricsReporter } from '../../src/report/openmetrics.reporter.ts';
import { readOpenMetrics } from './openmetrics-reader.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

const textOf = (report: Report): string => openmetricsReporter.render(report, optionsFor(report));

const numbers = (report: Report, name: string) =>
  readOpenMetrics(textOf(report))
    .filter((one) => one.name === `crm_doctor_${name}`)
    .map(({ labels, value }) => ({ ...labels, value }));

describe.each(sampleNames)('OpenMetrics of %s', (name) => {
  const report = sample(name);
  const ran = report.checks.filter(({ status }) => status !== 'skip');

  test('a strict reader takes it, and finds every check that ran', () => {
    const values = { pass: 0, warn: 1, fail: 2, unknown: 3, error: 3, skip: Number.NaN };
    expect(numbers(report, 'check_status')).toEqual(
      ran.map(({ id, target, mailbox, status }) => ({
        check: id,
        target: visible(target),
        mailbox: visible(mailbox),
        value: values[status],
      })),
    );
    expect(numbers(report, 'check_duration_seconds').map(({ value }) => value)).toEqual(
      ran.map(({ durationMs }) => durationMs / 1000),
    );
    expect(numbers(report, 'info')).toEqual([{ version: report.tool.version, value: 1 }]);
    expect(numbers(report, 'exit_code')).toEqual([{ value: report.exitCode }]);
  });

  test('no words of a server and no texts are in it', () => {
    const text = textOf(report);
    for (const { title, explanation } of report.diagnoses) {
      expect(text).not.toContain(visible(title));
      expect(text).not.toContain(visible(explanation));
    }
    for (const { summary } of ran) expect(text).not.toContain(visible(summary));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u);
  });
});

describe('the numbers', () => {
  test('certificates and storage', () => {
    const report = sample('mailboxes.en');
    expect(numbers(report, 'certificate_expiry_timestamp_seconds')).toEqual([
      { target: 'imap imap.example.co.jp:993', value: Date.parse('2026-12-23T00:00:00Z') / 1000 },
    ]);
    const [used] = numbers(report, 'quota_used_bytes');
    const [limit] = numbers(report, 'quota_limit_bytes');
    expect([used?.value, limit?.value]).toEqual([812646400, 1073741824]);
    expect(used).toMatchObject({ target: 'INBOX' });
  });

  test('of two certificates of one server the one that ends first counts', () => {
    const report = sample('healthy.en');
    const seen = (notAfter: string) => ({ fact: 'mail.tls', handshake: { chain: [{ notAfter }] } });
    const checks = report.checks.map((check) =>
      check.id === 'mail.tls'
        ? {
            ...check,
            target: 'x',
            mailbox: check.target,
            evidence: [seen('2027-01-02T00:00:00Z'), seen('2027-01-01T00:00:00Z'), seen('2027-01-03T00:00:00Z')],
          }
        : check,
    );
    expect(numbers({ ...report, checks }, 'certificate_expiry_timestamp_seconds')).toEqual([
      { target: 'x', value: Date.parse('2027-01-01T00:00:00Z') / 1000 },
    ]);
  });

  test('causes, one a mailbox, and when the run ended', () => {
    const report = sample('proven.en');
    const twice = { ...report, diagnoses: [...report.diagnoses, ...report.diagnoses] };
    expect(numbers(twice, 'diagnosis')).toEqual([
      { cause: 'config.wrong-port', severity: 'critical', mailbox: 'sales@example.co.jp', value: 1 },
    ]);
    const end = (Date.parse(report.run.startedAt) + report.run.durationMs) / 1000;
    expect(numbers(report, 'last_run_timestamp_seconds')).toEqual([{ value: end }]);
  });

  test('a number that is none is left out', () => {
    const report = sample('healthy.en');
    const odd = { ...report, run: { ...report.run, startedAt: 'never' } };
    expect(numbers(odd, 'last_run_timestamp_seconds')).toEqual([]);
  });

  test('quotes and backslashes of a label come back as they were', () => {
    const report = sample('healthy.en');
    const [first, ...rest] = report.checks;
    if (!first) throw new Error('no check');
    const checks = [{ ...first, target: 'a"b\\c\\n' }, ...rest];
    expect(numbers({ ...report, checks }, 'check_status')[0]).toMatchObject({ target: 'a"b\\c\\n' });
  });
});

describe('the reader of these tests', () => {
  const head = '# TYPE a_seconds gauge\n# UNIT a_seconds seconds\n';
  test.each([
    ['no end', 'a 1\n'],
    ['no type', 'a 1\n# EOF\n'],
    ['a series twice', '# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n# EOF\n'],
    ['a type after samples', `${head}a_seconds 1\n# HELP a_seconds x\n# EOF\n`],
    ['a wrong unit', '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n'],
    ['a bad escape', '# TYPE a gauge\na{x="\\t"} 1\n# EOF\n'],
    ['a family in two pieces', '# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n'],
    ['an empty line', '# TYPE a gauge\n\na 1\n# EOF\n'],
  ])('refuses %s', (_, text) => {
    expect(() => readOpenMetrics(text)).toThrow();
  });
});
