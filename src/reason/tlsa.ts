import type { TlsaFact } from '../model/policy-facts.ts';
import type { Certificate } from '../model/tls-facts.ts';

/** One TLSA record (RFC 6698 section 2.1). */
export interface TlsaRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  /** Hexadecimal, lower case. */
  readonly data: string;
  /** What stands in the record as a hash: SHA-512 for matching type 2, else SHA-256; of a whole one it is made here. */
  readonly digest: string;
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Reads a record from its bytes in hexadecimal; nothing where it is too short to be one. */
export const readTlsa = async (hex: string): Promise<TlsaRecord | undefined> => {
  if (!/^(?:[0-9a-f]{2}){4,}$/i.test(hex)) return undefined;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const [usage = 0, selector = 0, matching = 0] = bytes;
  const data = hex.slice(6).toLowerCase();
  const whole = matching === 0 ? await globalThis.crypto.subtle.digest('SHA-256', bytes.subarray(3)) : undefined;
  return { usage, selector, matching, data, digest: whole ? hexOf(new Uint8Array(whole)) : data };
};

/** What a certificate is compared by; nothing where nobody can say. */
const fingerprintFor = (certificate: Certificate, { selector, matching }: TlsaRecord): string | undefined => {
  const { fingerprint, keyFingerprint, fingerprint512, keyFingerprint512 } = certificate;
  if (selector > 1 || matching > 2) return undefined;
  if (selector === 0) return matching === 2 ? fingerprint512 : fingerprint;
  return matching === 2 ? keyFingerprint512 : keyFingerprint;
};

/** The records of one door against the certificates that its server showed, its own first (RFC 7672 section 3.1). */
export const compareTlsa = (records: readonly TlsaRecord[], chain: readonly Certificate[]): TlsaFact['compared'] => {
  if (chain.length === 0 || records.length === 0) return 'unknown';
  let open = false;
  for (const record of records) {
    const { usage, matching, digest } = record;
    // Usages 0 and 1 are not for mail servers (section 3.1.3).
    const certificates = usage === 3 ? chain.slice(0, 1) : usage === 2 ? chain : [];
    const served = certificates.map((certificate) => fingerprintFor(certificate, record));
    if (served.includes(digest)) return 'match';
    // An authority that stands in the record as a whole need not be sent by the server (RFC 7671 section 5.2).
    const unsent = usage === 2 && matching === 0;
    if (certificates.length === 0 || unsent || served.includes(undefined)) open = true;
  }
  return open ? 'unknown' : 'mismatch';
};
