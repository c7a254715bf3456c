import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ColumnRole, ColumnType, ComparedColumn } from '../../../src/model/sync/column.ts';
import type { RowBatch } from '../../../src/model/sync/source.ts';
import { type DuplicatesKit, findDuplicates } from '../../../src/sync/duplicates/find.ts';
import { generate } from './generate.ts';
import { generatePersons } from './generate-persons.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'duplicates-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

const types: Readonly<Record<string, ColumnType>> = {
  id: 'id',
  name: 'name',
  kana: 'name',
  company: 'company',
  email: 'email',
  phone: 'phone',
  mobile: 'phone',
  postcode: 'postcode',
  address: 'address',
  created_at: 'timestamp',
  ...{ first_name: 'name', last_name: 'name', dob: 'date', street: 'address', zip: 'postcode', insurance_no: 'id' },
  ...{ 姓: 'name', 名: 'name', セイ: 'name', メイ: 'name', 生年月日: 'date', 番地: 'address', 郵便番号: 'postcode' },
  ...{ 氏名: 'name', 被保険者番号: 'id' },
};
const roles: Readonly<Record<string, ColumnRole>> = { created_at: 'created-at' };

const columnsOf = (names: readonly string[]): readonly ComparedColumn[] =>
  names.map((name, at) => ({
    at,
    left: name,
    right: name,
    type: types[name] ?? 'text',
    typeFrom: 'configuration',
    key: name === 'id',
    ...(roles[name] === undefined ? {} : { role: roles[name] }),
    leftSource: { name },
    rightSource: { name },
  }));

async function* inBatches(rows: readonly (readonly string[])[], end?: RowBatch): AsyncIterable<RowBatch> {
  for (let at = 0; at < rows.length; at += 1000) yield { kind: 'rows', rows: rows.slice(at, at + 1000) };
  if (end) yield end;
}

const search = (
  names: readonly string[],
  left: readonly (readonly string[])[],
  {
    right,
    most,
    end,
    ...kit
  }: Partial<DuplicatesKit> & { readonly right?: readonly (readonly string[])[]; readonly end?: RowBatch } = {},
) => {
  const positions = names.map((_, at) => at);
  return findDuplicates(
    [
      { side: 'left', rows: inBatches(left, end), positions },
      ...(right ? [{ side: 'right' as const, rows: inBatches(right), positions }] : []),
    ],
    columnsOf(names),
    new AbortController().signal,
    { directory: async () => directory, ...(most === undefined ? {} : { most }), ...kit },
  );
};

const contact = ['id', 'name', 'kana', 'company', 'email', 'phone', 'postcode', 'address', 'created_at'];
const taro = [
  '1',
  '髙橋　太郎',
  'タカハシ タロウ',
  '株式会社東洋工業',
  'Taro@example.co.jp',
  '03-1234-5678',
  '105-0014',
  '東京都港区芝1-2-3',
  '2026-01-10T09:00:00+09:00',
];
const with_ = (row: readonly string[], changes: Readonly<Record<string, string>>): readonly string[] =>
  row.map((value, at) => changes[contact[at] ?? ''] ?? value);

