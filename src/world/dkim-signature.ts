import { readTags } from '../reason/tag-list.ts';
import { type Canonical, canonicalBody, canonicalField, type RawField } from './dkim-canonical.ts';

/** What a DKIM-Signature field asks to be verified (RFC 6376 section 3.5). */
export interface DkimSignature {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: 'rsa' | 'ed25519';
  readonly header: Canonical;
  readonly body: Canonical;
  /** Lower case, in the order of h=. */
  readonly signed: readonly string[];
  readonly bodyHash: string;
  readonly signature: string;
  /** l=: only so many bytes of the body are covered. */
  readonly length?: number;
  /** Seconds since 1970. */
  readonly signedAt?: number;
  readonly expiresAt?: number;
  /** The domain of i=. */
  readonly identity: string;
}

export type ReadSignature =
  | { readonly kind: 'signature'; readonly signature: DkimSignature }
  | { readonly kind: 'unusable'; readonly domain: string; readonly selector: string; readonly why: string };

const host = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*$/i;
const base64Text = /^[A-Za-z0-9+/]+={0,2}$/;
const seconds = /^\d{1,12}$/;
const bytesCount = /^\d{1,12}$/;

const canonicals = (value: string): readonly [Canonical, Canonical] | undefined => {
  const [, header, body = 'simple'] = /^(simple|relaxed)(?:\/(simple|relaxed))?$/i.exec(value) ?? [];
  // The expressions allow these two words only.
  return header === undefined ? undefined : [header.toLowerCase() as Canonical, body.toLowerCase() as Canonical];
};

/** Reads one field; what a verifier has to refuse without looking at any key is `unusable`. */
export const readSignature = (field: RawField): ReadSignature => {
  const list = readTags(field.text.slice(field.text.indexOf(':') + 1).replace(/\r\n/g, ''));
  if (list.kind === 'broken') return { kind: 'unusable', domain: '', selector: '', why: 'syntax' };
  const tag = (name: string): string => list.tags.get(name) ?? '';
  const compact = (name: string): string => tag(name).replace(/\s+/g, '');
  const domain = tag('d').toLowerCase();
  const selector = tag('s').toLowerCase();
  const bad = (why: string): ReadSignature => ({
    kind: 'unusable',
    domain: host.test(domain) ? domain : '',
    selector: host.test(selector) ? selector : '',
    why,
  });
  if (tag('v') !== '1') return bad('version');
  if (!host.test(domain) || !host.test(selector)) return bad('syntax');
  const algorithm = /^(rsa|ed25519)-(sha256)$/i.exec(tag('a'))?.[1]?.toLowerCase();
  // RFC 8301 section 3.1: rsa-sha1 proves nothing any more.
  if (algorithm !== 'rsa' && algorithm !== 'ed25519') return bad('algorithm');
  const ways = canonicals(list.tags.has('c') ? tag('c') : 'simple/simple');
  if (!ways) return bad('canonicalization');
  const [bodyHash, signature] = [compact('bh'), compact('b')];
  if (!base64Text.test(bodyHash) || !base64Text.test(signature)) return bad('syntax');
  const signed = tag('h')
    .split(':')
    .map((name) => name.trim().toLowerCase());
  if (!signed.includes('from')) return bad('from-not-signed');
  const [, at = domain] = /@([^@]*)$/.exec(tag('i')) ?? [];
  const identity = at.trim().toLowerCase();
  if (identity !== domain && !identity.endsWith(`.${domain}`)) return bad('identity');
  if (list.tags.has('q') && !/(?:^|:)\s*dns\/txt\s*(?:$|:)/i.test(tag('q'))) return bad('query');
  for (const name of ['t', 'x']) if (list.tags.has(name) && !seconds.test(tag(name))) return bad('syntax');
  if (list.tags.has('l') && !bytesCount.test(tag('l'))) return bad('syntax');
  return {
    kind: 'signature',
    signature: {
      domain,
      selector,
      algorithm,
      header: ways[0],
      body: ways[1],
      signed,
      bodyHash,
      signature,
      ...(list.tags.has('l') ? { length: Number(tag('l')) } : {}),
      ...(list.tags.has('t') ? { signedAt: Number(tag('t')) } : {}),
      ...(list.tags.has('x') ? { expiresAt: Number(tag('x')) } : {}),
      identity,
    },
  };
};

/** The bytes of the body that the hash covers; nothing where l= promises more than there is. */
export const coveredBody = (body: string, { body: way, length }: DkimSignature): string | undefined => {
  const whole = canonicalBody(body, way);
  if (length === undefined) return whole;
  return length > whole.length ? undefined : whole.slice(0, length);
};

// b= is signed as if it were empty (section 3.7).
const withoutSignature = (text: string): string =>
  text
    .split(';')
    .map((part, index) => (index === 0 ? /^[^:]*:\s*b\s*=/ : /^\s*b\s*=/).exec(part)?.[0] ?? part)
    .join(';');

/**
 * The header as it was signed: for each name in h= the last field of that name that was not taken yet, nothing where
 * there is none ("over-signing"), and the signature's own field without b= (section 5.4.2, 3.7).
 */
export const signedHeader = (fields: readonly RawField[], own: RawField, { signed, header }: DkimSignature): string => {
  const left = new Map<string, RawField[]>();
  for (const field of fields) {
    const known = left.get(field.name);
    if (known) known.push(field);
    else left.set(field.name, [field]);
  }
  const lines = signed.flatMap((name) => {
    const field = left.get(name)?.pop();
    return field ? [`${canonicalField(field, header)}\r\n`] : [];
  });
  return `${lines.join('')}${canonicalField({ name: own.name, text: withoutSignature(own.text) }, header)}`;
};
