import type { DnsReply } from '../../src/model/dns-facts.ts';

/** The DNS did tell, if only that there is nothing. */
export const settled = (reply: DnsReply): boolean =>
  reply.kind === 'answered' && (reply.rcode === 'NOERROR' || reply.rcode === 'NXDOMAIN');

export const dataOf = (reply: DnsReply): readonly string[] =>
  reply.kind === 'answered' ? reply.records.map(({ data }) => data) : [];

/** What is kept of a text that nobody reads to its end. */
export const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
