import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import { loginFact } from './refusals.ts';

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
