import { jaroWinkler, oneSlip } from '../similar.ts';
import { personFields } from './columns.ts';
import type { Person } from './record.ts';

/** How two values agree; absent in one of the records says nothing. */
export const level = { absent: 0, equal: 1, slip: 2, similar: 3, different: 4 } as const;
export type Level = (typeof level)[keyof typeof level];

/** What two records of persons are held against each other by. */
export const compared = personFields.filter((field) => field !== 'kanaGiven' && field !== 'kanaFamily');
export type Compared = (typeof compared)[number];

/** A level for each of `compared`, and whether the names stand the other way round. */
export interface Agreement {
  readonly levels: readonly Level[];
  readonly swapped: boolean;
}

const latin = /^[\p{Script=Latin}\p{M}\d]+$/u;
const kanaOnly = /^[\u30a1-\u30ff\u3041-\u3096]+$/u;

/** Of shorter ones a sign more or less is another name, number or place. */
const leastSigns = 3;
/** Winkler's usual cut for names. */
const alike = 0.88;

const text = (a: string, b: string): Level => {
  if (a === '' || b === '') return level.absent;
  if (a === b) return level.equal;
  const least = Math.min(a.length, b.length);
  if (least < leastSigns) return level.different;
  if (oneSlip(a, b)) return level.slip;
  // Nearly none that are alike have another beginning and another end; to know it of all the others at once is most of the time.
  if (a[0] !== b[0] && a.at(-1) !== b.at(-1)) return level.different;
  return Math.abs(a.length - b.length) <= least && jaroWinkler(a, b) >= alike ? level.similar : level.different;
};

const code = (a: string, b: string): Level => {
  if (a === '' || b === '') return level.absent;
  if (a === b) return level.equal;
  return oneSlip(a, b) ? level.slip : level.different;
};

const exact = (a: string, b: string): Level =>
  a === '' || b === '' ? level.absent : a === b ? level.equal : level.different;

const latinName = (a: string, b: string): Level => {
  // An initial for the name.
  if ((a.length === 1 || b.length === 1) && a !== b) return a[0] === b[0] ? level.similar : level.different;
  const found = text(a, b);
  // Ben and Bne.
  return found === level.different && a.length >= 2 && oneSlip(a, b) ? level.similar : found;
};

/** A sign more of kana is mostly another name (ユウタ, ユウト); a long one may hold a slip. */
const leastKana = 4;
const kanaName = (a: string, b: string): Level => {
  if (a === b) return level.equal;
  return Math.min(a.length, b.length) >= leastKana && oneSlip(a, b) ? level.slip : level.different;
};

/** One part of the name, with its reading: 太郎 and 太朗 sound alike, タロウ is either of them, Taro may be. */
const namePart = (a: string, kanaA: string, b: string, kanaB: string): Level => {
  if (a !== '' && a === b) return level.equal;
  const [readA, readB] = [kanaA || (kanaOnly.test(a) ? a : ''), kanaB || (kanaOnly.test(b) ? b : '')];
  const [wroteA, wroteB] = [a !== '' && a !== readA, b !== '' && b !== readB];
  if (wroteA && wroteB) {
    const [latinA, latinB] = [latin.test(a), latin.test(b)];
    if (latinA && latinB) return latinName(a, b);
    if (readA !== '' && readA === readB) return level.similar;
    return latinA === latinB ? level.different : level.absent;
  }
  if (readA !== '' && readB !== '') return kanaName(readA, readB);
  return level.absent;
};

interface Names {
  readonly given: Level;
  readonly family: Level;
  readonly swapped: boolean;
}

const whole = ({ family, given }: Person): string => family + given;

const straight = (a: Person, b: Person): Names => ({
  given: namePart(a.given, a.kanaGiven, b.given, b.kanaGiven),
  family: namePart(a.family, a.kanaFamily, b.family, b.kanaFamily),
  swapped: false,
});

const crossed = (a: Person, b: Person): Names => ({
  given: namePart(a.given, a.kanaGiven, b.family, b.kanaFamily),
  family: namePart(a.family, a.kanaFamily, b.given, b.kanaGiven),
  swapped: true,
});

const near = (a: string, b: string): boolean => a !== '' && b !== '' && (a === b || (a.length > 3 && oneSlip(a, b)));

const namesOf = (a: Person, b: Person): Names => {
  // 佐藤太郎 in one piece on one of the sides.
  if ((a.family === '') !== (b.family === '') && whole(a) === whole(b)) {
    return { given: level.equal, family: level.equal, swapped: false };
  }
  const own = straight(a, b);
  if (own.given + own.family <= level.slip + level.equal || own.family === level.equal) return own;
  if (!near(a.given, b.family) && !near(a.family, b.given)) return own;
  const other = crossed(a, b);
  return other.given + other.family < own.given + own.family ? other : own;
};

/** How two birthdays agree. */
export const birthLevel = (a: string, b: string): Level => {
  if (a === '' || b === '') return level.absent;
  if (a === b) return level.equal;
  if (oneSlip(a, b)) return level.slip;
  const [year, month, day] = [a.slice(0, 4) === b.slice(0, 4), a.slice(4, 6), a.slice(6)];
  // The month and the day the other way round.
  if (year && month === b.slice(6) && day === b.slice(4, 6)) return level.slip;
  return level.different;
};

const digits = (text_: string): string => text_.match(/\d+/g)?.join('-') ?? '';
const letters = (text_: string): string => text_.replace(/[\d\s\p{P}]+/gu, '');

/** A digit more is another house; a building or a floor may follow. */
const place = (a: string, b: string): Level => {
  if (a === '' || b === '') return level.absent;
  if (a === b) return level.equal;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 8 && /\d$/.test(short) && long.startsWith(short) && !/^[\d-]/.test(long.slice(short.length))) {
    return level.similar;
  }
  if (digits(a) !== digits(b)) return level.different;
  const found = text(letters(a), letters(b));
  return found === level.equal ? level.slip : found;
};

/** How the names, the birthday and what only one person has agree; the other fields are left absent. */
export const ownAgreement = (a: Person, b: Person): Agreement => {
  const { given, family, swapped } = namesOf(a, b);
  const { absent } = level;
  const own = [given, family, birthLevel(a.birth, b.birth)];
  const numbers = [code(a.id, b.id), code(a.email, b.email), absent];
  return { levels: [...own, absent, absent, absent, absent, absent, absent, ...numbers], swapped };
};

/** How two records agree, field by field. */
export const agreement = (a: Person, b: Person, own = ownAgreement(a, b)): Agreement => {
  const [given = level.absent, family = level.absent, born = level.absent] = own.levels;
  const levels = [
    ...[given, family, born, exact(a.number, b.number), place(a.street, b.street)],
    ...[place(a.building, b.building), text(a.city, b.city), exact(a.state, b.state), code(a.postcode, b.postcode)],
    ...[own.levels[9] ?? level.absent, own.levels[10] ?? level.absent, exact(a.phone, b.phone)],
  ];
  return { levels, swapped: own.swapped };
};
