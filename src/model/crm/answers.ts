import type { Protocol, Security } from '../config.ts';
import type { Text } from '../text.ts';

/** Every text of a CRM in here is printable and bounded, times are RFC 3339 UTC, and nothing is a secret. */

/** Who it is, and as whom we are in. */
export interface CrmIdentity {
  /** Id in the table of versions: odoo, espocrm, … */
  readonly product: string;
  /** As people write it: `Odoo`. */
  readonly name: string;
  /** `16.0`, `8.4.2`; absent where the service tells none (kintone). */
  readonly version?: string;
  readonly edition?: string;
  /** The version of the API that is used, and the newest that the service offers, where it has versions of its own. */
  readonly api?: { readonly used: string; readonly newest?: string; readonly ends?: string };
  readonly modules?: readonly {
    readonly name: string;
    readonly version?: string;
    /** A newer one is installed on disk and waits for its upgrade. */
    readonly pending?: string;
  }[];
  readonly user?: { readonly login: string; readonly admin?: boolean };
  /** The server's clock as its answer said it, and ours at that moment. */
  readonly clock?: { readonly theirs: string; readonly ours: string };
  readonly timeZone?: string;
  /** The address that the CRM believes to have (web.base.url, $WebBaseURL, siteUrl). */
  readonly ownUrl?: string;
  /** Something of the product's own health checks that is bad, in its words. */
  readonly complaints?: readonly string[];
}

/** Settings of one service as the CRM holds them. */
export interface CrmMailService {
  readonly host: string;
  readonly port?: number;
  readonly security?: Security;
  readonly username?: string;
  readonly login: 'password' | 'oauth' | 'certificate' | 'none' | 'unknown';
  /** IMAP: the folders that are fetched; default INBOX. */
  readonly folders?: readonly string[];
  /** False: the CRM does not check the server's certificate. */
  readonly verify?: false;
}

/** A setting of a mail account that can be written through the API. */
export type CrmMailField = 'host' | 'port' | 'security' | 'username' | 'folder' | 'from' | 'enabled';

/** One mail account of the CRM. Its password is never asked for. */
export interface CrmMailAccount {
  /** The CRM's own id; with it a change is written. */
  readonly id: string;
  readonly name: string;
  readonly address?: string;
  /** The sender that the CRM writes. */
  readonly from?: string;
  readonly replyTo?: string;
  readonly services: Readonly<Partial<Record<Protocol, CrmMailService>>>;
  readonly enabled: boolean;
  /** Enabled, and still not used (Odoo: not confirmed; a fallback of lower rank); why. */
  readonly unused?: Text;
  /** The one that is used where nothing else fits. */
  readonly isDefault?: boolean;
  /** Where a person finds it: `Settings > Technical > Outgoing Mail Servers > Company mail`. */
  readonly place: Text;
  /** The last time that it worked, where the CRM knows that. */
  readonly lastGood?: string;
  /** The last attempt, whatever came of it. */
  readonly lastTried?: string;
  readonly lastError?: { readonly says: string; readonly at?: string };
  /** Failures in a row. */
  readonly failures?: number;
  /** Only mail from this day on is fetched. */
  readonly fetchSince?: string;
  /** Only unread mail is fetched. */
  readonly unreadOnly?: boolean;
  /** What becomes of fetched mail: a case, a lead; absent where that is not known, `none`: nothing. */
  readonly creates?: string;
  readonly oauth?: {
    readonly provider?: string;
    readonly state?: 'valid' | 'expired' | 'missing';
    readonly until?: string;
  };
  readonly writable: readonly CrmMailField[];
  /** All mail goes to this address instead of its recipients (a test copy, MAIN_MAIL_FORCE_SENDTO). */
  readonly forcedTo?: string;
}

/** The CRM's mail as a whole. */
export interface CrmMailSettings {
  readonly accounts: readonly CrmMailAccount[];
  /** Sending is switched off for the whole system (sandbox, neutralised copy, access level): the setting, its value, where. */
  readonly outboundOff?: { readonly setting: string; readonly says: string; readonly place: Text };
  /** Where replies and bounces go: catch-all and bounce addresses. */
  readonly aliases?: readonly {
    readonly role: 'catchall' | 'bounce' | 'reply' | 'queue' | 'default-from';
    readonly address: string;
  }[];
  /** What is needed and not there. */
  readonly missing?: readonly ('outgoing' | 'incoming')[];
  /** This product sends or fetches by other means than accounts (the host's own sendmail, its vendor's servers). */
  readonly otherWay?: { readonly outgoing?: Text; readonly incoming?: Text };
}

