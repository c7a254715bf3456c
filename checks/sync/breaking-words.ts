import type { Text } from '../../src/model/text.ts';
import type { BreakingSign } from '../../src/reason/rows/breaking-signs.ts';

/** A kind of characters by its name, and what to do where records break at it. */
export const breakingWords: Readonly<Record<BreakingSign, { readonly called: Text; readonly mending: Text }>> = {
  'line-break': {
    called: { en: 'a line break', ja: '改行' },
    mending: {
      en: 'Look for a step that reads the file line by line: let it be written and read as CSV with quoted fields (RFC 4180), or replace line breaks before.',
      ja: 'ファイルを 1 行ずつ読む処理を探します。値を引用符で囲む CSV（RFC 4180）として書き出し、読み込むか、事前に改行を置き換えます。',
    },
  },
  tab: {
    called: { en: 'a tab', ja: 'タブ文字' },
    mending: {
      en: 'Look for a step that separates columns by tabs: let it quote its fields, or replace tabs before.',
      ja: 'タブ区切りで読み書きする処理を探します。値を引用符で囲むか、事前にタブ文字を置き換えます。',
    },
  },
  apostrophe: {
    called: { en: "an apostrophe (')", ja: "アポストロフィ (')" },
    mending: {
      en: 'Look for a statement that is put together as text: an apostrophe ends a value there, and anybody who types one can change the statement. Hand values over as parameters (prepared statements).',
      ja: '文字列をつなげて SQL などの文を組み立てている箇所を探します。アポストロフィで値が終わってしまい、入力しだいで文そのものを変えられます。値はパラメーター（プリペアドステートメント）で渡します。',
    },
  },
  quote: {
    called: { en: 'a double quote (")', ja: '二重引用符 (")' },
    mending: {
      en: 'Let the file be written by a library that doubles quotes within a value (RFC 4180), or JSON by one that escapes them.',
      ja: '値の中の引用符を二重にするライブラリ（RFC 4180）でファイルを書き出します。JSON の場合もライブラリでエスケープします。',
    },
  },
  comma: {
    called: { en: 'a comma', ja: 'コンマ (,)' },
    mending: {
      en: 'Let the file be written with quoted fields (RFC 4180): a bare comma makes one column more, and such rows are thrown away.',
      ja: '値を引用符で囲んでファイルを書き出します（RFC 4180）。囲まないコンマは列を 1 つ増やし、その行は捨てられます。',
    },
  },
  markup: {
    called: { en: '< or &', ja: '< または &' },
    mending: {
      en: 'Let XML and HTML be written by a library that escapes these, and look whether a firewall before the target (WAF) turns such requests away.',
      ja: 'XML や HTML は、これらの文字をエスケープするライブラリで書き出します。連携先の手前の WAF が拒否していないかも確認します。',
    },
  },
  backslash: {
    called: { en: 'a backslash (\\)', ja: 'バックスラッシュ (\\)' },
    mending: {
      en: 'Let the file or statement be written by a library that escapes backslashes, or tell the reader that they mean nothing.',
      ja: 'バックスラッシュをエスケープするライブラリで書き出すか、読み込み側で特別な意味を持たせない設定にします。',
    },
  },
  'four-byte': {
    called: {
      en: 'a character of four bytes (an emoji, a rare kanji)',
      ja: '4 バイト文字（絵文字や一部の漢字）',
    },
    mending: {
      en: 'Let the column, the table and the connection of the target take all of UTF-8 (in MySQL: utf8mb4).',
      ja: '連携先の列、テーブル、接続を、UTF-8 の全文字を扱える設定にします（MySQL では utf8mb4）。',
    },
  },
  'outside-cp932': {
    called: { en: 'a character that Shift_JIS does not have', ja: 'Shift_JIS にない文字' },
    mending: {
      en: 'Let the file and the target be UTF-8; where they cannot be, agree on what is written in place of such characters.',
      ja: 'ファイルと連携先を UTF-8 にします。できない場合は、これらの文字の置き換え方を決めておきます。',
    },
  },
};
