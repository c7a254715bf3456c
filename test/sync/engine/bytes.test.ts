import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compareFiles } from '../../../src/sync/engine/compare.ts';

const lengths = Array.from({ length: 70 }, (_, length) => length);

/** Both sides of every pair of values, as columns and as keys of two parts. */
const compared = async (pairs: readonly (readonly [left: string, right: string])[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-bytes-'));
  try {
    const sideOf = (name: string, at: 0 | 1, key: readonly number[], columns: readonly number[]) => {
      const path = join(directory, name);
      writeFileSync(path, pairs.map((pair, row) => `${row},${pair[at]}\n`).join(''));
      return { files: [{ path, from: 0, delimiter: 44, quote: 34 }], fields: 2, key, columns };
    };
    const compare = async (key: readonly number[], columns: readonly number[]) => {
      const temporary = join(directory, `temporary-${key.length}`);
      mkdirSync(temporary);
      const [left, right] = [sideOf('left', 0, key, columns), sideOf('right', 1, key, columns)];
      const spec = { left, right, directory: temporary, seed: 3, threads: 'inline' as const };
      const reply = await compareFiles(spec, new AbortController().signal);
      if (reply.kind !== 'compared') throw new Error(JSON.stringify(reply));
      return reply.counts;
    };
    const { changed, matched } = await compare([0], [1]);
    const { missing, extra } = await compare([0, 1], []);
    return { matched, changed, missing, extra };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

test('every byte of a value counts, and how many there are', async () => {
  const pairs = lengths.flatMap((length) => {
    const value = Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26))).join('');
    const changed = [...value].map((_, at): readonly [string, string] => [
      value,
      `${value.slice(0, at)}_${value.slice(at + 1)}`,
    ]);
    return [...changed, [value, `${value}\0`] as const, [value, `${value}a`] as const];
  });
  const all = pairs.length;
  expect(await compared(pairs)).toEqual({ matched: all, changed: all, missing: all, extra: all });
});

test('what stands behind a value does not count', async () => {
  const pairs = lengths.map((length) => ['x'.repeat(length), `"${'x'.repeat(length)}"`] as const);
  expect(await compared(pairs)).toEqual({ matched: lengths.length, changed: 0, missing: 0, extra: 0 });
});
