import { chmod, mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RejectedRecord } from '../../../src/model/sync/source.ts';
import { compareFiles } from '../../../src/sync/engine/compare.ts';
import { spool } from '../../../src/sync/spool.ts';
import { scannedRows } from '../../../src/sync/spooled-rows.ts';
import { encoded, failure, opened, type Place, place, readAll } from './kit.ts';

let at: Place;
beforeAll(async () => {
  at = await place();
});
afterAll(() => at.remove());

const noteIds = (source: { facts: { notes: readonly { id: string }[] } }) => source.facts.notes.map(({ id }) => id);

test('a plain CSV file can be scanned as bytes from behind its header', async () => {
  const path = await at.write('plain.csv', '\ufeffid,name\r\n1,"a ""b"",\r\nc"\r\n2,高橋\r\n');
  const source = await opened(at, path);
  expect(source.facts).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ',', bytes: 39 });
  expect(source.facts.columns).toEqual([{ name: 'id' }, { name: 'name' }]);
  expect(noteIds(source)).toEqual(['bom-in-header']);
  const { size, mtimeMs, ino } = await stat(path);
  const stamp = { size, mtimeMs, ino };
  expect(source.direct).toEqual([{ path, stamp, from: 12, header: 3, delimiter: 44, quote: 34 }]);
  expect(await readAll(source)).toEqual({
    rows: [
      ['1', 'a "b",\r\nc'],
      ['2', '高橋'],
    ],
    rejected: [],
  });
});

test('of numbered files the one that lacks is told', async () => {
  for (const number of ['01', '02', '04', '05'])
    await at.write(`numbered/part-${number}.csv`, `id,name\n${number},a\n`);
  const [note] = (await opened(at, join(at.directory, 'numbered/*.csv'))).facts.notes;
  expect(note).toEqual({
    id: 'file-missing',
    says: {
      en: 'Of the numbered files part-01.csv to part-05.csv, part-03.csv is not there.',
      ja: '番号の付いたファイル part-01.csv～part-05.csv のうち、part-03.csv がありません。',
    },
    files: { missing: ['part-03.csv'], there: 4 },
  });
});

test('text with tabs, semicolons and pipes in its values stays comma-separated', async () => {
  const path = await at.write('tabs.csv', 'id,tags,memo\n1,a;b;c,"x\ty|z"\n2,d;e,"p\tq\tr"\n3,f,g|h|i\n');
  const source = await opened(at, path);
  expect(source.facts.delimiter).toBe(',');
  expect((await readAll(source)).rows[1]).toEqual(['2', 'd;e', 'p\tq\tr']);
});

test.each([
  ['\t', 'tsv'],
  [';', 'csv'],
  ['|', 'csv'],
])('the delimiter %j is found', async (sign, format) => {
  const path = await at.write(
    'd.txt',
    `${['id', 'name', 'price'].join(sign)}\n1${sign}a, b${sign}1,5\n2${sign}c${sign}2,5\n`,
  );
  const source = await opened(at, path);
  expect(source.facts).toMatchObject({ delimiter: sign, format });
  expect((await readAll(source)).rows).toEqual([
    ['1', 'a, b', '1,5'],
    ['2', 'c', '2,5'],
  ]);
});

test('tab-separated text with quotes as signs of inches has no quoting', async () => {
  const path = await at.write('inch.tsv', 'id\tsize\n1\t"5\n2\t"7 in\n3\t6"\n');
  const source = await opened(at, path);
  expect(source.direct?.[0]?.quote).toBe(0);
  expect((await readAll(source)).rows).toEqual([
    ['1', '"5'],
    ['2', '"7 in'],
    ['3', '6"'],
  ]);
});

const text = 'ID,会社名,氏名\n1,㈱日立,高橋 ﾊﾅｺ\n2,株式会社あさひ,ソー|ス表\n'.replace('㈱', '(株)');

