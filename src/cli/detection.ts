import type { Discovered } from '../../checks/mail/discovery-questions.ts';
import { discover, eachOnce } from '../../checks/mail/discovery-questions.ts';
import { askDomain, domainOf } from '../../checks/mail/dns-questions.ts';
import { mailPort } from '../../checks/mail/port.check.ts';
import { mailTls } from '../../checks/mail/tls.check.ts';
import type { MailConfig, Protocol, ServiceConfig } from '../model/config.ts';
import { protocols } from '../model/config.ts';
import type { HostCandidate } from '../model/dns-facts.ts';
import { doors, subjectOf } from '../model/mailbox.ts';
import type { Verdict } from '../model/outcome.ts';
import type { Text } from '../model/text.ts';
import type { TlsFact } from '../model/tls-facts.ts';
import type { World } from '../model/world.ts';

/** A host with a port and a mode. */
export type Door = HostCandidate & Required<Pick<HostCandidate, 'port' | 'security'>>;

/** What came of knocking there, without any login. */
export interface TriedDoor {
  readonly door: Door;
  /** good: greets, and TLS holds; doubtful: greets inside TLS, but the certificate does not hold; dead: nothing of it. */
  readonly state: 'good' | 'doubtful' | 'dead';
  readonly says: Text;
  /** Names of the certificate that lead to the same server, where the asked name is not among them. */
  readonly otherNames: readonly string[];
}

/** Everything that was found out about a mailbox's servers, with what it was found by. */
export interface Detected extends Pick<Discovered, 'answers' | 'provider'> {
  readonly domain: string;
  readonly tried: Readonly<Record<Protocol, readonly TriedDoor[]>>;
}

export interface DetectionOptions {
  readonly mail: MailConfig;
  readonly ispdb?: boolean;
}

const discoveryMs = 10_000;
/** Ports are knocked at side by side; more names than this are not worth it. */
const mostDoors = 10;

/** A host that names no port is tried at its protocol's standard doors. */
const doorsOf = (protocol: Protocol, candidate: HostCandidate): readonly Door[] => {
  const { port, security } = candidate;
  if (port !== undefined && security !== undefined) return [{ ...candidate, port, security }];
  return doors[protocol].flatMap((door) =>
    door.port === 25 || door.security === 'none' || (port !== undefined && door.port !== port)
      ? []
      : [{ ...candidate, port: door.port, security: door.security }],
  );
};

const bad = (verdict: Verdict): Text | undefined =>
  verdict.grade === 'fail' || verdict.grade === 'unknown' ? verdict.symptom : undefined;

const inOrder: Text = { en: 'answers, the certificate holds', ja: '応答あり、証明書も正常' };

const knock = async (
  protocol: Protocol,
  door: Door,
  mail: MailConfig,
  world: World,
  signal: AbortSignal,
): Promise<TriedDoor> => {
  const { host, port, security } = door;
  const subject = subjectOf({ ...mail, [protocol]: { host, port, security } }, false);
  const service = subject.services[protocol];
  if (!service) throw new Error(`no ${protocol} in its own subject`);
  const { lookup, ...contact } = await world.mail.port(service, subject, signal);
  const unreached = bad(mailPort[protocol].judge({ lookup, ...contact }, subject));
  if (lookup.kind === 'failed') {
    const says = {
      en: `${host} leads to no address (${lookup.code})`,
      ja: `${host} の IP アドレスが見つかりません (${lookup.code})`,
    };
    return { door, state: 'dead', says, otherNames: [] };
  }
  if (unreached) return { door, state: 'dead', says: unreached, otherNames: [] };
  const tls: TlsFact = await world.mail.tls(service, subject, signal);
  const insecure = bad(mailTls[protocol].judge(tls, subject));
  if (!insecure) return { door, state: 'good', says: inOrder, otherNames: [] };
  const otherNames = tls.otherNames.filter(({ sameAddress }) => sameAddress).map((name) => name.host);
  return { door, state: tls.handshake?.kind === 'done' ? 'doubtful' : 'dead', says: insecure, otherNames };
};

