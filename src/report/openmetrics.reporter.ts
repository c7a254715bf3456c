import { visible } from '../i18n/visible.ts';
import type { CheckReport, CheckStatus, Report } from '../model/report.ts';
import { clipped } from './clipped.ts';
import { comparisonsOf } from './comparison/classes.ts';
import { inside } from './inside.ts';
import { syncFamilies } from './openmetrics-sync.ts';
import { trendFamilies } from './openmetrics-trends.ts';
import type { Reporter } from './reporter.ts';

/** One number with its labels. */
interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  /** With the unit as its suffix, where it has one. */
  readonly name: string;
  readonly help: string;
  readonly unit?: 'seconds' | 'bytes';
  readonly samples: readonly Sample[];
}

/** Of a label: monitoring systems refuse longer ones, or keep them for ever. */
const longest = 200;

const escaped = (text: string): string =>
  visible(clipped(text, longest)).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

const seriesOf = (name: string, { labels }: Sample): string => {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
};

const textOf = ({ name, help, unit, samples }: Family): readonly string[] => {
  // A family without samples is left out; of two samples of one series a reader would refuse the whole text.
  const series = new Map(samples.map((sample) => [seriesOf(name, sample), sample.value] as const));
  if (series.size === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    ...Array.from(series, ([one, value]) => `${one} ${value}`),
  ];
};

const statusValues: Readonly<Record<Exclude<CheckStatus, 'skip'>, number>> = {
  pass: 0,
  warn: 1,
  fail: 2,
  unknown: 3,
  error: 3,
};

const labelsOf = ({ id, target, mailbox }: CheckReport) => ({ check: id, target, mailbox });

/** Several mailboxes may see one server differently; the certificate that ends first counts. */
const expiries = (checks: readonly CheckReport[]): readonly Sample[] => {
  const first = new Map<string, number>();
  for (const { target, evidence } of checks) {
    for (const fact of evidence) {
      const notAfter = inside(fact, 'handshake', 'chain', 0, 'notAfter');
      const end = typeof notAfter === 'string' ? Date.parse(notAfter) / 1000 : Number.NaN;
      if (!Number.isNaN(end)) first.set(target, Math.min(end, first.get(target) ?? end));
    }
  }
  return Array.from(first, ([target, value]) => ({ labels: { target }, value }));
};

const stored = (checks: readonly CheckReport[], key: 'used' | 'limit'): readonly Sample[] =>
  checks.flatMap((check) =>
    check.evidence.flatMap((fact) => {
      const value = inside(fact, 'storage', key);
      const { target, mailbox } = check;
      return typeof value === 'number' && Number.isFinite(value) ? [{ labels: { target, mailbox }, value }] : [];
    }),
  );

const found = (findings: Report['findings']): readonly Sample[] => {
  if (findings === undefined) return [];
  const counts = new Map<string, Sample>();
  for (const severity of ['error', 'warning', 'info']) {
    const value = findings.filter((one) => one.severity === severity && one.suppressed === undefined).length;
    counts.set(severity, { labels: { severity }, value });
  }
  return [...counts.values()];
};

const only = (value: number): readonly Sample[] => (Number.isFinite(value) ? [{ labels: {}, value }] : []);

const familiesOf = (report: Report): readonly Family[] => {
  const { tool, run, checks, diagnoses, findings, exitCode } = report;
  return [
    {
      name: 'crm_doctor_check_status',
      help: 'Result of a check: 0 pass, 1 warn, 2 fail, 3 could not be checked. Skipped checks are absent.',
      samples: checks.flatMap((check) =>
        check.status === 'skip' ? [] : [{ labels: labelsOf(check), value: statusValues[check.status] }],
      ),
    },
    {
      name: 'crm_doctor_check_duration_seconds',
      help: 'How long a check took.',
      unit: 'seconds',
      samples: checks
        .filter(({ status, durationMs }) => status !== 'skip' && Number.isFinite(durationMs))
        .map((check) => ({ labels: labelsOf(check), value: check.durationMs / 1000 })),
    },
    {
      name: 'crm_doctor_certificate_expiry_timestamp_seconds',
      help: 'When the certificate of a server ends.',
      unit: 'seconds',
      samples: expiries(checks),
    },
    {
      name: 'crm_doctor_quota_used_bytes',
      help: 'How much of its storage a mailbox uses.',
      unit: 'bytes',
      samples: stored(checks, 'used'),
    },
    {
      name: 'crm_doctor_quota_limit_bytes',
      help: 'How much storage a mailbox may use.',
      unit: 'bytes',
      samples: stored(checks, 'limit'),
    },
    {
      name: 'crm_doctor_diagnosis',
      help: 'A root cause that was found.',
      samples: diagnoses.map(({ cause, severity, mailbox }) => ({ labels: { cause, severity, mailbox }, value: 1 })),
    },
    {
      name: 'crm_doctor_workflow_findings',
      help: 'Findings in workflow definitions that are not suppressed.',
      samples: found(findings),
    },
    ...trendFamilies(report),
    ...syncFamilies(comparisonsOf(report)),
    {
      name: 'crm_doctor_exit_code',
      help: 'Exit code of the run: 0 well, 1 problems, 2 configuration, 3 not everything could be checked.',
      samples: only(exitCode),
    },
    {
      name: 'crm_doctor_last_run_timestamp_seconds',
      help: 'When the run ended.',
      unit: 'seconds',
      samples: only((Date.parse(run.startedAt) + run.durationMs) / 1000),
    },
    // A gauge, not an info: the textfile collector of node_exporter refuses a file that has the type info.
    {
      name: 'crm_doctor_info',
      help: 'Version of crm-doctor.',
      samples: [{ labels: { version: tool.version }, value: 1 }],
    },
  ];
};

/** OpenMetrics text, which Prometheus also takes from a file; no texts of servers are in the labels. */
export const openmetricsReporter: Reporter = {
  name: 'openmetrics',
  render: (report) => `${[...familiesOf(report).flatMap(textOf), '# EOF'].join('\n')}\n`,
};
