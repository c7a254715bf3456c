import { X509Certificate } from 'node:crypto';
import { isSelfSigned } from './certificates.ts';
import { type TrustChoice, trustKey, trustStore } from './trust.ts';

/**
 * A walk of our own over certificates, beside OpenSSL's verdict on the connection. OpenSSL names one fault of a chain,
 * and dates come last: "expired" hides that the issuer is unknown as well. And only a walk answers "would it be trusted
 * with this certificate more?" without the server's key. It looks at issuers, signatures and basic constraints, not at
 * dates.
 */
export interface Anchors {
  /** Trusted: self-signed certificates of the store (OpenSSL without X509_V_FLAG_PARTIAL_CHAIN). */
  readonly isTrusted: (certificate: X509Certificate) => boolean;
  /** Certificates of the store with this subject, trusted or intermediate. */
  readonly named: (subject: string) => readonly X509Certificate[];
}

const parsed = (pem: string | Buffer): readonly X509Certificate[] => {
  try {
    return [new X509Certificate(pem)];
  } catch {
    return [];
  }
};

export const certificatesIn = (pems: readonly (string | Buffer)[]): readonly X509Certificate[] => pems.flatMap(parsed);

const anchorsFor = async (choice: TrustChoice): Promise<Anchors> => {
  const bySubject = new Map<string, X509Certificate[]>();
  for (const certificate of certificatesIn(await trustStore(choice))) {
    const same = bySubject.get(certificate.subject);
    if (same) same.push(certificate);
    else bySubject.set(certificate.subject, [certificate]);
  }
  const named = (subject: string): readonly X509Certificate[] => bySubject.get(subject) ?? [];
  return {
    named,
    isTrusted: (certificate) =>
      certificate.subject === certificate.issuer &&
      named(certificate.subject).some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256),
  };
};

const known = new Map<string, Promise<Anchors>>();

/** The trusted certificates, parsed; costs 25 ms once and is needed only where a chain is not trusted. */
export const anchorsOf = (choice: TrustChoice): Promise<Anchors> => {
  const key = trustKey(choice);
  const anchors = known.get(key) ?? anchorsFor(choice);
  known.set(key, anchors);
  return anchors;
};

const issued = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    // A trusted root of X.509 version 1 has no basic constraints and is an authority all the same (RFC 5280 6.1).
    const mayIssue = issuer.ca || issuer.subject === issuer.issuer;
    return mayIssue && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
};

/** Deeper than any real chain; cross-signed authorities may form circles. */
const deepest = 8;

/** Signatures that one walk checks at most: a server could send twenty certificates that all sign each other. */
const mostChecks = 100;

/** The certificates from the first one up to a trusted root, or as far up as they lead. */
export interface Path {
  readonly trusted: boolean;
  readonly certificates: readonly X509Certificate[];
}

/** The way up from a certificate through what was sent (in any order) and what is trusted; a trusted one wins. */
export const pathFrom = (
  certificate: X509Certificate,
  sent: readonly X509Certificate[],
  anchors: Anchors,
  below: readonly X509Certificate[] = [],
  effort: { checks: number } = { checks: 0 },
): Path => {
  const certificates = [...below, certificate];
  if (anchors.isTrusted(certificate)) return { trusted: true, certificates };
  let longest: Path = { trusted: false, certificates };
  if (certificates.length >= deepest) return longest;
  const above = [...sent, ...anchors.named(certificate.issuer)].filter(
    (candidate) =>
      candidate.subject === certificate.issuer &&
      certificates.every(({ fingerprint256 }) => fingerprint256 !== candidate.fingerprint256),
  );
  for (const candidate of above) {
    effort.checks += 1;
    if (effort.checks > mostChecks) break;
    if (!issued(certificate, candidate)) continue;
    const path = pathFrom(candidate, sent, anchors, certificates, effort);
    if (path.trusted) return path;
    if (path.certificates.length > longest.certificates.length) longest = path;
  }
  return longest;
};

/** What OpenSSL calls a path that ends at no trusted root (x509_vfy.c, build_chain and internal_verify). */
export const faultOf = ({ certificates }: Path): string => {
  const last = certificates.at(-1);
  const selfSigned = last !== undefined && isSelfSigned(last);
  if (selfSigned) return certificates.length === 1 ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : 'SELF_SIGNED_CERT_IN_CHAIN';
  return certificates.length === 1 ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
};
