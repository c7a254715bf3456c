import { birthLevel, level } from './person/compare.ts';
import type { PersonRecord } from './record.ts';
import { jaroWinkler } from './similar.ts';

/** What one field says: for (positive) or against one and the same person. */
export interface Finding {
  readonly how: string;
  readonly weight: number;
}

/** Together at least this much makes a candidate. */
export const threshold = 10;

const says = (how: string, weight: number): Finding => ({ how, weight });
const nothing = says('absent', 0);

const differs = says('different', -14);
const names = {
  absent: says('absent', -2),
  both: says('equal, kana too', 7),
  equal: says('equal', 6),
  otherKana: says('equal, kana different', 4),
  kana: says('equal in kana', 5),
  otherKanji: says('equal in kana, written differently', 1),
  similar: says('similar', 3),
  otherScript: says('in another script', -2),
} as const;

const kanaOnly = /^[\u30a1-\u30ff\u3041-\u3096ー ]+$/u;
const latinOnly = /^[\p{Script=Latin}' .-]+$/u;

/** Word by word, so that `taro sato` is not `jiro sato`. */
const similarWords = (a: string, b: string): boolean => {
  const [left, right] = [a.split(' '), b.split(' ')];
  return left.length === right.length && left.every((word, at) => jaroWinkler(word, right[at] ?? '') >= 0.92);
};

/** Colleagues share everything but their name: it decides alone where it differs. */
const nameFinding = (a: PersonRecord, b: PersonRecord): Finding => {
  const kanaOf = ({ name, kana }: PersonRecord): string => (kana !== '' ? kana : kanaOnly.test(name) ? name : '');
  if (a.name !== '' && a.name === b.name) {
    if (a.kana === '' || b.kana === '') return names.equal;
    return a.kana === b.kana ? names.both : names.otherKana;
  }
  const [left, right] = [kanaOf(a), kanaOf(b)];
  if (left !== '' && right !== '') {
    if (left !== right) return differs;
    const written = (record: PersonRecord): boolean => record.name !== '' && !kanaOnly.test(record.name);
    return written(a) && written(b) ? names.otherKanji : names.kana;
  }
  if (a.name === '' || b.name === '') return names.absent;
  const [latin, other] = [latinOnly.test(a.name), latinOnly.test(b.name)];
  if (latin && other) return similarWords(a.name, b.name) ? names.similar : differs;
  return latin !== other || kanaOnly.test(a.name) !== kanaOnly.test(b.name) ? names.otherScript : differs;
};

const companies = {
  equal: says('equal', 3),
  partly: says('equal, one is longer', 2),
  similar: says('similar', 1),
  different: says('different', -2),
} as const;
/** Of records that have no person: the company is who they are of. */
const accounts = { equal: says('equal', 6), similar: says('similar', 3) } as const;
const similarCompany = 0.92;

const companyFinding = ({ company: a }: PersonRecord, { company: b }: PersonRecord): Finding => {
  if (a === '' || b === '') return nothing;
  if (a === b) return companies.equal;
  // The legal form was left out.
  if (Math.min(a.length, b.length) >= 2 && (a.includes(b) || b.includes(a))) return companies.partly;
  return jaroWinkler(a, b) >= similarCompany ? companies.similar : companies.different;
};

const accountFinding = ({ company: a }: PersonRecord, { company: b }: PersonRecord): Finding => {
  if (a === '' || b === '') return names.absent;
  if (a === b) return accounts.equal;
  return jaroWinkler(a, b) >= similarCompany ? accounts.similar : differs;
};

const emails = {
  equal: says('equal', 9),
  shared: says('equal, an address of many', 1),
  similar: says('similar', 1),
  different: says('different', -3),
} as const;

/** Addresses that are nobody's own, by what was seen of all records. */
export type Shared = (email: string) => boolean;

const emailFinding = (a: PersonRecord, b: PersonRecord, isShared: Shared): Finding => {
  const [left, right] = [a.emails[0], b.emails[0]];
  if (left === undefined || right === undefined) return nothing;
  const both = a.emails.filter((email) => b.emails.includes(email));
  if (both.length > 0) return both.every(isShared) ? emails.shared : emails.equal;
  // Who is written to at an address of many may have one of their own as well.
  if (a.emails.every(isShared) || b.emails.every(isShared)) return nothing;
  // A slip in the domain; before it one letter more is a colleague (sato, sato2).
  const [local, domain] = [left.slice(0, left.indexOf('@')), left.slice(left.indexOf('@'))];
  const slip = right.startsWith(`${local}@`) && jaroWinkler(domain, right.slice(local.length)) >= 0.9;
  return slip ? emails.similar : emails.different;
};

const phones = {
  mobile: says('equal (mobile)', 9),
  equal: says('equal', 3),
  otherMobile: says('different (mobile)', -3),
  different: says('different', -1),
} as const;
const isMobile = (phone: string): boolean => /^0[789]0\d{8}$/.test(phone);

const phoneFinding = (a: PersonRecord, b: PersonRecord): Finding => {
  if (a.phones.length === 0 || b.phones.length === 0) return nothing;
  const shared = a.phones.filter((phone) => b.phones.includes(phone));
  if (shared.some(isMobile)) return phones.mobile;
  if (shared.length > 0) return phones.equal;
  return a.phones.some(isMobile) && b.phones.some(isMobile) ? phones.otherMobile : phones.different;
};

const addresses = {
  equal: says('equal', 4),
  partly: says('equal, one is longer', 3),
  different: says('different', -1),
} as const;

const addressFinding = ({ address: a }: PersonRecord, { address: b }: PersonRecord): Finding => {
  if (a === '' || b === '') return nothing;
  if (a === b) return addresses.equal;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // A building or a floor follows; a digit more is another house.
  const follows = short.length >= 8 && long.startsWith(short) && !/^[\d-]/.test(long.slice(short.length));
  return follows ? addresses.partly : addresses.different;
};

const branch = says('different', -5);
/** Branch offices have one name and mostly one mailbox, and an address and a telephone each. */
const branchFinding = (a: PersonRecord, b: PersonRecord): Finding => {
  const found = addressFinding(a, b);
  return found === addresses.different ? branch : found;
};

const samePostcode = says('equal', 1);

const births = {
  equal: says('equal', 4),
  slip: says('equal but for a slip', 1),
  different: says('different', -10),
} as const;

/** Father and son of one name are often in one firm. */
const birthFinding = ({ birth: a }: PersonRecord, { birth: b }: PersonRecord): Finding => {
  const found = birthLevel(a, b);
  if (found === level.absent) return nothing;
  return found === level.equal ? births.equal : found === level.slip ? births.slip : births.different;
};

export type FieldName = 'name' | 'company' | 'emails' | 'phones' | 'address' | 'postcode' | 'birth';

type FieldFinding = (a: PersonRecord, b: PersonRecord, isShared: Shared) => Finding;

const rest: readonly (readonly [FieldName, FieldFinding])[] = [
  ['emails', emailFinding],
  ['phones', phoneFinding],
  ['address', addressFinding],
  ['postcode', ({ postcode: a }, { postcode: b }) => (a !== '' && a === b ? samePostcode : nothing)],
];
const ofPersons: readonly (readonly [FieldName, FieldFinding])[] = [
  ['name', nameFinding],
  ['company', companyFinding],
  ['birth', birthFinding],
  ...rest,
];
const ofAccounts: readonly (readonly [FieldName, FieldFinding])[] = [
  ['company', accountFinding],
  ...rest.map(([field, finding]) =>
    field === 'address' ? ([field, branchFinding] as const) : ([field, finding] as const),
  ),
];

/** How likely two records are of one person (or, without names, one company): the sum of what each field says. */
export const score = (a: PersonRecord, b: PersonRecord, persons: boolean, isShared: Shared): number => {
  let sum = 0;
  for (const [, finding] of persons ? ofPersons : ofAccounts) {
    sum += finding(a, b, isShared).weight;
    // Nothing outweighs another name.
    if (sum <= differs.weight) return sum;
  }
  return sum;
};

/** The same field by field, without those that say nothing. */
export const evidenceOf = (
  a: PersonRecord,
  b: PersonRecord,
  persons: boolean,
  isShared: Shared,
): readonly (Finding & { readonly field: FieldName })[] =>
  (persons ? ofPersons : ofAccounts).flatMap(([field, finding]) => {
    const found = finding(a, b, isShared);
    return found.weight === 0 ? [] : [{ field, ...found }];
  });
