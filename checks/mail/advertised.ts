import type { PortFact } from '../../src/model/contact-facts.ts';
import type { Advertised, DomainDnsFact, ZoneMx } from '../../src/model/dns-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import type { World } from '../../src/model/world.ts';
import { zoneServers } from '../../src/reason/zone-servers.ts';
import { contactWorks, welcomed } from './service.ts';

/** At most so many doors that are advertised beside the configured ones are knocked at. */
const mostDoors = 4;

const trouble = (service: Service, port: PortFact, tls: TlsFact): Advertised['trouble'] => {
  if (port.lookup.kind === 'failed' || port.lookup.addresses.length === 0) return 'no-address';
  if (!port.contacts.some(({ connect }) => connect.kind === 'open')) return 'closed';
  // Certificates are not asked for: whoever follows the record sees what is wrong with one.
  if (tls.handshake?.kind === 'done') {
    return tls.greeting && !welcomed(service.protocol, tls.greeting) ? 'other-service' : undefined;
  }
  if (!port.contacts.some((contact) => contactWorks(service.protocol, contact))) return 'other-service';
  return service.security === 'tls' ? 'no-tls' : 'no-starttls';
};

/** Each door that the SRV records name beside the configured ones, and whether it does what they say (RFC 6186, 8314). */
export const advertisedDoors = async (
  subject: Subject,
  candidates: DomainDnsFact['candidates'],
  { mail }: World,
  signal: AbortSignal,
): Promise<readonly Advertised[]> => {
  const doors = servicesOf(subject).flatMap((service) =>
    candidates[service.protocol].flatMap(({ from, host, port, security }): readonly Service[] => {
      if (from !== 'srv' || port === undefined || security === undefined) return [];
      const known = host.toLowerCase() === service.host.toLowerCase() && port === service.port;
      return known && security === service.security ? [] : [{ ...service, host, port, security }];
    }),
  );
  return Promise.all(
    doors.slice(0, mostDoors).map(async (service): Promise<Advertised> => {
      const [port, tls] = await Promise.all([mail.port(service, subject, signal), mail.tls(service, subject, signal)]);
      const { protocol, host, security } = service;
      const found = trouble(service, port, tls);
      return {
        protocol,
        host,
        port: service.port,
        // A door of the service is encrypted: `none` is never advertised.
        security: security === 'tls' ? 'tls' : 'starttls',
        ...(found ? { trouble: found } : {}),
      };
    }),
  );
};

/** What each name server of the zone says itself; asked where a message is sent, whose way depends on it. */
export const zoneMxOf = async (domain: string, { dns }: World, signal: AbortSignal): Promise<readonly ZoneMx[]> => {
  const servers = await zoneServers(dns.query, domain, signal, 4);
  const told = await Promise.all(
    servers.map(async ({ name, address }): Promise<readonly ZoneMx[]> => {
      const [mx, soa] = await Promise.all([
        dns.query(domain, 'MX', signal, { server: address }),
        dns.query(domain, 'SOA', signal, { server: address }),
      ]);
      if (mx.kind !== 'answered' || mx.rcode !== 'NOERROR' || mx.records.length === 0) return [];
      // SOA data: server, mailbox, serial (RFC 1035 3.3.13).
      const serial = soa.kind === 'answered' ? soa.records[0]?.data.split(/\s+/)[2] : undefined;
      return [
        {
          server: name,
          hosts: mx.records.map(({ data }) => data.toLowerCase()).toSorted(),
          ...(serial === undefined ? {} : { serial }),
        },
      ];
    }),
  );
  return told.flat();
};
