import { isIPv4, isIPv6 } from 'node:net';
import { hostname } from 'node:os';

/** What EHLO offered, after TLS where there is TLS. */
export interface Offer {
  /** The EHLO keywords with their parameters, upper case. */
  readonly extensions: ReadonlyMap<string, readonly string[]>;
  readonly mechanisms: readonly string[];
}

/** RFC 5321 section 4.1.3: a machine without a full name says its address. */
export const ehloName = (local: string | undefined, machine = hostname()): string => {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(machine) && !isIPv4(machine)) return machine;
  const address = (local ?? '127.0.0.1').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return isIPv6(address) ? `[IPv6:${address}]` : `[${address}]`;
};

/** The keywords of an EHLO reply. */
export const offerOf = (reply: string): Offer => {
  const extensions = new Map<string, readonly string[]>();
  for (const line of reply.split(/\r?\n/).slice(1, 200)) {
    // "AUTH=LOGIN" is the form from before the RFC, which old servers still show beside the other.
    const [keyword = '', ...parameters] = line
      .replace(/^\d{3}[ -]/, '')
      .trim()
      .toUpperCase()
      .split(/[\s=]+/);
    if (keyword) extensions.set(keyword, [...(extensions.get(keyword) ?? []), ...parameters]);
  }
  return { extensions, mechanisms: [...new Set(extensions.get('AUTH') ?? [])] };
};
