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

  test.each([
    ['notes', of('notes')],
    ['stage', of('stage')],
    ['code', ['A1', 'B2', 'C3', 'D4', 'E5', 'F6']],
    // One in ten is no address: not sure enough.
    ['contact', [...Array(9).fill('a@b.jp'), '電話のみ']],
  ])('%s is just text', (name, values) => {
    expect(guessType(name, values)).toBeUndefined();
  });

  test('a number with a leading zero is an id', () => {
    expect(guessType('code', ['0012', '0013', '1014', '1015', '0016'])?.type).toBe('id');
  });
});
