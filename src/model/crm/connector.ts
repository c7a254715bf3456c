import type { Runtime } from '../config.ts';
import type { Text } from '../text.ts';
import type { CrmAnswers, CrmMailField, CrmQuestion } from './answers.ts';
import type { CrmFailure, CrmReply } from './failure.ts';

/** One HTTP request of a connector. */
export interface CrmRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the CRM's address, starting with `/`; or an absolute URL of a host that the connector knows by itself (an identity provider). */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as application/x-www-form-urlencoded. */
  readonly form?: Readonly<Record<string, string>>;
  /** The body is cut off and the answer fails beyond this; default 8 MiB, after decompression. */
  readonly mostBytes?: number;
  /** What it is called in a failure; default: the path. */
  readonly what?: string;
  /** A question that changes nothing may be asked again (429, 503, a dropped connection); default: GET only. */
  readonly again?: boolean;
}

export interface CrmResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  /** Where the answer came from, after redirects within the host. */
  readonly url: string;
}

/**
 * The hardened way to one CRM: one deadline a request, bounded answers, TLS verified as for mail, the environment's proxy,
 * redirects within the host only, polite waiting on 429 and 503, connections kept and few.
 */
export interface CrmClient {
  /** An HTTP answer of any status, or why there is none. What an answer means is the connector's business. */
  readonly ask: (
    request: CrmRequest,
    signal: AbortSignal,
  ) => Promise<
    | { readonly kind: 'response'; readonly response: CrmResponse }
    | { readonly kind: 'failed'; readonly failure: CrmFailure }
  >;
  /** Every text that is kept of an answer goes through this: control characters escaped, cut at `most` (300). */
  readonly printable: (text: string, most?: number) => string;
}

/** What has gone over the wire to one CRM, so far. */
export interface CrmTraffic {
  readonly requests: number;
  /** Of the answers' bodies, unpacked. */
  readonly bytes: number;
  /** How often it was waited because the service asked for it (429, 503), and for how long. */
  readonly waits: number;
  readonly waitedMs: number;
  readonly waiting: boolean;
}

/** What a connector knows of the place that it is to ask. */
export interface CrmAccess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly database?: string;
  readonly username?: string;
  /** Undefined where none is configured. Never kept in anything that leaves the connector. */
  readonly secret: () => string | undefined;
  /** A token that was fetched: from now on it is blacked out everywhere. */
  readonly learn: (secret: string) => void;
  readonly clientId?: string;
  readonly tenant?: string;
  readonly apps?: readonly string[];
  /** The server's own configuration file, read; undefined where none is configured. */
  readonly settings: (signal: AbortSignal) => Promise<string | undefined>;
  readonly now: () => Date;
}

/** Which records, and how much of them. */
export interface CrmRecordQuery {
  /** The record type as the CRM calls it, or one of `contacts`, `companies`, `leads`, `opportunities`, `tickets`. */
  readonly type: string;
  /** Absent: every readable field. Fields that hold secrets are never read. */
  readonly fields?: readonly string[];
  /** RFC 3339 UTC: only what changed since then. */
  readonly since?: string;
  /** Archived and deleted ones too, where the CRM can show them. */
  readonly includeArchived?: boolean;
  readonly pageSize?: number;
}

export type CrmRecord = Readonly<Record<string, unknown>>;

export type CrmRecordPage =
  | {
      readonly kind: 'page';
      readonly records: readonly CrmRecord[];
      readonly total?: number;
      /** Fields that no record of this page has, for the service takes no more of them at once; by name they can be asked for. */
      readonly leftOut?: readonly string[];
    }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

/** A setting of a mail account that is to be written. */
export interface CrmWrite {
  readonly account: string;
  readonly protocol: 'smtp' | 'imap' | 'pop3';
  readonly changes: readonly {
    readonly field: CrmMailField;
    readonly from: string | number | boolean | null;
    readonly to: string | number | boolean | null;
  }[];
}

/** A CRM that was opened: login and questions share what they can. */
export interface CrmSession {
  /**
   * Logs in once and says who answers; asked first, and nothing else is asked when it fails. It tries a credential once.
   */
  readonly identity: (signal: AbortSignal) => Promise<CrmReply<CrmAnswers['identity']>>;
  readonly answer: <Question extends Exclude<CrmQuestion, 'identity'>>(
    question: Question,
    signal: AbortSignal,
  ) => Promise<CrmReply<CrmAnswers[Question]>>;
  /** Pages in the order of a key, streamed; absent where the product cannot list records. */
  readonly records?: (query: CrmRecordQuery, signal: AbortSignal) => AsyncIterable<CrmRecordPage>;
  /** Writes settings of one mail account; absent where the API cannot. Only with --apply-to-crm, after asking. */
  readonly write?: (
    write: CrmWrite,
    signal: AbortSignal,
  ) => Promise<CrmReply<{ readonly written: readonly CrmMailField[] }>>;
  /** Ends what the login has left on the server, once, when nothing more is asked; absent where it leaves nothing. */
  readonly close?: (signal: AbortSignal) => Promise<unknown>;
}

/** How one CRM is asked; its vendor's format ends here. */
export interface Connector {
  readonly kind: 'connector';
  /** As in `crm.type`. */
  readonly type: string;
  readonly aliases?: readonly string[];
  readonly name: string;
  /** `live`: its answers were seen from a real server that the tests start. `documented`: written by hand from the documentation. */
  readonly seen: 'live' | 'documented';
  /** The TLS rules that count for its mail. */
  readonly runtime: Runtime;
  /** Keys of `crm:` without which it cannot be asked; `secret` is one of them nearly always. */
  readonly needs: readonly ('database' | 'username' | 'secret' | 'clientId' | 'tenant' | 'apps')[];
  /** What `secret` is here: `API key`, `password of an administrator`. */
  readonly secretIs: Text;
  /** Which questions it answers; else why not, and where a person can look. */
  readonly answers: Readonly<Record<Exclude<CrmQuestion, 'identity'>, true | Text>>;
  /** The record types that it lists by their common names. */
  readonly recordTypes: Readonly<Record<string, string>>;
  readonly open: (access: CrmAccess, client: CrmClient) => CrmSession;
}

export const defineConnector = (connector: Omit<Connector, 'kind'>): Connector => ({ kind: 'connector', ...connector });
