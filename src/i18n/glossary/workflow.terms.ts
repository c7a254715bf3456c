import type { Term } from './term.ts';

/** What a CRM does by itself. */
export const workflowTerms: readonly Term[] = [
  {
    id: 'workflow',
    en: {
      name: 'workflow',
      gloss: 'What a CRM does by itself when something happens.',
      match: ['workflow', 'automation', 'flow'],
    },
    ja: {
      name: 'ワークフロー（自動処理）',
      gloss: '何かが起きたときに、CRM が自動で行う処理です。',
      match: ['ワークフロー', '自動処理', 'フロー'],
    },
  },
  {
    id: 'trigger',
    en: {
      name: 'trigger',
      gloss: 'What starts a workflow, such as a new customer or a changed field.',
      match: ['trigger', 'triggers', 'triggered'],
    },
    ja: {
      name: 'トリガー（きっかけ）',
      gloss: '顧客の登録や項目の変更のように、ワークフローを動かし始める出来事です。',
      match: ['トリガー', 'きっかけ'],
      avoid: ['トリガ'],
    },
  },
  {
    id: 'condition',
    en: {
      name: 'condition',
      gloss: 'What must be true for a workflow to go on.',
      match: ['condition', 'criteria', 'criterion'],
    },
    ja: { name: '条件', gloss: 'ワークフローが先へ進むために満たすべき事柄です。', match: ['条件', '条件式'] },
  },
  {
    id: 'action',
    en: {
      name: 'action',
      gloss: 'What a workflow does, such as sending a mail or changing a field.',
      match: ['action'],
    },
    ja: {
      name: 'アクション',
      gloss: 'メールの送信や項目の更新のような、ワークフローが行う処理です。',
      match: ['アクション'],
    },
  },
  {
    id: 'branch',
    en: {
      name: 'branch',
      gloss: 'A place where a workflow goes one way or another.',
      match: ['branch', 'branches', 'decision'],
    },
    ja: { name: '分岐', gloss: '条件によって進み方が分かれる場所です。', match: ['分岐', '条件分岐'] },
  },
  {
    id: 'loop',
    en: {
      name: 'loop',
      gloss: 'A workflow that starts itself or another again and again.',
      match: ['loop', 'infinite loop', 'endless loop', 'recursion'],
    },
    ja: {
      name: '無限ループ',
      gloss: 'ワークフローが自分自身や互いを何度も動かし続けることです。',
      match: ['無限ループ', 'ループ', '再帰'],
    },
  },
  {
    id: 'expression',
    en: { name: 'expression', gloss: 'A small calculation inside a workflow.', match: ['expression'] },
    ja: { name: '式', gloss: 'ワークフローの中に書く、小さな計算です。', match: ['計算式'] },
  },
  {
    id: 'variable',
    en: { name: 'variable', gloss: 'A named place for a value that a workflow needs later.', match: ['variable'] },
    ja: { name: '変数', gloss: 'ワークフローがあとで使う値を入れておく、名前の付いた入れ物です。', match: ['変数'] },
  },
  {
    id: 'run-history',
    en: {
      name: 'run history',
      gloss: 'The list in a CRM of what its workflows have done.',
      match: ['run history', 'execution log', 'execution history'],
    },
    ja: {
      name: '実行履歴',
      gloss: 'ワークフローがいつ何をしたかの、CRM の記録です。',
      match: ['実行履歴', '実行ログ'],
    },
  },
  {
    id: 'inactive',
    en: {
      name: 'inactive',
      gloss: 'Switched off: a workflow or user that is there but does nothing.',
      match: ['inactive', 'deactivated', 'disabled'],
    },
    ja: { name: '無効', gloss: '登録されているものの、動かない状態になっていることです。', match: ['無効', '停止中'] },
  },
  {
    id: 'simulation',
    en: {
      name: 'simulation',
      gloss: 'Playing a workflow with sample entries, without changing or sending anything.',
      match: ['simulation', 'dry run', 'simulated'],
    },
    ja: {
      name: '模擬実行',
      gloss: '何も変更せず、何も送らずに、見本のデータでワークフローを動かしてみることです。',
      match: ['模擬実行', 'シミュレーション'],
    },
  },
  {
    id: 'sample',
    en: {
      name: 'sample',
      gloss: 'A made-up entry with which a workflow is tried, and what is expected of it.',
      match: ['sample', 'sample record'],
    },
    ja: { name: 'サンプル', gloss: 'ワークフローを試すための見本のデータと、期待する結果です。', match: ['サンプル'] },
  },
  {
    id: 'schema',
    en: {
      name: 'schema',
      gloss: 'The description of the objects, fields, users and permissions of a CRM.',
      match: ['schema', 'metadata'],
    },
    ja: {
      name: 'スキーマ',
      gloss: 'CRM のデータの種類、項目、ユーザー、権限を書き表したものです。',
      match: ['スキーマ', 'メタデータ'],
    },
  },
  {
    id: 'definition',
    en: {
      name: 'definition',
      gloss: 'The file in which a workflow is written down.',
      match: ['workflow definition', 'definition'],
    },
    ja: {
      name: '定義',
      gloss: 'ワークフローの内容を書いたファイルです。',
      match: ['定義ファイル', 'ワークフローの定義', '定義'],
    },
  },
  {
    id: 'rule',
    en: { name: 'rule', gloss: 'One thing that crm-doctor looks for in workflows.', match: ['lint rule'] },
    ja: { name: 'ルール', gloss: 'ワークフローについて crm-doctor が調べる事柄の 1 つです。', match: ['検査ルール'] },
  },
  {
    id: 'approval',
    en: {
      name: 'approval process',
      gloss: 'A workflow in which people have to agree before it goes on.',
      match: ['approval process', 'approval', 'approver'],
    },
    ja: {
      name: '承認プロセス',
      gloss: '人の承認を得てから先へ進むワークフローです。',
      match: ['承認プロセス', '承認者', '承認'],
    },
  },
  {
    id: 'assignment',
    en: {
      name: 'assignment',
      gloss: 'Giving an entry or a task to a user.',
      match: ['assignment rule', 'assignment', 'assignee', 'assigned'],
    },
    ja: { name: '割り当て', gloss: 'データや作業の担当者を決めることです。', match: ['割り当て', '担当者'] },
  },
  {
    id: 'field-permission',
    en: {
      name: 'field permission',
      gloss: 'Whether a user may see or change one field.',
      match: ['field permission', 'field-level security'],
    },
    ja: {
      name: '項目レベルの権限',
      gloss: 'ユーザーが 1 つの項目を見たり変更したりできるかどうかの設定です。',
      match: ['項目レベルの権限', '項目レベルセキュリティ', '項目の権限', 'フィールドの権限'],
    },
  },
  {
    id: 'template',
    en: {
      name: 'template',
      gloss: 'A prepared mail whose blanks are filled from an entry.',
      match: ['template', 'email template', 'mail template', 'merge field', 'placeholder'],
    },
    ja: {
      name: 'テンプレート',
      gloss: '空欄にデータの値を差し込んで使う、ひな形のメールです。',
      match: ['テンプレート', 'メールテンプレート', '差し込み項目'],
    },
  },
  {
    id: 'governor-limit',
    en: {
      name: 'platform limit',
      gloss: 'How much a CRM lets one run do, such as the number of queries.',
      match: ['governor limit', 'platform limit'],
    },
    ja: {
      name: 'ガバナ制限',
      gloss: '1 回の処理で行える量について、CRM が決めている上限です。',
      match: ['ガバナ制限', 'ガバナー制限'],
    },
  },
  {
    id: 'baseline',
    en: { name: 'baseline', gloss: 'The earlier version with which a new one is compared.', match: ['baseline'] },
    ja: {
      name: '比較元（ベースライン）',
      gloss: '新しい版と比べる、以前の版です。',
      match: ['ベースライン', '比較元'],
    },
  },
  {
    id: 'fault-path',
    en: {
      name: 'error path',
      gloss: 'What a workflow does when one of its actions fails.',
      match: ['error path', 'fault path', 'error handler', 'error handling', 'fault connector'],
    },
    ja: {
      name: 'エラー時の処理',
      gloss: 'アクションが失敗したときに、ワークフローが行うことです。',
      match: ['エラー時の処理', 'エラー処理', '障害コネクタ'],
    },
  },
  {
    id: 'secret-value',
    en: { name: 'secret', gloss: 'A password or key that nobody else may see.', match: ['secret'] },
    ja: {
      name: '秘密の値',
      gloss: 'パスワードやキーのように、ほかの人に見せてはいけない値です。',
      match: ['シークレット', '秘密の値', '秘密情報'],
    },
  },
  {
    id: 'runbook',
    en: {
      name: 'runbook',
      gloss: 'What crm-doctor writes down of every run, so that it can be looked up later.',
      match: ['runbook'],
    },
    ja: {
      name: '作業記録（ランブック）',
      gloss: 'crm-doctor が実行のたびに残す記録で、あとで見返せます。',
      match: ['作業記録', 'ランブック'],
    },
  },
  {
    id: 'root-cause',
    en: { name: 'root cause', gloss: 'The one fault from which everything else follows.', match: ['root cause'] },
    ja: { name: '根本原因', gloss: 'ほかのすべての不具合のもとになっている、1 つの原因です。', match: ['根本原因'] },
  },
  {
    id: 'proof',
    en: {
      name: 'proof',
      gloss: 'The failed step was run again with the change on a copy of the settings, and it worked.',
      match: ['proven', 'proof'],
    },
    ja: {
      name: '実証',
      gloss: '設定の写しに変更を加えて、失敗した手順をもう一度行い、成功したことです。',
      match: ['実証済み', '実証'],
    },
  },
];
