import type { BearerChallenge, TokenFact } from './token-facts.ts';

/** A server's answer: `code` is 535 or NO or -ERR, `status` 5.7.8, `tag` AUTHENTICATIONFAILED. */
export interface Reply {
  readonly code: string;
  readonly status?: string;
  readonly tag?: string;
  /** All lines, joined by a space. */
  readonly text: string;
}

export type Broken = 'closed' | 'reset' | 'silent' | 'flood' | 'garbled' | 'refused' | 'unreachable' | 'tls';

/** What came of a step of a dialogue. */
export type Step =
  | { readonly kind: 'accepted'; readonly reply: Reply; readonly ms: number }
  | { readonly kind: 'refused'; readonly reply: Reply; readonly ms: number }
  | { readonly kind: 'broken'; readonly how: Broken; readonly says: string; readonly ms: number };

/** Why a login was not made although one is configured. */
export type Withheld =
  | 'refused-before'
  | 'locked-out'
  /** An earlier run's was refused, and it is not to be tried again yet. */
  | 'waiting'
  | 'connection-limit'
  | 'no-safe-mechanism'
  /** The server offers others than the one that is configured. */
  | 'mechanism-not-offered'
  /** No access token could be had. */
  | 'no-token'
  /** A token is not sent without TLS (RFC 6750 section 5.3). */
  | 'token-in-clear';

/** Common to the three logins. */
export interface LoginFact {
  /** The login name that was used; absent where the configuration has no login. */
  readonly username?: string;
  /** The mechanism that was used: PLAIN, LOGIN, CRAM-MD5, USER, XOAUTH2 … */
  readonly mechanism?: string;
  /** The mechanisms that the server offers at this point, upper case. */
  readonly offered: readonly string[];
  /** Steps before the login: connect, greeting, hello, starttls. Only a bad one is kept. */
  readonly before?: { readonly at: 'connect' | 'greeting' | 'hello' | 'starttls'; readonly step: Step };
  readonly login?: Step;
  readonly withheld?: Withheld;
  /** Only with OAuth. */
  readonly token?: TokenFact;
  /** The server's reason for refusing the token, where it gave one. */
  readonly challenge?: BearerChallenge;
  /** The whole dialogue, redacted, bounded: `C: ` and `S: ` lines. */
  readonly dialogue: readonly string[];
}

/** How the DNS names the address that a server sees us come from. */
export interface ClientName {
  readonly address: string;
  /** The names that the reverse lookup (PTR) gives; empty: none. */
  readonly names: readonly string[];
  /** One of these names has this address; absent where the DNS did not tell. */
  readonly confirmed?: boolean;
}

export interface SmtpLoginFact extends LoginFact {
  /** Only where the server objects to our name in the DNS. */
  readonly clientName?: ClientName;
  readonly ehlo: string;
  /** Only where that name is refused: what this machine may say as well. */
  readonly otherEhlo?: readonly string[];
  /** Our address as the server sees it, where its answer to EHLO says so. */
  readonly client?: string;
  /** The same in the newest earlier run in which this check was good. */
  readonly clientBefore?: { readonly at: string; readonly address: string };
  /** SIZE of the EHLO reply in bytes, 0 = no fixed limit. */
  readonly size?: number;
  readonly sender: string;
  readonly recipient: string;
  readonly mail?: Step;
  readonly rcpt?: Step;
}

export interface ImapLoginFact extends LoginFact {
  /** SELECT of the configured folder. */
  readonly select?: Step;
  readonly readOnly?: boolean;
  /** True when the folder was opened although the server says NOPERM or READ-ONLY. */
  readonly folder: string;
  /** Folder names as a person reads them, at most 500; only when the folder could not be opened. */
  readonly folders?: readonly string[];
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly messages?: number;
  readonly uidValidity?: string;
  readonly serverId?: Readonly<Record<string, string>>;
  /** Capabilities after the login, upper case, at most 100. */
  readonly capabilities?: readonly string[];
  /** The largest message that a client may store, in bytes (RFC 7889); absent where the server names none. */
  readonly appendLimit?: number;
  /** What the last good run saw of the same folder. */
  readonly earlier?: { readonly at: string; readonly uidValidity: string; readonly messages?: number };
}

export interface Pop3LoginFact extends LoginFact {
  readonly stat?: Step;
  readonly messages?: number;
  readonly bytes?: number;
  readonly uidl?: 'yes' | 'no' | 'empty-mailbox';
  readonly loginDelaySeconds?: number;
}

/** mail.quota: RFC 9208; sizes in bytes. */
export interface QuotaFact {
  readonly folder: string;
  /** False: no QUOTA capability, or GETQUOTAROOT was refused. */
  readonly supported: boolean;
  readonly storage?: { readonly used: number; readonly limit: number };
  readonly messages?: { readonly used: number; readonly limit: number };
  /** Each quota root of the folder, where there are several: one of the mailbox, one of the domain or contract. */
  readonly roots?: readonly QuotaRoot[];
  readonly says?: string;
}

/** A limit that one or several mailboxes share (RFC 9208 section 3.2). */
export interface QuotaRoot {
  readonly name: string;
  readonly storage?: { readonly used: number; readonly limit: number };
  readonly messages?: { readonly used: number; readonly limit: number };
}
