import type { DnsRecord, DnsReply } from '../model/dns-facts.ts';
import type { SpfNode, SpfTerm } from '../model/policy-facts.ts';
import { addressBytes, holdsAddress, plainBytes } from './ip-network.ts';
import { expandMacros, type MacroValues } from './spf-macro.ts';
import { asksDns, isNearSpf, isSpf, readSpf, type WrittenTerm } from './spf-record.ts';

/** Asks the DNS one question. */
export type AskDns = (name: string, type: DnsRecord['type']) => Promise<DnsReply>;

/** RFC 7208 section 4.6.4. */
export const mostLookups = 10;
const mostMx = 10;

/** A tree is shown beyond the limit, so that its size is known, but not to the end of a hostile one. */
const mostFollowed = 30;
const mostQuestions = 150;
const mostNodes = 40;
const mostTerms = 1_000;

/** What the whole walk has in common. */
interface Walk {
  readonly ask: (name: string, type: DnsRecord['type']) => Promise<DnsReply | undefined>;
  readonly values: Omit<MacroValues, 'domain'>;
  /** What the tree may still grow by. */
  readonly room: { nodes: number; terms: number };
}

type Answer =
  | { readonly kind: 'records'; readonly records: readonly DnsRecord[]; readonly exists: boolean }
  | { readonly kind: 'dns' | 'not-followed' };

const answerOf = (reply: DnsReply | undefined): Answer => {
  if (!reply) return { kind: 'not-followed' };
  // A name that cannot be asked for has no records (section 4.3).
  if (reply.kind === 'failed' && reply.code === 'EBADNAME') return { kind: 'records', records: [], exists: false };
  if (reply.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(reply.rcode)) return { kind: 'dns' };
  return { kind: 'records', records: reply.records, exists: reply.rcode === 'NOERROR' };
};

const network = (address: string, { length4, length6 }: Pick<WrittenTerm, 'length4' | 'length6'>): string =>
  `${address}/${address.includes(':') ? length6 : length4}`;

type Allowed = Pick<SpfTerm, 'networks' | 'void' | 'open'>;

/** The addresses of a name, IPv4 and IPv6; empty only where it has neither. */
const addressesOf = async (walk: Walk, host: string): Promise<readonly string[] | 'dns' | 'not-followed'> => {
  const replies = await Promise.all([walk.ask(host, 'A'), walk.ask(host, 'AAAA')]);
  const answers = replies.map(answerOf);
  const records = answers.flatMap((answer) => (answer.kind === 'records' ? answer.records : []));
  // One family may be answered with an error by servers that know of the other one only.
  const open = answers.flatMap((answer) => (answer.kind === 'records' ? [] : [answer.kind]))[0];
  if (open && records.length === 0) return open;
  return records.map(({ data }) => data);
};

const fromHost = async (walk: Walk, host: string, term: WrittenTerm): Promise<Allowed> => {
  const addresses = await addressesOf(walk, host);
  if (typeof addresses === 'string') return { open: addresses };
  return addresses.length === 0
    ? { networks: [], void: true }
    : { networks: addresses.map((one) => network(one, term)) };
};

const fromMx = async (walk: Walk, domain: string, term: WrittenTerm): Promise<Allowed> => {
  const answer = answerOf(await walk.ask(domain, 'MX'));
  if (answer.kind !== 'records') return { open: answer.kind };
  const hosts = answer.records.map(({ data }) => data).filter((host) => host !== '' && host !== '.');
  if (hosts.length === 0) return { networks: [], void: true };
  if (hosts.length > mostMx) return { open: 'too-many-mx' };
  const found = await Promise.all(hosts.map((host) => addressesOf(walk, host)));
  const open = found.find((one) => typeof one === 'string');
  if (typeof open === 'string') return { open };
  return { networks: found.flatMap((one) => (typeof one === 'string' ? [] : one)).map((one) => network(one, term)) };
};

/** `4.2.0.192.in-addr.arpa` (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export const reverseName = (ip: string): string => {
  const bytes = addressBytes(ip) ?? [];
  if (bytes.length === 4) return `${[...bytes].reverse().join('.')}.in-addr.arpa`;
  const digits = bytes.flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)]);
  return `${digits.reverse().join('.')}.ip6.arpa`;
};

const fromPtr = async (walk: Walk, domain: string): Promise<Allowed> => {
  const { ip } = walk.values;
  const bytes = ip === undefined ? undefined : plainBytes(ip);
  if (ip === undefined || !bytes) return { open: 'needs-address' };
  const answer = answerOf(await walk.ask(reverseName(ip), 'PTR'));
  // Errors make it not match (section 5.5).
  if (answer.kind !== 'records' || answer.records.length === 0) {
    return { networks: [], ...(answer.kind === 'records' ? { void: true as const } : {}) };
  }
  const names = answer.records.slice(0, mostMx).map(({ data }) => data);
  const proven = await Promise.all(
    names.map(async (name) => {
      const addresses = await addressesOf(walk, name);
      return typeof addresses !== 'string' && addresses.some((one) => holdsAddress(one, bytes));
    }),
  );
  const inside = names.some((name, index) => proven[index] && (name === domain || name.endsWith(`.${domain}`)));
  return { networks: inside ? [`${ip}/${bytes.length * 8}`] : [] };
};

const everywhere = ['0.0.0.0/0', '::/0'] as const;

const fromExists = async (walk: Walk, name: string): Promise<Allowed> => {
  const answer = answerOf(await walk.ask(name, 'A'));
  if (answer.kind !== 'records') return { open: answer.kind };
  return answer.records.length > 0 ? { networks: everywhere } : { networks: [], void: true };
};

/** A name that DNS can be asked for (section 4.3). */
const askable = (name: string): boolean =>
  name.length <= 253 && name.includes('.') && name.split('.').every((label) => label.length > 0 && label.length <= 63);

