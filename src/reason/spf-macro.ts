import { addressBytes } from './ip-network.ts';

/** What macros are filled with (RFC 7208 section 7); the address is not known where nobody has seen one. */
export interface MacroValues {
  readonly sender: string;
  /** The domain whose record is being read. */
  readonly domain: string;
  readonly helo?: string;
  readonly ip?: string;
}

export type Expanded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'needs-address' }
  | { readonly kind: 'bad' };

const pieces = /%\{([a-z])(\d{0,3})(r?)([-.+,/_=]*)\}|%([%_-])|([^%]+|%)/gi;

const dotted = (ip: string): string => {
  const bytes = addressBytes(ip);
  if (bytes?.length !== 16) return ip;
  return bytes.flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)]).join('.');
};

const macroValue = (letter: string, { sender, domain, helo, ip }: MacroValues): string | undefined => {
  const at = sender.lastIndexOf('@');
  switch (letter) {
    case 's':
      return at < 0 ? `postmaster@${sender}` : sender;
    case 'l':
      return at < 0 ? 'postmaster' : sender.slice(0, at);
    case 'o':
      return sender.slice(at + 1);
    case 'd':
      return domain;
    case 'i':
      return ip === undefined ? undefined : dotted(ip);
    case 'v':
      return ip === undefined ? undefined : ip.includes(':') ? 'ip6' : 'in-addr';
    case 'h':
      return helo;
    // Receivers need not look the name up and write "unknown" then (section 7.3).
    case 'p':
      return ip === undefined ? undefined : 'unknown';
    default:
      return undefined;
  }
};

/** Whether a text is a macro-string (section 7.1) outside of exp. */
export const isMacroString = (text: string): boolean => {
  if (!/^[\x21-\x7e]*$/.test(text)) return false;
  for (const [, letter, digits, , , escaped, literal] of text.matchAll(pieces)) {
    if (literal === '%' || (letter !== undefined && !/[slodiphv]/i.test(letter))) return false;
    if (letter === undefined && escaped === undefined && literal === undefined) return false;
    if (digits !== undefined && digits !== '' && Number(digits) === 0) return false;
  }
  return true;
};

/** A domain-spec: a macro-string that ends like a domain (section 7.1). */
export const isDomainSpec = (text: string): boolean =>
  text !== '' &&
  isMacroString(text) &&
  (/%\{[^}]*\}$/.test(text) || /\.(?=[a-z0-9-]*[a-z-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?$/i.test(text));

const transformed = (value: string, digits: string, reverse: boolean, delimiters: string): string => {
  const marks = delimiters === '' ? '.' : delimiters;
  const parts: string[] = [''];
  for (const character of value) {
    if (marks.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  if (reverse) parts.reverse();
  return (digits === '' ? parts : parts.slice(-Number(digits))).join('.');
};

const longestName = 253;

/** Labels are taken from the left until a name fits (section 7.3). */
const fitting = (name: string): string => {
  let left = name;
  while (left.length > longestName && left.includes('.')) left = left.slice(left.indexOf('.') + 1);
  return left;
};

/** Fills in the macros of a domain-spec. */
export const expandMacros = (text: string, values: MacroValues): Expanded => {
  if (!isMacroString(text)) return { kind: 'bad' };
  let out = '';
  for (const [, letter, digits = '', reverse = '', delimiters = '', escaped, literal = ''] of text.matchAll(pieces)) {
    if (escaped !== undefined) out += { '%': '%', _: ' ', '-': '%20' }[escaped] ?? '';
    else if (letter === undefined) out += literal;
    else {
      const value = macroValue(letter.toLowerCase(), values);
      if (value === undefined) return { kind: 'needs-address' };
      const plain = transformed(value, digits, reverse !== '', delimiters);
      // An upper-case letter asks for URL escapes (section 7.3).
      out += letter === letter.toUpperCase() ? encodeURIComponent(plain) : plain;
    }
    if (out.length > 4_000) return { kind: 'bad' };
  }
  return { kind: 'text', text: fitting(out.replace(/\.$/, '').toLowerCase()) };
};
