import type { BackupPlace } from './backup-facts.ts';
import type { SecretRef } from './config.ts';
import type { PortFact } from './contact-facts.ts';
import type { CrmAnswers, CrmQuestion } from './crm/answers.ts';
import type { Connector } from './crm/connector.ts';
import type { CrmReply } from './crm/failure.ts';
import type { CrmReach, ReachDepth } from './crm/reach.ts';
import type { CrmSubject } from './crm/subject.ts';
import type { DiscoveryAnswer, DiscoveryQuestion } from './discovery-facts.ts';
import type { DnsRecord, DnsReply, HostLookup, HostsEntry } from './dns-facts.ts';
import type { HttpQuestion, HttpReply } from './http-facts.ts';
import type { LoggedLine, LogSearch, LogsFact, TextCause } from './log-facts.ts';
import type { ImapLoginFact, Pop3LoginFact, QuotaFact, SmtpLoginFact } from './login-facts.ts';
import type { Service, Subject } from './mailbox.ts';
import type { TlsFact } from './tls-facts.ts';
import type { RoundTripFact } from './trip-facts.ts';
import type { VersionTable } from './version-facts.ts';

/** The only way to DNS, sockets, mail, clock and secrets. */
export interface World {
  readonly clock: { readonly now: () => Date };
  readonly dns: Dns;
  readonly mail: Mail;
  readonly http: Http;
  readonly crm: Crm;
  readonly discovery: Discovery;
  readonly history: History;
  readonly logs: Logs;
  readonly backups: Backups;
  readonly versions: Versions;
  readonly secrets: { readonly shape: (ref: SecretRef) => SecretShape };
}

/** What a cause may know of a secret, and nothing more. */
export interface SecretShape {
  readonly empty: boolean;
  readonly placeholder: boolean;
  readonly outerBlanks: boolean;
  readonly nonAscii: boolean;
  readonly controlCharacters: boolean;
}

export interface Dns {
  /** getaddrinfo, all addresses in the system's order. */
  readonly lookup: (host: string, signal: AbortSignal) => Promise<HostLookup>;
  /** The configured resolvers, over UDP with EDNS and TCP where the answer is truncated. */
  readonly query: (
    name: string,
    type: DnsRecord['type'],
    signal: AbortSignal,
    options?: {
      readonly checkingDisabled?: boolean;
      /** Asks the name server at this address instead of the system's resolvers. */
      readonly server?: string;
    },
  ) => Promise<DnsReply>;
  /** What the system's hosts file says of a name. */
  readonly hosts: (host: string) => Promise<readonly HostsEntry[]>;
}

export interface Http {
  /** Rejects only when the signal ends it. */
  readonly ask: (question: HttpQuestion, signal: AbortSignal) => Promise<HttpReply>;
}

/** What is known of a product before it is asked. */
export type CrmProduct = Pick<
  Connector,
  'type' | 'name' | 'seen' | 'runtime' | 'needs' | 'secretIs' | 'answers' | 'recordTypes'
>;

/** The CRMs of the configuration, read only. */
export interface Crm {
  /** Nothing where no connector has this type. */
  readonly product: (type: string) => Promise<CrmProduct | undefined>;
  /**
   * Each question is asked once a run. `identity` comes first by itself, with one try of the credential; when it fails, every
   * other question gets its failure.
   */
  readonly ask: <Question extends CrmQuestion>(
    subject: CrmSubject,
    question: Question,
    signal: AbortSignal,
  ) => Promise<CrmReply<CrmAnswers[Question]>>;
  /** The way to its web server, without a login: asked where the login did not come about, and for its certificate. */
  readonly reach: (subject: CrmSubject, depth: ReachDepth, signal: AbortSignal) => Promise<CrmReach>;
}

/** The backups that the configuration names, read only. */
export interface Backups {
  /** A file, a folder or a pattern; what cannot be read is told in the answer. */
  readonly look: (path: string, signal: AbortSignal) => Promise<BackupPlace>;
}

/** The log files that the configuration names, read only. */
export interface Logs {
  /** What cannot be read is told in its file's row. */
  readonly read: (search: LogSearch, signal: AbortSignal) => Promise<LogsFact>;
  /** The same for lines that are at hand already, the oldest first. */
  readonly sift: (lines: readonly LoggedLine[], since: string) => Promise<LogsFact>;
  /** What each text speaks of by itself; null where that is nothing that is known. */
  readonly causesOf: (texts: readonly string[]) => Promise<readonly (TextCause | null)[]>;
}

/**
 * What a domain and who takes its mail publish for mail programs, asked over HTTP. Answers come in the order of their
 * weight; what is not there within the limit counts as not there.
 */
export interface Discovery {
  readonly autoconfig: (
    question: DiscoveryQuestion,
    limitMs: number,
    signal: AbortSignal,
  ) => Promise<readonly DiscoveryAnswer[]>;
  readonly autodiscover: (
    question: DiscoveryQuestion,
    limitMs: number,
    signal: AbortSignal,
  ) => Promise<readonly DiscoveryAnswer[]>;
}

/** Tables of versions that the user keeps. */
export interface Versions {
  readonly table: (file: string) => Promise<VersionTable>;
}

/** What an earlier run saw. The fact is as that version of crm-doctor wrote it: its shape is to be looked at first. */
export interface Remembered {
  readonly run: string;
  /** RFC 3339 UTC, when that run began. */
  readonly at: string;
  readonly fact: Readonly<Record<string, unknown>>;
}

/** The memory of earlier runs, read only. */
export interface History {
  /** The newest earlier run in which this check was good (pass or warn), or nothing where none is kept. */
  readonly lastGood: (check: string, mailbox: string, target: string) => Promise<Remembered | undefined>;
  /** The same of the newest earlier run that has it, good or bad. */
  readonly last: (check: string, mailbox: string, target: string) => Promise<Remembered | undefined>;
}

/**
 * One method a question. The first two share one connection for a service, the IMAP ones share one login, and asking
 * again with the same service gives the same promise: what a run saw once is not asked twice.
 */
export interface Mail {
  readonly port: (service: Service, subject: Subject, signal: AbortSignal) => Promise<PortFact>;
  readonly tls: (service: Service, subject: Subject, signal: AbortSignal) => Promise<TlsFact>;
  readonly smtpLogin: (service: Service, subject: Subject, signal: AbortSignal) => Promise<SmtpLoginFact>;
  readonly imapLogin: (service: Service, subject: Subject, signal: AbortSignal) => Promise<ImapLoginFact>;
  readonly imapQuota: (service: Service, subject: Subject, signal: AbortSignal) => Promise<QuotaFact>;
  readonly pop3Login: (service: Service, subject: Subject, signal: AbortSignal) => Promise<Pop3LoginFact>;
  readonly roundTrip: (subject: Subject, signal: AbortSignal) => Promise<RoundTripFact>;
  /** Nothing more is asked about this mailbox: what was remembered of its logins may go. */
  readonly finished?: (subject: Subject) => void;
}
