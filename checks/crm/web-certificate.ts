import type { Certificate, Handshake } from '../../src/model/tls-facts.ts';
import { soonDays } from '../mail/runtimes.ts';
import { inspectingProduct } from '../tls/inspecting-products.ts';
import type { Distrust } from '../tls/trust.ts';
import { distrustOf } from '../tls/trust.ts';
import type { CrmConnectFact } from './connect.check.ts';

type Done = Extract<Handshake, { kind: 'done' }>;

/** What the CRM's web server showed in a TLS handshake that came to its end. */
export interface WebTls {
  readonly at: string;
  readonly host: string;
  readonly port: number;
  readonly done: Done;
  readonly leaf: Certificate;
  readonly distrust?: Distrust;
  readonly completedBy?: string;
}

export const webTlsOf = ({ reach }: CrmConnectFact): WebTls | undefined => {
  const tls = reach?.tls;
  if (!reach || tls?.handshake.kind !== 'done') return undefined;
  const done = tls.handshake;
  const [leaf] = done.chain;
  if (!leaf) return undefined;
  const distrust = distrustOf({ fact: tls, done, leaf });
  const { at, host, port } = reach;
  return {
    at,
    host,
    port,
    done,
    leaf,
    ...(distrust ? { distrust } : {}),
    ...(tls.aia?.result === 'completes' ? { completedBy: tls.aia.url } : {}),
  };
};

export type WebTlsFault =
  | 'tls.intercepted'
  | 'tls.certificate-expired'
  | 'tls.certificate-not-yet-valid'
  | 'tls.hostname-mismatch'
  | 'tls.self-signed'
  | 'tls.incomplete-chain'
  | 'tls.unknown-issuer'
  | 'tls.protocol-too-old';

/** The one fault that keeps clients out, the one that has to be mended first; nothing where all is well. */
export const webTlsFault = (tls: WebTls): WebTlsFault | undefined => {
  const { done, distrust, at } = tls;
  if (inspectingProduct(done.chain) !== undefined && !done.trust.ok) return 'tls.intercepted';
  // An old cross-signature that is sent along keeps nobody out.
  const dated = done.trust.ok ? done.chain.slice(0, 1) : done.chain;
  if (dated.some(({ notAfter }) => Date.parse(notAfter) < Date.parse(at))) return 'tls.certificate-expired';
  if (dated.some(({ notBefore }) => Date.parse(notBefore) > Date.parse(at))) return 'tls.certificate-not-yet-valid';
  if (!done.nameMatches) return 'tls.hostname-mismatch';
  if (!done.trust.ok && distrust === 'self-signed') return 'tls.self-signed';
  if (!done.trust.ok && distrust === 'incomplete-chain') return 'tls.incomplete-chain';
  if (!done.trust.ok && distrust === 'unknown-issuer') return 'tls.unknown-issuer';
  return /^TLSv1(?:\.1)?$/.test(done.version) ? 'tls.protocol-too-old' : undefined;
};

/** Days that are left of a certificate that works and ends soon. */
export const webCertificateEnds = (
  fact: CrmConnectFact,
): { readonly days: number; readonly on: string } | undefined => {
  const tls = webTlsOf(fact);
  if (!tls || webTlsFault(tls)) return undefined;
  const days = Math.floor((Date.parse(tls.leaf.notAfter) - Date.parse(tls.at)) / 86_400_000);
  return days < soonDays ? { days, on: tls.leaf.notAfter.slice(0, 10) } : undefined;
};
