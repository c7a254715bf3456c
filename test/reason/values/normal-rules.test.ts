import { describe, expect, test } from '@jest/globals';
import { seeded } from '../../../fixtures/sync/contacts.ts';
import type { ColumnType } from '../../../src/model/sync/column.ts';
import { partingOf } from '../../../src/model/sync/parting.ts';
import { canonicalUnder, equalBy, equalUnder, normalRules } from '../../../src/reason/values/normal-rules.ts';

const ruleOf = (id: string) => {
  const rule = normalRules.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
};

/** Values of ASCII as columns have them, and made of any of its signs. */
const asciiValues = (): readonly string[] => {
  const random = seeded(11);
  const sign = (): string => String.fromCharCode(0x20 + Math.floor(95 * random()));
  return [
    ...[
      'Acme Co.,Ltd.',
      'ACME Inc',
      'K.K.',
      'a;b',
      'Yes',
      '2024/1/2 10:00',
      '45000',
      '1,234.50',
      'R5.4.1',
      '+81 3-1234-5678',
    ],
    ...['a  b', ' a ', 'Taro@Example.JP', 'AT&amp;T', '&eacute;', '1-2-3', '100-0001', 'x_y~z'],
    ...Array.from({ length: 500 }, (_, at) => Array.from({ length: 1 + (at % 9) }, sign).join('')),
  ];
};

