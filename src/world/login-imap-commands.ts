import type { ImapFlow } from 'imapflow';
import type { Service } from '../model/mailbox.ts';
import type { BearerChallenge } from '../model/token-facts.ts';
import type { Credentials } from './login-attempt.ts';
import { bearerExchange, bearerMechanisms, challengeOf } from './login-bearer.ts';
import { continuationOf, type Handler, inside } from './login-imap-inside.ts';
import { passwordExchange } from './login-password.ts';
import type { Transcript } from './login-transcript.ts';

const bare = /^[\x21-\x7e]+$/;

/** What offers itself for a password: AUTH= mechanisms, and LOGIN where it is not forbidden (RFC 3501 section 7.2.1). */
export const offeredBy = (capabilities: Iterable<string>): readonly string[] => {
  const words = [...capabilities].map((word) => word.toUpperCase());
  const mechanisms = words.flatMap((word) => (word.startsWith('AUTH=') ? [word.slice(5)] : []));
  return [...new Set([...mechanisms, ...(words.includes('LOGINDISABLED') ? [] : ['LOGIN'])])];
};

export type ImapSeen = { offered: readonly string[] };

/** The commands of one client. */
export interface ImapCommands {
  /** The library's own of that name, also where it is kept from being sent unasked. */
  readonly own: (name: string) => Handler;
  /** What the server said to a token that it refused. */
  readonly challenge: () => BearerChallenge | undefined;
}

/**
 * Puts our own login in the place of the library's, and keeps it from sending what nobody asked for; the library's table is
 * shared by all its clients, so this one gets its own.
 */
export const withOwnLogin = (
  client: ImapFlow,
  service: Service,
  {
    credentials,
    transcript,
    seen,
  }: { readonly credentials: Credentials; readonly transcript: Transcript; readonly seen: ImapSeen },
): ImapCommands => {
  const { commands } = inside(client);
  inside(client).skipLsub = true;
  let challenge: BearerChallenge | undefined;
  const command = (name: string): Handler => commands.get(name) ?? (async () => false);
  const skip: Handler = async () => undefined;
  const logIn: Handler = (own, username, password) => {
    seen.offered = offeredBy(client.capabilities.keys());
    return command('LOGIN')(own, username, password);
  };
  // imapflow's own takes SASL-IR for granted, keeps no challenge that is not JSON, and sends the name unescaped.
  const byToken = async (): Promise<string> => {
    const mechanism = bearerMechanisms.find((one) => client.capabilities.has(`AUTH=${one}`));
    if (!mechanism) throw new Error('Unsupported authentication mechanism');
    const { username, secret: token } = credentials;
    const { host, port } = service;
    const { response, afterChallenge } = bearerExchange(mechanism, { username, token, host, port });
    const { exec, write } = inside(client);
    const atOnce = client.capabilities.has('SASL-IR');
    const rest = [...(atOnce ? [] : [response]), afterChallenge];
    const ended = await exec.call(
      client,
      'AUTHENTICATE',
      [
        { type: 'ATOM', value: mechanism },
        ...(atOnce ? [{ type: 'ATOM' as const, value: response, sensitive: true }] : []),
      ],
      {
        onPlusTag: async (line) => {
          if (rest.length === 1) challenge = challengeOf(continuationOf(line), transcript.conceal);
          transcript.hidden();
          // RFC 3501 section 6.2.1: a lone * ends an exchange that goes on and on.
          write.call(client, rest.shift() ?? '*');
        },
      },
    );
    ended.next();
    return username;
  };
  /** The configured mechanism and no other; LOGIN is the command, or SASL's where the command is switched off. */
  const byConfigured = async (own: ImapFlow): Promise<unknown> => {
    const { username, secret: password } = credentials;
    const mechanism = service.mechanism?.toUpperCase() ?? '';
    if (mechanism === 'LOGIN' && !client.capabilities.has('LOGINDISABLED'))
      return command('LOGIN')(own, username, password);
    if (!client.capabilities.has(`AUTH=${mechanism}`)) throw new Error('Unsupported authentication mechanism');
    if (mechanism !== 'CRAM-MD5')
      return command('AUTHENTICATE')(own, username, { password, loginMethod: `AUTH=${mechanism}` });
    const { exec, write } = inside(client);
    const answer = passwordExchange(mechanism, credentials);
    let turn = 0;
    const ended = await exec.call(client, 'AUTHENTICATE', [{ type: 'ATOM', value: mechanism }], {
      onPlusTag: async (line) => {
        transcript.hidden();
        // RFC 3501 section 6.2.1: a lone * ends an exchange that goes on and on.
        write.call(client, answer(continuationOf(line), turn) ?? '*');
        turn += 1;
      },
    });
    ended.next();
    return username;
  };
  const authenticate: Handler = (own, username, secrets) => {
    seen.offered = offeredBy(client.capabilities.keys());
    if (credentials.kind === 'token') return byToken();
    if (service.mechanism !== undefined) return byConfigured(own);
    // LOGIN takes one round trip, AUTHENTICATE as imapflow sends it two; what is not plain ASCII goes the SASL way (RFC 4616).
    const plain = bare.test(credentials.username) && bare.test(credentials.secret);
    if (plain && !client.capabilities.has('LOGINDISABLED'))
      return command('LOGIN')(own, credentials.username, credentials.secret);
    return command('AUTHENTICATE')(own, username, secrets);
  };
  inside(client).commands = new Map([
    ...commands,
    ['ID', skip],
    ['NAMESPACE', skip],
    ['LOGIN', logIn],
    ['AUTHENTICATE', authenticate],
  ]);
  return { own: command, challenge: () => challenge };
};
