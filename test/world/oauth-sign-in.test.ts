import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type OAuthOptions, startOAuth } from '../../fixtures/oauth.server.ts';
import type { OAuthConfig } from '../../src/model/config.ts';
import { type SignInPrompt, signIn } from '../../src/world/oauth-sign-in.ts';
import { createTokens } from '../../src/world/oauth-tokens.ts';
import { never } from './login-kit.ts';
import { kitOf, oauthSubject, tokenLeaks } from './oauth-kit.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const clientId = '11111111-2222-3333-4444-555555555555';

interface Asked {
  readonly url: string;
  readonly code?: string;
  readonly scopes: readonly string[];
}

/** A sign-in whose person does what `act` says. */
const signingIn = async (
  options: Partial<OAuthOptions>,
  {
    oauth = {},
    act = async () => undefined,
    signal = never,
    wait = async () => undefined,
  }: {
    readonly oauth?: Partial<OAuthConfig>;
    readonly act?: (asked: Asked) => Promise<void>;
    readonly signal?: AbortSignal;
    readonly wait?: (ms: number) => Promise<void>;
  } = {},
) => {
  const server = await startOAuth({ clientId, claims: { upn: 'sales@example.test' }, ...options });
  stops.push(server.stop);
  const kit = await kitOf({ client: 'secret' });
  const { service } = await oauthSubject('imap', {
    port: 993,
    security: 'tls',
    oauth: { issuer: server.issuer, clientId, scopes: ['mail', 'offline_access'], ...oauth },
  });
  const { oauth: login, username } = service;
  if (!login) throw new Error('no oauth');
  const tokens = createTokens(kit);
  const asked: Asked[] = [];
  const acted: Promise<void>[] = [];
  const show = (one: Asked): void => {
    asked.push(one);
    acted.push(act(one));
  };
  const prompt: SignInPrompt = {
    device: ({ url, code, scopes }) => show({ url, code, scopes }),
    browser: ({ url, scopes }) => show({ url, scopes }),
  };
  const token = await signIn(kit, tokens, { oauth: login, username }, { prompt, signal, wait });
  await Promise.all(acted);
  return { token, asked, server, kit, later: () => tokens.tokenFor({ oauth: login, username }, never) };
};

/** A browser: goes where it is sent. */
const visit = (address: string): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    get(address, { agent: false }, (response) => {
      const { statusCode: status = 0, headers } = response;
      if (headers.location !== undefined) {
        response.resume();
        visit(headers.location).then(resolve, reject);
        return;
      }
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status, body }));
    }).on('error', reject);
  });

describe('the device flow', () => {
  test('waits until the person has agreed, slower when it is told to', async () => {
    const waits: number[] = [];
    const { token, asked, server, later, kit } = await signingIn(
      { pending: 2, slowDown: true, interval: 3 },
      {
        wait: async (ms) => {
          waits.push(ms);
        },
      },
    );
    expect(asked).toEqual([{ url: `${server.issuer}/device`, code: 'BDSD-HQMK', scopes: ['mail', 'offline_access'] }]);
    expect(waits).toEqual([3000, 8000, 8000, 8000]);
    expect(token.fact).toMatchObject({
      from: 'signed-in',
      renewed: 'this-run-only',
      claims: { user: 'sales@example.test' },
    });
    expect((await later()).token).toBe(token.token);
    expect(kit.secrets.values()).toContain(token.token);
    expect(tokenLeaks(token.fact, token.token ?? '-')).toBe(false);
  });

  test('the refresh token goes where the configuration says, and brings the next token', async () => {
    const tokenFile = join(mkdtempSync(join(tmpdir(), 'crm-doctor-test-')), 'token.json');
    const { token, server } = await signingIn({}, { oauth: { tokenFile } });
    expect(token.fact.renewed).toBe('stored');
    expect(readFileSync(tokenFile, 'utf8')).toContain('"refreshToken"');
    const { service } = await oauthSubject('imap', {
      port: 993,
      security: 'tls',
      oauth: { issuer: server.issuer, clientId, tokenFile },
    });
    const next = await createTokens(await kitOf({})).tokenFor(service, never);
    expect(next.fact).toMatchObject({ from: 'refreshed' });
  });

  test.each([
    ['the code ends', { deviceExpiresIn: 10, pending: 100 }, { kind: 'sign-in-needed' }],
    [
      'the server refuses the app',
      { fail: { device: 'consent-google' } },
      { kind: 'refused', error: 'unauthorized_client' },
    ],
    ['a policy refuses', { fail: { token: 'conditional-access' } }, { kind: 'refused', codes: ['AADSTS53003'] }],
  ] as const)('%s: no token, and the run keeps the reason', async (_name, options, failed) => {
    const { token, later } = await signingIn(options);
    expect(token.fact.failed).toMatchObject(failed);
    expect((await later()).fact.failed).toMatchObject(failed);
  });

  test('Ctrl+C ends it', async () => {
    const ending = new AbortController();
    const waiting = signingIn(
      { pending: 1000 },
      {
        signal: ending.signal,
        wait: async () => {
          ending.abort(new Error('SIGINT'));
          ending.signal.throwIfAborted();
        },
      },
    );
    await expect(waiting).rejects.toThrow('SIGINT');
  });
});

