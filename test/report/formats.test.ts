import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/model/report.ts';
import { comparisonsOf } from '../../src/report/comparison/classes.ts';
import { toldFindings } from '../../src/report/findings.ts';
import { githubReporter } from '../../src/report/github.reporter.ts';
import { handOver } from '../../src/report/hand-over.ts';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { jsonReporter } from '../../src/report/json.reporter.ts';
import { junitReporter } from '../../src/report/junit.reporter.ts';
import { markdownReporter } from '../../src/report/markdown.reporter.ts';
import { code, prose, tableRow } from '../../src/report/markdown-text.ts';
import { nagiosReporter } from '../../src/report/nagios.reporter.ts';
import { ndjsonReporter } from '../../src/report/ndjson.reporter.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { sarifReporter } from '../../src/report/sarif.reporter.ts';
import { textReporter } from '../../src/report/text.reporter.ts';
import { readJunit } from './junit-reader.ts';
import { readPlugin } from './nagios-reader.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

const render = (reporter: Reporter, report: Report): string => reporter.render(report, optionsFor(report));

const schema: object = JSON.parse(
  readFileSync(new URL('../../schema/crm-doctor-report.v1.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false }).compile(
  schema,
);
const errorsOf = (value: unknown): unknown => (validate(value) ? [] : validate.errors);

const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

type Described = { readonly [name: string]: unknown };
const partOf = (of: Described, name: string): Described | undefined => {
  const part = of[name];
  // A part of the schema that is there is an object.
  return typeof part === 'object' && part !== null ? (part as Described) : undefined;
};
const definitions = partOf({ ...schema }, '$defs') ?? {};

/** The names in a value that its part of the schema says nothing of. */
const undescribed = (value: unknown, described: Described | undefined, at: string): readonly string[] => {
  if (!described || typeof value !== 'object' || value === null) return [];
  const ref = described.$ref;
  if (typeof ref === 'string') return undescribed(value, partOf(definitions, ref.slice('#/$defs/'.length)), at);
  if (Array.isArray(value)) return value.flatMap((one) => undescribed(one, partOf(described, 'items'), `${at}[]`));
  const properties = partOf(described, 'properties');
  if (!properties) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    properties[name] === undefined ? [`${at}.${name}`] : undescribed(part, partOf(properties, name), `${at}.${name}`),
  );
};

describe('the JSON schema', () => {
  test.each(['sync.en', 'sync-hostile.ja'])('says of every number of a comparison what it is: %s', (name) => {
    const [comparison] = comparisonsOf(sample(name));
    expect(comparison).toBeDefined();
    expect(undescribed(comparison, partOf(definitions, 'comparison'), 'comparison')).toEqual([]);
    expect(undescribed({ rows: 1, guess: 2 }, partOf(definitions, 'comparison'), 'x')).toEqual(['x.guess']);
  });

  test.each(sampleNames)('takes %s', (name) => {
    expect(errorsOf(sample(name))).toEqual([]);
  });

  test('takes what later commands add', () => {
    const more = {
      ...sample('healthy.en'),
      comparison: sample('sync.en').comparison,
      findings: [],
      notRun: [],
      simulation: {},
    };
    expect(errorsOf(more)).toEqual([]);
  });

  const broken: readonly (readonly [string, (report: Report) => unknown])[] = [
    ['a missing summary', ({ summary: _, ...rest }) => rest],
    ['another version', (report) => ({ ...report, schema: 'crm-doctor/report/v2' })],
    ['an unknown status', (report) => ({ ...report, status: 'ok' })],
    [
      'a skipped check without reason',
      (report) => ({
        ...report,
        checks: report.checks.map(({ skippedBecause: _, ...check }) => ({ ...check, status: 'skip' })),
      }),
    ],
    [
      'a check of an unknown shape',
      (report) => ({ ...report, checks: report.checks.map((check) => ({ ...check, ms: 1 })) }),
    ],
    [
      'a confidence above 1',
      (report) => ({
        ...report,
        diagnoses: report.diagnoses.map((diagnosis) => ({ ...diagnosis, confidence: 97 })),
      }),
    ],
    ['a local time', (report) => ({ ...report, run: { ...report.run, startedAt: '2026-11-24T11:05:12+09:00' } })],
  ];
  test.each(broken)('refuses %s', (_, spoil) => {
    expect(errorsOf(spoil(sample('proven.en')))).not.toEqual([]);
  });
});

describe('what no cause explains', () => {
  const certainties = /almost certain|likely|possible|ほぼ確実|可能性/i;
  const formats = [textReporter, markdownReporter, htmlReporter, junitReporter, githubReporter, sarifReporter];
  test.each(['proven.en', 'proven.ja'])('has no certainty in any format: %s', (name) => {
    const { diagnoses, ...report } = sample(name);
    const withConfidence = (confidence: number): Report => ({
      ...report,
      diagnoses: diagnoses.map((one) => ({ ...one, confidence })),
    });
    const { language } = report.run;
    for (const { render: write } of formats) {
      const [sure, open] = [withConfidence(0.97), withConfidence(0)].map((one) => write(one, optionsFor(one)));
      expect(`${sure}\n${sure?.includes('"rank"') ? 'likely' : ''}`).toMatch(certainties);
      expect(open).not.toMatch(certainties);
      expect(open).not.toMatch(/"rank"|（）|\(\)|✓ proven|証明済み: |検証: 確認済み|Proof: /);
    }
    const [quiet, none] = [0.97, 0].map((confidence) => {
      const one = withConfidence(confidence);
      return textReporter.render(one, optionsFor(one, { quiet: true }));
    });
    expect(quiet).toMatch(/cause: |原因: /);
    expect(none).not.toMatch(/cause: |原因: /);
    expect(handOver(withConfidence(0.97), { language }).body).toMatch(certainties);
    expect(handOver(withConfidence(0), { language }).body).not.toMatch(certainties);
  });
});

describe.each(sampleNames)('%s', (name) => {
  const report = sample(name);

  test('json is the report, and harmless on a terminal', () => {
    const text = render(jsonReporter, report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).not.toMatch(unsafe);
  });

  test('ndjson is one value a line, the summary last', () => {
    const lines = render(ndjsonReporter, report).trimEnd().split('\n');
    const values = lines.map((line): { type: string } => JSON.parse(line));
    expect(values.map(({ type }) => type)).toEqual([
      ...report.checks.map(() => 'check'),
      ...report.diagnoses.map(() => 'diagnosis'),
      ...(report.findings ?? []).map(() => 'finding'),
      ...(report.simulation ?? []).map(() => 'simulation'),
      ...comparisonsOf(report).map(() => 'comparison'),
      'summary',
    ]);
    const more = new Set(['checks', 'diagnoses', 'findings', 'simulation', 'comparison', 'comparisons']);
    const rest = Object.entries(report).filter(([part]) => !more.has(part));
    expect(values.at(-1)).toEqual({ type: 'summary', ...Object.fromEntries(rest) });
  });

  test('junit is well-formed, counts right, and has one name a case', () => {
    const text = render(junitReporter, report);
    const elements = readJunit(text);
    const named = (tag: string) => elements.filter((element) => element.tag === tag);
    const names = named('testcase').map(({ attributes }) => `${attributes.classname} ${attributes.name}`);
    expect(new Set(names).size).toBe(names.length);
    const told = toldFindings(report, false);
    expect(names.length).toBe(report.checks.length + told.length + (report.error ? 1 : 0));
    const { summary } = report;
    const failures = summary.fail + told.filter(({ severity }) => severity === 'error').length;
    expect(named('testsuites')[0]?.attributes).toMatchObject({
      tests: String(names.length),
      failures: String(failures),
      errors: String(summary.error + summary.unknown + (report.error ? 1 : 0)),
    });
    const skipped = named('testsuite').reduce((sum, { attributes }) => sum + Number(attributes.skipped), 0);
    expect([skipped, named('skipped').length]).toEqual([summary.skip, summary.skip]);
    for (const part of ['tests', 'failures', 'errors'] as const) {
      const sum = named('testsuite').reduce((all, { attributes }) => all + Number(attributes[part]), 0);
      expect([part, String(sum)]).toEqual([part, named('testsuites')[0]?.attributes[part]]);
    }
    expect(named('failure')).toHaveLength(failures);
    expect(text).not.toMatch(unsafe);
  });

  test('github: every line is a command of ours or the verdict', () => {
    const lines = render(githubReporter, report).trimEnd().split('\n');
    const commands = lines.slice(0, -1);
    for (const line of commands) expect(line).toMatch(/^::(error|warning|notice) [^:]*::[^\r\n]*$/);
    expect(lines.at(-1)).toMatch(/^crm-doctor {2}/);
    for (const { cause } of report.diagnoses) expect(commands.join('\n')).toContain(cause);
    expect(lines.join('\n')).not.toMatch(unsafe);
  });

  test('nagios: a short sentence, the long text, and numbers that a parser takes', () => {
    const text = render(nagiosReporter, report);
    const { says, data } = readPlugin(text);
    expect(says).toMatch(/^[A-Z]+ (OK|WARNING|CRITICAL|UNKNOWN) - \S/);
    expect(says.length).toBeLessThanOrEqual(400);
    const { summary } = report;
    const figures = [summary.pass, summary.warn, summary.fail, summary.unknown + summary.error];
    expect(['passed', 'warnings', 'failed', 'unknown'].map((name) => data.get(name)?.value)).toEqual(figures);
    // A number for each check that ran, besides those of the run.
    const ran = report.checks.filter(({ status }) => status !== 'skip').length;
    expect(data.size).toBeGreaterThanOrEqual(ran + 5);
    // Quiet: the first line is enough for a check that is only to ring a bell.
    const quiet = nagiosReporter.render(report, optionsFor(report, { quiet: true }));
    expect(quiet.split('\n')).toHaveLength(2);
    expect(readPlugin(quiet).says).toBe(says);
    expect(text).not.toMatch(unsafe);
  });

  test('markdown holds no HTML, no mention and no foreign line', () => {
    const text = render(markdownReporter, report);
    expect(text).not.toMatch(unsafe);
    const outsideCode = text.replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/(?<!\\)<(?!https?:)/);
    expect(outsideCode).not.toMatch(/(?<!\\)\]\(/);
    expect(outsideCode).not.toMatch(/(?<![\w.+-])@\w/);
    // Every row of a table has as many cells as its head.
    for (const table of text.split(/\n(?!\|)/).filter((part) => part.startsWith('|'))) {
      const cells = table.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length);
      expect(new Set(cells).size).toBe(1);
    }
  });
});

