import type { Change } from '../model/config.ts';
import type { Baseline, CheckStatus, Diagnosis, Report } from '../model/report.ts';
import { seenIn } from './seen.ts';

type Proof = Diagnosis['proof']['status'];

/** A cause that a run found. */
export interface FoundCause {
  readonly cause: string;
  readonly mailbox?: string;
  readonly proof: Proof;
  /** In the language of the run. */
  readonly title?: string;
  /** The checks that showed it, as `mail.tls imap`: it is gone only when they are seen to be good again. */
  readonly seen?: readonly string[];
}

/** A cause of an earlier run that nothing has shown to be gone, because what showed it was not looked at again. */
export interface OpenCause {
  readonly cause: string;
  readonly mailbox?: string;
  readonly run: string;
  readonly at: string;
  readonly seen: readonly string[];
}

/** A baseline, and how much of the world it saw. */
export interface KnownBaseline extends Baseline {
  /** Checks that were good: a run that looked at less is no new baseline. */
  readonly checks: number;
}

/** Something that was written down between a run that had a cause and the one that no longer had it. */
export type Step =
  | { readonly kind: 'change'; readonly at: string; readonly where: string; readonly change: readonly Change[] }
  | { readonly kind: 'note'; readonly at: string; readonly text: string };

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
      readonly summary?: Readonly<Partial<Record<CheckStatus, number>>>;
      readonly durationMs?: number;
      readonly interrupted?: 'SIGINT' | 'SIGTERM';
      readonly causes: readonly FoundCause[];
      readonly open?: readonly OpenCause[];
      /** With which the next run of the same command and target is compared. */
      readonly baseline?: KnownBaseline;
    }
  /** From here on runs of this command and target are compared with this one. */
  | {
      readonly kind: 'baseline-accepted';
      readonly run: string;
      readonly command: string;
      readonly target: string;
      readonly note?: string;
    }
  /**
   * Of the settings. `…-intended` stands before anything is touched: `where` is the file or the CRM, `backup` what
   * undoes it.
   */
  | {
      readonly kind: 'change-intended' | 'change-done' | 'undo-intended' | 'undone';
      readonly run?: string;
      readonly where: string;
      readonly change: readonly Change[];
      readonly backup?: string;
    }
  /** Of a file as a whole: a new configuration, a kept token, a mended workflow definition. */
  | {
      readonly kind: 'file-intended' | 'file-written';
      readonly run?: string;
      /** `init`, `workflow --fix`, `mail --login` */
      readonly by: string;
      readonly where: string;
      readonly backup?: string;
    }
  | { readonly kind: 'note'; readonly run?: string; readonly text: string; readonly tags?: readonly string[] }
  /** Tags that a run or a record is given or loses from here on; `of` is its id. */
  | {
      readonly kind: 'tagged';
      readonly of: string;
      readonly add?: readonly string[];
      readonly remove?: readonly string[];
    }
  | {
      readonly kind: 'resolution';
      readonly run?: string;
      readonly cause: string;
      readonly mailbox?: string;
      /** What the run looked at; only of one that a run wrote by itself. */
      readonly target?: string;
      readonly text: string;
      /** Only of one that a run wrote by itself: the last run that had the cause, and what was written down since. */
      readonly since?: { readonly run: string; readonly at: string; readonly steps: readonly Step[] };
    }
  /** Before the guide does it: what it shows or is about to do. */
  | {
      readonly kind: 'guide-step';
      readonly run?: string;
      readonly session: string;
      readonly step: string;
      readonly says: string;
    }
  /** What a person chose in the guide; an answer is never a secret. */
  | { readonly kind: 'decision'; readonly session: string; readonly question: string; readonly answer: string }
  /** A support bundle was written to `file`; nothing was sent. */
  | {
      readonly kind: 'bundle-made';
      readonly run: string;
      readonly id: string;
      readonly file: string;
      readonly entries: readonly string[];
    }
  /** Written by the runbook: the line before this one was cut off by a crash or a full disk and is to be ignored. */
  | { readonly kind: 'repaired'; readonly text: string };

/** Who made a record. */
export interface Who {
  readonly user: string;
  readonly host: string;
}

interface Stamp {
  readonly at: string;
  /** By which a note is shown and tagged; runs have their own. */
  readonly id?: string;
  readonly who: Who;
}

/** One line of `runbook.jsonl`. */
export type RunbookRecord = Stamp & RunbookEvent;

/** The record of one kind. */
export type RecordOf<Kind extends RunbookEvent['kind']> = Extract<RunbookRecord, { readonly kind: Kind }>;

/** The record that ends a run. */
export const finishedEvent = (
  report: Report,
  open: readonly OpenCause[] = [],
  baseline?: KnownBaseline,
): RunbookEvent => {
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
    causes: diagnoses.map((one) => ({
      cause: one.cause,
      mailbox: one.mailbox,
      proof: one.proof.status,
      title: one.title,
      seen: seenIn(one),
    })),
    ...(open.length > 0 ? { open } : {}),
    ...(baseline ? { baseline } : {}),
  };
};
