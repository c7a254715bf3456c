import { visible } from '../i18n/visible.ts';
import type { CheckReport, Diagnosis, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { Finding } from '../model/workflow/finding.ts';
import { comparisonsOf } from './comparison/classes.ts';
import { comparisonOfMailbox, measuresOf } from './comparison/measures.ts';
import { plainComparison } from './comparison/plain.ts';
import { elementOf, toldFindings } from './findings.ts';
import type { MailboxPart } from './grouping.ts';
import { diagnosesOf, mailboxesOf, nameOf } from './grouping.ts';
import { plainDiagnosis } from './plain.ts';
import type { Reporter } from './reporter.ts';
import { interruptionOf } from './verdict.ts';

// visible() leaves no control character; these two are no characters at all in XML 1.0 (2.2).
const notXml = /[\ufffe\uffff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const xml = (text: string): string =>
  visible(text)
    .replace(notXml, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);

const xmlLines = (lines: readonly string[]): string => lines.map(xml).join('\n');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

type Kind = 'failure' | 'error' | 'skipped' | 'passed';

const kindOf = ({ status }: CheckReport, warningsFail: boolean): Kind => {
  switch (status) {
    case 'fail':
      return 'failure';
    case 'warn':
      return warningsFail ? 'failure' : 'passed';
    case 'error':
    case 'unknown':
      return 'error';
    case 'skip':
      return 'skipped';
    case 'pass':
      return 'passed';
  }
};

const bodyOf = (check: CheckReport, kind: Kind, diagnoses: readonly Diagnosis[], language: Language): string => {
  const causes = diagnosesOf(check, diagnoses);
  const text = xmlLines([
    check.summary,
    ...causes.flatMap((diagnosis) => ['', ...plainDiagnosis(diagnosis, language)]),
  ]);
  const type = xml(causes[0]?.cause ?? check.id);
  switch (kind) {
    case 'failure':
    case 'error':
      return `<${kind} message="${xml(check.summary)}" type="${type}">${text}</${kind}>`;
    case 'skipped':
      return `<skipped message="${xml(check.summary)}"/>`;
    case 'passed':
      return check.status === 'warn' ? `<system-out>${text}</system-out>` : '';
  }
};

const attributes = (kinds: readonly Kind[], ms: number): string => {
  const count = (kind: Kind) => kinds.filter((one) => one === kind).length;
  return `tests="${kinds.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(ms)}"`;
};

interface Suite {
  readonly kinds: readonly Kind[];
  readonly ms: number;
  readonly text: string;
}

const suiteOf = (report: Report, part: MailboxPart, language: Language, several: boolean): Suite => {
  const { run, status, exitCode } = report;
  const warningsFail = status === 'warn' && exitCode === 1;
  const className = xml(`crm-doctor.${run.command}`);
  const kinds = part.checks.map((check) => kindOf(check, warningsFail));
  const ms = part.checks.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const interrupted = interruptionOf(report, language);
  const cases = part.checks.map((check, index) => {
    // GitLab keeps only the first of two cases of one name, so the mailbox is part of it where there are several.
    const name = xml(nameOf(check) + (several ? ` [${part.mailbox}]` : ''));
    const body = bodyOf(check, kinds[index] ?? 'passed', part.diagnoses, language);
    const head = `<testcase classname="${className}" name="${name}" time="${seconds(check.durationMs)}"`;
    return body === '' ? `    ${head}/>` : `    ${head}>\n      ${body}\n    </testcase>`;
  });
  const comparison = comparisonOfMailbox(comparisonsOf(report), part.mailbox);
  const properties = Object.entries(comparison ? measuresOf(comparison) : {}).map(
    ([measure, value]) => `      <property name="crm-doctor.sync.${measure}" value="${value}"/>`,
  );
  // Jenkins takes neither fractions nor a zone.
  const timestamp = xml(run.startedAt.replace(/(\.\d+)?Z$/, ''));
  return {
    kinds,
    ms,
    text: [
      `  <testsuite name="${xml(`crm-doctor ${run.command} ${part.mailbox}`)}" ${attributes(kinds, ms)} timestamp="${timestamp}">`,
      ...(properties.length === 0 ? [] : ['    <properties>', ...properties, '    </properties>']),
      ...cases,
      ...(comparison ? [`    <system-out>${xmlLines(plainComparison(comparison, language))}</system-out>`] : []),
      ...(interrupted === undefined ? [] : [`    <system-err>${xml(interrupted)}</system-err>`]),
      '  </testsuite>',
    ].join('\n'),
  };
};

const findingCase = (finding: Finding, warningsFail: boolean): { readonly kind: Kind; readonly text: string } => {
  const { rule, severity, file, line, column, message, fix } = finding;
  const place = `${file}:${line}:${column}`;
  const failed = severity === 'error' || warningsFail;
  const element = elementOf(finding, ' ');
  const name = xml([rule, element, place].filter((part) => part !== '').join(' '));
  const text = xmlLines([place, message, fix.says]);
  const body = failed
    ? `<failure message="${xml(message)}" type="${xml(rule)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return {
    kind: failed ? 'failure' : 'passed',
    text: `    <testcase classname="${xml(`crm-doctor.workflow.${finding.workflow ?? file}`)}" name="${name}" file="${xml(file)}" line="${line}" time="0.000">\n      ${body}\n    </testcase>`,
  };
};

/** One suite a file with findings, one case a finding. */
const findingSuites = (report: Report): readonly Suite[] => {
  const told = toldFindings(report, false);
  const warningsFail = report.status === 'warn' && report.exitCode === 1;
  return [...new Set(told.map(({ file }) => file))].map((file) => {
    const cases = told.filter((one) => one.file === file).map((one) => findingCase(one, warningsFail));
    const kinds = cases.map(({ kind }) => kind);
    return {
      kinds,
      ms: 0,
      text: [
        `  <testsuite name="${xml(`crm-doctor workflow ${file}`)}" ${attributes(kinds, 0)}>`,
        ...cases.map(({ text }) => text),
        '  </testsuite>',
      ].join('\n'),
    };
  });
};

/** A report without checks still is one bad test, or CI would show it as green. */
const errorSuite = ({ run, error }: Report): Suite | undefined => {
  if (!error) return undefined;
  const place = [error.file, error.line, error.column].filter((item) => item !== undefined).join(':');
  const file = error.file === undefined ? '' : ` file="${xml(error.file)}"`;
  return {
    kinds: ['error'],
    ms: 0,
    text: [
      `  <testsuite name="${xml(`crm-doctor ${run.command}`)}" ${attributes(['error'], 0)}>`,
      `    <testcase classname="${xml(`crm-doctor.${run.command}`)}" name="configuration" time="0.000"${file}>`,
      `      <error message="${xml(error.message)}" type="configuration">${xmlLines([place, error.message].filter((line) => line !== ''))}</error>`,
      '    </testcase>',
      '  </testsuite>',
    ].join('\n'),
  };
};

/** JUnit XML in the dialect that GitLab, GitHub actions and Jenkins read. */
export const junitReporter: Reporter = {
  name: 'junit',
  render: (report, { language }) => {
    const parts = mailboxesOf(report);
    const failed = errorSuite(report);
    const suites = [
      ...parts.map((part) => suiteOf(report, part, language, parts.length > 1)),
      ...findingSuites(report),
      ...(failed ? [failed] : []),
    ];
    const kinds = suites.flatMap((suite) => suite.kinds);
    const all = attributes(kinds, report.run.durationMs);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="crm-doctor" ${all}>`,
      ...suites.map(({ text }) => text),
      '</testsuites>',
      '',
    ].join('\n');
  },
};
