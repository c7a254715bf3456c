import { describe, expect, test } from '@jest/globals';
import type { ColumnRole, ComparedColumn } from '../../src/model/sync/column.ts';
import type { Effect } from '../../src/model/sync/hypothesis.ts';
import { tally } from '../../src/sync/tally.ts';

const column = (at: number, name: string, role?: ColumnRole): ComparedColumn => ({
  at,
  left: name,
  right: name,
  type: 'text',
  typeFrom: 'none',
  ...(role ? { role } : {}),
  key: at === 0,
  leftSource: { name },
  rightSource: { name },
});
const columns = [column(0, 'id'), column(1, 'name'), column(2, 'updated', 'updated-at')];
const day = (date: number) => `2026-11-${date}T00:00:00Z`;
const open = () =>
  tally({
    columns,
    equalUnder: (left, right) => (left.toLowerCase() === right.toLowerCase() ? 'letter-case' : undefined),
    printable: (text) => text,
    momentOf: (value) => (value === '' ? undefined : Date.parse(value)),
    lastSync: Date.parse(day(20)),
  });
const pair = (left: string, right: string, leftAt: string, rightAt: string) => ({
  left: ['1', left, leftAt],
  right: ['1', right, rightAt],
});

const explained = (effect: Effect, aged?: true) => ({
  column: 1,
  by: { cause: 'sync.some', effect, detail: {}, ...(aged ? { aged } : {}) },
});

const none = { underRule: 0, explained: 0, stale: 0, conflict: 0, unexplained: 0 };

describe('the classes of changed pairs', () => {
  test.each([
    ['equal under a rule', pair('A', 'a', day(10), day(10)), [{ column: 1 }], 'underRule'],
    ['explained as a notation', pair('A', 'b', day(10), day(10)), [explained('notation')], 'underRule'],
    ['explained by a fault', pair('A', 'b', day(10), day(10)), [explained('wrong')], 'explained'],
    ['changed on one side since the last sync', pair('A', 'b', day(21), day(10)), [{ column: 1 }], 'stale'],
    ['changed on both sides since then', pair('A', 'b', day(21), day(22)), [{ column: 1 }], 'conflict'],
    ['changed on neither side since then', pair('A', 'b', day(10), day(11)), [{ column: 1 }], 'unexplained'],
    [
      'explained by when both were changed, a conflict all the same',
      pair('A', 'b', day(21), day(22)),
      [explained('wrong', true)],
      'conflict',
    ],
    ['of an unknown time', pair('A', 'b', day(21), ''), [{ column: 1 }], 'unexplained'],
  ] as const)('%s', (_, row, verdict, wanted) => {
    const count = open();
    count.visit(row, verdict);
    expect(count.classOf(row, verdict)).toBe(wanted);
    expect(count.classes()).toEqual({ ...none, [wanted]: 1 });
  });

  test('a fault is not called a notation because a rule would hide it', () => {
    const count = open();
    count.visit(pair('A', 'a', day(10), day(10)), [explained('wrong')]);
    expect(count.classes().explained).toBe(1);
    expect(count.fields()[1]?.equalUnder).toEqual([]);
  });

  test('each column tells how many differ, under which rule they are equal, and what is left', () => {
    const count = open();
    count.visit(pair('A', 'a', day(10), day(10)), [{ column: 1 }]);
    count.visit(pair('A', 'b', day(10), day(11)), [{ column: 1 }, { column: 2 }]);
    expect(count.openPairs()).toBe(1);
    expect(count.fields().map(({ differ, unexplained }) => [differ, unexplained])).toEqual([
      [0, 0],
      [2, 1],
      [1, 1],
    ]);
    expect(count.fields()[1]).toMatchObject({
      equalUnder: [{ rule: 'letter-case', n: 1 }],
      examples: [
        { key: '1', left: 'A', right: 'a' },
        { key: '1', left: 'A', right: 'b' },
      ],
    });
  });
});
