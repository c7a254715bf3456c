import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { DelimitedFile } from '../../../src/model/sync/source.ts';
import { eachChanged } from '../../../src/sync/engine/changed.ts';
import { compareFiles } from '../../../src/sync/engine/compare.ts';
import { pairsIn, placesIn } from '../../../src/sync/engine/places.ts';
import { readRecords } from '../../../src/sync/engine/read.ts';
import type { Compared, CompareSide, CompareSpec } from '../../../src/sync/engine/types.ts';
import { countedByMaps, lineOf, seeded } from './oracle.ts';

let directory = '';
const running = new AbortController().signal;
let made = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crm-doctor-engine-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const fileOf = (text: string | Uint8Array, from = 0): DelimitedFile => {
  made += 1;
  const path = join(directory, `side-${made}.csv`);
  writeFileSync(path, text);
  return { path, from, delimiter: 44, quote: 34 };
};

const sideOf = (files: readonly DelimitedFile[], fields = 3, key = [0], columns = [1, 2]): CompareSide => ({
  files,
  fields,
  key,
  columns,
});

const compare = async (
  left: CompareSide,
  right: CompareSide,
  options: Partial<CompareSpec> = {},
): Promise<Compared> => {
  made += 1;
  const temporary = join(directory, `temporary-${made}`);
  mkdirSync(temporary);
  const reply = await compareFiles(
    { left, right, directory: temporary, seed: 7, threads: 'inline', ...options },
    running,
  );
  if (reply.kind !== 'compared') throw new Error(JSON.stringify(reply));
  return reply;
};

const compareTexts = (left: string, right: string | Uint8Array, options: Partial<CompareSpec> = {}) =>
  compare(sideOf([fileOf(left)]), sideOf([fileOf(right)]), options);

const recordsOf = async (side: CompareSide, addresses: readonly number[], columns?: readonly number[]) => {
  const reply = await readRecords(side.files, addresses, running, columns);
  if (reply.kind !== 'records') throw new Error(JSON.stringify(reply));
  return reply.records;
};

const words = [
  '',
  'a',
  '佐藤 花子',
  '髙橋',
  'x,y',
  'say "hi"',
  'two\nlines',
  'cr\r\nlf',
  '"',
  '""',
  '🙂',
  '0123456789',
  'long '.repeat(30),
  ' b ',
];

