import type { Protocol } from '../model/config.ts';
import type { Service } from '../model/mailbox.ts';
import type { StartTls } from '../model/tls-facts.ts';
import { deadlineIn } from './contact-clock.ts';
import type { LineResult, Lines } from './lines.ts';
import { configuredName, ehloLiteral } from './login-ehlo.ts';
import { printable, printableLines } from './printable.ts';

type Broken = Exclude<LineResult, { kind: 'line' }>;

/** A whole reply, or how the connection ended in place of it. */
export type Answer =
  | { readonly kind: 'reply'; readonly good: boolean; readonly lines: readonly string[] }
  | { readonly kind: 'broken'; readonly broken: Broken };

/** Who waits, and how long for each reply. */
export interface Patience {
  readonly ms: number;
  readonly signal: AbortSignal;
}

/** More than this is no reply. */
const mostLines = 1_000;

/**
 * Our side of a protocol up to the login: to say who we are and ask what the server can do, to start TLS, to leave. A
 * dialogue belongs to one connection; it knows nothing of sockets.
 */
export interface Dialogue {
  /** EHLO, CAPABILITY, CAPA: the lines or words that the server lists. */
  readonly capabilities: (lines: Lines, patience: Patience) => Promise<Answer>;
  /** What the greeting says already, where it says enough to spare the question. */
  readonly inGreeting: (greeting: string) => readonly string[] | undefined;
  /** STARTTLS, STLS. */
  readonly startTls: (lines: Lines, patience: Patience) => Promise<Answer>;
  readonly farewell: string;
}

const replyUntil = async (
  lines: Lines,
  { ms, signal }: Patience,
  last: (line: string) => 'good' | 'bad' | undefined,
): Promise<Answer> => {
  const deadline = deadlineIn(ms);
  const said: string[] = [];
  let size = 0;
  for (;;) {
    const result = await lines.line(deadline, signal);
    if (result.kind !== 'line') return { kind: 'broken', broken: result };
    const line = result.bytes.toString('latin1');
    said.push(line);
    size += line.length;
    const end = last(line);
    if (end) return { kind: 'reply', good: end === 'good', lines: said };
    if (said.length > mostLines || size > 64 * 1024) return { kind: 'broken', broken: { kind: 'flood', bytes: size } };
  }
};

const smtpReply = (lines: Lines, patience: Patience): Promise<Answer> =>
  replyUntil(lines, patience, (line) => {
    // A line of another form ends the reply too; waiting for a better one would only cost the limit.
    if (/^\d{3}-/.test(line)) return undefined;
    return /^2\d\d(?: |$)/.test(line) ? 'good' : 'bad';
  });

/** What a look says: the configured name, else the address, whatever this machine is called. */
export const lookName = (service: Pick<Service, 'ehlo'>, address = '127.0.0.1'): string =>
  configuredName(service) ?? ehloLiteral(address.replace(/%.*$/, ''));

const smtp = (name: string): Dialogue => ({
  capabilities: async (lines, patience) => {
    lines.write(`EHLO ${name}\r\n`);
    const answer = await smtpReply(lines, patience);
    if (answer.kind !== 'reply' || !answer.good) return answer;
    // The first line is the server's name (RFC 5321 4.1.1.1).
    return { ...answer, lines: answer.lines.slice(1).map((line) => line.slice(4)) };
  },
  inGreeting: () => undefined,
  startTls: (lines, patience) => {
    lines.write('STARTTLS\r\n');
    return smtpReply(lines, patience);
  },
  farewell: 'QUIT\r\n',
});

const imap = (): Dialogue => {
  let count = 0;
  const ask = (command: string, lines: Lines, patience: Patience): Promise<Answer> => {
    count += 1;
    const tag = `a${count}`;
    lines.write(`${tag} ${command}\r\n`);
    return replyUntil(lines, patience, (line) => {
      if (!line.startsWith(`${tag} `)) return undefined;
      return /^\S+ OK\b/i.test(line) ? 'good' : 'bad';
    });
  };
  return {
    capabilities: async (lines, patience) => {
      const answer = await ask('CAPABILITY', lines, patience);
      if (answer.kind !== 'reply' || !answer.good) return answer;
      const listed = answer.lines.flatMap((line) => /^\* CAPABILITY (.*)$/i.exec(line)?.[1]?.trim().split(/ +/) ?? []);
      return { ...answer, lines: listed };
    },
    inGreeting: (greeting) => {
      const words = /^\* (?:OK|PREAUTH) \[CAPABILITY ([^\]]*)\]/i.exec(greeting)?.[1]?.trim().split(/ +/);
      // Some servers list only what they want to show before a login; the rest comes with the question.
      return words?.some((word) => /^(?:STARTTLS$|AUTH=|LOGINDISABLED$)/i.test(word)) ? words : undefined;
    },
    startTls: (lines, patience) => ask('STARTTLS', lines, patience),
    farewell: 'a0 LOGOUT\r\n',
  };
};

const pop3 = (): Dialogue => ({
  capabilities: async (lines, patience) => {
    lines.write('CAPA\r\n');
    let first = true;
    const answer = await replyUntil(lines, patience, (line) => {
      const refused = first && !/^\+OK/i.test(line);
      first = false;
      return refused ? 'bad' : line === '.' ? 'good' : undefined;
    });
    if (answer.kind !== 'reply' || !answer.good) return answer;
    return { ...answer, lines: answer.lines.slice(1, -1) };
  },
  inGreeting: () => undefined,
  startTls: (lines, patience) => {
    lines.write('STLS\r\n');
    return replyUntil(lines, patience, (line) => (/^\+OK/i.test(line) ? 'good' : 'bad'));
  },
  farewell: 'QUIT\r\n',
});

export const dialogueOf = (service: Pick<Service, 'protocol' | 'ehlo'>, localAddress: string | undefined): Dialogue =>
  ({ smtp: () => smtp(lookName(service, localAddress)), imap, pop3 })[service.protocol]();

/** Keywords in upper case, parameters as sent, printable and bounded; IMAP's are words, the others' are lines. */
export const listed = (lines: readonly string[]): readonly string[] =>
  printableLines(lines.map((line) => line.trim()).filter(Boolean)).map((line) =>
    line.replace(/^\S+/, (keyword) => keyword.toUpperCase()),
  );

const startTlsWord: Readonly<Record<Protocol, string>> = { smtp: 'STARTTLS', imap: 'STARTTLS', pop3: 'STLS' };

/**
 * The word in place of STARTTLS where a device on the way has altered it: Cisco's inspection writes `XXXXXXXA`, others
 * change a letter. It keeps the length, because the device must keep the packet's.
 */
const alteredIn = (capabilities: readonly string[], word: string): string | undefined =>
  capabilities.find((keyword) => {
    if (/^X{3,}[A-Z]?$/.test(keyword)) return true;
    if (keyword.length !== word.length || word.length < 8) return false;
    const same = [...keyword].filter((letter, at) => letter === word[at]).length;
    return same >= word.length - 2 && same < word.length;
  });

/** Whether TLS is offered, and what stands in its place where it was altered. */
export const offerOf = (protocol: Protocol, capabilities: readonly string[]): StartTls | undefined => {
  const word = startTlsWord[protocol];
  if (capabilities.includes(word)) return undefined;
  const altered = alteredIn(capabilities, word);
  return { kind: 'not-offered', ...(altered === undefined ? {} : { altered }) };
};

/** A refusal's own words on one line. */
export const replyText = (lines: readonly string[]): string => printable(lines.join(' '));

export const howBroken = ({ kind }: Broken): Extract<StartTls, { kind: 'broken' }>['how'] => kind;
