import type { SpfFault, SpfTerm } from '../model/policy-facts.ts';
import { addressBytes } from './ip-network.ts';
import { isDomainSpec, isMacroString } from './spf-macro.ts';

/** A term as it is written, before anything is asked. */
export interface WrittenTerm {
  readonly text: string;
  readonly qualifier: SpfTerm['qualifier'];
  readonly name: SpfTerm['name'];
  /** domain-spec of include, a, mx, ptr, exists, redirect; macros still in it. */
  readonly spec?: string;
  /** Prefix lengths of a and mx. */
  readonly length4: number;
  readonly length6: number;
  /** Of ip4 and ip6. */
  readonly network?: string;
}

export type WrittenSpf =
  | { readonly kind: 'terms'; readonly terms: readonly WrittenTerm[] }
  | { readonly kind: 'fault'; readonly fault: SpfFault };

/** RFC 7208 section 4.5: the version, then a blank or the end. */
export const isSpf = (text: string): boolean => /^v=spf1(?: |$)/i.test(text);

/** Meant as SPF, and read by nobody as that. */
export const isNearSpf = (text: string): boolean =>
  !isSpf(text) &&
  /^\s*["'“”]?\s*(?:v\s*=\s*)?spf\s*1?(?:\b|[^a-z])/i.test(text.slice(0, 100)) &&
  !/^\s*spf2\.0/i.test(text);

const mechanism = /^([+\-~?]?)([a-z][a-z0-9_.-]*)(?:([:/])(.*))?$/i;
const modifier = /^([a-z][a-z0-9_.-]*)=(.*)$/i;

const lookups: ReadonlySet<string> = new Set(['include', 'a', 'mx', 'ptr', 'exists', 'redirect']);
export const asksDns = (name: SpfTerm['name']): boolean => lookups.has(name);

const shown = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** `/24`, `//64`, `/24//64` at the end (section 5.6 and 12); nothing where a number cannot be. */
const withoutLengths = (
  value: string,
): { readonly rest: string; readonly length4: number; readonly length6: number } | undefined => {
  const [, rest = '', four, six] = /^(.*?)(?:\/(\d{1,9}))?(?:\/\/(\d{1,9}))?$/.exec(value) ?? [];
  const right = (digits: string | undefined, most: number): boolean =>
    digits === undefined || (String(Number(digits)) === digits && Number(digits) <= most);
  if (!right(four, 32) || !right(six, 128) || /\/\d*$/.test(rest)) return undefined;
  return { rest, length4: Number(four ?? 32), length6: Number(six ?? 128) };
};

type Read = WrittenTerm | SpfFault['why'];

const none = { length4: 32, length6: 128 } as const;

const ownAddress = (name: 'ip4' | 'ip6', value: string): string | SpfFault['why'] => {
  const [base = '', length, ...more] = value.split('/');
  const bytes = addressBytes(base);
  const size = name === 'ip4' ? 4 : 16;
  if (bytes?.length !== size) return 'bad-address';
  if (length === undefined) return `${base}/${size * 8}`;
  const right = /^\d{1,3}$/.test(length) && String(Number(length)) === length && Number(length) <= size * 8;
  return right && more.length === 0 ? `${base}/${length}` : 'bad-length';
};

const readMechanism = (text: string): Read => {
  const [, sign = '', word = '', mark = '', value = ''] = mechanism.exec(text) ?? [];
  if (word === '') return 'unknown-mechanism';
  const name = word.toLowerCase();
  // The expression allows these four only.
  const qualifier = (sign === '' ? '+' : sign) as SpfTerm['qualifier'];
  const base = { text: shown(text), qualifier, ...none };
  switch (name) {
    case 'all':
      return mark === '' ? { ...base, name } : 'needless-value';
    case 'ip4':
    case 'ip6': {
      if (mark !== ':' || value === '') return 'bad-address';
      const network = ownAddress(name, value);
      return network.includes('/') ? { ...base, name, network } : (network as SpfFault['why']);
    }
    case 'include':
    case 'exists':
      if (mark !== ':' || value === '') return 'missing-domain';
      return isDomainSpec(value) ? { ...base, name, spec: value } : isMacroString(value) ? 'bad-domain' : 'bad-macro';
    case 'ptr':
      if (mark === '') return { ...base, name };
      return mark === ':' && isDomainSpec(value) ? { ...base, name, spec: value } : 'bad-domain';
    case 'a':
    case 'mx': {
      const lengths = withoutLengths(mark === '/' ? `/${value}` : value);
      if (!lengths) return 'bad-length';
      const { rest, length4, length6 } = lengths;
      if (mark === ':' && rest === '') return 'missing-domain';
      if (rest === '') return { ...base, name, length4, length6 };
      if (mark === '/') return 'bad-length';
      return isDomainSpec(rest) ? { ...base, name, spec: rest, length4, length6 } : 'bad-domain';
    }
    default:
      return 'unknown-mechanism';
  }
};

const readModifier = (text: string, word: string, value: string): Read => {
  const name = word.toLowerCase();
  const base = { text: shown(text), qualifier: '+' as const, ...none };
  if (name !== 'redirect' && name !== 'exp') {
    return isMacroString(value.replace(/%\{[crt]/gi, '%{s')) ? { ...base, name: 'other' } : 'bad-macro';
  }
  if (value === '') return 'missing-domain';
  return isDomainSpec(value) ? { ...base, name, spec: value } : 'bad-domain';
};

/** Reads a record (section 12): one fault anywhere makes all of it void for every receiver (section 4.6). */
export const readSpf = (record: string): WrittenSpf => {
  const terms: WrittenTerm[] = [];
  const once = new Set<string>();
  for (const text of record.slice('v=spf1'.length).split(' ')) {
    if (text === '') continue;
    const bad = (why: SpfFault['why']): WrittenSpf => ({ kind: 'fault', fault: { at: shown(text), why } });
    if (!/^[\x21-\x7e]+$/.test(text)) return bad('not-ascii');
    const [, word, value = ''] = modifier.exec(text) ?? [];
    const read = word === undefined ? readMechanism(text) : readModifier(text, word, value);
    if (typeof read === 'string') return bad(read);
    if (read.name === 'redirect' || read.name === 'exp') {
      if (once.has(read.name)) return bad('twice');
      once.add(read.name);
    }
    terms.push(read);
  }
  // redirect is looked at after all mechanisms, wherever it stands (section 6.1).
  const last = (term: WrittenTerm): boolean => term.name === 'redirect';
  return { kind: 'terms', terms: [...terms.filter((term) => !last(term)), ...terms.filter(last)] };
};