describe('random tables against plain maps', () => {
  test.each(Array.from({ length: 40 }, (_, at) => at))('seed %i', async (seed) => {
    const random = seeded(seed);
    const pick = (): string => words[random(words.length)] ?? '';
    const rows = random(400);
    const keyOf = () => (seed % 2 === 0 ? String(random(500)) : `鍵-${random(500)}"${random(3)}`);
    const left = Array.from({ length: rows }, () => [keyOf(), pick(), pick(), pick()]);
    const right = Array.from({ length: rows }, () => [pick(), keyOf(), pick(), pick()]).concat(
      left.slice(0, rows / 2).map(([key = '', a = '', b = '', c = '']) => [c, key, random(3) === 0 ? pick() : a, b]),
    );
    const textOf = (table: readonly (readonly string[])[], header: string) =>
      `${header}${table.map((row) => lineOf(row, random(2) === 0 ? '\n' : '\r\n', random(3) === 0)).join('')}`;
    const header = 'id,"a ""b""\n",c,d\r\n';
    let text = textOf(right, header);
    if (seed % 3 === 0) text = text.replace(/\r?\n$/, '');
    const half = Math.floor(left.length / 2);
    const ours: CompareSide = {
      files: [
        fileOf(textOf(left.slice(0, half), header), Buffer.byteLength(header)),
        fileOf(textOf(left.slice(half), '')),
      ],
      fields: 4,
      key: [0],
      columns: [1, 2, 3],
    };
    const theirs: CompareSide = {
      files: [fileOf(text, Buffer.byteLength(header))],
      fields: 4,
      key: [1],
      columns: [2, 3, 0],
    };
    const result = await compare(ours, theirs, {
      windowBytes: 64 + random(4000),
      // Partitions are split again and again.
      ...(seed % 4 === 1 ? { crowdedBytes: 500 } : {}),
    });
    const expected = countedByMaps(left, right, [0], [1, 2, 3], [1], [2, 3, 0]);
    expect(result.counts).toEqual({ ...expected.counts, rejected: { left: 0, right: 0 } });
    expect(result.differing).toEqual(expected.differing);
    expect(result.besideRepeated).toEqual(expected.besideRepeated);

    const keysAt = async (side: CompareSide, places: readonly { address: number; rank: number }[]) =>
      (
        await recordsOf(
          side,
          places.map(({ address }) => address),
          side.key,
        )
      )
        .map((key) => JSON.stringify(key))
        .toSorted();
    expect(await keysAt(ours, placesIn(result.missing))).toEqual(expected.missingKeys);
    expect(await keysAt(theirs, placesIn(result.extra))).toEqual(expected.extraKeys);
    expect(
      await keysAt(
        ours,
        pairsIn(result.changed).map((pair) => pair.left),
      ),
    ).toEqual(expected.changedKeys);
    expect(
      await keysAt(
        theirs,
        pairsIn(result.changed).map((pair) => pair.right),
      ),
    ).toEqual(expected.changedKeys);
    // Ranks count the records of the side, address and rank lead to the same one.
    const places = [...pairsIn(result.present).map((pair) => pair.left), ...placesIn(result.missing)];
    expect(
      await recordsOf(
        ours,
        places.map(({ address }) => address),
      ),
    ).toEqual(places.map(({ rank }) => left[rank]));

    const pairsWith = async (needed?: readonly number[]) => {
      const all: { readonly left: readonly string[]; readonly right: readonly string[] }[] = [];
      const spec = {
        left: ours,
        right: theirs,
        directory,
        seed: 7,
        threads: 'inline' as const,
        windowBytes: 64 + random(900),
      };
      for await (const batch of eachChanged(result, spec, running, needed)) {
        if (batch.kind !== 'pairs') throw new Error(JSON.stringify(batch));
        all.push(...batch.pairs);
        const at = (side: number) => batch.pairs.map((_pair, index) => batch.places[2 * index + side] ?? -1);
        if (needed) continue;
        expect(await recordsOf(ours, at(0), ours.columns)).toEqual(batch.pairs.map((pair) => pair.left));
        expect(await recordsOf(theirs, at(1), theirs.columns)).toEqual(batch.pairs.map((pair) => pair.right));
      }
      return all;
    };
    const sorted = (pairs: readonly unknown[]) => pairs.map((pair) => JSON.stringify(pair)).toSorted();
    const changed = pairsIn(result.changed);
    const leftValues = await recordsOf(
      ours,
      changed.map((pair) => pair.left.address),
      ours.columns,
    );
    const rightValues = await recordsOf(
      theirs,
      changed.map((pair) => pair.right.address),
      theirs.columns,
    );
    const wanted = leftValues.map((one, at) => ({ left: one, right: rightValues[at] ?? [] }));
    expect(sorted(await pairsWith())).toEqual(sorted(wanted));
    // Where only column 1 is asked for, the others need not be told where they are equal.
    const bare = await pairsWith([1]);
    for (const { left: one, right: other } of bare) expect(one).not.toEqual(other);
    expect(bare.map((pair) => pair.left[1]).toSorted()).toEqual(wanted.map((pair) => pair.left[1]).toSorted());
    const pairs = bare.length;
    expect(pairs).toBe(expected.counts.changed);
  });
});

