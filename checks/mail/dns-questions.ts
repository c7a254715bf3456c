import type { Protocol } from '../../src/model/config.ts';
import type {
  DnsRecord,
  DnsReply,
  DomainDnsFact,
  HostAddress,
  HostCandidate,
  HostDnsFact,
  MxTarget,
} from '../../src/model/dns-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { World } from '../../src/model/world.ts';

/** The part after the @, lower case, without a final dot. */
export const domainOf = (address: string): string =>
  address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.$/, '');

const localNames = /^(localhost|.*\.localhost)\.?$/i;
const addressLiteral = /^(\d{1,3}(\.\d{1,3}){3}|\[?[0-9a-f]*:[0-9a-f:.]*\]?)$/i;

/** Names that no DNS is asked for: addresses, and localhost (RFC 6761 6.3). */
export const isLiteral = (host: string): boolean => addressLiteral.test(host) || localNames.test(host);

const recordsOf = (reply: DnsReply | undefined): readonly DnsRecord[] =>
  reply?.kind === 'answered' ? reply.records : [];

const rcodeOf = (reply: DnsReply): string => (reply.kind === 'answered' ? reply.rcode : reply.kind);

const addressesOf = (a: DnsReply | undefined, aaaa: DnsReply | undefined): readonly HostAddress[] => [
  ...recordsOf(a).map(({ data }): HostAddress => ({ address: data, family: 4 })),
  ...recordsOf(aaaa).map(({ data }): HostAddress => ({ address: data, family: 6 })),
];

/** Where a CNAME chain ends without an address, and why. */
const brokenCname = (a: DnsReply, aaaa: DnsReply): HostDnsFact['brokenCname'] => {
  if (a.kind !== 'answered') return undefined;
  const target = a.cnames.at(-1);
  if (target === undefined || addressesOf(a, aaaa).length > 0) return undefined;
  if (new Set(a.cnames).size < a.cnames.length) return { target, why: 'loop' };
  if (a.rcode === 'NXDOMAIN') return { target, why: 'no-such-host' };
  return { target, why: a.rcode === 'NOERROR' ? 'no-address' : 'failure' };
};

/** The system leads to an address that the resolver does not give. */
const differ = (system: readonly HostAddress[], published: readonly HostAddress[]): boolean =>
  system.some(({ address }) => !published.some((other) => other.address === address));

/** Asks about one host as the CRM does (getaddrinfo) and as the resolver answers; follow-ups only where it fails. */
export const askHost = async (host: string, world: World, signal: AbortSignal): Promise<HostDnsFact> => {
  const literal = isLiteral(host);
  if (literal) return { host, literal, system: await world.dns.lookup(host, signal), published: [] };
  const [system, a, aaaa] = await Promise.all([
    world.dns.lookup(host, signal),
    world.dns.query(host, 'A', signal),
    world.dns.query(host, 'AAAA', signal),
  ]);
  const broken = brokenCname(a, aaaa);
  const published = addressesOf(a, aaaa);
  const shadowed = published.length > 0 && system.kind === 'found' && differ(system.addresses, published);
  const hosts = shadowed ? await world.dns.hosts(host) : [];
  const base: HostDnsFact = {
    host,
    literal,
    system,
    a,
    aaaa,
    published,
    ...(broken ? { brokenCname: broken } : {}),
    ...(hosts.length > 0 ? { hosts } : {}),
  };
  if (published.length > 0) return base;
  const servfail = rcodeOf(a) === 'SERVFAIL';
  const [unchecked, mx, root] = await Promise.all([
    servfail ? world.dns.query(host, 'A', signal, { checkingDisabled: true }) : undefined,
    rcodeOf(a) === 'NOERROR' ? world.dns.query(host, 'MX', signal) : undefined,
    rcodeOf(a) === 'NOERROR' || rcodeOf(a) === 'NXDOMAIN' ? undefined : world.dns.query('.', 'NS', signal),
  ]);
  return { ...base, ...(unchecked ? { unchecked } : {}), ...(mx ? { mx } : {}), ...(root ? { root } : {}) };
};

const targetKind = (a: DnsReply, aaaa: DnsReply, name: DnsReply): MxTarget['kind'] => {
  // A name that is an alias has a CNAME record of its own (RFC 2181 10.3).
  if (recordsOf(name).length > 0) return 'cname';
  if (addressesOf(a, aaaa).length > 0) return 'ok';
  if (a.kind !== 'answered') return 'failure';
  if (a.rcode === 'NXDOMAIN') return 'no-such-host';
  return a.rcode === 'NOERROR' ? 'no-address' : 'failure';
};

const mxTarget = async (record: DnsRecord, world: World, signal: AbortSignal): Promise<MxTarget> => {
  const host = record.data;
  const priority = record.priority ?? 0;
  if (host === '' || host === '.') return { host: '.', priority, kind: 'null', addresses: [] };
  if (addressLiteral.test(host)) return { host, priority, kind: 'literal', addresses: [host] };
  const [a, aaaa, name] = await Promise.all([
    world.dns.query(host, 'A', signal),
    world.dns.query(host, 'AAAA', signal),
    world.dns.query(host, 'CNAME', signal),
  ]);
  return {
    host,
    priority,
    kind: targetKind(a, aaaa, name),
    addresses: addressesOf(a, aaaa).map(({ address }) => address),
  };
};

