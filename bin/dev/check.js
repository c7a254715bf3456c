// What is quick: format and lint, types, stale lists, dependency direction, unused code, and the tests that start neither a
// server nor another process, without the large tables of the workflow formats. `npm test` runs the rest as well.
// The independent steps run side by side; each prints only when it fails.
import { spawn } from 'node:child_process';
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

const bin = (name) => `${root}node_modules/.bin/${name}`;

// Two at a time: the machines that this has to be quick on have two cores.
await step('build', process.execPath, ['bin/dev/build.js']);
const queue = [
  () =>
    step(
      'tests without servers',
      process.execPath,
      [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--silent',
        '--testPathIgnorePatterns',
        // The examples of the rules stay: they are what a change of a rule breaks first.
        'test/(lab|world|cli|package|fixtures|workflow|checks/workflow/(?!examples))/?',
      ],
      { NODE_NO_WARNINGS: '1' },
    ),
  () => step('types', bin('tsc'), ['-p', 'tsconfig.json']),
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