describe('keys', () => {
  test('parts of a composite key do not run into each other', async () => {
    const result = await compare(
      sideOf([fileOf('a,bc,1\nab,c,2\n')], 3, [0, 1], [2]),
      sideOf([fileOf('ab,c,2\n')], 3, [0, 1], [2]),
    );
    expect(result.counts).toMatchObject({ matched: 1, equal: 1, missing: 1 });
  });

  test('a key that is empty in all its parts is rejected, in one part it is not', async () => {
    const side = sideOf([fileOf('a,,1\n"",,2\n')], 3, [0, 1], [2]);
    const result = await compare(side, side);
    expect(result.counts).toMatchObject({ left: 1, equal: 1, rejected: { left: 1, right: 1 } });
    expect(result.rejected.left).toEqual([{ why: 'empty-key', row: 2, line: 2, byte: 5, shown: '"",,2' }]);
  });

  test('one field may be compared with several', async () => {
    const [left, right] = [fileOf('1,a,b\n2,c,c\n'), fileOf('1,a,a\n2,c,d\n')];
    const result = await compare(sideOf([left], 3, [0], [1, 1, 0]), sideOf([right], 3, [0], [1, 2, 0]));
    expect(result.counts).toMatchObject({ matched: 2, equal: 1, changed: 1 });
    expect(result.differing).toEqual([0, 1, 0]);
  });

  test('a part of the key that is compared with another field may differ', async () => {
    const [left, right] = [fileOf('a,b,x\n'), fileOf('b,a,x\n')];
    const result = await compare(sideOf([left], 3, [0, 1], [0, 1, 2]), sideOf([right], 3, [1, 0], [0, 1, 2]));
    expect(result.differing).toEqual([1, 1, 0]);
    expect(result.counts).toMatchObject({ matched: 1, changed: 1 });
  });

  test('repeated keys count as repeated and nothing else', async () => {
    const result = await compareTexts('1,a,b\n1,a,c\n2,a,b\n3,x,x\n', '1,a,b\n2,a,b\n2,a,b\n2,z,z\n3,x,x\n');
    expect(result.counts).toMatchObject({
      matched: 1,
      equal: 1,
      changed: 0,
      missing: 0,
      extra: 0,
      repeated: { left: { keys: 1, rows: 2 }, right: { keys: 1, rows: 3 } },
    });
    expect(result.besideRepeated).toEqual({ left: 1, right: 1 });
    expect(result.repeated.right.map((group) => group.map(({ rank }) => rank))).toEqual([[1, 2, 3]]);
  });
});

describe('a key that stands on very many rows', () => {
  const rowsOf = (hot: number, others: number, value: string): readonly (readonly string[])[] => {
    const every = Math.floor((hot + others) / Math.max(1, hot));
    return Array.from({ length: hot + others }, (_, at) =>
      at % every === 0 && at / every < hot ? ['N/A', value, String(at)] : [`k${at}`, 'a', String(at)],
    );
  };
  const textOf = (rows: readonly (readonly string[])[]): string => rows.map((row) => lineOf(row, '\n')).join('');

  test.each([
    ['on both sides', 30_000, 20_000],
    ['on one side', 0, 40_000],
    ['once against many', 1, 40_000],
  ])('%s: counts are exact, and the partition is split', async (_, hotLeft, hotRight) => {
    const [left, right] = [rowsOf(hotLeft, 9000, 'x'), rowsOf(hotRight, 48_000, 'y')];
    const expected = countedByMaps(left, right, [0], [1, 2]);
    const result = await compareTexts(textOf(left), textOf(right), { crowdedBytes: 40_000 });
    expect(result.counts).toEqual({ ...expected.counts, rejected: { left: 0, right: 0 } });
    expect(result.besideRepeated).toEqual(expected.besideRepeated);
    expect(result.differing).toEqual(expected.differing);
    const shown = result.repeated.right.find(([first]) => right[first?.rank ?? 0]?.[0] === 'N/A');
    expect(shown).toHaveLength(10);
    const records = await recordsOf(sideOf([fileOf(textOf(right))]), shown?.map(({ address }) => address) ?? []);
    expect(records).toEqual(shown?.map(({ rank }) => right[rank]));
    // Without splitting it is the same.
    const whole = await compareTexts(textOf(left), textOf(right));
    expect(whole.counts).toEqual(result.counts);
    expect(whole.repeated.left).toEqual(result.repeated.left);
  });
});

