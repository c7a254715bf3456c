import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { sarifReporter } from '../../src/report/sarif.reporter.ts';
import { optionsFor, sample, sampleNames } from './samples.ts';

interface Message {
  readonly text: string;
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn?: number };
  };
}

interface Notification {
  readonly level: string;
  readonly message: Message;
  readonly locations?: readonly Location[];
}

/** What the SARIF 2.1.0 schema requires, and what GitHub reads beyond it. */
interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: Message;
          readonly fullDescription: Message;
          readonly help: Message;
        }[];
      };
    };
    readonly language: string;
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly exitSignalName?: string;
      readonly startTimeUtc?: string;
      readonly toolExecutionNotifications: readonly Notification[];
      readonly toolConfigurationNotifications: readonly Notification[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: Message;
      readonly locations: readonly Location[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly properties: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

const textOf = (report: Report): string => sarifReporter.render(report, optionsFor(report));
// The tests below look at every property that they use.
const logOf = (report: Report): Log => JSON.parse(textOf(report)) as Log;

const runOf = (report: Report): Log['runs'][number] => {
  const [run, ...others] = logOf(report).runs;
  if (!run || others.length > 0) throw new Error('not one run');
  return run;
};

const invocationOf = (report: Report) => runOf(report).invocations[0];

/** Every string with the name of its property. */
const stringsOf = (value: unknown, name = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, key));
};

describe.each(sampleNames)('SARIF of %s', (name) => {
  const report = sample(name);
  const log = logOf(report);
  const run = runOf(report);
  const { rules } = run.tool.driver;

  test('has the shape of the format', () => {
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/);
    expect(run.tool.driver).toMatchObject({ name: 'crm-doctor', version: report.tool.version });
    expect(run.language).toBe(report.run.language);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, shortDescription, fullDescription, help } of rules) {
      expect(id).toMatch(/^[a-z][\w.-]*$/);
      for (const message of [shortDescription, fullDescription, help]) expect(message.text).not.toBe('');
    }
  });

  test('has a result for every cause and every failure that none explains, each with its rule', () => {
    const results = run.results.filter(({ ruleId }) => !/^sync\.(?:column-differs|refused\.|rejected\.)/.test(ruleId));
    expect(results.map(({ ruleId }) => ruleId)).toEqual([
      ...report.diagnoses.map(({ cause }) => cause),
      ...report.unexplained.map((one) => `unexplained.${one.split(' ')[0]}`),
      ...(report.findings ?? []).map(({ rule }) => rule),
    ]);
    for (const result of run.results) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
    for (const result of results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      if (!result.ruleId.startsWith('workflow.')) {
        expect(['proven', 'failed', 'not-tried']).toContain(result.properties.proof);
      }
      if (!/^(?:workflow|sync)\./.test(result.ruleId)) {
        expect(result.locations.map(({ physicalLocation }) => physicalLocation)).toEqual([
          { artifactLocation: { uri: 'crm-doctor.yaml' }, region: { startLine: 1 } },
        ]);
      }
      expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[\da-f]{16}:1$/);
    }
    const marks = run.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(new Set(marks).size).toBe(marks.length);
  });

  test('tells the exit code, and that something could not be checked', () => {
    const invocation = invocationOf(report);
    expect(invocation?.exitCode).toBe(report.exitCode);
    expect(invocation?.exitSignalName).toBe(report.run.interrupted);
    const open = report.checks.filter(({ status }) => status === 'unknown' || status === 'error').length;
    expect(invocation?.toolExecutionNotifications).toHaveLength(open + (report.run.interrupted ? 1 : 0));
    expect(invocation?.toolConfigurationNotifications).toHaveLength(report.error ? 1 : 0);
  });

  test('holds no hidden character, no link and no placeholder', () => {
    for (const [property, text] of stringsOf(log)) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u);
      // Only messages may hold links and placeholders.
      if (property === 'text') expect(text).not.toMatch(/\]\(|(?<!\{)\{\d+\}/);
    }
  });
});

describe('findings of workflows', () => {
  const report = sample('workflow.ja');
  const { results } = runOf(report);

  test('stand at their own lines, by relative URIs', () => {
    const places = results.map(({ locations }) => locations[0]?.physicalLocation);
    expect(places).toMatchObject(
      (report.findings ?? []).map(({ file, line, column }) => ({
        artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
        region: { startLine: line, startColumn: column },
      })),
    );
  });

  test('that are silenced say so, and new ones too', () => {
    const marks = results.map(
      (result) => JSON.parse(JSON.stringify(result)) as { suppressions?: object[]; baselineState?: string },
    );
    expect(marks.map(({ suppressions }) => suppressions?.length ?? 0)).toEqual(
      (report.findings ?? []).map(({ suppressed }) => (suppressed === undefined ? 0 : 1)),
    );
    expect(marks.some(({ baselineState }) => baselineState === 'new')).toBe(true);
  });
});

describe('a SARIF log', () => {
  test('an error of the configuration stands where it is', () => {
    const [notification] = invocationOf(sample('error.en'))?.toolConfigurationNotifications ?? [];
    expect(notification?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'crm-doctor.yaml' },
      region: { startLine: 12, startColumn: 5 },
    });
    expect(invocationOf(sample('error.en'))?.executionSuccessful).toBe(false);
  });

  test.each([
    ['conf/crm doctor.yaml', 'conf/crm%20doctor.yaml'],
    ['/etc/設定.yaml', 'file:///etc/%E8%A8%AD%E5%AE%9A.yaml'],
    ['C:\\crm\\a.yaml', 'file:///C:/crm/a.yaml'],
    ['javascript:x', 'javascript%3Ax'],
  ])('the file %s', (file, uri) => {
    const report = sample('error.en');
    const moved = { ...report, error: { message: 'x', file } };
    const [notification] = invocationOf(moved)?.toolConfigurationNotifications ?? [];
    expect(notification?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  test('the same finding of another run has the same mark, that of another mailbox has not', () => {
    const report = sample('proven.en');
    const markOf = (one: Report) => runOf(one).results[0]?.partialFingerprints;
    const later = { ...report, run: { ...report.run, id: 'other', startedAt: '2026-11-25T00:00:00.000Z' } };
    const surer = report.diagnoses.map((diagnosis) => ({ ...diagnosis, confidence: 0.5, explanation: 'other' }));
    expect(markOf({ ...later, diagnoses: surer })).toEqual(markOf(report));
    const elsewhere = report.diagnoses.map((diagnosis) => ({ ...diagnosis, mailbox: 'info@example.co.jp' }));
    expect(markOf({ ...report, diagnoses: elsewhere })).not.toEqual(markOf(report));
  });

  test('a time that is none is left out', () => {
    const report = sample('proven.en');
    const odd = { ...report, run: { ...report.run, startedAt: 'yesterday', durationMs: 1e300 } };
    expect(invocationOf(odd)).not.toHaveProperty('startTimeUtc');
    expect(invocationOf(report)?.startTimeUtc).toBe('2026-11-24T02:05:12.000Z');
  });
});
