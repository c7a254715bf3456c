import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRunbook } from '../../src/runbook/runbook.ts';

// Node 20 cannot load TypeScript, so the children get the runbook as one built file.
const root = fileURLToPath(new URL('../../', import.meta.url));
let place = '';

const child = `
import { openRunbook } from './runbook.mjs';
const [directory, name, count] = process.argv.slice(2);
const runbook = openRunbook(directory);
for (let index = 0; index < Number(count); index += 1) {
  const saved = await runbook.append({ kind: 'note', text: name + ' ' + index, tags: ['x'.repeat(index * 37)] });
  if (saved.kind !== 'saved') { console.error(saved.text.en); process.exitCode = 1; }
}
`;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'runbook-processes-'));
  await promisify(execFile)(join(root, 'node_modules', '.bin', 'esbuild'), [
    join(root, 'src', 'runbook', 'runbook.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--log-level=error',
    `--outfile=${join(place, 'runbook.mjs')}`,
  ]);
  await writeFile(join(place, 'child.mjs'), child);
}, 30_000);
afterAll(() => rm(place, { recursive: true, force: true }));

const write = async (directory: string, name: string, count: number): Promise<number | null> => {
  const writer = spawn(process.execPath, [join(place, 'child.mjs'), directory, name, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(writer, 'exit')) as [number | null];
  return code;
};

describe('two processes at once', () => {
  test('two hundred records each are all there, whole, and in each one’s order', async () => {
    const directory = join(place, 'both');
    expect(await Promise.all([write(directory, 'a', 200), write(directory, 'b', 200)])).toEqual([0, 0]);
    const texts: string[] = [];
    const reading = openRunbook(directory).read();
    for await (const record of reading) if (record.kind === 'note') texts.push(record.text);
    expect(reading.broken).toBe(0);
    for (const name of ['a', 'b']) {
      expect(texts.filter((text) => text.startsWith(name))).toEqual(
        Array.from({ length: 200 }, (_, i) => `${name} ${i}`),
      );
    }
    expect(texts).toHaveLength(400);
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  }, 60_000);

  test('a torn line is repaired once, whoever comes first', async () => {
    const directory = join(place, 'torn');
    await openRunbook(directory).append({ kind: 'note', text: 'before' });
    await appendFile(join(directory, 'runbook.jsonl'), '{"at":"2026-');
    expect(await Promise.all([write(directory, 'a', 20), write(directory, 'b', 20)])).toEqual([0, 0]);
    const kinds: string[] = [];
    const reading = openRunbook(directory).read();
    for await (const { kind } of reading) kinds.push(kind);
    expect(kinds.filter((kind) => kind === 'note')).toHaveLength(41);
    expect(kinds.filter((kind) => kind === 'repaired')).toHaveLength(1);
    expect(reading.broken).toBe(1);
  }, 60_000);

  test('one that is killed in the middle leaves whole records and no lasting lock', async () => {
    const directory = join(place, 'killed');
    const writer = spawn(process.execPath, [join(place, 'child.mjs'), directory, 'a', '100000'], { stdio: 'ignore' });
    const file = join(directory, 'runbook.jsonl');
    const size = async () => (await readFile(file).catch(() => Buffer.alloc(0))).length;
    while ((await size()) < 5000) await new Promise((resolve) => setImmediate(resolve));
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const runbook = openRunbook(directory);
    expect(await runbook.append({ kind: 'note', text: 'after' })).toMatchObject({ kind: 'saved' });
    const texts: string[] = [];
    for await (const record of runbook.read()) if (record.kind === 'note') texts.push(record.text);
    expect(texts.at(-1)).toBe('after');
    expect(texts.slice(0, -1)).toEqual(texts.slice(0, -1).map((_, index) => `a ${index}`));
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  }, 60_000);
});