describe('records that are none', () => {
  const good = '1,a,b\n2,c,d\n3,e,f\n';

  test.each([
    ['too few fields', '1,a,b\n2,c\n3,e,f\n', [{ why: 'too-few-fields', line: 2, row: 2, byte: 6 }]],
    ['too many fields', '1,a,b\n2,c,d,e\n3,e,f\n', [{ why: 'too-many-fields', line: 2 }]],
    ['the last record is cut', '1,a,b\n3,e,f\n2,c', [{ why: 'too-few-fields', line: 3 }]],
    ['the last record is cut inside quotes', '1,a,b\n3,e,f\n2,"c', [{ why: 'unclosed-quote', line: 3 }]],
    ['text after a quote', '1,a,b\n2,"c"x,d\n3,e,f\n', [{ why: 'stray-quote', line: 2 }]],
    ['a quote that closes in a later record', '1,a,b\n2,"c,d\n3,e,f\n4,"x",y\n', [{ why: 'unclosed-quote', line: 2 }]],
    ['a quote that never closes', '1,a,b\n2,"c,d\n3,e,f\n', [{ why: 'unclosed-quote', line: 2 }]],
  ])('%s', async (_, text, rejected) => {
    const result = await compareTexts(good, text);
    expect(result.counts).toMatchObject({ equal: 2, missing: 1, rejected: { left: 0, right: 1 } });
    expect(result.rejected.right).toMatchObject(rejected);
  });

  test('a quote inside of a field, blank lines and a CR at the end are no fault', async () => {
    const result = await compareTexts('1,5" disk,b\n\n2,c,d\n', '1,"5"" disk",b\r\n\r\n\r\n2,c,"d"\r');
    expect(result.counts).toMatchObject({ equal: 2, changed: 0, rejected: { left: 0, right: 0 } });
  });

  test('a record above the limit is rejected and what follows is read', async () => {
    const long = 'x'.repeat(9000);
    const result = await compareTexts(good, `1,a,b\n2,${long},d\n3,e,f\n`, {
      windowBytes: 512,
      mostRecordBytes: 4096,
    });
    expect(result.counts).toMatchObject({ equal: 2, rejected: { right: 1 } });
    expect(result.rejected.right).toMatchObject([{ why: 'too-long', line: 2 }]);
  });

  test('a quote that is open for longer than a record may be', async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `${at + 10},e,f\n`).join('');
    const result = await compareTexts(`1,a,b\n${lines}`, `1,a,b\n2,"c,d\n${lines}`, {
      windowBytes: 512,
      mostRecordBytes: 4096,
    });
    expect(result.counts).toMatchObject({ equal: 2001, missing: 0, rejected: { right: 1 } });
    expect(result.rejected.right).toMatchObject([{ why: 'unclosed-quote', line: 2 }]);
  });

  test('the list of them is bounded, the count is not', async () => {
    const lines = 200_000;
    const bad = Buffer.from(`x\n1,"a"b,c\n2,${'\u00ff'},d\n`, 'latin1');
    const result = await compare(
      sideOf([fileOf(good)]),
      sideOf([fileOf(Buffer.concat(Array.from({ length: lines }, () => bad)))]),
    );
    expect(result.counts).toMatchObject({ right: 0, missing: 3, rejected: { right: 3 * lines } });
    expect(result.rejected.right).toHaveLength(100);
    expect(result.rejected.right.at(-1)).toMatchObject({ why: 'too-few-fields', row: 100, line: 100 });
  });

  test('no quoting where the file has none', async () => {
    const file = { ...fileOf('1,"a,b\n2,c,d"\n'), quote: 0 };
    const result = await compare(sideOf([file]), sideOf([file]));
    expect(result.counts).toMatchObject({ equal: 2, rejected: { left: 0, right: 0 } });
  });
});

