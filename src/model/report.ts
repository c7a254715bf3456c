import type { Owner, Severity } from './cause.ts';
import type { Change } from './config.ts';
import type { ManyReport } from './many.ts';
import type { MeasureUnit } from './measure.ts';
import type { ComparisonReport } from './sync/report.ts';
import type { Language } from './text.ts';
import type { Finding } from './workflow/finding.ts';
import type { Coverage, SimulatedSample } from './workflow/sample.ts';

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'unknown' | 'error';
export type ReportStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'error';

/** How many checks came out how. */
export const summaryOf = (checks: readonly Pick<CheckReport, 'status'>[]): Report['summary'] => {
  const summary = { pass: 0, warn: 0, fail: 0, skip: 0, unknown: 0, error: 0 };
  for (const { status } of checks) summary[status] += 1;
  return summary;
};

/** One word for all checks; problems that were found count more than what could not be looked at. */
export const statusOf = (checks: readonly Pick<CheckReport, 'status'>[]): ReportStatus => {
  const summary = summaryOf(checks);
  return (['fail', 'error', 'unknown', 'warn'] as const).find((worse) => summary[worse] > 0) ?? 'pass';
};

/** `crm-doctor/report/v1`, word for word what `--json` prints. All texts are in the run's language. */
export interface Report {
  readonly schema: 'crm-doctor/report/v1';
  readonly tool: { readonly name: 'crm-doctor'; readonly version: string };
  readonly run: {
    readonly id: string;
    readonly command: string;
    readonly target: string;
    /** RFC 3339 UTC */
    readonly startedAt: string;
    readonly durationMs: number;
    readonly language: Language;
    readonly interrupted?: 'SIGINT' | 'SIGTERM';
  };
  readonly status: ReportStatus;
  readonly summary: Readonly<Record<CheckStatus, number>>;
  readonly checks: readonly CheckReport[];
  /** Root causes only, the most important first. */
  readonly diagnoses: readonly Diagnosis[];
  /** Failed checks that no cause explains, as `ID TARGET`. */
  readonly unexplained: readonly string[];
  readonly prevention: readonly { readonly id: string; readonly due?: string; readonly says: string }[];
  /** Figures that earlier runs have seen as well, those that lead somewhere first; at most 40. */
  readonly trends?: readonly TrendReport[];
  /** What is different from the accepted baseline, or else from the last good run; only where something is. */
  readonly drift?: DriftReport;
  /** Only with status `error`: what kept the run from starting. */
  readonly error?: {
    readonly message: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  };
  readonly exitCode: number;
  /** Only of `runbook show`: what was written down about the run. */
  readonly runbook?: { readonly tags: readonly string[]; readonly records: readonly object[] };
  /** Only of a run over many mailboxes: which, and what is wrong with several of them alike. */
  readonly many?: ManyReport;
  /** Only with `--vantage`: checks, diagnoses and exit code are those of the CRM's host; this is how it compares with here. */
  readonly vantage?: Vantage;
  /** Only of `init`: what was found, how far it was seen to work, and the configuration that comes of it. */
  readonly init?: InitReport;
  /** Only of `workflow`: what the rules say, suppressed ones among them. */
  readonly findings?: readonly Finding[];
  /** Only of `workflow`: rules that were not run, or only in part, for want of something; changes neither status nor exit code. */
  readonly notRun?: readonly NotRunReport[];
  /** Only with `--simulate`. */
  readonly simulation?: readonly SimulatedSample[];
  /** Only with `--boundaries`: generated records with which a workflow fails, and how many were tried. */
  readonly boundaries?: { readonly tried: number; readonly failed: readonly SimulatedSample[] };
  /** Only with `--simulate`: what the samples have and have not tried, by workflow. */
  readonly coverage?: readonly Coverage[];
  /** Only with `--baseline`. */
  readonly baseline?: BaselineReport;
  /** Only with `--fix`. */
  readonly fixes?: FixReport;
  /** Only of `sync`, where there is one comparison. */
  readonly comparison?: ComparisonReport;
  /** Only of `sync`, where there are several. */
  readonly comparisons?: readonly ComparisonReport[];
}

/** One figure over time. */
export interface TrendReport {
  /** `quota.storage`, `login`, `sync.duplicates` … */
  readonly id: string;
  readonly mailbox: string;
  readonly target: string;
  readonly unit: Exclude<MeasureUnit, 'date'>;
  readonly title: string;
  /** Where it is, where it goes, and when it gets there. */
  readonly says: string;
  /** The oldest first, at most 30; times are RFC 3339 UTC. */
  readonly points: readonly { readonly at: string; readonly value: number }[];
  readonly limit?: number;
  /** The first day of the present trend, where a jump (a cleaned mailbox, another server) ended an earlier one. */
  readonly since?: string;
  /** Only where it clearly rises or falls; nine of ten times between `from` and `to`. */
  readonly rate?: { readonly perDay: number; readonly from: number; readonly to: number };
  /** When the limit is reached at this rate, as days; `to` is missing where the slowest rate may never reach it. */
  readonly forecast?: { readonly due: string; readonly from: string; readonly to?: string };
}

/** The run with which another is compared. */
export interface Baseline {
  readonly run: string;
  readonly at: string;
  /** By a person; else it is the last good run. */
  readonly accepted: boolean;
}