test.each(['shift_jis', 'euc-jp'] as const)('%s is found and read', async (encoding) => {
  const path = await at.write('ja.csv', encoded(text, encoding));
  const source = await opened(at, path);
  expect(source.facts.encoding).toBe(encoding);
  expect(source.direct).toBeUndefined();
  expect(noteIds(source)).toEqual(['other-encoding']);
  expect((await readAll(source)).rows[1]).toEqual(['2', '株式会社あさひ', 'ソー|ス表']);
});

test('short EUC-JP that is also valid Shift_JIS is EUC-JP', async () => {
  const bytes = encoded('ID,名\n1,あいうえ\n', 'euc-jp');
  expect(() => new TextDecoder('shift_jis', { fatal: true }).decode(bytes)).not.toThrow();
  expect((await opened(at, await at.write('short.csv', bytes))).facts.encoding).toBe('euc-jp');
});

test('half-width kana in CP932 are not taken for EUC-JP', async () => {
  const bytes = encoded('ID,ﾅﾏｴ\n1,ﾔﾏﾀﾞ ﾀﾛｳ\n2,株式会社 ｻﾄｳ\n', 'shift_jis');
  expect((await opened(at, await at.write('kana.csv', bytes))).facts.encoding).toBe('shift_jis');
});

test('Western text is Western, ASCII is UTF-8', async () => {
  const western = Buffer.from('id,name\n1,Andr\u00e9 B\u00f6ll\n2,Fran\u00e7ois\n', 'latin1');
  expect((await opened(at, await at.write('w.csv', western))).facts.encoding).toBe('windows-1252');
  const price = Buffer.concat([
    western,
    western,
    western,
    western,
    Buffer.from([0x33, 0x2c, 0x80, 0x20, 0x35, 0x92, 0x30, 0x0a]),
  ]);
  expect((await readAll(await opened(at, await at.write('p.csv', price)))).rows.at(-1)).toEqual(['3', '€ 5’0']);
  expect((await opened(at, await at.write('a.csv', 'id,name\n1,x\n'))).facts.encoding).toBe('utf-8');
});

test.each([
  ['utf-16le', true],
  ['utf-16le', false],
  ['utf-16be', true],
  ['utf-16be', false],
] as const)('%s with a mark: %s', async (encoding, mark) => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  const path = await at.write('wide.csv', encoding === 'utf-16le' ? bytes : bytes.swap16());
  const source = await opened(at, path);
  expect(source.facts.encoding).toBe(encoding);
  expect((await readAll(source)).rows[1]).toEqual(['2', '株式会社あさひ', 'ソー|ス表']);
});

test('an encoding that begins far behind ASCII is found', async () => {
  const ascii = Array.from({ length: 40_000 }, (_, n) => `${n},abcdefghij\n`).join('');
  const path = await at.write(
    'far.csv',
    Buffer.concat([Buffer.from(`id,name\n${ascii}`), encoded('9,髙橋商事\n', 'shift_jis')]),
  );
  const source = await opened(at, path);
  expect(source.facts.encoding).toBe('shift_jis');
  expect((await readAll(source)).rows.at(-1)).toEqual(['9', '髙橋商事']);
});

test('a stated encoding that the bytes do not follow is noted with the one that they do', async () => {
  const path = await at.write('stated.csv', encoded('id,name\n1,髙橋商事\n2,鈴木商店と佐藤\n', 'shift_jis'));
  const source = await opened(at, path, { encoding: 'utf-8' });
  expect(source.facts.notes.find(({ id }) => id === 'undecodable')?.encoding).toBe('shift_jis');
  expect((await readAll(source)).rejected.length).toBe(2);
  expect(noteIds(await opened(at, path, { encoding: 'shift_jis' }))).not.toContain('undecodable');
  expect(noteIds(await opened(at, path))).not.toContain('undecodable');
});