describe('bytes that are no UTF-8', () => {
  const bytesOf = (...parts: readonly (string | readonly number[])[]): Buffer =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

  test.each([
    ['a byte of Shift_JIS', [0x8d, 0x82]],
    ['a character that is cut', [0xe9, 0xab]],
    ['a character in more bytes than it needs', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['beyond the last character', [0xf4, 0x90, 0x80, 0x80]],
    ['a byte that never occurs', [0xff]],
  ])('%s: the record is rejected with its place, the others are compared', async (_, bytes) => {
    const text = bytesOf('1,佐藤,b\n2,', bytes, ',d\n3,🙂,f\n');
    for (const windowBytes of [64, 1000]) {
      const result = await compare(sideOf([fileOf('1,佐藤,b\n2,髙,d\n3,🙂,f\n')]), sideOf([fileOf(text)]), {
        windowBytes,
      });
      expect(result.counts).toMatchObject({ equal: 2, missing: 1, rejected: { left: 0, right: 1 } });
      expect(result.rejected.right).toMatchObject([{ why: 'invalid-encoding', row: 2, line: 2, byte: 11 }]);
    }
  });

  test('a file that begins inside a character', async () => {
    const result = await compareTexts('1,a,b\n2,c,d\n', bytesOf([0xab, 0x98], '1,a,b\n2,c,d\n'));
    expect(result.counts).toMatchObject({ equal: 1, missing: 1, rejected: { left: 0, right: 1 } });
    expect(result.rejected.right).toMatchObject([{ why: 'invalid-encoding', row: 1, line: 1, byte: 0 }]);
  });

  test('a file that ends inside a character', async () => {
    const result = await compareTexts('1,a,b\n2,c,高', bytesOf('1,a,b\n2,c,', [0xe9, 0xab]));
    expect(result.counts).toMatchObject({ equal: 1, missing: 1, rejected: { left: 0, right: 1 } });
    expect(result.rejected.right).toMatchObject([{ why: 'invalid-encoding', line: 2 }]);
  });

  test('what a decoder takes is taken, what it refuses is rejected', async () => {
    const random = seeded(5);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const text = '佐藤🙂é\u0800\uffff\u{10ffff}x'.repeat(4);
    let refused = 0;
    const records = Array.from({ length: 4000 }, (_, at) => {
      const value = Buffer.from(text).subarray(0, random(90));
      if (value.length > 0 && random(2) === 0) value[random(value.length)] = 0x80 + random(128);
      const own = Buffer.from(value);
      try {
        decoder.decode(own);
      } catch {
        refused += 1;
      }
      return bytesOf(`${at},`, [...own], ',\n');
    });
    expect(refused).toBeGreaterThan(500);
    for (const windowBytes of [150, 1000, 100_000]) {
      const side = sideOf([fileOf(Buffer.concat(records))]);
      const result = await compare(side, side, { windowBytes });
      expect(result.counts).toMatchObject({ left: 4000 - refused, equal: 4000 - refused, rejected: { left: refused } });
      expect(new Set(result.rejected.left.map(({ why }) => why))).toEqual(new Set(['invalid-encoding']));
    }
  });
});

describe('what is outside', () => {
  test('a file that is not there is a failure of its side; the others are compared', async () => {
    const right = sideOf([{ ...fileOf(''), path: join(directory, 'absent.csv') }, fileOf('1,a,b\n')]);
    const result = await compare(sideOf([fileOf('1,a,b\n')]), right);
    expect(result.counts.equal).toBe(1);
    expect(result.failures).toEqual({ right: { kind: 'not-found', what: join(directory, 'absent.csv') } });
  });

  test('of records that are longer than usual fewer are sampled, and all are counted', async () => {
    const texts = Array.from({ length: 200 }, (_, at) => `${at},${'a'.repeat(90)},b\n`).join('');
    const side = sideOf([fileOf(texts)]);
    const sampled = async (sampleBytes: number) => {
      const { counts, present } = await compare(side, side, { sampleBytes });
      expect(counts.equal).toBe(200);
      return pairsIn(present).length;
    };
    expect(await sampled(1024 * 1024)).toBe(200);
    expect(await sampled(20_000)).toBe(Math.floor(20_000 / ((2 * texts.length) / 200)));
    expect(await sampled(1)).toBe(20);
  });

  test('a file that changed since its header was looked at is not read, nor are its records later', async () => {
    const file = fileOf('1,a,b\n');
    const { size, mtimeMs, ino } = statSync(file.path);
    const right = sideOf([fileOf('1,a,b\n')]);
    const same = { ...file, stamp: { size, mtimeMs, ino } };
    expect((await compare(sideOf([same]), right)).counts.equal).toBe(1);
    for (const other of [{ size: size + 6 }, { mtimeMs: mtimeMs - 1 }, { ino: ino + 1 }]) {
      const changed = { ...same, stamp: { ...same.stamp, ...other } };
      const result = await compare(sideOf([changed]), right);
      expect(result.failures).toEqual({ left: { kind: 'changed', what: file.path } });
      expect(result.counts.left).toBe(0);
      const read = await readRecords([changed], [changed.from], new AbortController().signal);
      expect(read).toEqual({ kind: 'failed', failure: { kind: 'changed', what: file.path } });
    }
  });

  test('a file that changes while it is read', async () => {
    const left = fileOf('1,a,b\n'.repeat(100_000));
    let touched = false;
    const result = await compare(sideOf([left]), sideOf([fileOf('1,a,b\n')]), {
      windowBytes: 4096,
      progress: () => {
        if (touched) return;
        touched = true;
        writeFileSync(left.path, '9,a,b\n', { flag: 'a' });
      },
    });
    expect(result.failures.left).toEqual({ kind: 'changed', what: left.path });
    expect(result.failures.right).toBeUndefined();
  });

  test('no place for temporary files', async () => {
    const side = sideOf([fileOf('1,a,b\n')]);
    const reply = await compareFiles(
      { left: side, right: side, directory: join(directory, 'nowhere'), seed: 1, threads: 'inline' },
      running,
    );
    expect(reply).toMatchObject({ kind: 'failed', failure: { kind: 'not-found' } });
  });

  test('it stops by its signal', async () => {
    const stop = new AbortController();
    const side = sideOf([fileOf('1,a,b\n'.repeat(10_000))]);
    const reply = await compareFiles(
      {
        left: side,
        right: side,
        directory,
        seed: 1,
        threads: 'inline',
        windowBytes: 512,
        progress: () => stop.abort(),
      },
      stop.signal,
    );
    expect(reply).toEqual({ kind: 'stopped' });
  });

  test('positions that are no fields are refused', async () => {
    const side = sideOf([fileOf('1,a,b\n')], 3, [0], [3]);
    expect(await compareFiles({ left: side, right: side, directory, seed: 1 }, running)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'refused' },
    });
  });
});

