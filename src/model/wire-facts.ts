import type { Protocol } from './config.ts';
import type { HostAddress, HostLookup } from './dns-facts.ts';
import type { SpfResult } from './policy-facts.ts';
import type { BearerChallenge, TokenFact } from './token-facts.ts';
import type { Alteration, AuthenticationResults, TripSurroundings } from './trip-facts.ts';

/**
 * What was seen on the wire. Every text of a server in here is bounded and printable: the world has replaced control
 * characters by their escapes (\x1b) and cut what is too long, so nothing after it can be talked into anything.
 */

/** What came of one TCP connection attempt to one address. */
export type ConnectResult =
  | { readonly kind: 'open'; readonly ms: number }
  /** RST, or ICMP port unreachable: the host is there, the port is closed. */
  | { readonly kind: 'refused'; readonly ms: number }
  /** No answer at all within the limit (5 s). */
  | { readonly kind: 'silent'; readonly ms: number }
  /** ICMP or the local routing table; code: EHOSTUNREACH, ENETUNREACH, EACCES, EPERM, … */
  | { readonly kind: 'unreachable'; readonly code: string; readonly ms: number }
  /** Not tried: the limit of connections to this host and port was reached. */
  | { readonly kind: 'not-tried' };

export type Speaks = Protocol | 'lmtp' | 'http' | 'ssh' | 'ftp' | 'unknown';

/** The first words of a server on an open connection. */
export type Greeting =
  | { readonly kind: 'greeted'; readonly speaks: Speaks; readonly lines: readonly string[]; readonly ms: number }
  /**
   * Nothing within the limit (15 s). `tls`: whether the port answered a ClientHello on a second connection;
   * when it did, the wait was cut short.
   */
  | { readonly kind: 'silent'; readonly ms: number; readonly tls: boolean }
  /** Closed in good order (FIN) before a line came. */
  | { readonly kind: 'closed'; readonly ms: number }
  | { readonly kind: 'reset'; readonly ms: number }
  /** More than 64 KiB without an end of line. */
  | { readonly kind: 'flood'; readonly ms: number; readonly bytes: number };

/** One address of a service's host. */
export interface AddressContact {
  readonly address: string;
  readonly family: 4 | 6;
  readonly connect: ConnectResult;
  /** In the modes starttls and none; absent with implicit TLS and where nothing was connected. */
  readonly greeting?: Greeting;
}

/** mail.port: one service, each of its addresses. */
export interface PortFact {
  readonly lookup: HostLookup;
  readonly contacts: readonly AddressContact[];
  /** Only when no address opened: other ports of the same host, to tell a firewall from a dead host. */
  readonly siblings: readonly { readonly port: number; readonly address: string; readonly connect: ConnectResult }[];
  /** Only when port 25 was silent or unreachable: port 25 of the domain's MX hosts. */
  readonly others25: readonly { readonly host: string; readonly connect: ConnectResult }[];
  /**
   * Only when no address opened, and other sources name other addresses: the resolver (without hosts file) and a name
   * server of the zone, with what the service's port says there.
   */
  readonly elsewhere?: {
    readonly published: readonly HostAddress[];
    readonly authority?: { readonly server: string; readonly addresses: readonly HostAddress[] };
    readonly knocks: readonly { readonly address: string; readonly connect: ConnectResult }[];
  };
  /** Only when no address opened: an earlier run reached this host, and the host refused a login then. */
  readonly refusedBefore?: {
    readonly at: string;
    readonly goodAt: string;
    readonly protocol: Protocol;
    readonly says: string;
  };
  /** Only when no address opened, and the environment names an HTTP proxy: whether it leads to the service. */
  readonly proxy?:
    | { readonly at: string; readonly kind: 'leads' | 'refused'; readonly says: string }
    | { readonly at: string; readonly kind: 'unreachable' | 'no-proxy' };
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and IP addresses of subjectAltName, else the common name. */
  readonly names: readonly string[];
  /** RFC 3339 */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: { readonly type: 'rsa' | 'ec' | 'ed25519' | 'dsa' | 'other'; readonly bits: number };
  /** sha256WithRSAEncryption and the like. */
  readonly signature: string;
  readonly selfSigned: boolean;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  /** SHA-256 of the public key's DER (SubjectPublicKeyInfo), hexadecimal; absent in older runs. */
  readonly keyFingerprint?: string;
  /** The same two as SHA-512; absent in older runs. */
  readonly fingerprint512?: string;
  readonly keyFingerprint512?: string;
  readonly serial: string;
  /** False when extended key usage is there and lacks serverAuth. */
  readonly forServers: boolean;
  readonly authority: boolean;
  /** caIssuers of authority information access (RFC 5280 4.2.2.1). */
  readonly issuerUrls: readonly string[];
}