describe('the rules', () => {
  test.each<ColumnType>(['text', 'name', 'company', 'address', 'phone', 'email', 'date', 'timestamp', 'picklist'])(
    'those that are not asked of ASCII have nothing to say of it (%s)',
    (type) => {
      const rules = normalRules.filter(({ types }) => types?.includes(type) ?? true);
      for (const value of asciiValues()) {
        const whole = rules.reduce(
          (text, { canonical, isOwn }) => (isOwn?.(text) === false ? text : (canonical(text) ?? text)),
          value,
        );
        expect(canonicalUnder(type)(value)).toBe(whole);
        for (const other of [whole, value.toUpperCase(), value.replace('-', ' ')]) {
          if (value === '' || other === '' || value === other) continue;
          const rule = rules.find((one) => equalBy(one, value, other))?.id;
          expect(equalUnder(value, other, type)).toBe(rule ?? equalUnder(other, value, type));
        }
      }
    },
  );

  test.each<[string, string, string]>([
    ['width-digits', '０３１２', '0312'],
    ['width-latin', 'ＡＢｃ！￥', 'ABc!¥'],
    ['width-kana-full', '㌔ ㎏ ① ℡', 'キロ kg 1 TEL'],
    ['halfwidth-kana', 'ｶﾞｷﾞﾊﾟｰ､', 'ガギパー、'],
    ['halfwidth-kana', 'カ゛ハ゜', 'ガパ'],
    ['kana-script', 'さとう', 'サトウ'],
    ['unicode', 'か\u3099', 'が'],
    ['kanji-variant', '髙橋 﨑 渡邉 濵 𠮷田 廣澤 龍', '高橋 崎 渡辺 浜 吉田 広沢 竜'],
    ['kanji-variant', '葛\u{e0100}城', '葛城'],
    ['dash', '1−2‐3－4ー5', '1-2-3-4-5'],
    ['dash', '10〜20～', '10~20~'],
    ['invisible', '山\u200b田\ufeff', '山田'],
    ['invisible', 'a\u00a0b\u00a0', 'a b'],
    ['whitespace', '  山田\u3000 太郎 \n', '山田 太郎'],
    ['letter-case', 'Taro@Example.JP', 'taro@example.jp'],
    ['newline', 'a\r\nb', 'a\nb'],
    ['newline', 'a_x000D_\nb', 'a b'],
    ['name-separator', '山田　太郎', '山田太郎'],
    ['name-separator', 'ジャン・ポール', 'ジャン ポール'],
    ['name-separator', 'John\u3000Smith', 'John Smith'],
    ['legal-form', '(株)山田商事', '株式会社山田商事'],
    ['legal-form', '㈱ 山田商事', '株式会社山田商事'],
    ['legal-form', '山田商事（株）', '山田商事 株式会社'],
    ['legal-form', 'ｶ)ヤマダ', '株式会社ヤマダ'],
    ['legal-form', 'ヤマダ(カ', 'ヤマダ株式会社'],
    ['legal-form', '株式會社山田', '㍿山田'],
    ['legal-form', '㈲田中', '有限会社 田中'],
    ['legal-form', 'Acme Co.,Ltd.', 'ACME Co., Ltd.'.replace('ACME', 'Acme')],
    ['legal-form', 'Acme Company Limited', 'Acme Co Ltd'],
    ['legal-form', 'Acme, Inc', 'Acme Incorporated'],
    ['address', '東京都港区芝1丁目2番3号', '港区芝１－２－３'],
    ['address', '港区芝一丁目二番三号', '港区芝1-2-3'],
    ['address', '大阪府大阪市北区梅田1-12番地の3', '大阪市北区梅田1-12-3'],
    ['address', '千代田区霞ヶ関十二丁目1', '千代田区霞が関12-1'],
    ['address', '〒105-0014 港区芝1-2-3　芝ビル', '港区芝1-2-3芝ビル'],
    ['address', '大字上野12番地', '上野12'],
    ['phone', '03-1234-5678', '+81 3 1234 5678'],
    ['phone', '０３−１２３４−５６７８', '03(1234)5678'],
    ['phone', '+81(0)90-1234-5678', '09012345678'],
    ['phone', '81-90-1234-5678', '090ー1234ー5678'],
    ['phone', '010-81-3-1234-5678', '0312345678'],
    ['phone', '03-1234-5678 内線12', '0312345678 ext. 12'],
    ['phone', '+1 (415) 555-0100', '+14155550100'],
    ['postcode', '〒150-0001', '1500001'],
    ['postcode', '１５０－０００１', '150-0001'],
    ['email', 'mailto:taro@EXAMPLE.jp', ' taro@example.jp '],
    ['number-format', '1,234,567', '1234567'],
    ['number-format', '¥１，２３４円', '1234.00'],
    ['number-format', '△500', '-500'],
    ['number-format', '(1,234)', '▲1234'],
    ['number-format', '1.25E3', '1250'],
    ['number-format', '12E-1', '1.2'],
    ['number-format', '-0', '0'],
    ['number-format', '9007199254740993.0', '9,007,199,254,740,993'],
    ['date-format', '2025/5/1', '2025-05-01'],
    ['date-format', '2025年5月1日', '20250501'],
    ['era-date', '令和7年5月1日', '2025-05-01'],
    ['era-date', 'R7.5.1', '2025/5/1'],
    ['era-date', '㋿元年五月一日', '2019-05-01'],
    ['era-date', '平成31年4月30日', '2019-04-30'],
    ['era-date', '昭和64年1月7日', '1989-01-07'],
    ['era-date', '平成元年1月8日', '1989-01-08'],
    ['era-date', '昭和元年12月25日', '1926-12-25'],
    ['era-date', '大正元年7月30日', '1912-07-30'],
    ['era-date', 'M1.10.23', '1868-10-23'],
    ['excel-serial-date', '45778', '2025-05-01'],
    ['excel-serial-date', '45778.5', '2025-05-01 12:00'],
    ['timestamp-form', '2025-05-01T00:00:00Z', '2025-05-01 09:00:00+09:00'],
    ['timestamp-form', '1746057600', '1746057600000'],
    ['timestamp-form', '1746057600', '2025-05-01T00:00:00.000+0000'],
    ['timestamp-form', '2025-05-01T09:00:00.120', '2025/5/1 9:00:00.12'],
    ['timestamp-form', '2025-05-01T00:00:00.123Z', '1746057600123'],
    ['boolean-form', 'はい', 'TRUE'],
    ['boolean-form', '0', '×'],
    ['multi-select-order', '電話;メール', 'メール, 電話'],
    ['multi-select-order', '["a","b"]', 'b;a'],
    ['list-form', '{a,"b,c",NULL,"d\\"e"}', 'a;b,c;;d"e'],
    ['list-form', '{1.50,2.00,-3}', '1.5;2;-3'],
    ['list-form', '{t,f}', 'true;false'],
    ['list-form', '["a", "it\'s"]', "a;it's"],
    ['interval-form', '1 year 2 mons 3 days 04:05:06.5', 'P1Y2M3DT4H5M6.5S'],
    ['interval-form', '-1 days +02:03:04', 'P-1DT2H3M4S'],
    ['interval-form', '-00:00:01.5', 'PT-1.5S'],
    ['interval-form', '00:00:00', 'PT0S'],
    ['interval-form', '36:00:00', 'PT36H'],
    ['html-entities', 'A&amp;amp;B &#39;', "A&B '"],
    ['text-guard', '="0012"', '0012'],
    ['text-guard', '="a""b"', 'a"b'],
    ['text-guard', "'0012", '0012'],
    ['text-guard', "'0012", '="0012"'],
  ])('%s: %s is %s', (id, left, right) => {
    expect(equalBy(ruleOf(id), left, right)).toBe(true);
  });

  test.each<[string, string, string]>([
    ['legal-form', '株式会社山田', '山田株式会社'],
    ['legal-form', '(株)山田', '(有)山田'],
    ['legal-form', '山田', '株式会社山田'],
    ['legal-form', 'Acme Inc.', 'Acme Co., Ltd.'],
    ['dash', 'コーヒー', 'コ-ヒ-'],
    ['dash', '1〜2', '1-2'],
    ['dash', '一', 'ー'],
    ['kana-script', 'りんご商事', 'リンゴ商事'],
    ['kanji-variant', '斎藤', '斉藤'],
    ['kanji-variant', '土田', '士田'],
    ['width-kana-full', 'x²', 'x2'],
    ['letter-case', '佐藤', '佐籐'],
    ['text-guard', '="0012"', '12'],
    ['text-guard', '="a"&"b"', 'a"&"b'],
    ['text-guard', "'0012'", '0012'],
    ['text-guard', '=SUM(A1)', 'SUM(A1)'],
    ['invisible', '👨\u200d👩', '👨👩'],
    ['name-separator', 'Jo Ann', 'Joann'],
    ['address', '芝1丁目2', '芝10丁目2'],
    ['address', '芝1丁目', '芝1'],
    ['address', '芝1-2 3', '芝1-23'],
    ['address', '芝1丁目12番', '芝11丁目2番'],
    ['address', '東京都府中市1-1', '広島県府中市1-1'],
    ['address', '愛知県海部郡1', '徳島県海部郡1'],
    ['address', '三番町1', '3番町1'],
    ['phone', '03-1234-5678', '03-1234-5679'],
    ['phone', '03-1234-5678 内線12', '03-1234-5678'],
    ['phone', '03-1234-5678', '03-1234-5678/090-1234-5678'],
    ['phone', '312345678', '0312345678'],
    ['phone', '+1 312 345 6789', '0312345678'],
    ['postcode', '060-0001', '600001'],
    ['email', 'Taro@example.jp', 'taro@example.jp'],
    ['number-format', '$100', '¥100'],
    ['number-format', '1.234', '1234'],
    ['number-format', '1.234,5', '1234.5'],
    ['number-format', '1,23', '123'],
    ['number-format', '--5', '-5'],
    ['number-format', '9007199254740993', '9007199254740992'],
    ['number-format', '', '0'],
    ['date-format', '2025-05-01', '2025-01-05'],
    ['date-format', '01/02/2025', '2025-02-01'],
    ['date-format', '2025-02-29', '2025/2/29'],
    ['era-date', '令和元年4月30日', '2019-04-30'],
    ['era-date', '昭和7年5月1日', '2025-05-01'],
    ['excel-serial-date', '45778', '45779'],
    ['excel-serial-date', '2025-05-01T12:00:00Z', '2025-05-01T12:00:00'],
    ['excel-serial-date', '45778', '2025-04-30'],
    ['timestamp-form', '2025-05-01T00:00:00Z', '2025-05-01T00:00:00+09:00'],
    ['timestamp-form', '2025-05-01T00:00:00Z', '2025-05-01T00:00:00'],
    ['timestamp-form', '2025-05-01T00:00:00.123Z', '2025-05-01T00:00:00Z'],
    ['boolean-form', 'はい', 'いいえ'],
    ['boolean-form', '', 'false'],
    ['multi-select-order', 'a;b', 'a;c'],
    ['multi-select-order', 'a,b;c', 'a;b,c'],
    ['list-form', '{a,b}', 'b;a'],
    ['list-form', '{a,{b,c}}', 'a;b;c'],
    ['list-form', '1.50;2', '1.5;2'],
    ['list-form', '{01}', '1'],
    ['interval-form', '1 day', 'PT24H'],
    ['interval-form', '1 mon', 'PT1M'],
    ['interval-form', '00:00:01', '0 days 00:00:01'],
    ['html-entities', '&unknown;', '&other;'],
    ['whitespace', '山田太郎', '山田 太郎'],
  ])('%s: %s is not %s', (id, left, right) => {
    expect(equalBy(ruleOf(id), left, right)).toBe(false);
  });

  test('every id is there once, and each rule is done with a long hostile value', () => {
    expect(new Set(normalRules.map(({ id }) => id)).size).toBe(normalRules.length);
    const long = [' ', '\n', '0', '(', 'ー', '一', '&#', '-', '株', ', ', '😀', '\u200b'].map((sign) =>
      sign.repeat(100_000),
    );
    // As long as a list may be that is looked into.
    const list = `[${' '.repeat(19_000)}{]`;
    for (const value of [...long, `${' '.repeat(100_000)}x`, `x${'\n'.repeat(100_000)}x`, list]) {
      for (const { canonical } of normalRules) expect(typeof canonical(value)).toMatch(/string|undefined/);
    }
  });

  test('what a rule made stays as it is under that rule', () => {
    const values = [
      '(株)山田',
      '東京都港区芝一丁目二番三号',
      '+81 3 1234 5678',
      '㋿7年5月1日',
      '△1,200円',
      'は゛',
      'A&amp;amp;B',
    ];
    for (const { canonical } of normalRules) {
      for (const value of values) {
        const once = canonical(value);
        if (once !== undefined) expect(canonical(once) ?? once).toBe(once);
      }
    }
  });
});

