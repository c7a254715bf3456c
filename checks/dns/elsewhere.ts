import type { Evidence } from '../../src/model/check.ts';
import type { PortFact } from '../../src/model/contact-facts.ts';
import type { Service } from '../../src/model/mailbox.ts';
import { mailPort } from '../mail/port.check.ts';
import { mailTls } from '../mail/tls.check.ts';

/** Addresses that nobody was led to, and on which the service's port opened. */
export const openElsewhere = (fact: PortFact | undefined): readonly string[] =>
  (fact?.elsewhere?.knocks ?? []).flatMap(({ address, connect }) => (connect.kind === 'open' ? [address] : []));

/** What speaks of another machine at the address that the system gives: a port that fails, a certificate of other names. */
export const failsHere = (evidence: Evidence, { protocol }: Service): 'port' | 'name' | undefined => {
  const port = evidence.of(mailPort[protocol]);
  if (port?.kind === 'observed' && port.verdict.grade === 'fail') return 'port';
  const handshake = evidence.bad(mailTls[protocol])?.handshake;
  return handshake?.kind === 'done' && !handshake.nameMatches ? 'name' : undefined;
};
