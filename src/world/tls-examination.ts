import type { X509Certificate } from 'node:crypto';
import type { Service } from '../model/mailbox.ts';
import { targetOf } from '../model/mailbox.ts';
import type { Handshake, TlsFact } from '../model/tls-facts.ts';
import { isSelfSigned, issuerUrlsOf } from './certificates.ts';
import type { Kit } from './kit.ts';
import { issuersFrom } from './tls-aia.ts';
import { type Anchors, anchorsOf, certificatesIn, type Path, pathFrom } from './tls-path.ts';
import { caFile, type TrustChoice } from './trust.ts';

/** What another service of the same mailbox has sent. */
export interface OtherChain {
  readonly service: Service;
  readonly sent: readonly X509Certificate[];
}

/** More missing links than this are not fetched one after the other. */
const mostFetches = 3;

const completionByAia = async (
  leaf: X509Certificate,
  {
    sent,
    anchors,
    signal,
  }: { readonly sent: readonly X509Certificate[]; readonly anchors: Anchors; readonly signal: AbortSignal },
): Promise<TlsFact['aia']> => {
  const all = [...sent];
  let url: string | undefined;
  for (let fetches = 0; fetches < mostFetches; fetches += 1) {
    const last = pathFrom(leaf, all, anchors).certificates.at(-1);
    const next =
      last && !isSelfSigned(last) ? issuerUrlsOf(last).find((each) => each.startsWith('http://')) : undefined;
    if (next === undefined || next === url) break;
    const found = await issuersFrom(next, signal);
    url ??= next;
    if (found.length === 0) return { url, result: fetches === 0 ? 'not-fetched' : 'does-not-complete' };
    all.push(...found);
    if (pathFrom(leaf, all, anchors).trusted) return { url, result: 'completes' };
  }
  return url === undefined ? undefined : { url, result: 'does-not-complete' };
};

/** What would complete the chain of a server that is not trusted as it stands. */
export const completionOf = async (
  trust: TrustChoice,
  sent: readonly X509Certificate[],
  others: () => Promise<readonly OtherChain[]>,
  signal: AbortSignal,
): Promise<Pick<TlsFact, 'aia' | 'completedBy'>> => {
  const [leaf] = sent;
  if (!leaf) return {};
  const anchors = await anchorsOf(trust);
  const path: Path = pathFrom(leaf, sent, anchors);
  const last = path.certificates.at(-1);
  if (path.trusted || !last || isSelfSigned(last)) return {};
  const [aia, chains] = await Promise.all([completionByAia(leaf, { sent, anchors, signal }), others()]);
  const by = chains.find((other) => pathFrom(leaf, [...sent, ...other.sent], anchors).trusted);
  return {
    ...(aia ? { aia } : {}),
    ...(by ? { completedBy: targetOf(by.service) } : {}),
  };
};

/**
 * A chain that is trusted only because `ca` holds the intermediate: the server does not send it, and clients without
 * that file fail. Asked only where `ca` holds a certificate that is no root.
 */
export const completedByFile = async (
  { ca, trust }: TrustChoice,
  sent: readonly X509Certificate[],
): Promise<boolean> => {
  const [leaf] = sent;
  if (!leaf || ca === undefined) return false;
  const links = certificatesIn(await caFile(ca)).filter(({ subject, issuer }) => subject !== issuer);
  if (links.length === 0) return false;
  const anchors = await anchorsOf({ ca, ...(trust === undefined ? {} : { trust }) });
  const fingerprints = new Set(links.map(({ fingerprint256 }) => fingerprint256));
  const without: Anchors = {
    ...anchors,
    named: (subject) => anchors.named(subject).filter(({ fingerprint256 }) => !fingerprints.has(fingerprint256)),
  };
  return !pathFrom(leaf, sent, without).trusted && pathFrom(leaf, sent, anchors).trusted;
};

const mostNames = 5;

const label: Readonly<Record<Service['protocol'], string>> = { smtp: 'smtp', imap: 'imap', pop3: 'pop' };

/** Names of the certificate that resolve, and whether they lead to the server that showed it. */
export const otherNamesOf = async (
  { host, protocol }: Service,
  {
    handshake,
    addresses,
    kit,
    signal,
  }: {
    readonly handshake: Handshake | undefined;
    readonly addresses: readonly string[];
    readonly kit: Kit;
    readonly signal: AbortSignal;
  },
): Promise<TlsFact['otherNames']> => {
  if (handshake?.kind !== 'done' || handshake.nameMatches) return [];
  const names = (handshake.chain[0]?.names ?? [])
    .map((name) => name.toLowerCase())
    // A host name of the certificate goes to the resolver: nothing else may.
    .filter((name) => /^(?:\*\.)?(?!\d+(?:\.\d+){3}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(name))
    .flatMap((name) =>
      name.startsWith('*.') ? [`mail.${name.slice(2)}`, `${label[protocol]}.${name.slice(2)}`] : [name],
    )
    .filter((name, at, all) => name !== host.toLowerCase() && all.indexOf(name) === at)
    .slice(0, mostNames);
  const asked = names.map(async (name): Promise<TlsFact['otherNames']> => {
    const lookup = await kit.dns.lookup(name, signal);
    if (lookup.kind === 'failed') return [];
    return [{ host: name, sameAddress: lookup.addresses.some(({ address }) => addresses.includes(address)) }];
  });
  return (await Promise.all(asked)).flat();
};
