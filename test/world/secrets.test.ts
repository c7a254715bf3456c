import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { SecretSource } from '../../src/model/config.ts';
import { wordsOfCommand } from '../../src/reason/command-words.ts';
import { openSecrets, SecretError } from '../../src/world/secrets.ts';

const reveal = async (source: SecretSource): Promise<string> =>
  (await openSecrets(new Map([['id', source]]))).reveal({ secret: 'id' });

const file = (content: string | Buffer): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'crm-doctor-test-')), 'secret');
  writeFileSync(path, content);
  return path;
};

const node = JSON.stringify(process.execPath);

describe('where a secret comes from', () => {
  test.each([
    ['one line', 'hunter2\n', 'hunter2'],
    ['Windows', 'hunter2\r\nsecond\r\n', 'hunter2'],
    ['no line end', ' hunter2 ', ' hunter2 '],
    ['a byte order mark', '\ufeffパスワード', 'パスワード'],
    ['nothing', '', ''],
  ])('a file with %s', async (_name, content, secret) => {
    expect(await reveal({ kind: 'file', file: file(content) })).toBe(secret);
  });

  test('a command without a shell', async () => {
    expect(await reveal({ kind: 'command', command: `${node} -e 'console.log("a b; $HOME\\nsecond")'` })).toBe(
      'a b; $HOME',
    );
  });

  test('a command that asks gets no answer and does not hang', async () => {
    expect(
      await reveal({
        kind: 'command',
        command: `${node} -e 'process.stdin.on("end", () => console.log("end")).resume()'`,
      }),
    ).toBe('end');
  });

  test.each([
    ['a missing file', { kind: 'file', file: '/nonexistent/secret' }, '/nonexistent/secret'],
    ['a file that is too long', { kind: 'file', file: '/dev/zero' }, '64 KiB'],
    [
      'a missing program',
      { kind: 'command', command: 'no-such-program-here --key hunter2' },
      'no-such-program-here (not found)',
    ],
    ['a failing program', { kind: 'command', command: `${node} -e 'console.log("hunter2"); process.exit(3)'` }, '(3)'],
    ['an open quote', { kind: 'command', command: `echo 'hunter2` }, 'quotes'],
    ['no words', { kind: 'command', command: '  ' }, 'empty'],
  ] as const)('%s is told without its content', async (_name, source, says) => {
    const error: unknown = await reveal(source).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SecretError);
    expect(error).toMatchObject({ path: 'id', text: { en: expect.stringContaining(says), ja: expect.any(String) } });
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  });
});

test.each([
  ['pass show mail', ['pass', 'show', 'mail']],
  [`op read "op://a b/c"`, ['op', 'read', 'op://a b/c']],
  [`a 'b "c"' d\\ e "f\\"g" "h\\i" ''`, ['a', 'b "c"', 'd e', 'f"g', 'h\\i', '']],
  [`a"b"'c'`, ['abc']],
  ['a "b', undefined],
  ['a \\', undefined],
] as const)('%s is split as a shell splits it', (command, words) => {
  expect(wordsOfCommand(command)).toEqual(words);
});

test.each([
  ['', { empty: true }],
  ['changeme', { placeholder: true }],
  ['Your-Password', { placeholder: true }],
  ['your_smtp_password_here', { placeholder: true }],
  ['xxxxxx', { placeholder: true }],
  ['********', { placeholder: true }],
  ['<password>', { placeholder: true }],
  ['${MAIL_PASSWORD}', { placeholder: true }],
  ['パスワード', { placeholder: true, nonAscii: true }],
  ['ここにパスワードを入力', { placeholder: true, nonAscii: true }],
  [' hunter2', { outerBlanks: true }],
  ['hunter2\u00a0', { outerBlanks: true, nonAscii: true }],
  ['hun\tter2', { controlCharacters: true }],
  ['ｈunter2', { nonAscii: true }],
  ['correct horse battery staple', {}],
])('the shape of %j', async (value, shape) => {
  const secrets = await openSecrets(new Map([['id', { kind: 'value' as const, value }]]));
  expect(secrets.shape({ secret: 'id' })).toEqual({
    empty: false,
    placeholder: false,
    outerBlanks: false,
    nonAscii: false,
    controlCharacters: false,
    ...shape,
  });
});

test('every value is known to the redaction', async () => {
  const secrets = await openSecrets(
    new Map([
      ['a', { kind: 'value', value: 'one' }],
      ['b', { kind: 'value', value: '' }],
    ]),
  );
  expect(secrets.values()).toEqual(['one']);
  expect(() => secrets.reveal({ secret: 'c' })).toThrow('c');
});
