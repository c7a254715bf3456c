import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

test('a type that the data proposes is nothing that anybody asks of the records', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => `K${at * 7},Customer ${at},${at % 30 === 0 ? 'n/a' : at * 11}\n`);
  for (const name of ['points.csv', 'other-points.csv'])
    writeFileSync(join(directory, name), `id,name,points\n${rows.join('')}`);
  const words = ['sync', 'points.csv', 'other-points.csv', '--json'];
  const { out } = await commandLine(words, { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
  const { checks } = JSON.parse(out) as Report;
  expect(checks.find(({ target }) => target === 'key')?.summary).toContain('2 columns belong together');
  expect(checks.find(({ id }) => id === 'sync.schema')).toMatchObject({ status: 'pass' });
});

// Where the time runs out depends on the machine: before, in the middle and behind what is read for the key.
test.each(['100ms', '200ms'])('where the time runs out after %s, nothing is said of the key', async (most) => {
  const rows = Array.from({ length: 200_000 }, (_, at) => `${at},somebody of number ${at}\n`);
  writeFileSync(join(directory, 'large.csv'), `id,name\n${rows.join('')}`);
  const words = ['sync', 'large.csv', 'large.csv', '--json', '--timeout', most];
  const { out } = await commandLine(words, { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
  const { checks, exitCode } = JSON.parse(out) as Report;
  expect(exitCode).toBe(3);
  const unknown = checks.filter(({ status }) => status === 'unknown');
  expect(unknown.length).toBeGreaterThan(0);
  for (const { summary } of unknown) expect(summary).toContain('--timeout');
});

test('a side that ends in the middle is the reason why there is no key, and no configuration is made of it', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `${randomBytes(4).toString('hex')},${at % 3}\n`);
  const packed = gzipSync(`code,kind\n${rows.join('')}${rows.join('')}`);
  writeFileSync(join(directory, 'half.csv.gz'), packed.subarray(0, packed.length - 1000));
  const at = { cwd: directory, env: { LANG: 'en_US.UTF-8' } };
  const { out } = await commandLine(['sync', 'half.csv.gz', 'half.csv.gz', '--json'], at);
  const { checks } = JSON.parse(out) as Report;
  expect(checks.find(({ target }) => target === 'key')?.summary).toContain('the packed data ends in the middle');
  const { code, err } = await commandLine(['init', 'sync', 'half.csv.gz', 'half.csv.gz'], at);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('the packed data ends in the middle') });
  expect(readdirSync(directory)).not.toContain('crm-doctor.yaml');
});
