import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { charactersOf, pad, width } from '../../src/i18n/width.ts';
import { unitsOf, wrap } from '../../src/i18n/wrap.ts';

const dense = (text: string): string => text.replace(/\s+/g, '');

const texts: Readonly<Record<string, string>> = {
  japanese:
    'メールを送れない状態です。原因は、「smtp.example.co.jp」の証明書の有効期限が3日前に切れていることです。受信には影響ありません（IMAP、POP）。',
  english: 'The certificate of smtp.example.co.jp ended three days ago (on 18 Nov 2026); receiving is not affected.',
  mixed: 'サーバー imap.example.co.jp:993 は「535 5.7.8 Error: authentication failed」と応答しました（2 回）。',
  url: '詳しくは https://support.example.co.jp/articles/mail/settings?lang=ja#smtp をご覧ください。',
  long: 'aGVsbG8gd29ybGQ'.repeat(20),
  longKatakana: 'コンピューターネットワークインフラストラクチャーアドミニストレーター'.repeat(3),
  emoji: '👩‍👩‍👧‍👦が届きました🇯🇵👍🏽。か\u3099き\u3099の ﾊﾟｽﾜｰﾄﾞ と 𠮷野家 の é e\u0301',
  brackets: '（（（「「『あ』」」）））、、。。！？…ーーっっ',
  blanks: '  two  blanks   and\u3000ideographic\u3000ones  ',
  empty: '',
};

describe.each(Object.entries(texts))('%s', (_, text) => {
  test.each([2, 3, 7, 20, 38, 40, 80, 200])('fits into %i columns and loses nothing', (columns) => {
    const lines = wrap(text, columns);
    expect(dense(lines.join(''))).toBe(dense(text));
    for (const line of lines) {
      // One character can be wider than two columns are (four half-width marks on one base).
      if (charactersOf(line).length > 1) expect(width(line)).toBeLessThanOrEqual(columns);
    }
  });

  test.each([-1, 0, 1, Number.NaN])('is not hung by %d columns', (columns) => {
    expect(dense(wrap(text, columns).join(''))).toBe(dense(text));
  });
});

describe('where a line may end', () => {
  const all = (columns: number) =>
    [texts.japanese, texts.mixed, texts.english].flatMap((text) => wrap(text ?? '', columns));

  test.each([30, 31, 32, 33, 40, 41, 57])(
    'no punctuation at the head, no opening bracket at the tail at %i columns',
    (columns) => {
      for (const line of all(columns)) {
        expect(line).not.toMatch(/^[、。，．）」』】ー！？っゃゅょァィゥェォ,.;)]/);
        expect(line).not.toMatch(/[（「『【(]$/);
      }
    },
  );

  test.each([
    ['host', 'サーバー imap.example.co.jp:993 は応答しません', 'imap.example.co.jp:993', 24],
    ['url', texts.url ?? '', 'https://support.example.co.jp/articles/mail/settings?lang=ja#smtp', 70],
    ['mailbox', '宛先 sales+crm@example.co.jp を確認します', 'sales+crm@example.co.jp', 24],
    ['IPv6', '接続先 [2001:db8::10]:993 が拒否しました', '[2001:db8::10]:993', 20],
    ['option', 'run crm-doctor mail --password-env NAME again', '--password-env', 16],
  ])('a %s stays whole where a line can hold it', (_, text, whole, columns) => {
    expect(wrap(text, columns).some((line) => line.includes(whole))).toBe(true);
  });

  test('a character is never cut', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(wrap(family.repeat(5), 4)).toEqual([family + family, family + family, family]);
    expect(wrap('か\u3099'.repeat(3), 2)).toEqual(['か\u3099', 'か\u3099', 'か\u3099']);
  });

  test('line breaks of the text are kept', () => {
    expect(wrap('one\n\ntwo', 80)).toEqual(['one', '', 'two']);
  });

  test('a blank that may not be broken is not', () => {
    expect(wrap('about 10\u00a0000 records', 9)).toEqual(['about', '10\u00a0000', 'records']);
  });

  // In square time this would outlast the suite.
  test('a long text comes through whole', () => {
    const text = 'メールサーバーの証明書 '.repeat(1_500) + '証明書の👍🏽'.repeat(1_500);
    expect(dense(wrap(text, 40).join(''))).toBe(dense(text));
  });
});

describe('plain ASCII', () => {
  const pieces = [
    'run',
    ' ',
    '  ',
    'a-b',
    '(x)',
    '"two words"',
    'user@example.co.jp:993',
    ',',
    '.',
    "'s",
    '--json=1',
    '1,000.5',
    '%',
  ];
  const texts = pieces.flatMap((one) => pieces.flatMap((two) => pieces.map((three) => one + two + three)));

  test('is broken where a segmenter breaks it', () => {
    // A letter of Japanese behind it sends the same text by the segmenter.
    const told = (parts: readonly string[]): string => parts.join('|');
    const off = texts.filter(
      (text) =>
        told([...unitsOf(text), 'あ']) !== told(unitsOf(`${text}あ`)) ||
        told([...charactersOf(text), 'あ']) !== told(charactersOf(`${text}あ`)),
    );
    expect(off).toEqual([]);
  });
});

describe('width and pad', () => {
  test('agrees with string-width for the characters of the plane, alone and beside others', () => {
    const off: string[] = [];
    // Between the first kanji and the last syllable of Hangul stand long runs of one kind.
    const isAlike = (code: number): boolean =>
      code > 0x3410 && code < 0xd790 && ![0x4dff, 0x4e00, 0x9fff, 0xa000].includes(code);
    for (let code = 0x20; code <= 0xffff; code += 1) {
      if (!process.env.ALL && isAlike(code) && code % 13 !== 0) continue;
      const character = String.fromCodePoint(code);
      if (/\p{C}/u.test(character)) continue;
      for (const text of [character, `あ${character}a`]) if (width(text) !== stringWidth(text)) off.push(text);
    }
    expect(off).toEqual([]);
  });

  test.each([
    ['日本', 4],
    ['ﾊﾟ', 2],
    ['⚠', 1],
    ['✖', 1],
    ['→', 1],
    ['👩‍👩‍👧‍👦', 2],
    ['', 0],
    ['abc', 3],
  ])('%s takes %i columns', (text, columns) => {
    expect(width(text)).toBe(columns);
  });

  test('pads by columns and never cuts', () => {
    expect(pad('日本', 6)).toBe('日本  ');
    expect(pad('日本', 6, 'left')).toBe('  日本');
    expect(pad('日本語', 4)).toBe('日本語');
  });
});
