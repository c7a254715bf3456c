import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { visible } from '../../src/i18n/visible.ts';
import { width } from '../../src/i18n/width.ts';
import type { Report } from '../../src/model/report.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { combinations, optionsFor, sample, sampleNames } from './samples.ts';

const cases = [
  ...combinations({ columns: [20, 40, 59, 80, 200], look: [{}], verbose: [false, true] } as const),
  ...combinations({ columns: [40, 80], look: [{ colour: true }, { ascii: true }], verbose: [true] } as const),
];

/** Without blanks, and without the backslashes that join the lines of a command. */
const dense = (text: string): string => text.replace(/ \\\n/g, '').replace(/\s+/g, '');

const forbidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** Every text that a reader needs, as it has to stand there. */
const texts = (report: Report, verbose: boolean): readonly string[] => [
  report.run.target,
  ...report.diagnoses.flatMap(({ title, cause, explanation, evidence, fix, proof, verify, ruledOut }) => [
    title,
    cause,
    explanation,
    verify,
    proof.says,
    ...evidence.flatMap(({ check, target, says }) => [`${check} ${target}`, says]),
    ...fix.steps,
    ...fix.change.map(({ path }) => path),
    ...(verbose ? ruledOut.flatMap((one) => [one.cause, one.says]) : []),
  ]),
  ...report.checks.flatMap(({ status, summary, id, target }) => {
    if (status === 'skip') return [id];
    if (status === 'pass' && !verbose) return [];
    const told = report.diagnoses.some(({ evidence }) =>
      evidence.some((seen) => seen.check === id && seen.target === target),
    );
    return told && !verbose ? [] : [summary, `${id} ${target}`];
  }),
  ...report.prevention.map(({ says }) => says),
  ...(report.error ? [report.error.message] : []),
];

const typography = (text: string): string => text.replaceAll('–', '-').replaceAll('→', '->').replaceAll('…', '...');

describe.each(sampleNames)('text of %s', (name) => {
  const report = sample(name);

  test.each(cases)('fits and is whole at $columns columns, $look, verbose $verbose', ({ columns, look, verbose }) => {
    const painted = textReporter.render(report, optionsFor(report, { columns, verbose, ...look }));
    const text = stripVTControlCharacters(painted);
    const lines = text.split('\n');
    expect(lines.filter((line) => width(line) > columns)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    expect(text).not.toMatch(forbidden);
    const all = dense(text);
    const shown = (words: string): string => dense('ascii' in look ? typography(visible(words)) : visible(words));
    expect(texts(report, verbose).filter((words) => !all.includes(shown(words)))).toEqual([]);
    if ('colour' in look) {
      expect(text).toBe(textReporter.render(report, optionsFor(report, { columns, verbose })));
      // Nothing but colours and weights, and every one is ended on its line.
      expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(text);
    } else {
      expect(painted).toBe(text);
    }
  });

  test('ends with the verdict, whatever the width', () => {
    const lines = textReporter
      .render(report, optionsFor(report, { columns: 80 }))
      .trimEnd()
      .split('\n');
    expect(lines.at(-1)).toContain(report.run.language === 'ja' ? '終了コード' : 'exit');
  });

  test('says only the verdict when it is to be quiet', () => {
    const text = textReporter.render(report, optionsFor(report, { columns: 200, quiet: true }));
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    for (const { cause } of report.diagnoses) expect(text).toContain(cause);
  });
});

describe('the words of a text report', () => {
  const rendered = (name: string, more = {}) => textReporter.render(sample(name), optionsFor(sample(name), more));

  test('"could not check" and "interrupted" never look like OK', () => {
    expect(rendered('unknown.en').trimEnd().split('\n').at(-1)).toMatch(/^NOT CHECKED/);
    expect(rendered('unknown.ja').trimEnd().split('\n').at(-1)).toMatch(/^未確認あり/);
    const healthy = sample('healthy.en');
    const cut = { ...healthy, run: { ...healthy.run, interrupted: 'SIGINT' as const } };
    expect(textReporter.render(cut, optionsFor(cut)).trimEnd().split('\n').at(-1)).toMatch(/^INTERRUPTED/);
  });

  test('warnings that the user wants to count are not OK', () => {
    const report = { ...sample('warnings.en'), exitCode: 1 };
    expect(textReporter.render(report, optionsFor(report)).trimEnd().split('\n').at(-1)).toMatch(/^NOT OK/);
  });

  test('the other direction is called unharmed only where a login showed it', () => {
    expect(rendered('proven.en')).toContain('Sending is not affected.');
    const report = sample('proven.en');
    const checks = report.checks.filter(({ id }) => id !== 'mail.smtp-auth');
    expect(textReporter.render({ ...report, checks }, optionsFor(report))).not.toContain('not affected');
  });

  test('a chain of skipped checks names its first reason once', () => {
    expect(rendered('proven.en', { columns: 200 })).toContain(
      'mail.tls (imap), mail.imap-auth, mail.quota because mail.port',
    );
  });

  test('questions that do not arise share a line, and --verbose says why', () => {
    const report = sample('healthy.en');
    const idle = ['mail.clock', 'mail.quota'].map((id, at) => ({
      id,
      mailbox: report.checks[0]?.mailbox ?? '',
      target: id,
      title: id,
      status: 'skip' as const,
      summary: `reason ${at}`,
      skippedBecause: `reason ${at}`,
      durationMs: 0,
      evidence: [{ fact: id }],
    }));
    const more = { ...report, checks: [...report.checks.filter(({ status }) => status !== 'skip'), ...idle] };
    const text = (verbose: boolean) => textReporter.render(more, optionsFor(more, { columns: 120, verbose }));
    expect(text(false)).toContain('mail.clock, mail.quota: nothing to check here');
    expect(text(false)).not.toContain('reason');
    expect(text(true)).toContain('mail.quota: reason 1');
    // Left out, and not looked at: its reason stays.
    const left = { ...more, checks: more.checks.map((one) => ({ ...one, evidence: [] })) };
    expect(textReporter.render(left, optionsFor(left, { columns: 120 }))).toContain('mail.quota: reason 1');
  });

  test('a circle of reasons in a foreign report ends', () => {
    const report = sample('proven.en');
    const checks = report.checks.map((check) =>
      check.status === 'skip' ? { ...check, skippedBecause: 'mail.quota INBOX' } : check,
    );
    expect(textReporter.render({ ...report, checks }, optionsFor(report))).toContain('mail.quota');
  });

  test('several mailboxes: the ill one comes first, the healthy one takes one line', () => {
    const text = rendered('mailboxes.en');
    expect(text.indexOf('sales@')).toBeLessThan(text.indexOf('support@'));
    expect(text.match(/info@example\.co\.jp/g)).toHaveLength(1);
  });

  test('an unexplained failure stands before warnings', () => {
    const text = rendered('several.en');
    expect(text.indexOf('mail.sender-policy')).toBeLessThan(text.indexOf('config.username-form'));
    expect(text).toContain('No known cause explains this.');
  });
});
