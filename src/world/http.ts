import type { IncomingMessage } from 'node:http';
import type { HttpQuestion, HttpReply } from '../model/http-facts.ts';
import type { Http } from '../model/world.ts';
import { stopwatch } from './contact-clock.ts';
import type { Kit } from './kit.ts';
import { decoded, printable } from './printable.ts';
import { contextFor } from './trust.ts';
import type { ProxyWay, WebProxy } from './web-proxy.ts';

type Failed = Extract<HttpReply, { kind: 'failed' }>;
type At = Failed['at'];

const defaultBytes = 64 * 1024;
const defaultRedirects = 3;
const longestHeader = 200;

/** Where a request broke, by the code that Node gives it. */
const placeOf = (code: string, secured: boolean): At => {
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return 'dns';
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|EACCES|EPERM)$/.test(code)) return 'connect';
  if (/^(CERT_|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|INVALID_|HOSTNAME_)/.test(code)) return 'tls';
  return secured ? 'answer' : 'connect';
};

interface Failure {
  readonly code: string;
  readonly says: string;
}

/** Several addresses, each dead in its own way: Node packs them into one error without words. */
const failureOf = (error: unknown): Failure => {
  if (typeof error !== 'object' || error === null) return { code: 'EIO', says: printable(String(error)) };
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return failureOf(error.errors[0]);
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : 'EIO',
    says: printable('message' in error ? String(error.message) : ''),
  };
};

const bodyOf = (response: IncomingMessage, mostBytes: number): Promise<{ body: string; cut: boolean }> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (cut: boolean): void => {
      resolve({ body: decoded(Buffer.concat(chunks).subarray(0, mostBytes)), cut });
      response.destroy();
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > mostBytes) finish(true);
    });
    response.once('end', () => finish(false));
    response.once('error', reject);
    // The connection ended within the body: Node says 'aborted' or 'close' without 'end'.
    response.once('close', () => reject(Object.assign(new Error('the answer ends too early'), { code: 'ECONNRESET' })));
  });

/** A redirect may lead to another path, or up to TLS; never down from it, and to another host only with TLS. */
const mayFollow = (from: URL, to: URL): boolean =>
  to.protocol === 'https:' || (from.protocol === 'http:' && to.protocol === 'http:' && from.host === to.host);

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

type WayOf = (url: URL) => ProxyWay;

/** The way through a proxy, on a connection of its own; read only where there is one. */
const detour = async (url: URL, proxy: WebProxy, withinMs: number) => {
  const [{ openConnections }, { targetOf }] = await Promise.all([
    import('./crm-connections.ts'),
    import('./web-proxy.ts'),
  ]);
  const { plain, secure } = openConnections({ admit: () => true }, 1, withinMs);
  return { ...targetOf(url, proxy), proxy, agent: url.protocol === 'https:' ? secure : plain };
};

const once = async (
  url: URL,
  question: HttpQuestion,
  { ledger, limits, wayOf }: Pick<Kit, 'ledger' | 'limits'> & { readonly wayOf: WayOf },
  signal: AbortSignal,
): Promise<HttpReply> => {
  const ms = stopwatch();
  const failed = (at: At, code: string, says: string): HttpReply => ({ kind: 'failed', at, code, says, ms: ms() });
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const leads = wayOf(url);
  if (leads.kind === 'unusable') return failed('connect', 'ERR_PROXY', `${leads.variable} names no proxy for HTTP`);
  if (!ledger.admit(host, Number(url.port || (secure ? 443 : 80)))) {
    return failed('limit', 'LIMIT', 'the limit of connections to this host is reached');
  }
  const { request } = secure ? await import('node:https') : await import('node:http');
  const secureContext = secure
    ? await contextFor(question.ca === undefined ? {} : { ca: question.ca }, { minVersion: 'TLSv1.2' })
    : undefined;
  const { headers: proxied, ...way } =
    leads.kind === 'proxy' ? await detour(url, leads.proxy, limits.stepMs) : { agent: false, headers: {} };
  const deadline = AbortSignal.timeout(limits.stepMs);
  const either = AbortSignal.any([signal, deadline]);
  let secured = !secure;
  try {
    return await new Promise<HttpReply>((resolve, reject) => {
      const { body, method = 'GET', headers = {} } = question;
      const asking = request(
        url,
        {
          method,
          signal: either,
          ...way,
          ...(secureContext ? { secureContext } : {}),
          maxHeaderSize: 32 * 1024,
          headers: {
            connection: 'close',
            'user-agent': 'crm-doctor',
            ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
            ...headers,
            ...proxied,
          },
        },
        (response) => {
          const { statusCode: status = 0, headers: got } = response;
          bodyOf(response, question.mostBytes ?? defaultBytes).then(
            (read) =>
              resolve({
                kind: 'answered',
                status,
                url: url.href,
                contentType: printable(got['content-type'] ?? ''),
                ...(got.date === undefined ? {} : { date: printable(got.date) }),
                ...(got.server === undefined ? {} : { server: printable(String(got.server)).slice(0, longestHeader) }),
                ...(got['retry-after'] === undefined
                  ? {}
                  : { retryAfter: printable(got['retry-after']).slice(0, longestHeader) }),
                ...limitReset(got),
                ...(got['www-authenticate'] === undefined
                  ? {}
                  : { authenticate: printable(got['www-authenticate']).slice(0, longestHeader) }),
                ...(got.location === undefined ? {} : { location: printable(got.location) }),
                ...read,
                ms: ms(),
              }),
            reject,
          );
        },
      );
      asking.once('socket', (socket) => {
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          secured = true;
        });
      });
      asking.on('error', reject);
      asking.end(body);
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (deadline.aborted) {
      const says = `no answer within ${Math.round(limits.stepMs / 1000)} s`;
      return failed(secured ? 'answer' : 'connect', 'ETIMEDOUT', says);
    }
    const { code, says } = failureOf(error);
    return failed(placeOf(code, secured), code, says);
  }
};

/** Chatwork and LINE WORKS say in headers of their own when their limit ends. */
const limitReset = (headers: IncomingMessage['headers']) => {
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'];
  return reset === undefined ? {} : { limitReset: printable(String(reset)).slice(0, longestHeader) };
};

/** The address of a question, or nothing where it is none that is asked here. */
const addressOf = (text: string): URL | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
    ? url
    : undefined;
};

/**
 * Plain questions over HTTP with the trust of the mail checks: one deadline a request, a bounded answer, redirects within
 * reason, no cookies, nothing cached, and no proxy but where one is given.
 */
export const createHttp = (kit: Pick<Kit, 'ledger' | 'limits'>, wayOf: WayOf = () => ({ kind: 'direct' })): Http => ({
  ask: async (question, signal) => {
    const ms = stopwatch();
    const first = addressOf(question.url);
    if (!first) return { kind: 'failed', at: 'url', code: 'ERR_INVALID_URL', says: printable(question.url), ms: 0 };
    let url = first;
    for (let left = question.redirects ?? defaultRedirects; ; left -= 1) {
      const reply = await once(url, question, { ...kit, wayOf }, signal);
      if (reply.kind === 'failed' || !isRedirect(reply.status) || reply.location === undefined) return reply;
      if (left <= 0 || question.method === 'POST') return reply;
      const next = URL.canParse(reply.location, url.href)
        ? addressOf(new URL(reply.location, url.href).href)
        : undefined;
      if (!next || !mayFollow(url, next)) {
        return { kind: 'failed', at: 'redirect', code: 'REDIRECT', says: reply.location, ms: ms() };
      }
      url = next;
    }
  },
});
