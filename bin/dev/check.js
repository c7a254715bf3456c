// What is quick: format and lint, types, stale lists, dependency direction, unused code, and of the tests that start neither
// a server nor another process those that a change can break: all that import what is not yet upstream, else what the last
// commit changed; of those that try all causes on thousands of rows, the one that holds all of them. `npm test` runs
// everything.
// The independent steps run side by side; each prints only when it fails.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

const step = (name, command, args, env = {}) =>
  new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(`${output}\n`);
      resolve(code === 0);
    });
  });

const git = (...words) => {
  try {
    return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
};

/** Since when things are new; empty without git or history, and then everything is. */
const since = () => {
  const upstream = git('merge-base', 'HEAD', '@{upstream}');
  return upstream !== '' && upstream !== git('rev-parse', 'HEAD')
    ? upstream
    : git('rev-parse', '--verify', '--quiet', 'HEAD~1');
};

/** What starts servers or processes, and what takes seconds a file. */
const slow = [
  'test/(lab|world|cli|package|fixtures|crm)/',
  'test/sync/(databases|push-down|patch|propose|matrix)',
  'test/checks/sync/(more|rows|text|values)/',
  'test/(guide/(flows|demos)|texts/causes|report/(html-chromium|injection)|runbook/two-processes)',
];

const bin = (name) => `${root}node_modules/.bin/${name}`;

// Two at a time: the machines that this has to be quick on have two cores.
await step('build', process.execPath, ['bin/dev/build.js']);
const base = since();
const queue = [
  () =>
    step(
      'tests of what is new',
      process.execPath,
      [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--silent',
        '--testPathIgnorePatterns',
        ...slow,
        ...(base === '' ? [] : ['--passWithNoTests', `--changedSince=${base}`]),
      ],
      { NODE_NO_WARNINGS: '1' },
    ),
  // TypeScript 7 as a program: the same answers in a fifth of the time. What needs TypeScript as a library has version 6.
  () => step('types', process.execPath, ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.json']),
  () => step('format and lint', bin('biome'), ['check', '--config-path=.biome.json', '.']),
  () => step('generated lists', process.execPath, ['bin/dev/generate.js', '--check']),
  () =>
    step('dependency direction', bin('depcruise'), [
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'checks',
      'fixtures',
    ]),
  () => step('unused code', bin('knip'), ['--no-progress']),
];
let good = true;
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) good = (await next()) && good;
};
await Promise.all([worker(), worker()]);
process.exitCode = good ? 0 : 1;
