import { describe, expect, test } from '@jest/globals';
import { seeded } from '../../fixtures/sync/contacts.ts';
import type { ColumnRole, ComparedColumn } from '../../src/model/sync/column.ts';
import type { RowPair } from '../../src/model/sync/view.ts';
import { type Looked, placesMayTell } from '../../src/sync/places-tell.ts';

type Row = readonly string[];

const column = (at: number, name: string, role?: ColumnRole): ComparedColumn => ({
  at,
  left: name,
  right: name,
  type: 'text',
  typeFrom: 'configuration',
  ...(role ? { role } : {}),
  key: at === 0,
  leftSource: { name },
  rightSource: { name },
});
const columns = [
  column(0, 'id'),
  column(1, 'created', 'created-at'),
  column(2, 'updated', 'updated-at'),
  column(3, 'x'),
];
const pages = [50, 100, 200, 500];

const random = seeded(3);
const timeOf = (second: number): string => new Date(1.7e12 + 1000 * second).toISOString().slice(0, 19);
const rows: readonly Row[] = Array.from({ length: 20_000 }, (_, at) => [
  `C-${at}`,
  timeOf(Math.floor(random() * 9e7)),
  timeOf(Math.floor(random() * 9e7)),
  `x${Math.floor(random() * 1e9)}`,
]);
const sortedBy = (at: number): readonly number[] =>
  [...rows.keys()].toSorted((a, b) => ((rows[a]?.[at] ?? '') < (rows[b]?.[at] ?? '') ? -1 : 1));

/** What would be seen of the left side where these of its records are missing, and every fourth of the others is looked at. */
const lookedAt = (missing: readonly number[], change: (row: Row, at: number) => Row = (row) => row): Looked => {
  const gone = new Set(missing);
  const seen = [...rows.entries()].filter(([at]) => !gone.has(at));
  const pairOf = ([at, row]: readonly [number, Row]): RowPair => ({ left: row, right: change(row, at) });
  const pairs = seen.filter((_, at) => at % 4 === 0).map(pairOf);
  const ranks = [...gone].toSorted((a, b) => a - b);
  return {
    missing: ranks.map((at) => rows[at] ?? []),
    missingRanks: ranks,
    present: pairs,
    changed: seen.map(pairOf).filter(({ left, right }) => left !== right),
  };
};

const tells = (looked: Looked): boolean => placesMayTell(looked, columns, [0, 1, 2], pages);
const some = (share: number): readonly number[] => [...rows.keys()].filter(() => random() < share);
const updatedAlike = (count: number): readonly number[] => {
  const at = sortedBy(2).slice(500, 500 + count);
  for (const one of at) Object.assign(rows[one] ?? [], { 2: timeOf(5e6) });
  return at;
};

describe('whether exact places may tell something', () => {
  test.each<[string, () => Looked, boolean]>([
    ['nothing lacks', () => lookedAt([]), false],
    ['records lack at random', () => lookedAt(some(0.01)), false],
    ['many lack at random', () => lookedAt(some(0.1)), false],
    [
      'so many lack at random that stretches of them come by themselves',
      () => {
        const { missing, present, ...looked } = lookedAt(some(0.4));
        return { ...looked, missing, present: present.filter((_, at) => at % 3 === 0) };
      },
      false,
    ],
    ['a few lack', () => lookedAt(some(0.0006)), false],
    ['nobody has counted the missing ones', () => ({ ...lookedAt(some(0.01)), missingRanks: undefined }), true],
    [
      'a page of the source lacks',
      () => lookedAt([...some(0.005), ...Array.from({ length: 50 }, (_, at) => 2000 + at)]),
      true,
    ],
    ['a page in the order of a column lacks', () => lookedAt([...some(0.005), ...sortedBy(1).slice(7000, 7050)]), true],
    ['one of every page of the source lacks', () => lookedAt([...rows.keys()].filter((at) => at % 200 === 199)), true],
    [
      'one of every page lacks, among others',
      () => lookedAt([...new Set([...some(0.005), ...[...rows.keys()].filter((at) => at % 200 === 199)])]),
      true,
    ],
    [
      'one of every page in the order of a column lacks',
      () => lookedAt(sortedBy(1).filter((_, at) => at % 100 === 99)),
      true,
    ],
    ['all after a cut in the order of a column lack', () => lookedAt(sortedBy(1).slice(19_500)), true],
    ['some records differ', () => lookedAt([], (row, at) => (at % 50 === 0 ? row.with(3, `y${at}`) : row)), false],
    ['all records differ', () => lookedAt([], (row, at) => row.with(3, `y${at}`)), false],
    ['a column has slipped by one row', () => lookedAt([], (row, at) => row.with(3, rows[at + 4]?.[3] ?? '')), true],
    // These change the times of some records, and come last.
    ['what lacks was updated at one moment', () => lookedAt([...some(0.005), ...updatedAlike(300).slice(50)]), true],
    [
      'what differs was updated at one moment',
      () => {
        const alike = new Set(updatedAlike(400).slice(50));
        return lookedAt([], (row, at) => (alike.has(at) || at % 40 === 0 ? row.with(3, `y${at}`) : row));
      },
      true,
    ],
  ])('%s', (_, looked, expected) => {
    expect(tells(looked())).toBe(expected);
  });
});
