import type { Text } from './text.ts';

/** A reference to a secret. The value stays inside the world; equal ids mean the same source of the same secret. */
export interface SecretRef {
  readonly secret: string;
}

/** Where a secret comes from; it is read once, before the run. */
export type SecretSource =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'file'; readonly file: string }
  /** Run without a shell; the first line of its output is the secret. */
  | { readonly kind: 'command'; readonly command: string };

export type Protocol = 'smtp' | 'imap' | 'pop3';
export const protocols: readonly Protocol[] = ['smtp', 'imap', 'pop3'];

export type Security = 'starttls' | 'tls' | 'none';

/** How a password is proven: SASL's PLAIN, LOGIN, CRAM-MD5 (RFC 4616, RFC 2195), or POP3's USER and PASS. */
export type Mechanism = 'plain' | 'login' | 'cram-md5' | 'user';

/** Whose TLS rules count: the runtime that the CRM itself uses. */
export type Runtime = 'php' | 'python' | 'java' | 'dotnet' | 'node';

/** A certificate with its key, in PEM; the key may stand in the same file. */
export interface ClientCertificateConfig {
  readonly cert: string;
  readonly key?: string;
  readonly passphrase?: SecretRef;
}

/** Which addresses of a host are used. */
export type Family = 4 | 6 | 'any';

/** One service as it is written in the configuration, before defaults. */
export interface ServiceConfig {
  readonly host: string;
  readonly port?: number;
  readonly security?: Security;
  readonly username?: string;
  readonly password?: SecretRef;
  /** The mechanism that the CRM logs in with; default: the best one that the server offers. */
  readonly mechanism?: Mechanism;
  /** IMAP only: the folder that the CRM fetches from. */
  readonly folder?: string;
  /** IMAP only: the CRM waits for new mail with IDLE (RFC 2177). */
  readonly idle?: boolean;
}

/** One `mail:` object as it is written in the configuration, secrets replaced by references. */
export interface MailConfig {
  readonly name?: string;
  readonly address: string;
  readonly username?: string;
  readonly password?: SecretRef;
  readonly from?: string;
  readonly smtp?: ServiceConfig;
  readonly imap?: ServiceConfig;
  readonly pop3?: ServiceConfig;
  /** Absolute path of a PEM file that is trusted in addition to the system's store. */
  readonly ca?: string;
  readonly roundTrip?: { readonly enabled: boolean; readonly timeoutMs: number };
  /** Who puts the copy of a sent message into the folder for them. */
  readonly sentCopy?: 'crm' | 'server';
  readonly as?: Runtime;
  /** The version of that runtime, as `7.0`. */
  readonly asVersion?: string;
  /** False: the CRM's mail client is known to send no server name (SNI). */
  readonly asSni?: false;
  /** Absolute path of the CRM's own store of trusted certificates, in place of the system's; `none`: it has none. */
  readonly trust?: string;
  /** False: the CRM does not check certificates. */
  readonly verify?: false;
  /** What the CRM shows to a server that asks for a client certificate; absolute paths. */
  readonly clientCertificate?: ClientCertificateConfig;
  /** The name that the CRM says with EHLO. */
  readonly ehlo?: string;
  /** The address family that the CRM uses; default: both, in the system's order. */
  readonly family?: Family;
  /** Selectors of the DKIM keys that the mail of the CRM is signed with. */
  readonly dkimSelector?: readonly string[];
  /** Log files of the CRM and the mail server, absolute; `*` and `?` may stand in names. */
  readonly logs?: readonly string[];
  /** A table of versions that takes the place of the package's own; absolute. */
  readonly versionsFile?: string;
  readonly oauth?: OAuthConfig;
  /** Only of a mailbox that stands in a list of its own (`mailboxes:`). */
  readonly row?: AccountRow;
}

/** Where a mailbox of a list stands, and what kept its row from being read. */
export interface AccountRow {
  readonly file: string;
  /** From 1, the header counted; blank lines are not. */
  readonly row: number;
  /** Whose mailbox it is. */
  readonly tenant?: string;
  /** What is wrong with the row, without any of its values; nothing is contacted for it then. */
  readonly faults?: readonly Text[];
}

/** What holds for every mailbox of a list that does not say otherwise; a service without a host is none yet. */
export type MailDefaults = Omit<MailConfig, 'name' | 'address' | 'row'>;

/** The `mailboxes:` of a configuration: where the list is, and how it is read. */
export interface MailboxList {
  /** Absolute. */
  readonly file: string;
  readonly defaults: MailDefaults;
  /** The column that says whose mailbox it is. */
  readonly tenant?: string;
  readonly perHost?: number;
  readonly encoding?: string;
  readonly delimiter?: string;
}

/** Who issues the tokens of an account; both know their own addresses and scopes. */
export type OAuthProvider = 'microsoft' | 'google';

/** How an account logs in without a password: by a given token, or by one that is fetched. */
export interface OAuthConfig {
  /** Used as it is; nothing is asked from anybody then. */
  readonly accessToken?: SecretRef;
  readonly provider?: OAuthProvider;
  /** Of another authorization server, or in place of the provider's own. */
  readonly issuer?: string;
  readonly clientId?: string;
  readonly clientSecret?: SecretRef;
  /** Microsoft: the directory, as a domain or an id. */
  readonly tenant?: string;
  readonly refreshToken?: SecretRef;
  readonly scopes?: readonly string[];
  /** Absolute path; where a refresh token is kept from one run to the next. */
  readonly tokenFile?: string;
}

/** The same, with what it is used for. */
export interface OAuthLogin extends OAuthConfig {
  /** The protocols that log in with it: one token is for all of them. */
  readonly protocols: readonly Protocol[];
}

/** A whole change of the configuration is a list of these, applied together. `to: null` removes the key. */
export interface Change {
  /** As in the configuration file: `mail.imap.port`, `mail[NAME].imap.port`. */
  readonly path: string;
  readonly from: string | number | boolean | null;
  readonly to: string | number | boolean | null;
}
