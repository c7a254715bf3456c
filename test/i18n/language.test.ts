import { describe, expect, test } from '@jest/globals';
import { formatDate, formatMs, plural } from '../../src/i18n/format.ts';
import { charset, chooseLanguage, onlyAscii } from '../../src/i18n/language.ts';

describe('the language', () => {
  test.each([
    ['the flag', 'ja', { CRM_DOCTOR_LANG: 'en' }, 'ja'],
    ['the flag over a Japanese locale', 'en', { LC_ALL: 'ja_JP.UTF-8' }, 'en'],
    ['the own variable', undefined, { CRM_DOCTOR_LANG: 'ja', LC_ALL: 'C' }, 'ja'],
    ['LC_ALL', undefined, { LC_ALL: 'ja_JP.UTF-8', LC_MESSAGES: 'de_DE', LANG: 'fr_FR' }, 'ja'],
    ['LC_MESSAGES', undefined, { LC_MESSAGES: 'ja_JP', LANG: 'en_US' }, 'ja'],
    ['LANG', undefined, { LANG: 'ja' }, 'ja'],
    ['an empty variable, which is unset', undefined, { LC_ALL: '', LANG: 'ja_JP.UTF-8' }, 'ja'],
    ['another language', undefined, { LANG: 'de_DE.UTF-8' }, 'en'],
    ['C', undefined, { LANG: 'C' }, 'en'],
    ['nothing', undefined, {}, 'en'],
  ] as const)('comes from %s', (_, flag, env, language) => {
    expect(chooseLanguage({ env, ...(flag === undefined ? {} : { flag }) })).toBe(language);
  });
});

describe('the character set', () => {
  test.each([
    [{ LANG: 'ja_JP.UTF-8' }, true],
    [{ LANG: 'ja_JP.utf8' }, true],
    [{ LANG: 'C' }, true],
    [{}, true],
    [{ LANG: 'ja_JP.eucJP' }, false],
    [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.SJIS' }, false],
    [{ LANG: 'en_US.ISO-8859-1@euro' }, false],
  ])('%j: UTF-8 %s', (env, utf8) => {
    expect(charset(env).utf8).toBe(utf8);
  });

  test('is named', () => {
    expect(charset({ LANG: 'de_DE.ISO-8859-15@euro' }).name).toBe('ISO-8859-15');
  });
});

describe('numbers and dates', () => {
  test.each([
    [31, '31 ms', '31 ミリ秒'],
    [812, '0.8 s', '0.8 秒'],
    [59_949, '59.9 s', '59.9 秒'],
    [59_960, '1 min', '1 分'],
    [131_000, '2 min 11 s', '2 分 11 秒'],
    [-3, '0 ms', '0 ミリ秒'],
  ])('%i ms', (ms, en, ja) => {
    expect([formatMs(ms, 'en'), formatMs(ms, 'ja')]).toEqual([en, ja]);
  });

  test('a date', () => {
    expect(formatDate('2026-11-18T23:59:59Z', 'en')).toBe('18 Nov 2026');
    expect(formatDate(new Date('2026-11-18'), 'ja')).toBe('2026年11月18日');
    expect(formatDate('soon', 'en')).toBe('soon');
  });

  test('one and many', () => {
    expect([plural(1, 'check'), plural(0, 'check'), plural(2, 'mailbox', 'mailboxes')]).toEqual([
      '1 check',
      '0 checks',
      '2 mailboxes',
    ]);
  });
});

test.each<[boolean | undefined, string | undefined, 'ja' | 'en', boolean]>([
  [true, 'ja_JP.UTF-8', 'ja', true],
  [undefined, 'ja_JP.UTF-8', 'en', false],
  [undefined, undefined, 'en', false],
  [undefined, 'ja_JP.SJIS', 'en', true],
  [undefined, 'ja_JP.SJIS', 'ja', false],
])('--ascii %s under %s in %s: only ASCII %s', (asked, LANG, language, expected) => {
  expect(onlyAscii(asked, { LANG }, language)).toBe(expected);
});
