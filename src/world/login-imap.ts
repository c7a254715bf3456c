import type { ImapFlowOptions } from 'imapflow';
import type { Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { Kit } from './kit.ts';
import { type Credentials, type Entered, notOffered } from './login-attempt.ts';
import { onAbort, stepClock } from './login-clock.ts';
import { type ImapSeen, offeredBy, withOwnLogin } from './login-imap-commands.ts';
import { ImapLog, mostLines } from './login-imap-log.ts';
import { type ImapSession, sessionOf } from './login-imap-session.ts';
import { attemptMs, wayTo } from './login-imap-way.ts';
import { broken, howOf, wordsOf } from './login-reply.ts';
import type { Transcript } from './login-transcript.ts';

/** Bounds for imapflow, whose own are a gigabyte each. */
const sizes = { maxLineLength: 256 * 1024, maxLiteralSize: 512 * 1024, maxResponseSize: 1024 * 1024 };

/** Connects and logs in; what imapflow does besides is switched off, since each command costs a round trip. */
export const enterImap = async (
  kit: Kit,
  service: Service,
  {
    credentials,
    transcript,
    seen,
    signal,
  }: {
    readonly credentials: Credentials;
    readonly transcript: Transcript;
    readonly seen: ImapSeen;
    readonly signal: AbortSignal;
  },
): Promise<Entered<ImapSession>> => {
  const [{ ImapFlow: Client }, way] = await Promise.all([import('imapflow'), wayTo(kit, service, signal)]);
  if ('kind' in way) {
    return way.kind === 'failed'
      ? { kind: 'out', before: { at: 'connect', step: way.step } }
      : { kind: 'out', withheld: way.kind };
  }
  const clock = stepClock(() => shut());
  const log = new ImapLog({ transcript, clock, limits: kit.limits, shut: () => shut() });
  const silent = (): void => undefined;
  const everything = kit.limits.greetingMs + 10 * kit.limits.stepMs;
  const options: ImapFlowOptions = {
    host: service.host,
    port: service.port,
    secure: service.security === 'tls',
    doSTARTTLS: service.security === 'starttls' ? true : service.security === 'none' ? false : undefined,
    // A token is sent by our own AUTHENTICATE, and so is a password whose mechanism is configured: imapflow, which chooses
    // by itself, has to take it for a token to get there.
    auth: {
      user: credentials.username,
      ...(credentials.kind === 'token' || service.mechanism !== undefined
        ? { accessToken: credentials.secret }
        : { pass: credentials.secret }),
    },
    tls: way.tls,
    ...(typeof way.tls.servername === 'string' ? { servername: way.tls.servername } : {}),
    logger: { trace: log.note, debug: log.note, info: log.note, warn: silent, error: silent },
    disableAutoIdle: true,
    disableCompression: true,
    disableAutoEnable: true,
    connectionTimeout: service.security === 'tls' ? kit.limits.stepMs : kit.limits.connectMs + attemptMs,
    greetingTimeout: everything,
    socketTimeout: everything,
    ...sizes,
  };
  const client = new Client(options);
  // Without a listener a reset after the login is an uncaught exception.
  client.on('error', silent);
  const shut = (): void => {
    clock.stop();
    client.close();
    way.drop();
  };

  const { own, challenge } = withOwnLogin(client, service, { credentials, transcript, seen });
  const aborted = new Promise<never>((_, reject) => {
    const release = onAbort(signal, (reason) => {
      shut();
      reject(reason);
    });
    client.once('close', release);
  });
  aborted.catch(silent);

  const badStep = (error: unknown): Step => {
    signal.throwIfAborted();
    clock.stop();
    const { ms, refusal, bye } = log;
    if (log.flooded) return broken('flood', `more than ${mostLines} lines in one answer`, ms);
    if (refusal) return { kind: 'refused', reply: refusal, ms };
    if (bye) return { kind: 'refused', reply: bye, ms };
    if (clock.expired()) return broken('silent', 'no complete answer in time', ms);
    return broken(howOf(error), transcript.conceal(wordsOf(error)), ms);
  };

  const step: ImapSession['step'] = async (run) => {
    log.newStep();
    try {
      const value = await Promise.race([run(), aborted]);
      const { ms, reply, refusal } = log;
      // Several commands of imapflow turn a NO into `false`.
      if (refusal && !value) return { step: { kind: 'refused', reply: refusal, ms } };
      return { step: { kind: 'accepted', reply: reply ?? { code: 'OK', text: '' }, ms }, value };
    } catch (error) {
      return { step: badStep(error) };
    }
  };

  signal.throwIfAborted();
  try {
    await Promise.race([client.connect(), aborted]);
  } catch (error) {
    const bad = badStep(error);
    shut();
    const { at, mechanism } = log;
    if (at === 'login') {
      const words = challenge();
      return { kind: 'out', login: bad, mechanism, ...(words ? { challenge: words } : {}) };
    }
    if (/login is disabled|unsupported authentication|no matching authentication/i.test(wordsOf(error))) {
      seen.offered = offeredBy(client.capabilities.keys());
      return { kind: 'out', withheld: notOffered(service.mechanism, seen.offered) };
    }
    if (/does not support STARTTLS/i.test(wordsOf(error)) && at !== 'starttls') {
      return {
        kind: 'out',
        before: { at: 'starttls', step: broken('refused', 'STARTTLS is not offered', log.ms) },
      };
    }
    return { kind: 'out', before: { at: at === 'ready' ? 'hello' : at, step: bad } };
  }
  clock.stop();
  const { ms, mechanism } = log;
  const login: Step =
    log.at === 'login'
      ? { kind: 'accepted', reply: log.accepted ?? { code: 'OK', text: '' }, ms }
      : { kind: 'accepted', reply: { code: 'PREAUTH', text: client.greeting ?? '' }, ms };
  log.at = 'ready';
  const leave = (): Promise<void> => {
    clock.stop();
    const timer = setTimeout(shut, 500);
    timer.unref();
    return client
      .logout()
      .catch(silent)
      .finally(() => {
        clearTimeout(timer);
        shut();
      });
  };
  const session = sessionOf(client, { own, step, quotaLines: log.quotaLines, leave });
  return { kind: 'in', session, login, ...(mechanism ? { mechanism } : {}) };
};
