import { expect, test } from '@jest/globals';
import { isDatedFolder, mayBeBackup, seriesOf } from '../../src/reason/backup-names.ts';
import { fits, pathsLike } from '../../src/reason/file-glob.ts';

test.each([
  ['/b/crm-20261125.sql.gz', '/b/crm-20261126.sql.gz'],
  ['/b/crm-2026-11-25_02-00-01.zip', '/b/crm-2026-11-26_02-00-02.zip'],
  ['/b/crm_20261125T020000Z.dump', '/b/crm_20261126T020001Z.dump'],
  ['/b/crm.sql.gz', '/b/crm.sql.gz.1'],
  ['/b/crm.sql.2.gz', '/b/crm.sql.gz'],
  ['/b/crm-mon.sql.gz', '/b/crm-Tuesday.sql.gz'],
  ['/b/crm-3f2a9c1de8.sql', '/b/crm-77aa00bb11.sql'],
  ['/b/2026-11-25/crm.dump', '/b/2026-11-26/crm.dump'],
  ['/b/crm20261125.dump', '/b/crm20261126.dump'],
])('%s and %s follow each other', (one, other) => {
  expect(seriesOf(one)).toBe(seriesOf(other));
});

test.each([
  ['/b/crm-20261125.sql.gz', '/b/crm-monthly-20261125.sql.gz'],
  ['/b/db1-20261125.sql', '/b/db2-20261125.sql'],
  ['/b/crm-20261125.sql.gz', '/b/crm-20261125.tar.gz'],
  ['/b/monitor.sql', '/b/friend.sql'],
  ['/odoo16/2026-11-25.zip', '/odoo17/2026-11-25.zip'],
])('%s and %s do not', (one, other) => {
  expect(seriesOf(one)).not.toBe(seriesOf(other));
});

test.each([
  ['crm.zip', true],
  ['crm-20261125', true],
  ['crm.dump', true],
  ['crm.zip.sha256', false],
  ['SHA256SUMS', false],
  ['backup.log', false],
  ['crm.zip.part', false],
  ['README', false],
  ['.crm.zip', false],
])('%s may be a backup: %s', (name, may) => {
  expect(mayBeBackup(name)).toBe(may);
});

test('a folder of a day is told from a shelf', () => {
  expect(['2026-11-25', 'b_20261125', 'daily', 'old2'].map(isDatedFolder)).toEqual([true, true, false, false]);
});

test.each([
  ['mail.log', '*.log', true],
  ['mail.log', 'm?il.*', true],
  ['mail.log', '*.lo', false],
  ['mail.log', '*', true],
  ['', '*', true],
  ['', '?', false],
  ['a+b', 'a+b', true],
  ['aab', '*ab', true],
  [`${'a'.repeat(250)}`, `${'*a'.repeat(60)}b`, false],
])('%s fits %s: %s', (name, pattern, does) => {
  expect(fits(name, pattern)).toBe(does);
});

test('a pattern may stand in every part of a path', async () => {
  const tree: Readonly<Record<string, readonly string[]>> = {
    '/': ['b'],
    '/b': ['2026-11-25', '2026-11-26', '.old', 'x'],
    '/b/2026-11-25': ['a.gz', '.a.gz'],
    '/b/2026-11-26': ['b.gz', 'b.txt'],
  };
  const names = async (folder: string) => tree[folder] ?? [];
  expect(await pathsLike('/b/*-*/*.gz', names)).toEqual(['/b/2026-11-25/a.gz', '/b/2026-11-26/b.gz']);
  expect(await pathsLike('/b/*/.a.*', names)).toEqual(['/b/2026-11-25/.a.gz']);
  expect(await pathsLike('/?', names)).toEqual(['/b']);
  expect(await pathsLike('/b/x', names)).toEqual(['/b/x']);
});
