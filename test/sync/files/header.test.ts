import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compareFiles } from '../../../src/sync/engine/compare.ts';
import { headerAt, headerCells } from '../../../src/sync/files/header.ts';
import { opened, type Place, place, readAll } from './kit.ts';

let at: Place;
beforeAll(async () => {
  at = await place();
});
afterAll(() => at.remove());

const data = Array.from({ length: 20 }, (_, n) => [`00${n}`, '東和商事', '', `2024-01-${10 + n}`]);
const names = ['コード', '得意先', '備考', '取引日'];

test.each<readonly [string, readonly (readonly string[])[], number]>([
  ['the first record', [names, ...data], 0],
  ['below a title', [['得意先一覧', '', '', ''], names, ...data], 1],
  ['below a title that is not padded, and a date', [['得意先一覧'], ['出力日', '2026-11-20'], names, ...data], 2],
  ['below eleven notes: not looked for', [...Array.from({ length: 11 }, () => ['x']), names, ...data], 0],
  [
    'nowhere: the first records only have blanks',
    [['001', '', '', ''], ['002', '東和商事', 'x', '2024-01-02'], ...data],
    0,
  ],
  ['with blank names: it names half of the columns and more', [['コード', '得意先', '', ''], ...data], 0],
  ['with few names, above data: text above text tells nothing', [['a'], ['b', 'c', 'd'], ['e', 'f', 'g']], 0],
])('the header is %s', (_, first, place) => {
  expect(headerAt(first)).toBe(place);
});

test('what is blank in the lower row of a header stands in the upper one, never in a title', () => {
  expect(
    headerCells(
      [
        ['No', '住所', ''],
        ['', '都道府県', '市区町村'],
      ],
      1,
    ),
  ).toEqual(['No', '都道府県', '市区町村']);
  expect(
    headerCells(
      [
        ['一覧表', '', ''],
        ['', '都道府県', '市区町村'],
      ],
      1,
    ),
  ).toEqual(['', '都道府県', '市区町村']);
});

test('CSV: titles above the header are left out, also where the bytes are scanned', async () => {
  const lines = [...data.map((cells) => cells.join(',')), '0099,x'];
  const path = await at.write(
    'a.csv',
    ['得意先一覧', '"出力日",2026/11/20', '', names.join(','), ...lines, ''].join('\n'),
  );
  const source = await opened(at, path);
  expect(source.facts.columns.map(({ name }) => name)).toEqual(names);
  expect(source.facts.notes.map(({ id, says }) => [id, says.en])).toEqual([
    ['title-rows', 'The first 2 rows are a title above the header and no records: "得意先一覧", "出力日".'],
  ]);
  const { rejected, rows } = await readAll(source);
  expect(rows).toEqual(data);
  expect(rejected).toMatchObject([{ why: 'too-few-fields', row: 21, line: 25 }]);
  const side = { files: source.direct ?? [], fields: 4, key: [0], columns: [1, 2, 3] };
  const scanned = await compareFiles(
    { left: side, right: side, directory: at.directory, seed: 7, threads: 'inline' },
    new AbortController().signal,
  );
  if (scanned.kind !== 'compared') throw new Error(JSON.stringify(scanned));
  expect(scanned.counts).toMatchObject({ left: data.length, equal: data.length });
  expect(scanned.rejected.left).toMatchObject([{ why: 'too-few-fields', row: 21, line: 25 }]);
});
