import type { Finding, RuledOut, Seen, Severity } from '../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Greeting } from '../../src/model/contact-facts.ts';
import type { LoginFact, Reply, Step } from '../../src/model/login-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { ReplyReading, ReplyStep } from '../../src/reason/replies.ts';
import { replyCause } from '../../src/reason/replies.ts';
import { replyOf } from '../../src/reason/reply-lines.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';
import { pop3Auth } from '../mail/pop3-auth.check.ts';
import { mailPort } from '../mail/port.check.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { welcomed } from '../mail/service.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { mailTls } from '../mail/tls.check.ts';
import { grouped } from './grouped.ts';
import { isBearer, oauthReading, tokenRuledOut, tokenSeen } from './oauth.ts';
import type { Provider } from './provider.ts';
import { providerOf } from './provider.ts';
import type { Place } from './words.ts';
import { answerText, both, saidBy } from './words.ts';

/** The check that logs in to a protocol. */
export const loginCheck = { smtp: smtpAuth, imap: imapAuth, pop3: pop3Auth } as const;

/** The fact of a protocol's login, as far as all three have it in common. */
export const loginFact = (evidence: Evidence, protocol: Protocol): LoginFact | undefined =>
  evidence.fact<LoginFact>(loginCheck[protocol]);

/** One refused step of one dialogue. */
export interface Refusal {
  readonly check: AnyCheck;
  readonly service: Service;
  readonly step: ReplyStep;
  readonly reply: Reply;
  readonly reading: ReplyReading | undefined;
  /** The check only warns: another address of the host is friendlier. */
  readonly partial: boolean;
}

// Exchange Online has no password logins for IMAP and POP3 since October 2022, so its plain refusal says that;
// the same words of an Exchange server of one's own speak of the password.
const asProvider = (reading: ReplyReading, { protocol, host }: Service): ReplyReading => {
  if (!reading.generic || protocol === 'smtp') return reading;
  if (providerOf(host, '') === 'microsoft') return { cause: 'auth.basic-disabled', confidence: 0.85, generic: false };
  return reading.cause === 'auth.basic-disabled'
    ? { ...reading, cause: 'auth.wrong-credentials', confidence: 0.8 }
    : reading;
};

const read = (
  reply: Reply,
  service: Service,
  { step, fact }: { readonly step: ReplyStep; readonly fact: LoginFact | undefined },
): ReplyReading | undefined => {
  const reading = replyCause(reply, { protocol: service.protocol, step });
  if (fact && isBearer(fact.mechanism)) return oauthReading(reading, { service, fact, step });
  return reading && (step === 'login' ? asProvider(reading, service) : reading);
};

const greetingReply = (protocol: Protocol, greeting: Greeting | undefined): Reply | undefined =>
  greeting?.kind === 'greeted' && !welcomed(protocol, greeting) ? replyOf(greeting.lines) : undefined;

const refusedReply = (step: Step | undefined): Reply | undefined => (step?.kind === 'refused' ? step.reply : undefined);

/** Every refused step of every service, in the order of the dialogue. */
export const refusalsIn = (evidence: Evidence, subject: Subject): readonly Refusal[] =>
  servicesOf(subject).flatMap((service) => {
    const { protocol } = service;
    const fact = loginFact(evidence, protocol);
    const refusals: Refusal[] = [];
    const add = (check: AnyCheck, step: ReplyStep, reply: Reply | undefined) => {
      if (!reply) return;
      const outcome = evidence.of(check);
      const partial = outcome?.kind === 'observed' && outcome.verdict.grade === 'warn';
      refusals.push({ check, service, step, reply, reading: read(reply, service, { step, fact }), partial });
    };
    for (const { greeting } of evidence.fact(mailPort[protocol])?.contacts ?? []) {
      add(mailPort[protocol], 'greeting', greetingReply(protocol, greeting));
    }
    const tls = evidence.fact(mailTls[protocol]);
    add(mailTls[protocol], 'greeting', greetingReply(protocol, tls?.greeting));
    add(mailTls[protocol], 'hello', tls?.hello);
    if (fact?.before && fact.before.at !== 'connect') {
      add(loginCheck[protocol], fact.before.at, refusedReply(fact.before.step));
    }
    add(loginCheck[protocol], 'login', refusedReply(fact?.login));
    if (protocol === 'smtp') {
      const smtp = evidence.fact(smtpAuth);
      add(smtpAuth, 'mail', refusedReply(smtp?.mail));
      add(smtpAuth, 'rcpt', refusedReply(smtp?.rcpt));
      const trip = evidence.fact(mailRoundTrip);
      add(mailRoundTrip, trip?.at ?? 'data', refusedReply(trip?.sent));
    }
    if (protocol === 'imap') add(imapAuth, 'select', refusedReply(evidence.fact(imapAuth)?.select));
    if (protocol === 'pop3') add(pop3Auth, 'stat', refusedReply(evidence.fact(pop3Auth)?.stat));
    return refusals;
  });

