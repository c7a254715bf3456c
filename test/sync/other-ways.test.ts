import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { allFaults } from '../../fixtures/sync/faults/all.ts';
import { toldOf } from '../texts/of-comparison.ts';
import { cellOf, diagnosed, faultySides, honestSides } from './support/matrix.ts';

/** Ways of a fault that look like another cause, each in its cheapest setting. */
const ways: readonly (readonly [cause: string, way: string, setting: number, rows: number])[] = [
  ['sync.interval-lag', 'a file that was saved again', 1, 600],
  ['sync.sync-loop', 'no log', 1, 400],
  ['sync.clock-skew', 'without seconds', 1, 400],
  ['sync.timezone-mixed-writers', 'a writer whom nobody compares', 1, 600],
  ['sync.updates-not-propagated', 'created on a day', 1, 400],
  ['sync.stale-overwrites-newer', 'a revision', 1, 400],
  ['sync.result-window-cap', 'the newest few', 0, 3000],
  ['sync.snapshot-skew', 'an older left side, files of one time', 1, 600],
  ['sync.timezone-offset', 'seconds since 1970', 1, 400],
];

describe('a fault that looks like another one', () => {
  test.each(ways)('%s: %s', async (cause, way, setting, rows) => {
    const fault = allFaults.find((one) => one.cause === cause && one.way === way);
    if (!fault) throw new Error('no such fault');
    const { first, named, falsely } = await cellOf(fault, setting, 2, allSyncCauses, rows);
    expect([first, named, falsely]).toEqual([true, named, []]);
  });
});

test('what only a log would tell is named nothing else, and the log is asked for', async () => {
  const fault = allFaults.find(({ cause }) => cause === 'sync.cursor-boundary-lost');
  if (!fault) throw new Error('no such fault');
  const { named, fact } = await diagnosed({ ...faultySides([{ fault, setting: 0 }], 2), given: {} }, allSyncCauses);
  expect(named).toEqual(['sync.unexplained']);
  expect(JSON.stringify(toldOf('sync.unexplained', fact, allSyncCauses))).toContain('compare again with --log');
});

test('records under keys that nobody counts up, which are on the right only, are to be looked up', async () => {
  const { left, right, given } = honestSides(600, 3);
  const keyed = (rows: typeof left) =>
    rows.map((row) => ({ ...row, id: `${Math.imul(Number(row.id?.slice(1)), 0x9e3779b1) >>> 0}-${row.id}x` }));
  const { fact } = await diagnosed(
    { left: keyed(left).filter((_, at) => at % 15 > 0), right: keyed(right), given },
    allSyncCauses,
  );
  expect(JSON.stringify(toldOf('sync.unexplained', fact, allSyncCauses))).toContain('in its recycle bin');
});
