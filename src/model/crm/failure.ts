import type { Text } from '../text.ts';

/**
 * Why a CRM did not answer a question. One kind a root that is told apart by what came back, never by guessing; what no
 * kind fits is `server-error` or `malformed` with the words of the server.
 */
export type CrmFailureKind =
  /** No HTTP answer: DNS, TCP; `at` tells how far it came. */
  | 'unreachable'
  /** TLS did not stand; `code` is OpenSSL's or Node's (CERT_HAS_EXPIRED, …). */
  | 'tls'
  /** The answer did not come, or not to its end, within the limit. */
  | 'timeout'
  /** It leads to another host, or from TLS to none: nothing is sent there. */
  | 'redirected'
  /** A page to log in (of the CRM itself, a proxy or a single sign-on) where JSON was asked for. */
  | 'login-page'
  /** HTTP answers, but there is no API of this product at this address. */
  | 'not-this-crm'
  /** The API is there and switched off (module, licence, edition). */
  | 'api-off'
  /** Login, password or key refused. */
  | 'auth'
  /** The key or token was right once. */
  | 'key-expired'
  /** Too many wrong logins, or the account is locked: nothing more is tried. */
  | 'locked-out'
  | 'wrong-database'
  /** Logged in, and may not read this. */
  | 'permission'
  /** The API has no such object, field or record. */
  | 'not-found'
  | 'rate-limited'
  /** The service says that it is being maintained or upgraded. */
  | 'maintenance'
  /** 5xx, or an error of the application in the body. */
  | 'server-error'
  /** Cut, no JSON, another content type, another shape. */
  | 'malformed'
  /** Larger than the limit. */
  | 'too-large'
  /** Refused because the clocks differ. */
  | 'clock'
  /** A key of the configuration that this CRM needs is missing or cannot be right. */
  | 'config';

export interface CrmFailure {
  readonly kind: CrmFailureKind;
  /** The path that was asked (no query, no host), or the model and method. */
  readonly what: string;
  readonly status?: number;
  /** ECONNREFUSED, CERT_HAS_EXPIRED, INVALID_SESSION_ID, odoo.exceptions.AccessDenied, … */
  readonly code?: string;
  /** The server's own words, printable and at most 300 characters. */
  readonly says: string;
  /** `permission`: the right that is needed, as it is called in this CRM. `config`: the key. */
  readonly needs?: Text;
  /** `rate-limited`: when it may be asked again, if it said so. */
  readonly retryAfterMs?: number;
  /** `redirected`: where to. `not-this-crm`: the address at which the API was found instead. */
  readonly location?: string;
  /** `unreachable`: how far it came. */
  readonly at?: 'url' | 'dns' | 'connect' | 'answer' | 'limit';
  /** The Date header of the answer, where there was one. */
  readonly date?: string;
}

/** What came of one question. */
export type CrmReply<Value> =
  | {
      readonly kind: 'answered';
      readonly value: Value;
      /** What could not be seen in it, in plain words (archived accounts hidden, only the first 200 jobs). */
      readonly gaps?: readonly Text[];
    }
  | { readonly kind: 'failed'; readonly failure: CrmFailure }
  /** This product has no way to tell it; why, and where a person can look. */
  | { readonly kind: 'not-offered'; readonly why: Text };
