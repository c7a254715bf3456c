import type { X509Certificate } from 'node:crypto';
import type { Handshake } from '../model/tls-facts.ts';
import { printable } from './printable.ts';
import { anchorsOf, faultOf, pathFrom } from './tls-path.ts';
import type { TrustChoice } from './trust.ts';

type Trust = Extract<Handshake, { kind: 'done' }>['trust'];

// X509_verify_cert_error_string; node keeps the code only.
const says: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
  UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
  CERT_SIGNATURE_FAILURE: 'certificate signature failure',
  CERT_UNTRUSTED: 'certificate not trusted',
  CERT_REJECTED: 'certificate rejected',
  CERT_CHAIN_TOO_LONG: 'certificate chain too long',
  INVALID_CA: 'invalid CA certificate',
  INVALID_PURPOSE: 'unsuitable certificate purpose',
  PATH_LENGTH_EXCEEDED: 'path length constraint exceeded',
};

const refused = (code: string): Trust => ({
  ok: false,
  code,
  says: says[code] ?? code.toLowerCase().replaceAll('_', ' '),
});

/**
 * Faults that OpenSSL reports last and so in place of an unknown issuer (x509_vfy.c: internal_verify comes at the end).
 */
const hidesTheIssuer = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'INVALID_PURPOSE', 'UNSPECIFIED']);

/**
 * OpenSSL's verdict on the connection, in its own words. Node lets the verification go on after a fault and keeps the
 * last one; dates are seen in the certificates themselves anyway, so the fault that matters more is looked for behind
 * them.
 */
export const trustOf = async (
  error: unknown,
  sent: readonly X509Certificate[],
  choice: TrustChoice,
): Promise<Trust> => {
  if (error === undefined || error === null) return { ok: true };
  // Typed as an Error, it is the code since node 0.11.
  const code = printable(error instanceof Error ? error.message : String(error));
  const [leaf] = sent;
  if (!leaf || !hidesTheIssuer.has(code)) return refused(code);
  const path = pathFrom(leaf, sent, await anchorsOf(choice));
  return refused(path.trusted ? code : faultOf(path));
};
