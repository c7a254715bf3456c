import type { Pass } from '../blocks.ts';
import type { PersonColumns } from './columns.ts';
import type { Person } from './record.ts';

const latin = /^[a-z\u00c0-\u024f]/;

/** The sound of a Latin name, about: its first letter and its next consonants, each once; others as they are. */
const heard = (name: string): string => {
  if (!latin.test(name)) return name;
  const rest = name
    .slice(1)
    .replace(/ph/g, 'f')
    .replace(/[ckq]+/g, 'k')
    .replace(/[sz]+/g, 's')
    .replace(/[aeiouyhw']+/g, '')
    .replace(/(.)\1+/g, '$1');
  return name.charAt(0) + rest.slice(0, 3);
};

/** Names come again and again. */
const mostKept = 10_000;
const kept = new Map<string, string>();
const soundOf = (name: string): string => {
  const before = kept.get(name);
  if (before !== undefined) return before;
  const sound = heard(name);
  if (kept.size >= mostKept) kept.clear();
  kept.set(name, sound);
  return sound;
};

/** As they sound, where that is known; whichever of the two comes first. */
const soundsOf = ({ given, family, kanaGiven, kanaFamily }: Person): readonly string[] =>
  [kanaGiven || soundOf(given), kanaFamily || soundOf(family)].filter((sound) => sound !== '');

const joined = (...parts: readonly string[]): readonly string[] => (parts.includes('') ? [] : [parts.join(' ')]);
const each = (words: readonly string[], length: number, rest: string): readonly string[] =>
  rest === '' ? [] : words.map((word) => `${word.slice(0, length)} ${rest}`);

/** A pair of one person shares several of these; together they leave hardly one out that two slips, a swap or a move has changed. */
const all: readonly (Pass<Person> & { readonly of: readonly (keyof PersonColumns)[] })[] = [
  { id: 'id', of: ['id'], slots: 1, keys: ({ id }) => joined(id) },
  { id: 'email', of: ['email'], slots: 1, keys: ({ email }) => joined(email) },
  { id: 'phone', of: ['phone'], slots: 1, keys: ({ phone }) => (phone.length >= 8 ? [phone.slice(-8)] : []) },
  { id: 'name and birthday', of: ['birth'], slots: 2, keys: (person) => each(soundsOf(person), 2, person.birth) },
  { id: 'name and postcode', of: ['postcode'], slots: 2, keys: (person) => each(soundsOf(person), 2, person.postcode) },
  {
    id: 'names',
    of: [],
    slots: 3,
    keys: (person) => {
      const sounds = soundsOf(person).toSorted();
      if (sounds.length < 2) return [];
      const names = sounds.join(' ');
      const { birth, city, street } = person;
      return [
        ...joined(names, birth.slice(0, 4)),
        ...joined(names, birth.slice(4)),
        ...joined(names, (city || street).slice(0, 5)),
      ];
    },
  },
  {
    id: 'house',
    of: ['street'],
    slots: 3,
    keys: (person) => {
      const { number, street, postcode } = person;
      const house = number === '' ? street : `${number} ${street.slice(0, 4)}`;
      if (street === '' || !/\d/.test(house)) return [];
      return [...joined(house, postcode), ...each(soundsOf(person), 2, house)];
    },
  },
];

/** Only what the columns can fill. */
export const personPasses = (columns: PersonColumns): readonly Pass<Person>[] =>
  all.filter(({ of }) => of.every((field) => columns[field] !== undefined));
