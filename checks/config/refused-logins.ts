import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { loginCheck, loginFact, refusalsIn } from '../auth/refusals.ts';
import { answerText, both, saidBy } from '../auth/words.ts';

/** A login that did not succeed for what was typed in, as far as the answer tells. */
export interface RefusedLogin {
  readonly service: Service;
  readonly check: AnyCheck;
  readonly says: Text;
}

/** Logins that the server refused without naming another reason than name and password. */
export const plainlyRefused = (evidence: Evidence, subject: Subject): readonly RefusedLogin[] =>
  refusalsIn(evidence, subject).flatMap(({ step, service, check, reply, reading }) => {
    if (step !== 'login') return [];
    // A server that is busy or broken has not judged the name (RFC 4954 6: 454; RFC 5530: UNAVAILABLE).
    const judged = reading ? reading.generic : /^(?:5|NO|BAD|-ERR)/.test(reply.code);
    return judged ? [{ service, check, says: answerText('login', saidBy(reply)) }] : [];
  });

/** Logins that were not even sent, since the name or the password cannot be. */
export const unsent = (evidence: Evidence, subject: Subject): readonly RefusedLogin[] =>
  servicesOf(subject).flatMap((service) => {
    const login = loginFact(evidence, service.protocol)?.login;
    if (login?.kind !== 'broken' || login.how !== 'garbled' || !login.says.startsWith('not sent')) return [];
    const says = both('the login could not be sent', 'ログインの送信自体ができませんでした');
    return [{ service, check: loginCheck[service.protocol], says }];
  });
