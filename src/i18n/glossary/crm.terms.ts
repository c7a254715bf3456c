import type { Term } from './term.ts';

/** What a CRM is made of, and how other programs talk to it. */
export const crmTerms: readonly Term[] = [
  {
    id: 'integration',
    en: { name: 'integration', gloss: 'The connection by which two systems work together.', match: ['integration'] },
    ja: { name: '連携', gloss: '2 つのシステムをつないで一緒に使うことです。', match: ['連携'] },
  },
  {
    id: 'api',
    en: { name: 'API', gloss: 'The entrance of a system for other programs.', match: ['API'] },
    ja: { name: 'API', gloss: 'ほかのプログラムがシステムを使うための入口です。', match: ['API'] },
  },
  {
    id: 'api-key',
    en: { name: 'API key', gloss: 'The password with which a program uses a system.', match: ['API key', 'API token'] },
    ja: {
      name: 'API キー',
      gloss: 'プログラムがシステムを使うときのパスワードです。',
      match: ['API キー', 'API トークン'],
    },
  },
  {
    id: 'api-limit',
    en: {
      name: 'API limit',
      gloss: 'How often programs may ask a system within a time.',
      match: ['API limit', 'API call limit', 'request limit'],
    },
    ja: {
      name: 'API の利用回数の上限',
      gloss: '一定の時間にプログラムから問い合わせてよい回数の上限です。',
      match: ['API の上限', 'API の利用回数の上限', 'API コール数'],
    },
  },
  {
    id: 'webhook',
    en: {
      name: 'webhook',
      gloss: 'An address that a system calls by itself when something has happened.',
      match: ['webhook', 'Webhook'],
    },
    ja: {
      name: 'Webhook',
      gloss: '何かが起きたときに、システムが自動で知らせを送る先のアドレスです。',
      match: ['Webhook', 'ウェブフック'],
    },
  },
  {
    id: 'record',
    en: { name: 'record', gloss: 'One entry of a list: one customer, one order.', match: ['record'] },
    ja: { name: 'レコード', gloss: '顧客 1 社、注文 1 件のような、データの 1 件分です。', match: ['レコード'] },
  },
  {
    id: 'field',
    en: { name: 'field', gloss: 'One item of an entry, such as the phone number of a customer.', match: ['field'] },
    ja: {
      name: '項目',
      gloss: '顧客の電話番号のような、データ 1 件の中の欄です。',
      match: ['項目', 'フィールド', '入力項目'],
    },
  },
  {
    id: 'required-field',
    en: {
      name: 'required field',
      gloss: 'An item that may not be left empty.',
      match: ['required field', 'mandatory field'],
    },
    ja: { name: '必須項目', gloss: '空のままにできない欄です。', match: ['必須項目'] },
  },
  {
    id: 'object',
    en: {
      name: 'object',
      gloss: 'A kind of entry in a CRM, such as customer or order.',
      match: ['object', 'record type', 'custom object'],
    },
    ja: {
      name: 'オブジェクト',
      gloss: '顧客、注文のような、CRM のデータの種類です。',
      match: ['オブジェクト', 'レコードタイプ'],
    },
  },
  {
    id: 'picklist',
    en: {
      name: 'picklist',
      gloss: 'A field whose value is chosen from a fixed list.',
      match: ['picklist', 'choice list', 'select list'],
    },
    ja: {
      name: '選択リスト',
      gloss: '決まった選択肢から値を選ぶ欄です。',
      match: ['選択リスト', 'ピックリスト', '選択肢'],
    },
  },
  {
    id: 'reference',
    en: {
      name: 'reference',
      gloss: 'A field that points at another entry, such as the company of a person.',
      match: ['reference', 'lookup field', 'lookup', 'foreign key'],
    },
    ja: {
      name: '参照',
      gloss: '担当者の会社のように、別のデータを指す欄です。',
      match: ['参照', '参照項目', 'ルックアップ', '外部キー'],
    },
  },
  {
    id: 'formula-field',
    en: {
      name: 'formula field',
      gloss: 'A field that the system calculates from others; nobody can write into it.',
      match: ['formula field', 'formula', 'calculated field'],
    },
    ja: {
      name: '数式項目',
      gloss: 'ほかの欄から自動計算される欄で、直接は書き込めません。',
      match: ['数式項目', '数式', '計算項目'],
    },
  },
  {
    id: 'validation-rule',
    en: {
      name: 'validation rule',
      gloss: 'A condition that an entry has to meet before it can be saved.',
      match: ['validation rule'],
    },
    ja: {
      name: '入力規則',
      gloss: 'データを保存するときに満たしていなければならない条件です。',
      match: ['入力規則', '検証ルール'],
    },
  },
  {
    id: 'owner',
    en: { name: 'record owner', gloss: 'The user to whom an entry belongs.', match: ['record owner', 'owner field'] },
    ja: { name: '所有者', gloss: 'そのデータを受け持つユーザーです。', match: ['所有者', 'レコードの所有者'] },
  },
  {
    id: 'role',
    en: {
      name: 'role',
      gloss: 'A group of users with the same permissions.',
      match: ['role', 'permission set', 'security group'],
    },
    ja: {
      name: 'ロール（役割）',
      gloss: '同じ権限を持つユーザーのまとまりです。',
      match: ['ロール', '権限セット', 'セキュリティグループ'],
    },
  },
  {
    id: 'sandbox',
    en: {
      name: 'sandbox',
      gloss: 'A copy of a CRM for trying things out; nothing in it reaches customers.',
      match: ['sandbox', 'sandboxes'],
    },
    ja: {
      name: 'サンドボックス（検証環境）',
      gloss: '試しに操作するための CRM の写しで、お客様には影響しません。',
      match: ['サンドボックス', 'Sandbox', '検証環境'],
    },
  },
  {
    id: 'scheduled-job',
    en: {
      name: 'scheduled job',
      gloss: 'A task that a system runs by itself at fixed times.',
      match: ['scheduled job', 'scheduled jobs', 'cron', 'cron job', 'background job', 'batch job', 'scheduler'],
    },
    ja: {
      name: '定期処理（スケジュールジョブ）',
      gloss: '決まった時刻にシステムが自動で行う処理です。',
      match: [
        '定期処理',
        'スケジュールジョブ',
        'スケジュール実行',
        '定期ジョブ',
        'バッチ',
        'バッチ処理',
        'cron',
        'スケジューラー',
      ],
      avoid: ['スケジューラ'],
    },
  },
  {
    id: 'log',
    en: {
      name: 'log',
      gloss: 'The list in which a program writes down what it did.',
      match: ['log', 'log file', 'audit log'],
    },
    ja: {
      name: 'ログ（記録）',
      gloss: 'プログラムが行ったことを書き残した記録です。',
      match: ['ログ', 'ログファイル', '監査ログ'],
    },
  },
  {
    id: 'retry',
    en: { name: 'retry', gloss: 'Another try after a failure.', match: ['retry', 'retries', 'retried'] },
    ja: { name: '再試行', gloss: '失敗したあとに、もう一度試すことです。', match: ['再試行', 'リトライ'] },
  },
  {
    id: 'end-of-life',
    en: {
      name: 'end of support',
      gloss: 'The day from which a maker mends nothing any more in a version.',
      match: ['end of support', 'end of life', 'no longer supported', 'out of support'],
    },
    ja: {
      name: 'サポート終了',
      gloss: '開発元が、その版の不具合を直さなくなることです。',
      match: ['サポート終了', 'サポートが終了', 'サポート切れ'],
    },
  },
];
