import type { AddressContact, PortFact } from '../../src/model/contact-facts.ts';
import type { HostAddress } from '../../src/model/dns-facts.ts';

/** So long Node.js waits for each address but the last (net.setDefaultAutoSelectFamilyAttemptTimeout, since Node 20). */
export const nodeAttemptMs = 250;

/** The families alternate, that of the first address begins (lib/net.js, lookupAndConnectMultiple). */
export const inNodeOrder = (addresses: readonly HostAddress[]): readonly HostAddress[] => {
  const first = addresses[0]?.family;
  const of = (same: boolean) => addresses.filter(({ family }) => (family === first) === same);
  const [own, other] = [of(true), of(false)];
  const rounds = Math.max(own.length, other.length);
  return Array.from({ length: rounds }, (_, round) => [own[round], other[round]])
    .flat()
    .filter((address) => address !== undefined);
};

/** What Node.js makes of a host's addresses. */
export interface NodeAttempt {
  readonly connects: boolean;
  /** Addresses that accept, but later than Node.js waits for them. */
  readonly tooSlow: readonly AddressContact[];
}

/** Plays Node's attempts with what was measured: one after another, each but the last with its own short limit. */
export const asNodeConnects = ({ lookup, contacts }: Pick<PortFact, 'lookup' | 'contacts'>): NodeAttempt => {
  const order = lookup.kind === 'found' ? inNodeOrder(lookup.addresses) : [];
  const tooSlow: AddressContact[] = [];
  for (const [at, { address }] of order.entries()) {
    const contact = contacts.find((one) => one.address === address);
    // An address that was not looked at may work, so nothing can be said from here on.
    if (!contact || contact.connect.kind === 'not-tried') return { connects: true, tooSlow: [] };
    if (contact.connect.kind !== 'open') continue;
    if (at === order.length - 1 || contact.connect.ms <= nodeAttemptMs) return { connects: true, tooSlow };
    tooSlow.push(contact);
  }
  return { connects: false, tooSlow };
};
