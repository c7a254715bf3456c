import type { DmarcFact, DmarcFault, DmarcPolicy, DmarcRequest } from '../model/policy-facts.ts';
import type { AskDns } from './spf-tree.ts';
import { readTags } from './tag-list.ts';

/** A TXT record that DMARC takes as its own: the version stands first (RFC 9989 section 4.7). */
export const isDmarc = (text: string): boolean => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text);

/** Meant as DMARC, and read by nobody as that. */
const isNearDmarc = (text: string): boolean => !isDmarc(text) && /DMARC\s*1/i.test(text.slice(0, 100));

export type ReadDmarc =
  | { readonly kind: 'policy'; readonly policy: Omit<DmarcPolicy, 'effective'> }
  | { readonly kind: 'fault'; readonly at: string; readonly why: DmarcFault };

const requests: readonly DmarcRequest[] = ['none', 'quarantine', 'reject'];
const requestIn = (value: string | undefined): DmarcRequest | undefined =>
  requests.find((one) => one === value?.toLowerCase());

const short = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

const nearFault = (text: string): ReadDmarc => {
  const version = /^[^;]*/.exec(text)?.[0] ?? '';
  return /^\s*v\s*=/i.test(text)
    ? { kind: 'fault', at: short(version.trim()), why: 'version' }
    : { kind: 'fault', at: short(text), why: 'version-not-first' };
};

/** Reads a record. Unknown tags do not count (RFC 9989 section 4.7), and neither does white space. */
export const readDmarc = (text: string): ReadDmarc => {
  if (!isDmarc(text)) return nearFault(text);
  const list = readTags(text);
  if (list.kind === 'broken') return { kind: 'fault', at: short(list.at), why: list.why };
  const tag = (name: string): string | undefined => list.tags.get(name);
  const fault = (name: string, why: DmarcFault): ReadDmarc => ({
    kind: 'fault',
    at: short(`${name}=${tag(name)}`),
    why,
  });
  const rua = (tag('rua') ?? '')
    .split(',')
    .map((uri) => uri.trim())
    .filter((uri) => uri !== '');
  // Without p= the domain asks for nothing (RFC 9989 section 4.7).
  const p = tag('p') === undefined ? 'none' : requestIn(tag('p'));
  if (!p) return fault('p', 'bad-value');
  for (const name of ['sp', 'np'])
    if (tag(name) !== undefined && !requestIn(tag(name))) return fault(name, 'bad-value');
  for (const name of ['adkim', 'aspf']) {
    if (tag(name) !== undefined && !/^[rs]$/i.test(tag(name) ?? '')) return fault(name, 'bad-value');
  }
  if (rua.some((uri) => !/^(?:mailto:[^@\s]+@[^@\s]+|https?:\S+)$/i.test(uri))) return fault('rua', 'bad-address');
  const [sp, np, psd] = [requestIn(tag('sp')), requestIn(tag('np')), /^[ynu]$/i.exec(tag('psd') ?? '')?.[0]];
  const alignment = (value: string | undefined) => (value?.toLowerCase() === 's' ? 'strict' : 'relaxed');
  return {
    kind: 'policy',
    policy: {
      p,
      ...(sp ? { sp } : {}),
      ...(np ? { np } : {}),
      adkim: alignment(tag('adkim')),
      aspf: alignment(tag('aspf')),
      rua: rua.slice(0, 10).map(short),
      // The expression allows these three only.
      ...(psd === undefined ? {} : { psd: psd.toLowerCase() as 'y' | 'n' | 'u' }),
      testing: tag('t')?.toLowerCase() === 'y',
    },
  };
};

/**
 * The names at which a record may stand, the domain first: each one above it, of very long names only the last seven labels
 * (RFC 9989 section 4.10).
 */
export const dmarcNames = (domain: string): readonly string[] => {
  const labels = domain.split('.');
  const from = labels.length > 8 ? labels.length - 7 : 1;
  return [domain, ...labels.slice(from).map((_, index) => labels.slice(from + index).join('.'))];
};

/** Finds the record that holds for a domain: its own, else the nearest one above that says so (the tree walk). */
export const findDmarc = async (domain: string, ask: AskDns): Promise<DmarcFact> => {
  const at = async (name: string) => {
    const reply = await ask(`_dmarc.${name}`, 'TXT');
    const known = reply.kind === 'answered' && ['NOERROR', 'NXDOMAIN'].includes(reply.rcode);
    return known ? reply.records.map(({ data }) => data) : undefined;
  };
  const [own, ...above] = dmarcNames(domain);
  const texts = own === undefined ? [] : await at(own);
  if (!texts) return { state: 'unreachable', domain };
  const fact = (name: string, records: readonly string[]): DmarcFact => {
    const [record = ''] = records;
    if (records.length > 1) return { state: 'several', domain: name, record: short(records.join(' | ')) };
    const read = readDmarc(record);
    if (read.kind === 'fault') return { state: 'syntax', domain: name, record: short(record), fault: read };
    const { policy } = read;
    const effective = name === domain ? policy.p : (policy.sp ?? policy.p);
    return { state: 'record', domain: name, record: short(record), policy: { ...policy, effective } };
  };
  const records = texts.filter(isDmarc);
  if (records.length > 0) return fact(domain, records);
  const near = texts.filter(isNearDmarc);
  if (near.length > 0) return fact(domain, near);
  // Asked side by side: the usual name has one label above it, or two.
  const others = await Promise.all(above.map(async (name) => ({ name, texts: await at(name) })));
  let found: DmarcFact | undefined;
  for (const { name, texts: there } of others) {
    if (!there) return found ?? { state: 'unreachable', domain };
    const here = there.filter(isDmarc);
    if (here.length === 0) continue;
    const one = fact(name, here);
    // The organizational domain is the highest one with a record, unless a record says where the border is.
    if (one.policy?.psd === 'y') break;
    found = one;
    if (one.policy?.psd === 'n') break;
  }
  if (found) return found;
  const reply = await ask(domain, 'TXT');
  const misplaced = reply.kind === 'answered' ? reply.records.find(({ data }) => isDmarc(data))?.data : undefined;
  return { state: 'none', domain, ...(misplaced === undefined ? {} : { misplaced: short(misplaced) }) };
};
