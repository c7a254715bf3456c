import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { Refusal } from './refusals.ts';
import { loginFact, refusalsIn } from './refusals.ts';

/** The other protocols that took the same name with the same secret; equal ids mean the same secret. */
export const acceptedElsewhere = (evidence: Evidence, subject: Subject, service: Service): readonly Protocol[] =>
  servicesOf(subject)
    .filter(
      (other) =>
        other.protocol !== service.protocol &&
        other.username === service.username &&
        other.password?.secret === service.password?.secret &&
        (other.oauth === undefined) === (service.oauth === undefined) &&
        loginFact(evidence, other.protocol)?.login?.kind === 'accepted',
    )
    .map(({ protocol }) => protocol);

/**
 * Plain refusals of a login on a host that cannot check logins now, as it says itself on another of its ports: one service
 * behind them keeps the passwords, and what does not name its reason is no answer of that service.
 */
export const refusedUnchecked = (evidence: Evidence, subject: Subject): readonly Refusal[] => {
  const logins = refusalsIn(evidence, subject).filter(({ step }) => step === 'login');
  return logins.filter(
    ({ service, reading }) =>
      reading?.cause === 'auth.wrong-credentials' &&
      logins.some(
        (other) =>
          other.reading?.cause === 'auth.temporary-failure' &&
          other.service.host === service.host &&
          other.service.username === service.username &&
          other.service.password?.secret === service.password?.secret,
      ),
  );
};
