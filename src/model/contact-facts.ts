import type { Protocol } from './config.ts';
import type { HostAddress, HostLookup } from './dns-facts.ts';

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
