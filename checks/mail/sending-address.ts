import type { Subject } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { RoundTripFact, SendingAddress } from '../../src/model/trip-facts.ts';
import type { World } from '../../src/model/world.ts';
import { readSpfTree } from '../../src/reason/spf-tree.ts';
import { spfVerdict } from '../../src/reason/spf-verdict.ts';
import { clientNameOf, isPublic, nameDoubt } from './client-name.ts';
import { domainOf } from './dns-questions.ts';

type Found = NonNullable<RoundTripFact['found']>;

/** What SPF says of the server that sent the message, where its envelope names the domain of the CRM's sender. */
const spfOf = async (
  { border, returnPath }: Found,
  subject: Subject,
  world: World,
  signal: AbortSignal,
): Promise<SendingAddress['spf']> => {
  const domain = domainOf(subject.from);
  // A relay that writes its own sender into the envelope is judged by its own record (RFC 7208 section 2.4).
  if (!border || returnPath === undefined || domainOf(returnPath) !== domain) return undefined;
  const { address: ip, from: helo } = border;
  const ask = (name: string, type: Parameters<World['dns']['query']>[1]) => world.dns.query(name, type, signal);
  const { result } = spfVerdict(await readSpfTree(domain, ask, { sender: returnPath, helo, ip }), ip);
  return result === 'undecided' ? undefined : { domain, result };
};

/** Looks up the address from which the mailbox's side got the test message, as every receiver does. */
export const withSendingAddress = async (
  trip: RoundTripFact,
  subject: Subject,
  world: World,
  signal: AbortSignal,
): Promise<RoundTripFact> => {
  const { found } = trip;
  if (!found?.border || !isPublic(found.border.address)) return trip;
  const [name, spf] = await Promise.all([
    clientNameOf(found.border.address, world, signal),
    spfOf(found, subject, world, signal),
  ]);
  if (!name) return trip;
  return { ...trip, found: { ...found, sentFrom: { ...found.border, ...name, ...(spf ? { spf } : {}) } } };
};

/** The address and the domain whose SPF record turns it away; a receiver that noted a pass knows better. */
export const spfRefusal = (
  found: Found | undefined,
): (SendingAddress & Required<Pick<SendingAddress, 'spf'>>) | undefined => {
  const { sentFrom, authentication = [] } = found ?? {};
  const { spf } = sentFrom ?? {};
  if (!sentFrom || !spf || (spf.result !== 'fail' && spf.result !== 'softfail')) return undefined;
  const passed = authentication[0]?.results.some(({ method, result }) => method === 'spf' && result === 'pass');
  return passed ? undefined : { ...sentFrom, spf };
};

/** What receivers would object to in the server that sent the message. */
export const sendingDoubt = (found: Found): Text | undefined => {
  const refused = spfRefusal(found);
  if (refused) {
    const { address, spf } = refused;
    return {
      en: `the message arrived, but it was sent from ${address}, which SPF of ${spf.domain} does not admit (${spf.result})`,
      ja: `メールは届きましたが、送信元の ${address} は ${spf.domain} の SPF で認められていません（${spf.result}）`,
    };
  }
  const doubt = found.sentFrom && nameDoubt(found.sentFrom);
  return doubt && { en: `the message arrived, but ${doubt.en}`, ja: `メールは届きましたが、${doubt.ja}` };
};
