import type { Mechanism } from '../model/config.ts';
import type { Came } from '../model/login.ts';
import type { LoginFact, Step, Withheld } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import type { BearerChallenge, TokenFact } from '../model/token-facts.ts';
import type { Kit } from './kit.ts';
import { broken } from './login-reply.ts';
import type { Tokens } from './oauth-tokens.ts';

/** The name and the secret of one login; the secret goes to the library that logs in and nowhere else. */
export interface Credentials {
  readonly kind: 'password' | 'token';
  readonly username: string;
  readonly secret: string;
}

/** What the logins work with. */
export interface LoginKit extends Kit {
  readonly tokens: Tokens;
}

/** What there is to log in with. */
export type Prepared =
  /** The configuration has neither password nor token: no login is made. */
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly credentials: Credentials; readonly token?: TokenFact }
  /** A login is configured and cannot be made. */
  | { readonly kind: 'withheld'; readonly withheld: Withheld; readonly token?: TokenFact };

export const prepared = async (kit: LoginKit, service: Service, signal: AbortSignal): Promise<Prepared> => {
  const { username, password, oauth, security } = service;
  if (password !== undefined) {
    return { kind: 'ready', credentials: { kind: 'password', username, secret: kit.secrets.reveal(password) } };
  }
  if (!oauth) return { kind: 'none' };
  // RFC 6750 section 5.3: whoever reads a token on the way is the user for as long as it is valid.
  if (security === 'none') return { kind: 'withheld', withheld: 'token-in-clear' };
  const { token, fact } = await kit.tokens.tokenFor(service, signal);
  if (token === undefined) return { kind: 'withheld', withheld: 'no-token', token: fact };
  return { kind: 'ready', credentials: { kind: 'token', username, secret: token }, token: fact };
};

/** The parts of a fact that tell what was logged in with. */
export const preparedFact = (service: Service, login: Prepared): Pick<LoginFact, 'username' | 'token'> => ({
  ...(login.kind === 'none' ? {} : { username: service.username }),
  ...('token' in login && login.token ? { token: login.token } : {}),
});

// A line end inside an argument would start a command of its own
const breaksLines = /[\r\n\0]/;

/**
 * What we refuse to send ourselves. A line end or NUL inside a value would be read as the next command, and an empty name
 * or secret is no login.
 */
export const unsendable = (values: Readonly<Record<string, string>>): Step | undefined => {
  const bad = Object.entries(values).find(([, value]) => breaksLines.test(value));
  return bad && broken('garbled', `not sent: the ${bad[0]} contains a line break or NUL`);
};

// RFC 6750 section 2.1; ^A would end the field that it stands in.
const tokenForm = /^[\x21-\x7e]+$/;

export const unusable = ({ kind, username, secret }: Credentials): Step | undefined => {
  const what = kind === 'token' ? 'access token' : 'password';
  if (username === '') return broken('garbled', 'not sent: the user name is empty');
  if (secret === '') return broken('garbled', `not sent: the ${what} is empty`);
  if (kind === 'token' && (!tokenForm.test(secret) || username.includes('\x01'))) {
    return broken('garbled', 'not sent: the access token contains blanks or other characters that no token has');
  }
  return unsendable({ 'user name': username, [what]: secret });
};

const lockOutWords: readonly RegExp[] = [
  /\b(too many|maximum number of|exceed\w*|limit\w*)\b[^.]*\b(attempt|login|log-?on|auth|fail|password|sign-?in)/i,
  /\btemporar(il)?y\b[^.]*\b(lock|block|ban|suspend|disabl)/i,
  /\b(account|user|mailbox|login)\b[^.]*\b(is|was|has been|are) (temporarily )?(locked|blocked|banned)/i,
  /\block(ed)? ?out\b/i,
  /\[ALERT\] too many/i,
];

/** Whether an answer tells that further tries make it worse (auth.too-many-attempts, auth.account-disabled). */
export const locksOut = (step: Step | undefined): boolean => {
  if (step?.kind !== 'refused') return false;
  const { code, tag, text } = step.reply;
  // A mailbox that another session has open is locked in another sense (RFC 2449 section 8.1.1).
  if (tag === 'IN-USE' || tag === 'LOGIN-DELAY') return false;
  if ((code === '421' || code === '454') && /\btoo many\b/i.test(text)) return true;
  return lockOutWords.some((words) => words.test(text));
};

/**
 * Whether a lock-out speaks of this account and of nobody else: a host that has shut out our address, or counts our logins,
 * has done so for every name.
 */
