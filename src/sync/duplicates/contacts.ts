import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Pass } from './blocks.ts';
import type { Matcher } from './matcher.ts';
import {
  type Canonical,
  mostOf,
  type PersonRecord,
  pack,
  type RecordShape,
  recordOf,
  shapeOf,
  unpack,
} from './record.ts';
import { evidenceOf, type FieldName, score, threshold } from './score.ts';
import { sharedAddresses } from './shared.ts';

/** All parts, or no key. */
const joined = (...parts: readonly string[]): readonly string[] => (parts.includes('') ? [] : [parts.join(' ')]);

const passes: readonly Pass<PersonRecord>[] = [
  { id: 'email', slots: mostOf, keys: ({ emails }) => emails },
  {
    id: 'phone',
    slots: mostOf,
    keys: ({ phones }) => phones.filter((phone) => phone.length >= 8).map((phone) => phone.slice(-8)),
  },
  {
    id: 'kana',
    slots: 1,
    // A record without company or address is alike to those without.
    keys: ({ kana, company, address }) =>
      kana === '' || company + address === '' ? [] : [`${kana} ${company} ${address.slice(0, 6)}`],
  },
  { id: 'company and address', slots: 1, keys: ({ company, address }) => joined(company, address) },
  { id: 'name and postcode', slots: 1, keys: ({ name, postcode }) => joined(name, postcode) },
  { id: 'name and company', slots: 1, keys: ({ name, company }) => joined(name, company) },
  { id: 'name and birthday', slots: 1, keys: ({ name, birth }) => joined(name, birth) },
];

const namesOf = (shape: RecordShape, side: 'left' | 'right'): Readonly<Record<FieldName, string>> => {
  const of = (columns: readonly ComparedColumn[]): string => columns.map((column) => column[side]).join(', ');
  return {
    name: of([...shape.name, ...shape.kana]),
    company: of(shape.company),
    emails: of(shape.emails),
    phones: of(shape.phones),
    address: of(shape.address),
    postcode: of(shape.postcode),
    birth: of(shape.birth),
  };
};

/** Business contacts, and companies where no column holds names: colleagues share all but their names. */
export const contacts = (columns: readonly ComparedColumn[], canonical: Canonical): Matcher<PersonRecord> => {
  const shape = shapeOf(columns);
  const persons = shape.name.length + shape.kana.length > 0;
  const shared = sharedAddresses(persons);
  return {
    recordOf: (valueAt) => recordOf(shape, canonical, valueAt),
    pack,
    unpack,
    passes: passes.filter(({ id }) => id !== 'name and birthday' || shape.birth.length > 0),
    told: [shape.name, shape.kana, shape.company, shape.emails, shape.phones, shape.address, shape.birth].flat(),
    learn: shared.learn,
    score: (a, b) => {
      const sum = score(a, b, persons, shared.is);
      return sum < threshold ? undefined : sum;
    },
    evidenceOf: (a, b, side) => {
      const names = namesOf(shape, side);
      return evidenceOf(a, b, persons, shared.is).map(({ field, how, weight }) => ({
        column: names[field],
        how,
        weight,
      }));
    },
  };
};
