import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { ConnectionOptions } from 'node:tls';
import type { LoginFact, Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { BearerChallenge } from '../model/token-facts.ts';
import type { Kit } from './kit.ts';
import { type LineResult, type Lines, open as openLines } from './lines.ts';
import { type BearerExchange, challengeOf } from './login-bearer.ts';
import { addressesOf, connectTo, discard, secured, strictTls, wireHost } from './login-connect.ts';
import type { PasswordExchange } from './login-password.ts';
import { broken, howOf, pop3Reply, since, wordsOf } from './login-reply.ts';
import type { Transcript } from './login-transcript.ts';

/** More of one multi-line answer is not read: a message of a round trip has a few KiB. */
const longestAnswer = 1024 * 1024;

export interface Pop3Session {
  /** Sends commands together (RFC 2449 section 6.6) or one after the other, and reads one status line each. */
  readonly commands: (lines: readonly string[]) => Promise<readonly Step[]>;
  /** AUTH with a token (RFC 5034); the challenge of a refusal is answered, so that the refusal itself comes too. */
  readonly bearer: (exchange: BearerExchange) => Promise<{ readonly step: Step; readonly challenge?: BearerChallenge }>;
  /** AUTH with a password (RFC 5034). */
  readonly password: (mechanism: string, exchange: PasswordExchange) => Promise<Step>;
  /** A command whose answer ends with a lone dot (RFC 1939 section 3), unstuffed; no body where it is refused. */
  readonly list: (line: string) => Promise<{ readonly step: Step; readonly body?: readonly Buffer[] }>;
  /** QUIT in the background. */
  readonly leave: () => void;
  readonly close: () => void;
}

type BadStart = NonNullable<LoginFact['before']>;

export type Pop3Opened =
  | { readonly kind: 'open'; readonly session: Pop3Session }
  | { readonly kind: 'failed'; readonly before: BadStart }
  | { readonly kind: 'connection-limit' };

interface Means {
  readonly kit: Kit;
  readonly service: Service;
  readonly transcript: Transcript;
  readonly signal: AbortSignal;
}

/** A connection whose lines are ours to read; what writes to it is node-pop3 or we ourselves. */
interface Channel {
  readonly lines: Lines;
  readonly socket: Socket;
  /** One or several commands; the last line end is added. */
  readonly write: (text: string) => void;
}

const lineStep = (result: Exclude<LineResult, { kind: 'line' }>, ms: number): Step => {
  switch (result.kind) {
    case 'closed':
      return broken('closed', 'the server closed the connection', ms);
    case 'reset':
      return broken(howOf({ code: result.code }) === 'tls' ? 'tls' : 'reset', result.says, ms);
    case 'silent':
      return broken('silent', 'no complete answer in time', ms);
    case 'flood':
      return broken('flood', `${result.bytes} bytes without an end of line`, ms);
  }
};

const statusStep = (text: string, ms: number): Step => {
  const reply = pop3Reply(text);
  if (!reply) return broken('garbled', text, ms);
  return { kind: reply.code === '+OK' ? 'accepted' : 'refused', reply, ms };
};

const sessionOn = ({ lines, socket, write }: Channel, { kit, transcript, signal }: Means): Pop3Session => {
  const read = (deadline: number): Promise<LineResult> => lines.line(deadline, signal);
  const status = async (start: number): Promise<Step> => {
    const result = await read(start + kit.limits.stepMs);
    if (result.kind !== 'line') return lineStep(result, since(start));
    transcript.server(result.bytes);
    return statusStep(transcript.conceal(result.text), since(start));
  };
  const exchanged = async (mechanism: string, answer: PasswordExchange): Promise<Step> => {
    const start = performance.now();
    transcript.client(`AUTH ${mechanism}`);
    write(`AUTH ${mechanism}`);
    for (let turn = 0; ; turn += 1) {
      const result = await read(start + kit.limits.stepMs);
      if (result.kind !== 'line') return lineStep(result, since(start));
      transcript.server(result.bytes);
      if (!/^\+(?: |$)/.test(result.text)) return statusStep(transcript.conceal(result.text), since(start));
      const [, words = ''] = /^\+(?: (.*))?$/.exec(result.bytes.toString('latin1')) ?? [];
      transcript.hidden();
      // RFC 5034 section 4: a lone * ends an exchange that goes on and on. Past node-pop3, which trims and logs.
      lines.write(`${answer(words, turn) ?? '*'}\r\n`);
    }
  };
  return {
    commands: async (commands) => {
      const steps: Step[] = [];
      for (const command of commands) transcript.client(command);
      // In one piece: node-pop3 would send the last of several commands each time.
      write(commands.join('\r\n'));
      for (const _ of commands) {
        const step = await status(performance.now());
        steps.push(step);
        if (step.kind === 'broken') break;
      }
      return steps;
    },
    bearer: async ({ mechanism, response, afterChallenge }) => {
      let challenge: BearerChallenge | undefined;
      // Exchange Online and RFC 5034 section 4 (255 octets a command) want the token on a line of its own.
      const step = await exchanged(mechanism, (words, turn) => {
        if (turn === 1) challenge = challengeOf(words, transcript.conceal);
        return [response, afterChallenge][turn];
      });
      return { step, ...(challenge ? { challenge } : {}) };
    },
    password: exchanged,
    list: async (command) => {
      const start = performance.now();
      // Past node-pop3: it loses the rest of its stream when the final dot comes in two packets, and then waits for ever.
      transcript.client(command);
      lines.write(`${command}\r\n`);
      const step = await status(start);
      if (step.kind !== 'accepted') return { step };
      const body: Buffer[] = [];
      let bytes = 0;
      for (;;) {
        const result = await read(start + kit.limits.stepMs);
        if (result.kind !== 'line') return { step: lineStep(result, since(start)) };
        if (result.bytes.length === 1 && result.bytes[0] === 0x2e) break;
        bytes += result.bytes.length + 2;
        if (bytes > longestAnswer) {
          discard(socket);
          return { step: broken('flood', `more than ${longestAnswer} bytes in one answer`, since(start)) };
        }
        if (body.length < 20) transcript.server(result.bytes);
        body.push(result.bytes[0] === 0x2e ? result.bytes.subarray(1) : result.bytes);
      }
      return { step: { ...step, ms: since(start) }, body };
    },
    leave: () => {
      transcript.client('QUIT');
      lines.close('QUIT\r\n');
    },
    close: () => discard(socket),
  };
};

const greet = async (lines: Lines, { kit, transcript, signal }: Means): Promise<Step> => {
  const start = performance.now();
  const result = await lines.line(start + kit.limits.greetingMs, signal);
  if (result.kind !== 'line') return lineStep(result, since(start));
  transcript.server(result.bytes);
  return statusStep(transcript.conceal(result.text), since(start));
};

const failed = (at: BadStart['at'], step: Step): Pop3Opened => ({ kind: 'failed', before: { at, step } });

/** STLS (RFC 2595 section 4), which node-pop3 does not have: our own client. */
const openOurs = async (means: Means, tls: ConnectionOptions): Promise<Pop3Opened> => {
  const { kit, service, transcript, signal } = means;
  const opened = await connectTo(kit, service, signal);
  if (opened.kind === 'connection-limit') return opened;
  if (opened.kind === 'failed') return failed('connect', opened.step);
  const clear = openLines(opened.socket);
  const greeting = await greet(clear, means);
  if (greeting.kind !== 'accepted') {
    discard(opened.socket);
    return failed('greeting', greeting);
  }
  const start = performance.now();
  transcript.client('STLS');
  clear.write('STLS\r\n');
  const answer = await clear.line(start + kit.limits.stepMs, signal);
  const stls = answer.kind === 'line' ? statusStep(answer.text, since(start)) : lineStep(answer, since(start));
  if (answer.kind === 'line') transcript.server(answer.bytes);
  const ahead = clear.release();
  if (stls.kind !== 'accepted' || ahead.length > 0) {
    discard(opened.socket);
    const step = stls.kind === 'accepted' ? broken('garbled', 'clear text after the answer to STLS') : stls;
    return failed('starttls', step);
  }
  const encrypted = await secured(opened.socket, tls, { ms: kit.limits.stepMs, signal });
  if (encrypted.kind === 'failed') return failed('starttls', encrypted.step);
  const lines = openLines(encrypted.socket);
  const write = (line: string): void => lines.write(`${line}\r\n`);
  return { kind: 'open', session: sessionOn({ lines, socket: encrypted.socket, write }, means) };
};

/** What is used of a node-pop3 client; its socket is no API, and test/world/pop3-login.test.ts fails when it goes away. */
interface Pop3Client {
  readonly _socket: Socket | null;
  readonly connect: () => Promise<void>;
  readonly command: (...words: string[]) => Promise<unknown>;
  readonly on: (event: string, listener: (...all: unknown[]) => void) => unknown;
}

/**
 * node-pop3 connects and writes; the answers are read beside it, because it takes each TCP segment for a whole answer,
 * raises an uncaught exception on a greeting with -ERR, and waits for ever on a connection that broke.
 */
const openLibrary = async (means: Means, tls: ConnectionOptions): Promise<Pop3Opened> => {
  const { kit, service, signal } = means;
  const { default: Pop3 } = await import('node-pop3');
  const found = await addressesOf(kit, service, signal);
  if (found.kind === 'failed') return failed('connect', found.step);
  let address = found.addresses[0]?.address ?? '';
  if (found.addresses.length > 1) {
    // It takes no open socket and one address only, so that a dead one is found out beforehand.
    const tried = await connectTo(kit, service, signal);
    if (tried.kind === 'connection-limit') return tried;
    if (tried.kind === 'failed') return failed('connect', tried.step);
    address = tried.address;
    discard(tried.socket);
  }
  if (!kit.ledger.admit(service.host, service.port)) return { kind: 'connection-limit' };
  const client: Pop3Client = new Pop3({
    user: '',
    password: '',
    host: address,
    port: service.port,
    tls: service.security === 'tls',
    // The name that is verified is the configured one, not the address; an IP address is never sent as SNI.
    tlsOptions: { ...tls, host: wireHost(service.host), servername: tls.servername ?? '' } as object,
  });
  client.on('error', () => undefined);
  const start = performance.now();
  const connected = client.connect();
  const socket = client._socket;
  if (!socket) {
    // A port that is none: node:net throws before there is a socket.
    return failed('connect', broken('unreachable', await connected.then(() => 'no socket', wordsOf)));
  }
  let problem: unknown;
  connected.catch((error: unknown) => {
    problem ??= error;
  });
  socket.on('error', (error) => {
    problem ??= error;
  });
  const lines = openLines(socket);
  const ready = service.security === 'tls' ? 'secureConnect' : 'connect';
  const opened = await new Promise<Step | undefined>((resolve, reject) => {
    const ms = kit.limits.connectMs + (service.security === 'tls' ? kit.limits.stepMs : 0);
    const timer = setTimeout(() => finish(broken('silent', `${address}: no answer`, since(start))), ms);
    const finish = (step: Step | undefined): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(step);
    };
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const onClose = (): void => {
      // The library's own error tells why; it comes in the same turn.
      setImmediate(() => {
        const error = problem ?? new Error('closed');
        finish(broken(howOf(error), wordsOf(error), since(start)));
      });
    };
    socket.once(ready, () => finish(undefined));
    socket.once('close', onClose);
    socket.once('error', onClose);
    connected.catch(onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  }).catch((error: unknown) => {
    discard(socket);
    throw error;
  });
  if (opened) {
    discard(socket);
    return failed('connect', opened);
  }
  const greeting = await greet(lines, means);
  if (greeting.kind !== 'accepted') {
    discard(socket);
    return failed('greeting', greeting);
  }
  const write = (text: string): void => {
    // It trims what it sends, and a password may end in a blank.
    if (text === text.trim()) client.command(text).catch(() => undefined);
    else lines.write(`${text}\r\n`);
  };
  return { kind: 'open', session: sessionOn({ lines, socket, write }, means) };
};

export const openPop3 = async (means: Means): Promise<Pop3Opened> => {
  let tls: ConnectionOptions;
  try {
    tls = await strictTls(means.service, means.kit);
  } catch (error) {
    return failed('connect', broken('tls', wordsOf(error)));
  }
  return means.service.security === 'starttls' ? openOurs(means, tls) : openLibrary(means, tls);
};
