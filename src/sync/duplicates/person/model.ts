import { hashOf } from '../blocks.ts';
import { type Compared, compared, type Level, level } from './compare.ts';
import type { Person } from './record.ts';

/** How often the pairs of one person, and those of two, agree in each way: by field and level; absent values are left out. */
export type Chances = readonly (readonly number[])[];

/** One way in which pairs agree in all fields, and how many do. */
export interface Pattern {
  readonly levels: readonly Level[];
  readonly pairs: number;
}

const ways = [level.equal, level.slip, level.similar, level.different] as const;
const base = ways.length + 1;

/** Counts patterns of agreement; a pattern is a number to the base of five. */
export const patterns = () => {
  const counts = new Map<number, number>();
  return {
    add: (levels: readonly Level[]): void => {
      let code = 0;
      for (const one of levels) code = code * base + one;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    },
    all: (): readonly Pattern[] =>
      [...counts].map(([code, pairs]) => ({
        levels: compared.map((_, at) => (Math.floor(code / base ** (compared.length - 1 - at)) % base) as Level),
        pairs,
      })),
  };
};

/** Shares by field and level of what `counts` holds; `before` is what is believed of them as long as nothing was seen. */
const shares = (counts: readonly (readonly number[])[], before: (field: number, at: Level) => number): Chances =>
  counts.map((of, field) => {
    const all = ways.reduce((sum, at) => sum + (of[at] ?? 0) + before(field, at), 0);
    return of.map((count, at) => (at === level.absent ? 1 : (count + before(field, at as Level)) / all));
  });

const counted = (found: readonly Pattern[], weightOf: (one: Pattern) => number): readonly (readonly number[])[] => {
  const counts = compared.map(() => Array.from({ length: base }, () => 0));
  for (const one of found) {
    const weight = one.pairs * weightOf(one);
    for (const [field, at] of one.levels.entries()) {
      const of = counts[field];
      if (of) of[at] = (of[at] ?? 0) + weight;
    }
  }
  return counts;
};

/** How often two persons have one value, before any data was seen. */
const usualAtRandom: Readonly<Record<Compared, number>> = {
  ...{ given: 0.01, family: 0.01, birth: 5e-5, number: 0.02, street: 2e-3, building: 5e-3, city: 0.02, state: 0.1 },
  ...{ postcode: 5e-3, id: 1e-5, email: 1e-5, phone: 1e-4 },
};
/** As many pairs, or records, as that belief is worth: a file of ten records says little. */
const worthAtRandom = 1000;

const beforeAtRandom = (field: number, at: Level): number => {
  const equal = usualAtRandom[compared[field] ?? 'state'];
  if (at === level.absent) return 0;
  return worthAtRandom * (at === level.different ? 1 - 2 * equal : at === level.equal ? equal : equal / 2);
};

/** u: of pairs at random, of which hardly one is of one person. */
export const chancesAtRandom = (found: readonly Pattern[]): Chances =>
  shares(
    counted(found, () => 1),
    beforeAtRandom,
  );

/** What is believed of one person's records before any was seen: values are mostly equal, and slips are rarer. */
const usual: Readonly<Record<(typeof ways)[number], number>> = {
  [level.equal]: 0.86,
  [level.slip]: 0.05,
  [level.similar]: 0.03,
  [level.different]: 0.06,
};
/** As many pairs as the belief is worth. */
const worth = 20;
const before = (_: number, at: Level): number => (at === level.absent ? 0 : usual[at] * worth);

export const usualChances: Chances = shares(
  compared.map(() => Array.from({ length: base }, () => 0)),
  before,
);

/** Bits for one person, by field and level: log2 of m over u (Fellegi and Sunter 1969). */
export type Weights = readonly (readonly number[])[];

export const weightsOf = (m: Chances, u: Chances): Weights =>
  m.map((of, field) => of.map((share, at) => (at === level.absent ? 0 : Math.log2(share / (u[field]?.[at] ?? 1)))));

const fieldsOfPlace: ReadonlySet<Compared> = new Set(['number', 'street', 'building', 'city', 'state', 'postcode']);
export const ofPlace: readonly boolean[] = compared.map((field) => fieldsOfPlace.has(field));

/** Who moved differs in all parts at once: no more bits than this speak against one person. */
const leastOfPlace = -8;

/** Parts of an address hang together: they tell one household out of all, and no more. */
export const placeBits = (sum: number, records: number): number =>
  Math.max(leastOfPlace, Math.min(sum, Math.log2(records + 2) + 4));

export const bitsOf = (levels: readonly Level[], weights: Weights, records: number): number => {
  let [place, rest] = [0, 0];
  for (let field = 0; field < levels.length; field += 1) {
    const bits = weights[field]?.[levels[field] ?? 0] ?? 0;
    if (ofPlace[field]) place += bits;
    else rest += bits;
  }
  return rest + placeBits(place, records);
};

const [given, family, birth, id, email] = (['given', 'family', 'birth', 'id', 'email'] as const).map((field) =>
  compared.indexOf(field),
) as [number, number, number, number, number];

const isNear = (at: Level | undefined): boolean => at !== undefined && at !== level.absent && at !== level.different;

/** Something of the person's own agrees; name of the family, address and telephone are those of a household. */
const isPersonal = (levels: readonly Level[]): boolean =>
  isNear(levels[birth]) || levels[id] === level.equal || levels[email] === level.equal || isNear(levels[given]);

/** What is known of the records as a whole. */
export interface Setting {
  /** Among the records are families. */
  readonly families: boolean;
  /** Records of one person mostly have one number, so that another number is another person's. */
  readonly numbered: boolean;
}

