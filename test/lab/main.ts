import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { LabCase } from './case.ts';
import { failedResult, missingServer, type NamedCase, notRunResult, type Result, runCase } from './run-case.ts';
import { mismatchText, scoreOf, scoreText } from './score.ts';
import { type Lab, startLab } from './site.ts';
import { ensureTools } from './tools.ts';

/** Every case below test/lab/cases, by AREA/NAME; `root` is the repository. */
export const loadCases = async (root: string): Promise<readonly NamedCase[]> => {
  const dir = path.join(root, 'test/lab/cases');
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.case.ts'));
  const cases: NamedCase[] = [];
  // One after another: Jest's module cache does not take several at once that share a module.
  for (const file of files.sort()) {
    const [area = '', name = ''] = file.slice(0, -'.case.ts'.length).split(path.sep);
    const module: { readonly default: LabCase } = await import(`./cases/${area}/${name}.case.ts`);
    cases.push({ name: `${area}/${name}`, labCase: module.default });
  }
  return cases;
};

const globPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replaceAll(/[.+^$()|[\]\\{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );

export const matching = (cases: readonly NamedCase[], globs: readonly string[]): readonly NamedCase[] =>
  globs.length === 0
    ? cases
    : cases.filter(({ name }) =>
        globs.some((glob) => globPattern(glob).test(name) || globPattern(`*/${glob}`).test(name)),
      );

// Most cases wait for a time-out more than they compute, so more of them run than there are cores.
export const defaultJobs = Math.max(2, Math.min(6, os.availableParallelism() + 2));

/** Runs the cases, some at a time; each result arrives at its own promise. */
export const startCases = (
  lab: Lab,
  cases: readonly NamedCase[],
  jobs: number,
): ReadonlyMap<string, Promise<Result>> => {
  const results = new Map<string, Promise<Result>>();
  const waiting: (() => Promise<void>)[] = [];
  const slowFirst = [...cases].sort((a, b) => Number(b.labCase.slow ?? false) - Number(a.labCase.slow ?? false));
  for (const named of slowFirst) {
    results.set(
      named.name,
      new Promise((resolve) => {
        waiting.push(async () => {
          const started = Date.now();
          const missing = missingServer(named);
          if (missing !== undefined) {
            resolve(notRunResult(named, missing));
            return;
          }
          resolve(
            await runCase(lab, named).catch((error: unknown) => failedResult(named, error, Date.now() - started)),
          );
        });
      }),
    );
  }
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  for (let n = 0; n < jobs; n++) void worker();
  return results;
};

/** The command line of `bin/dev/lab.js`; returns the exit code. */
export const cli = async (args: readonly string[], root: string): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      selection: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      jobs: { type: 'string', default: String(defaultJobs) },
      keep: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const all = matching(await loadCases(root), values.only);
  const cases = values.selection ? all.filter(({ labCase }) => labCase.selection) : all;
  if (values.list) {
    for (const { name, labCase } of cases) {
      console.log(`${name.padEnd(44)}${(labCase.causes.join(' ') || 'healthy').padEnd(34)}${labCase.title}`);
    }
    return 0;
  }
  const reason = ensureTools();
  if (reason !== undefined) {
    console.error(`The lab cannot run here: ${reason}.`);
    return 3;
  }
  const started = Date.now();
  const lab = await startLab(root, { keep: values.keep });
  try {
    const results: Result[] = [];
    const running = startCases(lab, cases, Number(values.jobs));
    await Promise.all(
      [...running.values()].map(async (promise) => {
        const result = await promise;
        results.push(result);
        const mark = result.mismatches.length > 0 ? 'OFF ' : result.notRun === undefined ? 'ok  ' : 'not ';
        const times = `${(result.ms / 1000).toFixed(1)} s, doctor ${(result.doctorMs / 1000).toFixed(1)} s`;
        const kept = result.notRun ?? (values.keep ? result.dir : '');
        console.log(`${mark} ${result.name.padEnd(44)} ${times}  ${kept}`.trimEnd());
      }),
    );
    results.sort((a, b) => (a.name < b.name ? -1 : 1));
    const score = scoreOf(results);
    const wallMs = Date.now() - started;
    console.log(`\n${scoreText(score, wallMs)}`);
    if (score.off > 0) console.log(`\n${mismatchText(results)}`);
    if (values.json) {
      const plain = results.map(({ labCase, ...rest }) => ({ ...rest, title: labCase.title, causes: labCase.causes }));
      writeFileSync(values.json, `${JSON.stringify({ score, wallMs, results: plain }, null, 2)}\n`);
    }
    return score.off > 0 ? 1 : 0;
  } finally {
    lab.stop();
  }
};
