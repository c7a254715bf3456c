import { isIP, isIPv6 } from 'node:net';
import type { Protocol } from '../model/config.ts';
import type { Reply } from '../model/login-facts.ts';
import type { ReplyStep } from '../reason/replies.ts';
import { replyCause } from '../reason/replies.ts';
import type { Kit } from './kit.ts';
import { ehloLiteral } from './login-ehlo.ts';

const reversed = (address: string): string => {
  if (!isIPv6(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head = '', tail] = address.split('::');
  const groups = (part: string | undefined): readonly string[] => (part ? part.split(':') : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [
    ...groups(head),
    ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'),
    ...groups(tail),
  ];
  const nibbles = all.map((group) => group.padStart(4, '0')).join('');
  return `${[...nibbles].reverse().join('.')}.ip6.arpa`;
};

/** At most so many names of one address; each costs a look-up. */
const mostNames = 2;

/**
 * What this machine may rightly be called with EHLO: the names of its address that lead back to it, and the address
 * itself (RFC 5321 4.1.3). Behind address translation it is the inner address that is asked for.
 */
const ownNames = async (kit: Pick<Kit, 'dns'>, local: string, signal: AbortSignal): Promise<readonly string[]> => {
  const address = local.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(address) === 0) return [];
  const reply = await kit.dns.query(reversed(address), 'PTR', signal);
  const records = reply.kind === 'answered' ? reply.records : [];
  const names = records
    .map(({ data }) => data.replace(/\.$/, '').toLowerCase())
    .filter((name) => /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name))
    .slice(0, mostNames);
  const confirmed = await Promise.all(
    names.map(async (name) => {
      const lookup = await kit.dns.lookup(name, signal);
      return lookup.kind === 'found' && lookup.addresses.some((one) => one.address === address) ? [name] : [];
    }),
  );
  return [...confirmed.flat(), ehloLiteral(address)];
};

/** Other names to say where the server refuses the one that was said; asked only then. */
export const otherNames = async (
  kit: Pick<Kit, 'dns'>,
  refusal: { readonly reply: Reply; readonly step: ReplyStep; readonly protocol: Protocol },
  { said, local }: { readonly said: string; readonly local: string | undefined },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> => {
  const { reply, step, protocol } = refusal;
  if (local === undefined || replyCause(reply, { protocol, step })?.cause !== 'smtp.helo-refused') return undefined;
  return (await ownNames(kit, local, signal)).filter((name) => name.toLowerCase() !== said.toLowerCase());
};
