import type { CrmClient } from '../model/crm/connector.ts';
import { createHttp } from './http.ts';
import type { Kit } from './kit.ts';
import { printable } from './printable.ts';

const queryOf = (query: Readonly<Record<string, unknown>> = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};

const jsonIn = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** The way to one CRM over the plain HTTP of the run. */
export const createCrmClient = (
  kit: Kit,
  { url, ca }: { readonly url: string; readonly ca?: string },
): CrmClient & { readonly close: () => void } => {
  const http = createHttp(kit);
  return {
    printable: (text, most = 300) => printable(text).slice(0, most),
    close: () => undefined,
    ask: async ({ method = 'GET', path, query, headers = {}, json, form, mostBytes, what = path }, signal) => {
      const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
      const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
      const reply = await http.ask(
        {
          url: `${/^https?:/.test(path) ? path : `${url}${path}`}${queryOf(query)}`,
          method: method === 'GET' ? 'GET' : 'POST',
          headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }), ...headers },
          ...(body === undefined ? {} : { body }),
          mostBytes: mostBytes ?? 8 * 1024 * 1024,
          redirects: 0,
          ...(ca === undefined ? {} : { ca }),
        },
        signal,
      );
      if (reply.kind === 'failed') {
        const { at, code, says } = reply;
        if (at === 'tls') return { kind: 'failed', failure: { kind: 'tls', what, code, says } };
        if (at === 'redirect')
          return { kind: 'failed', failure: { kind: 'redirected', what, says: '', location: says } };
        return { kind: 'failed', failure: { kind: 'unreachable', what, at, code, says } };
      }
      const { status, contentType, date, location, cut } = reply;
      if (cut) return { kind: 'failed', failure: { kind: 'too-large', what, says: '' } };
      return {
        kind: 'response',
        response: {
          status,
          headers: {
            'content-type': contentType,
            ...(date === undefined ? {} : { date }),
            ...(location === undefined ? {} : { location }),
          },
          body: reply.body,
          json: jsonIn(reply.body),
          url: reply.url,
        },
      };
    },
  };
};
