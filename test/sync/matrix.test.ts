import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { allFaults } from '../../fixtures/sync/faults/all.ts';
import { toldOf } from '../texts/of-comparison.ts';
import { faultsInFilled } from '../texts/rules.ts';
import { cellOf, cleanCell, stackedCell, stackedFaults, usual } from './support/matrix.ts';

const known = new Set(allSyncCauses.map(({ id }) => id));
// One way each and the middle rate: all of it is in `npm run bench -- sync-causes`.
const first = [...new Map(allFaults.toReversed().map((fault) => [fault.cause, fault])).values()]
  .filter(({ cause }) => known.has(cause))
  .toReversed();

/** Ways that another one of the same cause does not stand for, each with its setting. */
const ways: readonly (readonly [cause: string, way: string, setting: number | 'usual'])[] = [
  ['sync.column-shift', 'a field too many', 'usual'],
  ['sync.column-shift', 'a field too few', 0],
  ['sync.deletes-not-propagated', 'ids that nobody counts up, which others name', 2],
  ['sync.duplicate-on-retry', 'with the times of their source', 'usual'],
  ['sync.excel-serial-date', 'codes that look like dates', 2],
  ['sync.formula-field', 'days since a date', 2],
  ['sync.formula-field', 'an age in years', 'usual'],
  ['sync.formula-field', 'an age with a decimal', 0],
  ['sync.formula-field', 'hours since a visit', 0],
  ['sync.formula-field', 'an age with decimals without a birthday', 0],
  ['sync.formula-field', 'months of contract', 'usual'],
  ['sync.formula-field', 'days that are left', 'usual'],
  ['sync.formula-field', 'the date is not exported', 0],
  ['sync.formula-field', 'an age without a birthday', 'usual'],
  ['sync.join-off-by-one', 'sorted by itself: region', 0],
  ['sync.workflow-rewrites', 'a value of the list, seconds later', 'usual'],
  ['sync.workflow-rewrites', 'a value, and no time tells', 'usual'],
  ['sync.workflow-rewrites', 'a text is added', 'usual'],
  ['sync.workflow-rewrites', 'a condition', 'usual'],
  ['sync.owner-unmapped', 'since the owner left', 2],
  ['sync.owner-unmapped', 'in one segment', 1],
  ['sync.picklist-unmapped', 'since a day', 1],
  ['sync.picklist-unmapped', 'in one segment', 1],
  ['sync.picklist-unmapped', 'a choice of several', 0],
  ['sync.picklist-unmapped', 'the first of several choices', 1],
  ['sync.null-token', 'a list without members', 0],
  ['sync.invisible-characters', 'kept as text for a spreadsheet', 2],
  ['sync.name-separator', 'names in a column of texts', 1],
  ['sync.text-truncated-chars', 'a few texts that begin alike', 0],
  ['sync.reference-unresolved', 'companies that are not there', 0],
  ['sync.reference-unresolved', 'the id of some companies', 0],
  // The newest stretch has no end that can be seen.
  ['sync.rate-limit-partial', 'no log', 2],
  ['sync.record-type-diverged', 'one is kept as two', 'usual'],
  ['sync.soft-delete-hidden', 'a kind', 'usual'],
  ['sync.soft-delete-hidden', 'a flag that is off', 'usual'],
];

describe('a fault that was made', () => {
  test.each(first.map((fault) => [fault.cause, fault] as const))(
    'is named first, in words that are fit for their reader: %s',
    async (cause, fault) => {
      const cell = await cellOf(fault, usual(fault), 2, allSyncCauses, 400);
      expect([cause, cell.first, cell.named, cell.falsely]).toEqual([cause, true, cell.named, []]);
      const told = toldOf(cause, cell.fact, allSyncCauses);
      expect(told.length).toBeGreaterThan(0);
      expect(faultsInFilled(told)).toEqual([]);
    },
  );

  test.each(ways)('is named however it came about: %s, %s', async (cause, way, setting) => {
    const fault = allFaults.find((one) => one.cause === cause && one.way === way);
    if (!fault) throw new Error(`No fault is made so: ${cause}, ${way}`);
    const {
      first: named,
      falsely,
      fact,
    } = await cellOf(fault, setting === 'usual' ? usual(fault) : setting, 2, allSyncCauses, 500);
    expect([named, falsely]).toEqual([true, []]);
    expect(faultsInFilled(toldOf(cause, fact, allSyncCauses))).toEqual([]);
  });

  test('is named beside another one', async () => {
    // Drawn so that each of them befalls the twenty records that name a cause.
    for (const pair of stackedFaults(first, 3, 5)) {
      const { causes, first: both, named, falsely } = await stackedCell(pair, 3, allSyncCauses, 1000);
      expect([causes, both, named, falsely]).toEqual([causes, true, named, []]);
    }
  });

  test('has to have been made', async () => {
    for (const seed of [1, 2, 3]) expect(await cleanCell(3000, seed, allSyncCauses)).toEqual([]);
  });
});
