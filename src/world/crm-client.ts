import type { SecureContext } from 'node:tls';
import type { CrmClient, CrmRequest, CrmResponse, CrmTraffic } from '../model/crm/connector.ts';
import type { CrmFailure } from '../model/crm/failure.ts';
import { escapeControls } from '../reason/escape.ts';
import { createConcealer } from '../reason/redact.ts';
import { nameOf, placeOf, placeText } from './crm-address.ts';
import { type Pause, pause, tries, waitAfter } from './crm-again.ts';
import { type Connections, openConnections } from './crm-connections.ts';
import { type Broken, exchange, type Incoming, type Outgoing } from './crm-exchange.ts';
import { redirectOf } from './crm-redirect.ts';
import { jsonOf, textOf } from './crm-text.ts';
import type { Kit } from './kit.ts';
import { decoded } from './printable.ts';
import { CaFileError, contextFor } from './trust.ts';
import { turnsOf } from './turns.ts';
import { webProxyWay } from './web-proxy.ts';

interface Options {
  /** The CRM's address. */
  readonly url: string;
  /** A PEM file that is trusted in addition. */
  readonly ca?: string;
  /** Requests at a time, and connections that are kept; default: 4. */
  readonly maxConcurrent?: number;
  readonly pause?: Pause;
}

type Reply = Awaited<ReturnType<CrmClient['ask']>>;

const defaultBytes = 8 * 1024 * 1024;
const mostRedirects = 5;
const longestHeader = 8 * 1024;

type Conceal = (text: string) => string;

/** Made anew when a token was fetched; a server may send back what it was sent, in a debug page or an error. */
const concealing = (secrets: Pick<Kit['secrets'], 'values'>): Conceal => {
  let made: { readonly known: number; readonly conceal: Conceal } | undefined;
  return (text) => {
    const values = secrets.values();
    if (made?.known !== values.length) made = { known: values.length, conceal: createConcealer(values) };
    return made.conceal(text);
  };
};

/** So much more is looked at than is kept: a secret that the cut would halve is seen whole. */
const margin = 4_096;

/** A server's words as one harmless line of bounded length, without our secrets. */
const printableBy =
  (conceal: Conceal): CrmClient['printable'] =>
  (text, most = 300) => {
    const isLonger = text.length > most + margin;
    const clean = conceal(text.slice(0, most + margin));
    const kept = isLonger ? clean.slice(0, Math.max(0, clean.length - margin)) : clean;
    const safe = escapeControls(kept.slice(0, most));
    return isLonger || kept.length > most || safe.length > most ? `${safe.slice(0, most - 1)}…` : safe;
  };

/** Tokens of RFC 9110 section 5.6.2. */
const isName = (name: string): boolean => /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,100}$/.test(name);

/** What a header may hold (RFC 9110 section 5.5): a line break in a key would write further headers. */
const isValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]{0,16384}$/.test(value);

const bodyOf = ({ json, form }: CrmRequest): readonly [type: string, body: string] | undefined => {
  if (json !== undefined) return ['application/json', JSON.stringify(json)];
  return form && ['application/x-www-form-urlencoded', new URLSearchParams({ ...form }).toString()];
};

const outgoingOf = (request: CrmRequest, url: URL): Outgoing => {
  const body = bodyOf(request);
  const own = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    url,
    method: request.method ?? 'GET',
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip, br',
      'user-agent': 'crm-doctor',
      ...(body ? { 'content-type': body[0] } : {}),
      ...Object.fromEntries(own),
    },
    ...(body ? { body: body[1] } : {}),
    mostBytes: request.mostBytes ?? defaultBytes,
  };
};

/** Header values come one character a byte; some products put UTF-8 into them. A token in one of them is for the connector. */
const headerText = (value: string): string => {
  const text = decoded(Buffer.from(value, 'latin1'));
  return escapeControls(text.length > longestHeader ? text.slice(0, longestHeader) : text);
};

const headersOf = (headers: Incoming['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, headerText(Array.isArray(value) ? value.join(', ') : value)]],
    ),
  );

const responseOf = ({ status, headers, body: bytes }: Incoming, url: URL): CrmResponse => {
  const body = textOf(bytes, headers['content-type'] ?? '');
  return { status, headers: headersOf(headers), body, json: jsonOf(body), url: placeText(url) };
};

/** Nothing of the variable's value: there may be a login in it. */
const unusableProxy = (variable: string): Broken => ({
  kind: 'config',
  code: 'ERR_PROXY',
  says: '',
  needs: {
    en: `the environment variable ${variable}: only a proxy of the form http://HOST:PORT can be used; for a CRM that is reached directly, add its host to NO_PROXY`,
    ja: `環境変数 ${variable}: 使えるプロキシは http://ホスト:ポート の形式だけです。直接接続する CRM の場合は、そのホストを NO_PROXY に追加してください`,
  },
});

