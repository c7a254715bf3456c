import type { AddressContact } from '../model/contact-facts.ts';
import type { HostAddress, HostLookup } from '../model/dns-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { TlsFact } from '../model/tls-facts.ts';
import { identityOf } from './client-certificate.ts';
import { connect } from './connect.ts';
import { type Talk, talkInClear, talkInTls } from './contact-conversation.ts';
import { dialogueOf } from './contact-dialogue.ts';
import { lookupFor } from './family.ts';
import type { Kit } from './kit.ts';
import { leave, open } from './lines.ts';
import { invites, openingOf } from './opening.ts';
import { lookContext } from './tls-context.ts';

/** At most so many addresses of each family. */
const mostPerFamily = 2;

const chosen = (lookup: HostLookup): readonly HostAddress[] => {
  if (lookup.kind === 'failed') return [];
  const count = { 4: 0, 6: 0 };
  return lookup.addresses.filter(({ family }) => {
    count[family] += 1;
    return count[family] <= mostPerFamily;
  });
};

/** What one address turned out to be, and how to go on with it or to leave. */
interface Candidate {
  readonly contact: AddressContact;
  /** Present where the address works. */
  readonly talk?: () => Promise<Talk>;
  readonly bye: () => void;
}

const nothing = (): void => undefined;

const candidateAt = async (
  service: Service,
  { address, family }: HostAddress,
  kit: Kit,
  { signal, opened }: { readonly signal: AbortSignal; readonly opened: () => void },
): Promise<Candidate> => {
  const { host, port, protocol, security } = service;
  const door = { host, address, port };
  const { result, socket } = await connect(door, kit, signal);
  const at = { address, family, connect: result };
  if (!socket) return { contact: at, bye: nothing };
  opened();
  const identity = await identityOf(service, kit);
  const request = { service, limits: kit.limits, signal, ...(identity ? { identity } : {}) };
  if (security === 'tls') return { contact: at, talk: () => talkInTls(socket, request), bye: () => leave(socket) };
  const lines = open(socket);
  const quiet = (): boolean => socket.bytesRead === 0;
  const opening = await openingOf(lines, { asked: protocol, door, kit, quiet, signal });
  const contact = { ...at, greeting: opening.greeting };
  const { farewell } = dialogueOf(service, undefined);
  const { greeting } = opening;
  // Only who speaks our protocol is told goodbye in it.
  const spoken = greeting.kind === 'greeted' && greeting.speaks === protocol;
  const bye = (): void => lines.close(spoken ? farewell : undefined);
  if (!invites(protocol, greeting)) {
    bye();
    return { contact, bye: nothing };
  }
  return { contact, talk: () => talkInClear(socket, { lines, opening }, request), bye };
};

/** How long an earlier address may hold up a later one that already works (RFC 8305 5: connection attempt delay). */
const headStartMs = 250;

/**
 * The first in order that works. Each earlier one that has not answered yet is waited for a moment only, so that a dead
 * first address does not double the time of a run.
 */
const firstThatWorks = (candidates: readonly Promise<Candidate>[]): Promise<Candidate | undefined> =>
  new Promise((resolve, reject) => {
    const known: (Candidate | undefined)[] = candidates.map(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const decide = (evenIfLater: boolean): void => {
      for (const candidate of known) {
        if (candidate?.talk) {
          clearTimeout(timer);
          resolve(candidate);
          return;
        }
        if (!candidate && !evenIfLater) break;
      }
      if (known.some((candidate) => candidate?.talk)) timer ??= setTimeout(() => decide(true), headStartMs);
      else if (known.every(Boolean)) resolve(undefined);
    };
    candidates.forEach((candidate, at) => {
      candidate.then((value) => {
        known[at] = value;
        decide(false);
      }, reject);
    });
    decide(false);
  });

/**
 * One service on the wire: what its addresses are, as soon as that is known, and the talk with the first that works.
 */
export interface Meeting {
  readonly contacts: Promise<{ readonly lookup: HostLookup; readonly contacts: readonly AddressContact[] }>;
  readonly lookup: Promise<HostLookup>;
  /** The addresses that are connected to, and whether one of them has accepted by now. */
  readonly addresses: Promise<readonly HostAddress[]>;
  readonly opened: () => boolean;
  /** No talk where no address works. */
  readonly talk: Promise<{ readonly address: string; readonly mode: TlsFact['mode']; readonly talk?: Talk }>;
}

/** Connects to all addresses side by side and goes on with the first that works. */
export const meet = (service: Service, kit: Kit, signal: AbortSignal): Meeting => {
  const lookup = lookupFor(kit, service, signal);
  const addresses = lookup.then(chosen);
  let accepted = false;
  const opened = (): void => {
    accepted = true;
  };
  const started = addresses.then((all) => {
    const candidates = all.map((address) => candidateAt(service, address, kit, { signal, opened }));
    // Each failure is seen by those who wait for all; alone it must not count as unhandled.
    for (const candidate of candidates) candidate.catch(nothing);
    // Parsing the trusted certificates takes longer than a connection on the same network: it starts while that opens.
    if (service.security !== 'none' && candidates.length > 0) lookContext(service).catch(nothing);
    return candidates;
  });
  const contacts = Promise.all([lookup, started.then((candidates) => Promise.all(candidates))]).then(
    ([found, candidates]) => ({ lookup: found, contacts: candidates.map(({ contact }) => contact) }),
  );
  const talk = (async () => {
    const candidates = await started;
    const sendOff = (best: Candidate | undefined): void => {
      for (const candidate of candidates) {
        candidate.then((one) => {
          if (one !== best) one.bye();
        }, nothing);
      }
    };
    // On abort there is no best one, and nobody else closes those who wait for their turn.
    const best = await firstThatWorks(candidates).catch((error: unknown) => {
      sendOff(undefined);
      throw error;
    });
    sendOff(best);
    const mode = service.security;
    if (best?.talk) return { address: best.contact.address, mode, talk: await best.talk() };
    const all = await Promise.all(candidates);
    const opened = all.find(({ contact }) => contact.connect.kind === 'open') ?? all[0];
    return { address: opened?.contact.address ?? '', mode };
  })();
  for (const promise of [lookup, addresses, contacts, talk]) promise.catch(nothing);
  return { lookup, contacts, addresses, opened: () => accepted, talk };
};