test('of several files, the encoding that they do follow is noted where it is that of all of them', async () => {
  const [wide, plain] = [encoded('id,name\n1,髙橋商事\n2,鈴木商店と佐藤\n', 'shift_jis'), 'id,name\n3,x\n'];
  await at.write('alike/1.csv', wide);
  await at.write('alike/2.csv', wide);
  await at.write('mixed/1.csv', wide);
  await at.write('mixed/2.csv', plain);
  const undecodable = async (folder: string) => {
    const source = await opened(at, join(at.directory, folder, '*.csv'), { encoding: 'utf-8' });
    return source.facts.notes.filter(({ id }) => id === 'undecodable').map(({ encoding }) => encoding);
  };
  expect(await undecodable('alike')).toEqual(['shift_jis', 'shift_jis']);
  expect(await undecodable('mixed')).toEqual([undefined]);
});

test('one line that is not of the encoding is named with its byte, the others are read', async () => {
  const good = 'id,name\n1,高橋\n2,';
  const bytes = Buffer.concat([Buffer.from(good), Buffer.from([0x8d, 0x82]), Buffer.from('\n3,鈴木商店と佐藤\n')]);
  const read = await readAll(await opened(at, await at.write('mixed.csv', bytes)));
  expect(read.rows.map((row) => row[0])).toEqual(['1', '3']);
  expect(read.rejected).toMatchObject([{ why: 'invalid-encoding', row: 2, line: 3, byte: Buffer.byteLength(good) }]);
});

test('records that are none are named with row and line', async () => {
  const path = await at.write('bad.csv', 'id,a\n1,x\n2\n3,x,y\n4,"x"y\nid,a\n\n6,"p\nq"\n7,z\n');
  const { rejected, rows } = await readAll(await opened(at, path));
  expect(rows).toEqual([
    ['1', 'x'],
    ['6', 'p\nq'],
    ['7', 'z'],
  ]);
  expect(rejected.map(({ line, row, why }) => [why, row, line])).toEqual([
    ['too-few-fields', 2, 3],
    ['too-many-fields', 3, 4],
    ['stray-quote', 4, 5],
    ['header-again', 5, 6],
  ]);
});

test('the direct scan refuses the same records as the reading: a header that stands again, also with its byte order mark', async () => {
  const path = await at.write(
    'joined.csv',
    '\ufeffid,a,b\r\nid,a,x\r\n1,x,y\r\n\ufeffid,a,b\r\nid,a\r\n id,a,b\r\nxid,a,b\nid,a,b\n2,id,a\nid,a,b',
  );
  const source = await opened(at, path);
  const { rejected, rows } = await readAll(source);
  expect(rows.map(([id]) => id)).toEqual(['id', '1', ' id', 'xid', '2']);
  expect(rejected.map(({ line, row, why }) => [why, row, line])).toEqual([
    ['header-again', 3, 4],
    ['too-few-fields', 4, 5],
    ['header-again', 7, 8],
    ['header-again', 9, 10],
  ]);
  const read: (readonly string[])[] = [];
  for await (const batch of scannedRows(source.direct ?? [], 3, new AbortController().signal))
    if (batch.kind === 'rows') read.push(...batch.rows);
  expect(read).toEqual(rows);
  const some: (readonly string[])[] = [];
  for await (const batch of scannedRows(source.direct ?? [], 3, new AbortController().signal, [2]))
    if (batch.kind === 'rows') some.push(...batch.rows);
  expect(some).toEqual(rows.map(([, , b]) => ['', '', b]));
  const directory = join(at.directory, 'scanned');
  await mkdir(directory);
  const side = { files: source.direct ?? [], fields: 3, key: [0], columns: [1, 2] };
  const scanned = await compareFiles(
    { left: side, right: side, directory, seed: 7, threads: 'inline' },
    new AbortController().signal,
  );
  if (scanned.kind !== 'compared') throw new Error(JSON.stringify(scanned));
  expect(scanned.counts).toMatchObject({ left: rows.length, equal: rows.length });
  const placeOf = ({ line, row, why }: RejectedRecord) => [why, row, line];
  expect(scanned.rejected.left.map(placeOf)).toEqual(rejected.map(placeOf));
});

