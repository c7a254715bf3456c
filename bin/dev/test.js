// The whole test suite with the lab's fixed selection; ends in one plain line that any CI can read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-test-'));
const result = join(directory, 'result.json');
try {
  spawnSync(process.execPath, ['bin/dev/build.js'], { cwd: root, stdio: 'inherit' });
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${result}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(
    readFileSync(result, 'utf8'),
  );
  for (const suite of testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === 'pending') process.stdout.write(`skipped: ${test.fullName}\n`);
    }
  }
  // A suite that cannot even be loaded has no tests that could fail.
  const broken = Math.max(
    0,
    numFailedTestSuites -
      testResults.filter((suite) => suite.assertionResults.some((test) => test.status === 'failed')).length,
  );
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests + broken} failed, ${numPendingTests} skipped\n`);
  process.exitCode = status ?? 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
