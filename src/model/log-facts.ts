/** What a run asks of the log files that the configuration names. */
export interface LogSearch {
  /** Absolute paths; the last parts may hold `*` and `?`. */
  readonly files: readonly string[];
  /** RFC 3339; older lines are passed over. */
  readonly since: string;
  readonly about: LogSubject;
}

/** Whom a line must speak of to count. */
export interface LogSubject {
  /** The mailbox's own addresses. */
  readonly addresses: readonly string[];
  /** Login names. */
  readonly logins: readonly string[];
  /** The configured servers. */
  readonly hosts: readonly string[];
  /** The log of one CRM: whatever it says is about it, whoever is named. */
  readonly everybody?: true;
}

/** One line of a log that was handed out in parts (by the API of a CRM). */
export interface LoggedLine {
  /** RFC 3339 */
  readonly at?: string;
  readonly level: 'error' | 'warning' | 'info';
  /** What it is kept in, as the CRM calls it. */
  readonly source: string;
  readonly text: string;
}

/** What somebody's words about a failure speak of. */
export interface TextCause {
  readonly cause: string;
  /** How surely the words alone show it, 0 to 1. */
  readonly confidence: number;
}

/** What a line that tells of success was about; a fault of the same kind before it is over. */
export type LogKind = 'send' | 'login' | 'fetch';

export interface LogFileFact {
  /** As configured; a rotated neighbour or what a `*` found has its own path. */
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  /** True: the file held more of the asked time than was read. */
  readonly cut: boolean;
  readonly error?: { readonly kind: string; readonly detail: string };
}

/** A line as evidence: redacted, printable, bounded. */
export interface LogLine {
  readonly file: string;
  /** Undefined where only the end of the file was read. */
  readonly line?: number;
  /** RFC 3339 UTC. */
  readonly at?: string;
  readonly text: string;
  readonly queueId?: string;
  readonly messageId?: string;
  /** What the other lines of the same message tell. */
  readonly joined?: {
    readonly sender?: string;
    readonly recipients: readonly string[];
    readonly relay?: string;
    readonly messageId?: string;
    readonly lines: readonly string[];
  };
}

interface Counted {
  /** Lines about this mailbox in the time that was asked for. */
  readonly count: number;
  /** Those of them that no success of the same kind followed. */
  readonly current: number;
  readonly first?: string;
  readonly last?: string;
  /** The newest, at most three. */
  readonly samples: readonly LogLine[];
}

export interface LogCauseFact extends Counted {
  readonly cause: string;
  /** How surely the text alone shows the cause, 0 to 1. */
  readonly confidence: number;
  /** What failed, where the line tells. */
  readonly kind?: LogKind;
  /** Servers and mailboxes that its lines name, at most ten each. */
  readonly hosts: readonly string[];
  readonly mailboxes: readonly string[];
}

/** mail.logs: what the configured logs say of this mailbox. */
export interface LogsFact {
  /** RFC 3339 */
  readonly at: string;
  readonly since: string;
  readonly files: readonly LogFileFact[];
  /** Most lines that still count first. */
  readonly causes: readonly LogCauseFact[];
  /** The program keeps to itself what the server said. */
  readonly hidden: readonly (Counted & { readonly by: string })[];
  /** Lines that look like a fault of this mailbox and that no pattern knows; nothing is guessed from them. */
  readonly unknown: { readonly lines: number; readonly shapes: readonly string[] };
  /** Versions with which servers started, in the order of time. */
  readonly versions: readonly { readonly product: string; readonly version: string; readonly at?: string }[];
  /** The newest success of each kind, RFC 3339. */
  readonly succeeded: Readonly<Partial<Record<LogKind, string>>>;
}
