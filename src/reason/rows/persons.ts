import type { ComparedColumn } from '../../model/sync/column.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { compatible } from '../values/compatible.ts';
import { plainDigits } from './matches.ts';
import { oncePerView } from './memo.ts';

const plain = (value: string): string =>
  value.length > 300
    ? ''
    : compatible(value)
        .replace(/[\s・･.,、-]+/g, '')
        .toLowerCase();

const formed = ({ type }: ComparedColumn, value: string): string => {
  const text = plain(value);
  if (type !== 'phone') return text;
  const digits = text.replace(/\D+/g, '').replace(/^81(?=\d{9,10}$)/, '0');
  return digits.length >= 9 ? digits : '';
};

/** A blank, a comma, a dash or a full stop. */
const isSeparator = (code: number): boolean => code === 0x20 || (code >= 0x2c && code <= 0x2e);
const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const mixed = (number: number, code: number): number => (Math.imul(number, 31) + code) | 0;

const numberOfText = (text: string): number => {
  let number = 0;
  for (let at = 0; at < text.length; at += 1) number = mixed(number, text.charCodeAt(at));
  return number || 1;
};

/** A number that is the same for values of one form, and seldom for others; 0: of no form. Of most values no text is made for it. */
const numberOf = (column: ComparedColumn, value: string): number => {
  if (value === '' || value.length > 300) return 0;
  if (column.type === 'phone') {
    const digits = plainDigits(value);
    if (digits !== undefined) return digits;
    const text = formed(column, value);
    return text === '' ? 0 : (plainDigits(text) ?? numberOfText(text));
  }
  let [number, taken] = [0, 0];
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) {
      const text = formed(column, value);
      return text === '' ? 0 : numberOfText(text);
    }
    if (isSeparator(code)) continue;
    number = mixed(number, isUpper(code) ? code + 0x20 : code);
    taken += 1;
  }
  return taken === 0 ? 0 : number || 1;
};

/** What speaks for one person besides the name. */
const weights: Readonly<Partial<Record<ComparedColumn['type'], number>>> = {
  email: 2,
  phone: 2,
  address: 1,
  postcode: 1,
  date: 1,
};

/** More rows than this under one value: a switchboard, a common name. */
const mostInBlock = 20;

/** A record under what it is compared by: its names, and what speaks for one person besides. */
interface Person {
  readonly row: SeenRow;
  readonly names: readonly string[];
  readonly marks: readonly string[];
}

/** What speaks for one person: nothing less than this, besides the name. */
const leastScore = 2;

const personsOf = ({ columns }: ComparisonView) => {
  const open = columns.filter(({ key }) => !key);
  const names = open.filter(({ type }) => type === 'name');
  const marks = open
    .flatMap((column) => {
      const weight = weights[column.type];
      return weight === undefined ? [] : [{ column, weight }];
    })
    .toSorted((a, b) => b.weight - a.weight);
  const most = marks.reduce((total, { weight }) => total + weight, 0);
  const person = (row: SeenRow): Person => ({
    row,
    names: names.map(({ at }) => plain(row.values[at] ?? '')),
    marks: marks.map(({ column }) => formed(column, row.values[column.at] ?? '')),
  });
  return {
    named: names.length > 0,
    person,
    isSame: (a: Person, b: Person): boolean => {
      if (a.names.some((name, at) => name !== '' && b.names[at] !== '' && name !== b.names[at])) return false;
      const score = marks.reduce(
        (total, { weight }, at) => total + (a.marks[at] !== '' && a.marks[at] === b.marks[at] ? weight : 0),
        0,
      );
      return score >= leastScore;
    },
    /** Rows that share enough marks with some of these, whichever; nearly all share none, and are looked at no further. */
    near: (rows: readonly SeenRow[]): ((row: SeenRow) => boolean) => {
      const told = marks.map(({ column }) => {
        const numbers = new Set(rows.map(({ values }) => numberOf(column, values[column.at] ?? '')));
        numbers.delete(0);
        return numbers;
      });
      return ({ values }) => {
        let [score, open] = [0, most];
        for (let at = 0; at < marks.length && score < leastScore && score + open >= leastScore; at += 1) {
          const mark = marks[at];
          if (!mark) break;
          open -= mark.weight;
          if (told[at]?.has(numberOf(mark.column, values[mark.column.at] ?? ''))) score += mark.weight;
        }
        return score >= leastScore;
      };
    },
  };
};

/** The name with one mark each: everything that can match shares at least one of these. */
const blocksOf = ({ names, marks }: Person): readonly string[] => {
  const name = names.find((one) => one !== '');
  if (name === undefined) return [];
  return marks.flatMap((mark, at) => (mark === '' ? [] : [`${name}\u0000${at}\u0000${mark}`]));
};

/** Fewer extra rows than this name nothing, and then nobody asks for the present ones. */
const fewest = 20;

/**
 * Rows of the right side that are likely one person with a present one under another key: the name is equal but for notation, and so is
 * the e-mail address, the telephone, or two of address, postcode and birthday.
 */
export const samePersons = oncePerView((view: ComparisonView): ReadonlySet<SeenRow> => {
  const { named, person, isSame, near } = personsOf(view);
  if (!named || view.extra.length < fewest) return new Set();
  const present = view.present.map(({ right }) => right);
  const all = view.kin ? [...present, ...view.kin.right] : present;
  const knownAmong = (rows: readonly SeenRow[]): readonly SeenRow[] => {
    const others = all.filter(near(rows));
    if (others.length === 0) return [];
    const asked = rows.filter(near(others)).map((row) => {
      const one = person(row);
      return { one, blocks: blocksOf(one) };
    });
    const groups = new Map<string, Person[]>();
    for (const { blocks } of asked) for (const block of blocks) groups.set(block, []);
    for (const row of others) {
      const other = person(row);
      for (const block of blocksOf(other)) groups.get(block)?.push(other);
    }
    return asked
      .filter(({ one, blocks }) =>
        blocks.some((block) => {
          const group = groups.get(block) ?? [];
          return group.length <= mostInBlock && group.some((other) => other.row !== one.row && isSame(one, other));
        }),
      )
      .map(({ one }) => one.row);
  };
  const extra = knownAmong(view.extra);
  return new Set(extra.length < fewest ? extra : [...extra, ...knownAmong(present)]);
});
