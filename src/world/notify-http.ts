import { createHmac } from 'node:crypto';
import type { SecretRef } from '../model/config.ts';
import type { HttpReply } from '../model/http-facts.ts';
import type { Text } from '../model/text.ts';
import { receiverFault } from '../reason/receiver-url.ts';
import { createHttp } from './http.ts';
import { type Kit, openLedger } from './kit.ts';
import { SecretError } from './secrets.ts';
import { webProxyWay } from './web-proxy.ts';

/** What is sent once; never again to another place. */
export interface Post {
  readonly url: URL;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ca?: string;
}

export type Posted =
  | { readonly kind: 'answered'; readonly answer: Extract<HttpReply, { kind: 'answered' }> }
  /** Nothing of it left this machine, or nothing that the receiver could read. */
  | { readonly kind: 'unsent'; readonly says: Text }
  /** It was sent, and what became of it is not known. */
  | { readonly kind: 'uncertain'; readonly says: Text };

/** The address of a receiver out of its secret; what tells it from others of its kind is as secret as the whole. */
export const receiverUrl = (secrets: Kit['secrets'], ref: SecretRef): URL => {
  const words = secrets.reveal(ref).trim();
  const fault = receiverFault(words);
  if (fault) {
    throw new SecretError(ref.secret, { en: `${ref.secret}: ${fault.en}`, ja: `${ref.secret}: ${fault.ja}` });
  }
  const url = new URL(words);
  for (const part of [`${url.pathname}${url.search}`, ...url.pathname.split('/'), ...url.searchParams.values()]) {
    if (part.length >= 12) secrets.learn(part);
  }
  return url;
};

/** An answer says little; a flood is cut. */
const mostAnswer = 16 * 1024;

const notSent = new Set(['url', 'dns', 'connect', 'tls', 'limit', 'redirect']);

/** The one way in which notices go out over HTTP. The receiver's address stands in no text. */
export const createPoster = (
  kit: Pick<Kit, 'limits' | 'env'>,
): ((post: Post, signal: AbortSignal) => Promise<Posted>) => {
  return async ({ url, contentType, body, headers = {}, ca }, signal) => {
    if (signal.aborted) return { kind: 'unsent', says: { en: 'interrupted', ja: '中断されました' } };
    // Whoever is written to has asked for it: what one run may do to a server does not count here.
    const ledger = openLedger(kit.limits);
    const reply = await createHttp({ limits: kit.limits, ledger }, (at) => webProxyWay(at, kit.env ?? {}))
      .ask(
        {
          url: url.href,
          method: 'POST',
          body,
          headers: { 'content-type': contentType, ...headers },
          redirects: 0,
          mostBytes: mostAnswer,
          ...(ca === undefined ? {} : { ca }),
        },
        signal,
      )
      .catch((): undefined => undefined);
    if (!reply) {
      return {
        kind: 'uncertain',
        says: { en: 'interrupted while it was being sent', ja: '送信の途中で中断されました' },
      };
    }
    if (reply.kind === 'answered') return { kind: 'answered', answer: reply };
    const { code, says, at } = reply;
    const words = says === '' || says.includes(code) ? code : `${code}: ${says}`;
    return notSent.has(at)
      ? {
          kind: 'unsent',
          says: {
            en: `${url.hostname} cannot be reached (${words})`,
            ja: `${url.hostname} に接続できません (${words})`,
          },
        }
      : {
          kind: 'uncertain',
          says: {
            en: `no answer from ${url.hostname} after it was sent (${words})`,
            ja: `送信後、${url.hostname} からの応答を受け取れませんでした (${words})`,
          },
        };
  };
};

/**
 * Proof of origin for a receiver of one's own: HMAC-SHA256 over time and body, so that an old notice cannot be sent again
 * as a new one.
 */
export const signed = (body: string, secret: string, now: Date): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-crmdoctor-timestamp': timestamp, 'x-crmdoctor-signature': `sha256=${mac}` };
};
