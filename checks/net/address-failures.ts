import type { Evidence } from '../../src/model/check.ts';
import type { AddressContact } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { specialAddress } from '../dns/special-addresses.ts';
import { contactSymptom, contactWorks, mailPort } from '../mail/port.check.ts';

/** A service of which some addresses work and others do not. */
export interface Divided {
  readonly service: Service;
  readonly good: readonly AddressContact[];
  readonly dead: readonly AddressContact[];
}

/** A server that answers with a refusal is alive: its words are read elsewhere. */
const isDead = (service: Service, contact: AddressContact): boolean =>
  contact.connect.kind !== 'not-tried' &&
  contact.greeting?.kind !== 'greeted' &&
  !contactWorks(service.protocol, contact);

export const dividedServices = (evidence: Evidence, subject: Subject): readonly Divided[] =>
  servicesOf(subject).flatMap((service) => {
    const contacts = evidence.bad(mailPort[service.protocol])?.contacts ?? [];
    const good = contacts.filter((contact) => contactWorks(service.protocol, contact));
    // A private address beside public ones is a fault of the DNS and named there (dns.private-address).
    const misplaced = (address: string) =>
      specialAddress(address) !== undefined && good.some((contact) => !specialAddress(contact.address));
    const dead = contacts.filter((contact) => isDead(service, contact) && !misplaced(contact.address));
    return good.length > 0 && dead.length > 0 ? [{ service, good, dead }] : [];
  });

/** The family of which every address is dead, while the other one works. */
export const deadFamily = ({ good, dead }: Divided, family: 4 | 6): boolean =>
  dead.some((contact) => contact.family === family) && good.every((contact) => contact.family !== family);

/** `2001:db8::1: no answer (timed out)` */
export const deadText = ({ service }: Divided, contact: AddressContact): Text => {
  const symptom = contactSymptom(service.protocol, contact);
  return { en: `${contact.address}: ${symptom.en}`, ja: `${contact.address}: ${symptom.ja}` };
};
