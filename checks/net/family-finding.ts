import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { placesIn } from '../dns/host-facts.ts';
import { mailPort } from '../mail/port.check.ts';
import { deadFamily, deadText, dividedServices } from './address-failures.ts';
import { familyCandidates } from './family-candidates.ts';

/** What the causes of a dead address family name. */
export interface FamilyDetail {
  readonly hosts: readonly string[];
  readonly places: readonly Place[];
  readonly dead: readonly string[];
  readonly good: readonly string[];
  /** This machine has no address or route of that family at all. */
  readonly missingHere: boolean;
  /** The system names a dead address first: a program that keeps to its order waits there at every connection. */
  readonly deadFirst: boolean;
}

/** What keeps programs off the dead family, where it is in their way. */
export const familyDetour = (alive: 4 | 6, { deadFirst }: FamilyDetail, subject: Subject) =>
  deadFirst ? familyCandidates(alive, subject) : [];

export const familyDetourText = (change: readonly Change[]): Text =>
  change.length > 0
    ? both(
        ` With ${changeWords(change)} nothing has to be waited for.`,
        `${changeWords(change)} にすると、待ち時間なしで接続できることを確認しました。`,
      )
    : both('', '');

export const familyDetourSteps = (change: readonly Change[]): readonly Text[] =>
  change.length > 0
    ? [
        both(
          `Until it is repaired: set ${changeWords(change)}, and let the CRM use IPv${change[0]?.to} only (PHP: bindto, nodemailer and imapflow: family; else /etc/gai.conf).`,
          `復旧するまでは、${changeWords(change)} とし、CRM でも IPv${change[0]?.to} だけを使います（PHP は bindto、nodemailer や imapflow は family、ほかは /etc/gai.conf）。`,
        ),
      ]
    : [];

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
        deadFirst: divided.some(({ service }) => {
          const lookup = evidence.fact(mailPort[service.protocol])?.lookup;
          return lookup?.kind === 'found' && lookup.addresses[0]?.family === family;
        }),
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
