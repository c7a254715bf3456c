import type { Pop3LoginFact, SmtpLoginFact } from '../model/login-facts.ts';
import type { Service, Subject } from '../model/mailbox.ts';
import type { RoundTripFact } from '../model/trip-facts.ts';
import type { Mail } from '../model/world.ts';
import { shelf } from './contact-shared.ts';
import { imapAnswers } from './imap-login.ts';
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
  return (key: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<Fact>): Promise<Fact> => {
    const question = questions(key, ask);
    return question.join(question.work, signal);
  };
};

/** The logins and the round trip; each question is asked once a run. */
export const createLogins = (
  given: Kit,
  tokens: Tokens = createTokens(given),
): Pick<Mail, 'smtpLogin' | 'imapLogin' | 'imapQuota' | 'pop3Login' | 'roundTrip'> => {
  const kit: LoginKit = { ...given, tokens };
  const smtp = asked<SmtpLoginFact>();
  const pop3 = asked<Pop3LoginFact>();
  const trips = asked<RoundTripFact>();
  const imap = new Map<string, SharedSession>();
  const imapFor = (service: Service): SharedSession => {
    const key = keyOf(service, service.folder);
    const known = imap.get(key);
    if (known && !known.cut()) return known;
    const session = shareSession((signal) => imapAnswers(kit, service, signal));
    imap.set(key, session);
    return session;
  };
  return {
    smtpLogin: (service, subject, signal) =>
      smtp(keyOf(service, subject.from, subject.address), signal, (own) => smtpLogin(kit, service, subject, own)),
    imapLogin: (service, _subject, signal) => imapFor(service).ask(({ login }) => login, signal),
    imapQuota: (service, _subject, signal) => imapFor(service).ask(({ quota }) => quota, signal),
    pop3Login: (service, _subject, signal) => pop3(keyOf(service), signal, (own) => pop3Login(kit, service, own)),
    roundTrip: (subject, signal) => trips(tripKey(subject), signal, (own) => roundTrip(kit, subject, own)),
  };
};

const tripKey = ({ services, from, address }: Subject): string =>
  JSON.stringify([Object.values(services).map((service) => keyOf(service, service.folder)), from, address]);