describe('records of one person', () => {
  test('are candidates in any notation, with what speaks for it', async () => {
    const again = [
      '2',
      '高橋太郎',
      'たかはし たろう',
      '㈱東洋工業',
      '',
      '０３－１２３４－５６７８',
      '〒1050014',
      '港区芝1丁目2番3号',
      '2026-01-10T00:00:05Z',
    ];
    const found = await search(contact, [taro, again]);
    expect(found).toMatchObject({ searched: ['left'], rows: { left: 2, right: 0 }, pairs: 1, groups: 1, dropped: [] });
    expect(found.candidates).toEqual([
      {
        within: 'left',
        score: 18,
        a: { key: '1', shown: [taro[1], taro[2], taro[3], taro[4], taro[5], taro[7]] },
        b: { key: '2', shown: [again[1], again[2], again[3], '', again[5], again[7]] },
        evidence: [
          { column: 'name, kana', how: 'equal, kana too', weight: 7 },
          { column: 'company', how: 'equal', weight: 3 },
          { column: 'phone', how: 'equal', weight: 3 },
          { column: 'address', how: 'equal', weight: 4 },
          { column: 'postcode', how: 'equal', weight: 1 },
        ],
        apartMs: 5000,
      },
    ]);
  });

  test('kana in the name against the kana column', async () => {
    const again = with_(taro, { id: '2', name: 'タカハシ タロウ', kana: '', phone: '', email: '' });
    const found = await search(contact, [taro, again]);
    expect(found.candidates[0]?.evidence[0]).toEqual({ column: 'name, kana', how: 'equal in kana', weight: 5 });
  });

  test("an address that more than a handful of people have, or a reception, is nobody's own", async () => {
    const at = (email: string, names: readonly string[]) =>
      names.map((name, n) => [`${email[0]}${n}`, name, email, `00-1111-00${email.length}${n}`]);
    const columns = ['id', 'name', 'email', 'phone'];
    const namesake = ['佐藤 健太', '佐藤 健太'];
    const others = ['鈴木 一郎', '高田 花子', '森 由美', '林 大介'];
    const pairs = async (email: string, names: readonly string[]): Promise<number> =>
      (await search(columns, at(email, names))).pairs;
    expect(await pairs('desk@broker.example.com', [...namesake, ...others])).toBe(0);
    expect(await pairs('desk@broker.example.com', [...namesake, ...others.slice(1)])).toBe(1);
    expect(await pairs('taro@broker.example.com', namesake)).toBe(1);
    expect(await pairs('noreply@broker.example.com', namesake)).toBe(0);
    const [found] = (
      await search(contact, [
        with_(taro, { email: 'Info@x.example' }),
        with_(taro, { id: '2', email: 'info@x.example' }),
      ])
    ).candidates;
    expect(found?.evidence[2]).toEqual({ column: 'email', how: 'equal, an address of many', weight: 1 });
    const firms = [1, 2].map((id) => [`${id}`, '東洋工業', 'info@toyo.example', '']);
    expect((await search(['id', 'company', 'email', 'phone'], firms)).pairs).toBe(1);
  });

  test('Latin names in either order and with a slip of the pen', async () => {
    const rows = [
      ['1', 'Jonathan Smith', 'j.smith@example.com'],
      ['2', 'SMITH, Jonathan', 'J.Smith@example.com'],
      ['3', 'Jonathon Smith', 'j.smith@example.com'],
      ['4', 'Maria Smith', 'j.smith@example.com'],
    ];
    const found = await search(['id', 'name', 'email'], rows);
    expect(found.candidates.map(({ a, b }) => `${a.key}-${b.key}`).toSorted()).toEqual(['1-2', '1-3', '2-3']);
    expect(found.groups).toBe(1);
  });

  test('who changed the company and kept the mobile', async () => {
    const first = with_(taro, { phone: '090-1234-5678' });
    const again = with_(first, {
      id: '2',
      company: '西和商事株式会社',
      email: 'takahashi@seiwa.example.jp',
      address: '大阪府大阪市北区梅田9-9',
    });
    expect((await search(contact, [first, again])).pairs).toBe(1);
  });
});

describe('no candidates', () => {
  const same = (changes: Readonly<Record<string, string>>) =>
    search(contact, [taro, with_(taro, { id: '2', ...changes })]);

  test('colleagues who share company, address, telephone and even the mailbox', async () => {
    expect((await same({ name: '高橋 次郎', kana: 'タカハシ ジロウ' })).pairs).toBe(0);
    expect((await same({ name: '高橋 次郎', kana: '' })).pairs).toBe(0);
  });

  test('colleagues whose names sound alike, with addresses of their own', async () => {
    expect((await same({ name: '高橋 太朗', email: 'taro2@example.co.jp', phone: '' })).pairs).toBe(0);
  });

  test('two of one name in two companies', async () => {
    const other = {
      company: '南陽食品株式会社',
      email: 't@nanyo.example.jp',
      phone: '06-2222-3333',
      address: '大阪府大阪市北区梅田1-1',
    };
    expect((await same(other)).pairs).toBe(0);
  });

  test('a key that occurs twice: a repeated key and no second record', async () => {
    expect((await search(contact, [taro, taro])).pairs).toBe(0);
  });

  test('records that say nothing', async () => {
    const blank = (id: string) => [id, ...contact.slice(1).map(() => '')];
    expect((await search(contact, [blank('1'), blank('2'), blank('3')])).pairs).toBe(0);
  });
});