describe('under which rule two values are equal', () => {
  test.each<[string, string, ColumnType, string | undefined]>([
    ['０３', '03', 'text', 'width-digits'],
    ['山田　太郎', '山田 太郎', 'name', 'whitespace'],
    ['山田 太郎', '山田太郎', 'name', 'name-separator'],
    ['髙橋 太郎', '高橋太郎', 'name', 'several'],
    ['㈱ヤマダ', '株式会社ﾔﾏﾀﾞ', 'company', 'several'],
    ['2025/5/1', '2025-05-01', 'date', 'date-format'],
    ['R7.5.1', '2025-05-01', 'date', 'era-date'],
    ['45778', '2025-05-01', 'date', 'excel-serial-date'],
    ['45778', '2025-05-01T00:00:00Z', 'date', 'excel-serial-date'],
    ['2025-05-01', '2025-05-01 00:00:00', 'date', 'date-format'],
    ['2025-05-01', '2025-05-01T00:00:00.000Z', 'date', 'date-format'],
    ['2025-05-01', '2025-05-01T00:00:00', 'timestamp', 'timestamp-form'],
    ['2025-05-01', '2025-05-01T09:00:00', 'date', undefined],
    ['2025-05-01T12:00:00Z', '2025-05-01T12:00:00', 'timestamp', undefined],
    ['2025-05-01T12:00:00Z', '2025-05-01T12:00:00', 'date', undefined],
    ['03-1234-5678', '0312345678', 'phone', 'phone'],
    ['03-1234-5678', '0312345678', 'text', undefined],
    ['髙橋', '高橋', 'name', 'kanji-variant'],
    ['株式会社山田', '山田株式会社', 'company', undefined],
    ['', '　', 'text', undefined],
    ['001AbC', '001aBc', 'id', undefined],
    ['高橋', '鈴木', 'name', undefined],
  ])('%s and %s (%s): %s', (left, right, type, rule) => {
    expect(equalUnder(left, right, type)).toBe(rule);
    expect(equalUnder(right, left, type)).toBe(rule);
  });

  test('all rules of a type, one after another', () => {
    expect(canonicalUnder('timestamp')('2026-11-27T09:00:00Z')).toBe('2026-11-27T09:00:00Z');
    expect(canonicalUnder('timestamp')('45778.5')).toBe('2025-05-01T12:00:00');
    expect(canonicalUnder('phone')(' ０３－１２３４－５６７８ ')).toBe('0312345678');
    expect(canonicalUnder('text')('Ａ\u3000Ｂ')).toBe('a b');
  });
});

