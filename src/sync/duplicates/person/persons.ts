import { hashOf } from '../blocks.ts';
import type { Learning, Matcher } from '../matcher.ts';
import type { Canonical } from '../record.ts';
import { type PersonColumns, personFields } from './columns.ts';
import {
  type Agreement,
  agreement,
  birthLevel,
  type Compared,
  compared,
  type Level,
  level,
  ownAgreement,
} from './compare.ts';
import {
  chancesAtRandom,
  frequencies,
  isHousehold,
  isNumbered,
  isPossible,
  learn,
  ofPlace,
  patterns,
  placeBits,
  type Setting,
  usualChances,
  weightsOf,
} from './model.ts';
import { personPasses } from './passes.ts';
import { type Person, packPerson, personOf, unpackPerson } from './record.ts';

/** Records whose pairs, all of them, stand for pairs at random. */
const atRandom = 300;
/** Pairs of each pass that are learned from. */
const mostOfPass = 10_000;

/** Fewer pairs of one person say nothing of whether there are families. */
const leastMatches = 50;
/** Fewer pairs of relatives than this for each pair of one person: there are no families. */
const leastRelatives = 0.05;

/** So many bits more than one record out of all: of a hundred candidates about one is another person. */
const margin = 6;

const how: Readonly<Record<Level, string>> = {
  [level.absent]: 'absent',
  [level.equal]: 'equal',
  [level.slip]: 'equal but for a slip',
  [level.similar]: 'similar',
  [level.different]: 'different',
};

const round = (bits: number): number => Math.round(bits * 10) / 10;

/** Nearly all pairs end here; it is the cheapest question. */
const hasTwoBirthdays = (a: Person, b: Person): boolean =>
  (a.id === '' || a.id !== b.id) && birthLevel(a.birth, b.birth) === level.different;

/** Private persons: every field says as much as it does in these records (Fellegi and Sunter), and families are no duplicates. */
export const persons = (columns: PersonColumns, canonical: Canonical): Matcher<Person> => {
  const often = frequencies();
  let records = 0;
  let m = usualChances;
  let u = chancesAtRandom([]);
  let weights = weightsOf(m, u);
  let setting: Setting = { families: true, numbered: true };

  /** Bits by field; an equal value says more the rarer it is. */
  const bitsOf = (a: Person, b: Person, { levels }: Agreement): readonly number[] =>
    levels.map((at, field) => {
      const name = compared[field];
      if (at !== level.equal || name === undefined) return weights[field]?.[at] ?? 0;
      const value = a[name] || b[name];
      if (value === '') return weights[field]?.[at] ?? 0;
      return Math.log2((m[field]?.[at] ?? 1) / often.chanceOf(field, value, records));
    });
  const place = (bits: readonly number[]): number =>
    bits.reduce((sum, one, field) => (ofPlace[field] ? sum + one : sum), 0);
  const rest = (bits: readonly number[]): number =>
    bits.reduce((sum, one, field) => (ofPlace[field] ? sum : sum + one), 0);

  const learnFrom = async ({ rows, record, some }: Learning<Person>): Promise<void> => {
    const random = patterns();
    const drawn = Array.from({ length: Math.min(rows, atRandom) }, (_, at) =>
      record(rows <= atRandom ? at : hashOf(String(at), 5) % rows),
    );
    for (const [at, a] of drawn.entries()) for (const b of drawn.slice(at + 1)) random.add(agreement(a, b).levels);
    u = chancesAtRandom(random.all());
    const near = patterns();
    await some(mostOfPass, (a, b) => near.add(agreement(a, b).levels));
    const found = near.all();
    const first = learn(found, u, rows, setting);
    const relatives = found.reduce((sum, { levels, pairs }) => (isHousehold(levels) ? sum + pairs : sum), 0);
    // Relatives are known by their address and their birthdays.
    const known = columns.street !== undefined && columns.birth !== undefined;
    const families = !known || first.matches < leastMatches || relatives > first.matches * leastRelatives;
    setting = { families, numbered: isNumbered(first.m) };
    m = learn(found, u, rows, setting).m;
    weights = weightsOf(m, u);
  };

  const labels = (field: Compared, side: 'left' | 'right'): string => {
    const named = {
      given: [columns.given ?? columns.whole, columns.kanaGiven ?? columns.wholeKana],
      family: [columns.family ?? columns.whole, columns.kanaFamily ?? columns.wholeKana],
    };
    const of = field === 'given' || field === 'family' ? named[field] : [columns[field]];
    return of.flatMap((column) => (column ? [column[side]] : [])).join(', ');
  };

  return {
    recordOf: (valueAt) => {
      const person = personOf(columns, canonical, valueAt);
      often.add(person);
      records += 1;
      return person;
    },
    pack: packPerson,
    unpack: unpackPerson,
    passes: personPasses(columns),
    told: [columns.whole, columns.wholeKana, ...personFields.map((field) => columns[field])].flatMap(
      (one) => one ?? [],
    ),
    learn: learnFrom,
    score: (a, b) => {
      if (hasTwoBirthdays(a, b) && setting.families) return undefined;
      const own = ownAgreement(a, b);
      if (!isPossible(own.levels, setting)) return undefined;
      const bits = bitsOf(a, b, agreement(a, b, own));
      const sum = rest(bits) + placeBits(place(bits), records);
      return sum < Math.log2(records + 1000) + margin ? undefined : round(sum);
    },
    evidenceOf: (a, b, side) => {
      const found = agreement(a, b);
      const bits = bitsOf(a, b, found);
      const raw = place(bits);
      const scale = raw === 0 ? 1 : placeBits(raw, records) / raw;
      return compared.flatMap((field, at) => {
        const one = found.levels[at] ?? level.absent;
        if (one === level.absent) return [];
        const swapped = found.swapped && (field === 'given' || field === 'family') && one === level.equal;
        const weight = round((bits[at] ?? 0) * (ofPlace[at] ? scale : 1));
        return [{ column: labels(field, side), how: swapped ? 'equal, names swapped' : how[one], weight }];
      });
    },
  };
};
