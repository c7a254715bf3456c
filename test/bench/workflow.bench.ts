import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleFlows } from './flows.ts';
import type { Line } from './main.ts';
import { cpuMs, measure, median, range } from './measure.ts';

// The newest version that installs as it is: 6.19.3 lacks a dependency.
const rival = '@flow-scanner/lightning-flow-scanner-core';
const rivalVersion = '6.6.0';

/** Into a folder of the bench's own, once. */
const installed = async (root: string): Promise<string> => {
  const folder = join(root, 'node_modules', '.cache', 'bench', `lightning-flow-scanner-${rivalVersion}`);
  if (existsSync(join(folder, 'node_modules', rival, 'package.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const { code, output } = await measure(
    ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', `${rival}@${rivalVersion}`],
    { cwd: folder, env: { ...process.env, NODE_ENV: 'production' } as Record<string, string> }, // an environment holds texts
  );
  if (code !== 0) throw new Error(`${rival} could not be installed: ${output}`);
  return folder;
};

const isFlow = (name: string): boolean => /\.flow(?:-meta\.xml)?$/.test(name);

const flowsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isFlow(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

const scan = `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { parse, scan } = createRequire(import.meta.url)('${rival}');
const results = scan(await parse(JSON.parse(readFileSync(process.argv[2], 'utf8'))));
console.log(results.length);
`;

/** `crm-doctor workflow` against lightning-flow-scanner, all rules of both, over the same flows in one run. */
export const workflow = async (root: string, corpus: string | undefined, count = 1000): Promise<readonly Line[]> => {
  const scanner = await installed(root);
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  try {
    const flows = corpus ?? join(directory, 'flows');
    if (corpus === undefined) {
      mkdirSync(flows);
      for (const [name, text] of sampleFlows(count)) writeFileSync(join(flows, name), text);
    }
    const paths = flowsIn(flows);
    if (paths.length === 0) throw new Error(`there are no flows in ${flows}`);
    const list = join(directory, 'list.json');
    writeFileSync(list, JSON.stringify(paths));
    const runner = join(scanner, 'scan.mjs');
    writeFileSync(runner, scan);
    const ours = [process.execPath, `${root}bin/crm-doctor.js`, 'workflow', flows, '--json'] as const;
    const theirs = [process.execPath, runner, list] as const;
    const rows = {
      cpu: [] as number[],
      rivalCpu: [] as number[],
      wall: [] as number[],
      rivalWall: [] as number[],
      peak: [] as number[],
      rivalPeak: [] as number[],
    };
    for (let round = 0; round < 3; round += 1) {
      const own = await measure(ours);
      if (own.code !== 0 && own.code !== 1)
        throw new Error(`crm-doctor workflow ended with ${own.code}: ${own.output.slice(0, 500)}`);
      const other = await measure(theirs);
      if (other.code !== 0) throw new Error(`${rival} ended with ${other.code}: ${other.output.slice(0, 500)}`);
      rows.wall.push(own.wallMs);
      rows.rivalWall.push(other.wallMs);
      rows.peak.push(own.peakMiB);
      rows.rivalPeak.push(other.peakMiB);
      rows.cpu.push(await cpuMs(ours, 1));
      rows.rivalCpu.push(await cpuMs(theirs, 1));
    }
    const ratio = (own: readonly number[], other: readonly number[]): number =>
      median(own.map((value, at) => value / (other[at] ?? value)));
    const note = (own: readonly number[], other: readonly number[], unit: string): string =>
      `${paths.length} flows: ours ${range(own)} ${unit}, ${rivalVersion} ${range(other)} ${unit}`;
    return [
      {
        name: 'workflow: CPU / lightning-flow-scanner',
        value: ratio(rows.cpu, rows.rivalCpu),
        limit: 0.34,
        note: note(rows.cpu, rows.rivalCpu, 'ms'),
      },
      {
        name: 'workflow: wall / lightning-flow-scanner',
        value: ratio(rows.wall, rows.rivalWall),
        limit: 0.34,
        note: note(rows.wall, rows.rivalWall, 'ms'),
      },
      {
        name: 'workflow: peak memory / lightning-flow-scanner',
        value: ratio(rows.peak, rows.rivalPeak),
        limit: 1,
        note: note(rows.peak, rows.rivalPeak, 'MiB'),
      },
      {
        name: 'workflow: CPU s for 1,000 flows',
        value: median(rows.cpu) / paths.length,
        limit: 3,
        note: 'the rules of each file, and the graph of the project',
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
