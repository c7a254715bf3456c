import { describe, expect, test } from '@jest/globals';
import { type PhpValue, parsePhpSerialized } from '../../../src/reason/workflow/languages/php-serialized.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const plain = (value: PhpValue): unknown => {
  switch (value.kind) {
    case 'array':
    case 'object':
      return Object.fromEntries([...value.entries].map(([key, of]) => [key, plain(of)]));
    case 'null':
      return null;
    default:
      return value.value;
  }
};

describe('what PHP serialized', () => {
  test.each<[text: string, expected: unknown]>([
    ['N;', null],
    ['b:1;', true],
    ['i:-12;', -12],
    ['d:0.5;', 0.5],
    ['s:3:"あ";', 'あ'],
    ['s:4:"a";b";', 'a";b'],
    ['a:2:{i:0;s:1:"x";s:1:"k";a:1:{i:0;b:0;}}', { 0: 'x', k: { 0: false } }],
    ['O:3:"Foo":2:{s:1:"a";i:1;s:6:"\0Foo\0b";i:2;}', { a: 1, b: 2 }],
  ])('%j', (text, expected) => {
    const value = parsePhpSerialized(bytes(text));
    expect(value.kind === 'fault' ? value : plain(value)).toEqual(expected);
  });

  test('a key named __proto__ is a key', () => {
    const value = parsePhpSerialized(bytes('a:1:{s:9:"__proto__";a:1:{s:1:"x";i:1;}}'));
    expect(value.kind === 'array' && [...value.entries.keys()]).toEqual(['__proto__']);
  });

  test.each<[text: string, reason: string]>([
    ['', 'cut-off'],
    ['s:5:"ab";', 'cut-off'],
    ['s:999999999:"ab";', 'cut-off'],
    ['s:9999999999:"ab";', 'unexpected'],
    ['s:-1:"";', 'unexpected'],
    ['a:1:{i:0;', 'cut-off'],
    ['a:99999999:{}', 'cut-off'],
    ['a:1:{a:0:{}i:1;}', 'unexpected'],
    ['x:1;', 'unexpected'],
    ['i:abc;', 'unexpected'],
    ['a:1:{i:0;R:1;}', 'unsupported'],
    ['C:3:"Foo":2:{ab}', 'unsupported'],
    ['a:1:{i:0;'.repeat(100), 'too-deep'],
    [`a:30000:{${'i:0;i:0;'.repeat(30000)}}`, 'too-many'],
  ])('%j is a fault', (text, reason) => {
    expect(parsePhpSerialized(bytes(text))).toMatchObject({ kind: 'fault', reason });
  });

  test('every cut is a fault', () => {
    const whole = bytes('a:2:{i:0;s:3:"あ";s:1:"k";a:1:{i:0;d:0.5;}}');
    for (let length = 0; length < whole.length; length += 1) {
      expect(parsePhpSerialized(whole.subarray(0, length)).kind).toBe('fault');
    }
  });
});
