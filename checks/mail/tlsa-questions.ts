import type { DnsReply } from '../../src/model/dns-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { TlsaFact } from '../../src/model/policy-facts.ts';
import type { Certificate } from '../../src/model/tls-facts.ts';
import type { World } from '../../src/model/world.ts';
import type { AskDns } from '../../src/reason/spf-tree.ts';
import { compareTlsa, readTlsa } from '../../src/reason/tlsa.ts';
import { dataOf, short } from './dns-data.ts';
import { domainOf, isLiteral } from './dns-questions.ts';

interface Asking {
  readonly world: World;
  readonly ask: AskDns;
  readonly signal: AbortSignal;
}

/** The chain that a service showed to this run; the world connects once however often it is asked. */
export const chainOf = async (
  service: Service,
  subject: Subject,
  world: World,
  signal: AbortSignal,
): Promise<readonly Certificate[]> => {
  const { handshake } = await world.mail.tls(service, subject, signal);
  return handshake?.kind === 'done' ? handshake.chain : [];
};

/** Only where the resolver vouches for the answers (AD); without that the records bind nobody (RFC 7672 section 2.1). */
export const tlsaOf = async (
  service: Service,
  subject: Subject,
  { world, ask, signal }: Asking,
): Promise<readonly TlsaFact[]> => {
  const { host, port } = service;
  if (service.security === 'none' || isLiteral(host)) return [];
  const address = await ask(host, 'A');
  if (address.kind !== 'answered' || !address.authenticated) return [];
  const reply = await ask(`_${port}._tcp.${host}`, 'TLSA');
  if (reply.kind !== 'answered' || !reply.authenticated || reply.records.length === 0) return [];
  const read = await Promise.all(dataOf(reply).slice(0, mostRecords).map(readTlsa));
  const records = read.flatMap((record) => record ?? []);
  const chain = await chainOf(service, subject, world, signal);
  const key = chain[0]?.keyFingerprint;
  return [
    {
      target: targetOf(service),
      host,
      port,
      records: records.map(({ usage, selector, matching, data }) => `${usage} ${selector} ${matching} ${short(data)}`),
      compared: compareTlsa(records, chain),
      ...(key === undefined ? {} : { served: `3 1 1 ${key}` }),
    },
  ];
};

const mostRecords = 20;

/** Of each MX host one STARTTLS look is enough; a domain with more hosts has them from one provider. */
const mostHosts = 3;

/**
 * The servers that take the domain's mail, where senders find them by signed answers alone (RFC 7672 section 2.2.1). One
 * that is not reached from here, as where port 25 is closed, is not compared.
 */
export const mxTlsa = async (mx: DnsReply, subject: Subject, asking: Asking): Promise<readonly TlsaFact[]> => {
  if (mx.kind !== 'answered' || !mx.authenticated) return [];
  const { smtp } = subject.services;
  const domain = domainOf(subject.from);
  const hosts = mx.records
    .toSorted((left, right) => (left.priority ?? 0) - (right.priority ?? 0))
    .map(({ data }) => data)
    .filter((host, at, all) => host !== '' && host !== '.' && all.indexOf(host) === at)
    // The service that is configured is looked at anyway.
    .filter((host) => !(smtp?.port === 25 && smtp.host.toLowerCase() === host));
  const seen = hosts.slice(0, mostHosts).map(async (host) => {
    const door: Service = {
      protocol: 'smtp',
      host,
      port: 25,
      security: 'starttls',
      username: subject.address,
      folder: 'INBOX',
      path: `${subject.path}.smtp`,
      usernamePath: `${subject.path}.username`,
      as: 'node',
      ...(smtp?.ehlo === undefined ? {} : { ehlo: smtp.ehlo }),
    };
    return (await tlsaOf(door, subject, asking)).map((fact) => ({ ...fact, target: domain, takesFor: domain }));
  });
  return (await Promise.all(seen)).flat();
};
