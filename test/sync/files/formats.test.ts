import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { fileSource } from '../../../src/sync/file.source.ts';
import { dateFormat, excelDate } from '../../../src/sync/files/excel-date.ts';
import { nameMatches } from '../../../src/sync/files/expand.ts';
import { NoPlace } from '../../../src/sync/files/fault.ts';
import { decimalOf, isoOf } from '../../../src/sync/files/parquet.ts';
import { sharedOf } from '../../../src/sync/files/xlsx-book.ts';
import { failure, opened, type Place, place, readAll, workbook, zipped } from './kit.ts';

let at: Place;
beforeAll(async () => {
  at = await place();
});
afterAll(() => at.remove());

test('JSON Lines: numbers as written, lists, objects, columns of any record', async () => {
  const lines = [
    '{"id":12345678901234567890,"n":1.50,"ok":true,"none":null,"tags":["a","b"],"o":{"z":1,"a":[1,{"k":"v"},1.50]}}',
    '',
    '{"id":2,"later":"\\u9ad8 \\"x\\"\\n"}',
    '{"id":3,',
    '[1]',
    '{"id":4} ',
  ];
  const source = await opened(at, await at.write('a.jsonl', lines.join('\n')));
  expect(source.facts).toMatchObject({ format: 'jsonl', rows: { count: 3, exact: true } });
  expect(source.facts.columns.map(({ name }) => name)).toEqual(['id', 'n', 'ok', 'none', 'tags', 'o', 'later']);
  const { rejected, rows } = await readAll(source);
  expect(rows).toEqual([
    ['12345678901234567890', '1.50', 'true', '', 'a;b', '{"a": [1, {"k": "v"}, 1.5], "z": 1}', ''],
    ['2', '', '', '', '', '', '高 "x"\n'],
    ['4', '', '', '', '', '', ''],
  ]);
  expect(rejected.map(({ line, row, why }) => [why, row, line])).toEqual([
    ['malformed', 3, 4],
    ['malformed', 4, 5],
  ]);
});

