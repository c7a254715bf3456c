import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { LoginFact } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { logsIn } from '../../src/model/mailbox.ts';
import { loginCheck } from '../auth/refusals.ts';
import { mailPort } from '../mail/port.check.ts';
import { welcomed } from '../mail/service.ts';
import { mailTls } from '../mail/tls.check.ts';

/** The port answers as this protocol does. */
export const greets = (evidence: Evidence, protocol: Protocol): boolean => {
  const outcome = evidence.of(mailPort[protocol]);
  return outcome?.kind === 'observed' && (outcome.verdict.grade === 'ok' || outcome.verdict.grade === 'warn');
};

/**
 * The right protocol answers, and where TLS is wanted it stands. What may be wrong with the certificate is not asked: that
 * is a cause of its own, found behind this one.
 */
export const reaches = (evidence: Evidence, subject: Subject, protocol: Protocol): boolean => {
  const service = subject.services[protocol];
  if (!service || !greets(evidence, protocol)) return false;
  if (service.security === 'none') return true;
  const fact = evidence.fact(mailTls[protocol]);
  return fact?.handshake?.kind === 'done' && (!fact.greeting || welcomed(protocol, fact.greeting));
};

/** Reaches it, and no login was refused there; a login that has not been tried yet counts for it. */
export const serves = (evidence: Evidence, subject: Subject, protocol: Protocol): boolean => {
  if (!reaches(evidence, subject, protocol)) return false;
  const service = subject.services[protocol];
  if (!service || !logsIn(service)) return true;
  const outcome = evidence.of<LoginFact>(loginCheck[protocol]);
  return outcome === undefined || (outcome.kind === 'observed' && outcome.fact.login?.kind === 'accepted');
};
