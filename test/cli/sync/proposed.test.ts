import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Report } from '../../../src/model/report.ts';
import { commandLine, workplace } from '../command-line.ts';

const { directory, remove } = workplace();
afterAll(remove);

/** Two systems that each note their own time, `late` milliseconds apart. */
const file = (name: string, late: (at: number) => number): string => {
  const rows = Array.from({ length: 300 }, (_, at) => {
    const updated = new Date(Date.UTC(2026, 10, 1) + at * 3_600_000 + late(at)).toISOString();
    return `C-${1000 + at * 7},Customer ${at * 13},user${at}@example.jp,${updated}\n`;
  });
  writeFileSync(join(directory, name), `id,name,email,updated_at\n${rows.join('')}`);
  return name;
};

test('what the data proposes to count as equal is counted as equal', async () => {
  const words = ['sync', file('left.csv', () => 0), file('right.csv', (at) => 100 + (at % 800)), '--json'];
  const { out } = await commandLine(words, { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
  const { comparison } = JSON.parse(out) as Report;
  expect(comparison?.fields.map(({ left, role }) => `${left} ${role ?? ''}`.trim())).toContain('updated_at updated-at');
  expect(comparison).toMatchObject({ matched: 300, equal: 300, changed: 0 });
});

test('where the time runs out before the key is found, nothing is said of the key', async () => {
  const rows = Array.from({ length: 120_000 }, (_, at) => `${at},somebody of number ${at}\n`);
  writeFileSync(join(directory, 'large.csv'), `id,name\n${rows.join('')}`);
  const words = ['sync', 'large.csv', 'large.csv', '--json', '--timeout', '60ms'];
  const { out } = await commandLine(words, { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
  const { checks, exitCode } = JSON.parse(out) as Report;
  expect(exitCode).toBe(3);
  const unknown = checks.filter(({ status }) => status === 'unknown');
  expect(unknown.length).toBeGreaterThan(0);
  for (const { summary } of unknown) expect(summary).toContain('--timeout');
});