/** Brothers, twins, father and son: no agreement of all the rest makes one person of them, but for a number of their own. */
const isRelative = (levels: readonly Level[], { numbered }: Setting): boolean => {
  if (levels[id] === level.equal) return false;
  if (levels[given] === level.different || levels[birth] === level.different) return true;
  if (levels[family] === level.different && levels[birth] === level.absent) return true;
  return numbered && levels[id] === level.different && (levels[given] !== level.equal || levels[birth] !== level.equal);
};

/** Another given and another family name, and nothing of the person's own besides. */
const isStranger = (levels: readonly Level[]): boolean =>
  levels[given] === level.different &&
  levels[family] === level.different &&
  levels[id] !== level.equal &&
  !isNear(levels[birth]);

/** Whether such a pair can be one person. */
export const isPossible = (levels: readonly Level[], setting: Setting): boolean =>
  isPersonal(levels) && !isStranger(levels) && !(setting.families && isRelative(levels, setting));

/** More records of one person than this have two numbers: the number is one of the record. */
const mostRenumbered = 0.15;
export const isNumbered = (m: Chances): boolean => (m[id]?.[level.different] ?? 0) <= mostRenumbered;

const placesOf = (
  levels: readonly Level[],
): { readonly same: number; readonly slips: number; readonly other: number } => {
  let [same, slips, other] = [0, 0, 0];
  for (const [field, at] of levels.entries()) {
    if (!ofPlace[field] || at === level.absent) continue;
    if (at === level.different) other += 1;
    else if (at === level.equal) same += 1;
    else slips += 1;
  }
  return { same, slips, other };
};

const isOther = (at: Level | undefined): boolean => at === level.different;

/** One name of the family and one address, another given name or another birthday, and not one number. */
const isKin = (levels: readonly Level[]): boolean => {
  const { same, slips, other } = placesOf(levels);
  return (
    levels[family] === level.equal &&
    levels[id] !== level.equal &&
    (isOther(levels[given]) || isOther(levels[birth])) &&
    same + slips > other
  );
};

/** Of all parts of addresses the share that is not written alike. */
const unlikeness = (found: readonly Pattern[]): number => {
  let [unlike, all] = [0, 0];
  for (const { levels, pairs } of found) {
    const { same, slips, other } = placesOf(levels);
    unlike += pairs * (slips + other);
    all += pairs * (same + slips + other);
  }
  return all === 0 ? 0 : unlike / all;
};

const pairsIn = (found: readonly Pattern[]): number => found.reduce((sum, { pairs }) => sum + pairs, 0);

/** Fewer pairs of one person say nothing of whether there are families. */
const leastMatches = 50;
/** Fewer pairs of relatives than this for each pair of one person: there are no families. */
const leastRelatives = 0.05;

/**
 * Whether there are families among the records. Brothers differ in given name and birthday; twins, and a son of his father's name, in
 * one of both, and have another number. Without numbers they live at one address, to the letter, where the second record of one person
 * was typed anew. `matches`: so many pairs are of one person.
 */
export const haveFamilies = (found: readonly Pattern[], matches: number): boolean => {
  if (matches < leastMatches) return true;
  const kin = found.filter(({ levels }) => isKin(levels));
  const sure = kin.filter(({ levels }) => isOther(levels[id]) || (isOther(levels[given]) && isOther(levels[birth])));
  if (pairsIn(sure) > matches * leastRelatives) return true;
  const again = found.filter(
    ({ levels }) => isNear(levels[given]) && isNear(levels[birth]) && isNear(levels[family]) && !isOther(levels[id]),
  );
  return pairsIn(kin) > matches * leastRelatives && unlikeness(kin) < unlikeness(again) / 2;
};

const rounds = 25;

export interface Learned {
  readonly m: Chances;
  /** How many of the pairs are of one person. */
  readonly matches: number;
}

/**
 * m by expectation and maximisation (Dempster, Laird and Rubin 1977), without anybody saying which pairs are of one person: from pairs
 * that share a key of a block, with u held as it is at random.
 */
export const learn = (found: readonly Pattern[], u: Chances, records: number, setting: Setting): Learned => {
  const pairs = found.reduce((sum, one) => sum + one.pairs, 0);
  let m = usualChances;
  let [share, matches] = [0.1, 0];
  const possible = found.filter(({ levels }) => isPossible(levels, setting));
  for (let round = 0; round < rounds && pairs > 0; round += 1) {
    const weights = weightsOf(m, u);
    const odds = Math.log2(share / (1 - share));
    const chance = ({ levels }: Pattern): number => 1 / (1 + 2 ** -(bitsOf(levels, weights, records) + odds));
    matches = possible.reduce((sum, one) => sum + one.pairs * chance(one), 0);
    m = shares(counted(possible, chance), before);
    share = Math.min(0.9, Math.max(1e-4, matches / pairs));
  }
  return { m, matches };
};

const slots = 2 ** 21;

/** How often each value occurs: one counter for all values of one hash, so that a rare one may seem less rare, never more. */
export const frequencies = () => {
  const counts = new Uint32Array(slots);
  const slotOf = (field: number, value: string): number => hashOf(value, field + 101) & (slots - 1);
  return {
    add: (person: Person): void => {
      for (const [field, name] of compared.entries()) {
        const value = person[name];
        if (value === '') continue;
        const slot = slotOf(field, value);
        counts[slot] = (counts[slot] ?? 0) + 1;
      }
    },
    /** The chance that a record at random has the value, of so many records; the record that is held against it left out. */
    chanceOf: (field: number, value: string, records: number): number => {
      const others = Math.max(0, (counts[slotOf(field, value)] ?? 0) - 1);
      const belief = worthAtRandom * usualAtRandom[compared[field] ?? 'state'];
      return (others + belief) / (records + worthAtRandom);
    },
  };
};
