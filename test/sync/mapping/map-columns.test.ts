import { describe, expect, test } from '@jest/globals';
import { contacts } from '../../../fixtures/sync/contacts.ts';
import { guessType } from '../../../src/sync/mapping/guess-type.ts';
import { type MappedSide, mapColumns } from '../../../src/sync/mapping/map-columns.ts';

const side = (names: readonly string[], rows: readonly (readonly string[])[] = []): MappedSide => ({
  columns: names.map((name) => ({ name })),
  sample: rows,
});
const key = (left: string, right = left) => ({ left: [left], right: [right], rules: [] });

describe('the columns of both sides', () => {
  test('of equal name are compared, wherever they stand', () => {
    const mapped = mapColumns(side(['id', 'name', 'phone', 'own']), side(['phone', 'id', 'name', 'other']), {
      key: key('id'),
      ignore: [],
    });
    expect(mapped.columns.map(({ left, key: isKey }) => [left, isKey])).toEqual([
      ['id', true],
      ['name', false],
      ['phone', false],
    ]);
    expect(mapped.positions).toEqual({ left: [0, 1, 2], right: [1, 2, 0] });
    expect(mapped.unmapped).toEqual({ left: [3], right: [3] });
    expect(mapped.absent).toEqual([]);
  });

  test('that are named are compared alone, and what is not there is said', () => {
    const mapped = mapColumns(side(['id', 'name', 'phone']), side(['crm_id', 'full_name', 'phone']), {
      key: key('id', 'crm_id'),
      fields: {
        name: { right: 'full_name', as: 'name', role: 'owner' },
        mail: { right: 'e_mail' },
        phone: { right: 'tel' },
      },
      ignore: [],
    });
    expect(mapped.columns.map(({ left, right, type, typeFrom }) => [left, right, type, typeFrom])).toEqual([
      ['id', 'crm_id', 'text', 'none'],
      ['name', 'full_name', 'name', 'configuration'],
    ]);
    expect(mapped.columns[1]?.role).toBe('owner');
    expect(mapped.absent).toEqual([
      { side: 'left', name: 'mail', key: false },
      { side: 'right', name: 'e_mail', key: false },
      { side: 'right', name: 'tel', key: false },
    ]);
  });

  test('that are ignored are neither compared nor left over; a key cannot be', () => {
    const mapped = mapColumns(side(['id', 'a', 'b']), side(['id', 'a', 'b']), { key: key('id'), ignore: ['a', 'id'] });
    expect(mapped.columns.map(({ left }) => left)).toEqual(['id', 'b']);
    expect(mapped.unmapped).toEqual({ left: [], right: [] });
  });

  test('with one name twice, the first counts and the second is left over', () => {
    const mapped = mapColumns(side(['id', 'a', 'a']), side(['a', 'id']), { key: key('id'), ignore: [] });
    expect(mapped.positions).toEqual({ left: [0, 1], right: [1, 0] });
    expect(mapped.unmapped.left).toEqual([2]);
  });

  test('a column of the name that is the key on the other side is not compared with itself', () => {
    const mapped = mapColumns(side(['id', 'crm_id']), side(['id', 'crm_id']), { key: key('id', 'crm_id'), ignore: [] });
    expect(mapped.columns.map(({ left, right }) => [left, right])).toEqual([['id', 'crm_id']]);
  });
});

