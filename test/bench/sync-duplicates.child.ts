// The search for duplicates in a process of its own: node sync-duplicates.child.mjs FILE COLUMNS DIRECTORY. Prints what it found as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnType, ComparedColumn } from '../../src/model/sync/column.ts';
import type { RowBatch } from '../../src/model/sync/source.ts';
import { findDuplicates } from '../../src/sync/duplicates/find.ts';
import { scannedRows } from '../../src/sync/spooled-rows.ts';

export interface Searched {
  readonly pairs: number;
  /** File of the pairs of keys, one a line. */
  readonly found: string;
  readonly cpuMs: number;
  readonly peakMiB: number;
}

const never = new AbortController().signal;
const [file = '', named = '', directory = ''] = process.argv.slice(2);
// What the parent wrote: name and type of every column; the first one is the key.
const names = JSON.parse(named) as readonly (readonly [string, ColumnType])[];
const columns = names.map(
  ([name, type], at): ComparedColumn => ({
    ...{ at, left: name, right: name, type, typeFrom: 'configuration', key: at === 0 },
    ...(name === 'created_at' ? { role: 'created-at' as const } : {}),
    ...{ leftSource: { name }, rightSource: { name } },
  }),
);
const from = readFileSync(file, 'utf8').indexOf('\n') + 1;
const source = { path: file, from, delimiter: 0x2c, quote: 0x22 };
const rows: AsyncIterable<RowBatch> = scannedRows([source], columns.length, never);
const side = { side: 'left' as const, rows, positions: columns.map(({ at }) => at) };
const fact = await findDuplicates([side], columns, never, { directory: async () => directory, most: 1_000_000 });
const found = join(directory, 'found');
writeFileSync(found, fact.candidates.map(({ a, b }) => `${a.key},${b.key}\n`).join(''));
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const result: Searched = { pairs: fact.pairs, found, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: peak };
process.stdout.write(`${JSON.stringify(result)}\n`);
