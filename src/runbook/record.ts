import type { Change } from '../model/config.ts';
import type { Diagnosis, Report } from '../model/report.ts';

/** What is written down; the runbook itself adds when and who. */
export type RunbookEvent =
  | { readonly kind: 'run-started'; readonly run: string; readonly command: string; readonly target: string }
  | {
      readonly kind: 'run-finished';
      readonly run: string;
      readonly command?: string;
      readonly target?: string;
      readonly status: Report['status'];
      readonly exitCode: number;
      readonly summary?: Report['summary'];
      readonly durationMs?: number;
      readonly interrupted?: 'SIGINT' | 'SIGTERM';
      readonly causes: readonly {
        readonly cause: string;
        readonly mailbox?: string;
        readonly proof: Diagnosis['proof']['status'];
      }[];
    }
  /** Before anything is touched: `where` is the file or the CRM, `backup` what undoes it. */
  | {
      readonly kind: 'change-intended' | 'change-done' | 'undone';
      readonly run?: string;
      readonly where: string;
      readonly change: readonly Change[];
      readonly backup?: string;
    }
  | { readonly kind: 'note'; readonly run?: string; readonly text: string; readonly tags?: readonly string[] }
  | { readonly kind: 'resolution'; readonly run?: string; readonly cause: string; readonly text: string }
  /** Written by the runbook: the line before this one was cut off by a crash or a full disk and is to be ignored. */
  | { readonly kind: 'repaired'; readonly text: string };

/** Who made a record. */
export interface Who {
  readonly user: string;
  readonly host: string;
}

/** One line of `runbook.jsonl`. */
export type RunbookRecord = { readonly at: string; readonly who: Who } & RunbookEvent;

/** The record that ends a run. */
export const finishedEvent = (report: Report): RunbookEvent => {
  const { run, status, exitCode, summary, diagnoses } = report;
  return {
    kind: 'run-finished',
    run: run.id,
    command: run.command,
    target: run.target,
    status,
    exitCode,
    summary,
    durationMs: run.durationMs,
    ...(run.interrupted ? { interrupted: run.interrupted } : {}),
    causes: diagnoses.map(({ cause, mailbox, proof }) => ({ cause, mailbox, proof: proof.status })),
  };
};

/** A line of the log, or undefined where it is none: cut off, or not ours. */
export const parseRecord = (line: string): RunbookRecord | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = value as { readonly at?: unknown; readonly kind?: unknown };
    // Kinds of a newer version pass: whoever reads takes the kinds that it knows.
    return typeof fields.at === 'string' && typeof fields.kind === 'string' ? (value as RunbookRecord) : undefined;
  } catch {
    return undefined;
  }
};
