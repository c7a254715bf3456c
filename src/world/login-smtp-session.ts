import { performance } from 'node:perf_hooks';
import type { Step } from '../model/login-facts.ts';
import type { BearerChallenge } from '../model/token-facts.ts';
import type { BearerExchange } from './login-bearer.ts';
import { discard } from './login-connect.ts';
import { type Offer, offerOf } from './login-ehlo.ts';
import { since } from './login-reply.ts';
import { byToken, pipelined } from './login-smtp-own.ts';
import { type Envelope, type Sent, sendMessage } from './login-smtp-send.ts';
import type { SmtpTalk } from './login-smtp-talk.ts';

/** A server that has greeted, taken our EHLO and, where it is configured, STARTTLS. */
export interface SmtpSession {
  readonly offer: Offer;
  readonly ehlo: string;
  /** Our own address. */
  readonly local?: string;
  readonly login: (auth: Password) => Promise<Step>;
  /** Logs in by a token; the challenge of a refusal is answered, so that the refusal itself comes too. */
  readonly bearer: (exchange: BearerExchange) => Promise<{ readonly step: Step; readonly challenge?: BearerChallenge }>;
  /** Sends the commands without waiting in between, as PIPELINING allows (RFC 2920). */
  readonly commands: (lines: readonly string[]) => Promise<readonly Step[]>;
  readonly send: (envelope: Envelope, message: Buffer) => Promise<Sent>;
  /** QUIT in the background. */
  readonly quit: () => void;
}

interface Password {
  readonly user: string;
  readonly pass: string;
  readonly method: string;
}

const logIn = async (
  { connection, log, failure, steps: { stepOf, badStep } }: SmtpTalk,
  auth: Password,
): Promise<Step> => {
  const start = performance.now();
  try {
    await Promise.race([
      new Promise<void>((resolve, reject) => connection.login(auth, (error) => (error ? reject(error) : resolve()))),
      failure,
    ]);
    return stepOf(log.reply ?? '', since(start));
  } catch (error) {
    log.inAuth = false;
    return badStep(error);
  }
};

/** The session on a connection that is ready for a login. */
export const sessionOf = (talk: SmtpTalk, names: Pick<SmtpSession, 'ehlo' | 'local'>): SmtpSession => ({
  offer: offerOf(talk.log.hello),
  ...names,
  login: (auth) => logIn(talk, auth),
  bearer: (exchange) => byToken(talk, exchange),
  commands: (lines) => pipelined(talk, lines),
  send: (envelope, message) => sendMessage(talk, envelope, message),
  quit: () => {
    const { connection, clock, raw } = talk;
    clock.stop();
    connection.removeAllListeners('error');
    connection.on('error', () => undefined);
    connection.quit();
    setTimeout(() => discard(raw), 1_000).unref();
    raw.unref();
  },
});
