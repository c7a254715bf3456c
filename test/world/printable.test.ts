import { describe, expect, test } from '@jest/globals';
import { decoded, printable, printableLines } from '../../src/world/printable.ts';

describe('printable', () => {
  test.each([
    ['plain words', '220 mail ESMTP', '220 mail ESMTP'],
    ['Japanese', 'メール 受信', 'メール 受信'],
    ['emoji beyond the basic plane', 'ok 😀', 'ok 😀'],
    ['escape sequences of a terminal', '\u001b[31mred\u001b]0;title\u0007', '\\x1b[31mred\\x1b]0;title\\x07'],
    ['a tab', 'a\tb', 'a b'],
    ['NUL, DEL and C1', '\u0000\u007f\u009b', '\\x00\\x7f\\x9b'],
    ['line ends', 'a\r\nb\u2028c', 'a\\x0d\\x0ab\\u{2028}c'],
    ['bidirectional overrides', 'a\u202eb\u2066c\u2069', 'a\\u{202e}b\\u{2066}c\\u{2069}'],
    ['zero width characters and the byte order mark', '\u200b\u200f\ufeff', '\\u{200b}\\u{200f}\\u{feff}'],
    ['half a surrogate pair', 'a\ud83db', 'a\\u{d83d}b'],
  ])('%s', (_, given, expected) => {
    expect(printable(given)).toBe(expected);
  });

  test('bytes that are no UTF-8 are read as Latin-1, so that none is lost', () => {
    expect(decoded(Buffer.from([0x63, 0x61, 0x66, 0xe9]))).toBe('café');
    expect(printable(Buffer.from([0x61, 0x9b, 0xe9]))).toBe('a\\x9bé');
    expect(printable(Buffer.from('受信'))).toBe('受信');
  });

  test('a line is cut after 2000 characters, a list after 100 lines', () => {
    expect(printable('x'.repeat(70_000))).toBe(`${'x'.repeat(2_000)}…`);
    expect(printable(Buffer.alloc(70_000, 'x'))).toBe(`${'x'.repeat(2_000)}…`);
    expect(printableLines(Array.from({ length: 500 }, () => 'x'))).toHaveLength(100);
  });
});
