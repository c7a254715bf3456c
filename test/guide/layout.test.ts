import { expect, test } from '@jest/globals';
import { layoutOf } from '../../src/guide/layout.ts';
import type { Block } from '../../src/guide/talk.ts';
import { width } from '../../src/i18n/width.ts';
import type { Language } from '../../src/model/text.ts';

const long = {
  en: 'The certificate of smtp.example.co.jp ended on 18 November 2026, so that no mail program trusts it any more.',
  ja: 'smtp.example.co.jp のサーバー証明書は 2026年11月18日に有効期限が切れたため、どのメールソフトからも信頼されません。',
};

const blocks: readonly Block[] = [
  { kind: 'title', text: { en: 'Encryption (TLS)', ja: '暗号化 (TLS)' }, at: '4/7' },
  { kind: 'words', text: long },
  { kind: 'note', text: long },
  { kind: 'result', status: 'fail', title: long, below: [long] },
  { kind: 'facts', rows: [{ label: { en: 'Cause (almost certain)', ja: '原因（ほぼ確実）' }, text: [long, long] }] },
  {
    kind: 'table',
    head: [
      { en: 'Check', ja: '検査' },
      { en: 'Before', ja: '前' },
      { en: 'After', ja: '後' },
    ],
    rows: [['mail.tls smtp smtp.example.co.jp:465', { en: 'FAIL', ja: '異常' }, { en: 'OK', ja: '正常' }]],
  },
  { kind: 'steps', steps: [long, long] },
  {
    kind: 'quoted',
    lines: [
      '535 5.7.8 Error: authentication failed: \u001b[31m日本語の応答が長く続く場合の折り返しを確かめるための行です',
    ],
  },
];

const bare = (lines: readonly string[]): string => lines.join('').replace(/[\s│|─┌┐└┘┬┴+-]/g, '');

const cases = [40, 80, 120].flatMap((columns) =>
  (['en', 'ja'] as const).flatMap((language) =>
    [
      { name: 'signs', ascii: false, plain: false },
      { name: 'ASCII', ascii: true, plain: false },
      { name: 'plain', ascii: false, plain: true },
    ].map((look) => ({ columns, language, ...look })),
  ),
);

const layout = (columns: number, language: Language, { ascii, plain }: { ascii: boolean; plain: boolean }) =>
  layoutOf({ columns, colour: false, ascii, verbose: false, quiet: false, language }, { plain });

test.each(cases)('on $columns columns in $language ($name) no line is too wide and no word is lost', (look) => {
  const { columns, language } = look;
  for (const block of blocks) {
    const lines = layout(columns, language, look).lines(block);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
    const said = block.kind === 'words' || block.kind === 'note' ? bare([long[language]]) : '';
    expect(bare(lines)).toContain(said);
    if (look.plain) expect(lines.join('')).not.toMatch(/[│━✖✓]/);
  }
});

test('what a server said cannot move the cursor or hide', () => {
  const { lines } = layout(80, 'en', { ascii: false, plain: false });
  expect(lines({ kind: 'quoted', lines: ['a\u001b[2Jb\u202ec'] }).join('')).toContain('a\\x1b[2Jb\\u202ec');
});

test('a command is never broken: it is to be copied', () => {
  const text = `crm-doctor mail ${'long-address'.repeat(8)}@example.co.jp --password-env MAIL_PASSWORD`;
  const { lines } = layout(40, 'ja', { ascii: false, plain: false });
  expect(lines({ kind: 'command', text })).toEqual([`  ${text}`]);
});
