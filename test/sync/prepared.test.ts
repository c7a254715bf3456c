import { expect, test } from '@jest/globals';
import { ofSource } from '../../src/sync/prepared.ts';

const refused = [{ why: 'empty-key', row: 2, line: 3, byte: 17, shown: ',b' }] as const;
const file = { path: 'a.csv', from: 3, delimiter: 44, quote: 34 };
const users = { ...file, stamp: { size: 1, mtimeMs: 1, ino: 1 } };
const none = { count: 0, first: [] };

test.each([
  ['a file of the user has lines', { scanned: { files: [users], fields: 2 }, rejected: none }, refused],
  [
    'a file of our own has records only',
    { scanned: { files: [file], fields: 2 }, rejected: none },
    [{ why: 'empty-key', row: 2, shown: ',b' }],
  ],
  [
    'and no number of them where others were left out before',
    { scanned: { files: [file], fields: 2 }, rejected: { count: 1, first: [] } },
    [{ why: 'empty-key', shown: ',b' }],
  ],
])('a record that is refused is named by its place in the source: %s', (_, side, expected) => {
  expect(ofSource(side, refused)).toEqual(expected);
});
