import type { AddressContact, ConnectResult } from '../contact-facts.ts';
import type { DnsReply, HostLookup } from '../dns-facts.ts';
import type { Handshake, TlsFact } from '../tls-facts.ts';

/** How closely the way to a CRM is looked at. */
export type ReachDepth =
  /** The name, the addresses, and what TLS shows. */
  | 'door'
  /** Also what a browser without a login would get to see there. */
  | 'page'
  /** Also under other paths, and over the other of http and https. */
  | 'around';

/** What a page tells of who made it; nothing of it is a secret, and all of it is printable and bounded. */
export interface WebPage {
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly contentType: string;
  /** The Server header. */
  readonly server?: string;
  /** The scheme of WWW-Authenticate: `Basic`, `Negotiate`. */
  readonly asksFor?: string;
  readonly title?: string;
  readonly generator?: string;
  /** The Date header. */
  readonly date?: string;
  /** Of a redirect that leads elsewhere. */
  readonly location?: string;
  /** Who is recognised in it. */
  readonly product?: { readonly id: string; readonly name: string; readonly is: 'crm' | 'sign-on' | 'gate' | 'other' };
  /** There is a field for a password. */
  readonly asksPassword: boolean;
  /** The door speaks TLS and was asked without (or says that it is being maintained). */
  readonly says?: 'wants-tls' | 'maintenance';
  readonly ms: number;
}

export type PageReply =
  | { readonly kind: 'page'; readonly page: WebPage }
  | { readonly kind: 'failed'; readonly at: string; readonly code: string; readonly says: string };

/** What was seen on the way to a CRM's web server. */
export interface CrmReach {
  /** RFC 3339 */
  readonly at: string;
  /** Empty where the address is no URL. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /**
   * The environment leads this host through a proxy: `host:port`. Pages came through it; the name, the doors and TLS were
   * looked at from here, and what is closed here may be open there.
   */
  readonly proxy?: string;
  readonly lookup?: HostLookup;
  /** Only where the system found no address: what the resolver itself says. */
  readonly dns?: DnsReply;
  readonly contacts: readonly AddressContact[];
  /** Only where no address opened: the other ports of the web, to tell a firewall from a dead host. */
  readonly siblings: readonly { readonly port: number; readonly connect: ConnectResult }[];
  /** Only with https and an open door. */
  readonly tls?: { readonly handshake: Handshake } & Pick<TlsFact, 'aia' | 'completedBy'>;
  /** Only where TLS did not stand: the same door answers plain HTTP. */
  readonly inClear?: boolean;
  readonly page?: PageReply;
  /** Addresses at which this very product answers. */
  readonly elsewhere: readonly { readonly url: string; readonly name: string }[];
}
