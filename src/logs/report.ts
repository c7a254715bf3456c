/**
 * `crm-doctor logs --json`: schema `crm-doctor/logs/v1`.
 *
 * - `status`: `fail` causes or hidden replies were found, `unknown` something could not be read or named, else `pass`.
 * - `causes`: most lines first. `confidence` is that of the text alone, 0 to 1; a check of `crm-doctor mail` decides.
 * - `hidden`: programs that keep the server's reply to themselves; there is nothing to name, only checks to run.
 * - `unknown`: lines that look like a fault and that no pattern knows, by their shape; nothing is guessed from them.
 * - Times are RFC 3339 in UTC, null where no line had one. Counts are lines. Samples are redacted.
 */
export interface LogReport {
  readonly schema: 'crm-doctor/logs/v1';
  readonly tool: { readonly name: 'crm-doctor'; readonly version: string };
  readonly status: 'pass' | 'fail' | 'unknown';
  readonly files: readonly FileRow[];
  readonly causes: readonly CauseRow[];
  readonly hidden: readonly HiddenRow[];
  readonly unknown: { readonly lines: number; readonly shapes: readonly ShapeRow[]; readonly moreShapes: number };
  readonly durationMs: number;
  readonly interrupted?: 'SIGINT' | 'SIGTERM';
  readonly exitCode: number;
}

/** Whether there were files, and not a byte in any of them: no health was seen. What comes in by a pipe may well be quiet. */
export const isNothing = (files: readonly FileRow[]): boolean =>
  files.length > 0 && files.every(({ name, bytes, error }) => name !== '-' && bytes === 0 && !error);

export interface FileRow {
  readonly name: string;
  /** After decompression. */
  readonly bytes: number;
  readonly lines: number;
  /** How its lines with a finding are written. */
  readonly dialects: readonly string[];
  readonly error?: { readonly kind: string; readonly detail: string };
}

export interface Sample {
  readonly file: string;
  readonly line: number;
  readonly at: string | null;
  readonly text: string;
  readonly side: 'client-reply' | 'client-log' | 'server-log';
  readonly queueId?: string;
  readonly messageId?: string;
  /** What other lines, also of other files, tell of the same message. */
  readonly joined?: Joined;
}

export interface Joined {
  readonly sender?: string;
  readonly recipients: readonly string[];
  readonly relay?: string;
  readonly messageId?: string;
  /** `FILE:LINE` of the lines that were joined, the first few. */
  readonly lines: readonly string[];
}

interface Counted {
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly samples: readonly Sample[];
}

export interface CauseRow extends Counted {
  readonly cause: string;
  readonly title: string;
  readonly confidence: number;
  /** At most 20 each. */
  readonly hosts: readonly string[];
  readonly mailboxes: readonly string[];
}

export interface HiddenRow extends Counted {
  readonly by: string;
}

export interface ShapeRow extends Counted {
  readonly shape: string;
}
