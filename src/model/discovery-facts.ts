import type { Protocol, Security } from './config.ts';

/** One service as a file for mail programs offers it. Every text of it is bounded and printable. */
export interface OfferedService {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** The login name with the address filled in; absent where the file names none that can be built. */
  readonly username?: string;
  readonly login: 'password' | 'oauth' | 'none' | 'other';
}

/** Whose files are asked for. */
export interface DiscoveryQuestion {
  readonly address: string;
  /** The domain of the address. */
  readonly domain: string;
  /** The hosts that take the domain's mail: their operators' files are asked for where the domain has none. */
  readonly mx: readonly string[];
  /** Also ask the public database of providers, a third party, which then learns the domain. */
  readonly ispdb?: boolean;
  /** Absolute path of a PEM file that is trusted in addition. */
  readonly ca?: string;
}

/** What one place said. */
export interface DiscoveryAnswer {
  readonly how: 'autoconfig' | 'autodiscover' | 'ispdb';
  /** Where it was asked; the address of the mailbox is left out. */
  readonly url: string;
  /** Every step of the way was over TLS with a certificate that holds. */
  readonly verified: boolean;
  readonly result:
    | { readonly kind: 'found'; readonly name?: string; readonly services: readonly OfferedService[] }
    /** It tells its settings to who logs in only (Exchange); no password is ever sent there. */
    | { readonly kind: 'login-wanted' }
    /** code: HTTP 404, ENOTFOUND, CERT_HAS_EXPIRED, … */
    | { readonly kind: 'none'; readonly code: string }
    /** Something came that is no such file. */
    | { readonly kind: 'unreadable'; readonly says: string };
}
