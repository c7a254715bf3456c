import type { Evidence } from '../../src/model/check.ts';
import type { Change } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { doors } from '../../src/model/mailbox.ts';
import { loginFact } from './refusals.ts';

type Fetching = 'imap' | 'pop3';

export const otherOf = (protocol: Fetching): Fetching => (protocol === 'imap' ? 'pop3' : 'imap');

/** `pop.example.jp` for `imap.example.jp`, and the host itself. */
const hostsFor = (host: string, from: Fetching): readonly string[] => {
  const renamed = from === 'imap' ? host.replace(/^imap(?=[\d.-])/i, 'pop') : host.replace(/^pop3?(?=[\d.-])/i, 'imap');
  return renamed === host ? [host] : [renamed, host];
};

/**
 * Fetching by the other protocol, with the same account and always encrypted. A service with a password of its own is left
 * alone: the other one would need it as well, and no secret is moved.
 */
export const throughOtherProtocol = (from: Fetching, subject: Subject): readonly (readonly Change[])[] => {
  const to = otherOf(from);
  const service = subject.services[from];
  const own = subject.config[from];
  if (!service || !own || subject.services[to] || own.password !== undefined || !service.password) return [];
  const path = `${subject.path}.${to}`;
  const username: readonly Change[] =
    own.username === undefined ? [] : [{ path: `${path}.username`, from: null, to: own.username }];
  return hostsFor(own.host, from).flatMap((host) =>
    doors[to].map(({ port, security }): readonly Change[] => [
      { path: `${path}.host`, from: null, to: host },
      { path: `${path}.port`, from: null, to: port },
      { path: `${path}.security`, from: null, to: security },
      ...username,
    ]),
  );
};

/** Only a login that was taken shows that the account may use it. */
export const takesLogin = (trial: Evidence, protocol: Fetching): boolean =>
  loginFact(trial, protocol)?.login?.kind === 'accepted';