describe('business contacts with birthdays', () => {
  const names = [...contact, '生年月日'];
  const born = (changes: Readonly<Record<string, string>>, birth: string) => [...with_(taro, changes), birth];
  test.each([
    [
      'the same one who changed the company and all else',
      1,
      { company: '南陽食品株式会社', email: '', phone: '', address: '' },
      'S45.3.14',
    ],
    ['father and son of one name in one firm', 0, { email: '' }, '1999-08-01'],
  ])('%s: %i', async (_, pairs, changes, birth) => {
    const found = await search(names, [born({}, '1970-03-14'), born({ id: '2', ...changes }, birth)]);
    expect(found.pairs).toBe(pairs);
  });
});

describe('companies', () => {
  const names = ['id', 'company', 'phone', 'postcode', 'address'];
  test('of one name and place are candidates, those in front and behind are not', async () => {
    const found = await search(names, [
      ['1', '株式会社東洋工業', '03-1234-5678', '105-0014', '東京都港区芝1-2-3'],
      ['2', '㈱東洋工業', '0312345678', '', '東京都港区芝1丁目2番3号'],
      ['3', '東洋工業株式会社', '03-1234-5678', '105-0014', '東京都港区芝1-2-3'],
    ]);
    expect(found.candidates.map(({ a, b }) => [a.key, b.key])).toEqual([['1', '2']]);
  });
});

test('branch offices of one company with one mailbox are none, one that moved is', async () => {
  const names = ['id', 'company', 'email', 'phone', 'address'];
  const osaka = ['2', '株式会社東洋工業', 'info@toyo.example.jp', '06-2222-3333', '大阪府大阪市北区梅田9-9'];
  const tokyo = ['1', '株式会社東洋工業', 'info@toyo.example.jp', '03-1234-5678', '東京都港区芝1-2-3'];
  expect((await search(names, [tokyo, osaka])).pairs).toBe(0);
  expect((await search(names, [tokyo, osaka.with(3, '03-1234-5678')])).pairs).toBe(1);
});

describe('two sides', () => {
  test('only records whose key is on one side are held against the other', async () => {
    const moved = with_(taro, { id: 'X9' });
    const found = await search(contact, [taro], { right: [moved] });
    expect(found).toMatchObject({
      searched: ['left', 'right', 'across'],
      pairs: 1,
      candidates: [{ within: 'across' }],
    });
    // The record is where it belongs, and X9 stands twice on the right.
    const matched = await search(contact, [taro], { right: [taro, moved] });
    expect(matched.candidates.map(({ within }) => within)).toEqual(['right']);
  });

  test('are one record where the key rules make their keys alike, and apart by the zones of both sides', async () => {
    const left = with_(taro, { id: '007', created_at: '2026-01-10 09:00:00' });
    const right = with_(taro, { id: ' 7', created_at: '2026-01-10 00:00:05' });
    const zones = { left: 'Asia/Tokyo' };
    const apart = await search(contact, [left], { right: [right], zones });
    expect(apart.candidates).toMatchObject([{ within: 'across', a: { key: '007' }, b: { key: ' 7' }, apartMs: 5000 }]);
    expect(await search(contact, [left], { right: [right], keyRules: ['trim', 'zeros'] })).toMatchObject({ pairs: 0 });
    const other = await search(contact, [left], { right: [with_(right, { id: '8' })], keyRules: ['trim', 'zeros'] });
    expect(other.candidates.map(({ within }) => within)).toEqual(['across']);
  });

  test('of a side that was cut off nothing is said across', async () => {
    const failure = { kind: 'changed', what: 'a.csv' } as const;
    const found = await search(contact, [taro], {
      right: [with_(taro, { id: 'X9' })],
      end: { kind: 'failed', failure },
    });
    expect(found).toMatchObject({ searched: ['left', 'right'], pairs: 0, failure });
  });
});

