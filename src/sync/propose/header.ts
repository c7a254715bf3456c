import { ended, meaningOf, segmented, weightOf } from './header-words.ts';

/** What a header says, by meaning; a word that nobody knows means itself. */
export interface Header {
  /** Without case, width, blanks and signs. */
  readonly plain: string;
  readonly meanings: ReadonlySet<string>;
  /** Of all meanings together. */
  readonly weight: number;
}

const mostCharacters = 100;

/** Runs of Latin letters, of digits, and of anything else: `lastModifiedDate__c` in four, `メールアドレス1` in two. */
const runsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKC')
    .slice(0, mostCharacters)
    // Salesforce's own ending of a custom field, and a table before the column.
    .replace(/__[a-z]$/i, '')
    .replace(/^.*\./, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z]+|\d+|[^\sa-z\d\p{P}\p{S}]+/gu) ?? [];

/** Of runs that stand side by side, so that `e mail`, `post code` and `full name` are one word. */
const meaningsIn = (runs: readonly string[]): readonly string[] => {
  const found: string[] = [];
  for (let at = 0; at < runs.length; ) {
    let taken = 0;
    for (let count = Math.min(3, runs.length - at); count > 1 && taken === 0; count -= 1) {
      const meaning = meaningOf(runs.slice(at, at + count).join(''));
      if (meaning === undefined) continue;
      found.push(meaning);
      taken = count;
    }
    if (taken === 0) {
      const run = runs[at] ?? '';
      // A number tells apart what is otherwise alike, but `email 1` is an e-mail.
      if (/^\d+$/.test(run)) found.push(...(run === '1' ? [] : [`#${Number(run)}`]));
      else found.push(...(segmented(run) ?? ended(run) ?? [run]));
      taken = 1;
    }
    at += taken;
  }
  return found;
};

/** A header as it is meant. */
export const headerOf = (name: string): Header => {
  const runs = runsOf(name);
  const meanings = new Set(meaningsIn(runs));
  // A mobile is a phone, a reading is one of a name, and who created a record is not when.
  if (meanings.has('mobile')) meanings.add('phone');
  if (meanings.has('kana') && !meanings.has('company')) meanings.add('name');
  if (meanings.size > 1 && ['company', 'owner', 'product', 'department'].some((one) => meanings.has(one))) {
    meanings.delete('name');
    meanings.delete('customer');
  }
  if ((meanings.has('first') || meanings.has('last')) && !meanings.has('updated')) meanings.add('name');
  if (meanings.has('updated')) meanings.delete('last');
  // A phone number is no id.
  if (['phone', 'fax', 'postcode', 'mobile', 'owner'].some((one) => meanings.has(one))) meanings.delete('id');
  let weight = 0;
  for (const meaning of meanings) weight += weightOf(meaning);
  return { plain: runs.join(''), meanings, weight };
};

/** How alike two headers are: 1 for the same meaning in whatever language, 0 for nothing in common. */
export const likeness = (one: Header, other: Header): number => {
  if (one.plain !== '' && one.plain === other.plain) return 1;
  let both = 0;
  for (const meaning of one.meanings) if (other.meanings.has(meaning)) both += weightOf(meaning);
  // Headers of light words alone say as much as these.
  return both === 0 ? 0 : both / (one.weight + other.weight - both);
};
