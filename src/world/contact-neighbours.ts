import type { HostAddress } from '../model/dns-facts.ts';
import { doors, type Service, type Subject } from '../model/mailbox.ts';
import type { AddressContact, ConnectResult, PortFact } from '../model/wire-facts.ts';
import { connect, type Door } from './connect.ts';
import type { Kit } from './kit.ts';
import { leave } from './lines.ts';

const knock = async (door: Door, kit: Kit, signal: AbortSignal): Promise<ConnectResult> => {
  const { result, socket } = await connect(door, kit, signal);
  if (socket) leave(socket);
  return result;
};

const oneOfEachFamily = (contacts: readonly AddressContact[]): readonly HostAddress[] =>
  ([4, 6] as const).flatMap((family) => contacts.find((contact) => contact.family === family) ?? []);

/** Not of mail, but open on most hosts and networks: it tells a firewall on mail ports from a dead host. */
const webPort = 443;

/** Other ports of the same host, where the service's own did not open on any address. */
const siblingsOf = (
  { host, port, protocol }: Service,
  contacts: readonly AddressContact[],
  kit: Kit,
  signal: AbortSignal,
): Promise<PortFact['siblings']> => {
  const ports = [...doors[protocol].map((door) => door.port), webPort].filter((other) => other !== port);
  const pairs = oneOfEachFamily(contacts).flatMap(({ address }) => ports.map((other) => ({ address, port: other })));
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

/** What the neighbourhood shows, asked only where no address opened. */
export const neighboursOf = async (
  service: Service,
  subject: Subject,
  contacts: readonly AddressContact[],
  kit: Kit,
  signal: AbortSignal,
): Promise<Pick<PortFact, 'siblings' | 'others25'>> => {
  const tried = contacts.filter(({ connect: { kind } }) => kind !== 'not-tried');
  if (tried.length === 0 || contacts.some(({ connect: { kind } }) => kind === 'open'))
    return { siblings: [], others25: [] };
  const lost = tried.some(({ connect: { kind } }) => kind === 'silent' || kind === 'unreachable');
  const [siblings, others25] = await Promise.all([
    siblingsOf(service, tried, kit, signal),
    service.port === 25 && lost ? others25Of(service, subject, kit, signal) : [],
  ]);
  return { siblings, others25 };
};
