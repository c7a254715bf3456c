import { describe, expect, test } from '@jest/globals';
import { visible } from '../../src/i18n/visible.ts';

describe('hidden characters are shown', () => {
  test.each([
    ['a colour', '\u001b[31mred', '\\x1b[31mred'],
    ['line ends and tabs', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['NUL and DEL', '\u0000\u007f', '\\x00\\x7f'],
    ['C1, which a terminal obeys too', '\u009b31m', '\\x9b31m'],
    ['a direction override', 'txt\u202eexe', 'txt\\u202eexe'],
    ['isolates and marks', '\u2066a\u2069\u200f', '\\u2066a\\u2069\\u200f'],
    ['line separators', 'a\u2028b', 'a\\u2028b'],
    ['a zero-width blank in a host', 'imap\u200b.example', 'imap\\u200b.example'],
    ['a joiner in a host', 'imap\u200d.example', 'imap\\u200d.example'],
    ['a variation selector after ASCII', 'imap\ufe0f', 'imap\\ufe0f'],
    ['a byte order mark', '\ufeffx', '\\ufeffx'],
    ['tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

test.each([
  ['Japanese', 'メールサーバー（IMAP）、ﾊﾟｽﾜｰﾄﾞ'],
  ['a joined emoji', '👩‍👩‍👧‍👦 👍🏽 ❤️ 1️⃣'],
  ['a kanji of a name with its variant', '葛\u{e0100}城'],
  ['Persian', 'می\u200cخواهم'],
  ['combining marks', 'か\u3099 e\u0301'],
])('%s stays as it is', (_, text) => {
  expect(visible(text)).toBe(text);
});