const isOfAccount = (step: Step | undefined): boolean => {
  if (step?.kind !== 'refused') return false;
  const { code, text } = step.reply;
  if (code === '421' || code === '454' || /\btoo many\b|\bIP\b|\baddress(?:es)?\b|\bclient\b|\bhost\b/i.test(text))
    return false;
  return /\b(?:account|user|mailbox)\b[^.]*\b(?:is|was|has been) (?:temporarily )?(?:locked|blocked|disabled|suspended)|\blocked out\b/i.test(
    text,
  );
};

/** A login that was turned away for want of encryption: the name was not judged (Dovecot, RFC 4954 section 6). */
const wantsTls =
  /\b(?:plain|clear) ?text\b.*\b(?:disallowed|not allowed|disabled)|\bSTARTTLS\b|\bencryption required|under a layer/i;

/** A mechanism that was turned away as such: the password was not judged (RFC 4954 section 6: 504, 534). */
const wantsAnotherMechanism =
  /\b(?:unsupported|invalid|unknown|unrecogni[sz]ed) (?:SASL )?auth(?:entication)? (?:mechanism|type|method)|mechanism (?:is )?(?:not supported|too weak|unavailable|not available)|no worthy mechs/i;

/** What a refusal of the login says of the name; a server that is busy or broken has not judged it. */
export const refusesName = (step: Step | undefined): boolean => {
  if (step?.kind !== 'refused') return false;
  const { code, tag, text } = step.reply;
  if (tag === 'PRIVACYREQUIRED' || code === '530' || code === '538' || wantsTls.test(text)) return false;
  if (code === '504' || wantsAnotherMechanism.test(text)) return false;
  if (/^\d/.test(code)) return code.startsWith('5');
  if (code === '-ERR') return tag === undefined || tag === 'AUTH';
  return code === 'NO' && !['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'LIMIT', 'ALREADYEXISTS'].includes(tag ?? '');
};

/** What is withheld where the configured mechanism is not among the offered ones; an empty offer is a fault of its own. */
export const notOffered = (mechanism: Mechanism | undefined, offered: readonly string[]): Withheld =>
  mechanism !== undefined && offered.length > 0 ? 'mechanism-not-offered' : 'no-safe-mechanism';

type BadStart = NonNullable<LoginFact['before']>;

/** How far a session came: opened and logged in where a login is configured, or not. */
export type Entered<Session> =
  | {
      readonly kind: 'in';
      readonly session: Session;
      readonly login?: Step;
      readonly mechanism?: string;
      /** Open without a login although one is configured: the server offers none at all. */
      readonly withheld?: Withheld;
    }
  | { readonly kind: 'out'; readonly before: BadStart }
  | {
      readonly kind: 'out';
      readonly login: Step;
      readonly mechanism?: string;
      readonly challenge?: BearerChallenge;
    }
  | { readonly kind: 'out'; readonly withheld: Withheld };

const cameOf = (login: Step | undefined, before: Step | undefined): Came => {
  if (locksOut(login) || locksOut(before)) return 'locked-out';
  if (refusesName(login)) return 'refused';
  return login?.kind === 'accepted' ? 'accepted' : 'not-judged';
};

/** One turn in the ledger: at most one login a protocol and name at a time, and none after a refusal or a lock-out. */
export const inTurn = async <Session>(
  kit: Kit,
  service: Service,
  enter: () => Promise<Entered<Session>>,
): Promise<Entered<Session>> => {
  const turn = await kit.ledger.login(service, async () => {
    const result = await enter();
    const login = 'login' in result ? result.login : undefined;
    const before = 'before' in result ? result.before.step : undefined;
    const came = cameOf(login, before);
    return { result, came, accountOnly: came === 'locked-out' && isOfAccount(login) };
  });
  return turn.kind === 'tried' ? turn.result : { kind: 'out', withheld: turn.kind };
};

/** The parts of a fact that tell how entering went. */
export const entryFact = (
  entered: Entered<unknown>,
): Pick<LoginFact, 'before' | 'login' | 'withheld' | 'mechanism' | 'challenge'> => ({
  ...('before' in entered ? { before: entered.before } : {}),
  ...('login' in entered && entered.login ? { login: entered.login } : {}),
  ...('mechanism' in entered && entered.mechanism ? { mechanism: entered.mechanism } : {}),
  ...('challenge' in entered && entered.challenge ? { challenge: entered.challenge } : {}),
  ...('withheld' in entered ? { withheld: entered.withheld } : {}),
});

/** Where a round trip needs one step that says why there is no session. */
export const entryStep = (entered: Exclude<Entered<unknown>, { kind: 'in' }>): Step => {
  if ('before' in entered) return entered.before.step;
  if ('login' in entered) return entered.login;
  return broken('refused', `no login: ${entered.withheld}`);
};
