import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OAuthLogin } from '../model/config.ts';
import type { Service } from '../model/mailbox.ts';
import type { TokenFailure } from '../model/token-facts.ts';
import { createHttp } from './http.ts';
import { type Kit, openLedger } from './kit.ts';
import {
  type Answered,
  attempt,
  type Granted,
  grantedBy,
  type OAuthServer,
  openServer,
  scopesOf,
} from './oauth-server.ts';
import { clientSecretOf, type Token, type Tokens } from './oauth-tokens.ts';
import { printable } from './printable.ts';

/** What a person is told to do; every word of a server in it is printable. */
export interface SignInPrompt {
  readonly device: (what: {
    readonly url: string;
    readonly code: string;
    readonly minutes: number;
    readonly scopes: readonly string[];
  }) => void;
  readonly browser: (what: {
    readonly url: string;
    readonly minutes: number;
    readonly scopes: readonly string[];
  }) => void;
}

interface Means {
  readonly prompt: SignInPrompt;
  readonly signal: AbortSignal;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const loopbackMinutes = 10;
/** RFC 8628 section 3.2 and 3.5: between two polls, and what slow_down adds. */
const defaultInterval = 5;
const slower = 5;
/** More than a device code of a quarter of an hour needs at five seconds each. */
const mostPolls = 400;

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
};

const nobodyCame: TokenFailure = { kind: 'sign-in-needed' };

/** A page that a browser may be sent to; anything else would be an invitation to open something strange. */
const pageOf = (address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? printable(href) : undefined;
};

/** RFC 8628: the person signs in on any device, and we ask until they have. */
const byDevice = async (
  { as, client, auth, options }: OAuthServer,
  scopes: readonly string[],
  { prompt, signal, wait }: Means,
): Promise<Answered<Granted>> => {
  const library = await import('oauth4webapi');
  const begun = await attempt('device', signal, async () =>
    library.processDeviceAuthorizationResponse(
      as,
      client,
      await library.deviceAuthorizationRequest(as, client, auth, { scope: scopes.join(' ') }, options),
    ),
  );
  if (begun.kind === 'failed') return begun;
  const { device_code, user_code, verification_uri, expires_in, interval = defaultInterval } = begun.value;
  const url = pageOf(verification_uri);
  if (url === undefined) {
    return { kind: 'failed', failed: { kind: 'broken', at: 'device', says: 'the page to sign in at is no web page' } };
  }
  prompt.device({
    url,
    code: printable(user_code).slice(0, 40),
    minutes: Math.max(1, Math.floor(expires_in / 60)),
    scopes,
  });
  let seconds = interval;
  let waited = 0;
  for (let poll = 0; poll < mostPolls && waited + seconds <= expires_in; poll += 1) {
    await wait(seconds * 1000, signal);
    waited += seconds;
    const answer = await attempt('device', signal, async () =>
      library.processDeviceCodeResponse(
        as,
        client,
        await library.deviceCodeGrantRequest(as, client, auth, device_code, options),
      ),
    );
    if (answer.kind === 'ok') return { kind: 'ok', value: grantedBy(answer.value) };
    const { failed } = answer;
    if (failed.kind !== 'refused') {
      // RFC 8628 section 3.5: after a connection that failed, slower.
      if (failed.kind !== 'broken') return answer;
      seconds += slower;
      continue;
    }
    if (failed.error === 'slow_down') seconds += slower;
    else if (failed.error === 'expired_token' || failed.error === 'code_expired') break;
    else if (failed.error !== 'authorization_pending') return answer;
  }
  return { kind: 'failed', failed: nobodyCame };
};

const pageText = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>crm-doctor</title><body style="font-family:sans-serif;margin:3em"><h1>${title}</h1><p>${text}</p></body></html>`;

const done = pageText(
  'crm-doctor',
  'You can close this window and go back to the terminal.<br>このウィンドウを閉じて、ターミナルに戻ってください。',
);
const strange = pageText('crm-doctor', 'This is not the answer that was waited for.<br>想定された応答ではありません。');

interface Listening {
  readonly port: number;
  /** The address that the browser came back to, with this state in it. */
  readonly arrival: Promise<URL>;
  readonly stop: () => void;
}

/** RFC 8252 section 7.3: the browser comes back to a port of this machine, which only it can reach. */
const listenOnLoopback = async (state: string): Promise<Listening> => {
  const { createServer } = await import('node:http');
  return new Promise((resolve, reject) => {
    let arrived: (url: URL) => void = () => undefined;
    const arrival = new Promise<URL>((come) => {
      arrived = come;
    });
    const server = createServer({ maxHeaderSize: 32 * 1024, headersTimeout: 10_000 }, (request, response) => {
      const { port } = server.address() as AddressInfo;
      const { url = '', method, headers } = request;
      // Any page in the browser and any program here may ask for what it likes, `//` included, which is no address.
      const here = `http://127.0.0.1:${port}`;
      const address = URL.canParse(url, here) ? new URL(url, here) : undefined;
      const ours =
        method === 'GET' &&
        address?.pathname === '/' &&
        // A page that was made to point here by its name is none of ours.
        headers.host === `127.0.0.1:${port}` &&
        address.searchParams.get('state') === state;
      response.writeHead(ours ? 200 : 400, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
      response.end(ours ? done : strange);
      if (ours) arrived(address);
    });
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        arrival,
        stop: () => {
          server.close();
          // The answer has to reach the browser first.
          setTimeout(() => server.closeAllConnections(), 500).unref();
        },
      });
    });
  });
};