/** The hardened way to one CRM (CrmClient), until it is closed. */
export const createCrmClient = (
  kit: Pick<Kit, 'clock' | 'ledger' | 'limits' | 'env' | 'secrets'>,
  options: Options,
): CrmClient & { readonly close: () => void; readonly traffic: () => CrmTraffic } => {
  const traffic = { requests: 0, bytes: 0, waits: 0, waitedMs: 0, waiting: 0 };
  const most = options.maxConcurrent ?? 4;
  const turns = turnsOf(most);
  const connections: Connections = openConnections(kit.ledger, most, kit.limits.stepMs);
  const wait = options.pause ?? pause;
  const printable = printableBy(concealing(kit.secrets));
  const failed = (failure: CrmFailure): Reply => ({
    kind: 'failed',
    failure: { ...failure, what: printable(failure.what), says: printable(failure.says) },
  });
  let context: Promise<SecureContext> | undefined;

  /** Once over the wire, to where the redirects end. */
  const once = async (first: Outgoing, what: string, signal: AbortSignal) => {
    let outgoing = first;
    let toItself = 0;
    for (let left = mostRedirects; ; left -= 1) {
      const { url } = outgoing;
      if (url.protocol === 'https:') context ??= contextFor(options, { minVersion: 'TLSv1.2' });
      const leads = webProxyWay(url, kit.env ?? {});
      const proxy = leads.kind === 'proxy' ? leads.proxy : undefined;
      const way = { connections, limits: kit.limits, proxy, context: await context };
      traffic.requests += 1;
      const came = leads.kind === 'unusable' ? unusableProxy(leads.variable) : await exchange(outgoing, way, signal);
      if (came.kind === 'answered') traffic.bytes += came.body.length;
      if (came.kind !== 'answered') {
        const { dropped: _, ...failure } = came;
        return { came, reply: failed({ what, ...failure }) };
      }
      const redirect = redirectOf(outgoing, came);
      if (redirect.kind === 'none') return { came, url };
      // Another query each time, as login pages do that want a cookie (Request Tracker), is a loop as well.
      if (redirect.kind === 'follow' && placeText(redirect.next.url) === placeText(url)) toItself += 1;
      if (redirect.kind === 'follow' && left > 0 && toItself < 2) {
        outgoing = redirect.next;
        continue;
      }
      const location = printable(redirect.kind === 'follow' ? placeText(redirect.next.url) : redirect.location);
      const says = redirect.kind === 'follow' ? 'it redirects again and again' : `it redirects to ${location}`;
      return { came, reply: failed({ kind: 'redirected', what, status: came.status, location, says }) };
    }
  };

  const waited = async (ms: number, signal: AbortSignal): Promise<void> => {
    const start = performance.now();
    traffic.waits += 1;
    traffic.waiting += 1;
    try {
      await wait(ms, signal);
    } finally {
      traffic.waiting -= 1;
      traffic.waitedMs += performance.now() - start;
    }
  };

  const ask = async (request: CrmRequest, signal: AbortSignal): Promise<Reply> => {
    const what = nameOf(request);
    const place = placeOf(options.url, request);
    if (place.kind === 'refused') return failed({ kind: 'config', what, code: place.code, says: place.says });
    const outgoing = outgoingOf(request, place.url);
    const wrong = Object.entries(outgoing.headers).find(([name, value]) => !isName(name) || !isValue(value));
    if (wrong) {
      const says = `the header ${wrong[0]} holds a character that cannot be sent (a line break, or one beyond Latin-1)`;
      return failed({ kind: 'config', what, code: 'ERR_INVALID_CHAR', says });
    }
    const again = request.again ?? outgoing.method === 'GET';
    for (let tried = 1; ; tried += 1) {
      const { came, url, reply } = await turns(() => once(outgoing, what, signal), signal);
      const ms = again && tried < tries ? waitAfter(came, tried, kit.clock.now()) : undefined;
      if (ms === undefined) return reply ?? { kind: 'response', response: responseOf(came, url) };
      await (came.kind === 'answered' ? waited(ms, signal) : wait(ms, signal));
    }
  };

  return {
    ask: async (request, signal) => {
      try {
        return await ask(request, signal);
      } catch (error) {
        if (!(error instanceof CaFileError)) throw error;
        return failed({ kind: 'config', what: nameOf(request), code: error.code, says: error.message });
      }
    },
    printable,
    traffic: () => ({ ...traffic, waitedMs: Math.round(traffic.waitedMs), waiting: traffic.waiting > 0 }),
    close: connections.close,
  };
};
