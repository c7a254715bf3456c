import type { ComparedColumn } from '../../model/sync/column.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

const ascii = /^[ -~]*$/;

const plain = (value: string): string =>
  value.length > 300
    ? ''
    : // Of ASCII the compatible form is itself.
      (ascii.test(value) ? value : value.normalize('NFKC')).replace(/[\s・･.,、-]+/g, '').toLowerCase();

const formed = ({ type }: ComparedColumn, value: string): string => {
  const text = plain(value);
  if (type !== 'phone') return text;
  const digits = text.replace(/\D+/g, '').replace(/^81(?=\d{9,10}$)/, '0');
  return digits.length >= 9 ? digits : '';
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
    /** Rows that share enough marks with some of these persons, whichever; nearly all share none, and are looked at no further. */
    near: (persons: readonly Person[]): ((row: SeenRow) => boolean) => {
      const told = marks.map((_, at) => new Set(persons.flatMap((one) => one.marks[at] || [])));
      return ({ values }) => {
        let [score, open] = [0, most];
        for (let at = 0; at < marks.length && score < leastScore && score + open >= leastScore; at += 1) {
          const mark = marks[at];
          if (!mark) break;
          open -= mark.weight;
          if (told[at]?.has(formed(mark.column, values[mark.column.at] ?? ''))) score += mark.weight;
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
  const knownAmong = (rows: readonly SeenRow[]): readonly SeenRow[] => {
    const asked = rows.map((row) => {
      const one = person(row);
      return { one, blocks: blocksOf(one) };
    });
    const groups = new Map<string, Person[]>();
    for (const { blocks } of asked) for (const block of blocks) groups.set(block, []);
    for (const row of present.filter(near(asked.map(({ one }) => one)))) {
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
