import type { Pop3LoginFact, SmtpLoginFact } from '../model/login-facts.ts';
import type { Service, Subject } from '../model/mailbox.ts';
import type { RoundTripFact } from '../model/trip-facts.ts';
import type { Mail } from '../model/world.ts';
import { shelf } from './contact-shared.ts';
import { type ImapAnswers, imapAnswers } from './imap-login.ts';
import type { Kit } from './kit.ts';
import type { LoginKit } from './login-attempt.ts';
import { type SharedSession, shareSession } from './login-shared.ts';
import { createTokens, type Tokens } from './oauth-tokens.ts';
import { pop3Login } from './pop3-login.ts';
import { roundTrip } from './round-trip.ts';
import { smtpLogin } from './smtp-login.ts';

/** What makes two questions the same; the secret counts by its source, never by its value. */
const keyOf = (
  {
    protocol,
    host,
    port,
    security,
    ca,
    trust,
    clientCertificate,
    ehlo,
    family,
    username,
    password,
    mechanism,
    oauth,
  }: Service,
  ...more: readonly string[]
): string =>
  JSON.stringify([
    protocol,
    host,
    port,
    security,
    ca ?? '',
    trust ?? '',
    clientCertificate ?? '',
    ehlo ?? '',
    family ?? '',
    username,
    password?.secret ?? '',
    mechanism ?? '',
    oauth ?? '',
    ...more,
  ]);

/** Each question is asked once a run; whoever gives up leaves the others waiting. */
const asked = <Fact>() => {
  const questions = shelf<Promise<Fact>>();
  return {
    ask: (key: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<Fact>): Promise<Fact> => {
      const question = questions(key, ask);
      return question.join(question.work, signal);
    },
    forget: questions.forget,
  };
};

/** The answers of a session that waits for its turn at the host. */
const imapInTurn = (kit: LoginKit, service: Service, signal: AbortSignal): ImapAnswers => {
  const started = new Promise<ImapAnswers>((resolve, reject) => {
    const begin = async (): Promise<void> => {
      const answers = imapAnswers(kit, service, signal);
      resolve(answers);
      // The next one begins when the server has let this one go, too.
      await answers.left;
    };
    kit.ledger.session([service.host], begin, signal).catch(reject);
  });
  const login = started.then((answers) => answers.login);
  const quota = started.then((answers) => answers.quota);
  // Whoever asks for one of them only is not to be ended by the other.
  for (const answer of [login, quota]) answer.catch(() => undefined);
  const left = started.then((answers) => answers.left);
  left.catch(() => undefined);
  return { login, quota, left };
};

/** The logins and the round trip; each question is asked once a run. */
export const createLogins = (
  given: Kit,
  tokens: Tokens = createTokens(given),
): Pick<Mail, 'smtpLogin' | 'imapLogin' | 'imapQuota' | 'pop3Login' | 'roundTrip' | 'finished'> => {
  const kit: LoginKit = { ...given, tokens };
  const { session } = kit.ledger;
  const smtp = asked<SmtpLoginFact>();
  const pop3 = asked<Pop3LoginFact>();
  const trips = asked<RoundTripFact>();
  const imap = new Map<string, SharedSession>();
  const mine = new Map<string, Set<string>>();
  const noted = ({ path }: Subject, key: string): string => {
    const keys = mine.get(path) ?? new Set();
    mine.set(path, keys.add(key));
    return key;
  };
  const imapFor = (service: Service, subject: Subject): SharedSession => {
    const key = noted(subject, keyOf(service, service.folder));
    const known = imap.get(key);
    if (known && !known.cut()) return known;
    const shared = shareSession((signal) => imapInTurn(kit, service, signal));
    imap.set(key, shared);
    return shared;
  };
  return {
    smtpLogin: (service, subject, signal) =>
      smtp.ask(noted(subject, keyOf(service, subject.from, subject.address)), signal, (own) =>
        session([service.host], () => smtpLogin(kit, service, subject, own), own),
      ),
    imapLogin: (service, subject, signal) => imapFor(service, subject).ask(({ login }) => login, signal),
    imapQuota: (service, subject, signal) => imapFor(service, subject).ask(({ quota }) => quota, signal),
    pop3Login: (service, subject, signal) =>
      pop3.ask(noted(subject, keyOf(service)), signal, (own) =>
        session([service.host], () => pop3Login(kit, service, own), own),
      ),
    roundTrip: (subject, signal) =>
      trips.ask(noted(subject, tripKey(subject)), signal, (own) =>
        session(
          Object.values(subject.services).map(({ host }) => host),
          () => roundTrip(kit, subject, own),
          own,
        ),
      ),
    finished: ({ path }) => {
      for (const key of mine.get(path) ?? []) {
        for (const one of [smtp, pop3, trips]) one.forget(key);
        imap.delete(key);
      }
      mine.delete(path);
    },
  };
};

const tripKey = ({ services, from, address }: Subject): string =>
  JSON.stringify([Object.values(services).map((service) => keyOf(service, service.folder)), from, address]);