test('of one column a value may be called like it', async () => {
  const source = await opened(at, await at.write('one.csv', 'name\na\nname\nb\n'));
  expect((await readAll(source)).rows).toEqual([['a'], ['name'], ['b']]);
  expect(source.direct?.[0]?.header).toBeUndefined();
});

test('a quote that is not closed costs its own record only', async () => {
  const { rejected, rows } = await readAll(
    await opened(at, await at.write('q.csv', 'id,a\n1,x\n2,"y\n3,z\n4,"w",\n5,"v"\n')),
  );
  expect(rows).toEqual([
    ['1', 'x'],
    ['3', 'z'],
    ['5', 'v'],
  ]);
  expect(rejected.map(({ line, why }) => [why, line])).toEqual([
    ['unclosed-quote', 3],
    ['too-many-fields', 5],
  ]);
  const last = await readAll(await opened(at, await at.write('q2.csv', 'id,a\n1,x\n2,"y\n3,z\n')));
  expect(last.rows).toEqual([
    ['1', 'x'],
    ['3', 'z'],
  ]);
  expect(last.rejected).toMatchObject([{ why: 'unclosed-quote', line: 3 }]);
});

test('headers: repeated, blank, missing', async () => {
  const repeated = await opened(at, await at.write('h1.csv', 'id,name,name,\n1,a,b,c\n'));
  expect(repeated.facts.columns.map(({ name }) => name)).toEqual(['id', 'name', 'name (2)', 'column 4']);
  expect(noteIds(repeated)).toEqual(['duplicate-header', 'blank-header']);
  const none = await opened(at, await at.write('h2.csv', '17,a@example.jp,2024-01-02\n18,b@example.jp,2024-01-03\n'));
  expect(noteIds(none)).toEqual(['no-header']);
  expect((await readAll(none)).rows).toHaveLength(2);
  expect(none.direct?.[0]?.from).toBe(0);
  const years = await opened(at, await at.write('h3.csv', 'name,2024,2025\na,10,20\nb,30,40\n'));
  expect(years.facts.columns.map(({ name }) => name)).toEqual(['name', '2024', '2025']);
  const words = await opened(at, await at.write('h4.csv', 'first,second\nalpha,beta\n'));
  expect(noteIds(words)).toEqual([]);
});

test('line ends, the last record, and the separator line of Excel', async () => {
  const mixed = await opened(at, await at.write('e1.csv', 'id,a\r\n1,x\n2,y\r\n'));
  expect(noteIds(mixed)).toEqual(['mixed-line-ends']);
  const within = await opened(at, await at.write('e0.csv', 'id,a\r\n1,"x\n""y"""\r\n2,"\n"\r\n'));
  expect(noteIds(within)).toEqual([]);
  const half = await opened(at, await at.write('e00.csv', `id,a\r\n1,x\r\n2,"${'y\n'.repeat(600_000)}"\r\n`));
  expect(noteIds(half)).toEqual([]);
  expect((await readAll(mixed)).rows).toEqual([
    ['1', 'x'],
    ['2', 'y'],
  ]);
  const mac = await opened(at, await at.write('e2.csv', 'id,a\r1,x\r2,y\r'));
  expect((await readAll(mac)).rows).toEqual([
    ['1', 'x'],
    ['2', 'y'],
  ]);
  expect(mac.direct).toBeUndefined();
  const cut = await opened(at, await at.write('e3.csv', 'id,a,b\n1,x,y\n2,x'));
  expect(noteIds(cut)).toEqual(['truncated-last-record']);
  const ended = 'id,a,b\n1,"first\nsecond",y\n2,z,"third\n\n""fourth"""';
  expect(noteIds(await opened(at, await at.write('e4.csv', ended)))).toEqual([]);
  const broken = await opened(at, await at.write('e5.csv', ended.slice(0, -5)));
  expect(noteIds(broken)).toEqual(['truncated-last-record']);
  const whole = await opened(at, await at.write('e4.csv', 'id,a,b\n1,x,y\n2,x,y'));
  expect(noteIds(whole)).toEqual([]);
  const path = await at.write('e5.csv', 'sep=;\r\nid;a\r\n1;x,y\r\n');
  const excel = await opened(at, path);
  expect((await readAll(excel)).rows).toEqual([['1', 'x,y']]);
  expect(excel.direct?.[0]?.from).toBe(13);
});

