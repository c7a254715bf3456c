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

test('where no key is found nothing is written, and what to do is said', async () => {
  const table = (name: string, from: number) => {
    const rows = Array.from({ length: 60 }, (_, at) => `${from + at * 7},${at % 3}\n`);
    writeFileSync(join(directory, name), `id,kind\n${rows.join('')}`);
    return name;
  };
  const words = ['init', 'sync', table('one.csv', 1000), table('two.csv', 5000), '--output', 'none.yaml'];
  const { code, out } = await commandLine(words, { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
  expect({ code, out }).toEqual({ code: 3, out: expect.stringMatching(/Nothing was written.*--key LEFT=RIGHT/s) });
  expect(readdirSync(directory)).not.toContain('none.yaml');
});

test('the next command names a configuration that is not found by itself, and all that the comparison takes', async () => {
  const at = { cwd: directory, env: { LANG: 'en_US.UTF-8' } };
  const [left, right] = [file('a.csv', () => 0), file('b.csv', (row) => (row % 2 === 0 ? 86_400_000 : 0))];
  const { out } = await commandLine(['init', 'sync', left, right, '--output', 'my own.yaml'], at);
  expect(out.replace(/\s+/g, ' ')).toContain("then: crm-doctor sync --config 'my own.yaml'");
  const verify = async (...words: string[]) => {
    const run = await commandLine(['sync', ...words, '--json', '--skip', 'sync.duplicates'], at);
    return (JSON.parse(run.out) as Report).diagnoses[0]?.verify;
  };
  expect(await verify('--config', 'my own.yaml')).toBe("crm-doctor sync --config 'my own.yaml'");
  writeFileSync(join(directory, 'job.log'), '');
  const flags = ['--key', 'id', '--last-sync', '2026-11-20T03:00:00Z', '--interval', '15m', '--log', 'job.log'];
  expect(await verify(left, right, ...flags)).toBe(`crm-doctor sync ${left} ${right} ${flags.join(' ')}`);
});