// RFC 6186 and RFC 8314 5.1: what a domain advertises for its users.
const serviceRecords: Readonly<Record<Protocol, readonly (readonly [string, 'tls' | 'starttls'])[]>> = {
  smtp: [
    ['_submissions._tcp', 'tls'],
    ['_submission._tcp', 'starttls'],
  ],
  imap: [
    ['_imaps._tcp', 'tls'],
    ['_imap._tcp', 'starttls'],
  ],
  pop3: [
    ['_pop3s._tcp', 'tls'],
    ['_pop3._tcp', 'starttls'],
  ],
};

// The names that hosters give; each is only a candidate until a trial has worked.
const usualNames: Readonly<Record<Protocol, readonly string[]>> = {
  smtp: ['smtp', 'mail'],
  imap: ['imap', 'mail'],
  pop3: ['pop', 'pop3', 'mail'],
};

const bySrv = async (
  domain: string,
  protocol: Protocol,
  world: World,
  signal: AbortSignal,
): Promise<HostCandidate[]> => {
  const found = await Promise.all(
    serviceRecords[protocol].map(async ([prefix, security]) => {
      const records = recordsOf(await world.dns.query(`${prefix}.${domain}`, 'SRV', signal));
      return records
        .filter(({ data }) => data !== '' && data !== '.')
        .toSorted(
          (left, right) => (left.priority ?? 0) - (right.priority ?? 0) || (right.weight ?? 0) - (left.weight ?? 0),
        )
        .map(({ data, port }): HostCandidate => ({ host: data, ...(port ? { port } : {}), security, from: 'srv' }));
    }),
  );
  return found.flat();
};

const byName = async (
  domain: string,
  protocol: Protocol,
  world: World,
  signal: AbortSignal,
): Promise<HostCandidate[]> => {
  const found = await Promise.all(
    usualNames[protocol].map(async (label) => {
      const host = `${label}.${domain}`;
      const [a, aaaa] = await Promise.all([world.dns.query(host, 'A', signal), world.dns.query(host, 'AAAA', signal)]);
      return addressesOf(a, aaaa).length > 0 ? [{ host, from: 'name' } satisfies HostCandidate] : [];
    }),
  );
  return found.flat();
};

/** The domain's own address, IPv4 or else IPv6, which takes its mail where there is no MX (RFC 5321 5.1). */
const implicitMx = async (domain: string, world: World, signal: AbortSignal): Promise<DnsReply> => {
  const [a, aaaa] = await Promise.all([world.dns.query(domain, 'A', signal), world.dns.query(domain, 'AAAA', signal)]);
  return recordsOf(a).length > 0 || recordsOf(aaaa).length === 0 ? a : aaaa;
};

/** Whether a host is known to the DNS, not from the hosts file alone. */
export const livesInDns = async (host: string, world: World, signal: AbortSignal): Promise<boolean> => {
  const [system, a] = await Promise.all([world.dns.lookup(host, signal), world.dns.query(host, 'A', signal)]);
  return !(system.kind === 'found' && rcodeOf(a) !== 'NOERROR');
};

/** The domain's mail records, and every host that they or the usual names offer instead of the configured one. */
export const askDomain = async (subject: Subject, world: World, signal: AbortSignal): Promise<DomainDnsFact> => {
  const domain = domainOf(subject.address);
  const services = servicesOf(subject);
  const asked = services.filter(({ host }) => !isLiteral(host));
  if (asked.length === 0) {
    // Nothing of this mailbox lives on the DNS, so nobody is asked about its domain.
    const mx: DnsReply = { kind: 'failed', servers: [], code: 'NOT_ASKED', ms: 0 };
    return { domain, relevant: false, mx, targets: [], candidates: { smtp: [], imap: [], pop3: [] } };
  }
  const candidatesFor = async (protocol: Protocol): Promise<readonly HostCandidate[]> => {
    if (!subject.services[protocol]) return [];
    return (
      await Promise.all([bySrv(domain, protocol, world, signal), byName(domain, protocol, world, signal)])
    ).flat();
  };
  const [mx, hostReplies, smtp, imap, pop3] = await Promise.all([
    world.dns.query(domain, 'MX', signal),
    Promise.all(asked.map(({ host }) => livesInDns(host, world, signal))),
    candidatesFor('smtp'),
    candidatesFor('imap'),
    candidatesFor('pop3'),
  ]);
  const records = recordsOf(mx).toSorted((left, right) => (left.priority ?? 0) - (right.priority ?? 0));
  const [targets, address] = await Promise.all([
    Promise.all(records.slice(0, 10).map((record) => mxTarget(record, world, signal))),
    records.length === 0 ? implicitMx(domain, world, signal) : undefined,
  ]);
  const fromMx = targets
    .filter(({ kind }) => kind === 'ok' || kind === 'cname')
    .map(({ host }): HostCandidate => ({ host, from: 'mx' }));
  const seenOnce = (candidates: readonly HostCandidate[]) =>
    candidates.filter(
      ({ host, port }, index) => candidates.findIndex((other) => other.host === host && other.port === port) === index,
    );
  return {
    domain,
    relevant: hostReplies.some((fromDns) => fromDns),
    mx,
    ...(address ? { address } : {}),
    targets,
    candidates: {
      smtp: seenOnce([...smtp, ...fromMx]),
      imap: seenOnce([...imap, ...fromMx]),
      pop3: seenOnce([...pop3, ...fromMx]),
    },
  };
};
