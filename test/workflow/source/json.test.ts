import { describe, expect, test } from '@jest/globals';
import { exactNumber, readJson } from '../../../src/workflow/source/json.ts';
import { placeInText, placeOf, placeOfKey } from '../../../src/workflow/source/json-places.ts';
import { booleanOf, idOf, isBlank, itemsOf, member, numberOf, textOf } from '../../../src/workflow/source/json-read.ts';
import type { JsonValue } from '../../../src/workflow/source/json-value.ts';

const rootOf = (text: string): JsonValue => {
  const { root, problems } = readJson('a.json', text);
  expect(problems).toEqual([]);
  if (!root) throw new Error('nothing was read');
  return root;
};

const plain = (value: JsonValue): unknown => {
  switch (value.kind) {
    case 'record':
      return Object.fromEntries([...value.members].map(([key, of]) => [key, plain(of)]));
    case 'list':
      return value.items.map(plain);
    case 'null':
      return null;
    case 'text':
    case 'number':
    case 'boolean':
      return value.value;
  }
};

describe('reading JSON', () => {
  test.each([
    '{}',
    '[]',
    ' [ 1 , -0.5e+3 , 1E2, 0 ] ',
    '{"a":{"b":[true,false,null,"x"]},"":1}',
    '"\\u3042\\n\\"\\\\\\/"',
    '[[[]],{"a":[{}]}]',
    '12',
  ])('%s is what the built-in reader makes of it', (text) => {
    expect(plain(rootOf(text))).toEqual(JSON.parse(text));
  });

  test('every value and key knows its line, column and pointer', () => {
    const root = rootOf('{\r\n  "状態/1": {\n    "a~b": [10, "二"]\n  }\n}');
    const list = member(root, '状態/1', 'a~b');
    expect(list && placeOf(list)).toEqual({
      file: 'a.json',
      line: 3,
      column: 12,
      endLine: 3,
      endColumn: 21,
      pointer: '/状態~11/a~0b',
    });
    expect(list && placeOfKey(list)).toMatchObject({ line: 3, column: 5, endColumn: 10 });
    const second = itemsOf(list)[1];
    expect(second && placeOf(second)).toMatchObject({ line: 3, column: 17, pointer: '/状態~11/a~0b/1' });
    expect(placeOf(root)).toMatchObject({ line: 1, column: 1, endLine: 5, endColumn: 2, pointer: '' });
  });

  test('a byte-order mark moves no column', () => {
    const value = itemsOf(rootOf('\uFEFF[1]'))[0];
    expect(value && placeOf(value)).toMatchObject({ line: 1, column: 2 });
  });

  test('a part of a text is found, also behind escapes', () => {
    const texts = itemsOf(rootOf('["a and b", "\\u3042\\n\\"and\\" b"]'));
    const columns = texts.map((text) => {
      if (text.kind !== 'text') return undefined;
      const from = text.value.indexOf('and');
      const place = placeInText(text, from, from + 3);
      return [place.column, place.endColumn];
    });
    expect(columns).toEqual([
      [5, 8],
      [24, 27],
    ]);
  });

  test('digits that no number holds stay what they are', () => {
    const [id, big, small] = itemsOf(rootOf('[12345678901234567890, 1e400, 9007199254740991]'));
    expect([idOf(id), numberOf(id)]).toEqual(['12345678901234567890', undefined]);
    expect(big?.kind === 'number' && exactNumber(big)).toBeUndefined();
    expect(numberOf(small)).toBe(9007199254740991);
  });

  test('a key named __proto__ is a key', () => {
    const root = rootOf('{"__proto__": {"polluted": true}, "constructor": 1}');
    expect(booleanOf(member(root, '__proto__', 'polluted'))).toBe(true);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(member(rootOf('{}'), 'toString')).toBeUndefined();
  });

  test('a second key is reported at its place, and the last value counts', () => {
    const { root, problems } = readJson('a.json', '{"a": 1,\n "b": {"x/y": 1, "x/y": 2},\n "a": 3}');
    expect(problems.map(({ rule, place }) => [rule, place.line, place.column, place.pointer])).toEqual([
      ['parse-duplicate-key', 2, 18, '/b/x~1y'],
      ['parse-duplicate-key', 3, 2, '/a'],
    ]);
    expect(numberOf(member(root, 'a'))).toBe(3);
  });

  test('of a thousand second keys the first ones are told', () => {
    const { problems } = readJson('a.json', `{${'"a":1,'.repeat(1000)}"a":1}`);
    expect(problems).toHaveLength(50);
  });
});

