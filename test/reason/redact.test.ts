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

describe('a token', () => {
  const token = `eyJ0eXAi.${'Aa0-_'.repeat(500)}.${'Zz9'.repeat(100)}`;
  const xoauth2 = (before: string): string => Buffer.from(`${before}${token}\x01\x01`).toString('base64');

  test.each([
    ['as it is', `Bearer: "${token}"`],
    ['cut', `… ${token.slice(700, 1100)}…`],
    ['at the first place of base64', xoauth2('user=a@example.test\x01auth=Bearer ')],
    ['at the second', xoauth2('user=ab@example.test\x01auth=Bearer ')],
    ['at the third', xoauth2('user=abc@example.test\x01auth=Bearer ')],
    ['for URLs', Buffer.from(`x${token}`).toString('base64url')],
    ['in lines', (xoauth2('').match(/.{1,76}/g) ?? []).join('\r\n')],
    ['in hexadecimal', Buffer.from(token).toString('hex')],
  ])('%s goes', (_name, words) => {
    const redacted = createRedactor([token])(`S: 535 ${words} end`);
    expect(redacted).toMatch(/^S: 535 .*\*\*\*[\s\S]*end$/);
    // Nothing of it stays that is longer than what it is known by.
    for (const form of [token, xoauth2(''), xoauth2('a'), xoauth2('ab'), Buffer.from(token).toString('hex')]) {
      const places = Array.from({ length: form.length - 31 }, (_, at) => form.slice(at, at + 31));
      expect(places.filter((part) => redacted.includes(part))).toEqual([]);
    }
  });

  test('other long words stay', () => {
    const words = `https://login.microsoftonline.com/organizations/oauth2/v2.0/token ${'b'.repeat(64)}`;
    expect(createRedactor([token])(words)).toBe(words);
  });

  test('many of them cost no time to speak of', () => {
    const many = Array.from({ length: 10 }, (_, n) => `${n}${token}`);
    const text = `${'S: 250 ok\n'.repeat(20_000)}${token}`;
    expect(createRedactor(many)(text)).not.toContain('Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_');
  });
});
