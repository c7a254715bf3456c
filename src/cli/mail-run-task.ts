import type { AnySubject } from '../model/check.ts';
import type { Listener } from '../model/event.ts';
import type { Subject } from '../model/mailbox.ts';
import type { Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { World } from '../model/world.ts';
import type { Selection } from '../plan/plan.ts';
import type { Recorder } from '../run/record.ts';
import { Ended } from '../run/run.ts';

/** What a run says of one mailbox, as soon as it is known. */
export interface MailboxPart {
  readonly subject: Subject;
  /** A report about this mailbox alone. */
  readonly report: Report;
  /** What the world answered about it stays in the recording; otherwise it is forgotten. */
  readonly keep: () => void;
}

/** One run of the mail checks, from a world to a report. */
export interface MailRun {
  readonly id: string;
  readonly command: string;
  readonly target: string;
  /** The words behind the command that lead to the same subjects. */
  readonly call?: string;
  readonly version: string;
  readonly language: Language;
  readonly subjects: readonly AnySubject[];
  readonly selection: Selection;
  /** What is asked of the mail accounts that a CRM brings in; default: the same. */
  readonly discovered?: Selection;
  /** Takes the same in the other language, for those who are told of it in theirs. */
  readonly other?: (report: Report) => void;
  readonly failOn: 'warn' | 'fail';
  readonly world: World;
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** How many sessions one host is given at a time. */
  readonly perHost?: number;
  /** What each mailbox came to, as soon as it is known; what is given back stands in the report in its place. */
  readonly part?: (part: MailboxPart) => Promise<Report>;
  /** Remembers what the world answers of one mailbox, until it is kept or let go. */
  readonly recorder?: Pick<Recorder, 'part'>;
}

/** No single probe outlives this; its steps have shorter limits of their own. */
export const probeMs = 40_000;

/** The signal of the system that ended a run. */
export const endOf = (signal: AbortSignal): 'SIGINT' | 'SIGTERM' | undefined => {
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  return reason instanceof Ended && reason.why !== 'deadline' ? reason.why : undefined;
};
