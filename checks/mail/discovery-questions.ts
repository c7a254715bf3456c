import type { Protocol } from '../../src/model/config.ts';
import type { DiscoveryAnswer } from '../../src/model/discovery-facts.ts';
import type { HostCandidate, MxTarget } from '../../src/model/dns-facts.ts';
import type { World } from '../../src/model/world.ts';
import type { KnownProvider } from '../../src/reason/provider.ts';

export type Candidates = Readonly<Record<Protocol, readonly HostCandidate[]>>;

/** What a domain, who takes its mail, and the table of providers say of its servers. */
export interface Discovered {
  readonly answers: readonly DiscoveryAnswer[];
  readonly provider?: KnownProvider;
  readonly candidates: Candidates;
}

/** Nothing but doors with TLS: what a file offers in clear is no candidate for a password. */
const candidateIn = ({ how, verified, result }: DiscoveryAnswer, protocol: Protocol): readonly HostCandidate[] => {
  if (result.kind !== 'found') return [];
  return result.services.flatMap(({ protocol: offered, host, port, security, username, login }) =>
    offered !== protocol || security === 'none'
      ? []
      : [
          {
            host,
            port,
            security,
            ...(username === undefined ? {} : { username }),
            ...(login === 'oauth' ? { oauth: true as const } : {}),
            ...(verified ? {} : { unverified: true as const }),
            from: how === 'autodiscover' ? 'autodiscover' : 'autoconfig',
          },
        ],
  );
};

const sameDoor = (left: HostCandidate, right: HostCandidate): boolean =>
  left.host.toLowerCase() === right.host.toLowerCase() && left.port === right.port && left.security === right.security;

/** Each door once, at the best ground that speaks for it; a later one may add the login name. */
export const eachOnce = <Candidate extends HostCandidate>(candidates: readonly Candidate[]): readonly Candidate[] => {
  const kept: Candidate[] = [];
  for (const one of candidates) {
    const at = kept.findIndex((other) => sameDoor(one, other));
    const known = kept[at];
    if (!known) kept.push(one);
    else if (known.username === undefined && one.username !== undefined) {
      kept[at] = { ...known, username: one.username };
    }
  }
  return kept;
};

/** The name that leads back from an IPv4 address (RFC 1035 3.5). */
const reverseName = (address: string): string | undefined =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(address) ? `${address.split('.').toReversed().join('.')}.in-addr.arpa` : undefined;

/** Names of who takes the mail: the MX hosts, and what their addresses are called, since many domains have an MX of their own name. */
const serverNames = async (
  targets: readonly MxTarget[],
  world: World,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const usable = targets.filter(({ kind }) => kind === 'ok' || kind === 'cname');
  const reverse = usable
    .flatMap(({ addresses }) => addresses)
    .slice(0, 2)
    .flatMap((address) => reverseName(address) ?? []);
  const replies = await Promise.all(reverse.map((name) => world.dns.query(name, 'PTR', signal)));
  const names = replies.flatMap((reply) => (reply.kind === 'answered' ? reply.records.map(({ data }) => data) : []));
  return [...usable.map(({ host }) => host), ...names];
};

/** Whom a mailbox belongs to, as far as its address and the names of its servers tell. */
const findProvider = async (
  domain: string,
  targets: readonly MxTarget[],
  world: World,
  signal: AbortSignal,
): Promise<KnownProvider | undefined> => {
  const { providerOf } = await import('../../src/reason/provider.ts');
  const known = providerOf(domain, []);
  if (known) return known;
  const [servers, autodiscover] = await Promise.all([
    serverNames(targets, world, signal),
    world.dns.query(`autodiscover.${domain}`, 'A', signal),
  ]);
  // Behind a filter that takes the mail, the alias still names the provider of the mailbox.
  const aliases = autodiscover.kind === 'answered' ? autodiscover.cnames : [];
  return providerOf(domain, [...servers, ...aliases]);
};

export interface DiscoverOptions {
  readonly address: string;
  readonly domain: string;
  readonly targets: readonly MxTarget[];
  readonly limitMs: number;
  readonly ca?: string;
  readonly ispdb?: boolean;
}

/** Asks the domain's autoconfig and Autodiscover, and looks its servers up among the known providers. */
export const discover = async (
  { address, domain, targets, limitMs, ca, ispdb }: DiscoverOptions,
  world: World,
  signal: AbortSignal,
): Promise<Discovered> => {
  const mx = targets.filter(({ kind }) => kind === 'ok' || kind === 'cname').map(({ host }) => host);
  const question = { address, domain, mx, ...(ca === undefined ? {} : { ca }), ...(ispdb ? { ispdb } : {}) };
  const [autoconfig, autodiscover, provider] = await Promise.all([
    world.discovery.autoconfig(question, limitMs, signal),
    world.discovery.autodiscover(question, limitMs, signal),
    findProvider(domain, targets, world, signal),
  ]);
  const answers = [...autoconfig, ...autodiscover];
  const { providerCandidates } = await import('../../src/reason/provider.ts');
  const known = provider ? providerCandidates(provider, address) : undefined;
  const of = (protocol: Protocol): readonly HostCandidate[] =>
    eachOnce([...answers.flatMap((answer) => candidateIn(answer, protocol)), ...(known?.[protocol] ?? [])]);
  return {
    answers,
    ...(provider ? { provider } : {}),
    candidates: { smtp: of('smtp'), imap: of('imap'), pop3: of('pop3') },
  };
};
