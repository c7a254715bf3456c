import type { Evidence } from '../../src/model/check.ts';
import { isMailbox } from '../../src/model/check.ts';
import type { Change, Protocol } from '../../src/model/config.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { logsIn, servicesOf } from '../../src/model/mailbox.ts';
import { loginCheck } from '../auth/refusals.ts';
import { mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';
import { reaches } from '../net/reach.ts';

/** The service of a configured mailbox that is the same as one of the CRM's accounts, and was seen to work. */
export interface Counterpart {
  readonly subject: Subject;
  readonly service: Service;
  readonly evidence: Evidence;
}

const names = (subject: Subject): readonly string[] => [
  subject.address.toLowerCase(),
  ...servicesOf(subject).map(({ username }) => username.toLowerCase()),
];

const sameMailbox = (left: Subject, right: Subject): boolean => {
  const known = new Set(names(right));
  return names(left).some((name) => known.has(name));
};

/** Reached, and the login was accepted where one is made: in this run, with these settings. */
const isProven = (evidence: Evidence, subject: Subject, { protocol, ...service }: Service): boolean => {
  if (!reaches(evidence, subject, protocol)) return false;
  const tls = evidence.of(mailTls[protocol]);
  if (tls?.kind === 'observed' && tls.verdict.grade === 'fail') return false;
  if (!logsIn(service)) return true;
  const login = evidence.of<LoginFact>(loginCheck[protocol]);
  return login?.kind === 'observed' && login.fact.login?.kind === 'accepted' && login.verdict.grade !== 'fail';
};

/** The configured mailbox of the same address or login name whose service of this protocol works. */
export const counterpartOf = (evidence: Evidence, subject: Subject, protocol: Protocol): Counterpart | undefined => {
  for (const { subject: other, evidence: seen } of evidence.others) {
    if (!isMailbox(other) || other.crm || !sameMailbox(subject, other)) continue;
    const service = other.services[protocol];
    if (service && isProven(seen, other, service)) return { subject: other, service, evidence: seen };
  }
  return undefined;
};

/** A setting of the CRM that is another one in the configuration. */
export type Difference = Change;

const compared = ['host', 'port', 'security', 'username', 'folder'] as const;

/** The CRM's settings of one service against those that work. */
export const differencesOf = (
  own: Service,
  subject: Subject,
  { service, subject: other }: Counterpart,
): readonly Difference[] => {
  const settings = compared.flatMap((key): readonly Difference[] => {
    if (key === 'folder' && own.protocol !== 'imap') return [];
    const [from, to] = [own[key], service[key]];
    const same = key === 'host' ? from.toString().toLowerCase() === to.toString().toLowerCase() : from === to;
    return same ? [] : [{ path: `${own.path}.${key}`, from, to }];
  });
  const senders =
    own.protocol === 'smtp' &&
    subject.config.from !== undefined &&
    subject.from.toLowerCase() !== other.from.toLowerCase()
      ? [{ path: `${subject.path}.from`, from: subject.config.from, to: other.from }]
      : [];
  return [...settings, ...senders];
};

/** The checks of a service that came out bad. */
export const badOf = (evidence: Evidence, protocol: Protocol) =>
  [mailPort[protocol], mailTls[protocol], loginCheck[protocol]].filter((check) => {
    const outcome = evidence.of<unknown>(check);
    return outcome?.kind === 'observed' && outcome.verdict.grade === 'fail';
  });
