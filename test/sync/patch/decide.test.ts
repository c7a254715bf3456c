import { describe, expect, test } from '@jest/globals';
import type { ColumnType } from '../../../src/model/sync/column.ts';
import type { PatchCause, PatchChange } from '../../../src/sync/patch/change.ts';
import { decide } from '../../../src/sync/patch/decide.ts';
import { cause, changed, columnsOf, garbled } from './sides.ts';

const columns = columnsOf({ id: { key: true, type: 'id' }, name: { type: 'name' }, note: {} });

const of = (change: PatchChange, on = columns) => {
  const { rows, leftOut } = decide(on, change);
  return {
    rows: rows.map((row) =>
      row.kind === 'update'
        ? [row.side, ...row.corrections.map(({ column, old, value }) => `${column.left}: ${old} > ${value}`)]
        : ['insert', row.side, ...row.values.map(({ value }) => value)],
    ),
    leftOut,
  };
};

describe('what is decided', () => {
  test('a value that was damaged on one side is taken from the other', () => {
    expect(of(changed(['1', '髙橋', 'x'], ['1', '鬮呎ｩ�', 'x'], garbled))).toEqual({
      rows: [['right', 'name: 鬮呎ｩ� > 髙橋']],
      leftOut: [],
    });
    const onLeft = cause('sync.mojibake-utf8-as-sjis', { side: 'left' });
    expect(of(changed(['1', '邱剰ｳ', 'x'], ['1', '緑', 'x'], onLeft)).rows).toEqual([['left', 'name: 邱剰ｳ > 緑']]);
  });

  test.each<[string, PatchCause | undefined, string]>([
    ['nothing explains it', undefined, 'unexplained'],
    ['either side may be the wrong one', cause('sync.timezone-offset', { side: 'right' }), 'undecided'],
    ['the side is not told', cause('sync.mojibake-utf8-as-sjis'), 'undecided'],
    ['both notations are good', cause('sync.kanji-variant', { side: 'right' }, 'notation'), 'no-canonical-side'],
    ['it is meant to be so', cause('sync.leading-zero-lost', { side: 'right' }, 'expected'), 'undecided'],
  ])('not where %s', (_, by, why) => {
    expect(of(changed(['1', '髙橋', 'x'], ['1', '高橋', 'x'], by))).toEqual({ rows: [], leftOut: [why] });
  });

  test('not of a pair that was changed on both sides, not from a damaged value, and nothing of the key', () => {
    const { leftOut, rows } = of(changed(['1', '髙橋', 'a'], ['1', 'x', 'b'], garbled, { conflict: true }));
    expect([rows, leftOut]).toEqual([[], ['conflict', 'conflict']]);
    expect(of(changed(['1', '髙�', 'x'], ['1', '鬮�', 'x'], garbled)).leftOut).toEqual(['undecided']);
    expect(of(changed(['緑', 'a', 'x'], ['邱', 'a', 'x'], garbled)).leftOut).toEqual(['not-writable']);
    expect(of(changed(['', 'a', 'x'], ['', 'b', 'x'], garbled)).leftOut).toEqual(['no-address']);
    expect(of(changed(['1', 'a\0b', 'x'], ['1', 'c', 'x'], garbled)).leftOut).toEqual(['unwritable-character']);
    expect(of(changed(['1', 'a\ud842', 'x'], ['1', 'c', 'x'], garbled)).leftOut).toEqual(['unwritable-character']);
  });

  test('the unexplained column of a pair stays, the explained one is put right', () => {
    const change: PatchChange = {
      kind: 'changed',
      pair: { left: ['1', '緑', 'a'], right: ['1', '邱', 'b'] },
      differences: [{ column: 1, by: garbled }, { column: 2 }],
    };
    expect(of(change)).toEqual({ rows: [['right', 'name: 邱 > 緑']], leftOut: ['unexplained'] });
  });

  test('what the column would refuse or damage again is left', () => {
    const narrow = columnsOf({
      id: { key: true },
      name: { rightColumn: { maxLength: 2 } },
      stage: { type: 'picklist', rightColumn: { options: ['new', 'won'] } },
      total: { type: 'text', rightColumn: { calculated: true } },
      code: { rightColumn: { type: 'number' } },
      kana: { rightColumn: { required: true } },
      at: { role: 'updated-at' },
      age: { rightColumn: { type: 'number', declared: 'smallint' } },
    });
    const one = (column: number, value: string, old: string) => {
      const left = narrow.map((_, at) => (at === column ? value : '1'));
      const right = narrow.map((_, at) => (at === column ? old : '1'));
      const side = value === '' ? cause('sync.null-token', { side: 'right' }) : garbled;
      return of(changed(left, right, side), narrow).leftOut[0] ?? 'written';
    };
    expect(one(1, '𠮷野', 'x')).toBe('written');
    expect(one(1, '𠮷野家', 'x')).toBe('does-not-fit');
    expect(one(2, 'won', 'x')).toBe('written');
    expect(one(2, 'lost', 'x')).toBe('does-not-fit');
    expect(one(3, '1', '2')).toBe('not-writable');
    expect(one(4, '0312', '312')).toBe('does-not-fit');
    expect(one(4, '312.5', '312')).toBe('written');
    expect(one(5, '', 'NULL')).toBe('does-not-fit');
    expect(one(6, '2026-01-01', 'x')).toBe('not-writable');
    expect(one(7, '32767', '1')).toBe('written');
    expect(one(7, '32768', '1')).toBe('does-not-fit');
  });
});