export type Handshake =
  | {
      readonly kind: 'done';
      /** TLSv1.3, TLSv1.2, TLSv1.1, TLSv1 */
      readonly version: string;
      /** OpenSSL name of the cipher suite. */
      readonly cipher: string;
      /** True when the runtime's default list holds the cipher. */
      readonly cipherIsCommon: boolean;
      /** Bits of the finite-field Diffie-Hellman group, where one was used. */
      readonly dhBits?: number;
      readonly chain: readonly Certificate[];
      /** Against the system's store, the runtime's own and `ca`; code as OpenSSL names it (CERT_HAS_EXPIRED …). */
      readonly trust: { readonly ok: true } | { readonly ok: false; readonly code: string; readonly says: string };
      readonly nameMatches: boolean;
      /** Present where the server lacks RFC 5746 (TLS 1.2 and before). */
      readonly secureRenegotiation?: false;
      /** The server asked for a client certificate. */
      readonly clientCertificateAsked: boolean;
      readonly ms: number;
    }
  /** The server answered the ClientHello with something that is not TLS. */
  | { readonly kind: 'plain'; readonly speaks: Speaks; readonly line: string; readonly ms: number }
  /** alert: the TLS alert's name where one came. */
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly says: string;
      readonly alert?: string;
      readonly sawServerHello: boolean;
      readonly clientCertificateAsked: boolean;
      readonly ms: number;
    }
  | { readonly kind: 'silent'; readonly ms: number }
  | { readonly kind: 'closed'; readonly ms: number }
  | { readonly kind: 'reset'; readonly ms: number };

/** The way from clear text to TLS on one connection. */
export type StartTls =
  /** capability: the altered word where one was seen (XXXXXXXA). */
  | { readonly kind: 'not-offered'; readonly altered?: string }
  | { readonly kind: 'refused'; readonly reply: string }
  | { readonly kind: 'agreed' }
  | { readonly kind: 'broken'; readonly how: 'closed' | 'reset' | 'silent' | 'flood' };

/** The client certificate that is configured; nothing of its key but whether it fits. */
export interface ClientCertificateFact {
  readonly cert: string;
  readonly key: string;
  readonly state:
    | 'usable'
    | 'no-certificate-file'
    | 'no-certificate'
    | 'no-key-file'
    | 'no-key'
    | 'passphrase'
    | 'mismatch';
  /** ENOENT, EACCES, … */
  readonly code?: string;
  readonly subject?: string;
  /** RFC 3339 */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** False when extended key usage is there and lacks clientAuth. */
  readonly forClients?: boolean;
}

/** mail.tls: the service's first address that opens, up to the capabilities inside TLS. */
export interface TlsFact {
  /** RFC 3339; certificates are judged at this time. */
  readonly at: string;
  readonly address: string;
  readonly mode: 'tls' | 'starttls' | 'none';
  /** EHLO, CAPABILITY or CAPA before TLS, upper case words and lines as sent. */
  readonly before: readonly string[];
  /** EHLO, CAPABILITY or CAPA before TLS, only where it was refused. */
  readonly hello?: Reply;
  /** Only where the name that was said is refused: what this machine may say as well. */
  readonly otherEhlo?: readonly string[];
  readonly startTls?: StartTls;
  readonly handshake?: Handshake;
  /**
   * Only with implicit TLS and a handshake that was reset or closed: what a second connection shows on which nothing is
   * sent for a second. Reset or closed there as well, it has nothing to do with TLS.
   */
  readonly unspoken?: 'open' | 'closed' | 'reset';
  /**
   * Only after a handshake to which nothing came back: what a second connection shows on which the server's answer can
   * only be a small one. Answered: its TLS is well, and large packets do not arrive.
   */
  readonly smallAnswer?: 'answered' | 'silent' | 'other';
  /** The greeting inside implicit TLS. */
  readonly greeting?: Greeting;
  /** Capabilities inside TLS. */
  readonly inside: readonly string[];
  /** What fetching the issuer's certificate (AIA) showed, only where the chain could not be completed. */
  readonly aia?: { readonly url: string; readonly result: 'completes' | 'does-not-complete' | 'not-fetched' };
  /** Another service of this run sent, or `ca` holds, the certificate that completes this chain. */
  readonly completedBy?: string;
  /** Names of the certificate that lead to this server as well; only where the configured name does not match. */
  readonly otherNames: readonly { readonly host: string; readonly sameAddress: boolean }[];
  /**
   * A second handshake as the CRM's runtime makes it, only where the first one gives a reason: a key or group that it may
   * refuse (`bits`), a suite that it does not offer, a version that it does not speak, a server without RFC 5746, or a
   * client that sends no server name.
   */
  readonly asCrm?: {
    readonly reasons: readonly ('sni' | 'bits' | 'cipher' | 'version' | 'renegotiation')[];
    /** The server name was sent. */
    readonly sni: boolean;
    readonly oldest: string;
    readonly newest: string;
    readonly handshake: Handshake;
  };
  /** Only where one is configured. */
  readonly clientCertificate?: ClientCertificateFact;
  /** Only where the server ended the handshake for the name, or without a word: what it shows to who sends no name. */
  readonly withoutSni?: Handshake;
  /**
   * Only with `trust`, and where that store does not trust the certificate: what is in it, and what the system's own store
   * says.
   */
  readonly store?: {
    readonly source: string;
    readonly certificates: number;
    /** The system's store trusts the chain. */
    readonly systemTrusts: boolean;
    /** The root of the chain by the system's store, and what became of it in the CRM's. */
    readonly root?: { readonly subject: string; readonly there: 'missing' | 'expired' | 'there' };
  };
  /** After a failed handshake: what the highest version is that the server takes, tried once each. */
  readonly versions?: readonly string[];
}

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

