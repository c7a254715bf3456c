import type { Change, Protocol, Security } from '../model/config.ts';
import type { Listener } from '../model/event.ts';
import type { Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { Met } from '../runbook/met.ts';
import type { Lesson } from './lesson.ts';

/** The areas of the three guides. */
export type AreaId = 'mail' | 'sync' | 'workflow';

/** What the guide can begin with: a problem of an area, or a lesson. */
export type Start = AreaId | 'learn';

export type Ran =
  | { readonly kind: 'ran'; readonly report: Report }
  /** It could not start: a wrong path, an unreadable file. */
  | { readonly kind: 'refused'; readonly says: string };

/** A server of a mailbox as it is to be checked. */
export interface GuideService {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** By what it was found; absent where a person named it. */
  readonly from?: Text;
  /** What was seen when it was knocked at. */
  readonly says?: Text;
}

/** What was found for an address without any login. */
export interface FoundServers {
  readonly services: readonly GuideService[];
  readonly provider?: { readonly name: Text; readonly note?: Text; readonly login: string };
  /** Hosts that only the DNS names and nobody vouches for. */
  readonly strangers: readonly string[];
}

/** A mailbox as a person described it. */
export interface GuideMailbox {
  readonly address: string;
  readonly username?: string;
  readonly password: boolean;
  readonly services: readonly GuideService[];
}

/** A CRM as a person described it. */
export interface GuideCrm {
  readonly type: string;
  readonly url: string;
  readonly username?: string;
  readonly database?: string;
}

/** What a configuration in reach describes. */
export interface Configured {
  readonly file: string;
  readonly mailboxes: readonly string[];
  readonly comparisons: readonly string[];
  readonly crms: readonly string[];
  readonly workflows: boolean;
}

export type Prepared =
  /** The lines that would change, ready to be shown. */
  { readonly kind: 'ready'; readonly lines: readonly string[] } | { readonly kind: 'refused'; readonly text: Text };

export type Applied = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly text: Text };

/** A text that goes to another person. */
export interface HandOver {
  readonly subject: string;
  readonly body: string;
}

/** What is written down before it happens. */
export type GuideEvent =
  | { readonly kind: 'decision'; readonly question: string; readonly answer: string }
  | { readonly kind: 'guide-step'; readonly step: string; readonly run?: string; readonly says: string };

/** Everything that the guide can do; the same commands and files as without it. */
export interface Engine {
  readonly language: Language;
  readonly cwd: string;
  /** A command line without what concerns its output; `watch` hears what happens. */
  readonly run: (argv: readonly string[], watch: Listener) => Promise<Ran>;
  readonly reportOf: (run: string) => Promise<Report | undefined>;
  readonly detect: (address: string) => Promise<FoundServers>;
  readonly configured: () => Promise<Configured | undefined>;
  /** Files here that may be meant, as one would type them. */
  readonly candidates: (what: 'sync' | 'workflow' | 'schema' | 'samples') => Promise<readonly string[]>;
  readonly look: (path: string) => Promise<'file' | 'directory' | 'nothing'>;
  readonly crmTypes: () => Promise<readonly string[]>;
  /** What a CRM's secret is called: a password, an API key. */
  readonly secretOf: (crmType: string) => Promise<Text>;
  /** Writes the private configuration of this session; its path. */
  readonly draft: (parts: { readonly mailbox?: GuideMailbox; readonly crm?: GuideCrm }) => Promise<string>;
  /** A value for the runs of this session, under the name of an environment variable; kept in memory only. */
  readonly give: (variable: string, value: string) => void;
  readonly prepare: (file: string, change: readonly Change[]) => Promise<Prepared>;
  readonly apply: (file: string, change: readonly Change[], run: string) => Promise<Applied>;
  /** Runs the check with `--apply-to-crm`, which asks nothing more. */
  readonly applyToCrm: (command: readonly string[]) => Promise<Applied>;
  readonly handOver: (
    report: Report,
    options: { readonly tried: readonly string[]; readonly since?: string; readonly cause: string },
  ) => Promise<HandOver>;
  /** A new file in the working folder; where the name is taken, another one. Its path as one would type it. */
  readonly keepText: (name: string, text: string) => Promise<string | undefined>;
  /** The private configuration as ./crm-doctor.yaml; where it is, or why not. */
  readonly adopt: (
    file: string,
  ) => Promise<{ readonly kind: 'written'; readonly file: string } | { readonly kind: 'refused'; readonly text: Text }>;
  /** Causes that a pasted error text speaks of. */
  readonly causesOf: (
    text: string,
  ) => Promise<readonly { readonly cause: string; readonly title: string; readonly about: string }[]>;
  /** Only of a demo: what somebody else would do on the steps. */
  readonly repair?: () => Promise<void>;
  /** What was met here, the latest first. */
  readonly met: () => Promise<readonly Met[]>;
  readonly lesson: (met: Met) => Promise<Lesson>;
  /** Runs a demo without questions, and makes a lesson of it. */
  readonly demoLesson: (area: AreaId) => Promise<Lesson>;
  readonly record: (event: GuideEvent) => Promise<void>;
}
