import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** A refresh token and whose it is: it must go to nobody but who issued it. */
export interface StoredToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly username: string;
  readonly refreshToken: string;
}

const schema = 'crm-doctor/token/v1';
const longest = 64 * 1024;

const textIn = (value: object, name: string): string => {
  const found: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error';

export type ReadToken =
  | { readonly kind: 'stored'; readonly token: StoredToken }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly code: string };

/** What an earlier sign-in left in the file, if anything. */
export const readToken = async (file: string): Promise<ReadToken> => {
  let text: string;
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longest), 0, longest, null);
      text = buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? { kind: 'none' } : { kind: 'unreadable', code: codeOf(error) };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || textIn(value, 'schema') !== schema) throw new Error('schema');
    const refreshToken = textIn(value, 'refreshToken');
    if (refreshToken === '') return { kind: 'none' };
    return {
      kind: 'stored',
      token: {
        issuer: textIn(value, 'issuer'),
        clientId: textIn(value, 'clientId'),
        username: textIn(value, 'username'),
        refreshToken,
      },
    };
  } catch {
    return { kind: 'unreadable', code: 'format' };
  }
};

/** Whole or not at all, readable by its owner only. A crash leaves the old token, never half of one. */
export const storeToken = async (file: string, token: StoredToken): Promise<{ readonly failed?: string }> => {
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ schema, ...token }, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    return {};
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    return { failed: codeOf(error) };
  }
};
