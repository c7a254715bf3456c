import type { BearerChallenge } from '../model/token-facts.ts';
import { printable } from './printable.ts';

/** In order of preference: XOAUTH2 is what CRMs speak, OAUTHBEARER the standard that followed it (RFC 7628). */
export const bearerMechanisms = ['XOAUTH2', 'OAUTHBEARER'] as const;

export type BearerMechanism = (typeof bearerMechanisms)[number];

/** What is said in a login by token, base64 as it travels. */
export interface BearerExchange {
  readonly mechanism: BearerMechanism;
  readonly response: string;
  /** Answers the challenge that comes with a refusal, so that the refusal itself follows. */
  readonly afterChallenge: string;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** A name in a GS2 header: comma and equals sign have a meaning of their own there (RFC 5801 section 4). */
const saslName = (name: string): string => name.replaceAll('=', '=3D').replaceAll(',', '=2C');

export const bearerExchange = (
  mechanism: BearerMechanism,
  { username, token, host, port }: Readonly<Record<'username' | 'token' | 'host', string>> & { readonly port: number },
): BearerExchange =>
  mechanism === 'XOAUTH2'
    ? // developers.google.com/workspace/gmail/imap/xoauth2-protocol: an empty line answers the challenge.
      { mechanism, response: base64(`user=${username}\x01auth=Bearer ${token}\x01\x01`), afterChallenge: '' }
    : // RFC 7628 section 3.2.3: a lone ^A does.
      {
        mechanism,
        response: base64(`n,a=${saslName(username)},\x01host=${host}\x01port=${port}\x01auth=Bearer ${token}\x01\x01`),
        afterChallenge: base64('\x01'),
      };

const longestChallenge = 8 * 1024;
const longestField = 300;

const short = (text: string): string => {
  const safe = printable(text);
  return safe.length > longestField ? `${safe.slice(0, longestField)}…` : safe;
};

/** The server's reason out of its challenge; `conceal` takes out a token that it repeats. */
export const challengeOf = (words: string, conceal: (words: string) => string): BearerChallenge | undefined => {
  const digits = words.trim();
  if (digits === '' || digits.length > longestChallenge || !/^[A-Za-z0-9+/]+=*$/.test(digits)) return undefined;
  const text = conceal(Buffer.from(digits, 'base64').toString('utf8'));
  const says = short(text);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return { says };
    const field = (name: string): Readonly<Record<string, string>> => {
      const found: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      return typeof found === 'string' || typeof found === 'number' ? { [name]: short(String(found)) } : {};
    };
    return { ...field('status'), ...field('schemes'), ...field('scope'), says };
  } catch {
    return { says };
  }
};
