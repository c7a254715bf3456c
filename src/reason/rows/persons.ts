import type { ComparedColumn } from '../../model/sync/column.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

const plain = (value: string): string =>
  value.length > 300
    ? ''
    : value
        .normalize('NFKC')
        .replace(/[\s・･.,、-]/g, '')
        .toLowerCase();

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

/**
 * Rows of the right side that are likely one person with a present one under another key: the name is equal but for notation, and so is
 * the e-mail address, the telephone, or two of address, postcode and birthday.
 */
export const samePersons = oncePerView((view: ComparisonView): ReadonlySet<SeenRow> => {
  const open = view.columns.filter(({ key }) => !key);
  const names = open.filter(({ type }) => type === 'name');
  const marks = open.filter(({ type }) => weights[type] !== undefined);
  if (names.length === 0) return new Set();
  const formsOf = (columns: readonly ComparedColumn[], { values }: SeenRow) =>
    columns.map((column) => formed(column, values[column.at] ?? ''));
  const person = (row: SeenRow) => ({ row, names: formsOf(names, row), marks: formsOf(marks, row) });
  const present = view.present.map(({ right }) => person(right));
  type Person = (typeof present)[number];
  const blocks = new Map<string, Person[]>();
  // The name with one mark each: everything that can match shares at least one of these.
  const blocksOf = ({ names: called, marks: known }: Person): readonly string[] => {
    const name = called.find((one) => one !== '');
    if (name === undefined) return [];
    return known.flatMap((mark, at) => (mark === '' ? [] : [`${name}\u0000${at}\u0000${mark}`]));
  };
  for (const one of present) {
    for (const block of blocksOf(one)) {
      const group = blocks.get(block);
      if (group) group.push(one);
      else blocks.set(block, [one]);
    }
  }
  const isSame = (a: Person, b: Person): boolean => {
    if (a.names.some((name, at) => name !== '' && b.names[at] !== '' && name !== b.names[at])) return false;
    const score = marks.reduce(
      (total, { type }, at) => total + (a.marks[at] !== '' && a.marks[at] === b.marks[at] ? (weights[type] ?? 0) : 0),
      0,
    );
    return score >= 2;
  };
  const isKnown = (one: Person): boolean =>
    blocksOf(one).some((block) => {
      const group = blocks.get(block) ?? [];
      return group.length <= mostInBlock && group.some((other) => other.row !== one.row && isSame(one, other));
    });
  return new Set([...view.extra.map(person), ...present].filter(isKnown).map(({ row }) => row));
});
