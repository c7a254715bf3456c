import { getDomain } from 'tldts';
import type { Subject } from '../model/mailbox.ts';
import type { Border, Hop } from '../model/trip-facts.ts';

/** Who runs a host: the domain that was registered; nothing for an address or a name without a dot. */
const ownerOf = (host: string): string | undefined =>
  getDomain(host.toLowerCase().replace(/\.$/, ''), { allowPrivateDomains: true }) ??
  // A name below no public suffix, as inside a company.
  (/^[a-z0-9.-]+\.[a-z]/i.test(host) ? host.toLowerCase().split('.').slice(-2).join('.') : undefined);

/**
 * The oldest step of the way on which a server of the mailbox's side took the message from somebody else's. Nothing where the
 * outgoing server is of the same side, and nothing for the first step of the way, which may be our own.
 */
export const borderOf = (
  hops: readonly Hop[],
  { services, address }: Pick<Subject, 'services' | 'address'>,
  mx: readonly string[],
): Border | undefined => {
  const own = [services.imap?.host, services.pop3?.host, address.slice(address.lastIndexOf('@') + 1), ...mx];
  const receiving = new Set(own.flatMap((host) => (host === undefined ? [] : (ownerOf(host) ?? []))));
  const sending = services.smtp && ownerOf(services.smtp.host);
  if (sending === undefined || receiving.has(sending)) return undefined;
  const at = hops.findIndex(({ by }) => receiving.has(ownerOf(by) ?? ''));
  const hop = hops[at];
  const sender = hop?.from === undefined ? undefined : ownerOf(hop.from);
  if (at < 1 || hop?.from === undefined || hop.address === undefined) return undefined;
  if (sender === undefined || receiving.has(sender)) return undefined;
  return { by: hop.by, from: hop.from, address: hop.address };
};
