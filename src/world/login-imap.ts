import { performance } from 'node:perf_hooks';
import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import type { LoginFact, Reply, Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { BearerChallenge } from '../model/token-facts.ts';
import type { Kit } from './kit.ts';
import { type Credentials, type Entered, notOffered } from './login-attempt.ts';
import { bearerExchange, bearerMechanisms, challengeOf } from './login-bearer.ts';
import { onAbort, stepClock } from './login-clock.ts';
import { attemptMs, wayTo } from './login-imap-way.ts';
import { passwordExchange } from './login-password.ts';
import { broken, howOf, imapReply, since, wordsOf } from './login-reply.ts';
import type { Transcript } from './login-transcript.ts';

/** Bounds for imapflow, whose own are a gigabyte each. */
const sizes = { maxLineLength: 256 * 1024, maxLiteralSize: 512 * 1024, maxResponseSize: 1024 * 1024 };

/** No server says more than so many lines in one step; 500 folders are named, a mailbox may hold many more. */
const mostLines = 50_000;

const mostQuotaLines = 20;

export interface ImapSession {
  readonly client: ImapFlow;
  readonly capabilities: ReadonlySet<string>;
  /** Runs one command of the library and tells what the server answered. */
  readonly step: <Value>(run: () => Promise<Value>) => Promise<{ readonly step: Step; readonly value?: Value }>;
  /** QUOTA lines as the server wrote them: the library lets a second root overwrite the first. */
  readonly quotaLines: readonly string[];
  /** Commands that imapflow would send unasked at login, here when they are wanted. */
  readonly identify: () => Promise<Readonly<Record<string, string>> | undefined>;
  readonly namespace: () => Promise<{ readonly prefix: string; readonly delimiter?: string } | undefined>;
  /** Opens a folder by its name as a person reads it; just SELECT, without the LIST that imapflow puts before it. */
  readonly select: (folder: string) => Promise<{ readonly step: Step; readonly opened?: OpenedFolder }>;
  /** LOGOUT in the background. */
  readonly leave: () => void;
}

export interface OpenedFolder {
  readonly messages: number;
  readonly readOnly: boolean;
  readonly uidValidity: string;
  readonly uidNext?: number;
}

type Handler = (client: ImapFlow, ...args: readonly unknown[]) => Promise<unknown>;

/** The members of imapflow that its types do not show; test/world/imap-login.test.ts fails when a version lacks one. */
interface Inside {
  readonly exec: (
    command: string,
    attributes: readonly { readonly type: 'ATOM'; readonly value: string; readonly sensitive?: boolean }[],
    options: { readonly onPlusTag: (line: unknown) => Promise<void> },
  ) => Promise<{ readonly next: () => void }>;
  readonly write: (chunk: string) => void;
  commands: Map<string, Handler>;
  /** Nobody here asks which folders are subscribed, and the question costs a command a list. */
  skipLsub: boolean;
  readonly folders: Map<string, unknown>;
}

const inside = (client: ImapFlow): Inside => client as unknown as Inside;

const bare = /^[\x21-\x7e]+$/;

/** What offers itself for a password: AUTH= mechanisms, and LOGIN where it is not forbidden (RFC 3501 section 7.2.1). */
export const offeredBy = (capabilities: Iterable<string>): readonly string[] => {
  const words = [...capabilities].map((word) => word.toUpperCase());
  const mechanisms = words.flatMap((word) => (word.startsWith('AUTH=') ? [word.slice(5)] : []));
  return [...new Set([...mechanisms, ...(words.includes('LOGINDISABLED') ? [] : ['LOGIN'])])];
};

/** What the server said last; written by the library's log. */
interface Last {
  reply: Reply | undefined;
  /** The first no of a step: after a refused SELECT imapflow asks for a LIST by itself. */
  refusal: Reply | undefined;
  bye: Reply | undefined;
  mechanism: string;
  tag: string;
}

export type ImapSeen = { offered: readonly string[] };

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
  /** The answer to the login itself; imapflow may ask for the capabilities after it. */
  const accepting: { reply: Reply | undefined } = { reply: undefined };
  const phase: { at: NonNullable<LoginFact['before']>['at'] | 'login' | 'ready' } = { at: 'connect' };
  const last: Last = { reply: undefined, refusal: undefined, bye: undefined, mechanism: '', tag: '' };
  let began = performance.now();
  let lines = 0;
  const quotaLines: string[] = [];
  let flooded = false;
  let hiding = false;
  let challenge: BearerChallenge | undefined;
  const clock = stepClock(() => shut());

  const onClient = (line: string, comment: string): void => {
    const [, tag, command = '', argument = ''] = /^([0-9A-F]+) ([A-Z]+)(?: (\S+))?/.exec(line) ?? [];
    if (hiding && (comment || tag === undefined)) {
      transcript.hidden();
      return;
    }
    hiding = command === 'LOGIN' || command === 'AUTHENTICATE';
    if (hiding) {
      phase.at = 'login';
      last.mechanism = command === 'LOGIN' ? 'LOGIN' : argument.toUpperCase();
    } else if (command === 'STARTTLS') phase.at = 'starttls';
    else if (phase.at === 'greeting') phase.at = 'hello';
    if (command !== 'LOGOUT') {
      began = performance.now();
      lines = 0;
      last.reply = undefined;
      last.tag = tag ?? '';
      clock.start(kit.limits.stepMs);
    }
    transcript.client(line);
  };
  const onServer = (line: string): void => {
    lines += 1;
    if (lines > mostLines) {
      flooded = true;
      shut();
      return;
    }
    transcript.server(line);
    if (/^\* QUOTA /i.test(line) && quotaLines.length < mostQuotaLines) quotaLines.push(line.slice(0, 2_000));
    if (/^\* BYE\b/i.test(line)) last.bye ??= imapReply(transcript.conceal(line));
    const answers = last.tag !== '' && line.startsWith(`${last.tag} `);
    if (!answers) return;
    last.reply = imapReply(transcript.conceal(line));
    if (last.reply?.code !== 'OK') last.refusal ??= last.reply;
    if (hiding) accepting.reply = last.reply;
    hiding = false;
    // After the OK to STARTTLS the handshake is a step of its own.
    if (phase.at === 'starttls' && last.reply?.code === 'OK') clock.start(kit.limits.stepMs);
    else clock.stop();
  };
  const note = (entry: unknown): void => {
    if (typeof entry !== 'object' || entry === null || !('msg' in entry) || typeof entry.msg !== 'string') return;
    if (!('src' in entry)) return;
    if (entry.src === 'connection') {
      phase.at = 'greeting';
      began = performance.now();
      clock.start(kit.limits.greetingMs);
    }
    if (entry.src === 'c')
      onClient(entry.msg, 'comment' in entry && typeof entry.comment === 'string' ? entry.comment : '');
    if (entry.src === 's') onServer(entry.msg);
  };
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
    logger: { trace: note, debug: note, info: note, warn: silent, error: silent },
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

  // The library's table is shared by all its clients: this one gets its own.
  const { commands } = inside(client);
  inside(client).skipLsub = true;
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
    const ms = since(began);
    if (flooded) return broken('flood', `more than ${mostLines} lines in one answer`, ms);
    if (last.refusal) return { kind: 'refused', reply: last.refusal, ms };
    if (last.bye) return { kind: 'refused', reply: last.bye, ms };
    if (clock.expired()) return broken('silent', 'no complete answer in time', ms);
    return broken(howOf(error), transcript.conceal(wordsOf(error)), ms);
  };

  const step: ImapSession['step'] = async (run) => {
    began = performance.now();
    last.reply = undefined;
    last.refusal = undefined;
    try {
      const value = await Promise.race([run(), aborted]);
      const ms = since(began);
      const { reply, refusal } = heard(last);
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
    const { at } = phase;
    if (at === 'login') {
      return { kind: 'out', login: bad, mechanism: last.mechanism, ...(challenge ? { challenge } : {}) };
    }
    if (/login is disabled|unsupported authentication|no matching authentication/i.test(wordsOf(error))) {
      seen.offered = offeredBy(client.capabilities.keys());
      return { kind: 'out', withheld: notOffered(service.mechanism, seen.offered) };
    }
    if (/does not support STARTTLS/i.test(wordsOf(error)) && at !== 'starttls') {
      return {
        kind: 'out',
        before: { at: 'starttls', step: broken('refused', 'STARTTLS is not offered', since(began)) },
      };
    }
    return { kind: 'out', before: { at: at === 'ready' ? 'hello' : at, step: bad } };
  }
  clock.stop();
  const ms = since(began);
  const login: Step =
    phase.at === 'login'
      ? { kind: 'accepted', reply: accepting.reply ?? { code: 'OK', text: '' }, ms }
      : { kind: 'accepted', reply: { code: 'PREAUTH', text: client.greeting ?? '' }, ms };
  phase.at = 'ready';

  const session: ImapSession = {
    client,
    capabilities: new Set([...client.capabilities.keys()].map((word) => word.toUpperCase())),
    step,
    quotaLines,
    identify: async () => {
      if (!client.capabilities.has('ID')) return undefined;
      const { value } = await step(() => command('ID')(client, { name: 'crm-doctor' }));
      return recordOf(value);
    },
    namespace: async () => {
      let next: (() => void) | undefined;
      // What the command sets stays out of the client: imapflow would put the prefix before every folder name from then on.
      const apart: ImapFlow = Object.create(client, {
        exec: {
          value: async (...args: Parameters<Inside['exec']>) => {
            const response = await inside(client).exec(...args);
            next = response.next;
            return response;
          },
        },
      });
      await step(() => command('NAMESPACE')(apart));
      const { namespace } = apart;
      // It trips over a personal namespace of NIL (RFC 2342 section 5), and no later command would be sent.
      if (!namespace) next?.();
      if (!namespace) return undefined;
      return { prefix: namespace.prefix, ...(namespace.delimiter ? { delimiter: namespace.delimiter } : {}) };
    },
    select: async (folder) => {
      const path = folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder;
      if (!inside(client).folders.has(path)) inside(client).folders.set(path, { path });
      const { step: selected, value } = await step(() => client.mailboxOpen(path));
      if (!value) return { step: selected };
      return {
        step: selected,
        opened: {
          messages: value.exists,
          readOnly: value.readOnly ?? false,
          uidValidity: String(value.uidValidity),
          ...(typeof value.uidNext === 'number' ? { uidNext: value.uidNext } : {}),
        },
      };
    },
    leave: () => {
      clock.stop();
      const timer = setTimeout(shut, 500);
      timer.unref();
      client
        .logout()
        .catch(silent)
        .finally(() => {
          clearTimeout(timer);
          shut();
        });
    },
  };
  return { kind: 'in', session, login, ...(last.mechanism ? { mechanism: last.mechanism } : {}) };
};

/** The text of a `+` line as imapflow has parsed it. */
const continuationOf = (line: unknown): string => {
  const attributes: unknown = typeof line === 'object' && line !== null ? Reflect.get(line, 'attributes') : undefined;
  const first: unknown = Array.isArray(attributes) ? attributes[0] : undefined;
  const value: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'value') : undefined;
  return typeof value === 'string' ? value : '';
};

// The log writes between two reads, which the compiler does not see.
const heard = ({ reply, refusal }: Last): Pick<Last, 'reply' | 'refusal'> => ({ reply, refusal });

const recordOf = (value: unknown): Readonly<Record<string, string>> | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).flatMap(([key, text]) =>
    typeof text === 'string' ? [[key, text] as const] : [],
  );
  return Object.fromEntries(entries.slice(0, 30));
};