describe('notations', () => {
  const side = (id: string, type: ColumnType, left: string, right: string) => {
    const on = columnsOf({ id: { key: true }, value: { type } });
    const { rows, leftOut } = decide(on, changed(['1', left], ['1', right], cause(id, { side: 'both' }, 'notation')));
    return rows[0]?.side ?? leftOut[0];
  };
  test.each<[string, ColumnType, string, string, string]>([
    ['sync.width-fullwidth', 'phone', '03-1234', '０３-1234', 'right'],
    ['sync.width-fullwidth', 'phone', '０３-1234', '03-1234', 'left'],
    ['sync.width-fullwidth', 'phone', '０３-1234', '03-１234', 'no-canonical-side'],
    ['sync.width-fullwidth', 'address', '1-2', '１－２', 'no-canonical-side'],
    ['sync.unicode-normalization', 'name', 'がぎ', 'か\u3099ぎ', 'right'],
    ['sync.invisible-characters', 'name', 'a\u200bb', 'ab', 'left'],
    ['sync.whitespace', 'name', '山田 太郎', '山田 太郎  ', 'right'],
    ['sync.whitespace', 'name', '山田 太郎', '山田　太郎', 'no-canonical-side'],
    ['sync.letter-case', 'email', 'a@b.jp', 'A@B.jp', 'right'],
    ['sync.letter-case', 'company', 'ibm', 'IBM', 'no-canonical-side'],
    ['sync.number-format', 'amount', '1000', '¥1,000', 'right'],
    ['sync.number-format', 'amount', '1000', '1000.00', 'no-canonical-side'],
    ['sync.excel-serial-date', 'date', '2025-05-01', '45778', 'right'],
    ['sync.era-date', 'date', '2025-05-01', '令和7年5月1日', 'right'],
    ['sync.era-date', 'text', '2025-05-01', '令和7年5月1日', 'no-canonical-side'],
    ['sync.width-halfwidth-kana', 'name', 'カナ', 'ｶﾅ', 'no-canonical-side'],
    ['sync.phone-format', 'phone', '0312345678', '03-1234-5678', 'no-canonical-side'],
    ['sync.newline-form', 'text', 'a\nb', 'a\r\nb', 'no-canonical-side'],
  ])('%s (%s): %j and %j', (id, type, left, right, expected) => {
    expect(side(id, type, left, right)).toBe(expected);
  });
});

describe('missing rows', () => {
  const missing = (values: readonly string[], by?: PatchCause): PatchChange => ({
    kind: 'missing',
    values,
    ...(by ? { by } : {}),
  });
  test('are added where they were lost on the way, and nowhere else', () => {
    const lost = cause('sync.page-lost', { page: 200 });
    expect(of(missing(['7', '緑', ''], lost))).toEqual({ rows: [['insert', 'right', '7', '緑', '']], leftOut: [] });
    expect(of(missing(['7', '緑', ''])).leftOut).toEqual(['unexplained']);
    expect(of(missing(['7', '緑', ''], cause('sync.filter-excludes'))).leftOut).toEqual(['undecided']);
    expect(of(missing(['', '緑', ''], lost)).leftOut).toEqual(['no-address']);
    const narrow = columnsOf({ id: { key: true }, name: { rightColumn: { maxLength: 2 } } });
    expect(of(missing(['7', '緑川家'], lost), narrow).leftOut).toEqual(['does-not-fit']);
  });
});
