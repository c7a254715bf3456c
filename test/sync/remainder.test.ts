import { describe, expect, test } from '@jest/globals';
import type { SeenRow } from '../../src/model/sync/view.ts';
import { openPairs, remaindersOf } from '../../src/sync/remainder.ts';
import { contacts, seeded, viewOf } from './support/view.ts';

const rows = contacts(600);
const random = seeded(3);
const lostOfOne = rows.filter(({ owner }) => owner !== rows[0]?.owner || random() < 0.5);
const printable = (text: string): string => text.replaceAll('-', '_');

describe('what is left when every cause has been tried', () => {
  test('is told of with some of it and where most of it lies', () => {
    const right = [...lostOfOne, ...rows.slice(0, 3).map((row, at) => ({ ...row, id: `X${at}` }))];
    const view = viewOf(rows, right);
    const [missing, extra, ...more] = remaindersOf(
      view,
      { pairs: [], missing: view.missing, extra: view.extra },
      printable,
    );
    expect(missing).toMatchObject({
      population: 'missing',
      looked: view.missing.length,
      stump: { column: 'owner', value: printable(rows[0]?.owner ?? ''), share: { n: view.missing.length } },
    });
    expect(missing?.examples).toHaveLength(3);
    expect(extra).toEqual({ population: 'extra', looked: 3, examples: [{ key: 'X0' }, { key: 'X1' }, { key: 'X2' }] });
    expect(more).toEqual([]);
  });

  test('what refers to records that are missing themselves is told by its column', () => {
    const deals = rows.map((row, at) => ({ ...row, account_id: `A${at % 150}`, quantity: String(at % 150) }));
    const lost = (row: (typeof deals)[number]): boolean => /^A1?[357]$/.test(row.account_id);
    const view = viewOf(
      deals,
      deals.filter((row) => !lost(row)),
    );
    const [left] = remaindersOf(view, { pairs: [], missing: view.missing, extra: [] }, printable);
    const n = deals.filter(lost).length;
    expect(left).toMatchObject({ groups: { column: 'account_id', value: 'A3', groups: 6, n, of: n } });
    // Any others of them: one of each account is there.
    const some = viewOf(
      deals,
      deals.filter((_, at) => at % 7 !== 0),
    );
    const [any] = remaindersOf(some, { pairs: [], missing: some.missing, extra: [] }, printable);
    expect(any?.groups).toBeUndefined();
  });

  test('one value that most differences of a column have is told', () => {
    const right = rows.map((row, at) => (at % 5 === 0 ? { ...row, postcode: '#N/A' } : row));
    const view = viewOf(rows, right);
    const at = view.columns.find(({ left }) => left === 'postcode')?.at ?? -1;
    const pairs = view.pairs.map((pair) => ({ pair, column: at }));
    const [left] = remaindersOf(view, { pairs, missing: [], extra: [] }, printable);
    expect(left?.same).toEqual({ column: 'postcode', side: 'right', value: '#N/A', n: 120, of: 120 });
  });

  test('leaves out what a cause explains', () => {
    const view = viewOf(rows, lostOfOne);
    const some: readonly SeenRow[] = view.missing.slice(10);
    const [left] = remaindersOf(view, { pairs: [], missing: some, extra: [] }, printable);
    expect(left).toMatchObject({ looked: some.length, stump: { share: { of: some.length } } });
    expect(remaindersOf(view, { pairs: [], missing: [], extra: [] }, printable)).toEqual([]);
  });

  test('of pairs the column is named, and what the left records are', () => {
    const right = rows.map((row) => (row.owner === rows[0]?.owner ? { ...row, name: `${row.name}-x` } : row));
    const view = viewOf(rows, right);
    const name = view.columns.find(({ left }) => left === 'name')?.at ?? -1;
    const open = openPairs();
    for (const pair of view.pairs) open.see(pair, pair.left[name] === pair.right[name] ? undefined : name);
    const [left] = remaindersOf(view, { pairs: open.found, missing: [], extra: [] }, printable);
    expect(left).toMatchObject({ population: 'pairs', looked: view.counts.changed, stump: { column: 'owner' } });
    expect(left?.examples[0]).toMatchObject({ column: 'name', right: printable(view.pairs[0]?.right[name] ?? '') });
  });

  test('of pairs no more are kept than make it clear', () => {
    const pair = { left: ['a'], right: ['b'] };
    const all = openPairs();
    for (let at = 0; at < 2000; at += 1) all.see(pair, 0);
    expect(all.found).toHaveLength(500);
    const few = openPairs();
    for (let at = 0; at < 2000; at += 1) few.see(pair, at % 100 === 0 ? 0 : undefined);
    expect(few.found).toHaveLength(10);
  });
});
