import type { CrmRequest } from '../model/crm/connector.ts';
import { isLoopback } from '../reason/loopback.ts';

/** The place of one request, or why there is none. */
export type Placed =
  | { readonly kind: 'placed'; readonly url: URL }
  | { readonly kind: 'refused'; readonly code: string; readonly says: string };

const refused = (says: string): Placed => ({ kind: 'refused', code: 'ERR_INVALID_URL', says });

/** A CRM's address as it is configured: HTTP, and no login in it, which would stand in every log on the way. */
const openOf = (text: string): Placed => {
  if (!URL.canParse(text)) return refused('the address is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('the address is not one of the web');
  if (url.username !== '' || url.password !== '') return refused('the address holds a login');
  return { kind: 'placed', url };
};

/** `.` and `..` as URLs read them (WHATWG URL, single-dot and double-dot path segments). */
const climbs = (path: string): boolean => path.split(/[/\\]/).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));

const withQuery = (url: URL, query: CrmRequest['query'] = {}): Placed => {
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values: readonly string[] = Array.isArray(value) ? value : [String(value)];
    for (const one of values) url.searchParams.append(name, one);
  }
  return { kind: 'placed', url };
};

/**
 * Below the CRM's address and nowhere else: an id that a server made up must not climb out of its path. Another host
 * only as an absolute address, and there only with TLS, for a credential goes along.
 */
export const placeOf = (crm: string, { path, query }: Pick<CrmRequest, 'path' | 'query'>): Placed => {
  const base = openOf(crm);
  if (base.kind === 'refused') return base;
  if (/^https?:\/\//i.test(path)) {
    const other = openOf(path);
    if (other.kind === 'refused') return other;
    const { protocol, origin, hostname } = other.url;
    if (protocol === 'https:' || origin === base.url.origin || isLoopback(hostname)) return withQuery(other.url, query);
    return refused('another host is asked with TLS only');
  }
  if (!path.startsWith('/')) return refused('the path does not start with a slash');
  const cut = path.indexOf('?');
  const below = cut < 0 ? path : path.slice(0, cut);
  if (climbs(below)) return refused('the path leads out of the address of the CRM');
  const url = new URL(base.url.origin);
  url.pathname = `${base.url.pathname.replace(/\/+$/, '')}${below}`;
  if (cut >= 0) url.search = path.slice(cut);
  return withQuery(url, query);
};

/** What a request is called in a failure: its path, for a query may hold a key. */
export const nameOf = ({ what, path }: Pick<CrmRequest, 'what' | 'path'>): string =>
  what ?? path.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');

/** A place without what may be secret in it: login, query and fragment. */
export const placeText = ({ origin, pathname }: URL): string => `${origin}${pathname}`;
