import type { Finding } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import type { ClosedService } from './contacts.ts';
import { contactsText } from './contacts.ts';

/** What the causes of a closed port name. */
export interface ClosedDetail {
  readonly host: string;
  readonly places: readonly Place[];
  readonly addresses: readonly string[];
  /** EHOSTUNREACH and the like. */
  readonly code: string;
}

/** Changed settings that were proven to mend it, and names that lead astray, go before a closed port. */
export const unlessDeeper: readonly string[] = [
  'config.malformed-value',
  'config.placeholder',
  'config.wrong-port',
  'config.wrong-host',
  'config.protocol-mismatch',
  'net.submission-blocked',
  'dns.private-address',
  'dns.hosts-override',
  'dns.split-horizon',
];

/** One finding for closed services of one root. */
export const closedFinding = (
  group: readonly ClosedService[],
  confidence: number,
): readonly Finding<ClosedDetail>[] => {
  const [first] = group;
  if (!first) return [];
  return [
    {
      detail: {
        host: first.service.host,
        places: placesIn(group.map(({ service }) => service)),
        addresses: [...new Set(group.flatMap(({ contacts }) => contacts.map(({ address }) => address)))],
        code: first.code ?? '',
      },
      severity: 'critical',
      confidence,
      affects: group.map(({ service }) => targetOf(service)),
      evidence: group.map((one) => ({ check: one.check, says: contactsText(one) })),
    },
  ];
};

/** `993, 587` */
export const portsIn = (places: readonly Place[]): string => [...new Set(places.map(({ port }) => port))].join(', ');
