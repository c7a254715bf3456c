import type { DnsReply } from '../model/dns-facts.ts';
import type { Dns } from '../model/world.ts';

/** A name server of a zone, and the address under which it is asked. */
export interface ZoneServer {
  readonly name: string;
  readonly address: string;
}

const recordsOf = (reply: DnsReply | undefined, type: 'A' | 'AAAA' | 'NS') =>
  reply?.kind === 'answered' ? reply.records.filter((record) => record.type === type) : [];

/** So many labels up a zone may begin; a top-level domain is nobody's mail zone. */
const mostSteps = 4;

/** The name and its parents, the name first, without the top-level domain. */
const upwards = (name: string): readonly string[] => {
  const labels = name.replace(/\.$/, '').split('.');
  return labels
    .slice(0, -1)
    .slice(0, mostSteps)
    .map((_, at) => labels.slice(at).join('.'));
};

/** The name servers of the zone that a name lies in, at most so many, each with an address; nobody where none is known. */
export const zoneServers = async (
  query: Dns['query'],
  name: string,
  signal: AbortSignal,
  most = 2,
): Promise<readonly ZoneServer[]> => {
  const replies = await Promise.all(upwards(name).map((zone) => query(zone, 'NS', signal)));
  const servers = replies.map((reply) => recordsOf(reply, 'NS')).find(({ length }) => length > 0) ?? [];
  const found = await Promise.all(
    servers.slice(0, most).map(async ({ data }): Promise<readonly ZoneServer[]> => {
      const [a, aaaa] = await Promise.all([query(data, 'A', signal), query(data, 'AAAA', signal)]);
      const [record] = [...recordsOf(a, 'A'), ...recordsOf(aaaa, 'AAAA')];
      return record ? [{ name: data, address: record.data }] : [];
    }),
  );
  return found.flat();
};
