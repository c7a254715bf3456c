import type { Greeting, Speaks } from './contact-facts.ts';
import type { Reply } from './login-facts.ts';

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
