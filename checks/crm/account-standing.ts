import type { Evidence } from '../../src/model/check.ts';
import { isMailbox } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { loginCheck } from '../auth/refusals.ts';
import { mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';

/** How the diagnosis of one of the CRM's mail accounts came out in this run. */
export type Standing =
  /** Its own diagnosis says why. */
  | { readonly kind: 'fails'; readonly label: string; readonly target: string }
  /** Every login was accepted. */
  | { readonly kind: 'works'; readonly label: string }
  /** Not looked at to its end: no password is known for it. */
  | { readonly kind: 'untried' };

export type Way = 'send' | 'fetch';

const waysOf = (subject: Subject, way: Way | undefined): readonly Protocol[] =>
  (['smtp', 'imap', 'pop3'] as const).filter(
    (protocol) => subject.services[protocol] && (way === undefined || (protocol === 'smtp') === (way === 'send')),
  );

const failsAt = (evidence: Evidence, protocol: Protocol): boolean =>
  [mailPort[protocol], mailTls[protocol], loginCheck[protocol]].some((check) => {
    const outcome = evidence.of<unknown>(check);
    return outcome?.kind === 'observed' && outcome.verdict.grade === 'fail';
  });

const letIn = (evidence: Evidence, protocol: Protocol): boolean => {
  const outcome = evidence.of<LoginFact>(loginCheck[protocol]);
  return outcome?.kind === 'observed' && outcome.verdict.grade !== 'fail' && outcome.fact.login?.kind === 'accepted';
};

/** The accounts of this CRM, or the one with this id, for sending or fetching. */
export const standingOf = (
  evidence: Evidence,
  crm: CrmSubject,
  { account, way }: { readonly account?: string | undefined; readonly way?: Way | undefined },
): Standing => {
  const own = evidence.others.flatMap(({ subject, evidence: seen }) =>
    isMailbox(subject) &&
    subject.crm?.path === crm.path &&
    (account === undefined || subject.crm.account.id === account)
      ? [{ subject, seen, protocols: waysOf(subject, way) }]
      : [],
  );
  for (const { subject, seen, protocols } of own) {
    const failing = protocols.find((protocol) => failsAt(seen, protocol));
    const service = failing && subject.services[failing];
    if (service) return { kind: 'fails', label: subject.label, target: targetOf(service) };
  }
  // What is said of one account needs that one; what is said of all needs all.
  const tried = own.filter(({ protocols }) => protocols.length > 0);
  const [first] = tried;
  return first && tried.every(({ seen, protocols }) => protocols.every((protocol) => letIn(seen, protocol)))
    ? { kind: 'works', label: first.subject.label }
    : { kind: 'untried' };
};
