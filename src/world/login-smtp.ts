import type { Socket } from 'node:net';
import type { LoginFact, Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { Kit } from './kit.ts';
import { onAbort, stepClock } from './login-clock.ts';
import { connectTo, discard, secured, strictTls } from './login-connect.ts';
import { ehloName } from './login-ehlo.ts';
import { broken, wordsOf } from './login-reply.ts';
import { SmtpLog } from './login-smtp-log.ts';
import { ours } from './login-smtp-own.ts';
import { type SmtpSession, sessionOf } from './login-smtp-session.ts';
import { smtpSteps } from './login-smtp-steps.ts';
import type { CustomAuthContext, OwnCommands } from './login-smtp-talk.ts';
import type { Transcript } from './login-transcript.ts';

export type SmtpOpened =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | {
      readonly kind: 'failed';
      readonly ehlo: string;
      readonly local?: string;
      readonly before: NonNullable<LoginFact['before']>;
    }
  | { readonly kind: 'connection-limit' };

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

  const clock = stepClock(() => discard(raw));
  const log = new SmtpLog({ transcript, clock, limits: kit.limits });
  const steps = smtpSteps({ log, clock, transcript, signal });
  const own: OwnCommands = { run: undefined };
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
    logger: log.logger,
    customAuth: { [ours]: (context: CustomAuthContext) => own.run?.(context) },
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

  clock.start(kit.limits.greetingMs);
  try {
    await Promise.race([
      new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))),
      failure,
    ]);
  } catch (error) {
    const { at, helloRefusal, ms } = log;
    const refused = at === 'hello' && helloRefusal !== undefined;
    return failed(at, refused ? steps.refusal(helloRefusal, ms) : steps.badStep(error));
  }
  clock.stop();
  // requireTLS keeps nodemailer from going on in clear; a password is worth a second look.
  if (service.security !== 'none' && !connection.secure)
    return failed('starttls', broken('tls', 'the connection is not encrypted'));

  const { limits } = kit;
  const talk = { connection, raw, own, log, clock, limits, transcript, signal, steps, failure };
  return { kind: 'open', session: sessionOf(talk, { ehlo, ...local }) };
};
