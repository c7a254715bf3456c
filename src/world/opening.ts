import { connect as connectTls, createSecureContext } from 'node:tls';
import type { Protocol } from '../model/config.ts';
import type { Greeting, Speaks } from '../model/contact-facts.ts';
import { connect, type Door } from './connect.ts';
import { deadlineIn, stopwatch } from './contact-clock.ts';
import type { Kit } from './kit.ts';
import { type LineResult, type Lines, leave } from './lines.ts';
import { printable, printableLines } from './printable.ts';
import { Tap } from './tap.ts';

const fingerprints: readonly (readonly [Speaks, RegExp])[] = [
  ['imap', /^\* (?:OK|BYE|PREAUTH|NO|BAD)\b/i],
  ['pop3', /^(?:\+OK|-ERR)/i],
  ['http', /^(?:HTTP\/|<!doctype html|<\?xml|<html)/i],
  ['ssh', /^SSH-/],
  ['smtp', /^220[ -].*\bE?SMTP\b/i],
  ['lmtp', /^220[ -].*\bLMTP\b/i],
  ['ftp', /^220[ -].*(?:\bFTP|FTPd?\b|FileZilla|vsFTPd|Pure-FTPd)/i],
  ['ftp', /^(?:120|421)[ -].*\bFTP/i],
  ['smtp', /^[45]\d\d(?:[ -]|$)/],
];

/** What the first line of a server says it is; a bare 220 is taken for what was asked. */
export const speaksOf = (line: string, asked: Protocol): Speaks => {
  const [known] = fingerprints.find(([, pattern]) => pattern.test(line)) ?? [];
  if (known) return known;
  return asked === 'smtp' && /^220(?:[ -]|$)/.test(line) ? 'smtp' : 'unknown';
};

const welcomes: Readonly<Record<Protocol, RegExp>> = {
  smtp: /^220(?:[ -]|$)/,
  imap: /^\* (?:OK|PREAUTH)\b/i,
  pop3: /^\+OK\b/i,
};

/** Whether a greeting invites this protocol's client to go on. */
export const invites = (protocol: Protocol, greeting: Greeting): boolean =>
  greeting.kind === 'greeted' && greeting.speaks === protocol && welcomes[protocol].test(greeting.lines[0] ?? '');

/** A reply of several lines goes on while the code is followed by a hyphen (RFC 5321 4.2.1). */
const goesOn = /^\d{3}-/;

/** More lines than this are no greeting. */
const mostLines = 1_000;

const without = (result: Exclude<LineResult, { kind: 'line' }>, ms: number): Greeting => {
  switch (result.kind) {
    case 'flood':
      return { kind: 'flood', ms, bytes: result.bytes };
    case 'silent':
      return { kind: 'silent', ms, tls: false };
    case 'closed':
    case 'reset':
      return { kind: result.kind, ms };
  }
};

/** A greeting, and how the reading ended where it was none. */
export interface Opening {
  readonly greeting: Greeting;
  readonly broken?: Exclude<LineResult, { kind: 'line' }>;
  /** The greeting's first line as it came, for capabilities in it. */
  readonly first: string;
}

/** The first words of a server, to the end of a greeting of several lines. */
export const greetingOf = async (
  lines: Pick<Lines, 'line'>,
  { asked, deadline, signal }: { readonly asked: Protocol; readonly deadline: number; readonly signal: AbortSignal },
): Promise<Opening> => {
  const ms = stopwatch();
  const said: Buffer[] = [];
  let size = 0;
  for (;;) {
    const result = await lines.line(deadline, signal);
    if (result.kind !== 'line') return { greeting: without(result, ms()), broken: result, first: '' };
    said.push(result.bytes);
    size += result.bytes.length;
    if (said.length > mostLines || size > 64 * 1024) {
      return { greeting: { kind: 'flood', ms: ms(), bytes: size }, broken: { kind: 'flood', bytes: size }, first: '' };
    }
    if (goesOn.test(result.text)) continue;
    const first = said[0] ?? result.bytes;
    return {
      greeting: { kind: 'greeted', speaks: speaksOf(printable(first), asked), lines: printableLines(said), ms: ms() },
      first: first.toString('latin1'),
    };
  }
};

/** Resolves to whether a port that says nothing answers a ClientHello on a connection of its own. */
export const answersTls = async (door: Door, kit: Kit, signal: AbortSignal): Promise<boolean> => {
  const { socket } = await connect(door, kit, signal);
  if (!socket || socket.destroyed) return false;
  return new Promise((resolve) => {
    const finish = (answers: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(answers);
      secure.destroy();
      leave(socket);
    };
    const stop = (): void => finish(false);
    const tap = new Tap(socket, stop);
    const secure = connectTls({
      socket: tap,
      secureContext: createSecureContext({ ca: [], minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
      rejectUnauthorized: false,
    });
    const timer = setTimeout(stop, kit.limits.stepMs);
    signal.addEventListener('abort', stop, { once: true });
    // Any record is an answer, an alert as well: what shall be known is the language, not whether we would be let in.
    socket.on('data', () => {
      if (tap.overheard().tls) finish(true);
    });
    secure.on('error', () => finish(tap.overheard().tls));
    secure.once('close', () => finish(tap.overheard().tls));
  });
};

interface OpeningRequest {
  readonly asked: Protocol;
  readonly door: Door;
  readonly kit: Kit;
  /** Whether not a byte has come; a greeting that is only slow at its end (postscreen's teaser) waits for no TLS. */
  readonly quiet: () => boolean;
  readonly signal: AbortSignal;
}

/** After this share of the greeting's limit, a port that says nothing is suspected to wait for TLS: 1.5 s of 15 s. */
const suspicion = 0.1;

/**
 * The greeting on a fresh connection. Four faults look alike while a port says nothing; where it turns out to wait for
 * a ClientHello, the rest of the wait is spared.
 */
export const openingOf = async (
  lines: Pick<Lines, 'line'>,
  { asked, door, kit, quiet, signal }: OpeningRequest,
): Promise<Opening> => {
  const ms = stopwatch();
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const reading = greetingOf(lines, { asked, deadline: deadlineIn(kit.limits.greetingMs), signal: either });
  const suspect = setTimeout(() => {
    if (!quiet()) return;
    answersTls(door, kit, either).then(
      (answers) => {
        if (answers) enough.abort();
      },
      () => undefined,
    );
  }, kit.limits.greetingMs * suspicion);
  try {
    return await reading;
  } catch (error) {
    if (signal.aborted) throw error;
    return { greeting: { kind: 'silent', ms: ms(), tls: true }, broken: { kind: 'silent' }, first: '' };
  } finally {
    clearTimeout(suspect);
    // Ends a probe that is still under way, and the wait of the reading is over already.
    enough.abort();
  }
};