/** Where a message was handed to the servers of the mailbox by those of somebody else. */
export interface Border {
  /** The server that took it. */
  readonly by: string;
  /** How the sending server called itself, and where it came from. */
  readonly from: string;
  readonly address: string;
}

/** The server that sent the message, as those who receive it look it up. */
export interface SendingAddress extends ClientName, Border {
  /** What SPF says of it; absent where the envelope's sender is of another domain, or nobody can say. */
  readonly spf?: { readonly domain: string; readonly result: SpfResult };
}

export interface SmtpLoginFact extends LoginFact {
  /** Only where the server objects to our name in the DNS, or a relay on port 25 takes mail by our address alone. */
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

/** One hop of the way, newest last. */
export interface Hop {
  readonly by: string;
  /** The name under which the sending side came in; absent where the line does not tell. */
  readonly from?: string;
  /** The address that the server saw the sending side come from. */
  readonly address?: string;
  readonly at: string;
  /** Milliseconds since the hop before; absent for the first. */
  readonly afterMs?: number;
}

/** What one DKIM-Signature of a message that was seen is worth (RFC 6376, RFC 8463). */
export interface DkimResult {
  /** d= and s=; empty where the signature is too broken to say. */
  readonly domain: string;
  readonly selector: string;
  readonly result: 'pass' | 'fail' | 'permerror' | 'temperror';
  /**
   * fail: `signature`, `body-hash`, `expired`, `from-the-future`; permerror: `no-key`, `key-revoked`, `key-…` for a key
   * that is not usable, else what is wrong with the signature itself (`syntax`, `version`, `algorithm`,
   * `from-not-signed`, …); temperror: `dns`.
   */
  readonly why?: string;
  /** Whether the body is the one that was signed; with `mismatch` and a good signature something on the way changed it. */
  readonly bodyHash?: 'ok' | 'mismatch';
  /** Length of the key, where one was found. */
  readonly bits?: number;
  /** The key is marked as being tested (t=y). */
  readonly testing?: true;
}

/** mail.round-trip: one marked message from the mailbox to itself. */
export interface RoundTripFact extends TripSurroundings {
  readonly messageId: string;
  /** Answer to each step of sending; the first that is not accepted ends it. */
  readonly sent: Step;
  readonly at?: 'mail' | 'rcpt' | 'data';
  readonly bytes: number;
  /** How it was looked for. */
  readonly through: 'imap' | 'pop3' | 'none';
  readonly found?: {
    readonly folder: string;
    readonly role: 'inbox' | 'junk' | 'configured' | 'other';
    readonly afterMs: number;
    readonly hops: readonly Hop[];
    readonly subjectIntact: boolean;
    readonly bodyIntact: boolean;
    readonly messageIdKept: boolean;
    /** Each DKIM-Signature of the message as it arrived, top first; empty: it carries none. Absent: not verified. */
    readonly dkim?: readonly DkimResult[];
    /** The Message-ID that it arrived with, where it is another. */
    readonly newMessageId?: string;
    /** The texts that are not as they were sent; the booleans above are their sum. */
    readonly altered?: readonly Alteration[];
    /** The body's bytes: as sent, the same text encoded otherwise, or another text. */
    readonly bodyBytes?: 'same' | 'reencoded' | 'changed';
    readonly authentication?: readonly AuthenticationResults[];
    /** The envelope's sender as the last server noted it (Return-Path, RFC 5321 section 4.4). */
    readonly returnPath?: string;
    /** The step from the sending side's servers to those of the mailbox; absent where the message stayed with one side. */
    readonly border?: Border;
    /** What the DNS says of the address that came over that border; absent where it is no public one. */
    readonly sentFrom?: SendingAddress;
    /** A Reply-To that we did not write. */
    readonly replyTo?: string;
    /** The folder's special use (RFC 6154), where the server marks one. */
    readonly specialUse?: string;
    readonly flags?: readonly string[];
    /** Servers by how often the message came to them, and X-Loop or Delivered-To that say that it went in a circle. */
    readonly rounds?: {
      readonly received: number;
      readonly most: number;
      readonly by: string;
      readonly delivered: number;
    };
  };
  /** Set when looking itself failed. */
  readonly lookupFailed?: Step;
  readonly waitedMs: number;
  readonly removed: boolean;
  /** The receiving side's mailbox and the sending side's address are the same by configuration. */
  readonly sameMailbox: boolean;
}
