import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { LoginFact, Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { BearerChallenge } from '../model/token-facts.ts';
import type { Kit } from './kit.ts';
import { type BearerExchange, challengeOf } from './login-bearer.ts';
import { onAbort, stepClock } from './login-clock.ts';
import { connectTo, discard, secured, strictTls } from './login-connect.ts';
import { ehloName, type Offer, offerOf } from './login-ehlo.ts';
import { broken, howOf, since, smtpReply, wordsOf } from './login-reply.ts';
import type { Transcript } from './login-transcript.ts';

export interface SmtpSession {
  readonly offer: Offer;
  readonly ehlo: string;
  /** Our own address. */
  readonly local?: string;
  readonly login: (auth: { readonly user: string; readonly pass: string; readonly method: string }) => Promise<Step>;
  /** Logs in by a token; the challenge of a refusal is answered, so that the refusal itself comes too. */
  readonly bearer: (exchange: BearerExchange) => Promise<{ readonly step: Step; readonly challenge?: BearerChallenge }>;
  /** Sends the commands without waiting in between, as PIPELINING allows (RFC 2920). */
  readonly commands: (lines: readonly string[]) => Promise<readonly Step[]>;
  readonly send: (envelope: Envelope, message: Buffer) => Promise<Sent>;
  /** QUIT in the background. */
  readonly quit: () => void;
}

export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly size: number;
  /** The message holds bytes above 127, which the server takes (RFC 6152). */
  readonly eightBit: boolean;
}

export interface Sent {
  readonly step: Step;
  readonly at?: 'mail' | 'rcpt' | 'data';
}

export type SmtpOpened =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | {
      readonly kind: 'failed';
      readonly ehlo: string;
      readonly local?: string;
      readonly before: NonNullable<LoginFact['before']>;
    }
  | { readonly kind: 'connection-limit' };

/** The name under which nodemailer's public `customAuth` runs commands of ours. */
const ours = 'CRM-DOCTOR';

/** RFC 4954 section 4: an initial response that makes the command longer than this waits for the server's go-ahead. */
const longestCommand = 510;

/** A reply of more than this is a flood; the longest EHLO reply seen has 2 KiB. */
const longestReply = 64 * 1024;

/**
 * One SMTP session through nodemailer: greeting, EHLO, STARTTLS, AUTH and sending are its own. It takes a socket that is
 * already open, tells its dialogue through the public transaction log, and runs commands of ours through `customAuth`, the
 * one public way to send a command, so that no underscore member is needed.
 */
