import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { allFaults } from '../../fixtures/sync/faults/all.ts';
import { type Cell, cellOf, cleanCell, type StackedCell, stackedCell, stackedFaults } from '../sync/support/matrix.ts';
import type { Line } from './main.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const stackedPairs = 60;
const cleanPairs = 40;

const known = new Set(allSyncCauses.map(({ id }) => id));
const faults = allFaults.filter(({ cause }) => known.has(cause));

const titled = ({ cause, way }: { readonly cause: string; readonly way?: string }): string =>
  `${cause.replace('sync.', '')}${way ? ` (${way})` : ''}`;

const missed = ({ named, falsely }: Pick<Cell, 'named' | 'falsely'>): string =>
  `named: ${named.join(', ') || 'nothing'}${falsely.length > 0 ? `; falsely: ${falsely.join(', ')}` : ''}`;

/** Every cause at its settings, one line each; by cell which setting it was. */
const inTable = async (seed: number): Promise<readonly (Cell & { readonly at: number })[]> => {
  const cells: (Cell & { readonly at: number })[] = [];
  for (const fault of faults) {
    const row: (Cell & { readonly at: number })[] = [];
    for (const at of fault.settings.keys()) {
      const { fact: _, ...cell } = await cellOf(fault, at, seed + at, allSyncCauses);
      row.push({ ...cell, at });
    }
    const shown = row.map(
      ({ setting, first, falsely }) => `${first ? '+' : 'MISSED'}${falsely.length > 0 ? ' FALSE' : ''} ${setting}`,
    );
    say(`  ${titled(fault).padEnd(60)}${shown.join(' | ')}`);
    for (const cell of row) if (!cell.first || cell.falsely.length > 0) say(`    ${cell.setting}: ${missed(cell)}`);
    cells.push(...row);
  }
  return cells;
};

const inPairs = async (seed: number): Promise<readonly StackedCell[]> => {
  const cells: StackedCell[] = [];
  for (const stacked of stackedFaults(faults, stackedPairs, seed + 4)) {
    const cell = await stackedCell(stacked, seed + 4, allSyncCauses);
    if (!cell.first || cell.falsely.length > 0)
      say(`  ${cell.causes.join(' + ')} (${cell.settings.join(', ')}): ${missed(cell)}`);
    cells.push(cell);
  }
  return cells;
};

const onClean = async (seed: number): Promise<number> => {
  let names = 0;
  for (let at = 0; at < cleanPairs; at += 1) {
    // Small tables and large ones.
    const rows = [300, 1000, 4000, 10_000, 25_000][at % 5] ?? 1000;
    const named = await cleanCell(rows, seed + 10 + at, allSyncCauses);
    if (named.length > 0) say(`  clean pair of ${rows} records, seed ${seed + 10 + at}: ${named.join(', ')}`);
    names += named.length;
  }
  return names;
};

const notFirst = (cells: readonly { readonly first: boolean }[]): number =>
  (100 * cells.filter(({ first }) => !first).length) / Math.max(1, cells.length);

const falseNames = (cells: readonly { readonly falsely: readonly string[] }[]): number =>
  cells.reduce((sum, { falsely }) => sum + falsely.length, 0);

/** How often the diagnosis names a cause that was made, first of all causes, and how often one that was not. */
export const syncCauses = async (seed: number): Promise<readonly Line[]> => {
  say(`every cause by itself, seed ${seed}:`);
  const cells = await inTable(seed);
  say('two causes stacked:');
  const stacked = await inPairs(seed);
  say('clean pairs:');
  const names = await onClean(seed);
  const without = [...known].filter((id) => !faults.some(({ cause }) => cause === id));
  say(`causes without a generator: ${without.join(', ') || 'none'}`);
  const share = (list: readonly { readonly first: boolean }[]): string =>
    `${list.filter(({ first }) => first).length} of ${list.length} named first`;
  // Most faults have three settings, from few records to most of them.
  const rates = ['lowest', 'middle', 'highest'].map((rate, at): Line => {
    const ofRate = cells.filter((cell) => cell.at === at);
    return {
      name: `sync causes not named first at the ${rate} rate, %`,
      value: notFirst(ofRate),
      limit: 5,
      note: share(ofRate),
    };
  });
  return [
    ...rates,
    { name: 'false names beside them', value: falseNames(cells), limit: 0, note: `in ${cells.length} comparisons` },
    { name: 'two stacked causes not both named first, %', value: notFirst(stacked), limit: 5, note: share(stacked) },
    { name: 'false names beside two', value: falseNames(stacked), limit: 0, note: `in ${stacked.length} comparisons` },
    { name: 'false names on clean pairs', value: names, limit: 0, note: `${cleanPairs} pairs` },
  ];
};
