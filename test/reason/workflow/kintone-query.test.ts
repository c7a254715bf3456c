import { describe, expect, test } from '@jest/globals';
import { type KintoneQuery, parseKintoneQuery } from '../../../src/reason/workflow/languages/kintone-query.ts';

const shape = (query: KintoneQuery): unknown => {
  if (query.kind !== 'test') return { [query.kind]: query.of.map(shape) };
  const values = query.values.map((value) =>
    value.kind === 'call'
      ? `${value.name}(${value.arguments.join()})`
      : value.kind === 'number'
        ? Number(value.text)
        : value.text,
  );
  return [query.field.text, query.operator.text, ...values];
};

describe('a kintone query', () => {
  test.each<[text: string, expected: unknown]>([
    ['金額 > 100', ['金額', '>', 100]],
    ['金額 > "100"', ['金額', '>', '100']],
    ['文字列_0="テスト"', ['文字列_0', '=', 'テスト']],
    ['確度 in ("A", "B")', ['確度', 'in', 'A', 'B']],
    ['確度 not  in ()', ['確度', 'not in']],
    ['件名 not like "急\\"ぎ\\\\"', ['件名', 'not like', '急"ぎ\\']],
    ['詳細 is empty', ['詳細', 'is empty']],
    ['詳細 is not empty', ['詳細', 'is not empty']],
    ['作成者 in (LOGINUSER())', ['作成者', 'in', 'LOGINUSER()']],
    ['期日 < FROM_TODAY(-7, DAYS)', ['期日', '<', 'FROM_TODAY(-7,DAYS)']],
    [
      'a = 1 and b = 2 or c = 3',
      {
        any: [
          {
            all: [
              ['a', '=', 1],
              ['b', '=', 2],
            ],
          },
          ['c', '=', 3],
        ],
      },
    ],
    [
      'a = 1 AND (b = 2 OR c = 3)',
      {
        all: [
          ['a', '=', 1],
          {
            any: [
              ['b', '=', 2],
              ['c', '=', 3],
            ],
          },
        ],
      },
    ],
    ['a = 1 order by a desc limit 10', ['a', '=', 1]],
  ])('%s', (text, expected) => {
    const query = parseKintoneQuery(text);
    expect(query.kind === 'fault' ? query : shape(query)).toEqual(expected);
  });

  test('every part knows its place', () => {
    expect(parseKintoneQuery('(確度 not in ("A", "B"))')).toMatchObject({
      start: 0,
      end: 22,
      field: { start: 1, end: 3 },
      operator: { start: 4, end: 10 },
      values: [
        { start: 12, end: 15 },
        { start: 17, end: 20 },
      ],
    });
  });

  test.each<[text: string, at: number, reason: string]>([
    ['', 0, 'field-expected'],
    ['金額', 2, 'operator-expected'],
    ['金額 == 1', 4, 'value-expected'],
    ['金額 between 1', 3, 'operator-expected'],
    ['金額 > ', 5, 'value-expected'],
    ['金額 > abc', 5, 'value-expected'],
    ['金額 > "abc', 5, 'unclosed-text'],
    ['金額 in "a"', 6, 'list-expected'],
    ['金額 in ("a"', 6, 'unclosed-bracket'],
    ['金額 in ("a" "b")', 11, 'unexpected'],
    ['(金額 > 1', 0, 'unclosed-bracket'],
    ['金額 > 1)', 6, 'unexpected'],
    ['金額 > 1 and', 10, 'field-expected'],
    ['金額 ! 1', 3, 'unexpected'],
    ['期日 = TODAY(', 10, 'unclosed-bracket'],
    ['('.repeat(100), 60, 'too-deep'],
  ])('%s is a fault at %i', (text, at, reason) => {
    expect(parseKintoneQuery(text)).toMatchObject({ kind: 'fault', at, reason });
  });
});
