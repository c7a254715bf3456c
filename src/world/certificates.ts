import { createHash, type X509Certificate } from 'node:crypto';
import type { Certificate } from '../model/tls-facts.ts';
import { printable } from './printable.ts';
import { dotted, elementAt, elementsOf } from './tls-der.ts';

// RFC 8017 A.2.4, RFC 5758, RFC 8410; in OpenSSL's spelling.
const signatures: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSA',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.2.840.10040.4.3': 'dsaWithSHA1',
  '2.16.840.1.101.3.4.3.2': 'dsa_with_SHA256',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};

const pss = '1.2.840.113549.1.1.10';
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** The hash of RSASSA-PSS parameters; without one it is SHA-1 (RFC 4055 3.1). */
const pssHash = (parameters: Buffer): string => {
  const tagged = elementsOf(parameters).find(({ tag }) => tag === 0xa0);
  const algorithm = tagged && elementAt(tagged.content, 0);
  const oid = algorithm && elementAt(algorithm.content, 0);
  return oid ? (hashes[dotted(oid) ?? ''] ?? dotted(oid) ?? 'unknown') : 'sha1';
};

/** The outer signatureAlgorithm of a certificate (RFC 5280 4.1.1.2); node:crypto does not tell it. */
export const signatureOf = (der: Buffer): string => {
  const certificate = elementAt(der, 0);
  const [, algorithm] = certificate ? elementsOf(certificate.content) : [];
  const [oid, parameters] = algorithm ? elementsOf(algorithm.content) : [];
  const name = oid && dotted(oid);
  if (name === undefined) return 'unknown';
  if (name === pss) return `rsassaPss-${pssHash(parameters?.content ?? Buffer.alloc(0))}`;
  return signatures[name] ?? name;
};

type Key = Certificate['key'];

const curveBits: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521, secp256k1: 256 };

const keyOf = (certificate: X509Certificate): Key => {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    const bits = details?.modulusLength ?? 0;
    if (type === 'rsa' || type === 'rsa-pss') return { type: 'rsa', bits };
    if (type === 'dsa') return { type, bits };
    if (type === 'ed25519') return { type, bits: 256 };
    const curve = details?.namedCurve;
    if (type === 'ec') return { type, bits: curveBits[curve ?? ''] ?? Number(/\d+/.exec(curve ?? '')?.[0] ?? 0) };
  } catch {
    // A key of a kind that this OpenSSL does not know.
  }
  return { type: 'other', bits: 0 };
};

// Node separates the entries by ', ' and writes one with a comma or quote in it as a JSON string (CVE-2021-44532).
const alternative = /(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g;

const unquoted = (value: string): string => {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
};

const commonName = (subject: string): string | undefined => /^CN=(.*)$/m.exec(subject)?.[1];

/** At most this many names; some hosters have hundreds on one certificate. */
const mostNames = 200;

const namesOf = ({ subjectAltName, subject }: X509Certificate): readonly string[] => {
  const names = [...(subjectAltName ?? '').matchAll(alternative)].map(([, , name = '']) => unquoted(name));
  const all = names.length > 0 ? names : [commonName(subject) ?? ''].filter(Boolean);
  return all.slice(0, mostNames).map(printable);
};

/** Names as Node prints them, one attribute a line, on one line. */
const oneLine = (name: string): string => printable(name.split('\n').join(', '));

const rfc3339 = (date: string): string => {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? printable(date) : time.toISOString();
};

export const isSelfSigned = (certificate: X509Certificate): boolean => {
  if (certificate.subject !== certificate.issuer) return false;
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
};

const serverAuth = new Set(['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']);

/** http:// addresses of caIssuers; node writes `CA Issuers - URI:http://…`, one a line. */
export const issuerUrlsOf = ({ infoAccess }: X509Certificate): readonly string[] =>
  [...(infoAccess ?? '').matchAll(/^CA Issuers - URI:(.*)$/gm)]
    .map(([, url = '']) => printable(unquoted(url)))
    .slice(0, 10);

/** Keys of kinds that OpenSSL does not know have no form to hash. */
const keyFingerprintOf = (certificate: X509Certificate): Pick<Certificate, 'keyFingerprint' | 'keyFingerprint512'> => {
  try {
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
    const hash = (algorithm: 'sha256' | 'sha512'): string => createHash(algorithm).update(key).digest('hex');
    return { keyFingerprint: hash('sha256'), keyFingerprint512: hash('sha512') };
  } catch {
    return {};
  }
};

/** What a certificate says of itself. */
export const certificateOf = (certificate: X509Certificate): Certificate => ({
  subject: oneLine(certificate.subject ?? ''),
  issuer: oneLine(certificate.issuer ?? ''),
  names: namesOf(certificate),
  notBefore: rfc3339(certificate.validFrom),
  notAfter: rfc3339(certificate.validTo),
  key: keyOf(certificate),
  signature: signatureOf(certificate.raw),
  selfSigned: isSelfSigned(certificate),
  fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  fingerprint512: certificate.fingerprint512.replaceAll(':', '').toLowerCase(),
  ...keyFingerprintOf(certificate),
  serial: certificate.serialNumber,
  // Node's keyUsage is the extended one; without it any use is allowed (RFC 5280 4.2.1.12).
  forServers: certificate.keyUsage === undefined || certificate.keyUsage.some((use) => serverAuth.has(use)),
  authority: certificate.ca,
  issuerUrls: issuerUrlsOf(certificate),
});
