import type { ClientName, SmtpLoginFact, Step } from '../../src/model/login-facts.ts';
import type { Text } from '../../src/model/text.ts';
import type { World } from '../../src/model/world.ts';
import { addressBytes } from '../../src/reason/ip-network.ts';
import { replyCause } from '../../src/reason/replies.ts';
import { reverseName } from '../../src/reason/spf-tree.ts';
import { specialAddress } from '../dns/special-addresses.ts';

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

/** The answer to EHLO may name our address ("Hello crm [203.0.113.1]"). */
const helloAddress = (dialogue: readonly string[]): string | undefined => {
  const hello = dialogue.find((line) => /^S: 250[ -].*\[.*\]/.test(line));
  return hello === undefined ? undefined : addressIn(hello.slice(hello.indexOf('[')));
};

/** Where the server sees us come from: in its refusal, else in its answer to EHLO. */
const seenAddress = (refused: Step, dialogue: readonly string[]): string | undefined => {
  const own = refused.kind === 'refused' ? addressIn(refused.reply.text) : undefined;
  return own ?? helloAddress(dialogue);
};

const mostNames = 10;

/** Looks up the name of an address, and whether it leads back; nothing where the DNS does not tell. */
export const clientNameOf = async (
  address: string,
  world: World,
  signal: AbortSignal,
): Promise<ClientName | undefined> => {
  const reply = await world.dns.query(reverseName(address), 'PTR', signal);
  if (reply.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(reply.rcode)) return undefined;
  const names = reply.records.slice(0, mostNames).map(({ data }) => data);
  const type = address.includes(':') ? 'AAAA' : 'A';
  const forward = await Promise.all(names.map((name) => world.dns.query(name, type, signal)));
  const bytes = JSON.stringify(addressBytes(address));
  const confirmed = forward.some(
    (one) => one.kind === 'answered' && one.records.some(({ data }) => JSON.stringify(addressBytes(data)) === bytes),
  );
  const open = forward.some((one) => one.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(one.rcode));
  return { address, names, ...(confirmed || !open ? { confirmed } : {}) };
};

/** A public address is one that others can look up. */
export const isPublic = (address: string): boolean => {
  const [first = 0] = addressBytes(address) ?? [];
  const multicast = address.includes(':') ? first === 0xff : first >= 224;
  return addressBytes(address) !== undefined && specialAddress(address) === undefined && !multicast;
};

/**
 * Looks up the name of our address where the server refuses us because of that. One that takes mail may name our address in
 * its answer to EHLO too, but what receivers see is the address of that server: the round trip looks up that one.
 */
export const withClientName = async (
  fact: SmtpLoginFact,
  world: World,
  signal: AbortSignal,
): Promise<SmtpLoginFact> => {
  const refused = objection(fact);
  const address = refused && seenAddress(refused, fact.dialogue);
  const clientName = address === undefined ? undefined : await clientNameOf(address, world, signal);
  return clientName ? { ...fact, clientName } : fact;
};

/** What those who look for a name would object to, or nothing. */
export const nameDoubt = ({ address, names, confirmed }: ClientName): Text | undefined => {
  if (names.length === 0) return { en: `${address} has no reverse name`, ja: `${address} に逆引きがありません` };
  if (confirmed !== false) return undefined;
  const [name = ''] = names;
  return {
    en: `the reverse name ${name} of ${address} does not lead back to it`,
    ja: `${address} の逆引き名 ${name} を正引きしても、このアドレスに戻りません`,
  };
};