export interface DriftReport {
  readonly since: Baseline;
  /** The grave ones first, at most 30. */
  readonly changes: readonly {
    /** `address`, `issuer`, `capability`, `software`, `spf`, `crm-setting` … */
    readonly aspect: string;
    readonly mailbox: string;
    readonly where: string;
    /** `info`: as it is expected now and then, such as a certificate that was renewed. */
    readonly severity: 'info' | 'warning';
    readonly says: string;
    readonly before?: string;
    readonly after?: string;
  }[];
  /** So many beside these. */
  readonly more?: number;
}

export interface NotRunReport {
  readonly rule: string;
  readonly needs: readonly string[];
  /** It ran, and saw less than it could. */
  readonly partly: boolean;
}

/** What changed since the last good version of the definitions. */
export interface BaselineReport {
  /** The folder or the revision, as it was given. */
  readonly from: string;
  readonly changes: readonly {
    readonly workflow: string;
    readonly kind: 'added' | 'removed' | 'changed';
    /** In plain words, one a difference. */
    readonly says: readonly string[];
    readonly file: string;
    readonly line: number;
  }[];
  readonly newFindings: number;
  readonly goneFindings: number;
}

/** What `--fix` wrote, and what it left alone and why. */
export interface FixReport {
  readonly applied: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly backup: string;
  }[];
  readonly refused: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly because: string;
  }[];
  readonly dryRun: boolean;
}

/** What `init` found and proposes. */
export interface InitReport {
  /** The file that was written; absent where none was. */
  readonly file?: string;
  readonly provider?: {
    readonly id: string;
    readonly name: string;
    /** The name by which it was recognised, where that was not the domain of the address. */
    readonly server?: string;
    readonly login: string;
    readonly note?: string;
    /** The day up to which this is known. */
    readonly asOf: string;
  };
  readonly services: readonly {
    readonly protocol: string;
    readonly host: string;
    readonly port: number;
    readonly security: string;
    readonly username: string;
    /** What speaks for it. */
    readonly from: string;
    /** proven: the login was accepted; reached: TLS stands, no login was made; failed: seen not to work. */
    readonly state: 'proven' | 'reached' | 'failed';
    readonly says: string;
    readonly written: boolean;
  }[];
  /** Every door that was knocked at. */
  readonly tried: readonly {
    readonly protocol: string;
    readonly host: string;
    readonly port: number;
    readonly security: string;
    readonly from: string;
    readonly state: 'good' | 'doubtful' | 'dead';
    readonly says: string;
  }[];
  /** Every place that was asked over HTTP. */
  readonly asked: readonly {
    readonly how: string;
    readonly url: string;
    readonly verified: boolean;
    readonly result: string;
  }[];
  /** The text of the configuration file. */
  readonly config?: string;
}

/** A check that came out otherwise on the CRM's host than here. */
export interface VantageDifference {
  readonly check: string;
  readonly mailbox: string;
  readonly target: string;
  readonly here: { readonly status: CheckStatus; readonly summary: string };
  readonly there: { readonly status: CheckStatus; readonly summary: string };
  readonly says: string;
}

export interface Vantage {
  /** `ssh://crm@crm.example.co.jp` */
  readonly url: string;
  readonly host: string;
  /** `unavailable`: nothing could be run there, so checks and diagnoses are those of here, and the exit code is 3. */
  readonly status: 'checked' | 'unavailable';
  /** What it comes to, in a sentence. */
  readonly says: string;
  /** Only where it is unavailable: no-ssh, ssh, no-node, old-node, no-directory, broken, timeout, interrupted, configuration. */
  readonly reason?: string;
  /** Only where it was checked. */
  readonly machine?: { readonly system: string; readonly node: string };
  /** What came out on this machine; logins are made from the CRM's host only. */
  readonly here: { readonly status: ReportStatus; readonly summary: Readonly<Record<CheckStatus, number>> };
  readonly differences: readonly VantageDifference[];
  /** Where each cause is seen; `not-compared`: what shows it was looked at in one of the two places only. */
  readonly causes: readonly {
    readonly cause: string;
    readonly mailbox: string;
    readonly title: string;
    readonly affects: readonly string[];
    readonly seen: 'here' | 'there' | 'both' | 'not-compared';
  }[];
}

export interface CheckReport {
  readonly id: string;
  readonly mailbox: string;
  readonly target: string;
  readonly title: string;
  readonly status: CheckStatus;
  readonly summary: string;
  readonly durationMs: number;
  readonly evidence: readonly { readonly fact: string; readonly [key: string]: unknown }[];
  readonly skippedBecause?: string;
}

export interface Diagnosis {
  readonly cause: string;
  readonly mailbox: string;
  readonly severity: Severity;
  /** 0 to 1; 0: nothing is claimed, this is what no cause explains. */
  readonly confidence: number;
  readonly title: string;
  readonly explanation: string;
  readonly affects: readonly string[];
  readonly evidence: readonly { readonly check: string; readonly target: string; readonly says: string }[];
  readonly fix: {
    readonly owner: Owner;
    readonly steps: readonly string[];
    readonly change: readonly Change[];
    readonly alternatives: readonly (readonly Change[])[];
  };
  readonly ruledOut: readonly {
    readonly cause: string;
    readonly check: string;
    readonly target: string;
    readonly says: string;
  }[];
  readonly proof: { readonly status: 'proven' | 'failed' | 'not-tried'; readonly says: string };
  readonly verify: string;
  /** What the runbook knows of how this cause went away the last time: when, in which run, and after what. */
  readonly lastSolution?: { readonly run?: string; readonly at: string; readonly says: string };
}
