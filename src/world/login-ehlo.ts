import { isIPv4, isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import type { Service } from '../model/mailbox.ts';

/** What EHLO offered, after TLS where there is TLS. */
export interface Offer {
  /** The EHLO keywords with their parameters, upper case. */
  readonly extensions: ReadonlyMap<string, readonly string[]>;
  readonly mechanisms: readonly string[];
  /** Our address as the server sees it, where it greets us by it: `250-mail Hello crm [192.0.2.7]` (Exim, Exchange, Sendmail). */
  readonly client?: string;
}

/** What the configuration says the CRM says; what could not stand on the line is not sent (mail.config names it). */
export const configuredName = ({ ehlo }: Pick<Service, 'ehlo'>): string | undefined =>
  ehlo !== undefined && /^[\x21-\x7e]{1,255}$/.test(ehlo) ? ehlo : undefined;

/** RFC 5321 section 4.1.3; an address literal is always true and never looked up. */
export const ehloLiteral = (address: string): string => (isIPv6(address) ? `[IPv6:${address}]` : `[${address}]`);

/** RFC 5321 section 4.1.3: a machine without a full name says its address. */
export const ehloName = (service: Pick<Service, 'ehlo'>, local: string | undefined, machine = hostname()): string => {
  const configured = configuredName(service);
  if (configured !== undefined) return configured;
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(machine) && !isIPv4(machine)) return machine;
  return ehloLiteral((local ?? '127.0.0.1').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''));
};

const clientIn = (first: string): string | undefined => {
  const address = /\bHello\b.{0,300}\[(?:IPv6:)?([0-9a-f.:]{3,45})\]/i.exec(first)?.[1];
  return address !== undefined && (isIPv4(address) || isIPv6(address)) ? address : undefined;
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
  const client = clientIn(reply.split(/\r?\n/, 1)[0] ?? '');
  return {
    extensions,
    mechanisms: [...new Set(extensions.get('AUTH') ?? [])],
    ...(client === undefined ? {} : { client }),
  };
};