describe('samples', () => {
  const rows = Array.from({ length: 5000 }, (_, at) => `${at},a,${at}\n`);
  const left = rows.join('');
  const right = rows.map((row, at) => (at % 2 === 0 ? row.replace('a', 'b') : row)).join('');

  test('are bounded, spread, and the same at every run', async () => {
    const [one, two, other] = [
      await compareTexts(left, right, { sample: 200 }),
      await compareTexts(left, right, { sample: 200, windowBytes: 700 }),
      await compareTexts(left, right, { sample: 200, seed: 8 }),
    ];
    expect(one.counts.changed).toBe(2500);
    expect(pairsIn(one.changed)).toHaveLength(200);
    expect(two.changed).toEqual(one.changed);
    expect(other.changed).not.toEqual(one.changed);
    const early = pairsIn(one.changed).filter((pair) => pair.left.rank < 2500).length;
    expect(early).toBeGreaterThan(70);
    expect(early).toBeLessThan(130);
  });
});

test('worker threads give the same', async () => {
  await build({
    entryPoints: ['src/sync/engine/worker.ts'],
    outfile: join(directory, 'worker.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const worker = pathToFileURL(join(directory, 'worker.mjs'));
  const rows = Array.from({ length: 3000 }, (_, at) => `${at},a,${at % 7}\n`);
  const left = sideOf([fileOf(rows.join(''))]);
  const right = sideOf([fileOf(rows.slice(5).reverse().join('').replaceAll(',3\n', ',4\n'))]);
  const inline = await compare(left, right);
  const { ms: _, changedFiles, ...threaded } = await compare(left, right, { threads: 'workers', worker });
  const { ms: __, changedFiles: ___, ...same } = inline;
  expect(threaded).toEqual(same);
  expect(changedFiles.map((path) => readdirSync(join(path, '..')).length > 0)).toContain(true);
  const broken = await compareFiles(
    { left, right, directory, seed: 1, threads: 'workers', worker: pathToFileURL(join(directory, 'none.mjs')) },
    running,
  );
  expect(broken).toMatchObject({ kind: 'failed', failure: { kind: 'interrupted' } });
});
