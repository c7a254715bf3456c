import { domainToASCII } from 'node:url';

/** An address as it stands between < and > in an SMTP command. */
export type WireAddress =
  | { readonly kind: 'ready'; readonly path: string; readonly needsUtf8: boolean }
  | { readonly kind: 'unusable'; readonly says: string };

const atoms = /^[^\s<>()[\]\\,;:@".]+(\.[^\s<>()[\]\\,;:@".]+)*$/u;

/**
 * The domain becomes punycode (RFC 5891); a local part outside ASCII stays and needs SMTPUTF8 (RFC 6531); one that is no
 * dot-string, as the carriers' taro..x@, is quoted (RFC 5321 section 4.1.2).
 */
export const wireAddress = (address: string): WireAddress => {
  // A line end inside an address would start a command of its own
  if (/[\u0000-\u001f\u007f<>]/.test(address))
    return { kind: 'unusable', says: 'not sent: the address contains <, > or control characters' };
  const cut = address.lastIndexOf('@');
  if (cut <= 0) return { kind: 'unusable', says: 'not sent: the address has no local part or no domain' };
  const local = address.slice(0, cut);
  const domain = address.slice(cut + 1);
  const ascii = domainToASCII(domain);
  if (!ascii) return { kind: 'unusable', says: 'not sent: the domain of the address is not valid' };
  const quoted = atoms.test(local) || /^".*"$/.test(local) ? local : `"${local.replace(/(["\\])/g, '\\$1')}"`;
  return {
    kind: 'ready',
    path: `${quoted}@${/^[\x21-\x7e]*$/.test(domain) ? domain : ascii}`,
    needsUtf8: /[^\x20-\x7e]/.test(local),
  };
};
