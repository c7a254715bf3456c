import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/reason/redact.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const asciiKept = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte > 32 && byte < 127 && byte !== 61
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
const folded = (text: string, width: number): string => text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
const escapedUnicode = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  JSON: (secret) => JSON.stringify({ password: secret }),
  'JSON with escaped letters': (secret) => `"${escapedUnicode(secret)}"`,
  base64: (secret) => base64(secret),
  'base64 after one byte': (secret) => base64(`x${secret}`),
  'base64 after two bytes': (secret) => base64(`xy${secret}`),
  'AUTH PLAIN': (secret) => base64(`\0sales@example.co.jp\0${secret}`),
  'AUTH PLAIN with identity': (secret) => base64(`a\0sales@example.co.jp\0${secret}`),
  XOAUTH2: (secret) => base64(`user=sales@example.co.jp\x01auth=Bearer ${secret}\x01\x01`),
  'base64 in lines': (secret) => folded(base64(`0123456789${secret}9876543210`), 7),
  base64url: (secret) => base64url(`\0sales\0${secret}`),
  'URL component': (secret) => encodeURIComponent(secret),
  form: (secret) => new URLSearchParams({ password: secret }).toString(),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'HEX with blanks': (secret) =>
    [...Buffer.from(secret)].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' '),
  'quoted-printable': quotedPrintable,
  'quoted-printable, ASCII kept': asciiKept,
  'quoted-printable, folded': (secret) => asciiKept(secret).replace(/(=..|.)/g, '$1=\r\n'),
};

/** A small generator, so that a failure can be repeated. */
const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const letters = [...'abcXYZ019', ...'%+ &?=/\\"\'<>{}[]()$^.*|~`!#@,;:-_', ...'パス漢字ｱ①é😀'];

const secretsOf = (seed: number): string => {
  const next = random(seed);
  const length = 6 + next(30);
  return Array.from({ length }, () => letters[next(letters.length)] ?? 'x')
    .join('')
    .trim()
    .padEnd(6, 'q');
};

describe('a secret is in no text, however it was encoded', () => {
  test.each(Object.entries(encodings))('%s', (_name, encode) => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const secret = secretsOf(seed);
      const redact = createRedactor(['another secret', secret]);
      const encoded = encode(secret);
      const text = redact(`before (${encoded}) after`);
      expect({ secret, text }).toEqual({ secret, text: expect.stringMatching(/^before \(.*\*\*\*.*\) after$/s) });
      expect(text).not.toContain(secret);
      // What is left is the neighbours of the secret and no part of it that could be decoded.
      const clean = encode('').length + 8;
      expect(text.replace('before (', '').replace(') after', '').length).toBeLessThanOrEqual(clean + 90);
      const left = text.match(/[A-Za-z0-9+/]{8,}={0,2}/g) ?? [];
      for (const piece of left) {
        const bytes = Buffer.from(piece, 'base64').toString('latin1');
        expect(bytes.includes(Buffer.from(secret).toString('latin1').slice(0, 5))).toBe(false);
      }
    }
  });
});

test('what is no secret stays', () => {
  const redact = createRedactor(['hunter2', 'abc', '', '  ']);
  const text = 'smtp.example.co.jp:587 STARTTLS 535 5.7.8 abcdef パスワード';
  expect(redact(text)).toBe(text);
  expect(redact('the word abc alone')).toBe('the word *** alone');
});

test.each([
  ['C: PASS hunter2', 'C: PASS ***'],
  ['C: AUTH PLAIN AGFiYwBkZWY=', 'C: AUTH PLAIN ***'],
  ['A1 LOGIN sales@example.jp "hun ter\\"2"', 'A1 LOGIN sales@example.jp ***'],
  ['1 AUTHENTICATE PLAIN AGFiYwBkZWY=', '1 AUTHENTICATE PLAIN ***'],
  ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: ***'],
  ['the token Bearer abc.def-ghi', 'the token Bearer ***'],
  ['https://user:hunter2@crm.example.jp/x', 'https://user:***@crm.example.jp/x'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA PRIVATE KEY-----\nrest',
    '-----BEGIN RSA PRIVATE KEY-----***\nrest',
  ],
  ['cut -----BEGIN PRIVATE KEY-----\nMIIE', 'cut -----BEGIN PRIVATE KEY-----***'],
  ['id eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln end', 'id *** end'],
  ['https://crm.example.jp:8443/path@x', 'https://crm.example.jp:8443/path@x'],
  ['250-AUTH PLAIN LOGIN', '250-AUTH PLAIN LOGIN'],
  ['PASSED all', 'PASSED all'],
])('%j', (text, expected) => {
  expect(createRedactor([])(text)).toBe(expected);
});

// In square time this would outlast the suite.
test('a long hostile text is read to its end', () => {
  const redact = createRedactor(Array.from({ length: 20 }, (_, index) => secretsOf(index + 1)));
  for (const piece of ['a', ' ', 'PASS ', 'eyJ', 'https://', 'a://b:', 'Authorization: ', 'A1 LOGIN "']) {
    expect(redact(piece.repeat(Math.ceil(100_000 / piece.length)))).not.toBe('');
  }
});