describe('bounds', () => {
  test('a block of too many is named and not compared pair by pair', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => [String(at), `社員${at}`, 'info@example.co.jp']);
    const found = await search(['id', 'name', 'email'], rows);
    expect(found).toMatchObject({ pairs: 0, dropped: [{ by: 'email: info@example.co.jp', rows: 300 }] });
  });

  test('a pair in a block of too many is still found by another key', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => [
      String(at),
      `社員${at % 299}`,
      'info@example.co.jp',
      `09011112${String(at % 299).padStart(3, '0')}`,
    ]);
    expect((await search(['id', 'name', 'email', 'phone'], rows)).pairs).toBe(1);
  });

  test('hostile values stay printable and bounded', async () => {
    const long = `${'\u001f\u001e\u001b[2J'}${'x'.repeat(100_000)}`;
    const found = await search(
      ['id', 'name', 'email'],
      [
        ['1', long, 'a@example.jp'],
        ['2', long, 'a@example.jp'],
      ],
    );
    expect(JSON.stringify(found).length).toBeLessThan(5000);
    expect(JSON.stringify(found)).not.toMatch(/\\u001[bef]/);
  });

  test('nothing is left on the disk, and an abort ends it', async () => {
    await search(contact, [taro]);
    expect(await readdir(directory)).toEqual([]);
    await expect(
      findDuplicates(
        [{ side: 'left', rows: inBatches([taro]), positions: [] }],
        columnsOf(contact),
        AbortSignal.abort(),
        {
          directory: async () => directory,
        },
      ),
    ).rejects.toThrow();
  });
});

describe('a generated CRM of 20,000 contacts, 2 % of them twice', () => {
  test.each([1, 2])('precision and recall are at least 0.97 (seed %i)', async (seed) => {
    const { columns, rows, truth } = generate(20_000, seed);
    const { candidates, pairs } = await search(columns, rows, { most: 10_000 });
    const real = new Set(truth.map((pair) => pair.join()));
    const right = candidates.filter(({ a, b }) => real.has(`${a.key},${b.key}`)).length;
    expect(pairs).toBe(candidates.length);
    expect(truth.length).toBeGreaterThan(300);
    expect(right / pairs).toBeGreaterThanOrEqual(0.97);
    expect(right / truth.length).toBeGreaterThanOrEqual(0.97);
  });
});

const private_ = ['id', 'first_name', 'last_name', 'dob', 'house', 'street', 'suburb', 'zip', 'insurance_no'];
const ann = ['1', 'Ann', 'Hartley', '1970-03-14', '12', 'Oak Road', 'Newbury', '1234567', '443322110'];
const annWith = (changes: Readonly<Record<string, string>>): readonly string[] =>
  ann.map((value, at) => changes[private_[at] ?? ''] ?? value);
const japanese = ['id', '氏名', '生年月日', '郵便番号', '番地'];
const kenji = ['1', '佐藤 健二', '1970-03-14', '105-0014', '東京都港区芝1-2-3'];

