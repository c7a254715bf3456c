import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { KeyRule } from '../../../src/model/sync/subject.ts';
import { askKeys } from '../../../src/sync/engine/ask.ts';
import { readRecords } from '../../../src/sync/engine/read.ts';
import { type FormOfKeys, hashOfParts, noKey } from '../../../src/sync/propose/key-hash.ts';
import { coarseForm, ruledForm } from '../../../src/sync/propose/key-rules.ts';
import { scannedRows } from '../../../src/sync/spooled-rows.ts';
import { seeded } from '../support/view.ts';

const directory = mkdtempSync(join(tmpdir(), 'walking-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const { signal } = new AbortController();

const fileOf = (header: string, body: string) => {
  const path = join(directory, 'side.csv');
  writeFileSync(path, header + body);
  const from = Buffer.byteLength(header);
  return { path, from, ...(header === '' ? {} : { header: 0 }), delimiter: 0x2c, quote: 0x22 };
};

const lower: readonly KeyRule[] = ['lower'];
const forms: Readonly<Record<string, FormOfKeys>> = {
  text: coarseForm('text'),
  digits: coarseForm('digits'),
  plain: ruledForm([]),
  lower: ruledForm(lower),
  digitsOnly: ruledForm(['digits']),
};

/** Of every row that has one, the hashes of its keys under all forms; of the first key, the addresses of the rows as well. */
const asked = async (file: ReturnType<typeof fileOf>, fields: number, most = 1e9) => {
  const seen: number[][] = [];
  const addresses: number[] = [];
  const keys = [[0], [1], [1, 0]].flatMap((positions) =>
    Object.values(forms).map((form) => {
      const own: number[] = [];
      seen.push(own);
      return {
        positions,
        form: form.plain,
        ofText: (parts: readonly string[]) => hashOfParts(parts, form),
        take: (hashes: Float64Array) => own.push(...hashes),
      };
    }),
  );
  const all = {
    positions: Array.from({ length: fields }, (_, at) => at),
    form: 'as-is' as const,
    // Rows are told apart by their places, whatever is in them.
    ofText: () => 1,
    wanted: { below: () => Number.POSITIVE_INFINITY },
    take: (hashes: Float64Array) => addresses.push(...hashes.filter((_, at) => at % 2 === 1)),
  };
  const { blank, ...end } = await askKeys([file], fields, [...keys, all], { signal, most });
  return { end, seen, blank, addresses: addresses.toSorted((a, b) => a - b) };
};

const values = [
  '1',
  '0',
  '00',
  '007',
  'C-0012',
  ' c12 ',
  'a b',
  'User@Example.co.jp',
  '003A000000abcDE',
  '003A000000abcDEIAY',
  '',
  'say ""hi""',
  'line\nbreak',
  'a,b',
  '顧客12',
  'ＡＢ１',
  'é',
  '---',
  'x'.repeat(200),
  'y'.repeat(201),
  '漢'.repeat(150),
  'tab\t1',
  '\u007f9',
  '"',
  '99999999999999999999',
]; // prettier-ignore

const text = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

test('the keys of a file are those of its records, whatever stands in them', async () => {
  const random = seeded(3);
  const pick = (): string => values[Math.floor(random() * values.length)] ?? '';
  const lines = Array.from({ length: 400 }, (_, at) => {
    const end = at % 3 === 0 ? '\r\n' : '\n';
    if (at % 41 === 0) return `id,name,note${end}`;
    if (at % 43 === 0) return `too few${end}`;
    if (at % 47 === 0) return end;
    return `${[pick(), pick(), `"${'z'.repeat(at)}"`].map((one, field) => (field < 2 ? text(one) : one)).join(',')}${end}`;
  });
  const file = fileOf('id,name,note\n', lines.join(''));
  const { end, seen, blank, addresses } = await asked(file, 3);
  const rows: (readonly string[])[] = [];
  for await (const batch of scannedRows([file], 3, signal)) if (batch.kind === 'rows') rows.push(...batch.rows);
  expect(end).toEqual({ rows: rows.length, whole: true });
  let at = 0;
  for (const positions of [[0], [1], [1, 0]])
    for (const form of Object.values(forms)) {
      const parts = rows.map((row) => positions.map((position) => row[position] ?? ''));
      const hashes = parts.map((one) => hashOfParts(one, form));
      const own = hashes.filter((hash) => hash !== noKey);
      // What is read as text comes before what waits in a buffer.
      expect(seen[at]?.toSorted((a, b) => a - b)).toEqual(own.toSorted((a, b) => a - b));
      expect(blank[at]).toBe(hashes.length - own.length);
      at += 1;
    }
  expect(await readRecords([file], addresses, signal)).toEqual({ kind: 'records', records: rows });
});

test('only hashes that are wanted are handed over: below a bound, or among those of the other side', async () => {
  const file = fileOf('', Array.from({ length: 5_000 }, (_, at) => `k${at},${at}\n`).join(''));
  const all = (await asked(file, 2)).seen[0] ?? [];
  const bound = all.toSorted((a, b) => a - b)[500] ?? 0;
  const also = new Set(all.filter((_, at) => at % 250 === 3));
  const taken: number[] = [];
  const [form] = Object.values(forms);
  const key = {
    positions: [0],
    form: 'text' as const,
    ofText: (parts: readonly string[]) => (form ? hashOfParts(parts, form) : noKey),
    wanted: { below: () => bound, also },
    take: (hashes: Float64Array) => taken.push(...hashes.filter((_, at) => at % 2 === 0)),
  };
  await askKeys([file], 2, [key], { signal, most: 1e9 });
  const wanted = all.filter((hash) => hash < bound || also.has(hash));
  // A mark may be that of another hash, which costs a look-up.
  const more = taken.filter((hash) => !wanted.includes(hash));
  expect(taken.filter((hash) => wanted.includes(hash))).toEqual(wanted);
  expect(more.length).toBeLessThan(400);
});

test('the last record needs no line end, and a quote that is not closed costs its own line', async () => {
  const ids = async (body: string) => {
    const file = fileOf('', body);
    const { end, addresses } = await asked(file, 2);
    const read = await readRecords([file], addresses, signal, [0]);
    return [...(read.kind === 'records' ? read.records.flat() : []), end.whole];
  };
  expect(await ids('1,a\n2,b')).toEqual(['1', '2', true]);
  expect(await ids('1,a\n2,"b\n3,c\n4,d\n')).toEqual(['1', '3', '4', true]);
  expect(await ids('1,a\n2,"b"')).toEqual(['1', '2', true]);
  expect(await ids('')).toEqual([true]);
  // Of long lines only the wanted field is taken apart.
  expect(await ids(`"1,""a",${'x'.repeat(5_000)}\n2,"${'y'.repeat(5_000)}\nz"\n3,c`)).toEqual(['1,"a', '2', '3', true]);
});

test('what comes after the bound is not looked at, which is said; nor is a file that is not there any more', async () => {
  const file = fileOf('', '1,a\n2,b\n3,c\n');
  expect((await asked(file, 2, 2)).end).toEqual({ rows: 2, whole: false });
  expect((await asked(file, 2, 3)).end).toEqual({ rows: 3, whole: true });
  const gone = await asked({ ...file, path: join(directory, 'gone.csv') }, 2);
  expect(gone.end).toMatchObject({ rows: 0, whole: false, failure: { kind: 'not-found' } });
  const changed = { ...file, stamp: { size: 1, mtimeMs: 1, ino: 1 } };
  expect((await asked(changed, 2)).end).toMatchObject({ whole: false, failure: { kind: 'changed' } });
});
