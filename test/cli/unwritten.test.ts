import { expect, test } from '@jest/globals';
import { diskWords, whyUnwritten } from '../../src/cli/unwritten.ts';

const failure = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: what the disk says`), { code, ...(path === undefined ? {} : { path }) });

test.each([
  ['ENOENT', '/nowhere/o.html', '/nowhere/o.html: there is no such folder', '/nowhere/o.html: フォルダーがありません'],
  ['ENOSPC', undefined, 'the disk is full', 'ディスクの空き容量がありません'],
  ['EIO', '/o.html', 'EIO: what the disk says', 'EIO: what the disk says'],
  ['EACCES', '/a\u001b[31m', '/a\\x1b[31m: no permission to write there', '/a\\x1b[31m: 書き込む権限がありません'],
])('%s of %s is told in the language of the reader, with its place', (code, path, en, ja) => {
  expect(whyUnwritten(failure(code, path))).toEqual({ en, ja });
});

test('without the place where the sentence has another one', () => {
  expect(diskWords(failure('EROFS', '/tmp/.x.tmp')).en).toBe('the file system is read-only');
});
