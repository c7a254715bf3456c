// One comparison in a process of its own: node sync-diagnosis.child.mjs engine|classes|whole LEFT RIGHT DIRECTORY ROOT. Prints its cost as JSON.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import type { OpenedSource } from '../../src/model/sync/source.ts';
import type { FileSide, SyncConfig } from '../../src/model/sync/subject.ts';
import { instantOf, momentOf } from '../../src/reason/moments.ts';
import { equalUnder } from '../../src/reason/values/normal-rules.ts';
import { compareSources, mapSources } from '../../src/sync/compare.ts';
import { explainer } from '../../src/sync/diagnose/explain.ts';
import { fileSource } from '../../src/sync/file.source.ts';
import { joinLocally } from '../../src/sync/local-join.ts';
import { tally } from '../../src/sync/tally.ts';

export interface Cost {
  /** Of the whole process, as the kernel accounts for it. */
  readonly cpuMs: number;
  readonly peakMiB: number;
  /** Pairs that the engine handed over, or that the diagnosis counted. */
  readonly pairs: number;
  readonly causes: readonly string[];
}

const never = new AbortController().signal;
const printable = (text: string, most = 200): string => text.slice(0, most);

const [what = '', leftPath = '', rightPath = '', directory = '', root = ''] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });

const sideOf = (file: string): FileSide => ({ kind: 'file', file, encoding: 'auto' });
const config: SyncConfig = {
  left: sideOf(leftPath),
  right: sideOf(rightPath),
  key: { left: ['id'], right: ['id'], rules: [] },
  ignore: [],
  engine: { kind: 'local' },
};

const open = async (file: string): Promise<OpenedSource> => {
  const kit = { secret: () => undefined, directory: async () => directory, printable };
  const reply = await fileSource.open(sideOf(file), kit, never);
  if (reply.kind === 'failed') throw new Error(JSON.stringify(reply.failure));
  return reply.source;
};

const [left, right] = [await open(leftPath), await open(rightPath)];
const mapped = await mapSources({ config, left, right }, never);
if (mapped.kind !== 'mapped') throw new Error(JSON.stringify(mapped.failure));
const { mapping } = mapped;
const scanned = ({ direct, facts }: OpenedSource) => {
  if (!direct) throw new Error('the file is not read as it stands');
  return { files: direct, fields: facts.columns.length };
};
const reply = await joinLocally(
  { left: scanned(left), right: scanned(right) },
  mapping,
  {
    directory,
    seed: 1,
    threads: 'workers',
    keepAlone: true,
    worker: pathToFileURL(join(root, 'dist/sync-worker.cjs')),
  },
  never,
);
if (reply.kind !== 'joined') throw new Error(JSON.stringify(reply));
const { joined } = reply;

const parts = {
  equalUnder,
  momentOf: (value: string): number | undefined => {
    const moment = momentOf(value);
    return moment && instantOf(moment);
  },
  printable,
};

let pairs = 0;
let causes: readonly string[] = [];
if (what !== 'whole') {
  // As the diagnosis asks for them.
  const needed = mapping.columns.filter(({ key, role }) => key || role === 'updated-at').map(({ at }) => at);
  const differencesOf = explainer([], mapping.columns);
  const count = tally({ columns: mapping.columns, ...parts });
  for await (const batch of joined.eachChanged(needed)) {
    pairs += batch.length;
    if (what === 'classes') for (const pair of batch) count.visit(pair, differencesOf(pair));
  }
  const classed = Object.values(count.classes()).reduce((total, n) => total + n, 0);
  if (what === 'classes' && classed !== pairs) throw new Error(`${classed} of ${pairs} pairs have a class`);
} else {
  const { fact } = await compareSources({
    config,
    left,
    right,
    causes: allSyncCauses,
    times: { now: Date.UTC(2026, 10, 26), runs: [] },
    logged: [],
    mapping,
    joined,
    ...parts,
    elapsed: () => performance.now(),
  });
  pairs = Object.values(fact.changed).reduce((total, n) => total + n, 0);
  causes = fact.explained.map(({ cause }) => cause);
}
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const cost: Cost = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: peak, pairs, causes };
process.stdout.write(`${JSON.stringify(cost)}\n`);
process.exit(0);
