import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Text } from '../model/text.ts';
import type { Kit } from './kit.ts';
import type { createPoster } from './notify-http.ts';
import { SecretError } from './secrets.ts';

interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly serviceAccount: string;
  readonly key: KeyObject;
}

const mostKeyBytes = 64 * 1024;

/** The key of the service account; what is in the file is never told. */
export const readKey = async (path: string, file: string): Promise<KeyObject> => {
  const wrong = (en: string, ja: string): SecretError =>
    new SecretError(path, { en: `${path}: ${en}`, ja: `${path}: ${ja}` });
  let text: string;
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostKeyBytes), 0, mostKeyBytes, null);
      text = buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    throw wrong(`the file with the key cannot be read (${code})`, `秘密鍵のファイルを読み込めません (${code})`);
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw wrong('the file holds no private key (PEM)', 'ファイルに秘密鍵（PEM 形式）がありません');
  }
};

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** A signed statement of who asks (RFC 7523), valid for half an hour. */
const assertionOf = ({ clientId, serviceAccount, key }: ServiceAccount, now: Date): string => {
  const seconds = Math.floor(now.getTime() / 1000);
  const claims = { iss: clientId, sub: serviceAccount, iat: seconds, exp: seconds + 1_800 };
  const words = `${base64url(JSON.stringify({ alg: 'RS256', typ: 'JWT' }))}.${base64url(JSON.stringify(claims))}`;
  return `${words}.${sign('RSA-SHA256', Buffer.from(words), key).toString('base64url')}`;
};

type Token =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'later' | 'refused'; readonly says: Text };

const tokenIn = (body: string): { readonly token: string; readonly seconds: number } | undefined => {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) return undefined;
    const { access_token: token } = answer;
    const seconds = Number('expires_in' in answer ? answer.expires_in : 0);
    return typeof token === 'string' && /^[\x21-\x7e]{1,4096}$/.test(token)
      ? { token, seconds: Number.isFinite(seconds) ? seconds : 0 }
      : undefined;
  } catch {
    return undefined;
  }
};

/** Tokens of a service account, kept for as long as they are good; `forget` after one was refused. */
export const createLineWorksTokens = (
  kit: Pick<Kit, 'clock' | 'secrets'>,
  post: ReturnType<typeof createPoster>,
  account: ServiceAccount,
  { url, ca }: { readonly url: string; readonly ca?: string },
) => {
  let kept: { readonly token: string; readonly until: number } | undefined;
  return {
    forget: (): void => {
      kept = undefined;
    },
    get: async (signal: AbortSignal): Promise<Token> => {
      const now = kit.clock.now();
      if (kept && kept.until > now.getTime()) return { kind: 'token', token: kept.token };
      const body = new URLSearchParams({
        assertion: assertionOf(account, now),
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        client_id: account.clientId,
        client_secret: account.clientSecret,
        scope: 'bot.message',
      }).toString();
      const contentType = 'application/x-www-form-urlencoded';
      const posted = await post({ url: new URL(url), contentType, body, ...(ca === undefined ? {} : { ca }) }, signal);
      // Of a token nobody has had the use, whatever became of it.
      if (posted.kind !== 'answered') return { kind: 'later', says: posted.says };
      const { status, body: words } = posted.answer;
      const got = status === 200 ? tokenIn(words) : undefined;
      if (got) {
        kit.secrets.learn(got.token);
        kept = { token: got.token, until: now.getTime() + Math.max(0, got.seconds - 60) * 1000 };
        return { kind: 'token', token: got.token };
      }
      const says: Text = {
        en: `LINE WORKS gives no token: it answers ${status}`,
        ja: `LINE WORKS からアクセストークンを取得できません（応答 ${status}）`,
      };
      return { kind: status === 429 || status >= 500 ? 'later' : 'refused', says };
    },
  };
};
