import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { DkimResult } from '../model/trip-facts.ts';
import type { Dns } from '../model/world.ts';
import { type DkimKey, looksLikeKey, readDkimKey } from '../reason/dkim-key.ts';
import { type RawField, splitMessage } from './dkim-canonical.ts';
import { coveredBody, type DkimSignature, readSignature, signedHeader } from './dkim-signature.ts';

/** A message with more signatures than this is an attack on its readers. */
const mostSignatures = 10;

/** Clocks differ; a signature from further ahead is one of a clock that is wrong. */
const clockSkewSeconds = 300;

type Key = Extract<DkimKey, { readonly kind: 'key' }>;

type KeyAnswer =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'temperror' }
  | { readonly kind: 'permerror'; readonly why: string };

const keyOf = async (
  { domain, selector }: DkimSignature,
  dns: Pick<Dns, 'query'>,
  signal: AbortSignal,
): Promise<KeyAnswer> => {
  const reply = await dns.query(`${selector}._domainkey.${domain}`, 'TXT', signal);
  if (reply.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(reply.rcode)) return { kind: 'temperror' };
  // Several records are against the rules (RFC 6376 section 3.6.2.2); the first usable one is taken, as verifiers do.
  const keys = reply.records.filter(({ data }) => looksLikeKey(data)).map(({ data }) => readDkimKey(data));
  const [first] = keys;
  if (!first) return { kind: 'permerror', why: 'no-key' };
  const key = keys.find((one) => one.kind === 'key') ?? first;
  if (key.kind === 'revoked') return { kind: 'permerror', why: 'key-revoked' };
  return key.kind === 'key' ? { kind: 'key', key } : { kind: 'permerror', why: `key-${key.why}` };
};

const keyObject = ({ algorithm, base64 }: Key): KeyObject => {
  const bytes = Buffer.from(base64, 'base64');
  if (algorithm === 'ed25519') {
    // RFC 8463 section 4.2: p= holds the bare 32 bytes.
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });
  }
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  } catch {
    return createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' });
  }
};

/** Why a key is not for this signature, whatever the bytes say (section 3.6.1). */
const unfit = (key: Key, { algorithm, identity, domain }: DkimSignature): string | undefined => {
  if (key.algorithm !== algorithm) return 'key-algorithm';
  if (key.hashes && !key.hashes.includes('sha256')) return 'key-hash';
  if (!key.forEmail) return 'key-service';
  return key.strict && identity !== domain ? 'key-strict' : undefined;
};

const holds = (key: Key, header: string, signature: string): boolean | undefined => {
  const signed = Buffer.from(header, 'latin1');
  try {
    // RFC 8463 section 3: Ed25519 signs the SHA-256 of the header.
    const bytes = key.algorithm === 'ed25519' ? createHash('sha256').update(signed).digest() : signed;
    const digest = key.algorithm === 'ed25519' ? null : 'sha256';
    return verify(digest, bytes, keyObject(key), Buffer.from(signature, 'base64'));
  } catch {
    // What no key can be made of.
    return undefined;
  }
};

const bare = (base64: string): string => base64.replace(/=+$/, '');

const verifyOne = async (
  field: RawField,
  message: { readonly fields: readonly RawField[]; readonly body: string },
  { dns, now, signal }: { readonly dns: Pick<Dns, 'query'>; readonly now: Date; readonly signal: AbortSignal },
): Promise<DkimResult> => {
  const reading = readSignature(field);
  if (reading.kind === 'unusable') {
    const { domain, selector, why } = reading;
    return { domain, selector, result: 'permerror', why };
  }
  const { signature } = reading;
  const covered = coveredBody(message.body, signature);
  const hash = covered === undefined ? undefined : createHash('sha256').update(covered, 'latin1').digest('base64');
  const bodyHash = hash !== undefined && bare(hash) === bare(signature.bodyHash) ? 'ok' : 'mismatch';
  const base = { domain: signature.domain, selector: signature.selector, bodyHash } as const;
  const answer = await keyOf(signature, dns, signal);
  if (answer.kind === 'temperror') return { ...base, result: 'temperror', why: 'dns' };
  if (answer.kind === 'permerror') return { ...base, result: 'permerror', why: answer.why };
  const { key } = answer;
  const wrongKey = unfit(key, signature);
  if (wrongKey) return { ...base, result: 'permerror', why: wrongKey };
  const found = { ...base, bits: key.bits, ...(key.testing ? { testing: true as const } : {}) };
  const header = signedHeader(message.fields, field, signature);
  const good = holds(key, header, signature.signature);
  if (good === undefined) return { ...found, result: 'permerror', why: 'key-key' };
  if (!good) return { ...found, result: 'fail', why: 'signature' };
  if (bodyHash === 'mismatch') return { ...found, result: 'fail', why: 'body-hash' };
  const seconds = now.getTime() / 1000;
  if (signature.expiresAt !== undefined && signature.expiresAt < seconds) {
    return { ...found, result: 'fail', why: 'expired' };
  }
  if (signature.signedAt !== undefined && signature.signedAt > seconds + clockSkewSeconds) {
    return { ...found, result: 'fail', why: 'from-the-future' };
  }
  return { ...found, result: 'pass' };
};

/**
 * Verifies every DKIM-Signature of a whole message (RFC 6376, RFC 8463), top first. The message has to be complete: of one
 * that was cut, no body hash fits.
 */
export const verifyDkim = (
  message: Buffer,
  dns: Pick<Dns, 'query'>,
  now: Date,
  signal: AbortSignal,
): Promise<readonly DkimResult[]> => {
  const parts = splitMessage(message);
  const signatures = parts.fields.filter(({ name }) => name === 'dkim-signature').slice(0, mostSignatures);
  return Promise.all(signatures.map((field) => verifyOne(field, parts, { dns, now, signal })));
};
