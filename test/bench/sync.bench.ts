import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Line } from './main.ts';
import { measure, median, range } from './measure.ts';
import type { Found } from './sync.child.ts';
import { type Sides, writeSides } from './sync-files.ts';

const child = fileURLToPath(new URL('./sync.child.mjs', import.meta.url));

interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly temporaryMiB: number;
}

/** Runs one contestant; what it finds must be what was written. */
const contest = async (name: 'ours' | 'duckdb', sides: Sides, directory: string, root: string): Promise<Run> => {
  const own = mkdtempSync(join(directory, `${name}-`));
  try {
    const { wallMs, code, output } = await measure([process.execPath, child, name, sides.left, sides.right, own, root]);
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${output.slice(0, 500)}`);
    const found: Found = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    const { changed, missing, extra, differing } = found;
    const seen = JSON.stringify({ changed, missing, extra, differing });
    if (seen !== JSON.stringify(sides.truth))
      throw new Error(`${name} found ${seen}, not ${JSON.stringify(sides.truth)}`);
    return { wallMs, cpuMs: found.cpuMs, peakMiB: found.peakMiB, temporaryMiB: found.temporaryMiB };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
};

/** Lines that are on one side only, and no more than that. */
const sorted = async ({ left, right }: Sides, directory: string): Promise<number> => {
  const sort = (path: string) => `LC_ALL=C sort -S 256M -T '${directory}' '${path}'`;
  const { wallMs, code, output } = await measure([
    'bash',
    '-c',
    `LC_ALL=C comm -3 <(${sort(left)}) <(${sort(right)}) | wc -l`,
  ]);
  if (code !== 0) throw new Error(`sort | comm ended with ${code}: ${output.slice(0, 500)}`);
  return wallMs;
};

interface Rounds {
  readonly ours: readonly Run[];
  readonly duckdb: readonly Run[];
  readonly sorted: readonly number[];
}

const alternating = async (
  sides: Sides,
  rounds: number,
  directory: string,
  root: string,
  withSort = false,
): Promise<Rounds> => {
  const all = { ours: [] as Run[], duckdb: [] as Run[], sorted: [] as number[] };
  // Once before: the files are in the page cache for whoever comes first, too.
  if (sides.rows < 5e6) await contest('ours', sides, directory, root);
  for (let round = 0; round < rounds; round += 1) {
    all.ours.push(await contest('ours', sides, directory, root));
    all.duckdb.push(await contest('duckdb', sides, directory, root));
    if (withSort && round < 2) all.sorted.push(await sorted(sides, directory));
  }
  return all;
};

const wall = (runs: readonly Run[]) => runs.map(({ wallMs }) => wallMs);
const cpu = (runs: readonly Run[]) => runs.map(({ cpuMs }) => cpuMs);
const peak = (runs: readonly Run[]) => runs.map(({ peakMiB }) => peakMiB);
const ratio = (ours: readonly number[], theirs: readonly number[]) =>
  median(ours.map((value, at) => value / (theirs[at] ?? theirs[0] ?? value)));

const wallLine = (what: string, { ours, duckdb }: Rounds, limit: number): Line => ({
  name: `sync: wall, ${what} / DuckDB's full outer join`,
  value: ratio(wall(ours), wall(duckdb)),
  limit,
  note: `ours ${range(wall(ours))} ms (CPU ${range(cpu(ours))}), DuckDB ${range(wall(duckdb))} ms (CPU ${range(cpu(duckdb))})`,
});

const memoryLine = (what: string, { ours, duckdb }: Rounds, limit: number): Line => ({
  name: `sync: peak memory, ${what} / DuckDB's`,
  value: ratio(peak(ours), peak(duckdb)),
  limit,
  note: `ours ${range(peak(ours))} MiB, DuckDB ${range(peak(duckdb))} MiB; temporary files ${range(ours.map(({ temporaryMiB }) => temporaryMiB))} MiB`,
});

const absolute = (what: string, { ours }: Rounds): Line => ({
  name: `sync: peak memory in MiB, ${what}`,
  value: median(peak(ours)),
  limit: 200,
  note: range(peak(ours)),
});

/** What 10 million records a side take on the disk, with the temporary files of every contestant. */
const largeBytes = 24e9;

/**
 * The comparison (open, scan, join, read the values of as many changed pairs as the command does) against DuckDB's full outer join with counts
 * by column and against `sort | comm` with both sorts at once: each in a process of its own, in turn, on the same files. What the
 * diagnosis adds is measured by `sync-diagnosis`.
 */
export const sync = async (root: string, large: boolean): Promise<readonly Line[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  try {
    const million = await (async () => {
      const sides = writeSides(directory, 1_000_000);
      const rounds = await alternating(sides, 5, directory, root, true);
      rmSync(sides.right);
      return rounds;
    })();
    const lines: Line[] = [
      wallLine('1M x 1M', million, 0.8),
      memoryLine('1M x 1M', million, 0.2),
      {
        name: 'sync: wall, 1M x 1M / sort | comm',
        value: ratio(wall(million.ours).slice(0, million.sorted.length), million.sorted),
        limit: 0.4,
        note: `sort | comm ${range(million.sorted)} ms`,
      },
    ];
    if (!large) return lines;
    const every = await alternating(writeSides(directory, 1_000_000, true), 3, directory, root);
    lines.push(wallLine('every row differing, 1M x 1M', every, 0.9), absolute('every row differing', every));
    for (const name of ['left-1000000.csv', 'right-1000000-off.csv']) rmSync(join(directory, name));
    const { bavail, bsize } = statfsSync(directory);
    if (bavail * bsize < largeBytes) throw new Error(`10M x 10M needs ${largeBytes / 1e9} GB in ${directory}`);
    const ten = await alternating(writeSides(directory, 10_000_000), 2, directory, root);
    lines.push(
      wallLine('10M x 10M', ten, 0.4),
      memoryLine('10M x 10M', ten, 0.2),
      absolute('10M x 10M', ten),
      {
        name: 'sync: peak memory, 10M x 10M / 1M x 1M',
        value: median(peak(ten.ours)) / median(peak(million.ours)),
        limit: 1.5,
        note: `${range(peak(ten.ours))} MiB against ${range(peak(million.ours))} MiB`,
      },
      {
        name: 'sync: CPU of 10M x 10M / ten times that of 1M x 1M',
        value: median(cpu(ten.ours)) / (10 * median(cpu(million.ours))),
        limit: 1.2,
        note: `${range(cpu(ten.ours))} ms against ${range(cpu(million.ours))} ms`,
      },
    );
    return lines;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