const knockAt = (
  protocol: Protocol,
  candidates: readonly HostCandidate[],
  mail: MailConfig,
  world: World,
  signal: AbortSignal,
): Promise<readonly TriedDoor[]> => {
  const all = eachOnce(candidates.flatMap((candidate) => doorsOf(protocol, candidate)));
  return Promise.all(all.slice(0, mostDoors).map((door) => knock(protocol, door, mail, world, signal)));
};

/** The certificate of a server that answers under another name says under which it holds. */
const byCertificate = (tried: readonly TriedDoor[]): readonly HostCandidate[] =>
  tried.flatMap(({ state, door, otherNames }) => {
    if (state !== 'doubtful') return [];
    const { username: _username, ...rest } = door;
    return otherNames.slice(0, 2).map((host): HostCandidate => ({ ...rest, host, from: 'certificate' }));
  });

/**
 * Looks for the servers of a mailbox by everything that speaks for one (SRV of RFC 6186 and RFC 8314, autoconfig,
 * Autodiscover, the table of providers, usual names, MX) and knocks at them. Nothing is logged in to.
 */
export const detectServers = async (
  { mail, ispdb }: DetectionOptions,
  world: World,
  signal: AbortSignal,
): Promise<Detected> => {
  const domain = domainOf(mail.address);
  // The questions are asked for the protocols that a subject has, so it gets placeholders for all of them.
  const { smtp: _smtp, imap: _imap, pop3: _pop3, ...account } = mail;
  const everywhere = subjectOf(
    { ...account, smtp: { host: domain }, imap: { host: domain }, pop3: { host: domain } },
    false,
  );
  const { targets, candidates } = await askDomain(everywhere, world, signal);
  const found = await discover(
    {
      address: mail.address,
      domain,
      targets,
      limitMs: discoveryMs,
      ...(mail.ca === undefined ? {} : { ca: mail.ca }),
      ...(ispdb ? { ispdb } : {}),
    },
    world,
    signal,
  );
  const tryAll = async (protocol: Protocol): Promise<readonly TriedDoor[]> => {
    const from = (ground: HostCandidate['from']) => candidates[protocol].filter((one) => one.from === ground);
    const all = [...from('srv'), ...found.candidates[protocol], ...from('name'), ...from('mx')];
    const tried = await knockAt(protocol, all, account, world, signal);
    if (tried.some(({ state }) => state === 'good')) return tried;
    return [...(await knockAt(protocol, byCertificate(tried), account, world, signal)), ...tried];
  };
  const [smtp, imap, pop3] = await Promise.all(protocols.map(tryAll));
  return {
    domain,
    answers: found.answers,
    ...(found.provider ? { provider: found.provider } : {}),
    tried: { smtp: smtp ?? [], imap: imap ?? [], pop3: pop3 ?? [] },
  };
};

/** The door to use: the first, by its ground, that is good, else the first whose certificate alone is wrong. */
export const chosenDoor = (tried: readonly TriedDoor[]): TriedDoor | undefined =>
  tried.find(({ state }) => state === 'good') ?? tried.find(({ state }) => state === 'doubtful');

export const serviceAt = ({ host, port, security }: Door): ServiceConfig => ({ host, port, security });

const endsIn = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/**
 * Whether a password may go there without a person's yes (RFC 6186 6): a host of the address's own domain or of a known
 * provider, or one that a file read over verified TLS names. The DNS alone may have been written by anybody on the way.
 */
export const isVouchedFor = async ({ host, from, unverified }: Door, domain: string): Promise<boolean> => {
  if (endsIn(host.toLowerCase(), domain)) return true;
  if ((from === 'autoconfig' || from === 'autodiscover') && !unverified) return true;
  const { providerOfServer } = await import('../reason/provider.ts');
  return providerOfServer(host) !== undefined;
};