describe('what values are', () => {
  const rows = contacts(200);
  const of = (name: string) => rows.map((row) => row[name] ?? '');
  test.each([
    ['email', 'email'],
    ['phone', 'phone'],
    ['postcode', 'postcode'],
    ['company', 'company'],
    ['address', 'address'],
    ['amount', 'amount'],
    ['birthday', 'date'],
    ['created_at', 'timestamp'],
    ['name', 'name'],
  ])('%s', (name, type) => {
    expect(guessType(name, of(name))?.type).toBe(type);
  });

  test('a Name of accounts is that of companies, of contacts that of persons', () => {
    expect(guessType('Name', of('company'))?.type).toBe('company');
    expect(guessType('Name', [...of('name').slice(0, 60), ...of('company').slice(0, 40)])?.type).toBe('name');
  });

  test.each([
    ['notes', of('notes')],
    ['stage', of('stage')],
    ['code', ['A1', 'B2', 'C3', 'D4', 'E5', 'F6']],
    // One in ten is no address: not sure enough.
    ['contact', [...Array(9).fill('a@b.jp'), '電話のみ']],
  ])('%s is just text', (name, values) => {
    expect(guessType(name, values)).toBeUndefined();
  });

  const options = ['Web', '紹介', '展示会', 'DM', 'セミナー'];
  /** One choice to three of the first so many, in the order of the list. */
  const chosen = (most: number, separator: string): readonly string[] =>
    Array.from({ length: 120 }, (_, at) =>
      options
        .slice(0, most)
        .filter((_option, bit) => ((at % 31) + 1) & (1 << bit))
        .slice(0, 3)
        .join(separator),
    );
  const two = (one: readonly string[], other: readonly string[], separator = ', '): readonly string[] =>
    Array.from({ length: 120 }, (_, at) => `${one[at % one.length]}${separator}${other[(at * 7 + 3) % other.length]}`);

  test.each([
    ['流入経路', chosen(5, ';')],
    ['channels', chosen(5, ', ')],
    ['channels', chosen(5, ',')],
    ['channels', chosen(4, '、')],
    ['channels', chosen(3, '\n')],
    ['channels', chosen(3, ' / ')],
    ['channels', chosen(2, ';')],
    ['channels', chosen(5, ';').map((value) => JSON.stringify(value.split(';')))],
    // Somebody wrote something else into a few of them.
    ['channels', chosen(5, ';').map((value, at) => (at % 40 === 0 ? `知人から、${at}` : value))],
    // A name that says something else, and values that are not that.
    ['メール配信種別', chosen(5, ', ')],
  ])('%s of several choices (%#)', (name, values) => {
    expect(guessType(name, values)?.type).toBe('multi-picklist');
  });

  test.each([
    ['勤務地', two(['東京都', '大阪府', '京都府'], ['港区', '北区', '中央区', '左京区'])],
    ['勤務地', two(['港区', '北区', '中央区'], ['東京都', '大阪府'], ';')],
    ['referrer', two(['Thomas', 'James', 'Grant', 'Lee'], ['Thomas', 'James', 'Grant', 'Lee', 'Ray'])],
    ['対応', two(['不在', '訪問済み', '要連絡'], ['再架電', '資料送付', '見積希望'], '、')],
    ['対応', ['不在。、再架電。', '再架電。、不在。', '不在。'].flatMap((value) => Array(40).fill(value))],
    ['capacity', two(['1', '2', '10'], ['000', '500'], ',')],
    ['place', two(['35.1', '35.2', '139.7'], ['139.7', '35.1', '35.2'])],
    ['path', two(['a', 'b', 'c'], ['d', 'e', 'f'], '/')],
    ['echo', two(['はい', 'はい', 'いえ'], ['はい', 'いえ', 'はい', 'はい'], ';')],
    ['flags', Array(120).fill('Web')],
    ['words', Array.from({ length: 120 }, (_, at) => `a${at};b${at + 1}`)],
  ])('%s is no set of choices (%#)', (name, values) => {
    expect(guessType(name, values)).toBeUndefined();
  });

  test('names of two parts stay names, whatever stands between them', () => {
    expect(guessType('氏名', chosen(5, ', '))?.type).toBe('name');
  });

  const counted = Array.from({ length: 40 }, (_, at) => String(1_700_000_000_000 + 86_461_123 * at));
  test.each([
    ['Last modified date', counted, 'timestamp'],
    ['hs_lastmodifieddate', counted, 'timestamp'],
    ['createdAt', counted.map((value) => value.slice(0, 10)), 'timestamp'],
    ['更新日時', counted, 'timestamp'],
    // What is no time by its name, and what is none by its values.
    ['Record ID', counted, 'number'],
    ['updated by', counted, 'number'],
    ['電話番号', counted.map((value) => value.slice(0, 10)), 'phone'],
    ['created', counted.map((value) => value.slice(0, 8)), 'number'],
  ])('%s that counts since 1970 or not (%#)', (name, values, type) => {
    expect(guessType(name, values)?.type).toBe(type);
  });

  test('a number with a leading zero is an id', () => {
    expect(guessType('code', ['0012', '0013', '1014', '1015', '0016'])?.type).toBe('id');
  });
});
