import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Line } from './main.ts';
import { measure, median, range } from './measure.ts';
import type { Cost } from './sync-diagnosis.child.ts';
import { type Sides, writeSides } from './sync-files.ts';

const child = fileURLToPath(new URL('./sync-diagnosis.child.mjs', import.meta.url));
const rounds = 5;
/** Of those that take half a minute each. */
const roundsLarge = 3;

interface Run extends Cost {
  readonly wallMs: number;
}

const run = async (
  what: 'engine' | 'classes' | 'whole',
  sides: Sides,
  directory: string,
  root: string,
): Promise<Run> => {
  const own = mkdtempSync(join(directory, `${what}-`));
  try {
    const { wallMs, code, output } = await measure([process.execPath, child, what, sides.left, sides.right, own, root]);
    if (code !== 0) throw new Error(`${what} ended with ${code}: ${output.slice(0, 500)}`);
    const cost: Cost = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    if (cost.pairs !== sides.truth.changed)
      throw new Error(`${what} saw ${cost.pairs} changed pairs of ${sides.truth.changed}`);
    return { ...cost, wallMs };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
};

/**
 * What the diagnosis adds to a join that reads the values of all changed pairs, and to one that also tells the class of each pair, under
 * which rule its values are equal: `0.3` is 30 %.
 */
const added = async (sides: Sides, named: readonly string[], directory: string, root: string) => {
  const times = sides.rows > 1_000_000 ? roundsLarge : rounds;
  const [engine, classes, whole]: [Run[], Run[], Run[]] = [[], [], []];
  // Once before: the files are in the page cache for whoever comes first, too.
  await run('engine', sides, directory, root);
  for (let round = 0; round < times; round += 1) {
    engine.push(await run('engine', sides, directory, root));
    classes.push(await run('classes', sides, directory, root));
    whole.push(await run('whole', sides, directory, root));
  }
  const lost = named.filter((cause) => !whole.every(({ causes }) => causes.includes(cause)));
  if (lost.length > 0) throw new Error(`not named: ${lost.join(', ')}`);
  const share = (to: readonly Run[], of: (one: Run) => number): number =>
    median(whole.map((one, at) => of(one) / (to[at] ? of(to[at]) : Number.NaN))) - 1;
  const told = (of: (one: Run) => number): string =>
    `engine ${range(engine.map(of))}, with classes ${range(classes.map(of))}, whole ${range(whole.map(of))}`;
  return { engine, classes, whole, share, told };
};

/** All hypotheses on a million records a side (`large`: ten million as well), against the engine alone on the same files, each in a process of its own. */
export const syncDiagnosis = async (root: string, large: boolean): Promise<readonly Line[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bench-'));
  const lines: Line[] = [];
  try {
    const few = { shifted: false, limit: 0.3, named: ['sync.phone-format', 'sync.address-notation'] };
    const all = { shifted: true, limit: 1.5, named: ['sync.timezone-offset', 'sync.phone-format'] };
    const cases = [
      { what: '1M x 1M, 1 % differing', rows: 1_000_000, ...few },
      { what: '1M x 1M, every row differing', rows: 1_000_000, ...all },
      ...(large ? [{ what: '10M x 10M, 1 % differing', rows: 10_000_000, ...few }] : []),
    ];
    for (const { what, rows, shifted, limit, named } of cases) {
      const sides = writeSides(directory, rows, shifted);
      const { engine, classes, whole, share, told } = await added(sides, named, directory, root);
      rmSync(sides.left);
      rmSync(sides.right);
      const wall = (one: Run) => one.wallMs;
      const cpu = (one: Run) => one.cpuMs;
      const addedTo = (base: string, to: readonly Run[]): readonly Line[] => [
        {
          name: `sync: CPU time that the diagnosis adds, ${what} / ${base}`,
          value: share(to, cpu),
          limit,
          note: `${told(cpu)} ms`,
        },
        {
          name: `sync: wall time that the diagnosis adds, ${what} / ${base}`,
          value: share(to, wall),
          limit,
          note: `${told(wall)} ms`,
        },
      ];
      lines.push(...addedTo('engine alone', engine), ...addedTo('engine with the classes of all pairs', classes), {
        name: `sync: peak memory in MiB with the diagnosis, ${what}`,
        value: median(whole.map(({ peakMiB }) => peakMiB)),
        limit: 200,
        note: `${told(({ peakMiB }) => peakMiB)} MiB`,
      });
    }
    return lines;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