describe('the browser', () => {
  // Nobody's patience is tested here: the wait for the browser never ends by itself.
  const patient = { wait: () => new Promise<void>(() => undefined) };

  test('signs in with PKCE on a port of this machine', async () => {
    let page = { status: 0, body: '' };
    const { token, asked, server } = await signingIn(
      { device: false, clientSecret: 'secret' },
      {
        ...patient,
        oauth: { clientSecret: { secret: 'client' } },
        act: async ({ url }) => {
          page = await visit(url);
        },
      },
    );
    expect(token.fact).toMatchObject({ from: 'signed-in' });
    expect(page).toMatchObject({ status: 200, body: expect.stringMatching(/close this window.*閉じて/s) });
    const { searchParams } = new URL(asked[0]?.url ?? '');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      login_hint: 'sales@example.test',
      scope: 'mail offline_access',
    });
    expect(server.log.grants[0]).toMatchObject({ grant_type: 'authorization_code', code_verifier: expect.any(String) });
  });

  test('Google is asked for a token that lasts, and never by device', async () => {
    const { asked } = await signingIn(
      {},
      { ...patient, oauth: { provider: 'google' }, act: async ({ url }) => void (await visit(url)) },
    );
    expect(new URL(asked[0]?.url ?? '').searchParams.get('access_type')).toBe('offline');
  });

  test.each([
    ['access_denied', 'the person says no'],
    ['interaction_required', 'AADSTS50076: Due to a configuration change, you must use multi-factor authentication'],
  ])('%s comes back as the reason', async (error, says) => {
    const { token } = await signingIn(
      { device: false, denies: { error, error_description: says } },
      { ...patient, act: async ({ url }) => void (await visit(url)) },
    );
    expect(token.fact.failed).toMatchObject({ kind: 'refused', at: 'authorize', error, says });
  });

  test('an answer that was not asked for is turned away, and the wait goes on', async () => {
    const strange: number[] = [];
    const { token } = await signingIn(
      { device: false },
      {
        ...patient,
        act: async ({ url }) => {
          const back = new URL(url).searchParams.get('redirect_uri') ?? '';
          for (const path of ['?code=stolen&state=guess', 'favicon.ico', '?code=x', '/']) {
            strange.push((await visit(`${back}${path}`)).status);
          }
          await visit(url);
        },
      },
    );
    expect(strange).toEqual([400, 400, 400, 400]);
    expect(token.token).toBeDefined();
  });

  test('nobody comes', async () => {
    const { token } = await signingIn({ device: false }, { wait: async () => undefined });
    expect(token.fact.failed).toEqual({ kind: 'sign-in-needed' });
  });

  test('Ctrl+C ends it and closes the port', async () => {
    const ending = new AbortController();
    let port = '';
    const waiting = signingIn(
      { device: false },
      {
        signal: ending.signal,
        wait: async () => {
          ending.abort(new Error('SIGINT'));
          throw ending.signal.reason;
        },
        act: async ({ url }) => {
          port = new URL(url).searchParams.get('redirect_uri') ?? '';
        },
      },
    );
    await expect(waiting).rejects.toThrow('SIGINT');
    await expect(visit(port)).rejects.toThrow();
  });
});

test('a tokenFile that cannot be written is told', async () => {
  const tokenFile = join(tmpdir(), 'no-such-folder-of-crm-doctor', 'token.json');
  const { token } = await signingIn({}, { oauth: { tokenFile } });
  expect(token.fact.renewed).toBe('not-stored');
  expect(existsSync(tokenFile)).toBe(false);
});