export const openSmtp = async (
  kit: Kit,
  service: Service,
  { transcript, signal }: { readonly transcript: Transcript; readonly signal: AbortSignal },
): Promise<SmtpOpened> => {
  const [{ default: SMTPConnection }, tls, opened] = await Promise.all([
    import('nodemailer/lib/smtp-connection'),
    strictTls(service, kit).catch((error: unknown) => broken('tls', wordsOf(error))),
    connectTo(kit, service, signal),
  ]);
  if (opened.kind === 'connection-limit') return opened;
  if (opened.kind === 'failed')
    return { kind: 'failed', ehlo: ehloName(service, undefined), before: { at: 'connect', step: opened.step } };
  const raw = opened.socket;
  const ehlo = ehloName(service, raw.localAddress);
  const local = raw.localAddress === undefined ? {} : { local: raw.localAddress };
  const failed = (at: NonNullable<LoginFact['before']>['at'], step: Step): SmtpOpened => {
    discard(raw);
    return { kind: 'failed', ehlo, ...local, before: { at, step } };
  };
  if ('kind' in tls) return failed('connect', tls as Step);
  let socket: Socket = raw;
  if (service.security === 'tls') {
    const encrypted = await secured(raw, tls, { ms: kit.limits.stepMs, signal });
    if (encrypted.kind === 'failed') return failed('connect', encrypted.step);
    socket = encrypted.socket;
  }

  const phase: { at: 'greeting' | 'hello' | 'starttls' } = { at: 'greeting' };
  let began = performance.now();
  /** The last whole reply to what was asked last. */
  let reply: string | undefined;
  let hello = '';
  let helloRefusal: string | undefined;
  let inAuth = false;
  const clock = stepClock(() => discard(raw));

  const onClient = (line: string): void => {
    began = performance.now();
    reply = undefined;
    if (/^(EHLO|HELO) /.test(line)) phase.at = 'hello';
    if (line === 'STARTTLS') phase.at = 'starttls';
    // Nobody waits for the answer to the farewell.
    if (line !== 'QUIT') clock.start(kit.limits.stepMs);
    if (inAuth) {
      transcript.hidden();
      return;
    }
    if (/^AUTH /.test(line)) inAuth = true;
    transcript.client(line);
  };
  const onServer = (words: string): void => {
    reply = words;
    if (phase.at === 'hello' && /^250/.test(words)) hello = words;
    if (phase.at === 'hello' && /^[45]/.test(words)) helloRefusal ??= words;
    if (inAuth && !/^3/.test(words)) inAuth = false;
    // After the 220 to STARTTLS the handshake is a step of its own.
    if (phase.at === 'starttls' && /^2/.test(words)) clock.start(kit.limits.stepMs);
    else clock.stop();
    transcript.server(words);
  };
  // The words that go to the network are masked by nodemailer already; `masked` ones are commands of `customAuth`.
  const silent = (): void => undefined;
  const logger = {
    level: silent,
    trace: silent,
    debug: (entry: unknown, words: unknown) => {
      const tnx = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : undefined;
      if (tnx === 'client' && words !== '/* secret */') onClient(String(words));
      if (tnx === 'server') onServer(String(words));
    },
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
  };

  let runOurs: ((context: CustomAuthContext) => void) | undefined;
  const connection = new SMTPConnection({
    host: service.host,
    port: service.port,
    connection: socket,
    secure: service.security === 'tls',
    secured: service.security === 'tls',
    requireTLS: service.security === 'starttls',
    ignoreTLS: service.security === 'none',
    tls,
    name: ehlo,
    greetingTimeout: kit.limits.greetingMs + kit.limits.stepMs,
    connectionTimeout: kit.limits.greetingMs + 4 * kit.limits.stepMs,
    socketTimeout: kit.limits.greetingMs + 4 * kit.limits.stepMs,
    socketCloseTimeout: 500,
    maxResponseSize: longestReply,
    transactionLog: true,
    logger,
    customAuth: { [ours]: (context: CustomAuthContext) => runOurs?.(context) },
  });

  const failure = new Promise<never>((_, reject) => {
    connection.on('error', reject);
    connection.on('end', () => reject(new Error('the server closed the connection')));
    // A socket that ended before nodemailer listened to it says so here only.
    const closed = (): void => reject(new Error('the server closed the connection'));
    for (const one of new Set([raw, socket])) {
      one.once('close', () => setImmediate(closed));
      if (one.destroyed || one.readableEnded) closed();
    }
    const release = onAbort(signal, reject);
    raw.once('close', release);
  });
  failure.catch(() => {
    clock.stop();
    discard(raw);
  });

  /** What went wrong: the server's own no where it said one, else how the connection broke. */
  const badStep = (error: unknown): Step => {
    signal.throwIfAborted();
    const ms = since(began);
    if (reply !== undefined && /^[45]\d\d/.test(reply)) return refusal(reply, ms);
    if (clock.expired()) return broken('silent', 'no complete answer in time', ms);
    const how = phase.at === 'starttls' && /^2/.test(reply ?? '') && howOf(error) === 'garbled' ? 'tls' : howOf(error);
    return broken(how, transcript.conceal(wordsOf(error)), ms);
  };
  const concealed = (words: string) => smtpReply(transcript.conceal(words));
  const refusal = (words: string, ms: number): Step => ({ kind: 'refused', reply: concealed(words), ms });
  const stepOf = (words: string, ms: number): Step => {
    if (/^2\d\d/.test(words)) return { kind: 'accepted', reply: concealed(words), ms };
    if (/^[345]\d\d/.test(words)) return refusal(words, ms);
    return broken('garbled', transcript.conceal(words), ms);
  };

  clock.start(kit.limits.greetingMs);
  try {
    await Promise.race([
      new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))),
      failure,
    ]);
  } catch (error) {
    const step =
      phase.at === 'hello' && helloRefusal !== undefined ? refusal(helloRefusal, since(began)) : badStep(error);
    return failed(phase.at, step);
  }
  clock.stop();
  // requireTLS keeps nodemailer from going on in clear; a password is worth a second look.
  if (service.security !== 'none' && !connection.secure)
    return failed('starttls', broken('tls', 'the connection is not encrypted'));

  const login: SmtpSession['login'] = async (auth) => {
    const start = performance.now();
    try {
      await Promise.race([
        new Promise<void>((resolve, reject) => connection.login(auth, (error) => (error ? reject(error) : resolve()))),
        failure,
      ]);
      return stepOf(reply ?? '', since(start));
    } catch (error) {
      inAuth = false;
      return badStep(error);
    }
  };

  const bearer: SmtpSession['bearer'] = async ({ mechanism, response, afterChallenge }) => {
    const start = performance.now();
    const whole = `AUTH ${mechanism} ${response}`;
    const atOnce = whole.length <= longestCommand;
    let challenge: BearerChallenge | undefined;
    began = start;
    const ended = new Promise<string>((resolve) => {
      runOurs = ({ sendCommand }) => {
        const say = (line: string, then: (words: string) => void): void =>
          sendCommand(line, (_error, data) => then(data.response));
        const judged = (words: string): void => {
          if (!/^334/.test(words)) {
            resolve(words);
            return;
          }
          challenge = challengeOf(words.slice(3), transcript.conceal);
          // Whatever comes now is the end: a server that asks on and on is not answered.
          say(afterChallenge, resolve);
        };
        if (atOnce) say(whole, judged);
        else say(`AUTH ${mechanism}`, (words) => (/^334/.test(words) ? say(response, judged) : resolve(words)));
      };
    });
    try {
      // Never resolved by us, so that a second call finds the library as the first one did.
      connection.login({ method: ours }, () => undefined);
      const words = await Promise.race([ended, failure]);
      inAuth = false;
      return { step: stepOf(words, since(start)), ...(challenge ? { challenge } : {}) };
    } catch (error) {
      inAuth = false;
      return { step: badStep(error), ...(challenge ? { challenge } : {}) };
    }
  };

  const commands: SmtpSession['commands'] = async (lines) => {
    const start = performance.now();
    const steps: Step[] = [];
    began = start;
    reply = undefined;
    clock.start(kit.limits.stepMs);
    const all = new Promise<void>((resolve) => {
      runOurs = (context) => {
        for (const line of lines) {
          transcript.client(line);
          context.sendCommand(line, (_error, { response }) => {
            steps.push(stepOf(response, since(start)));
            if (steps.length === lines.length) resolve();
            else {
              reply = undefined;
              clock.start(kit.limits.stepMs);
            }
          });
        }
      };
    });
    try {
      // Never resolved by us, so that a second call finds the library as the first one did.
      connection.login({ method: ours }, () => undefined);
      await Promise.race([all, failure]);
    } catch (error) {
      if (steps.length < lines.length) steps.push(badStep(error));
    }
    clock.stop();
    return steps;
  };

  const send: SmtpSession['send'] = async (envelope, message) => {
    const start = performance.now();
    try {
      await Promise.race([
        new Promise<void>((resolve, reject) =>
          connection.send(
            { from: envelope.from, to: [envelope.to], size: envelope.size, use8BitMime: envelope.eightBit },
            message,
            (error) => (error ? reject(error) : resolve()),
          ),
        ),
        failure,
      ]);
      return { step: stepOf(reply ?? '', since(start)), at: 'data' };
    } catch (error) {
      signal.throwIfAborted();
      return { step: sendStep(error, since(start)), ...phaseOf(error) };
    }
  };
  const sendStep = (error: unknown, ms: number): Step => {
    const words = textField(error, 'response');
    if (/^[345]\d\d/.test(words)) return refusal(words, ms);
    const step = badStep(error);
    return step.kind === 'accepted' ? broken('garbled', wordsOf(error), ms) : step;
  };

  return {
    kind: 'open',
    session: {
      offer: offerOf(hello),
      ehlo,
      ...local,
      login,
      bearer,
      commands,
      send,
      quit: () => {
        clock.stop();
        connection.removeAllListeners('error');
        connection.on('error', () => undefined);
        const current = raw;
        connection.quit();
        setTimeout(() => discard(current), 1_000).unref();
        current.unref();
      },
    },
  };
};

/** The part of nodemailer's context that is used. */
interface CustomAuthContext {
  readonly sendCommand: (
    line: string,
    done: (error: Error | null, data: { readonly response: string }) => void,
  ) => void;
}

const textField = (error: unknown, name: string): string => {
  if (typeof error !== 'object' || error === null || !(name in error)) return '';
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
};

const phaseOf = (error: unknown): Pick<Sent, 'at'> => {
  const command = textField(error, 'command');
  if (command === 'MAIL FROM') return { at: 'mail' };
  if (command === 'RCPT TO') return { at: 'rcpt' };
  return { at: 'data' };
};
