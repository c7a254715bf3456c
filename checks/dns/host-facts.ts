import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { DnsReply, DomainDnsFact, HostDnsFact } from '../../src/model/dns-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { domainDns, hostDns } from '../mail/dns.check.ts';

/** A configured host and the services that use it. */
export interface HostView {
  readonly host: string;
  readonly services: readonly Service[];
  readonly check: AnyCheck;
  readonly fact: HostDnsFact;
}

// A host may bear the domain's own name; both questions then have one target, and only one of the two facts is there.
const isHostFact = (fact: HostDnsFact | DomainDnsFact): fact is HostDnsFact => 'system' in fact;
const isDomainFact = (fact: HostDnsFact | DomainDnsFact): fact is DomainDnsFact => 'relevant' in fact;

export const hostFact = (evidence: Evidence, protocol: Protocol): HostDnsFact | undefined => {
  const fact: HostDnsFact | DomainDnsFact | undefined = evidence.fact(hostDns[protocol]);
  return fact && isHostFact(fact) ? fact : undefined;
};

export const domainFact = (evidence: Evidence): DomainDnsFact | undefined => {
  const fact: HostDnsFact | DomainDnsFact | undefined = evidence.fact(domainDns);
  return fact && isDomainFact(fact) ? fact : undefined;
};

/** Every configured host once, with what the resolver said of it. */
export const hostViews = (evidence: Evidence, subject: Subject): readonly HostView[] =>
  grouped(servicesOf(subject), ({ host }) => host.toLowerCase()).flatMap((services) => {
    const [first] = services;
    const fact = first && hostFact(evidence, first.protocol);
    return first && fact ? [{ host: first.host, services, check: hostDns[first.protocol], fact }] : [];
  });

/** Hosts that do not resolve. */
export const unresolved = (evidence: Evidence, subject: Subject): readonly HostView[] =>
  hostViews(evidence, subject).filter(({ fact }) => fact.system.kind === 'failed' && !fact.literal);

/** The services' targets and the host's. */
export const affectedBy = ({ host, services }: Pick<HostView, 'host' | 'services'>): readonly string[] => [
  ...services.map(targetOf),
  host,
];

export const placesIn = (services: readonly Service[]): readonly Place[] =>
  services.map(({ protocol, host, port }) => ({ protocol, host, port }));

export const rcodeOf = (reply: DnsReply | undefined): string | undefined =>
  reply?.kind === 'answered' ? reply.rcode : undefined;

/** Why a name does not resolve: every unresolved host is exactly one of these. */
export type Unresolved =
  | 'no-such-host'
  | 'no-address'
  | 'cname-broken'
  | 'dnssec-bogus'
  | 'server-failure'
  | 'resolver-unreachable'
  | 'unclear';

const unanswered = (reply: DnsReply | undefined): boolean => reply?.kind === 'silent' || reply?.kind === 'failed';

export const whyUnresolved = ({ a, aaaa, root, unchecked, brokenCname, published }: HostDnsFact): Unresolved => {
  if (published.length > 0) return 'unclear';
  if (brokenCname && brokenCname.why !== 'failure') return 'cname-broken';
  if (unanswered(a) && unanswered(aaaa)) return unanswered(root) ? 'resolver-unreachable' : 'server-failure';
  const rcode = rcodeOf(a);
  if (rcode === undefined) return 'unclear';
  if (rcode === 'NXDOMAIN') return 'no-such-host';
  if (rcode === 'NOERROR') return rcodeOf(aaaa) === 'NOERROR' ? 'no-address' : 'unclear';
  // With checking disabled the same resolver gives an answer: it withheld it for its signatures (RFC 4035 3.2.2).
  const free = rcodeOf(unchecked);
  return rcode === 'SERVFAIL' && (free === 'NOERROR' || free === 'NXDOMAIN') ? 'dnssec-bogus' : 'server-failure';
};

/** A reply of the resolver in words. */
export const replyText = (name: string, type: string, reply: DnsReply | undefined): Text => {
  switch (reply?.kind) {
    case 'answered': {
      const what = reply.rcode === 'NOERROR' && reply.records.length === 0 ? 'NOERROR, no record' : reply.rcode;
      return both(
        `${type} of ${name}: ${what} (from ${reply.server})`,
        `${name} の ${type}: ${what}（応答元 ${reply.server}）`,
      );
    }
    case 'silent':
      return both(
        `${type} of ${name}: no answer from ${reply.servers.join(', ')}`,
        `${name} の ${type}: ${reply.servers.join('、')} から応答がありません`,
      );
    case 'failed':
      return both(
        `${type} of ${name}: ${reply.servers.join(', ')} could not be asked (${reply.code})`,
        `${name} の ${type}: ${reply.servers.join('、')} に問い合わせできません (${reply.code})`,
      );
    case undefined:
      return both(`${name} was not asked for ${type}`, `${name} の ${type} は問い合わせていません`);
  }
};

/** Where the questions went. */
export const serversOf = (reply: DnsReply | undefined): readonly string[] =>
  reply === undefined ? [] : reply.kind === 'answered' ? [reply.server] : reply.servers;
