import type { Value } from '../../model/workflow/value.ts';
import { holdsAddress, plainBytes } from '../ip-network.ts';

/** What of an address is written out: parts that are inserted show as `\u0000`. */
export const writtenOut = (value: Value): string | undefined => {
  if (value.kind === 'literal') return typeof value.value === 'string' ? value.value : undefined;
  if (value.kind !== 'text') return undefined;
  return value.parts.map((part) => (typeof part === 'string' ? part : (writtenOut(part) ?? '\u0000'))).join('');
};

/** Scheme, host and the rest of `https://host:port/path?query`, read no further than is needed. */
const address = /^\s*([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:[^/?#@\s]*@)?(\[[0-9A-Fa-f:.]*\]|[^/?#:\s]*)/;

export interface Address {
  readonly scheme: string;
  readonly host: string;
}

export const addressOf = (text: string): Address | undefined => {
  const found = address.exec(text.slice(0, 4000));
  return found ? { scheme: (found[1] ?? '').toLowerCase(), host: (found[2] ?? '').toLowerCase() } : undefined;
};

// Loopback, link-local and private networks: RFC 1122, 1918, 3927, 4193, 4291.
const ownNetworks = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '0.0.0.0/8',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** A host that only the machine itself or the office network reaches; a CRM in the cloud does not. */
export const isOwnNetwork = (host: string): boolean => {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const bytes = plainBytes(host.replace(/^\[|\]$/g, ''));
  return bytes !== undefined && ownNetworks.some((network) => holdsAddress(network, bytes));
};

const secretName =
  /[?&]((?:api|app|access|auth|secret|private)?[_-]?(?:key|token|secret)|apikey|password|passwd|pwd|sig|signature|code)=([^&#\s]*)/gi;

/** Names in the query string whose value is a secret that is written out. */
export const secretsInQuery = (text: string): readonly string[] =>
  [...text.slice(0, 4000).matchAll(secretName)].flatMap(([, name = '', value = '']) => {
    const known = !value.includes('\u0000') && value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
    return known ? [name] : [];
  });
