import type { AddressContact, ConnectResult, PortFact } from '../model/contact-facts.ts';
import type { HostAddress, HostLookup } from '../model/dns-facts.ts';
import { doors, type Service, type Subject } from '../model/mailbox.ts';
import { connect, type Door } from './connect.ts';
import type { Meeting } from './contact-addresses.ts';

import type { Kit } from './kit.ts';
import { leave } from './lines.ts';

const knock = async (door: Door, kit: Kit, signal: AbortSignal): Promise<ConnectResult> => {
  const { result, socket } = await connect(door, kit, signal);
  if (socket) leave(socket);
  return result;
};

const oneOfEachFamily = (addresses: readonly HostAddress[]): readonly HostAddress[] =>
  ([4, 6] as const).flatMap((family) => addresses.find((each) => each.family === family) ?? []);

/** Not of mail, but open on most hosts and networks: it tells a firewall on mail ports from a dead host. */
const webPort = 443;

/** Other ports of the same host, where the service's own did not open on any address. */
const siblingsOf = (
  { host, port, protocol }: Service,
  addresses: readonly HostAddress[],
  kit: Kit,
  signal: AbortSignal,
): Promise<PortFact['siblings']> => {
  const ports = [...doors[protocol].map((door) => door.port), webPort].filter((other) => other !== port);
  const pairs = oneOfEachFamily(addresses).flatMap(({ address }) => ports.map((other) => ({ address, port: other })));
  return Promise.all(pairs.map(async (pair) => ({ ...pair, connect: await knock({ host, ...pair }, kit, signal) })));
};

/** So many strangers' hosts are enough to tell a blocked port from one dead server. */
const mostOthers = 3;

/** Port 25 of the address domain's MX hosts: blocked everywhere is the network's policy (OP25B), not a server's. */
const others25Of = async (
  { host }: Service,
  { address }: Subject,
  kit: Kit,
  signal: AbortSignal,
): Promise<PortFact['others25']> => {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const reply = await kit.dns.query(domain, 'MX', signal);
  if (reply.kind !== 'answered') return [];
  const hosts = [...reply.records]
    .filter(({ type, data }) => type === 'MX' && data !== '' && data !== '.')
    .sort((one, other) => (one.priority ?? 0) - (other.priority ?? 0))
    .map(({ data }) => data.toLowerCase().replace(/\.$/, ''))
    .filter((name, at, all) => name !== host.toLowerCase() && all.indexOf(name) === at)
    .slice(0, mostOthers);
  const asked = hosts.map(async (name): Promise<PortFact['others25']> => {
    const found = await kit.dns.lookup(name, signal);
    const [first] = found.kind === 'found' ? found.addresses : [];
    if (!first) return [];
    return [{ host: name, connect: await knock({ host: name, address: first.address, port: 25 }, kit, signal) }];
  });
  return (await Promise.all(asked)).flat();
};

/** What the neighbourhood shows. */
export type Neighbourhood = Pick<PortFact, 'siblings' | 'others25' | 'elsewhere' | 'proxy'>;

const nobody: Neighbourhood = { siblings: [], others25: [] };

/**
 * So long an address may take to accept before the neighbourhood is asked meanwhile: the way around the world and back
 * takes less, and the two time-outs of a filtered host are then one.
 */
const patienceMs = 500;

const knockAround = async (
  service: Service,
  subject: Subject,
  {
    addresses,
    lookup,
    lost,
  }: { readonly addresses: readonly HostAddress[]; readonly lookup: HostLookup; readonly lost: boolean },
  kit: Kit,
  signal: AbortSignal,
): Promise<Neighbourhood> => {
  // Not loaded where all is well.
  const [{ elsewhereOf }, { throughProxy }] = await Promise.all([
    import('./contact-elsewhere.ts'),
    import('./contact-proxy.ts'),
  ]);
  const [siblings, others25, elsewhere, proxy] = await Promise.all([
    siblingsOf(service, addresses, kit, signal),
    service.port === 25 && lost ? others25Of(service, subject, kit, signal) : [],
    elsewhereOf(service, lookup, kit, signal),
    lost ? throughProxy(service, kit, signal) : undefined,
  ]);
  return { siblings, others25, ...(elsewhere ? { elsewhere } : {}), ...(proxy ? { proxy } : {}) };
};

const pause = (ms: number): { readonly over: Promise<void>; readonly cut: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { over, cut: () => clearTimeout(timer) };
};

/** What the neighbourhood shows where no address opens; asked as soon as none has opened for a moment. */
export const neighboursOf = async (
  service: Service,
  subject: Subject,
  met: Pick<Meeting, 'lookup' | 'addresses' | 'contacts' | 'opened'>,
  kit: Kit,
  signal: AbortSignal,
): Promise<Neighbourhood> => {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  const { over, cut } = pause(patienceMs);
  const early = await Promise.race([over.then(() => 'late' as const), met.contacts]).finally(cut);
  const addresses = await met.addresses;
  let meanwhile: Promise<Neighbourhood> | undefined;
  if (early === 'late' && !met.opened() && addresses.length > 0) {
    meanwhile = knockAround(service, subject, { addresses, lookup: await met.lookup, lost: true }, kit, either);
    // Given up where an address opens after all.
    meanwhile.catch(() => undefined);
  }
  const { lookup, contacts } = await met.contacts;
  const tried: readonly AddressContact[] = contacts.filter(({ connect: { kind } }) => kind !== 'not-tried');
  if (tried.length === 0 || contacts.some(({ connect: { kind } }) => kind === 'open')) {
    own.abort();
    return nobody;
  }
  const lost = tried.some(({ connect: { kind } }) => kind === 'silent' || kind === 'unreachable');
  return meanwhile ?? knockAround(service, subject, { addresses: tried, lookup, lost }, kit, signal);
};
