import type { Evidence } from '../../src/model/check.ts';
import type { Change, Protocol } from '../../src/model/config.ts';
import type { HostCandidate } from '../../src/model/dns-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { doors, servicesOf } from '../../src/model/mailbox.ts';
import { domainFact } from '../dns/host-facts.ts';
import { mailDiscovery } from '../mail/discovery.check.ts';
import { domainOf } from '../mail/dns-questions.ts';
import { mailTls } from '../mail/tls.check.ts';
import type { Door } from './door-changes.ts';
import { toHost } from './door-changes.ts';

/** Hosts that might be meant, the best ground first. Plain JSON, since it stands in details. */
export type Hosts = readonly HostCandidate[];

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const mostCertified = 3;

/**
 * Names of the mailbox's domain in the certificates that its services show: whoever has one certificate for several
 * servers names them all in it. Only of a certificate that is trusted; of several names, those that say the protocol first.
 */
const certified = (evidence: Evidence, subject: Subject, { protocol }: Service): Hosts => {
  const below = `.${domainOf(subject.address).toLowerCase()}`;
  const names = servicesOf(subject).flatMap((other) => {
    const handshake = evidence.fact(mailTls[other.protocol])?.handshake;
    if (handshake?.kind !== 'done' || !handshake.trust.ok) return [];
    return handshake.chain[0]?.names ?? [];
  });
  const own = [...new Set(names.map((name) => name.toLowerCase()))].filter(
    (name) => name.endsWith(below) && /^[a-z0-9.-]{1,253}$/.test(name),
  );
  const says = (name: string): boolean => name.startsWith(protocol.slice(0, 3));
  return own
    .toSorted((left, right) => Number(says(right)) - Number(says(left)))
    .slice(0, mostCertified)
    .map((host) => ({ host, from: 'certificate' }));
};

/**
 * What the domain advertises (SRV, autoconfig, Autodiscover), what is known of its provider, then the hosts of the
 * mailbox's other services and the names in their certificates, then usual names and MX: an MX takes mail from other servers and need not serve the domain's
 * own users.
 */
export const hostsFor = (evidence: Evidence, subject: Subject, service: Service): Hosts => {
  const { protocol, host } = service;
  const named = [
    ...(domainFact(evidence)?.candidates[protocol] ?? []),
    ...(evidence.fact(mailDiscovery)?.candidates[protocol] ?? []),
  ];
  const siblings = servicesOf(subject)
    .filter((other) => other.protocol !== protocol)
    .map((other): HostCandidate => ({ host: other.host, from: 'name' }));
  const from = (source: HostCandidate['from']) => named.filter((one) => one.from === source);
  const all = [
    ...from('srv'),
    ...from('autoconfig'),
    ...from('autodiscover'),
    ...from('provider'),
    ...siblings,
    ...certified(evidence, subject, service),
    ...from('name'),
    ...from('mx'),
  ];
  return all.filter(
    (one, index) =>
      !same(one.host, host) &&
      all.findIndex((other) => same(other.host, one.host) && other.port === one.port) === index,
  );
};

/** The doors to try on another host: as advertised, as configured, then the standard ones; 25 is for relays only. */
const doorsOn = ({ port, security }: HostCandidate, service: Service): readonly Door[] => {
  const standard = doors[service.protocol].filter((door) => door.port !== 25 || service.port === 25);
  if (port !== undefined && security !== undefined) return [{ port, security }];
  return [{ port: service.port, security: service.security }, ...standard.filter((door) => door.port !== service.port)];
};

/** Whole changes of one service to another host: every host through its likeliest door first, then through the others. */
export const hostChanges = (hosts: Hosts, service: Service, subject: Subject): readonly (readonly Change[])[] => {
  const ways = hosts.map((candidate) => doorsOn(candidate, service).map((door) => ({ host: candidate.host, door })));
  const rounds = Math.max(0, ...ways.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => ways.flatMap((way) => way[round] ?? []))
    .flat()
    .map(({ host, door }) => toHost(service, subject, host, door));
};

/**
 * Changes of several services that share a wrong host: the best of each, then a host that all of them may have in common,
 * then the next of each.
 */
export const sharedHostChanges = (
  hosts: Readonly<Partial<Record<Protocol, Hosts>>>,
  subject: Subject,
): readonly (readonly Change[])[] => {
  const services = servicesOf(subject).filter(({ protocol }) => hosts[protocol]);
  const each = services.map((service) => hostChanges(hosts[service.protocol] ?? [], service, subject));
  const rounds = Math.max(0, ...each.map(({ length }) => length));
  const nth = (round: number) => each.flatMap((changes) => changes[round] ?? changes.at(-1) ?? []);
  const [first] = services;
  const common =
    services.length < 2 || !first
      ? []
      : (hosts[first.protocol] ?? []).filter((one) =>
          services.every(({ protocol }) => hosts[protocol]?.some((other) => same(other.host, one.host))),
        );
  const together = common.map(({ host }) =>
    services.flatMap((service) => hostChanges([{ host, from: 'name' }], service, subject)[0] ?? []),
  );
  const zipped = Array.from({ length: rounds }, (_, round) => nth(round));
  return [...zipped.slice(0, 1), ...together, ...zipped.slice(1)].filter(({ length }) => length > 0);
};