test('ten thousand columns are read in small batches', async () => {
  const names = Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(',');
  const row = Array.from({ length: 10_000 }, (_, n) => String(n)).join(',');
  const source = await opened(at, await at.write('wide.csv', `${names}\n${`${row}\n`.repeat(25)}`));
  const sizes: number[] = [];
  for await (const batch of source.rows(new AbortController().signal))
    sizes.push(batch.kind === 'rows' ? batch.rows.length : -1);
  expect(sizes).toEqual([10, 10, 5]);
});

test('files that are no list of records', async () => {
  expect(await failure(at, join(at.directory, 'plain.csw'))).toMatchObject({ kind: 'not-found', hint: ['plain.csv'] });
  expect(await failure(at, await at.write('empty.csv', ''))).toMatchObject({ kind: 'empty' });
  expect(await failure(at, await at.write('blank.csv', '\ufeff\n \n'))).toMatchObject({ kind: 'empty' });
  await mkdir(join(at.directory, 'folder.csv'));
  expect(await failure(at, join(at.directory, 'folder.csv'))).toMatchObject({
    kind: 'not-data',
    says: 'it is a directory',
  });
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  expect(await failure(at, await at.write('image.csv', png))).toMatchObject({
    kind: 'not-data',
    says: 'an image (PNG)',
  });
  expect(await failure(at, await at.write('list.xml', '<?xml version="1.0"?><list/>'))).toEqual({
    kind: 'not-data',
    what: join(at.directory, 'list.xml'),
    says: 'XML: export the records as CSV or JSON',
    told: true,
  });
  expect(await failure(at, await at.write('nul.csv', Buffer.alloc(1_000)))).toMatchObject({ kind: 'not-data' });
  expect(await failure(at, await at.write('login.csv', '<!DOCTYPE html><html>…'))).toMatchObject({ kind: 'not-data' });
  const path = await at.write('any.csv', 'id,a\n1,x\n');
  expect(await failure(at, path, { encoding: 'klingon' })).toMatchObject({ kind: 'encoding' });
  const header = await at.write('open.csv', 'id,"a\n1,x\n');
  expect(await failure(at, header)).toMatchObject({ kind: 'malformed', line: 1 });
  if (process.getuid?.() !== 0) {
    await chmod(path, 0);
    expect(await failure(at, path)).toMatchObject({ kind: 'no-permission' });
  }
});

test('a line that is too long for a record is refused by its number, and those behind it are read', async () => {
  const long = `"${'y'.repeat(17 * 1024 * 1024)}`;
  for (const [name, content] of [
    ['line.csv', `id,a\n1,x\n2,${long}"\n3,z\n`],
    ['line.jsonl', `{"id":1,"a":"x"}\n\n{"id":2,"a":${long}"}\n{"id":3,"a":"z"}\n`],
  ] as const) {
    const read = await readAll(await opened(at, await at.write(name, content)));
    expect(read.rows).toEqual([
      ['1', 'x'],
      ['3', 'z'],
    ]);
    expect(read.rejected).toMatchObject([{ why: 'too-long', line: 3 }]);
    expect(read.failure).toBeUndefined();
  }
  const endless = await readAll(await opened(at, await at.write('end.csv', `id,a\n1,x\n2,${long}`)));
  expect(endless.rows).toEqual([['1', 'x']]);
  expect(endless.rejected).toMatchObject([{ why: 'too-long', line: 3 }]);
});

