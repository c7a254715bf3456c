import type { Protocol } from './config.ts';

/** What one question to the resolver brought (RFC 1035, RFC 8914). Names are lower case without the final dot. */
export type DnsReply =
  | {
      readonly kind: 'answered';
      readonly rcode: string;
      /** Records of the asked type at the end of the CNAME chain; empty = NODATA when rcode is NOERROR. */
      readonly records: readonly DnsRecord[];
      /** The CNAME chain from the asked name, the targets in order. */
      readonly cnames: readonly string[];
      readonly authenticated: boolean;
      readonly server: string;
      readonly ms: number;
    }
  /** No server answered in time. */
  | { readonly kind: 'silent'; readonly servers: readonly string[]; readonly ms: number }
  /** The server could not be reached, or answered with something that is no DNS message. */
  | { readonly kind: 'failed'; readonly servers: readonly string[]; readonly code: string; readonly ms: number };

export interface DnsRecord {
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' | 'SRV' | 'PTR' | 'NS' | 'SOA' | 'TLSA' | 'CAA';
  readonly name: string;
  readonly ttl: number;
  /** A, AAAA: the address; CNAME, PTR, NS: the name; MX, SRV: the target; TXT: the joined strings. */
  readonly data: string;
  /** MX preference or SRV priority. */
  readonly priority?: number;
  readonly weight?: number;
  /** SRV port. */
  readonly port?: number;
}

/** What getaddrinfo says, the way the CRM's own runtime asks (hosts file, search list, resolver). */
export type HostLookup =
  | { readonly kind: 'found'; readonly addresses: readonly HostAddress[]; readonly ms: number }
  /** code: ENOTFOUND, EAI_AGAIN, … */
  | { readonly kind: 'failed'; readonly code: string; readonly ms: number };

export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** A line of the system's hosts file that names a host. */
export interface HostsEntry {
  readonly file: string;
  readonly line: number;
  readonly address: string;
}

/** One host of the configuration, asked on both ways. */
export interface HostDnsFact {
  readonly host: string;
  /** An IP literal, or a name such as localhost that needs no DNS: nothing was asked. */
  readonly literal: boolean;
  readonly system: HostLookup;
  readonly a?: DnsReply;
  readonly aaaa?: DnsReply;
  /** Only after SERVFAIL: the A question again with checking disabled (CD, RFC 4035 3.2.2). */
  readonly unchecked?: DnsReply;
  /** Only where the name has no address: does the name have an MX (then it is a mail domain, not a host)? */
  readonly mx?: DnsReply;
  /** A name that every resolver must be able to answer ('.' NS), asked when nothing else answered. */
  readonly root?: DnsReply;
  /** Where a CNAME chain breaks: the target without address, or 'loop'. */
  readonly brokenCname?: { readonly target: string; readonly why: 'no-such-host' | 'no-address' | 'loop' | 'failure' };
  /** The addresses that the resolver gave, IPv4 first; without hosts file. */
  readonly published: readonly HostAddress[];
  /** Only where the system gives other addresses than the resolver: the lines of the hosts file that name it. */
  readonly hosts?: readonly HostsEntry[];
}

/** One host of the domain that might be the right one, with the ground that speaks for it. */
export interface HostCandidate {
  readonly host: string;
  readonly port?: number;
  readonly security?: 'tls' | 'starttls';
  /** The login name that the source gives with it. */
  readonly username?: string;
  /** The source says that it takes OAuth 2.0 only. */
  readonly oauth?: true;
  /** The source was read in clear: somebody on the way may have written it. */
  readonly unverified?: true;
  readonly from: 'srv' | 'autoconfig' | 'autodiscover' | 'provider' | 'certificate' | 'name' | 'mx';
}

/** A door that the domain advertises (SRV) beside the configured one, and what keeps it from doing what it says. */
export interface Advertised {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly trouble?: 'no-address' | 'closed' | 'other-service' | 'no-tls' | 'no-starttls';
}

/** The MX hosts as one name server of the zone gives them. */
export interface ZoneMx {
  readonly server: string;
  readonly hosts: readonly string[];
  readonly serial?: string;
}

/** The domain of the address: can it receive mail, and which hosts does it name? */
export interface DomainDnsFact {
  readonly domain: string;
  /** False where no host of this mailbox comes from DNS (literals, hosts file): the domain's records then say nothing. */
  readonly relevant: boolean;
  readonly mx: DnsReply;
  /** The address of the domain itself, the implicit MX of RFC 5321 5.1; asked when there is no MX. */
  readonly address?: DnsReply;
  /** Each MX target: its addresses, whether it is a CNAME or an address literal. */
  readonly targets: readonly MxTarget[];
  readonly candidates: Readonly<Record<'smtp' | 'imap' | 'pop3', readonly HostCandidate[]>>;
  /** Only what differs from the configured doors. */
  readonly advertised?: readonly Advertised[];
  /** Only where a round trip is asked for. */
  readonly zoneMx?: readonly ZoneMx[];
}

export interface MxTarget {
  readonly host: string;
  readonly priority: number;
  readonly kind: 'ok' | 'no-such-host' | 'no-address' | 'cname' | 'literal' | 'failure' | 'null';
  readonly addresses: readonly string[];
}