export type CrmJobPurpose = 'fetch-mail' | 'send-mail' | 'workflow' | 'other';

/** One scheduled job. */
export interface CrmJob {
  readonly id: string;
  readonly name: string;
  readonly purpose: CrmJobPurpose;
  readonly active: boolean;
  /** Absent: it never ran, unless the CRM does not tell (see `knowsLastRun`). */
  readonly lastRun?: string;
  readonly nextRun?: string;
  readonly intervalMs?: number;
  readonly state?: 'ok' | 'failed' | 'running' | 'waiting';
  readonly says?: string;
  readonly failures?: number;
  readonly firstFailure?: string;
  /** The mail account that it works for. */
  readonly account?: string;
  readonly place: Text;
}

export interface CrmJobs {
  readonly jobs: readonly CrmJob[];
  /** False: `lastRun` says nothing. */
  readonly knowsLastRun: boolean;
  /** True: `lastRun` moves also when a run failed (Odoo fetchmail). */
  readonly lastRunEvenIfFailed?: boolean;
  /** The process that starts the jobs, where the CRM tells of it. */
  readonly scheduler?: { readonly alive: boolean; readonly says: string };
  /** How the system starts them, for the steps: crontab line, service name. */
  readonly startedBy: Text;
}

/** One message that waits or failed. No subject and no body: they are nobody's business. */
export interface CrmQueuedMessage {
  readonly id: string;
  readonly state: 'waiting' | 'failed' | 'sending';
  readonly since?: string;
  readonly says?: string;
  readonly attempts?: number;
  /** Domain of the recipient. */
  readonly to?: string;
  readonly account?: string;
}

export interface CrmQueue {
  readonly waiting: number;
  readonly failed: number;
  readonly oldestWaiting?: string;
  readonly lastSent?: string;
  /** The newest ones, at most 50. */
  readonly messages: readonly CrmQueuedMessage[];
  readonly place: Text;
}

/** One line of a log that the API hands out. */
export interface CrmLogLine {
  readonly at?: string;
  readonly level: 'error' | 'warning' | 'info';
  /** `ScheduledJobLogRecord`, `ir.logging`, `Error Log`, … */
  readonly source: string;
  readonly text: string;
}

export interface CrmLog {
  /** The newest first, at most 500. */
  readonly lines: readonly CrmLogLine[];
  /** What this log cannot show, so that no line is no proof of health. */
  readonly limits: readonly Text[];
}

/** Objects, fields, picklists, users, roles, as a schema file of the workflow format (WORKFLOW-FORMAT.md), in JSON. */
export interface CrmSchema {
  readonly text: string;
}

/** One workflow as a file that an importer of `workflow` reads. */
export interface CrmDefinition {
  /** Stands for a path: `odoo/base.automation/12.json`. */
  readonly path: string;
  readonly text: string;
  readonly name: string;
  /** Where a person finds it in the CRM's screens. */
  readonly place: Text;
  readonly url?: string;
}

export interface CrmWorkflowRun {
  readonly workflow: string;
  readonly at?: string;
  readonly state: 'ok' | 'failed' | 'running' | 'waiting';
  readonly says?: string;
  readonly record?: string;
}

export interface CrmUser {
  readonly id: string;
  readonly login: string;
  readonly active: boolean;
  readonly admin?: boolean;
  readonly roles: readonly string[];
}

/** What can be asked of a CRM beside its records, and what comes back. */
export interface CrmAnswers {
  readonly identity: CrmIdentity;
  readonly mail: CrmMailSettings;
  readonly jobs: CrmJobs;
  readonly queue: CrmQueue;
  readonly log: CrmLog;
  readonly users: readonly CrmUser[];
  readonly schema: CrmSchema;
  readonly workflows: readonly CrmDefinition[];
  readonly runs: readonly CrmWorkflowRun[];
}

export type CrmQuestion = keyof CrmAnswers;

export const crmQuestions: readonly CrmQuestion[] = [
  'identity',
  'mail',
  'jobs',
  'queue',
  'log',
  'users',
  'schema',
  'workflows',
  'runs',
];
