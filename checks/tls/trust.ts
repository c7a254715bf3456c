import type { Certificate, TlsFact } from '../../src/model/tls-facts.ts';
import { inspectingProduct } from './inspecting-products.ts';
import type { TlsView } from './views.ts';

/** As much of a look at TLS as the trust hangs on. */
export type ChainView = Pick<TlsView, 'done' | 'leaf'> & {
  readonly fact: Pick<TlsFact, 'aia' | 'completedBy' | 'store'>;
};

/** Why a chain is not trusted: each is one cause, and a chain has one of them. */
export type Distrust = 'self-signed' | 'unknown-issuer' | 'incomplete-chain' | 'intercepted' | 'store';

/**
 * Public authorities by what their intermediates are called. A chain that ends at such an issuer lacks a link; it is not
 * signed by a stranger.
 */
const publicIssuers =
  /O=(?:Let's Encrypt|DigiCert|Sectigo|COMODO|GlobalSign|Google Trust Services|Amazon|Entrust|GoDaddy|Starfield|ZeroSSL|Buypass|SSL Corp|SECOM Trust|Cybertrust Japan|Japan Registry Services|GMO GlobalSign|IdenTrust|QuoVadis|Actalis|Certum|Asseco|Microsoft Corporation|HARICA|Hellenic|SwissSign|T-Systems|D-Trust|FUJIFILM|JPRS|NII|National Institute of Informatics|TWCA|Chunghwa|eMudhra|Gandi|Internet2|GEANT|TrustAsia|WoTrus|iTrusChina)/i;

const missingIssuer =
  /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/;

/** Google shows this certificate to clients that name no server (tls.sni-missing); it is nobody's identity. */
const placeholderCertificate = /No SNI provided|invalid2\.invalid/i;

/** The last certificate that the server sent on its way up. */
export const topOf = ({ done }: TlsView): Certificate | undefined => done?.chain.at(-1);

/** How sure it is that a link is missing, or undefined. */
export const missingLink = ({ fact, done, leaf }: ChainView): number | undefined => {
  if (!done || !leaf) return undefined;
  if (done.trust.ok) return fact.completedBy === undefined ? undefined : 0.9;
  if (!missingIssuer.test(done.trust.code)) return undefined;
  if (fact.aia?.result === 'completes' || fact.completedBy !== undefined) return 0.98;
  const top = done.chain.at(-1);
  if (!top || top.selfSigned || fact.aia?.result === 'does-not-complete') return undefined;
  return publicIssuers.test(top.issuer) ? 0.85 : undefined;
};

export const distrustOf = (view: ChainView): Distrust | undefined => {
  const { done, leaf } = view;
  if (!done || !leaf) return undefined;
  if (inspectingProduct(done.chain) !== undefined) return 'intercepted';
  // The system's store knows the way up: the CRM's own store is what lacks.
  if (view.fact.store?.systemTrusts) return 'store';
  if (missingLink(view) !== undefined) return 'incomplete-chain';
  if (done.trust.ok || placeholderCertificate.test(leaf.subject)) return undefined;
  switch (done.trust.code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'self-signed';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'unknown-issuer';
    default:
      return missingIssuer.test(done.trust.code) ? 'unknown-issuer' : undefined;
  }
};
