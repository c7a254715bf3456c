import type { ClientName, SmtpLoginFact, Step } from '../../src/model/wire-facts.ts';
import type { World } from '../../src/model/world.ts';
import { addressBytes } from '../../src/reason/ip-network.ts';
import { replyCause } from '../../src/reason/replies.ts';
import { reverseName } from '../../src/reason/spf-tree.ts';

/** Causes that a server names when it does not like the name of our address. */
export const clientNameCauses: readonly string[] = ['dns.ptr-missing', 'dns.fcrdns-mismatch'];

const objects = (step: Step | undefined, at: 'hello' | 'mail' | 'rcpt'): boolean =>
  step?.kind === 'refused' &&
  clientNameCauses.includes(replyCause(step.reply, { protocol: 'smtp', step: at })?.cause ?? '');

const objection = ({ before, mail, rcpt }: SmtpLoginFact): Step | undefined => {
  if (before && objects(before.step, 'hello')) return before.step;
  if (objects(mail, 'mail')) return mail;
  return objects(rcpt, 'rcpt') ? rcpt : undefined;
};

/** The address in a server's words: `[203.0.113.1]`, `[IPv6:2001:db8::1]`, or the only one that stands in them. */
const addressIn = (words: string): string | undefined => {
  const candidates = words.slice(0, 2_000).match(/[0-9a-f:.]{3,45}/gi) ?? [];
  return candidates.map((one) => one.replace(/^:|[.:]$/g, '')).find((one) => addressBytes(one) !== undefined);
};

/** Where the server sees us come from: in its refusal, else in its answer to EHLO ("Hello crm [203.0.113.1]"). */
const seenAddress = (refused: Step, dialogue: readonly string[]): string | undefined => {
  const own = refused.kind === 'refused' ? addressIn(refused.reply.text) : undefined;
  if (own !== undefined) return own;
  const hello = dialogue.find((line) => /^S: 250[ -].*\[.*\]/.test(line));
  return hello === undefined ? undefined : addressIn(hello.slice(hello.indexOf('[')));
};

const mostNames = 10;

/** Looks up the name of our address, and whether it leads back, where the server refuses us because of that. */
export const withClientName = async (
  fact: SmtpLoginFact,
  world: World,
  signal: AbortSignal,
): Promise<SmtpLoginFact> => {
  const refused = objection(fact);
  const address = refused && seenAddress(refused, fact.dialogue);
  if (address === undefined) return fact;
  const reply = await world.dns.query(reverseName(address), 'PTR', signal);
  if (reply.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(reply.rcode)) return fact;
  const names = reply.records.slice(0, mostNames).map(({ data }) => data);
  const type = address.includes(':') ? 'AAAA' : 'A';
  const forward = await Promise.all(names.map((name) => world.dns.query(name, type, signal)));
  const bytes = JSON.stringify(addressBytes(address));
  const confirmed = forward.some(
    (one) => one.kind === 'answered' && one.records.some(({ data }) => JSON.stringify(addressBytes(data)) === bytes),
  );
  const open = forward.some((one) => one.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(one.rcode));
  const clientName: ClientName = { address, names, ...(confirmed || !open ? { confirmed } : {}) };
  return { ...fact, clientName };
};
