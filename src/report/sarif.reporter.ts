import type { CheckReport, Diagnosis, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { isUnexplained, noCause } from './check-note.ts';
import { comparisonsOf } from './comparison/classes.ts';
import { comparisonOfMailbox, fileOf } from './comparison/measures.ts';
import { diagnosesOf, nameOf } from './grouping.ts';
import { jsonOf } from './json-text.ts';
import { plainDiagnosis } from './plain.ts';
import type { Reporter } from './reporter.ts';
import { sarifComparison } from './sarif-comparison.ts';
import { sarifFinding } from './sarif-findings.ts';
import { fingerprint, levels, locationOf, message, word } from './sarif-parts.ts';
import { interruptionOf } from './verdict.ts';
import { isClaimed, labels, ownerWords } from './words.ts';

/** A rule and its result belong together. */
interface Result {
  readonly rule: { readonly id: string; readonly [property: string]: unknown };
  readonly result: object;
}

/** A cause of differences between two files stands at these; others at the configuration. */
const placesOf = ({ mailbox, affects }: Diagnosis, report: Report) => {
  const comparison = comparisonOfMailbox(comparisonsOf(report), mailbox);
  const files = (comparison ? [comparison.left, comparison.right] : []).flatMap((side) => fileOf(side) ?? []);
  if (files.length === 0) return [locationOf({ targets: affects, mailbox })];
  return files.map((file) => locationOf({ file, targets: affects, mailbox }));
};

const ofDiagnosis = (diagnosis: Diagnosis, report: Report, language: Language): Result => {
  const { cause, mailbox, severity, confidence, title, explanation, affects, fix, proof, verify } = diagnosis;
  const help = [
    `${labels.who[language]}: ${ownerWords[fix.owner][language]}`,
    ...fix.steps.map((step, index) => `${index + 1}. ${step}`),
    `${labels.verify[language]}: ${verify}`,
  ];
  return {
    rule: {
      id: cause,
      shortDescription: message([title]),
      fullDescription: message([explanation]),
      defaultConfiguration: { level: levels[severity] },
      help: message(help),
    },
    result: {
      ruleId: cause,
      level: levels[severity],
      ...(isClaimed(diagnosis) ? { rank: Math.round(confidence * 100) } : {}),
      message: message(plainDiagnosis(diagnosis, language)),
      locations: placesOf(diagnosis, report),
      partialFingerprints: fingerprint(cause, mailbox, ...affects.toSorted()),
      properties: { mailbox: word(mailbox), owner: fix.owner, proof: proof.status, verify: word(verify) },
    },
  };
};

const ofCheck = (check: CheckReport, { run: { command }, unexplained }: Report, language: Language): Result => {
  const { id, title, mailbox, target, summary } = check;
  const ruleId = `unexplained.${id}`;
  const note = isUnexplained(check, { unexplained }) ? [noCause[language]] : [];
  return {
    rule: {
      id: ruleId,
      shortDescription: message([title]),
      fullDescription: message([[title, ...note].join(': ')]),
      defaultConfiguration: { level: 'error' },
      help: message([`${labels.verify[language]}: crm-doctor ${command} --only ${id}`]),
    },
    result: {
      ruleId,
      level: 'error',
      message: message([`${nameOf(check)}: ${summary}`, ...note]),
      locations: [locationOf({ targets: [target].filter((one) => one !== ''), mailbox })],
      partialFingerprints: fingerprint(ruleId, mailbox, target),
      properties: { mailbox: word(mailbox), proof: 'not-tried' },
    },
  };
};

const resultsOf = (report: Report, language: Language): readonly Result[] => {
  const { diagnoses, checks, unexplained, findings = [] } = report;
  return [
    ...diagnoses.map((diagnosis) => ofDiagnosis(diagnosis, report, language)),
    ...checks
      .filter((check) => check.status === 'fail' && unexplained.includes(nameOf(check)))
      .filter((check) => diagnosesOf(check, diagnoses).length === 0)
      .map((check) => ofCheck(check, report, language)),
    ...findings.map((finding) => sarifFinding(finding, language)),
    ...comparisonsOf(report).flatMap((comparison) => sarifComparison(comparison, language)),
  ];
};

// A report from elsewhere may hold a time that no date can.
const timeOf = (name: string, ms: number): Readonly<Record<string, string>> =>
  Number.isNaN(new Date(ms).getTime()) ? {} : { [name]: new Date(ms).toISOString() };

/** What could not be checked is no finding, but a run without findings must not look like an all-clear. */
const invocationOf = (report: Report, language: Language) => {
  const { run, status, error, exitCode, checks } = report;
  const interrupted = interruptionOf(report, language);
  const start = Date.parse(run.startedAt);
  const open = checks.filter((check) => check.status === 'unknown' || check.status === 'error');
  const execution = [
    ...(interrupted === undefined ? [] : [{ level: 'error', message: message([interrupted]) }]),
    ...open.map((check) => ({
      level: check.status === 'error' ? 'error' : 'warning',
      message: message([`${nameOf(check)}: ${check.summary}`]),
      properties: { mailbox: word(check.mailbox) },
    })),
  ];
  const { message: says = '', file, line, column } = error ?? {};
  return {
    executionSuccessful: status !== 'error' && run.interrupted === undefined,
    exitCode,
    ...(run.interrupted === undefined ? {} : { exitSignalName: run.interrupted }),
    ...timeOf('startTimeUtc', start),
    ...timeOf('endTimeUtc', start + run.durationMs),
    toolExecutionNotifications: execution,
    toolConfigurationNotifications: error
      ? [{ level: 'error', message: message([says]), locations: [locationOf({ file, line, column })] }]
      : [],
  };
};

/** SARIF 2.1.0 for code scanning: one rule a cause, one result a finding; findings of workflows at their own place. */
export const sarifReporter: Reporter = {
  name: 'sarif',
  render: (report, { language }) => {
    const { tool, run } = report;
    const findings = resultsOf(report, language);
    const rules = [...new Map(findings.map(({ rule }) => [rule.id, rule] as const)).values()];
    const ids = rules.map(({ id }) => id);
    const log = {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: tool.name, version: tool.version, rules } },
          language,
          columnKind: 'utf16CodeUnits',
          automationDetails: { id: `crm-doctor/${word(run.command)}/${word(run.id)}` },
          invocations: [invocationOf(report, language)],
          results: findings.map(({ rule, result }) => ({ ...result, ruleIndex: ids.indexOf(rule.id) })),
          properties: { target: word(run.target), status: report.status },
        },
      ],
    };
    return `${jsonOf(log, 2)}\n`;
  },
};
