import { visible } from '../i18n/visible.ts';
import type { CheckReport, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { Finding } from '../model/workflow/finding.ts';
import { noteOf } from './check-note.ts';
import { clipped } from './clipped.ts';
import { comparisonsOf } from './comparison/classes.ts';
import { comparisonOfMailbox, measuresOf } from './comparison/measures.ts';
import { plainComparison } from './comparison/plain.ts';
import { elementOf, placeOf, toldFindings } from './findings.ts';
import type { MailboxPart } from './grouping.ts';
import { diagnosesOf, mailboxesOf, nameOf } from './grouping.ts';
import { numbered } from './numbered.ts';
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

/** Of one text; GitLab takes 30 MB a file. */
const longest = 20_000;

const xml = (text: string): string =>
  visible(clipped(text, longest))
    .replace(notXml, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    // What GitHub, Azure and TeamCity obey in the log of a job.
    .replace(/##(?=(?:vso|teamcity)?\[)/g, '#&#35;');

const xmlLines = (lines: readonly string[]): string => lines.map(xml).join('\n');

const seconds = (ms: number): string => (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(3);

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

interface Told {
  readonly report: Report;
  readonly part: MailboxPart;
  readonly language: Language;
}

const bodyOf = (check: CheckReport, kind: Kind, { report, part, language }: Told): string => {
  const causes = diagnosesOf(check, part.diagnoses);
  const note = noteOf(check, part, report);
  const text = xmlLines([
    check.summary,
    ...(note ? [note[language]] : []),
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

const countOf = (kinds: readonly Kind[], kind: Kind): number => kinds.filter((one) => one === kind).length;

const totals = (kinds: readonly Kind[], ms: number): string =>
  `tests="${kinds.length}" failures="${countOf(kinds, 'failure')}" errors="${countOf(kinds, 'error')}" time="${seconds(ms)}"`;

/** The schema of Jenkins' xUnit knows `skipped` of a suite only, not of all suites. */
const attributes = (kinds: readonly Kind[], ms: number): string =>
  `${totals(kinds, ms)} skipped="${countOf(kinds, 'skipped')}"`;

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
  // GitLab keeps only the first of two cases of one class and name; the mailbox is part of it where there are several.
  const names = numbered(part.checks.map((check) => nameOf(check) + (several ? ` [${part.mailbox}]` : '')));
  const cases = part.checks.map((check, index) => {
    const name = xml(names[index] ?? check.id);
    const body = bodyOf(check, kinds[index] ?? 'passed', { report, part, language });
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

const nameOfFinding = (finding: Finding): string =>
  [finding.rule, elementOf(finding, ' '), placeOf(finding)].filter((part) => part !== '').join(' ');

const findingCase = (finding: Finding, name: string, warningsFail: boolean): Pick<Suite, 'text'> & { kind: Kind } => {
  const { rule, severity, file, line, message, fix } = finding;
  const place = placeOf(finding);
  const failed = severity === 'error' || warningsFail;
  const text = xmlLines([place, message, fix.says]);
  const body = failed
    ? `<failure message="${xml(message)}" type="${xml(rule)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return {
    kind: failed ? 'failure' : 'passed',
    text: `    <testcase classname="${xml(`crm-doctor.workflow.${finding.workflow ?? file}`)}" name="${xml(name)}" file="${xml(file)}" line="${line}" time="0.000">\n      ${body}\n    </testcase>`,
  };
};

/** One suite a file with findings, one case a finding. */
const findingSuites = (report: Report): readonly Suite[] => {
  const told = toldFindings(report, false);
  const warningsFail = report.status === 'warn' && report.exitCode === 1;
  return [...new Set(told.map(({ file }) => file))].map((file) => {
    const inFile = told.filter((one) => one.file === file);
    const names = numbered(inFile.map(nameOfFinding));
    const cases = inFile.map((one, index) => findingCase(one, names[index] ?? one.rule, warningsFail));
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
    const all = totals(kinds, report.run.durationMs);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="crm-doctor" ${all}>`,
      ...suites.map(({ text }) => text),
      '</testsuites>',
      '',
    ].join('\n');
  },
};
