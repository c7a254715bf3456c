import { readTags } from './tag-list.ts';

/** What a TXT record at SELECTOR._domainkey.DOMAIN holds (RFC 6376 section 3.6.1, RFC 8463). */
export type DkimKey =
  | {
      readonly kind: 'key';
      readonly algorithm: 'rsa' | 'ed25519';
      readonly bits: number;
      /** What stands in p=, without white space. */
      readonly base64: string;
      /** t=y: receivers treat a failed signature like none. */
      readonly testing: boolean;
      /** t=s: the signing identity must be of exactly this domain. */
      readonly strict: boolean;
      /** h=: the hash algorithms that it may be used with; absent: all. */
      readonly hashes?: readonly string[];
      /** s=: false where it is not for e-mail. */
      readonly forEmail: boolean;
    }
  /** p= is empty: the key was withdrawn. */
  | { readonly kind: 'revoked' }
  | {
      readonly kind: 'invalid';
      readonly why: 'syntax' | 'version' | 'no-p' | 'base64' | 'key' | 'algorithm' | 'too-short';
      readonly at: string;
    };

/** RFC 8301 section 3.2: shorter keys are not to be accepted. */
export const fewestBits = 1024;

const base64Text = /^[A-Za-z0-9+/]+={0,2}$/;

const bytesOf = (text: string): Uint8Array | undefined => {
  if (!base64Text.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replace(/=+$/, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
};

interface Element {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly rest: Uint8Array;
}

/** One element of DER (X.690 section 8.1); nothing where it does not fit into the bytes. */
const element = (bytes: Uint8Array | undefined): Element | undefined => {
  const [tag, first] = [bytes?.[0], bytes?.[1]];
  if (bytes === undefined || tag === undefined || first === undefined) return undefined;
  const more = first & 0x80 ? first & 0x7f : 0;
  if (more > 3) return undefined;
  const length = more ? bytes.subarray(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0) : first;
  const start = 2 + more;
  if (bytes.length < start + length) return undefined;
  return { tag, body: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
};

const [integer, bitString, sequence] = [0x02, 0x03, 0x30];

const modulusBits = (body: Uint8Array): number | undefined => {
  const modulus = element(body);
  const exponent = element(modulus?.rest);
  if (modulus?.tag !== integer || exponent?.tag !== integer) return undefined;
  const from = modulus.body.findIndex((byte) => byte !== 0);
  const first = modulus.body[from];
  return first === undefined ? undefined : (modulus.body.length - from - 1) * 8 + (32 - Math.clz32(first));
};

/** The length of an RSA key, written as SubjectPublicKeyInfo (RFC 6376) or as bare RSAPublicKey, which many accept. */
const rsaBits = (bytes: Uint8Array): number | undefined => {
  const outer = element(bytes);
  if (outer?.tag !== sequence || outer.rest.length > 0) return undefined;
  const first = element(outer.body);
  if (first?.tag === integer) return modulusBits(outer.body);
  const key = element(first?.rest);
  if (first?.tag !== sequence || key?.tag !== bitString || key.body[0] !== 0) return undefined;
  const inner = element(key.body.subarray(1));
  return inner?.tag === sequence ? modulusBits(inner.body) : undefined;
};

const listed = (value: string | undefined): readonly string[] | undefined =>
  value?.split(':').map((word) => word.trim().toLowerCase());

/** Whether a TXT record at this name is meant as a key at all; wildcards bring others. */
export const looksLikeKey = (text: string): boolean => /^\s*v\s*=\s*DKIM1/i.test(text) || /(^|;)\s*p\s*=/.test(text);

export const readDkimKey = (text: string): DkimKey => {
  const list = readTags(text);
  if (list.kind === 'broken') return { kind: 'invalid', why: 'syntax', at: list.at };
  const { tags, order } = list;
  const version = tags.get('v');
  if (version !== undefined && (version !== 'DKIM1' || order[0] !== 'v')) {
    return { kind: 'invalid', why: 'version', at: `v=${version}` };
  }
  const p = tags.get('p');
  if (p === undefined) return { kind: 'invalid', why: 'no-p', at: text };
  const base64 = p.replace(/\s+/g, '');
  if (base64 === '') return { kind: 'revoked' };
  const algorithm = (tags.get('k') ?? 'rsa').toLowerCase();
  if (algorithm !== 'rsa' && algorithm !== 'ed25519')
    return { kind: 'invalid', why: 'algorithm', at: `k=${algorithm}` };
  const bytes = bytesOf(base64);
  if (!bytes) return { kind: 'invalid', why: 'base64', at: base64.slice(-20) };
  const bits = algorithm === 'rsa' ? rsaBits(bytes) : bytes.length === 32 ? 256 : undefined;
  if (bits === undefined) return { kind: 'invalid', why: 'key', at: `${bytes.length}` };
  if (algorithm === 'rsa' && bits < fewestBits) return { kind: 'invalid', why: 'too-short', at: `${bits}` };
  const flags = listed(tags.get('t')) ?? [];
  const hashes = listed(tags.get('h'));
  const services = listed(tags.get('s')) ?? ['*'];
  return {
    kind: 'key',
    algorithm,
    bits,
    base64,
    testing: flags.includes('y'),
    strict: flags.includes('s'),
    ...(hashes ? { hashes } : {}),
    forEmail: services.includes('*') || services.includes('email'),
  };
};
