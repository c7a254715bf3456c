import type { Owner, Severity } from '../model/cause.ts';
import type { Text } from '../model/text.ts';

/** A cause in one mailbox (or CRM, or comparison), as a run has found it. Bounded, without evidence that nobody would read in a message. */
export interface Problem {
  /** The label of what it is about, as in the report. */
  readonly mailbox: string;
  /** Id of the cause; `unexplained` where a check fails and nothing explains it. */
  readonly cause: string;
  readonly severity: Severity;
  /** Nothing that another look could take back: it is told at once. */
  readonly certain: boolean;
  readonly title: Text;
  readonly says: Text;
  readonly proof: readonly { readonly target: string; readonly says: Text }[];
  /** Whether a trial has shown that the fix works, and in which words. */
  readonly trial?: Text;
  readonly owner?: Owner;
  readonly steps: readonly Text[];
  /** The command that looks again. */
  readonly verify: string;
  readonly last?: { readonly at: string; readonly says: Text };
  readonly affects: readonly string[];
  readonly hosts: readonly string[];
  /** The checks that showed it, by names that stay (src/runbook/seen.ts). */
  readonly places: readonly string[];
}

/** What one run says, as far as notifications go by it. */
export interface Seen {
  readonly run: string;
  readonly problems: readonly Problem[];
  /** Every check that was looked at; what is not in here changes nothing. */
  readonly checks: readonly {
    readonly id: string;
    readonly mailbox: string;
    readonly target: string;
    readonly status: 'pass' | 'warn' | 'fail' | 'skip' | 'unknown' | 'error';
  }[];
  /** What the runbook has written down about causes that this run no longer found. */
  readonly resolutions: readonly Resolution[];
}

export interface Resolution {
  readonly cause: string;
  readonly mailbox?: string;
  readonly says: Text;
}

const rank = { info: 0, warning: 1, critical: 2 } as const;

export const isAtLeast = (severity: Severity, least: Severity): boolean => rank[severity] >= rank[least];

export const worstOf = (severities: readonly Severity[]): Severity =>
  (['critical', 'warning'] as const).find((one) => severities.includes(one)) ?? 'info';

const service = /^(smtp|imap|pop3) (\S+):\d+$/;

/** The hosts that services stand on, each once. */
export const hostsOf = (targets: readonly string[]): readonly string[] => [
  ...new Set(targets.flatMap((target) => service.exec(target)?.[2] ?? [])),
];

/** The protocols that are meant by targets, each once. */
export const protocolsOf = (targets: readonly string[]): readonly string[] => [
  ...new Set(targets.flatMap((target) => service.exec(target)?.[1] ?? [])),
];