/** What the texts of a cause that was read from a reply need. */
export interface Refused {
  readonly places: readonly Place[];
  readonly step: ReplyStep;
  /** The first server's own words. */
  readonly says: string;
  readonly username: string;
  /** False where no login is configured. */
  readonly loggedIn: boolean;
  readonly sender: string;
  readonly recipient: string;
  readonly ehlo: string;
  readonly folder: string;
  readonly provider?: Provider;
}

export const placeOf = ({ protocol, host, port }: Service): Place => ({ protocol, host, port });

/** The service that the texts name first. */
export const firstPlace = ({ places }: { readonly places: readonly Place[] }): Place =>
  places[0] ?? { protocol: 'smtp', host: '', port: 0 };

const detailOf = (refusals: readonly Refusal[], first: Refusal, evidence: Evidence, subject: Subject): Refused => {
  const { service, step, reply } = first;
  const says = saidBy(reply);
  const provider = providerOf(service.host, says);
  return {
    places: [...new Set(refusals.map((one) => one.service))].map(placeOf),
    step,
    says,
    username: service.username,
    loggedIn: loginFact(evidence, service.protocol)?.login?.kind === 'accepted',
    sender: subject.from,
    recipient: subject.address,
    ehlo: evidence.fact(smtpAuth)?.ehlo ?? '',
    folder: service.folder,
    ...(provider ? { provider } : {}),
  };
};

/** The plainest look-alike of a refusal at this step, and what tells it apart. */
const toldApart = (cause: string, { check, service, step }: Refusal, evidence: Evidence): readonly RuledOut[] => {
  const { protocol } = service;
  const fact = loginFact(evidence, protocol);
  if (fact && isBearer(fact.mechanism) && (step === 'login' || cause.startsWith('auth.oauth-'))) {
    return tokenRuledOut(cause, check, { service, fact });
  }
  switch (step) {
    case 'greeting':
    case 'hello':
    case 'starttls':
      if (!evidence.fact(mailPort[protocol])) return [];
      return [
        {
          cause: 'net.refused',
          check: mailPort[protocol],
          says: both(
            'the port is open and the server itself answers',
            'ポートは開いており、サーバー自身が応答しています',
          ),
        },
      ];
    case 'login':
      if (cause === 'auth.wrong-credentials') return [];
      return [
        {
          cause: 'auth.wrong-credentials',
          check,
          says: both('the reply names a reason of its own', '応答に、パスワード違いとは別の理由が書かれています'),
        },
      ];
    default:
      if (loginFact(evidence, protocol)?.login?.kind !== 'accepted') return [];
      return [
        {
          cause: 'auth.wrong-credentials',
          check: loginCheck[protocol],
          says: both(
            `the login as ${service.username} was accepted`,
            `${service.username} でのログインは成功しています`,
          ),
        },
      ];
  }
};

// A login name refused by several services is one root; anything else belongs to its host.
const rootOf = ({ step, service }: Refusal): string =>
  step === 'login' ? `login ${service.username}` : `host ${service.host}`;

/** The answers, and what the tokens say of themselves; one token for several services is told once. */
const seenIn = (group: readonly Refusal[], evidence: Evidence): readonly Seen[] => {
  const told = new Set<string>();
  return group.flatMap(({ check, step, reply, service }) => {
    const fact = loginFact(evidence, service.protocol);
    const seen = fact && isBearer(fact.mechanism) ? tokenSeen(loginCheck[service.protocol], fact) : [];
    const fresh = seen.filter(({ says }) => !told.has(says.en));
    for (const { says } of fresh) told.add(says.en);
    return [{ check, says: answerText(step, saidBy(reply)) }, ...fresh];
  });
};

/** The findings of a cause, one a root, from the refusals that speak of it. */
export const findingsFrom = (
  cause: string,
  refusals: readonly Refusal[],
  evidence: Evidence,
  { subject, severity = 'critical' }: { readonly subject: Subject; readonly severity?: Severity },
): readonly Finding<Refused>[] =>
  grouped(refusals, rootOf).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const agreed = new Set(group.map(({ service }) => service.protocol)).size > 1 ? 0.03 : 0;
    return [
      {
        detail: detailOf(group, first, evidence, subject),
        severity: group.every(({ partial }) => partial) ? 'warning' : severity,
        confidence: Math.min(0.98, Math.max(...group.map(({ reading }) => reading?.confidence ?? 0.5)) + agreed),
        affects: [...new Set(group.map(({ service }) => targetOf(service)))],
        evidence: seenIn(group, evidence),
        ruledOut: toldApart(cause, first, evidence),
      },
    ];
  });

/** The findings of a cause that a server's own words show. */
export const saysSo = (
  cause: string,
  evidence: Evidence,
  subject: Subject,
  severity: Severity = 'critical',
): readonly Finding<Refused>[] =>
  findingsFrom(
    cause,
    refusalsIn(evidence, subject).filter(({ reading }) => reading?.cause === cause),
    evidence,
    { subject, severity },
  );