test('a byte zero in a value is compared as it is, and a file of them is no text', async () => {
  const read = await readAll(
    await opened(at, await at.write('zero.csv', `id,a\n1,x\u0000y\n${'2,yyyyyyyyyy\n'.repeat(20)}`)),
  );
  expect(read.rows[0]).toEqual(['1', 'x\u0000y']);
  const many = await at.write('zeros.csv', `id,a\n${'\u0000'.repeat(200)}`);
  expect(await failure(at, many)).toMatchObject({ kind: 'not-data' });
});

test('a file that changes is a failure', async () => {
  const path = await at.write('moving.csv', 'id,a\n1,x\n');
  const source = await opened(at, path);
  await writeFile(path, 'id,a\n1,x\n2,y\n');
  await utimes(path, 1, 1);
  expect((await readAll(source)).failure).toMatchObject({ kind: 'changed', what: path });
});

test('several files are one list; columns in another order are put in order', async () => {
  await at.write('many/a1.csv', 'id,name\n1,x\n');
  await at.write('many/a2.csv', 'name,id\ny,2\n');
  await at.write('many/deep/a3.csv', 'id,name\n3,z\n');
  const flat = await opened(at, join(at.directory, 'many/a?.csv'));
  expect((await readAll(flat)).rows).toEqual([
    ['1', 'x'],
    ['2', 'y'],
  ]);
  expect(flat.direct).toBeUndefined();
  const deep = await opened(at, join(at.directory, 'many/**/*[!].csv'.replace('[!]', '')));
  expect((await readAll(deep)).rows.map((row) => row[0])).toEqual(['1', '2', '3']);
  await at.write('many/a4.csv', 'id,nmae\n3,z\n');
  expect(await failure(at, join(at.directory, 'many/*.csv'))).toEqual({
    kind: 'malformed',
    what: join(at.directory, 'many/a4.csv'),
    says: `other columns than ${join(at.directory, 'many/a1.csv')}: without "name" with "nmae"`,
  });
  expect(await failure(at, join(at.directory, 'many/*.tsv'))).toMatchObject({ kind: 'not-found' });
});

test('spooled records are canonical CSV, filtered by name', async () => {
  const path = await at.write(
    'spool.csv',
    encoded('ID,名,型\n1,"あ,い",x\n2,う,y\n3\n4,"え""\nお",x\n5,,z\n', 'shift_jis'),
  );
  const source = await opened(at, path);
  const signal = new AbortController().signal;
  const all = await spool(source, at.directory, signal);
  expect(await readFile(all.file.path, 'utf8')).toBe('ID,名,型\n1,"あ,い",x\n2,う,y\n4,"え""\nお",x\n5,,z\n');
  expect(all).toMatchObject({ rows: 4, leftOut: 0, rejected: { count: 1, first: [{ row: 3, line: 4 }] } });
  expect(all.file).toMatchObject({ from: 11, delimiter: 44, quote: 34 });
  expect((await spool(source, at.directory, signal, { 型: ['x', 'z'] })).rows).toBe(3);
  expect(await spool(source, at.directory, signal, { 型: { not: ['x'] } })).toMatchObject({ rows: 2, leftOut: 2 });
  expect((await spool(source, at.directory, signal, { 種: ['x'] })).failure).toMatchObject({ kind: 'not-found' });
  const nowhere = await spool(source, join(at.directory, 'none'), signal);
  expect(nowhere.failure).toMatchObject({ kind: 'no-permission' });
  const stopped = new AbortController();
  stopped.abort();
  expect((await spool(source, at.directory, stopped.signal)).failure).toMatchObject({ kind: 'interrupted' });
});