describe('escaping in Markdown', () => {
  test.each([
    ['a*b*_c_', 'a\\*b\\*\\_c\\_'],
    ['# not a heading', '\\# not a heading'],
    ['1. not a list', '1\\. not a list'],
    ['- not a list', '\\- not a list'],
    ['see https://example.com/a_b?c=1.', 'see <https://example.com/a_b?c=1>.'],
    ['<b>&amp;', '\\<b\\>\\&amp;'],
    ['ask @admin, mail a@b.example', 'ask `@`admin, mail a@b.example'],
    ['two\nlines', 'two\\\\nlines'],
  ])('%j as prose', (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  test.each([
    ['plain', '`plain`'],
    ['a `b` c', '`` a `b` c ``'],
    ['```', '```` ``` ````'],
    ['', ''],
  ])('%j as code', (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });

  test('a bar in a cell', () => {
    expect(tableRow([code('a|b'), prose('c|d')])).toBe('| `a\\|b` | c\\|d |');
  });
});

describe('the exit code of nagios', () => {
  test.each([
    ['healthy.en', 0],
    ['warnings.en', 1],
    ['proven.en', 2],
    ['unknown.en', 3],
    ['error.en', 3],
  ])('%s: %i', (name, code) => {
    expect(nagiosReporter.exitCode?.(sample(name))).toBe(code);
  });

  test('an interrupted run is unknown unless something failed', () => {
    const report = sample('healthy.en');
    expect(nagiosReporter.exitCode?.({ ...report, run: { ...report.run, interrupted: 'SIGTERM' } })).toBe(3);
  });
});

describe('junit under --fail-on warn', () => {
  test('a warning is a failure', () => {
    const report = { ...sample('warnings.en'), exitCode: 1 };
    expect(render(junitReporter, report)).toContain('failures="2"');
  });
});