const followed = async (
  walk: Walk,
  term: WrittenTerm,
  { domain, above, before }: { readonly domain: string; readonly above: readonly string[]; readonly before: number },
): Promise<Omit<SpfTerm, 'text' | 'qualifier' | 'name' | 'lookup'>> => {
  const target = expandMacros(term.spec ?? '%{d}', { ...walk.values, domain });
  if (target.kind !== 'text') return { open: target.kind === 'bad' ? 'bad-domain' : 'needs-address' };
  const name = target.text;
  if (before > mostFollowed) return { domain: name, open: 'not-followed' };
  switch (term.name) {
    case 'include':
    case 'redirect':
      return { domain: name, node: await nodeOf(walk, name, [...above, domain], before) };
    case 'a':
      return { domain: name, ...(askable(name) ? await fromHost(walk, name, term) : { networks: [] }) };
    case 'mx':
      return { domain: name, ...(askable(name) ? await fromMx(walk, name, term) : { networks: [] }) };
    case 'exists':
      return { domain: name, ...(askable(name) ? await fromExists(walk, name) : { networks: [] }) };
    case 'ptr':
      return { domain: name, ...(await fromPtr(walk, name)) };
    default:
      return {};
  }
};

const termsOf = async (
  walk: Walk,
  written: readonly WrittenTerm[],
  { domain, above, before }: { readonly domain: string; readonly above: readonly string[]; readonly before: number },
): Promise<readonly SpfTerm[]> => {
  const all = written.findIndex(({ name }) => name === 'all');
  let lookups = before;
  const kept = written.slice(0, walk.room.terms);
  walk.room.terms -= kept.length;
  const terms = await Promise.all(
    kept.map(async (term, index): Promise<SpfTerm> => {
      const { text, qualifier, name } = term;
      // Nobody reads on behind `all`, and a redirect beside it has no meaning (section 5.1).
      const idle = all >= 0 && index > all;
      const lookup = asksDns(name) && !idle;
      const base = { text, qualifier, name, lookup };
      if (term.network !== undefined) return { ...base, networks: [term.network] };
      if (name === 'all') return { ...base, networks: everywhere };
      if (!lookup) return base;
      lookups += 1;
      return { ...base, ...(await followed(walk, term, { domain, above, before: lookups })) };
    }),
  );
  const cut: SpfTerm = { text: '…', qualifier: '?', name: 'all', lookup: false, open: 'not-followed' };
  return kept.length < written.length ? [...terms, cut] : terms;
};

const nodeOf = async (walk: Walk, domain: string, above: readonly string[], before: number): Promise<SpfNode> => {
  const base = { domain, records: [], terms: [] } as const;
  if (above.includes(domain)) return { ...base, state: 'loop' };
  if (!askable(domain)) return { ...base, state: 'none', exists: false };
  if (walk.room.nodes <= 0) return { ...base, state: 'not-followed' };
  walk.room.nodes -= 1;
  const answer = answerOf(await walk.ask(domain, 'TXT'));
  if (answer.kind !== 'records') return { ...base, state: answer.kind === 'dns' ? 'unreachable' : 'not-followed' };
  const texts = answer.records.map(({ data }) => data);
  const records = texts.filter(isSpf);
  const [record] = records;
  const nearMiss = texts.find(isNearSpf);
  if (record === undefined) {
    return {
      ...base,
      state: 'none',
      exists: answer.exists,
      ...(nearMiss === undefined ? {} : { nearMiss: bounded(nearMiss) }),
    };
  }
  if (records.length > 1) return { ...base, state: 'several', records: records.slice(0, 10).map(bounded) };
  const written = readSpf(record);
  if (written.kind === 'fault') return { ...base, state: 'syntax', records: [bounded(record)], fault: written.fault };
  const terms = await termsOf(walk, written.terms, { domain, above, before });
  return { domain, state: 'record', records: [bounded(record)], terms };
};

const bounded = (text: string): string => (text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text);

/**
 * Reads the record of a domain and everything that it leads to. Without an address the tree holds what each term allows, and
 * `spfVerdict` can be asked about any address afterwards; only terms that ask the DNS about the address itself stay open.
 */
export const readSpfTree = async (
  domain: string,
  ask: AskDns,
  values: { readonly sender: string; readonly helo?: string; readonly ip?: string },
): Promise<SpfNode> => {
  let questions = 0;
  const walk: Walk = {
    values,
    room: { nodes: mostNodes, terms: mostTerms },
    ask: async (name, type) => {
      questions += 1;
      return questions > mostQuestions ? undefined : ask(name, type);
    },
  };
  return nodeOf(walk, domain.toLowerCase().replace(/\.$/, ''), [], 0);
};
