import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { KeyRule } from '../../../src/model/sync/subject.ts';
import { longHash } from '../../../src/sync/duplicates/alone.ts';
import { readRecords } from '../../../src/sync/engine/read.ts';
import { type FormOfKeys, noKey } from '../../../src/sync/propose/key-hash.ts';
import { coarseForm, keyOfParts, ruledForm } from '../../../src/sync/propose/key-rules.ts';
import { walkFiles } from '../../../src/sync/propose/walking.ts';
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
};

/** Of every row, the hashes of its keys under all forms, and the parts as they are written. */
const walked = async (file: ReturnType<typeof fileOf>, fields: number, most = 1e9) => {
  const seen: { readonly row: number; readonly hash: number; readonly parts: readonly string[] }[][] = [];
  const asked = [[0], [1], [1, 0]].flatMap((positions) =>
    Object.values(forms).map((form) => {
      const own: (typeof seen)[number] = [];
      seen.push(own);
      return {
        positions,
        form,
        visit: (hash: number, row: number, parts: () => readonly string[]) => own.push({ row, hash, parts: parts() }),
      };
    }),
  );
  const end = await walkFiles([file], fields, asked, { signal, most });
  return { end, seen };
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
    if (at % 43 === 0) return `${pick().slice(0, 1)}too few${end}`;
    if (at % 47 === 0) return end;
    return `${[pick(), pick(), `"${'z'.repeat(at)}"`].map((one, field) => (field < 2 ? text(one) : one)).join(',')}${end}`;
  });
  const file = fileOf('id,name,note\n', lines.join(''));
  const { end, seen } = await walked(file, 3);
  const rows: (readonly string[])[] = [];
  for await (const batch of scannedRows([file], 3, signal)) if (batch.kind === 'rows') rows.push(...batch.rows);
  expect(end).toEqual({ rows: rows.length, whole: true });
  let at = 0;
  for (const positions of [[0], [1], [1, 0]])
    for (const form of Object.values(forms)) {
      const parts = rows.map((row) => positions.map((position) => row[position] ?? ''));
      expect(seen[at]?.map((one) => one.parts)).toEqual(parts);
      const hashes = parts.map((one) => {
        const key = keyOfParts(one, form.of);
        return key === undefined ? noKey : longHash(key);
      });
      expect(seen[at]?.map(({ hash }) => hash)).toEqual(hashes);
      at += 1;
    }
  const numbers = (seen[0] ?? []).map(({ row }) => row);
  expect(await readRecords([file], numbers, signal)).toEqual({ kind: 'records', records: rows });
});

test('the last record needs no line end, and a quote that is not closed costs its own line', async () => {
  const ids = async (body: string) => {
    const { end, seen } = await walked(fileOf('', body), 2);
    return [...(seen[0] ?? []).map(({ parts }) => parts[0]), end.whole];
  };
  expect(await ids('1,a\n2,b')).toEqual(['1', '2', true]);
  expect(await ids('1,a\n2,"b\n3,c\n4,d\n')).toEqual(['1', '3', '4', true]);
  expect(await ids('1,a\n2,"b"')).toEqual(['1', '2', true]);
  expect(await ids('')).toEqual([true]);
});

test('what comes after the bound is not looked at, which is said; nor is a file that is not there any more', async () => {
  const file = fileOf('', '1,a\n2,b\n3,c\n');
  expect((await walked(file, 2, 2)).end).toEqual({ rows: 2, whole: false });
  expect((await walked(file, 2, 3)).end).toEqual({ rows: 3, whole: true });
  const gone = await walked({ ...file, path: join(directory, 'gone.csv') }, 2);
  expect(gone.end).toMatchObject({ rows: 0, whole: false, failure: { kind: 'not-found' } });
  const changed = { ...file, stamp: { size: 1, mtimeMs: 1, ino: 1 } };
  expect((await walked(changed, 2)).end).toMatchObject({ whole: false, failure: { kind: 'changed' } });
});
