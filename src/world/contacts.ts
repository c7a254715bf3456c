import type { PortFact } from '../model/contact-facts.ts';
import type { Service, Subject } from '../model/mailbox.ts';
import { servicesOf } from '../model/mailbox.ts';
import type { TlsFact } from '../model/tls-facts.ts';
import type { Mail } from '../model/world.ts';
import { identityOf } from './client-certificate.ts';
import { type Meeting, meet } from './contact-addresses.ts';
import { lookName } from './contact-dialogue.ts';
import { neighboursOf } from './contact-neighbours.ts';
import { type Shared, shelf } from './contact-shared.ts';
import type { Kit } from './kit.ts';
import { otherNames } from './own-names.ts';
import { completedByFile, completionOf, type OtherChain, otherNamesOf } from './tls-examination.ts';
import { asCrmOf, withoutSniOf } from './tls-profile.ts';
import { storeOf } from './tls-store.ts';
import { unspokenOf } from './tls-unspoken.ts';
import { versionsOf } from './tls-versions.ts';

const looked = [
  'protocol',
  'port',
  'security',
  'ca',
  'trust',
  'ehlo',
  'family',
  'as',
  'asVersion',
  'sni',
  'clientCertificate',
] as const satisfies readonly (keyof Service)[];

/** What makes two looks at a service the same look; the login changes nothing of what is seen. */
const keyOf = (service: Service): string =>
  JSON.stringify([service.host.toLowerCase(), ...looked.map((key) => service[key])]);

const domainOf = ({ address }: Subject): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** A meeting that waits for its turn at the host. */
const meetInTurn = (service: Service, kit: Kit, signal: AbortSignal): Meeting => {
  let known: Meeting | undefined;
  const started = new Promise<Meeting>((resolve, reject) => {
    const begin = async (): Promise<void> => {
      known = meet(service, kit, signal);
      resolve(known);
      await Promise.allSettled([known.contacts, known.talk]);
    };
    kit.ledger.session([service.host], begin, signal).catch(reject);
  });
  const later = <Answer>(part: (meeting: Meeting) => Promise<Answer>): Promise<Answer> => {
    const answer = started.then(part);
    // Whoever waits for one of them only is not to be ended by the others.
    answer.catch(() => undefined);
    return answer;
  };
  return {
    lookup: later(({ lookup }) => lookup),
    contacts: later(({ contacts }) => contacts),
    addresses: later(({ addresses }) => addresses),
    talk: later(({ talk }) => talk),
    opened: () => known?.opened() ?? false,
  };
};

/** One connection a service and address brings both facts; what a run saw once is not asked twice. */
export const createContacts = (kit: Kit): Pick<Mail, 'port' | 'tls'> => {
  const meetings = shelf<Meeting>();
  const ports = shelf<Promise<PortFact>>();
  const looks = shelf<Promise<TlsFact>>();
  const known = new Map<string, Shared<Meeting>>();

  const meeting = (service: Service): Shared<Meeting> => {
    const key = keyOf(service);
    const shared = meetings(key, (signal) => meetInTurn(service, kit, signal));
    known.set(key, shared);
    return shared;
  };

  /** What the mailbox's other services have sent, of those that are looked at in this run anyway. */
  const othersOf = async (service: Service, subject: Subject): Promise<readonly OtherChain[]> => {
    const others = servicesOf(subject).filter((other) => keyOf(other) !== keyOf(service));
    const chains = others.map(async (other): Promise<readonly OtherChain[]> => {
      // A meeting never waits for another one, so waiting for it here cannot go in a circle.
      const met = await known.get(keyOf(other))?.work.talk.catch(() => undefined);
      return met?.talk ? [{ service: other, sent: met.talk.sent }] : [];
    });
    return (await Promise.all(chains)).flat();
  };

  const portFact = async (service: Service, subject: Subject, signal: AbortSignal): Promise<PortFact> => {
    const met = meeting(service);
    const neighbours = neighboursOf(service, subject, met.work, kit, signal);
    const [{ lookup, contacts }, around] = await Promise.all([met.join(met.work.contacts, signal), neighbours]);
    return { lookup, contacts, ...around };
  };

  const tlsFact = async (service: Service, subject: Subject, signal: AbortSignal): Promise<TlsFact> => {
    const met = meeting(service);
    const { address, mode, talk } = await met.join(met.work.talk, signal);
    const at = kit.clock.now().toISOString();
    const identity = await identityOf(service, kit);
    if (!talk) return { at, address, mode, before: [], inside: [], otherNames: [] };
    const { sent, local, ...seen } = talk;
    const { handshake } = seen;
    const { lookup } = await met.join(met.work.contacts, signal);
    const addresses = lookup.kind === 'found' ? lookup.addresses.map((each) => each.address) : [address];
    const completion = async () => {
      if (handshake?.kind !== 'done') return {};
      if (!handshake.trust.ok) return completionOf(service, sent, () => othersOf(service, subject), signal);
      return service.ca !== undefined && (await completedByFile(service, sent)) ? { completedBy: service.ca } : {};
    };
    const ehlo = async () => {
      if (!seen.hello || service.protocol !== 'smtp') return undefined;
      const refusal = { reply: seen.hello, step: 'hello', protocol: 'smtp' } as const;
      return otherNames(kit, refusal, { said: lookName(service, local), local }, signal);
    };
    const small = async () =>
      handshake?.kind === 'silent'
        ? (await import('./tls-small-answer.ts')).smallAnswerOf(service, { handshake, address, kit, signal })
        : undefined;
    const again = { handshake, address, kit, signal };
    // What waits for the other services' talks waits outside of the turn, since those wait for a turn too.
    const examine = () =>
      Promise.all([
        otherNamesOf(service, { handshake, addresses, kit, signal }),
        versionsOf(service, again),
        unspokenOf(service, again),
        ehlo(),
        small(),
        asCrmOf(service, again),
        withoutSniOf(service, again),
        storeOf(service, { handshake, sent, now: kit.clock.now() }),
      ]);
    const [completed, [otherHosts, versions, unspoken, otherEhlo, smallAnswer, asCrm, withoutSni, store]] =
      await Promise.all([completion(), kit.ledger.session([service.host], examine, signal)]);
    return {
      at,
      address,
      mode,
      ...seen,
      ...completed,
      otherNames: otherHosts,
      ...(versions ? { versions } : {}),
      ...(unspoken ? { unspoken } : {}),
      ...(otherEhlo ? { otherEhlo } : {}),
      ...(smallAnswer ? { smallAnswer } : {}),
      ...(asCrm ? { asCrm } : {}),
      ...(withoutSni ? { withoutSni } : {}),
      ...(store ? { store } : {}),
      ...(identity ? { clientCertificate: identity.fact } : {}),
    };
  };

  // What is seen hangs on the service, on what else the mailbox has, and on its domain (whose MX hosts may be knocked at): a
  // thousand mailboxes of one kind are one look.
  const asked = (service: Service, subject: Subject): string =>
    JSON.stringify([keyOf(service), servicesOf(subject).map(keyOf), domainOf(subject)]);
  return {
    port: (service, subject, signal) => {
      const shared = ports(asked(service, subject), (either) => portFact(service, subject, either));
      return shared.join(shared.work, signal);
    },
    tls: (service, subject, signal) => {
      const shared = looks(asked(service, subject), (either) => tlsFact(service, subject, either));
      return shared.join(shared.work, signal);
    },
  };
};
