import { describe, expect, test } from '@jest/globals';
import { decode } from '../../../src/workflow/source/bytes.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

const utf16 = (text: string, big = false): Buffer => {
  const little = Buffer.from(text, 'utf16le');
  return big ? little.swap16() : little;
};

// 「受注」
const shiftJis = [0x8e, 0xf3, 0x92, 0x8d];
const eucJp = [0xbc, 0xf5, 0xc3, 0xed];

const said = (input: Uint8Array, limits?: Parameters<typeof decode>[2]): string => {
  const result = decode(input, 'a.yaml', limits);
  if (result.kind !== 'fault') return result.kind;
  const { rule, place, message } = result.problem;
  return `${rule} ${place.line}:${place.column} ${message.en}`;
};

describe('text', () => {
  test.each([
    ['UTF-8', bytes('a: 受注'), 'a: 受注'],
    ['UTF-8 with a mark', bytes([0xef, 0xbb, 0xbf], 'a: 受注'), 'a: 受注'],
    ['UTF-16, little end first', bytes([0xff, 0xfe], [...utf16('a: 受注')]), 'a: 受注'],
    ['UTF-16, big end first', bytes([0xfe, 0xff], [...utf16('a: 受注', true)]), 'a: 受注'],
    ['UTF-16 XML without a mark', bytes([...utf16('<?xml version="1.0"?><a/>')]), '<?xml version="1.0"?><a/>'],
    [
      'XML that says Shift_JIS',
      bytes('<?xml version="1.0" encoding="Shift_JIS"?>\n<a>', shiftJis, '</a>'),
      '<?xml version="1.0" encoding="Shift_JIS"?>\n<a>受注</a>',
    ],
    [
      'XML that says EUC-JP',
      bytes("<?xml version='1.0' encoding='EUC-JP'?>\n<a>", eucJp, '</a>'),
      "<?xml version='1.0' encoding='EUC-JP'?>\n<a>受注</a>",
    ],
    [
      'a mark is believed over the declaration',
      bytes([0xef, 0xbb, 0xbf], '<?xml version="1.0" encoding="Shift_JIS"?><a>受注</a>'),
      '<?xml version="1.0" encoding="Shift_JIS"?><a>受注</a>',
    ],
    ['nothing', bytes(''), ''],
  ])('%s', (_, input, text) => {
    expect(decode(input, 'a.xml')).toMatchObject({ kind: 'text', text });
  });
});

describe('what is not what it says', () => {
  test.each([
    ['a cut character', bytes('a: b\nc: x', [0xe5, 0x8f]), 'parse-encoding 2:5 this is no UTF-8'],
    ['an overlong form', bytes('a\n', [0xc0, 0xaf]), 'parse-encoding 2:1 this is no UTF-8'],
    [
      'Shift_JIS without a word of it',
      bytes('workflow: a\n受\nlabel: ', shiftJis, '\n'),
      'parse-encoding 3:8 this is no UTF-8',
    ],
    [
      'Shift_JIS alone',
      bytes('workflow: a\nlabel: ', shiftJis, '\n'),
      'parse-encoding 2:8 this is no UTF-8 (the file seems to be Shift_JIS)',
    ],
    [
      'after a mark',
      bytes([0xef, 0xbb, 0xbf], 'a\n𠮷', [0xff]),
      'parse-encoding 2:3 the file starts with the mark of UTF-8, but this is no character of it',
    ],
    [
      'half a pair in UTF-16',
      bytes([0xff, 0xfe], [...utf16('a\nbc')], [0x00, 0xd8, 0x61, 0x00]),
      'parse-encoding 2:3 the file starts with the mark of UTF-16, but this is no character of it',
    ],
    [
      'a declaration that is not true',
      bytes('<?xml version="1.0" encoding="Shift_JIS"?>\n<a>', [0xfd], '</a>'),
      'parse-encoding 2:4 the declaration says Shift_JIS, but this is no character of it',
    ],
    [
      'a declaration of UTF-16 in bytes',
      bytes('<?xml version="1.0" encoding="UTF-16"?><a/>'),
      'parse-encoding 1:31 the declaration says UTF-16, but the file is not written in it',
    ],
    [
      'an encoding that nobody knows',
      bytes('<?xml version="1.0"\n  encoding="klingon"?><a/>'),
      'parse-encoding 2:13 the declaration names the encoding klingon, which crm-doctor does not know',
    ],
    [
      'UTF-32',
      bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
      'parse-encoding 1:1 the file starts with the mark of UTF-32, which crm-doctor does not read',
    ],
  ])('%s', (_, input, expected) => {
    expect(said(input)).toBe(expected);
  });

  test('the place is right far into a large file', () => {
    const lines = Buffer.from('key: value 受注\n'.repeat(20_000));
    expect(said(Buffer.concat([lines, Buffer.from('受'), Buffer.from([0xff])]))).toMatch(/^parse-encoding 20001:2 /);
  });

  test('the text is guessed, so that the file can be told from others', () => {
    expect(decode(bytes('workflow: a\n', [0xff]), 'a.yaml')).toMatchObject({ text: 'workflow: a\n\ufffd' });
  });
});

test.each([
  ['an archive', bytes('PK\u0003\u0004 and more')],
  ['a picture', bytes([0x89], 'PNG\r\n')],
  ['bytes with a NUL', bytes('abc', [0], 'def')],
  ['a large one', bytes([0, 1, 2], 'x'.repeat(100))],
])('%s is no text', (_, input) => {
  expect(said(input, { bytes: 50, line: 10 })).toBe('binary');
});

test.each([
  ['the file', 'a: b\n'.repeat(30), { bytes: 100, line: 100 }, /^parse-limit 1:1 the file is larger/],
  ['a line', `a\n${'b'.repeat(30)}\n`, { bytes: 100, line: 20 }, /^parse-limit 2:21 this line is longer than 20/],
  ['the last line', `a\n${'b'.repeat(30)}`, { bytes: 100, line: 20 }, /^parse-limit 2:21 /],
  ['no line', `a\n${'b'.repeat(20)}\n`, { bytes: 100, line: 20 }, /^text$/],
])('%s is too long', (_, input, limits, expected) => {
  expect(said(bytes(input), limits)).toMatch(expected);
});