describe('private persons', () => {
  test('are candidates with two slips and their names the other way round, and every field says what it is worth', async () => {
    const again = annWith({ id: '2', first_name: 'Hartley', last_name: 'Ann', dob: '14/03/1970', street: 'Oka Road' });
    const { candidates } = await search(private_, [ann, again]);
    const [one] = candidates;
    expect(one?.evidence.map(({ column, how }) => `${column} ${how}`)).toEqual([
      'first_name equal, names swapped',
      'last_name equal, names swapped',
      'dob equal but for a slip',
      'house equal',
      'street equal but for a slip',
      'suburb equal',
      'zip equal',
      'insurance_no equal',
    ]);
    const sum = one?.evidence.reduce((all, { weight }) => all + weight, 0) ?? 0;
    expect(Math.abs(sum - (one?.score ?? 0))).toBeLessThan(0.5);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a missing birthday and number', { dob: '', insurance_no: '' }],
    ['a missing given name', { first_name: '' }],
    ['a missing address', { house: '', street: '', suburb: '', zip: '' }],
    ['another address', { house: '7', street: 'Mill Lane', suburb: 'Eastham', zip: '7654321' }],
    ['another family name', { last_name: 'Whitton' }],
    ['another birthday, but the number of that person', { dob: '1952-11-30' }],
    ['a slip in the number and in the birthday', { dob: '1970-03-41', insurance_no: '443322101' }],
  ])('with %s are candidates', async (_, changes) => {
    expect((await search(private_, [ann, annWith({ ...changes, id: '2' })])).pairs).toBe(1);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['husband and wife', { first_name: 'Peter', dob: '1968-01-02', insurance_no: '998877665' }],
    ['twins', { first_name: 'Jane', insurance_no: '998877665' }],
    ['twins without a number', { first_name: 'Jane', insurance_no: '' }],
    ['mother and daughter of one name', { dob: '1995-08-21', insurance_no: '998877665' }],
    ['mother and daughter of one name without a number', { dob: '1995-08-21', insurance_no: '' }],
    ['a relative whose birthday nobody knows', { first_name: 'Peter', dob: '', insurance_no: '' }],
    ['a household of which one record names nobody', { first_name: '', dob: '', insurance_no: '' }],
    [
      'a number alone',
      {
        first_name: 'Zoe',
        last_name: 'Smith',
        dob: '1999-09-09',
        house: '7',
        street: 'Mill Lane',
        suburb: 'Eastham',
        zip: '7654321',
      },
    ],
  ])('%s are none', async (_, changes) => {
    expect((await search(private_, [ann, annWith({ ...changes, id: '2' })])).pairs).toBe(0);
  });

  test('of Japan are found by their whole name, in any era and notation', async () => {
    const again = ['2', '佐藤健二', '昭和45年3月14日', '〒1050014', '港区芝一丁目2番3号'];
    const { candidates } = await search(japanese, [kenji, again]);
    expect(candidates[0]?.evidence.map(({ column, how }) => `${column} ${how}`)).toEqual([
      ...['氏名 equal', '氏名 equal', '生年月日 equal', '番地 equal', '郵便番号 equal'],
    ]);
  });

  test.each([
    ['brothers', ['2', '佐藤 健一', '1968-01-02', '105-0014', '東京都港区芝1-2-3']],
    ['twins', ['2', '佐藤 健一', '1970-03-14', '105-0014', '東京都港区芝1-2-3']],
    ['father and son of one name', ['2', '佐藤 健二', '1940-12-01', '105-0014', '東京都港区芝1-2-3']],
    ['two of a common name in two towns', ['2', '佐藤 健二', '', '530-0001', '大阪府大阪市北区梅田9-9']],
  ])('%s are none', async (_, other) => {
    expect((await search(japanese, [kenji, other])).pairs).toBe(0);
  });

  test('are told from business contacts by what the columns hold', async () => {
    const names = [...private_, 'company'];
    const jane = annWith({ id: '2', first_name: 'Jane', dob: '', insurance_no: '' });
    const rows = [ann, jane, annWith({ id: '3', dob: '' })];
    expect(
      (
        await search(
          names,
          rows.map((row) => [...row, '']),
        )
      ).candidates[0]?.evidence[0]?.column,
    ).toBe('first_name');
    const [one] = (
      await search(
        names,
        rows.map((row) => [...row, 'Acme']),
      )
    ).candidates;
    expect(one?.evidence[0]?.column).toBe('first_name, last_name');
  });
});

describe.each(['en', 'ja'] as const)('3,000 private persons in their households (%s)', (language) => {
  const found = async (share: number) => {
    const { columns, rows, truth } = generatePersons(language, 3000, 1, share);
    const { candidates, pairs } = await search(columns, rows, { most: 10_000 });
    const real = new Set(truth.map((pair) => pair.join()));
    return { pairs, truth: truth.length, right: candidates.filter(({ a, b }) => real.has(`${a.key},${b.key}`)).length };
  };

  test('precision and recall are at least 0.97, twins and namesakes among them', async () => {
    const { pairs, truth, right } = await found(0.06);
    expect(truth).toBeGreaterThan(150);
    expect(right / pairs).toBeGreaterThanOrEqual(0.97);
    expect(right / truth).toBeGreaterThanOrEqual(0.97);
  });

  test('nobody is named where nobody stands there twice', async () => {
    expect(await found(0)).toEqual({ pairs: 0, truth: 0, right: 0 });
  });
});
