import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readVersionsFile } from '../../src/world/versions-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-versions-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const row = { product: 'exim', cycle: '4.99', source: 'https://example.net' };
const table = (rows: readonly unknown[], more = {}) =>
  JSON.stringify({ schema: 'crm-doctor/versions/v1', date: '2026-11-25', rows, ...more });

const read = (text: string) => {
  const file = join(directory, 'versions.json');
  writeFileSync(file, text);
  return readVersionsFile(file);
};

test('a table is read', async () => {
  const rows = [row, { ...row, endOfSupport: '2027-01-01', latest: '4.99.3', by: 'debian 14' }];
  expect(await read(`\ufeff${table(rows)}`)).toEqual({ schema: 'crm-doctor/versions/v1', date: '2026-11-25', rows });
});

test.each<[string, string, object]>([
  ['no JSON', '{', { code: 'JSON' }],
  ['no object', '7', { code: 'SCHEMA' }],
  ['another schema', table([], { schema: 'x' }), { code: 'SCHEMA' }],
  ['no date', table([], { date: 'today' }), { code: 'SCHEMA' }],
  ['a row without its product', table([row, { cycle: '1', source: 'x' }]), { code: 'ROW', row: 2 }],
  ['a date that is none', table([{ ...row, endOfSupport: 'soon' }]), { code: 'ROW', row: 1 }],
])('%s', async (_name, text, expected) => {
  await expect(read(text)).rejects.toMatchObject({ name: 'VersionsFileError', ...expected });
});

test('a file that is not there', async () => {
  await expect(readVersionsFile(join(directory, 'none.json'))).rejects.toMatchObject({ code: 'ENOENT' });
});