/** Made of signs that rules change, of what they make of them, and of others; both values begin and end alike. */
const nearPairs = (count: number): readonly (readonly [string, string])[] => {
  const random = seeded(29);
  const of = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(items.length * random())];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  };
  const signs = [
    ...[
      'a',
      'A',
      'é',
      'e',
      '\u0301',
      'Σ',
      'σ',
      'ς',
      'İ',
      'i',
      '0',
      '9',
      '０',
      'Ａ',
      '！',
      '!',
      '￥',
      '¥',
      '-',
      '−',
      'ー',
      'ｰ',
      '～',
      '~',
    ],
    ...[
      'か',
      'カ',
      'が',
      'ガ',
      'ｶ',
      'ﾞ',
      '゛',
      '\u3099',
      '゜',
      'は',
      'ゝ',
      '高',
      '髙',
      '吉',
      '𠮷',
      '葛',
      '\u{e0100}',
      '\u{e0101}',
      '\ufe0f',
    ],
    ...[
      ' ',
      '  ',
      '\u3000',
      '\u00a0',
      '\u200b',
      '\u200d',
      '😀',
      '\n',
      '\r\n',
      '_x000D_',
      '_',
      '・',
      '＝',
      '.',
      ',',
      '&amp;',
      '&',
      ';',
      '&lt;',
    ],
    ...[
      '㈱',
      '(株)',
      '株式会社',
      '株',
      '(',
      ')',
      'Co., Ltd.',
      'co ltd',
      'Inc',
      '㎏',
      'kg',
      '①',
      '1',
      '㍻',
      '\u212b',
      'Å',
      '한',
      '\u1112',
      '\u1161',
      '\u11ab',
    ],
  ];
  const alike = [
    ...[
      ['０', '0'],
      ['Ａ', 'A'],
      ['A', 'a'],
      ['か', 'カ'],
      ['か\u3099', 'が'],
      ['ｶﾞ', 'ガ'],
      ['髙', '高'],
      ['&amp;', '&'],
      ['ー', '-'],
    ],
    ...[
      ['㈱', '株式会社'],
      ['㎏', 'kg'],
      ['\u00a0', ' '],
      ['\n', '\r\n'],
      ['  ', ' '],
      ['・', ''],
      ['\u200b', ''],
      ['\ufe0f', ''],
      ["'", ''],
    ],
  ];
  const some = (most: number): string => Array.from({ length: Math.floor(most * random()) }, () => of(signs)).join('');
  return Array.from({ length: count }, () => {
    const [before, behind] = [some(4), some(4)];
    const [one = '', other = ''] = random() < 0.5 ? of(alike) : [some(3), some(3)];
    return [before + one + behind, before + other + behind];
  });
};

