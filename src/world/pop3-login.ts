import type { Pop3LoginFact, Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import {
  type Credentials,
  type Entered,
  entryFact,
  inTurn,
  type LoginKit,
  notOffered,
  prepared,
  preparedFact,
  unusable,
} from './login-attempt.ts';
import { bearerExchange, bearerMechanisms } from './login-bearer.ts';
import { passwordExchange } from './login-password.ts';
import { openPop3, type Pop3Session } from './login-pop3.ts';
import { broken } from './login-reply.ts';
import { openTranscript, type Transcript } from './login-transcript.ts';

/** CAPA (RFC 2449): keyword and parameters, upper case; empty where the server does not know the command. */
type Capabilities = ReadonlyMap<string, readonly string[]>;

export interface Pop3Seen {
  capabilities: Capabilities;
  known: boolean;
}

export const nothingSeen = (): Pop3Seen => ({ capabilities: new Map(), known: false });

const capabilitiesOf = (body: readonly Buffer[]): Capabilities =>
  new Map(
    body.slice(0, 200).map((line) => {
      const [keyword = '', ...parameters] = line.toString('latin1').trim().toUpperCase().split(/\s+/);
      return [keyword, parameters] as const;
    }),
  );

/** USER where it is offered, and the SASL mechanisms. A server without CAPA offers what RFC 1939 knows. */
export const offeredByCapa = ({ capabilities, known }: Pop3Seen): readonly string[] => {
  if (!known) return ['USER'];
  return [...(capabilities.has('USER') ? ['USER'] : []), ...(capabilities.get('SASL') ?? [])];
};

/** CAPA, then USER and PASS, or AUTH with a token. */
export const enterPop3 = async (
  kit: LoginKit,
  service: Service,
  {
    credentials,
    transcript,
    seen,
    signal,
  }: {
    readonly credentials: Credentials;
    readonly transcript: Transcript;
    readonly seen: Pop3Seen;
    readonly signal: AbortSignal;
  },
): Promise<Entered<Pop3Session>> => {
  const opened = await openPop3({ kit, service, transcript, signal });
  if (opened.kind === 'connection-limit') return { kind: 'out', withheld: 'connection-limit' };
  if (opened.kind === 'failed') return { kind: 'out', before: opened.before };
  const { session } = opened;
  const out = (step: Step): Entered<Pop3Session> => {
    session.leave();
    return { kind: 'out', login: step, mechanism: 'USER' };
  };
  const capa = await session.list('CAPA');
  if (capa.step.kind === 'broken') {
    session.close();
    return { kind: 'out', before: { at: 'hello', step: capa.step } };
  }
  if (capa.body) {
    seen.capabilities = capabilitiesOf(capa.body);
    seen.known = true;
  }
  const offered = offeredByCapa(seen);
  if (credentials.kind === 'token') {
    const mechanism = bearerMechanisms.find((one) => offered.includes(one));
    if (!mechanism) {
      session.leave();
      return { kind: 'out', withheld: 'no-safe-mechanism' };
    }
    const { username, secret: token } = credentials;
    const { host, port } = service;
    const { step, challenge } = await session.bearer(bearerExchange(mechanism, { username, token, host, port }));
    if (step.kind === 'accepted') return { kind: 'in', session, login: step, mechanism };
    session.leave();
    return { kind: 'out', login: step, mechanism, ...(challenge ? { challenge } : {}) };
  }
  const { mechanism: configured = 'user' } = service;
  const wanted = configured.toUpperCase();
  // Without CAPA nothing is known of SASL, and the answer to AUTH tells; with an empty list the same holds of USER.
  const listed = configured === 'user' ? offered : seen.known ? offered : [wanted];
  if (configured !== 'user' && listed.includes(wanted)) {
    const sasl = configured === 'plain' ? 'PLAIN' : configured === 'login' ? 'LOGIN' : 'CRAM-MD5';
    const step = await session.password(sasl, passwordExchange(sasl, credentials));
    if (step.kind === 'accepted') return { kind: 'in', session, login: step, mechanism: sasl };
    session.leave();
    return { kind: 'out', login: step, mechanism: sasl };
  }
  if ((offered.length > 0 || configured !== 'user') && !listed.includes(wanted)) {
    // With nothing at all on the list USER is tried: its refusal says why, and no password has been sent by then.
    session.leave();
    return { kind: 'out', withheld: notOffered(service.mechanism, offered) };
  }
  const user = `USER ${credentials.username}`;
  const pass = `PASS ${credentials.secret}`;
  // Together where the server says so, and where the password would not cross in clear after a refused USER. Never more
  // than PASS: Courier offers PIPELINING, but another process takes over after the login, and what was read along with
  // PASS is lost with the first one.
  if (service.security !== 'none' && seen.capabilities.has('PIPELINING') && offered.includes('USER')) {
    const [userStep, passStep] = await session.commands([user, pass]);
    const step = userStep?.kind === 'accepted' ? passStep : userStep;
    if (step?.kind !== 'accepted') return out(step ?? { kind: 'broken', how: 'closed', says: 'no answer', ms: 0 });
    return { kind: 'in', session, login: step, mechanism: 'USER' };
  }
  const [userStep] = await session.commands([user]);
  if (userStep?.kind !== 'accepted')
    return out(userStep ?? { kind: 'broken', how: 'closed', says: 'no answer', ms: 0 });
  const [login] = await session.commands([pass]);
  if (login?.kind !== 'accepted') return out(login ?? { kind: 'broken', how: 'closed', says: 'no answer', ms: 0 });
  return { kind: 'in', session, login, mechanism: 'USER' };
};

/** `+OK 12 34567` (RFC 1939 section 5). */
export const statOf = (step: Step | undefined): { readonly messages: number; readonly bytes: number } | undefined => {
  if (step?.kind !== 'accepted') return undefined;
  const [, messages, bytes] = /^(\d{1,15}) (\d{1,15})/.exec(step.reply.text) ?? [];
  return messages === undefined ? undefined : { messages: Number(messages), bytes: Number(bytes) };
};

const uidlOf = async (session: Pop3Session, seen: Pop3Seen, messages: number): Promise<Pop3LoginFact['uidl']> => {
  if (seen.capabilities.has('UIDL')) return 'yes';
  if (messages > 0) {
    // One message's answer is a single line, however full the mailbox is.
    const [step] = await session.commands(['UIDL 1']);
    return step?.kind === 'accepted' ? 'yes' : step?.kind === 'refused' ? 'no' : undefined;
  }
  const { step } = await session.list('UIDL');
  return step.kind === 'accepted' ? 'yes' : 'empty-mailbox';
};

/** RFC 2449 section 6.7: seconds between two logins; absent where the server names none. */
export const loginDelayOf = ({ capabilities }: Pop3Seen): number | undefined => {
  const seconds = Number(capabilities.get('LOGIN-DELAY')?.[0]);
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined;
};

/** Login, STAT, and whether UIDL is there. */
export const pop3Login = async (kit: LoginKit, service: Service, signal: AbortSignal): Promise<Pop3LoginFact> => {
  const login = await prepared(kit, service, signal);
  if (login.kind === 'none') return { offered: [], dialogue: [] };
  if (login.kind === 'withheld') {
    return { ...preparedFact(service, login), withheld: login.withheld, offered: [], dialogue: [] };
  }
  const { credentials } = login;
  const transcript = openTranscript(credentials);
  const seen = nothingSeen();
  const own = unusable(credentials);
  const entered: Entered<Pop3Session> = own
    ? { kind: 'out', login: own }
    : await inTurn(kit, service, () => enterPop3(kit, service, { credentials, transcript, seen, signal }));
  const fact = {
    ...preparedFact(service, login),
    ...entryFact(entered),
    offered: own || 'before' in entered || (!seen.known && 'withheld' in entered) ? [] : offeredByCapa(seen),
  };
  const loginDelaySeconds = loginDelayOf(seen);
  const delay = loginDelaySeconds === undefined ? {} : { loginDelaySeconds };
  if (entered.kind === 'out') return { ...fact, ...delay, dialogue: transcript.lines };
  const { session } = entered;
  const [asked] = await session.commands(['STAT']);
  const counts = statOf(asked);
  // "+OK" without the two numbers of RFC 1939 section 5 is an answer that was cut off, not a mailbox.
  const stat: Step | undefined =
    asked?.kind === 'accepted' && !counts ? broken('garbled', `STAT answered "${asked.reply.text}"`, asked.ms) : asked;
  const uidl = counts ? await uidlOf(session, seen, counts.messages) : undefined;
  session.leave();
  return {
    ...fact,
    ...(stat ? { stat } : {}),
    ...counts,
    ...(uidl ? { uidl } : {}),
    ...delay,
    dialogue: transcript.lines,
  };
};