describe('what is no JSON is one fault at its place', () => {
  test.each<[text: string, line: number, column: number, words: string]>([
    ['', 1, 1, 'empty'],
    ['  \n ', 2, 2, 'empty'],
    ['{\n "a": [1,\n', 3, 1, 'the "[" of line 2'],
    ['{"a": 1', 1, 8, 'the "{" of line 1'],
    ['{"a": ', 1, 7, 'ends in the middle'],
    ['{"a": 1,}', 1, 9, 'one too many'],
    ['[1,]', 1, 4, 'one too many'],
    ['{"a" 1}', 1, 6, '":" is missing'],
    ['{"a": 1\n"b": 2}', 2, 1, '"," or the closing bracket'],
    ['[1 2]', 1, 4, '"," or the closing bracket'],
    ['{a: 1}', 1, 2, 'a key in "quotes"'],
    ["{'a': 1}", 1, 2, 'double quotes'],
    ['[1, // one\n2]', 1, 5, 'no comments'],
    ['/* x */ {}', 1, 1, 'no comments'],
    ['{"a": undefined}', 1, 7, 'a value is expected'],
    ['[NaN]', 1, 2, 'a value or "]"'],
    ['[01]', 1, 2, 'not a number'],
    ['[1.]', 1, 2, 'not a number'],
    ['[+1]', 1, 2, 'a value or "]"'],
    ['["abc\n"]', 1, 2, 'not closed in its line'],
    ['["abc', 1, 2, 'not closed in its line'],
    ['["abc\\', 1, 2, 'not closed in its line'],
    ['["ab\\x41"]', 1, 5, 'a backslash'],
    ['["\\n\\\\\\u12G4"]', 1, 7, 'a backslash'],
    ['["a\tb"]', 1, 4, 'control character'],
    ['{} {}', 1, 4, 'nothing may follow'],
    ['{]', 1, 2, 'a key in "quotes" or "}"'],
    ['[1}', 1, 3, '"," or the closing bracket'],
    ['[,]', 1, 2, 'a value or "]"'],
    ['truer', 1, 1, 'a value is expected'],
    ['<Flow/>', 1, 1, 'a value is expected'],
    ['\u0000', 1, 1, 'a value is expected'],
  ])('%j', (text, line, column, words) => {
    const { root, problems } = readJson('a.json', text);
    expect(root).toBeUndefined();
    expect(problems).toMatchObject([{ rule: 'parse-syntax', place: { file: 'a.json', line, column } }]);
    expect(problems[0]?.message.en).toContain(words);
    expect(problems[0]?.message.ja).not.toBe('');
  });

  test('every cut of a file is a fault inside it', () => {
    const whole = '{"a": [1, {"b\\u0041": "x\\n"}, true, null], "c": -1.5e3}';
    for (let length = 0; length < whole.length; length += 1) {
      const { root, problems } = readJson('a.json', whole.slice(0, length));
      expect([length, root, problems.length]).toEqual([length, undefined, 1]);
      expect(problems[0]?.place.column).toBeLessThanOrEqual(length + 1);
    }
  });
});

describe('a file that is made to exhaust', () => {
  const limits = { depth: 5, values: 20, units: 1000 };
  test.each<[what: string, text: string, column: number]>([
    ['deep', '[[[[[[1]]]]]]', 6],
    ['of many values', `[${'1,'.repeat(30)}1]`, 40],
    ['long', ' '.repeat(1001), 1],
  ])('%s is read up to the limit', (_, text, column) => {
    const { root, problems } = readJson('a.json', text, limits);
    expect(root).toBeUndefined();
    expect(problems).toMatchObject([{ rule: 'parse-limit', place: { line: 1, column } }]);
  });

  test('a million brackets do not fill the stack', () => {
    expect(readJson('a.json', '['.repeat(1_000_000)).problems).toMatchObject([{ rule: 'parse-limit' }]);
    expect(readJson('a.json', '{"a":'.repeat(1_000_000)).problems).toMatchObject([{ rule: 'parse-limit' }]);
  });
});

test('a value of another kind than asked for is as if it were absent', () => {
  const root = rootOf('{"t": "x", "n": 1, "l": [], "o": {}, "z": null, "q": "12", "w": " "}');
  expect([textOf(member(root, 'n')), idOf(member(root, 'o')), itemsOf(member(root, 't')).length]).toEqual([
    undefined,
    undefined,
    0,
  ]);
  expect([numberOf(member(root, 'q')), numberOf(member(root, 't')), member(root, 't', 'x', 'y')]).toEqual([
    12,
    undefined,
    undefined,
  ]);
  expect(['t', 'n', 'l', 'o', 'z', 'w', 'none'].map((key) => isBlank(member(root, key)))).toEqual([
    false,
    false,
    true,
    true,
    true,
    true,
    true,
  ]);
});
