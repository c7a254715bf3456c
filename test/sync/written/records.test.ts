import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRecords, type RecordFormat } from '../../../src/sync/written/records.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'crm-doctor-written-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const written = async (rows: readonly (readonly string[])[], format: RecordFormat = 'csv') => {
  const path = join(directory, `${format}.${rows.length}`);
  const file = await openRecords(path, ['id', 'name'], format);
  for (const row of rows) await file.write(row);
  expect(await file.close()).toBe(rows.length);
  return { text: await readFile(path, 'utf8'), mode: (await stat(path)).mode & 0o777 };
};

describe('records as CSV', () => {
  test.each([
    ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
    ['@SUM(1)', "'@SUM(1)"],
    ['＝1+1', "'＝1+1"],
    ['＠SUM(1)', "'＠SUM(1)"],
    ['+1+cmd', "'+1+cmd"],
    ['－1＋1', "'－1＋1"],
    ['+81 (3) 1234-5678', '+81 (3) 1234-5678'],
    ['＋８１－３', '＋８１－３'],
    ['-1200.50', '-1200.50'],
    ['a=b', 'a=b'],
    ['山田 ', '"山田 "'],
    ['山田　太郎', '山田　太郎'],
    ['a,b', '"a,b"'],
    ['two\nlines', '"two\nlines"'],
  ])('%j', async (value, cell) => {
    const { text } = await written([['1', value]]);
    expect(text).toBe(`\ufeffid,name\r\n1,${cell}\r\n`);
  });

  test('only this user may read it, and an earlier file is written over', async () => {
    await written([['1', 'x'.repeat(1000)]]);
    const { text, mode } = await written([['1', 'y']]);
    expect(text).toBe('\ufeffid,name\r\n1,y\r\n');
    expect(mode).toBe(0o600);
  });
});

test('JSON Lines hold the values as they are', async () => {
  const { text } = await written([['1', '=1+1'], ['2']], 'jsonl');
  expect(text).toBe('{"id":"1","name":"=1+1"}\n{"id":"2","name":""}\n');
});
