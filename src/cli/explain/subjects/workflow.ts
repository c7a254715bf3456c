import type { Subject } from './subject.ts';

const checks = ['workflow.lint', 'workflow.simulate'] as const;

export const workflowSubjects: readonly Subject[] = [
  {
    name: 'workflow-triggers',
    area: 'workflow',
    title: { en: 'When a workflow starts', ja: 'ワークフローの起動条件' },
    about: {
      en: 'It does not start, starts too often, or at the wrong hour: the field it waits for is gone, "was changed" is asked of a new record, the schedule lies in the past or in another time zone, an import starts it thousands of times.',
      ja: '起動しない、何度も起動する、違う時刻に起動する、という問題です。待っている項目がない、新規レコードに「変更された」を求めている、過去や別のタイムゾーンの予定、取り込みによる大量の起動などがあります。',
    },
    terms: ['workflow', 'trigger', 'webhook', 'time-zone'],
    causes: ['workflow.trigger-*'],
    checks,
    nextTime: {
      en: 'Try it with one new and one changed record, and look at the run history the day after a change.',
      ja: '新規のレコードと変更したレコードの両方で試し、変更の翌日に実行履歴を確認してください。',
    },
  },
  {
    name: 'workflow-conditions',
    area: 'workflow',
    title: { en: 'Conditions', ja: '条件' },
    about: {
      en: 'A condition is always true or never: a value that the list does not have, two conditions that exclude each other, an empty field that nobody thought of, "and" where "or" was meant.',
      ja: '条件がいつも成り立つ、または決して成り立たない状態です。選択リストにない値、同時に成り立たない条件、空欄の見落とし、「または」と「かつ」の取り違えなどがあります。',
    },
    terms: ['condition', 'picklist', 'null', 'expression', 'branch'],
    causes: ['workflow.cond-*'],
    checks,
    nextTime: {
      en: 'Keep sample records with an empty field and with each value of a list; --boundaries makes such ones.',
      ja: '空欄のレコードと、選択リストの各値を持つレコードで試してください。--boundaries はそのようなレコードを作ります。',
    },
  },
  {
    name: 'workflow-actions',
    area: 'workflow',
    title: { en: 'Actions and the data in them', ja: 'アクションとデータ' },
    about: {
      en: 'The step runs and fails, or does something else: a required field is missing, the value is too long or of the wrong type, the record was not found, a call into another system gets no answer.',
      ja: 'ステップが失敗する、または意図と違うことをする状態です。必須項目の不足、長すぎる値や型の違い、見つからないレコード、外部システムの無応答などがあります。',
    },
    terms: ['action', 'variable', 'required-field', 'data-type', 'fault-path', 'governor-limit', 'secret-value'],
    causes: ['workflow.action-*', 'workflow.data-*'],
    checks,
    nextTime: {
      en: 'Give each step that may fail a path for that case, and let somebody be told.',
      ja: '失敗する可能性のあるステップには失敗時の経路を作り、担当者に通知が届くようにしてください。',
    },
  },
  {
    name: 'workflow-mail',
    area: 'workflow',
    title: { en: 'Mail that workflows send', ja: 'ワークフローが送るメール' },
    about: {
      en: 'The recipient is empty, inactive or written into the definition, the template is gone or of another object, the sender is not confirmed, or two workflows answer each other without end.',
      ja: '宛先が空、無効、または定義に直接書かれている、テンプレートがない、別のオブジェクトのもの、未確認の差出人、互いに返信し続ける、といった問題です。',
    },
    terms: ['template', 'recipient', 'sender', 'loop'],
    causes: ['workflow.mail-*'],
    checks,
    nextTime: {
      en: 'When somebody leaves, search the definitions for the address first.',
      ja: '退職者が出たら、まず定義の中のメールアドレスを検索してください。',
    },
  },
  {
    name: 'workflow-together',
    area: 'workflow',
    title: { en: 'Workflows that start each other', ja: '複数のワークフローの関係' },
    about: {
      en: 'Each is right by itself, and together they are not: one writes what starts the other, two write the same field, a step cannot be reached, a wait never ends.',
      ja: '1 つずつは正しくても、組み合わせると問題になります。一方の書き込みが他方を起動する、同じ項目に書き込む、到達できないステップ、終わらない待機などです。',
    },
    terms: ['loop', 'trigger', 'inactive'],
    causes: ['workflow.flow-*'],
    checks,
    nextTime: {
      en: 'Before a new workflow look at the map of who reads and writes what: crm-doctor workflow --map.',
      ja: '新しく作る前に、どのワークフローがどの項目を読み書きするかを crm-doctor workflow --map で確認してください。',
    },
  },
  {
    name: 'workflow-permissions',
    area: 'workflow',
    title: { en: 'Permissions', ja: '権限' },
    about: {
      en: 'A workflow acts as somebody: whoever started it, or a user of its own. That one may not see the record, may not change the field, or was made inactive; or it may do far more than whoever starts it.',
      ja: 'ワークフローは、起動した人または専用のユーザーとして動きます。そのユーザーがレコードを見られない、項目を変更できない、無効になっている、あるいは起動した人より強い権限で動く、といった問題です。',
    },
    terms: ['permission', 'role', 'field-permission', 'user', 'approval', 'assignment'],
    causes: ['workflow.perm-*'],
    checks,
    nextTime: {
      en: 'Check after each change of roles, and when somebody leaves.',
      ja: 'ロールを変えたときと、退職者が出たときに検査してください。',
    },
  },
  {
    name: 'workflow-upkeep',
    area: 'workflow',
    title: { en: 'Upkeep and readable definitions', ja: '保守と定義ファイル' },
    about: {
      en: 'A definition that nobody understands is not mended but copied: no description, an owner who has left, an old API version, parts that are switched off. And a file with a mistake in it is not read at all.',
      ja: '読んで分からない定義は、直されずに複製されます。説明がない、所有者が退職している、古い API バージョン、無効なままの部分などです。書式に誤りのあるファイルは、まったく読み込めません。',
    },
    terms: ['definition', 'owner', 'api', 'inactive', 'baseline'],
    causes: ['workflow.maint-*', 'workflow.parse-*'],
    checks: ['workflow.parse', 'workflow.lint'],
    nextTime: {
      en: 'Keep the definitions in version control and compare with the last good ones: --baseline.',
      ja: '定義をバージョン管理に入れ、正常だったときの版と --baseline で比べてください。',
    },
  },
];
