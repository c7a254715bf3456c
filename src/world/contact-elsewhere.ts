import { isIP } from 'node:net';
import type { ConnectResult, PortFact } from '../model/contact-facts.ts';
import type { DnsReply, HostAddress, HostLookup } from '../model/dns-facts.ts';
import type { Service } from '../model/mailbox.ts';
import { zoneServers } from '../reason/zone-servers.ts';
import { connect } from './connect.ts';
import type { Kit } from './kit.ts';
import { leave } from './lines.ts';

const addressesIn = (...replies: readonly DnsReply[]): readonly HostAddress[] =>
  replies.flatMap((reply) =>
    reply.kind === 'answered'
      ? reply.records.flatMap(({ type, data }): readonly HostAddress[] =>
          type === 'A' || type === 'AAAA' ? [{ address: data, family: type === 'A' ? 4 : 6 }] : [],
        )
      : [],
  );

/** So many addresses that nobody was led to are knocked at. */
const mostKnocks = 2;

/**
 * Where other sources lead than the system's own answer: the resolver without the hosts file, and a name server of the
 * zone itself. Asked only where no address of the system's answer opens.
 */
export const elsewhereOf = async (
  { host, port, family }: Service,
  lookup: HostLookup,
  kit: Kit,
  signal: AbortSignal,
): Promise<PortFact['elsewhere']> => {
  if (lookup.kind === 'failed' || isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0 || !host.includes('.')) return undefined;
  const both = (options?: { readonly server: string }) =>
    Promise.all([kit.dns.query(host, 'A', signal, options), kit.dns.query(host, 'AAAA', signal, options)]);
  const fromZone = async () => {
    const [server] = await zoneServers(kit.dns.query, host, signal, 1);
    if (!server) return undefined;
    const addresses = addressesIn(...(await both({ server: server.address })));
    return addresses.length > 0 ? { server: server.name, addresses } : undefined;
  };
  const [published, authority] = await Promise.all([both().then((replies) => addressesIn(...replies)), fromZone()]);
  const known = new Set(lookup.addresses.map(({ address }) => address));
  const others = [...published, ...(authority?.addresses ?? [])]
    .filter((one) => family === undefined || one.family === family)
    .map(({ address }) => address)
    .filter((address, at, all) => !known.has(address) && all.indexOf(address) === at)
    .slice(0, mostKnocks);
  if (others.length === 0) return undefined;
  const knocks = await Promise.all(
    others.map(async (address): Promise<{ readonly address: string; readonly connect: ConnectResult }> => {
      const { result, socket } = await connect({ host, address, port }, kit, signal);
      if (socket) leave(socket);
      return { address, connect: result };
    }),
  );
  return { published, ...(authority ? { authority } : {}), knocks };
};
