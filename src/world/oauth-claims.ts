import type { TokenClaims } from '../model/token-facts.ts';
import { printable } from './printable.ts';

/** More than this is no token of a mail provider; Microsoft's have 2 to 3 KiB. */
const longestPayload = 32 * 1024;
const longestValue = 200;
const mostValues = 40;

const short = (text: string): string => {
  const safe = printable(text);
  return safe.length > longestValue ? `${safe.slice(0, longestValue)}…` : safe;
};

const textOf = (claims: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
    if (typeof value === 'string' && value !== '') return short(value);
  }
  return undefined;
};

const listOf = (value: unknown): readonly string[] | undefined => {
  // RFC 9068 writes scopes in one text, others as a list.
  const items = typeof value === 'string' ? value.split(/\s+/) : Array.isArray(value) ? value : undefined;
  return items
    ?.filter((item): item is string => typeof item === 'string' && item !== '')
    .slice(0, mostValues)
    .map(short);
};

/** NumericDate (RFC 7519 section 2) as RFC 3339; nothing where it is no date. */
const dateOf = (value: unknown): string | undefined => {
  if (typeof value !== 'number') return undefined;
  const date = new Date(value * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

const payloadOf = (token: string): Readonly<Record<string, unknown>> | undefined => {
  const [header = '', payload = '', signature, ...more] = token.split('.');
  if (signature === undefined || more.length > 0 || header === '' || payload.length > longestPayload) return undefined;
  if (!/^[A-Za-z0-9_-]+=*$/.test(payload)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/** The claims of an access token that is a JWT; an opaque one says nothing. */
export const claimsOf = (token: string): TokenClaims | undefined => {
  const claims = payloadOf(token);
  if (!claims) return undefined;
  const issuer = textOf(claims, 'iss');
  const user = textOf(claims, 'upn', 'preferred_username', 'email', 'unique_name');
  const tenant = textOf(claims, 'tid');
  const app = textOf(claims, 'appid', 'azp', 'client_id');
  const scopes = listOf(claims.scp) ?? listOf(claims.scope);
  const roles = listOf(claims.roles);
  const notBefore = dateOf(claims.nbf);
  const expires = dateOf(claims.exp);
  return {
    audience: Array.isArray(claims.aud) ? (listOf(claims.aud) ?? []) : [textOf(claims, 'aud') ?? []].flat(),
    ...(issuer === undefined ? {} : { issuer }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(roles === undefined ? {} : { roles }),
    ...(user === undefined ? {} : { user }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(app === undefined ? {} : { app }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(expires === undefined ? {} : { expires }),
  };
};
