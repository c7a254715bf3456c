import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';

let directory = '';
// Bytes that still find room.
let room = Number.POSITIVE_INFINITY;

jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  writeSync: (descriptor: number, bytes: Uint8Array, from = 0, length = bytes.length - from, position?: number) => {
    if (room <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    // What a full disk does: it takes the first part, then nothing.
    const written = fs.writeSync(descriptor, bytes, from, Math.min(length, room), position);
    room -= written;
    return written;
  },
}));
const { compareFiles } = await import('../../../src/sync/engine/compare.ts');
const { eachChanged } = await import('../../../src/sync/engine/changed.ts');

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'crm-doctor-full-'));
  room = Number.POSITIVE_INFINITY;
});
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true });
});

const running = new AbortController().signal;

const specOf = () => {
  const sideOf = (name: string, value: string) => {
    const path = join(directory, name);
    fs.writeFileSync(path, Array.from({ length: 2000 }, (_, at) => `k${at},${value}\n`).join(''));
    return { files: [{ path, from: 0, delimiter: 44, quote: 34 }], fields: 2, key: [0], columns: [1] };
  };
  return { left: sideOf('l', 'a'), right: sideOf('r', 'b'), directory, seed: 1, threads: 'inline' as const };
};

test.each([
  ['nothing fits', 0],
  ['the first side fits', 64_500],
  // 2000 rows of 32 bytes a side.
  ['the partitions fit, the list of changed pairs does not', 128_000],
])('%s: a clear failure', async (_, bytes) => {
  const spec = specOf();
  room = bytes;
  expect(await compareFiles(spec, running)).toMatchObject({ kind: 'failed', failure: { kind: 'disk-full' } });
});

test('the values of the changed pairs find no room', async () => {
  const spec = specOf();
  room = 180_000;
  const reply = await compareFiles(spec, running);
  if (reply.kind !== 'compared') throw new Error(JSON.stringify(reply));
  expect(reply.counts.changed).toBe(2000);
  const batches: unknown[] = [];
  for await (const batch of eachChanged(reply, spec, running)) batches.push(batch);
  expect(batches).toMatchObject([{ kind: 'failed', failure: { kind: 'disk-full' } }]);
  expect(fs.readdirSync(directory).filter((name) => /picked|partitions/.test(name))).toEqual([]);
});
