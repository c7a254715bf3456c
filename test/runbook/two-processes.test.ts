import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
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

// Writes the first half of its record, and is killed before the second.
const dying = `
import { openRunbook, realFiles } from './runbook.mjs';
const files = {
  ...realFiles,
  open: async (path, flags, mode) => {
    const file = await realFiles.open(path, flags, mode);
    if (!path.endsWith('.jsonl')) return file;
    file.write = async (bytes) => {
      const { writeSync } = await import('node:fs');
      writeSync(file.fd, bytes, 0, bytes.length >> 1);
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    };
    return file;
  },
};
await openRunbook(process.argv[2], { files }).append({ kind: 'note', text: 'never whole' });
`;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'runbook-processes-'));
  const [runbook, files] = ['runbook.ts', 'files.ts'].map((name) => join(root, 'src', 'runbook', name));
  await writeFile(
    join(place, 'entry.ts'),
    `export { openRunbook } from '${runbook}';\nexport { realFiles } from '${files}';\n`,
  );
  await promisify(execFile)(join(root, 'node_modules', '.bin', 'esbuild'), [
    join(place, 'entry.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--log-level=error',
    `--outfile=${join(place, 'runbook.mjs')}`,
  ]);
  await writeFile(join(place, 'child.mjs'), child);
  await writeFile(join(place, 'dying.mjs'), dying);
}, 30_000);
afterAll(() => rm(place, { recursive: true, force: true }));

const write = async (directory: string, name: string, count: number): Promise<number | null> => {
  const writer = spawn(process.execPath, [join(place, 'child.mjs'), directory, name, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(writer, 'exit')) as [number | null];
  return code;
};

const names = ['a', 'b', 'c', 'd'] as const;

describe('several processes at once', () => {
  test('two hundred records of each of four are all there, whole, and in each one’s order', async () => {
    const directory = join(place, 'both');
    expect(await Promise.all(names.map((name) => write(directory, name, 200)))).toEqual([0, 0, 0, 0]);
    const texts: string[] = [];
    const reading = openRunbook(directory).read();
    for await (const record of reading) if (record.kind === 'note') texts.push(record.text);
    expect(reading.broken).toBe(0);
    for (const name of names) {
      expect(texts.filter((text) => text.startsWith(name))).toEqual(
        Array.from({ length: 200 }, (_, i) => `${name} ${i}`),
      );
    }
    expect(texts).toHaveLength(800);
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

  test('a lock that a killed process left is taken over, by whoever comes first, and all records are there', async () => {
    const directory = join(place, 'stale');
    await openRunbook(directory).append({ kind: 'note', text: 'before' });
    await symlink(`4194305 ${hostname()}`, join(directory, 'runbook.jsonl.lock'));
    expect(await Promise.all(names.map((name) => write(directory, name, 25)))).toEqual([0, 0, 0, 0]);
    let notes = 0;
    const reading = openRunbook(directory).read();
    for await (const { kind } of reading) if (kind === 'note') notes += 1;
    expect({ notes, broken: reading.broken }).toEqual({ notes: 101, broken: 0 });
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
  }, 60_000);

  test('one that dies with half a record on the disk: the next one ends the line, says so, and loses nothing', async () => {
    const directory = join(place, 'half');
    await openRunbook(directory).append({ kind: 'note', text: 'before' });
    const dying = spawn(process.execPath, [join(place, 'dying.mjs'), directory], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(dying, 'exit')).toEqual([null, 'SIGKILL']);
    const file = join(directory, 'runbook.jsonl');
    const torn = await readFile(file, 'utf8');
    expect(torn).toMatch(/\n\{"at":[^\n]*$/);
    expect(await readdir(directory)).toContain('runbook.jsonl.lock');
    const runbook = openRunbook(directory);
    expect(await runbook.append({ kind: 'note', text: 'after' })).toMatchObject({ kind: 'saved' });
    expect((await readFile(file, 'utf8')).startsWith(`${torn}\n`)).toBe(true);
    const kinds: string[] = [];
    const reading = runbook.read();
    for await (const record of reading) kinds.push(record.kind === 'note' ? record.text : record.kind);
    expect({ kinds, broken: reading.broken }).toEqual({ kinds: ['before', 'repaired', 'after'], broken: 1 });
    expect(await readdir(directory)).toEqual(['runbook.jsonl']);
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