/** Resolves to nothing when the time is over. */
const within = async <Value>(work: Promise<Value>, ms: number, { wait, signal }: Means): Promise<Value | undefined> => {
  const either = new AbortController();
  const onAbort = (): void => either.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, wait(ms, either.signal).then(() => undefined)]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    either.abort(new Error('over'));
  }
};

/** Authorization code with PKCE (RFC 7636) through the person's own browser (RFC 8252). */
const byBrowser = async (
  { as, client, auth, options }: OAuthServer,
  {
    scopes,
    username,
    google,
  }: { readonly scopes: readonly string[]; readonly username: string; readonly google: boolean },
  means: Means,
): Promise<Answered<Granted>> => {
  const { prompt, signal } = means;
  const library = await import('oauth4webapi');
  const page = as.authorization_endpoint;
  if (page === undefined || pageOf(page) === undefined) {
    return {
      kind: 'failed',
      failed: { kind: 'broken', at: 'authorize', says: 'the server has no page to sign in at' },
    };
  }
  const verifier = library.generateRandomCodeVerifier();
  const state = library.generateRandomState();
  const listening = await listenOnLoopback(state);
  try {
    const redirect = `http://127.0.0.1:${listening.port}/`;
    const url = new URL(page);
    const parameters = {
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: redirect,
      ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
      state,
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      login_hint: username,
      // Google gives a refresh token only to who asks for one, and only when it asks the person.
      ...(google ? { access_type: 'offline', prompt: 'consent' } : {}),
    };
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    prompt.browser({ url: printable(url.href), minutes: loopbackMinutes, scopes });
    const arrived = await within(listening.arrival, loopbackMinutes * 60_000, means);
    if (!arrived) return { kind: 'failed', failed: nobodyCame };
    const valid = await attempt('authorize', signal, async () =>
      library.validateAuthResponse(as, client, arrived, state),
    );
    if (valid.kind === 'failed') return valid;
    const answer = await attempt('code', signal, async () =>
      library.processAuthorizationCodeResponse(
        as,
        client,
        await library.authorizationCodeGrantRequest(as, client, auth, valid.value, redirect, verifier, options),
      ),
    );
    return answer.kind === 'ok' ? { kind: 'ok', value: grantedBy(answer.value) } : answer;
  } finally {
    listening.stop();
  }
};

/**
 * One sign-in of a person. What it brings is used for the rest of the run; a refusal is kept for it too, so that the
 * checks tell why. Its requests do not count for the limit of a run: they were asked for, and a device code takes many.
 */
export const signIn = async (
  kit: Kit,
  tokens: Tokens,
  whose: Pick<Service, 'username' | 'ca'> & { readonly oauth: OAuthLogin },
  {
    prompt,
    signal,
    wait = pause,
  }: { readonly prompt: SignInPrompt; readonly signal: AbortSignal; readonly wait?: Means['wait'] },
): Promise<Token> => {
  const { oauth, username, ca } = whose;
  const http = createHttp({
    limits: kit.limits,
    ledger: openLedger({ ...kit.limits, connectionsPerPort: 10 * mostPolls }),
  });
  const opened = await openServer(oauth, { http, ca, secret: clientSecretOf(kit, oauth), signal });
  if (opened.kind === 'failed') return tokens.refuse(whose, opened.failed);
  const server = opened.value;
  const scopes = scopesOf(oauth);
  const means = { prompt, signal, wait };
  const google = oauth.provider === 'google';
  // Google's device flow does not give out mail scopes.
  const granted =
    server.as.device_authorization_endpoint !== undefined && !google
      ? await byDevice(server, scopes, means)
      : await byBrowser(server, { scopes, username, google }, means);
  if (granted.kind === 'failed') return tokens.refuse(whose, granted.failed, server);
  return tokens.keep(whose, server, granted.value);
};
