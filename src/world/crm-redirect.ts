import { placeText } from './crm-address.ts';
import type { Incoming, Outgoing } from './crm-exchange.ts';

/** Where a redirect leads. */
export type Redirect =
  | { readonly kind: 'none' }
  | { readonly kind: 'follow'; readonly next: Outgoing }
  /** To another host, down from TLS, or nowhere: nothing is sent there. */
  | { readonly kind: 'elsewhere'; readonly location: string };

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** The same host, and as safe: `http://crm:8069` may lead up to `https://crm`, nothing may lead down. */
const isWithin = (from: URL, to: URL): boolean =>
  to.origin === from.origin || (from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname);

/** Only the way of asking changes, not what is asked. */
const isUpgrade = (from: URL, to: URL): boolean =>
  from.protocol !== to.protocol && from.pathname === to.pathname && from.search === to.search;

/** A POST becomes a GET as in browsers (WHATWG Fetch, HTTP-redirect fetch), but not where it only moves up to TLS. */
const asGet = (outgoing: Outgoing, status: number, to: URL): boolean =>
  outgoing.method !== 'GET' && (status === 303 || (status < 303 && !isUpgrade(outgoing.url, to)));

const withoutBody = ({ body: _, headers, ...rest }: Outgoing): Outgoing => ({
  ...rest,
  method: 'GET',
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type')),
});

export const redirectOf = (outgoing: Outgoing, { status, headers }: Incoming): Redirect => {
  const { location } = headers;
  if (!redirects.includes(status) || location === undefined) return { kind: 'none' };
  if (!URL.canParse(location, outgoing.url.href)) return { kind: 'elsewhere', location: 'an address that is none' };
  const url = new URL(location, outgoing.url.href);
  if (url.username !== '' || url.password !== '' || !isWithin(outgoing.url, url)) {
    return { kind: 'elsewhere', location: url.origin === 'null' ? url.protocol : placeText(url) };
  }
  return { kind: 'follow', next: { ...(asGet(outgoing, status, url) ? withoutBody(outgoing) : outgoing), url } };
};