test('JSON: a record of more than 16 MiB is refused with its place, and those around it are read', async () => {
  const long = `{"id":2,"t":"${'x'.repeat(16 * 1024 * 1024)}"}`;
  const source = await opened(at, await at.write('long.json', `[{"id":1},\n${long},\n{"id":3}]`));
  expect(source.facts.rows).toEqual({ count: 2, exact: true });
  const { rejected, rows } = await readAll(source);
  expect(rows).toEqual([['1'], ['3']]);
  expect(rejected).toEqual([
    expect.objectContaining({ why: 'too-long', row: 2, line: 2, shown: expect.stringMatching(/^\{"id":2,"t":"x+/) }),
  ]);
  expect(rejected[0]?.shown?.length).toBeLessThan(200);
  const alone = await at.write('alone.json', `[${long}]`);
  expect(await failure(at, alone)).toMatchObject({ kind: 'malformed', line: 1 });
});

test('JSON: a list, an object with one list, and what is neither', async () => {
  const list = await opened(at, await at.write('b.json', '[\n {"id":1,"t":"]}"},\n {"id":2,"l":[{"x":1}]}\n]\n'));
  expect(list.facts.format).toBe('json');
  expect((await readAll(list)).rows).toEqual([
    ['1', ']}', ''],
    ['2', '', '{"x": 1}'],
  ]);
  const within = await opened(
    at,
    await at.write('c.json', '{"total":2,"meta":{"a":[{"no":1}]},"records":[{"id":1},{"id":2}],"next":null}'),
  );
  expect((await readAll(within)).rows).toEqual([['1'], ['2']]);
  const one = await opened(at, await at.write('one.json', '{"id":1,"name":"x"}\n'));
  expect((await readAll(one)).rows).toEqual([['1', 'x']]);
  expect(await failure(at, await at.write('d.json', '{"a":[{"x":1}],"b":[{"y":1}]}'))).toMatchObject({
    kind: 'refused',
  });
  expect(await failure(at, await at.write('e.json', '[]'))).toMatchObject({ kind: 'not-data' });
  const cut = await readAll(await opened(at, await at.write('f.json', '[{"id":1},\n{"id":2},{"i')));
  expect(cut.rows).toEqual([['1'], ['2']]);
  expect(cut.failure).toMatchObject({ kind: 'malformed', line: 2 });
  const deep = await at.write('g.json', `[{"id":1,"d":${'['.repeat(100_000)}`);
  expect(await failure(at, deep)).toMatchObject({ kind: 'malformed' });
  const broken = Buffer.concat([Buffer.from('[{"id":1},{"id":"'), Buffer.from([0xff]), Buffer.from('"}]')]);
  expect(await failure(at, await at.write('h.json', broken))).toMatchObject({ kind: 'encoding', byte: 17 });
  for (const text of ['[id],name\n1,x\n', '[2024],[2025]\n1,2\n'])
    expect((await opened(at, await at.write('look.json', text))).facts.format).toBe('csv');
});

test.each([
  ['[1, 2, 3]', { kind: 'not-data', says: 'it has no list of objects' }],
  ['["a","b"]', { kind: 'not-data', says: 'it has no list of objects' }],
  ['['.repeat(100_000), { kind: 'malformed', says: 'nested more than 1000 deep', line: 1 }],
  ['\n[{"id":1,}]', { kind: 'malformed', says: 'no record in it can be read', line: 2 }],
])('JSON that holds no records says why: %#', async (text, expected) => {
  expect(await failure(at, await at.write('none.json', text))).toMatchObject(expected);
});

test('gzip: whole, cut, and made to fill a disk', async () => {
  const rows = Array.from({ length: 50_000 }, (_, n) => `${n},${(n * 7919) % 104_729}`).join('\n');
  const packed = gzipSync(`id,name\n${rows}\n`);
  const source = await opened(at, await at.write('a.csv.gz', packed));
  expect(source.direct).toBeUndefined();
  expect((await readAll(source)).rows).toHaveLength(50_000);
  const cut = await readAll(await opened(at, await at.write('cut.csv', packed.subarray(0, packed.length - 2_000))));
  expect(cut.failure).toMatchObject({ kind: 'malformed', says: 'the packed data ends in the middle' });
  const bomb = await at.write(
    'bomb.gz',
    gzipSync(Buffer.alloc(80 * 1024 * 1024, `id,${'x'.repeat(99_000)}\n1,${'x'.repeat(99_000)}\n`)),
  );
  expect((await readAll(await opened(at, bomb))).failure).toMatchObject({ kind: 'too-large', what: bomb });
  expect(await failure(at, await at.write('twice.gz', gzipSync(packed)))).toMatchObject({ kind: 'not-data' });
});

test('a packed workbook where there is no place to unpack it is no damaged file', async () => {
  const packed = await at.write('place.gz', gzipSync(workbook({ one: data })));
  const reply = await fileSource.open(
    { kind: 'file', file: packed, encoding: 'auto' },
    {
      secret: () => undefined,
      directory: async () => {
        throw new NoPlace('/nowhere');
      },
      printable: (text) => text,
    },
    new AbortController().signal,
  );
  expect(reply).toEqual({ kind: 'failed', failure: { kind: 'disk-full', what: '/nowhere' } });
});

test('zip: members in order, what Macs add and words for the reader left out', async () => {
  const members = {
    'b.csv': 'id,a\n2,y\n',
    'a.csv': 'id,a\n1,x\n',
    '__MACOSX/._a.csv': '\0\0',
    'dir/': '',
    'README.txt': 'x',
  };
  const source = await opened(at, await at.write('a.zip', zipped(members)));
  expect((await readAll(source)).rows).toEqual([
    ['1', 'x'],
    ['2', 'y'],
  ]);
  const whole = zipped({ 'a.csv': 'id,a\n1,x\n' });
  expect(await failure(at, await at.write('cut.zip', whole.subarray(0, whole.length - 10)))).toMatchObject({
    kind: 'malformed',
    says: 'the archive ends in the middle',
  });
  const lie = await at.write('lie.zip', zipped({ 'a.csv': 'id,a\n1,x\n' }, { lie: 4 }));
  expect(await failure(at, lie)).toMatchObject({ kind: 'malformed', what: `${lie}!a.csv` });
  const secret = await at.write('secret.zip', zipped({ 'a.csv': 'id,a\n1,x\n' }, { encrypted: true }));
  expect(await failure(at, secret)).toMatchObject({ kind: 'refused', says: 'it is encrypted' });
  const damaged = Buffer.from(whole);
  damaged[38] = (damaged[38] ?? 0) ^ 0xff;
  expect(await failure(at, await at.write('damaged.zip', damaged))).toMatchObject({ kind: 'malformed' });
  const rows = Array.from({ length: 5_000 }, (_, n) => `${n},${(n * 7919) % 104_729}\n`).join('');
  const over = zipped({ 'a.csv': `id,a\n${rows}`, 'b.csv': 'id,a\n1,x\n' });
  // Both entries of the directory are about the first member.
  const entry = over.indexOf('PK\x01\x02');
  over.copy(over, over.indexOf('PK\x01\x02', entry + 1), entry, entry + 46);
  expect(await failure(at, await at.write('over.zip', over))).toMatchObject({ says: 'the archive is damaged' });
  expect(await failure(at, await at.write('none.zip', zipped({})))).toMatchObject({ kind: 'empty' });
});

const data = [
  '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>日付</t></is></c></row>',
  '<row r="3"><c r="A3"><v>12345678901234567</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" s="1"><v>45292</v></c></row>',
  '<row r="4"><c r="A4"><v>1.1000000000000001</v></c><c r="B4" t="str"><f>A1</f><v>x</v></c><c r="C4"><f>B1</f></c><c r="D4" s="2"><v>45292.521527777775</v></c></row>',
  '<row r="5"/>',
].join('');

test('XLSX: shared and inline text, numbers, booleans, dates, formulas; also named .csv', async () => {
  const book = workbook({ empty: '', data, other: data });
  const source = await opened(at, await at.write('really.csv', book));
  expect(source.facts).toMatchObject({ format: 'xlsx', rows: { count: 2, exact: true } });
  expect(source.facts.columns.map(({ name }) => name)).toEqual(['ID', '氏名', 'column 3', '日付']);
  expect(source.facts.notes.map(({ id }) => id)).toEqual(['blank-header', 'several-sheets', 'formula-without-value']);
  expect((await readAll(source)).rows).toEqual([
    ['12345678901234567', 'a & b\r', 'true', '2024-01-01'],
    ['1.1', 'x', '', '2024-01-01T12:31:00'],
  ]);
  const packed = await opened(at, await at.write('book.zip', zipped({ 'book.xlsx': book })));
  expect((await readAll(packed)).rows).toHaveLength(2);
});

test('XLSX: a named sheet, none with data, filled to the last row, damaged', async () => {
  const first = data.replaceAll('>x<', '>first<');
  const path = await at.write('b.xlsx', workbook({ one: first, two: data }));
  expect((await readAll(await opened(at, path, { sheet: 'two' }))).rows[1]?.[1]).toBe('x');
  expect(await failure(at, path, { sheet: 'three' })).toMatchObject({ kind: 'not-found', hint: ['one', 'two'] });
  expect(await failure(at, await at.write('c.xlsx', workbook({ one: '' })))).toMatchObject({ kind: 'empty' });
  const full = await opened(
    at,
    await at.write('d.xlsx', workbook({ one: data.replace('<row r="4"', '<row r="1048576"') })),
  );
  expect(full.facts.notes.map(({ id }) => id)).toContain('row-limit');
  const damaged = await at.write('e.xlsx', workbook({ one: '<row><c></row>' }));
  expect(await failure(at, damaged)).toMatchObject({ kind: 'malformed' });
  const entities = workbook({ one: data }, { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>' });
  expect(await failure(at, await at.write('f.xlsx', entities))).toMatchObject({ kind: 'malformed' });
  const old = Buffer.from('d0cf11e0a1b11ae10000', 'hex');
  expect(await failure(at, await at.write('g.xlsx', old))).toMatchObject({ kind: 'not-data' });
});

test('XLSX: what the parser would hold until it ends, and shared texts without a character, are bounded', async () => {
  const endless = workbook({ one: `<row r="${'1'.repeat(17 * 1024 * 1024)}"><c><v>1</v></c></row>` });
  expect(await failure(at, await at.write('endless.xlsx', endless))).toMatchObject({
    kind: 'too-large',
    says: 'a text or attribute of more than 16 Mi characters',
  });
  const pieces = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from(`<sst>${'<si/>'.repeat(100)}</sst>`);
  };
  const book = { what: 'book.xlsx', pieces };
  expect(await sharedOf(book)).toHaveLength(100);
  await expect(sharedOf(book, 99)).rejects.toMatchObject({ failure: { kind: 'too-large' } });
});

test('XLSX: a cover before the data, titles above the header, a header of two rows in merged cells', async () => {
  const row = (...cells: readonly (string | number)[]): string =>
    `<row>${cells.map((cell) => (cell === '' ? '<c/>' : typeof cell === 'number' ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`;
  const records = Array.from({ length: 30 }, (_, n) => row(1000 + n, '株式会社みらい', '東京都', 5 * n));
  const cover = row('得意先一覧') + row('作成者', '山田');
  const sheet = [
    row('得意先一覧'),
    row(),
    row('', '', '2026年11月'),
    row('番号', '得意先', '', '金額'),
    row('', '名称', '住所', ''),
    ...records,
  ];
  const book = workbook({ 表紙: cover, データ: sheet.join('') });
  const source = await opened(at, await at.write('cover.xlsx', book));
  expect(source.facts.columns.map(({ name }) => name)).toEqual(['番号', '名称', '住所', '金額']);
  expect(source.facts.rows).toEqual({ count: 30, exact: true });
  expect(source.facts.notes.map(({ id }) => id)).toEqual(['title-rows', 'several-sheets']);
  expect(source.facts.notes[1]?.says.en).toContain('(表紙, データ); "データ" is read');
  expect((await readAll(source)).rows[0]).toEqual(['1000', '株式会社みらい', '東京都', '0']);
});

test('dates of Excel', () => {
  expect(excelDate(1, 'date', false)).toBe('1900-01-01');
  expect(excelDate(59, 'date', false)).toBe('1900-02-28');
  expect(excelDate(61, 'date', false)).toBe('1900-03-01');
  expect(excelDate(0, 'date', true)).toBe('1904-01-01');
  expect(excelDate(0.5, 'time', false)).toBe('12:00:00');
  expect(excelDate(45292.999999999, 'both', false)).toBe('2024-01-02T00:00:00');
  expect(excelDate(-1, 'date', false)).toBeUndefined();
  expect(dateFormat('#,##0.00_);[Red]("days"0)')).toBeUndefined();
  expect(dateFormat('General')).toBeUndefined();
  expect(dateFormat('0.00E+00')).toBeUndefined();
  expect(dateFormat('[$-411]ggge"年"m"月"d"日"')).toBe('date');
  expect(dateFormat('[h]:mm')).toBe('time');
});

test('Parquet: text, wide integers, booleans, times, nothing', async () => {
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'id', data: [9007199254740993n, 2n], type: 'INT64' },
      { name: 'name', data: ['高橋', null], type: 'STRING', nullable: true },
      { name: 'ok', data: [true, false], type: 'BOOLEAN' },
      { name: 'price', data: [1.5, 0.1], type: 'DOUBLE' },
      { name: 'at', data: [new Date('2024-01-02T03:04:05.678Z'), new Date(0)], type: 'TIMESTAMP' },
    ],
  });
  const path = await at.write('a.csv', Buffer.from(bytes));
  const source = await opened(at, path);
  expect(source.facts).toMatchObject({ format: 'parquet', rows: { count: 2, exact: true } });
  expect(await readAll(source)).toEqual({
    rows: [
      ['9007199254740993', '高橋', 'true', '1.5', '2024-01-02T03:04:05.678Z'],
      ['2', '', 'false', '0.1', '1970-01-01T00:00:00Z'],
    ],
    rejected: [],
  });
  const packed = await opened(at, await at.write('p.gz', gzipSync(Buffer.from(bytes))));
  expect((await readAll(packed)).rows).toHaveLength(2);
  const cut = await at.write('cut.parquet', Buffer.from(bytes).subarray(0, 200));
  expect(await failure(at, cut)).toMatchObject({ kind: 'malformed' });
  const spoiled = await readFile(path);
  await writeFile(join(at.directory, 'spoiled.parquet'), spoiled.fill(0xff, 4, 40));
  expect((await readAll(await opened(at, join(at.directory, 'spoiled.parquet')))).failure).toMatchObject({
    kind: 'malformed',
  });
  // What the reader of Parquet falls over is no news of its own code.
  const zeros = await at.write('zeros.parquet', `PAR1${'\u0000'.repeat(100)}PAR1`);
  expect(await failure(at, zeros)).toMatchObject({ kind: 'malformed', says: 'its data is damaged' });
  expect(decimalOf(-5n, 2)).toBe('-0.05');
  expect(decimalOf(12345678901234567890n, 4)).toBe('1234567890123456.7890');
  expect(isoOf(-1n, 6)).toBe('1969-12-31T23:59:59.999999');
});

test('JSON as APIs answer it: the fields without what stands around them', async () => {
  const hubspot =
    '{"results":[{"id":"7","properties":{"email":"a@b.jp","id":"x"},"createdAt":"2024-01-01","archived":false}],"paging":{}}';
  const one = await readAll(await opened(at, await at.write('hubspot.json', hubspot)));
  expect(one.rows).toEqual([['7', '2024-01-01', 'false', 'a@b.jp', 'x']]);
  const source = await opened(at, await at.write('hubspot.json', hubspot));
  expect(source.facts.columns.map(({ name }) => name)).toEqual([
    'id',
    'createdAt',
    'archived',
    'email',
    'properties.id',
  ]);
  const kintone =
    '{"records":[{"$id":{"type":"__ID__","value":"1"},"作成者":{"type":"CREATOR","value":{"code":"sato","name":"佐藤"}},"担当":{"type":"USER_SELECT","value":[{"code":"u1","name":"x"},{"code":"u2","name":"y"}]},"区分":{"type":"CHECK_BOX","value":["a","b"]},"表":{"type":"SUBTABLE","value":[{"id":"9","value":{}}]},"備考":{"type":"SINGLE_LINE_TEXT","value":""}}]}';
  expect((await readAll(await opened(at, await at.write('kintone.json', kintone)))).rows).toEqual([
    ['1', 'sato', 'u1;u2', 'a;b', '{"id": "9", "value": {}}', ''],
  ]);
  // A column of one's own that is called so stays one.
  const own = await opened(at, await at.write('own.json', '[{"id":1,"fields":{"a":1},"name":"x"}]'));
  expect((await readAll(own)).rows).toEqual([['1', '{"a": 1}', 'x']]);
});

test('JSON Lines that end within a record say so', async () => {
  const cut = await opened(at, await at.write('cut.jsonl', '{"id":1}\n{"id":2}\n{"id":3,"na'));
  expect(cut.facts.notes.map(({ id }) => id)).toEqual(['truncated-last-record']);
  const whole = await opened(at, await at.write('whole.jsonl', '{"id":1}\n{"id"\n{"id":3}'));
  expect(whole.facts.notes).toEqual([]);
});

test('wildcards in names, also where they are made to be slow', () => {
  expect(nameMatches('a*b?.csv', 'axxb1.csv')).toBe(true);
  expect(nameMatches('a*b?.csv', 'axxb.csv')).toBe(false);
  expect(nameMatches('*', '')).toBe(true);
  expect(nameMatches(`${'*a'.repeat(100)}b`, 'a'.repeat(255))).toBe(false);
});
