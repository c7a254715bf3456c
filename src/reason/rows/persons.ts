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
  const digits = text.replace(/\D/g, '').replace(/^81(?=\d{9,10}$)/, '0');
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

const personsOf = ({ columns }: ComparisonView) => {
  const open = columns.filter(({ key }) => !key);
  const names = open.filter(({ type }) => type === 'name');
  const marks = open.filter(({ type }) => weights[type] !== undefined);
  const points = marks.map(({ type }) => weights[type] ?? 0);
  // The same names come again and again.
  const called = new Map<string, string>();
  const nameOf = (value: string): string => {
    const known = called.get(value) ?? plain(value);
    if (called.size < 10_000) called.set(value, known);
    return known;
  };
  return {
    named: names.length > 0,
    person: (row: SeenRow): Person => ({
      row,
      names: names.map(({ at }) => nameOf(row.values[at] ?? '')),
      marks: marks.map((column) => formed(column, row.values[column.at] ?? '')),
    }),
    isSame: (a: Person, b: Person): boolean => {
      if (a.names.some((name, at) => name !== '' && b.names[at] !== '' && name !== b.names[at])) return false;
      const score = points.reduce(
        (total, weight, at) => total + (a.marks[at] !== '' && a.marks[at] === b.marks[at] ? weight : 0),
        0,
      );
      return score >= 2;
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
  const { named, person, isSame } = personsOf(view);
  if (!named || view.extra.length < fewest) return new Set();
  const present = view.present.map(({ right }) => person(right));
  const knownAmong = (asked: readonly { readonly one: Person; readonly blocks: readonly string[] }[]): SeenRow[] => {
    const groups = new Map<string, Person[]>();
    for (const { blocks } of asked) for (const block of blocks) groups.set(block, []);
    for (const other of present) for (const block of blocksOf(other)) groups.get(block)?.push(other);
    return asked
      .filter(({ one, blocks }) =>
        blocks.some((block) => {
          const group = groups.get(block) ?? [];
          return group.length <= mostInBlock && group.some((other) => other.row !== one.row && isSame(one, other));
        }),
      )
      .map(({ one }) => one.row);
  };
  const withBlocks = (one: Person) => ({ one, blocks: blocksOf(one) });
  const extra = knownAmong(view.extra.map((row) => withBlocks(person(row))));
  return new Set(extra.length < fewest ? extra : [...extra, ...knownAmong(present.map(withBlocks))]);
});
