import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import { mailPort } from '../mail/port.check.ts';
import { deadFamily, deadText, dividedServices } from './address-failures.ts';

/** What the causes of a dead address family name. */
export interface FamilyDetail {
  readonly hosts: readonly string[];
  readonly places: readonly Place[];
  readonly dead: readonly string[];
  readonly good: readonly string[];
  /** This machine has no address or route of that family at all. */
  readonly missingHere: boolean;
}

const noFamilyHere = /^(?:ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT)$/;

/** One way of a family is used by all services: one finding for all of them. */
export const familyFindings = (
  family: 4 | 6,
  evidence: Evidence,
  subject: Subject,
): readonly Finding<FamilyDetail>[] => {
  const divided = dividedServices(evidence, subject).filter((one) => deadFamily(one, family));
  if (divided.length === 0) return [];
  const dead = divided.flatMap((one) => one.dead.filter((contact) => contact.family === family));
  const addresses = (contacts: readonly { readonly address: string }[]) => [
    ...new Set(contacts.map(({ address }) => address)),
  ];
  return [
    {
      detail: {
        hosts: [...new Set(divided.map(({ service }) => service.host))],
        places: placesIn(divided.map(({ service }) => service)),
        dead: addresses(dead),
        good: addresses(divided.flatMap(({ good }) => good)),
        missingHere: dead.every(({ connect }) => connect.kind === 'unreachable' && noFamilyHere.test(connect.code)),
      },
      severity: 'warning',
      confidence: 0.93,
      affects: divided.map(({ service }) => targetOf(service)),
      evidence: divided.flatMap((one) =>
        one.dead
          .filter((contact) => contact.family === family)
          .map((contact) => ({ check: mailPort[one.service.protocol], says: deadText(one, contact) })),
      ),
    },
  ];
};
