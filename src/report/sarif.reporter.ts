import { visible } from '../i18n/visible.ts';
import type { Severity } from '../model/cause.ts';
import type { CheckReport, Diagnosis, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { diagnosesOf, nameOf } from './grouping.ts';
import { jsonOf } from './json-text.ts';
import { plainDiagnosis } from './plain.ts';
import type { Reporter } from './reporter.ts';
import { interruptionOf } from './verdict.ts';
import { labels, ownerWords } from './words.ts';

const levels = { critical: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** Plain words in a message: `](` would make a link (SARIF 2.1.0, 3.11.6), `{0}` a placeholder (3.11.5). */
const plain = (text: string): string =>
  visible(text)
    .replace(/\](?=\()/g, '] ')
    .replace(/\{(\d+)\}/g, '{{$1}}');

const message = (lines: readonly string[]) => ({ text: lines.map(plain).join('\n') || '-' });

/** A path as a URI reference (RFC 3986); whatever it may not hold is encoded, drives and roots become file URIs. */
const uriOf = (file: string): string => {
  const path = visible(file.replaceAll('\\', '/')).split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]%3A\//.test(path)) return `file:///${path.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${path}` : path;
};

interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What of the configuration is meant, as nothing in a report has a line of it. */
  readonly targets?: readonly string[];
  readonly mailbox?: string;
}

const locationOf = ({ file = 'crm-doctor.yaml', line = 1, column, targets = [], mailbox = '' }: Place) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file) },
    region: { startLine: Math.max(1, line), ...(column === undefined ? {} : { startColumn: Math.max(1, column) }) },
  },
  ...(targets.length === 0
    ? {}
    : {
        logicalLocations: targets.map((target) => ({
          name: visible(target),
          fullyQualifiedName: visible(`${mailbox}/${target}`),
        })),
      }),
});

/** FNV-1a, 64 bits: tells findings apart, keeps no secret. */
const hash = (text: string): string => {
  let value = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
};

/** The same finding of two runs gets the same mark; GitHub reads only this name. */
const fingerprint = (...parts: readonly string[]) => ({ primaryLocationLineHash: `${hash(parts.join('\n'))}:1` });

/** A rule and its result belong together. */
interface Finding {
  readonly rule: { readonly id: string; readonly [property: string]: unknown };
  readonly result: object;
}

const ofDiagnosis = (diagnosis: Diagnosis, language: Language): Finding => {
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
      rank: Math.round(confidence * 100),
      message: message(plainDiagnosis(diagnosis, language)),
      locations: [locationOf({ targets: affects, mailbox })],
      partialFingerprints: fingerprint(cause, mailbox, ...affects.toSorted()),
      properties: { mailbox: visible(mailbox), owner: fix.owner, proof: proof.status, verify: visible(verify) },
    },
  };
};

const noCause = { en: 'No known cause explains this.', ja: '既知の原因には当てはまりませんでした。' } as const;

const ofCheck = (check: CheckReport, command: string, language: Language): Finding => {
  const { id, title, mailbox, target, summary } = check;
  const ruleId = `unexplained.${id}`;
  return {
    rule: {
      id: ruleId,
      shortDescription: message([title]),
      fullDescription: message([`${title}: ${noCause[language]}`]),
      defaultConfiguration: { level: 'error' },
      help: message([`${labels.verify[language]}: crm-doctor ${command} --only ${id}`]),
    },
    result: {
      ruleId,
      level: 'error',
      message: message([`${nameOf(check)}: ${summary}`, noCause[language]]),
      locations: [locationOf({ targets: [target].filter((one) => one !== ''), mailbox })],
      partialFingerprints: fingerprint(ruleId, mailbox, target),
      properties: { mailbox: visible(mailbox), proof: 'not-tried' },
    },
  };
};

const findingsOf = ({ run, diagnoses, checks, unexplained }: Report, language: Language): readonly Finding[] => [
  ...diagnoses.map((diagnosis) => ofDiagnosis(diagnosis, language)),
  ...checks
    .filter((check) => check.status === 'fail' && unexplained.includes(nameOf(check)))
    .filter((check) => diagnosesOf(check, diagnoses).length === 0)
    .map((check) => ofCheck(check, run.command, language)),
];

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
      properties: { mailbox: visible(check.mailbox) },
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

/** SARIF 2.1.0 for code scanning: one rule a cause, one result a finding, all in the configuration file. */
export const sarifReporter: Reporter = {
  name: 'sarif',
  render: (report, { language }) => {
    const { tool, run } = report;
    const findings = findingsOf(report, language);
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
          automationDetails: { id: `crm-doctor/${visible(run.command)}/${visible(run.id)}` },
          invocations: [invocationOf(report, language)],
          results: findings.map(({ rule, result }) => ({ ...result, ruleIndex: ids.indexOf(rule.id) })),
          properties: { target: visible(run.target), status: report.status },
        },
      ],
    };
    return `${jsonOf(log, 2)}\n`;
  },
};
