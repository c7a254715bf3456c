import { asksDns, isSpf, readSpf } from './spf-record.ts';

const order = ['-all', '~all', '?all', 'all', '+all'];

/** Where new terms belong: before the end of the record. */
const beforeEnd = (terms: readonly string[], added: readonly string[]): readonly string[] => {
  const end = terms.findIndex((term) => /^[+\-~?]?all$/i.test(term) || /^redirect=/i.test(term));
  return end < 0 ? [...terms, ...added] : [...terms.slice(0, end), ...added, ...terms.slice(end)];
};

const termsIn = (record: string): readonly string[] =>
  record
    .slice('v=spf1'.length)
    .split(' ')
    .filter((term) => term !== '');

/** The record with one more term. */
export const spfWith = (record: string, term: string): string =>
  ['v=spf1', ...beforeEnd(termsIn(record), [term])].join(' ');

/** One record out of several, with the gentlest of their ends; nothing where one of them cannot be read. */
export const mergedSpf = (records: readonly string[]): string | undefined => {
  if (records.some((record) => !isSpf(record) || readSpf(record).kind === 'fault')) return undefined;
  const all = records.flatMap(termsIn);
  const ends = all.filter((term) => /^[+\-~?]?all$/i.test(term)).map((term) => term.toLowerCase());
  const end = ends
    .toSorted((left, right) => order.indexOf(right) - order.indexOf(left))
    .find((one) => !/^\+?all$/.test(one));
  const rest = all
    .filter((term) => !/^[+\-~?]?all$/i.test(term) && !/^exp=/i.test(term))
    // Two redirects are an error, and beside `all` one has no meaning.
    .map((term) => term.replace(/^redirect=/i, 'include:'));
  return ['v=spf1', ...new Set(rest), end ?? '~all'].join(' ');
};

/** What is most likely meant by a term that cannot be read. */
export const meantTerm = (term: string): string | undefined => {
  const plain = term
    .normalize('NFKC')
    .replace(/[‐‑‒–—−ー]/g, '-')
    .replace(/[;,]+$/, '')
    .replace(/^([+\-~?]?)ipv([46])[:=]/i, '$1ip$2:')
    .replace(/^([+\-~?]?)(ip4|ip6|include|exists|ptr)=/i, '$1$2:');
  const named = /^([+\-~?]?)ip4:([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})$/i.exec(plain);
  const meant = named
    ? `${named[1]}a:${named[2]}`
    : plain.replace(/^([+\-~?]?)ip4:([0-9a-f:]*:[0-9a-f:.]+(?:\/\d+)?)$/i, '$1ip6:$2');
  return meant !== term && readSpf(`v=spf1 ${meant}`).kind === 'terms' ? meant : undefined;
};

/** The terms of a record that cost a lookup. */
export const costlyTerms = (record: string): readonly string[] => {
  const read = readSpf(record);
  return read.kind === 'fault' ? [] : read.terms.filter(({ name }) => asksDns(name)).map(({ text }) => text);
};
