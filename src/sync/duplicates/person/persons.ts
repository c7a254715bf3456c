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
  type Chances,
  chancesAtRandom,
  frequencies,
  haveFamilies,
  isNumbered,
  isPossible,
  learn,
  ofPlace,
  patterns,
  placeBits,
  type Setting,
  usualChances,
  type Weights,
  weightsOf,
} from './model.ts';
import { personPasses } from './passes.ts';
import { type Person, packPerson, personOf, unpackPerson } from './record.ts';

/** Records whose pairs, all of them, stand for pairs at random. */
const atRandom = 300;
/** Pairs of each pass that are learned from. */
const mostOfPass = 10_000;

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

/** Few write the names the other way round: half as sure for each of both. */
const swapBits = 1;
const isName = (field: Compared): boolean => field === 'given' || field === 'family';

/** Nearly all pairs end here; it is the cheapest question. */
const hasTwoBirthdays = (a: Person, b: Person): boolean =>
  (a.id === '' || a.id !== b.id) && birthLevel(a.birth, b.birth) === level.different;

/** What the records themselves say of how much each field is worth. */
interface Model {
  readonly m: Chances;
  readonly weights: Weights;
  readonly setting: Setting;
}

const beforeAll: Model = {
  m: usualChances,
  weights: weightsOf(usualChances, chancesAtRandom([])),
  setting: { families: true, numbered: true },
};

const learnedFrom = async (
  { rows, record, some }: Learning<Person>,
  { street, birth }: PersonColumns,
): Promise<Model> => {
  const random = patterns();
  const drawn = Array.from({ length: Math.min(rows, atRandom) }, (_, at) =>
    record(rows <= atRandom ? at : hashOf(String(at), 5) % rows),
  );
  for (const [at, a] of drawn.entries()) for (const b of drawn.slice(at + 1)) random.add(agreement(a, b).levels);
  const u = chancesAtRandom(random.all());
  const near = patterns();
  await some(mostOfPass, (a, b) => near.add(agreement(a, b).levels));
  const found = near.all();
  const first = learn(found, u, rows, beforeAll.setting);
  // Relatives are known by their address and their birthdays.
  const known = street !== undefined && birth !== undefined;
  const setting = { families: !known || haveFamilies(found, first.matches), numbered: isNumbered(first.m) };
  const { m } = learn(found, u, rows, setting);
  return { m, weights: weightsOf(m, u), setting };
};

const labelOf = (field: Compared, columns: PersonColumns, side: 'left' | 'right'): string => {
  const named = {
    given: [columns.given ?? columns.whole, columns.kanaGiven ?? columns.wholeKana],
    family: [columns.family ?? columns.whole, columns.kanaFamily ?? columns.wholeKana],
  };
  const of = field === 'given' || field === 'family' ? named[field] : [columns[field]];
  return of.flatMap((column) => (column ? [column[side]] : [])).join(', ');
};

const sumOf = (bits: readonly number[], ofThePlace: boolean): number =>
  bits.reduce((sum, one, field) => (ofPlace[field] === ofThePlace ? sum + one : sum), 0);

/** Private persons: every field says as much as it does in these records (Fellegi and Sunter), and families are no duplicates. */
export const persons = (columns: PersonColumns, canonical: Canonical): Matcher<Person> => {
  const often = frequencies();
  let records = 0;
  let model = beforeAll;

  /** Bits by field; an equal value says more the rarer it is. */
  const bitsOf = (a: Person, b: Person, { levels, swapped }: Agreement): readonly number[] =>
    levels.map((at, field) => {
      const name = compared[field];
      const value = name === undefined ? '' : a[name] || b[name];
      if (at !== level.equal || name === undefined || value === '') return model.weights[field]?.[at] ?? 0;
      const bits = Math.log2((model.m[field]?.[at] ?? 1) / often.chanceOf(field, value, records));
      return swapped && isName(name) ? bits - swapBits : bits;
    });

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
    learn: async (from) => {
      model = await learnedFrom(from, columns);
    },
    score: (a, b) => {
      if (model.setting.families && hasTwoBirthdays(a, b)) return undefined;
      const own = ownAgreement(a, b);
      if (!isPossible(own.levels, model.setting)) return undefined;
      const bits = bitsOf(a, b, agreement(a, b, own));
      const sum = sumOf(bits, false) + placeBits(sumOf(bits, true), records);
      return sum < Math.log2(records + 1000) + margin ? undefined : round(sum);
    },
    evidenceOf: (a, b, side) => {
      const { levels, swapped } = agreement(a, b);
      const bits = bitsOf(a, b, { levels, swapped });
      const raw = sumOf(bits, true);
      const scale = raw === 0 ? 1 : placeBits(raw, records) / raw;
      return compared.flatMap((field, at) => {
        const one = levels[at] ?? level.absent;
        if (one === level.absent) return [];
        const crossed = swapped && isName(field) && one === level.equal;
        const weight = round((bits[at] ?? 0) * (ofPlace[at] ? scale : 1));
        return [{ column: labelOf(field, columns, side), how: crossed ? 'equal, names swapped' : how[one], weight }];
      });
    },
  };
};
