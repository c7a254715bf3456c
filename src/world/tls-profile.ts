import { isIP } from 'node:net';
import type { Service } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/tls-facts.ts';
import { type RuntimeRules, rulesOf, versionRank } from '../reason/runtimes.ts';
import { handshakeAgain, type Request } from './tls-again.ts';
import type { Profile } from './tls-context.ts';

type Done = Extract<Handshake, { kind: 'done' }>;
type AsCrm = NonNullable<TlsFact['asCrm']>;
type Reason = AsCrm['reasons'][number];

const withForwardSecrecy = ({ version, cipher }: Done): boolean =>
  version === 'TLSv1.3' || /^(?:ECDHE|DHE)-/.test(cipher);

/** Why the CRM's runtime might fare otherwise with this server than our open look did. */
const reasonsFor = (service: Service, rules: RuntimeRules, done: Done): readonly Reason[] => {
  const reasons: Reason[] = [];
  const key = done.chain[0]?.key;
  const nameless = service.sni === false || rules.withoutSni.includes(service.protocol);
  if (nameless && !isIP(service.host)) reasons.push('sni');
  const shortKey = key?.type === 'rsa' && key.bits < rules.minimumBits.rsa;
  if (shortKey || (done.dhBits !== undefined && done.dhBits < rules.minimumBits.dh)) reasons.push('bits');
  if (rules.forwardSecrecy && !withForwardSecrecy(done)) reasons.push('cipher');
  // An old server is judged as such; here it is an old client.
  if (rules.versionKnown && versionRank(done.version) > versionRank(rules.newest)) reasons.push('version');
  if (rules.refusesLegacyServers && done.secureRenegotiation === false) reasons.push('renegotiation');
  return reasons;
};

const profileOf = ({ oldest, newest, ciphers }: RuntimeRules): Profile => ({
  versions: { minVersion: oldest, maxVersion: newest },
  ciphers: ciphers ?? 'DEFAULT@SECLEVEL=1',
  legacyServers: false,
});

/** A handshake as the CRM's runtime makes it; one connection at most, and none where the first look gives no reason. */
export const asCrmOf = async (service: Service, request: Request): Promise<AsCrm | undefined> => {
  const { handshake } = request;
  if (handshake?.kind !== 'done') return undefined;
  const rules = rulesOf(service);
  const reasons = reasonsFor(service, rules, handshake);
  if (reasons.length === 0) return undefined;
  const sni = !reasons.includes('sni');
  const again = await handshakeAgain(
    service,
    { profile: profileOf(rules), ...(sni ? {} : { sni: false as const }) },
    request,
  );
  return again && { reasons, sni, oldest: rules.oldest, newest: rules.newest, handshake: again };
};

/** Whether the server may have ended the handshake for the name that was sent. */
const nameMayBeWhy = (handshake: Handshake): boolean => {
  switch (handshake.kind) {
    case 'failed':
      return (
        handshake.alert === 'unrecognized_name' || (handshake.alert === 'access_denied' && !handshake.sawServerHello)
      );
    case 'closed':
    case 'reset':
      return true;
    case 'done':
    case 'plain':
    case 'silent':
      return false;
  }
};

/** What a server that ended the handshake shows to a client that sends no name. */
export const withoutSniOf = async (service: Service, request: Request): Promise<Handshake | undefined> => {
  const { handshake } = request;
  if (!handshake || isIP(service.host) || !nameMayBeWhy(handshake)) return undefined;
  return handshakeAgain(service, { sni: false }, request);
};
