import { describe, expect, test } from '@jest/globals';
import { marked } from 'marked';
import type { Report } from '../../src/model/report.ts';
import { githubReporter } from '../../src/report/github.reporter.ts';
import { shortened } from '../../src/report/job-summary.ts';
import { commandsIn } from './hostile.ts';
import { optionsFor, sample } from './samples.ts';

const linesOf = (report: Report): readonly string[] =>
  githubReporter.render(report, optionsFor(report)).trimEnd().split('\n');

/** Workflows with so many errors and no other finding. */
const withErrors = (count: number, language: 'en' | 'ja' = 'en'): Report => {
  const report = sample(`workflow.${language}`);
  const error = report.findings?.find(({ severity }) => severity === 'error');
  if (!error) throw new Error('the sample has no error');
  const checks = report.checks.filter(({ id }) => id !== 'workflow.simulate');
  const findings = Array.from({ length: count }, (_, at) => ({ ...error, line: at + 1, message: `error ${at + 1}` }));
  return { ...report, checks, findings };
};

describe('more annotations than GitHub shows', () => {
  test('ten are annotations', () => {
    const lines = linesOf(withErrors(10));
    expect(commandsIn(lines.join('\n'))).toHaveLength(10);
    expect(lines).toHaveLength(11);
  });

  test('of eleven the tenth annotation says how many more there are, and the log has them', () => {
    const lines = linesOf(withErrors(11));
    const errors = lines.filter((line) => line.startsWith('::error '));
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toContain('2 more errors');
    const group = lines.indexOf('::group::2 more errors');
    expect(lines.slice(group + 1, group + 3).map((line) => /error \d+$/.exec(line)?.[0])).toEqual([
      'error 10',
      'error 11',
    ]);
    expect(lines[group + 1]).toMatch(/^ {2}\S+:10:/);
    expect(lines[group + 3]).toBe('::endgroup::');
  });

  test('each level has its own ten, in Japanese too', () => {
    const report = withErrors(12, 'ja');
    const [error] = report.findings ?? [];
    if (!error) throw new Error('no finding');
    const warnings = Array.from({ length: 12 }, (_, at) => ({ ...error, severity: 'warning' as const, line: at + 1 }));
    const lines = linesOf({ ...report, findings: [...(report.findings ?? []), ...warnings] });
    for (const level of ['error', 'warning']) {
      expect(lines.filter((line) => line.startsWith(`::${level} `))).toHaveLength(10);
    }
    expect(lines).toContain('::group::ほかのエラー 3 件');
    expect(lines).toContain('::group::ほかの警告 3 件');
  });
});

describe('the job summary', () => {
  const report = sample('sync.ja');
  const whole = githubReporter.jobSummary?.(report, optionsFor(report), 1024 * 1024) ?? '';

  test('is the Markdown report', () => {
    expect(whole).toMatch(/^# crm-doctor sync/);
    expect(whole).not.toContain('省略');
  });

  test('is cut between blocks where it would not fit, and says so', () => {
    const { length: all } = Buffer.from(whole);
    for (const room of [all - 1, Math.floor(all / 2), 2000]) {
      const text = githubReporter.jobSummary?.(report, optionsFor(report), room) ?? '';
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(room);
      expect(text).toContain('上限を超えるため');
      // Every table of it is whole.
      const tables = (markdown: string) =>
        marked.lexer(markdown).flatMap((token) => (token.type === 'table' ? [token.raw.trim()] : []));
      const before = tables(whole);
      for (const table of tables(text)) expect(before).toContain(table);
    }
  });

  test('is nothing where there is no room', () => {
    expect(shortened('# a\n\nb\n', 3, 'en')).toBe('');
    expect(shortened('# a\n\nb\n', 0, 'en')).toBe('');
    expect(shortened('# a\n\nb\n', 100, 'en')).toBe('# a\n\nb\n');
  });
});