test('values that part in none of the signs of a rule are not one under it', () => {
  const told = normalRules.filter(({ signs }) => signs !== undefined);
  const equal = new Map(told.map(({ id }) => [id, 0]));
  for (const [left, right] of nearPairs(30_000)) {
    if (left === right) continue;
    const parting = partingOf(left, right);
    for (const rule of told) {
      const leaves = rule.signs?.test(left) === true || (rule.canonical(left) ?? left) === left;
      if (!leaves) throw new Error(`${rule.id} changes ${JSON.stringify(left)}`);
      if (!equalBy(rule, left, right)) continue;
      equal.set(rule.id, (equal.get(rule.id) ?? 0) + 1);
      if (!rule.signs?.test(parting)) throw new Error(`${rule.id}: ${JSON.stringify([left, right, parting])}`);
    }
  }
  // Each of them was put to the test.
  expect([...equal].filter(([, n]) => n < 5)).toEqual([]);
});

test.each<[string, string, string]>([
  ['abc', 'abd', 'cd'],
  ['abc', 'abc', ''],
  ['aa', 'aaa', 'a'],
  ['', 'x', 'x'],
  // Signs of two code units stay whole.
  ['a𠮷b', 'a𠮶b', '𠮷𠮶'],
  ['😀', '🐀', '😀🐀'],
])('where %s and %s part', (left, right, parting) => {
  expect(partingOf(left, right)).toBe(parting);
});
