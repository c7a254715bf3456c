import type { HostLookup } from '../model/dns-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { Kit } from './kit.ts';

/** The addresses of a service's host, those only that the CRM uses; a host that has none of them has no address for it. */
export const lookupFor = async (
  { dns }: Pick<Kit, 'dns'>,
  { host, family }: Pick<Service, 'host' | 'family'>,
  signal: AbortSignal,
): Promise<HostLookup> => {
  const lookup = await dns.lookup(host, signal);
  if (family === undefined || lookup.kind === 'failed') return lookup;
  return { ...lookup, addresses: lookup.addresses.filter((address) => address.family === family) };
};
