import { describe, expect, test } from '@jest/globals';
import { blankOverwrites } from '../../../../checks/sync/blank-overwrites.cause.ts';
import { filterExcludes } from '../../../../checks/sync/filter-excludes.cause.ts';
import { outageWindow } from '../../../../checks/sync/outage-window.cause.ts';
import { pageLost } from '../../../../checks/sync/page-lost.cause.ts';
import { permissionScope } from '../../../../checks/sync/permission-scope.cause.ts';
import { resultWindowCap } from '../../../../checks/sync/result-window-cap.cause.ts';
import { schedulerStopped } from '../../../../checks/sync/scheduler-stopped.cause.ts';
import { pageRuns } from '../../../../src/reason/rows/positions.ts';
import { type Contact, contacts, explainedBy, seeded } from '../../../sync/support/view.ts';

const causes = [
  blankOverwrites,
  filterExcludes,
  outageWindow,
  pageLost,
  permissionScope,
  resultWindowCap,
  schedulerStopped,
];
const rows = contacts(2400);

const byUpdate = (list: readonly Contact[]): readonly Contact[] =>
  list.toSorted((a, b) => ((a.updated_at ?? '') < (b.updated_at ?? '') ? -1 : 1));
const ordered = byUpdate(rows);
const newest = ordered.at(-1)?.updated_at ?? '';

/** A few that were changed on the left, at any time, after everything had been copied. */
const edited = (list: readonly Contact[], share = 0.02, change: Partial<Contact> = {}): readonly Contact[] => {
  const random = seeded(3);
  return list.map((row) => {
    const time = ordered[Math.floor(random() * ordered.length)]?.updated_at ?? '';
    return random() < share && time > (row.updated_at ?? '') ? { ...row, ...change, updated_at: time } : row;
  });
};

const named = async (left: readonly Contact[], right: readonly Contact[]) =>
  (await explainedBy(causes, left, right)).map(({ cause }) => cause);

describe('what was changed on the left since it was copied', () => {
  test.each(['-', '/'])('a page of updates is still known, written with %s', async (sign) => {
    const written = (list: readonly Contact[]): readonly Contact[] =>
      list.map((row) => ({ ...row, updated_at: (row.updated_at ?? '').replaceAll('-', sign) }));
    const lost = new Set(ordered.slice(800, 1000));
    const right = rows.filter((row) => !lost.has(row));
    expect(await named(written(edited(rows, 0.06)), written(right))).toEqual(['sync.page-lost']);
    const uneven = new Set(ordered.slice(840, 1040));
    const between = rows.filter((row) => !uneven.has(row));
    expect(await named(written(edited(rows, 0.06)), written(between))).not.toContain('sync.page-lost');
  });

  test('a value that a record came to only afterwards does not speak for it', async () => {
    const right = rows.filter(({ stage }) => stage !== '失注');
    const left = edited(rows, 0.2, { stage: '失注' });
    expect(await named(left, right)).toEqual(['sync.filter-excludes']);
    // Without the times nothing tells which was first.
    const undated = left.map((row, at) => ({ ...row, updated_at: rows[at]?.updated_at ?? '' }));
    expect(await named(undated, right)).toEqual([]);
  });

  test('a field that was filled in afterwards was not overwritten', async () => {
    const empty = ordered.map((row, at) => (at % 2 === 0 && at > 1200 ? { ...row, phone: '' } : row));
    const filled = ordered.map((row, at) => (at > 1800 ? { ...row, updated_at: newest } : row));
    const right = empty.map((row, at) => (at > 1800 ? row : (ordered[at] ?? row)));
    expect(await named(filled, right)).not.toContain('sync.blank-overwrites');
    expect(await named(ordered, right)).toEqual(['sync.blank-overwrites']);
  });

  test('what was made before a moment and changed after it would be there, had the sync stopped then', async () => {
    const made = rows.map((row, at): Contact => ({ ...row, created_at: ordered[(7 * at) % 2400]?.updated_at ?? '' }));
    const later = made.map(
      (row): Contact =>
        (row.created_at ?? '') > (row.updated_at ?? '') ? { ...row, updated_at: row.created_at ?? '' } : row,
    );
    expect(await named(later, byUpdate(later).slice(0, 1237))).not.toContain('sync.scheduler-stopped');
    expect(await named(later, byUpdate(later).slice(0, 1000))).toEqual(['sync.result-window-cap']);
  });

  test('a cap is known by records of any key that were deleted since', async () => {
    const keyed = rows.map((row, at): Contact => ({ ...row, id: `${((at * 7919) % 2400).toString(36)}-x${at % 7}` }));
    const gone = new Set(keyed.filter((_, at) => at % 100 === 50));
    const byAge = keyed.toSorted((a, b) => ((a.created_at ?? '') < (b.created_at ?? '') ? -1 : 1));
    const left = keyed.filter((row) => !gone.has(row));
    expect(await named(left, byAge.slice(0, 1000))).toEqual(['sync.result-window-cap']);
  });
});

describe('pages among other losses', () => {
  const around = { rows: 10_000, moved: 0, lost: 0 };
  const run = (start: number, length: number) => ({ start, end: start + length });

  test.each([
    ['a whole page', [run(400, 100)], around, 1],
    ['some of it have moved away', [run(400, 97)], around, 0],
    ['as many as elsewhere', [run(400, 97)], { ...around, moved: 0.02 }, 1],
    ['more than elsewhere', [run(400, 90)], { ...around, moved: 0.02 }, 0],
    ['neighbours of another loss', [run(399, 103)], around, 0],
    ['as often as that loss is', [run(399, 102)], { ...around, lost: 0.2 }, 1],
    ['what the first has lost shifts the second', [run(400, 97), run(793, 98)], { ...around, moved: 0.02 }, 2],
    ['a stretch of any place', [run(433, 100)], { ...around, moved: 0.02, lost: 0.2 }, 0],
  ])('%s', (_, runs, known, n) => {
    expect(pageRuns(runs, 100, known)).toHaveLength(n);
  });
});
