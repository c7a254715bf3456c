import type { Text } from '../../model/text.ts';

/** What a message in a CRM's execution log means. */
export interface Meaning {
  /** Any of these words, in any letter case; the codes are those of the vendors' own references. */
  readonly words: readonly string[];
  readonly says: Text;
  /** Rules that find the cause, the most likely first. */
  readonly rules: readonly string[];
}

/** More specific ones come first. */
const meanings: readonly Meaning[] = [
  // Salesforce: status codes of the SOAP API ("Core Data Types Used in API Calls: StatusCode"), and limits of the platform.
  {
    words: ['FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    says: {
      en: 'A validation rule of the object refused the record that the workflow wanted to save.',
      ja: 'ワークフローが保存しようとしたレコードが、オブジェクトの入力規則により拒否されました。',
    },
    rules: ['action-violates-validation'],
  },
  {
    words: ['REQUIRED_FIELD_MISSING'],
    says: {
      en: 'A required field of the record was empty.',
      ja: 'レコードの必須項目が空でした。',
    },
    rules: ['action-create-missing-required', 'data-null-deref'],
  },
  {
    words: ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'INSUFFICIENT_ACCESS_OR_READONLY', 'INSUFFICIENT_ACCESS'],
    says: {
      en: 'The user who ran the workflow may not change this record, or a record that it refers to.',
      ja: 'ワークフローを実行したユーザーに、このレコードまたは参照先のレコードを変更する権限がありません。',
    },
    rules: ['perm-object-denied', 'perm-record-invisible'],
  },
  {
    words: ['INVALID_FIELD_FOR_INSERT_UPDATE', 'is not writeable', 'field is not writeable'],
    says: {
      en: 'The workflow wrote a field that cannot be written, or that the user may not edit.',
      ja: '書き込めない項目、または編集権限のない項目に書き込もうとしました。',
    },
    rules: ['action-write-readonly', 'perm-field-not-editable'],
  },
  {
    words: ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    says: {
      en: 'The value is not one of the choices of the field.',
      ja: '選択肢にない値を書き込もうとしました。',
    },
    rules: ['action-write-unknown-picklist'],
  },
  {
    words: ['STRING_TOO_LONG', 'Data too long for column'],
    says: { en: 'A text was longer than the field.', ja: '項目の文字数の上限を超える値を書き込もうとしました。' },
    rules: ['action-write-too-long'],
  },
  {
    words: ['NUMBER_OUTSIDE_VALID_RANGE', 'Out of range value for column'],
    says: {
      en: 'A number was too large or too small for the field.',
      ja: '項目の範囲を超える数値を書き込もうとしました。',
    },
    rules: ['action-write-out-of-range'],
  },
  {
    words: ['DUPLICATE_VALUE', 'DUPLICATES_DETECTED', 'Duplicate entry'],
    says: {
      en: 'Another record already has this value, and it must be unique.',
      ja: '重複が許されない項目に、ほかのレコードと同じ値を書き込もうとしました。',
    },
    rules: ['action-violates-validation'],
  },
  {
    words: ['UNABLE_TO_LOCK_ROW', 'could not serialize access', 'Deadlock found', 'Lock wait timeout'],
    says: {
      en: 'Something else was changing the same record at the same moment. This is no fault of the values: several workflows, or an import, write one record at once.',
      ja: '同じレコードが別の処理によって同時に更新されていました。値の誤りではなく、複数のワークフローや一括取り込みが同じレコードに書き込んでいることが原因です。',
    },
    rules: ['flow-write-race', 'action-in-loop'],
  },
  {
    words: ['CANNOT_EXECUTE_FLOW_TRIGGER', 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'],
    says: {
      en: 'The save was refused because another workflow or trigger that it started failed. The real cause stands in the rest of the message.',
      ja: '保存によって起動した別のワークフローまたはトリガーが失敗したため、保存が取り消されました。原因はメッセージの続きにあります。',
    },
    rules: ['action-fault-path-missing', 'action-violates-validation'],
  },
  {
    words: [
      'maximum trigger depth exceeded',
      'Too many SOQL queries',
      'Too many DML statements',
      'LIMIT_EXCEEDED',
      'CPU time limit exceeded',
    ],
    says: {
      en: 'The workflow did more in one transaction than Salesforce allows, most often in a loop or because workflows start each other.',
      ja: '1 つのトランザクションで Salesforce の上限を超える処理が行われました。多くは繰り返し内での処理や、ワークフロー同士の連鎖が原因です。',
    },
    rules: ['action-in-loop', 'flow-self-trigger', 'flow-mutual-trigger'],
  },
  {
    words: [
      "hasn't been set or assigned",
      'is null. The flow failed to access the value',
      'failed to access the value for',
    ],
    says: {
      en: 'The flow used a record or variable that was empty: a lookup found nothing.',
      ja: '空のレコードまたは変数を使用しました。検索で何も見つからなかったことが原因です。',
    },
    rules: ['data-null-deref', 'data-used-before-set'],
  },
  {
    words: ['ENTITY_IS_DELETED'],
    says: { en: 'The record had been deleted before.', ja: 'レコードはすでに削除されていました。' },
    rules: ['action-use-after-delete'],
  },
  {
    words: ['INACTIVE_OWNER_OR_USER', 'OPERATION_WITH_INVALID_USER_TYPE_EXCEPTION'],
    says: {
      en: 'A record was assigned to a user who is not active any more.',
      ja: '無効なユーザーにレコードを割り当てようとしました。',
    },
    rules: ['action-inactive-assignee'],
  },
  {
    words: ['INVALID_EMAIL_ADDRESS'],
    says: { en: 'A recipient is no valid mail address.', ja: '宛先が正しいメールアドレスではありません。' },
    rules: ['mail-recipient-not-address'],
  },
  {
    words: ['INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID', 'INVALID_ID_FIELD'],
    says: {
      en: 'The workflow refers to a record by an id that does not exist, or is of another object.',
      ja: '存在しない ID、または別のオブジェクトの ID を参照しています。',
    },
    rules: ['cond-hardcoded-id', 'action-write-type-mismatch'],
  },
  {
    words: ['SINGLE_EMAIL_LIMIT_EXCEEDED', 'daily email limit', 'Daily sending quota'],
    says: {
      en: 'More mails were sent than the CRM allows in a day.',
      ja: '1 日に送信できるメール数の上限を超えました。',
    },
    rules: ['mail-storm'],
  },
  // Odoo: exceptions of odoo.exceptions, and what PostgreSQL says.
  {
    words: ['odoo.exceptions.AccessError', 'AccessError', 'You are not allowed to'],
    says: {
      en: 'The user who ran it has no access right, or a record rule hides the record.',
      ja: '実行ユーザーにアクセス権がないか、レコードルールによりレコードが見えません。',
    },
    rules: ['perm-object-denied', 'perm-record-invisible'],
  },
  {
    words: ['odoo.exceptions.MissingError', 'MissingError', 'Record does not exist or has been deleted'],
    says: {
      en: 'The record does not exist any more.',
      ja: 'レコードが存在しないか、すでに削除されています。',
    },
    rules: ['action-use-after-delete', 'data-null-deref'],
  },
  {
    words: ['violates not-null constraint'],
    says: { en: 'A required field was empty.', ja: '必須項目が空でした。' },
    rules: ['action-create-missing-required'],
  },
  {
    words: ['violates unique constraint'],
    says: {
      en: 'Another record already has this value, and it must be unique.',
      ja: '重複が許されない項目に、ほかのレコードと同じ値を書き込もうとしました。',
    },
    rules: ['action-violates-validation'],
  },
  {
    words: ['odoo.exceptions.ValidationError', 'ValidationError'],
    says: {
      en: 'A constraint of the model refused the values.',
      ja: 'モデルの制約（入力チェック）により値が拒否されました。',
    },
    rules: ['action-violates-validation'],
  },
  {
    words: ['maximum recursion depth exceeded', 'RecursionError'],
    says: {
      en: 'Automation rules started each other, or themselves, without end.',
      ja: '自動化ルールが自分自身または互いを起動し続け、終わりませんでした。',
    },
    rules: ['flow-self-trigger', 'flow-mutual-trigger'],
  },
  // kintone: error codes of the REST API.
  {
    words: ['GAIA_IL03'],
    says: {
      en: 'The action cannot be run from the status that the record has: somebody changed the status, or the process, in the meantime.',
      ja: 'レコードの現在のステータスからは、このアクションを実行できません。ステータスまたはプロセス管理の設定が先に変更されています。',
    },
    rules: ['flow-stale-after-wait', 'flow-state-unreachable'],
  },
  {
    words: ['GAIA_NT01'],
    says: {
      en: 'Only the assignee can change the status, and the user who ran it is not the assignee.',
      ja: 'ステータスを変更できるのは作業者だけですが、実行したユーザーは作業者ではありません。',
    },
    rules: ['perm-assignee-cannot-act'],
  },
  {
    words: ['GAIA_SA01'],
    says: {
      en: 'The next status needs an assignee, and none was given.',
      ja: '次のステータスに作業者が必要ですが、指定されていません。',
    },
    rules: ['perm-assignee-empty'],
  },
  {
    words: ['GAIA_NO01', 'CB_NO02', 'CB_NO01'],
    says: {
      en: 'The user, or the API token, has no permission for the app or the record.',
      ja: 'ユーザーまたは API トークンに、アプリまたはレコードに対する権限がありません。',
    },
    rules: ['perm-object-denied'],
  },
  {
    words: ['GAIA_LT01', 'GAIA_DA02'],
    says: {
      en: 'The database was locked by something else. This is no fault of the values: several processes write at once.',
      ja: 'データベースが別の処理によりロックされていました。値の誤りではなく、複数の処理が同時に書き込んでいることが原因です。',
    },
    rules: ['flow-write-race', 'action-in-loop'],
  },
  {
    words: ['GAIA_IQ11'],
    says: {
      en: 'The query names a field that the app does not have.',
      ja: 'クエリーで指定したフィールドがアプリにありません。',
    },
    rules: ['cond-unknown-field'],
  },
  {
    words: ['GAIA_RE01'],
    says: { en: 'There is no record with this number.', ja: '指定した番号のレコードが見つかりません。' },
    rules: ['action-use-after-delete', 'data-null-deref'],
  },
  {
    words: ['GAIA_CO02'],
    says: {
      en: 'Somebody else changed the record in the meantime (the revision is not the newest).',
      ja: 'ほかの人または処理が先にレコードを更新しました（リビジョンが最新ではありません）。',
    },
    rules: ['flow-stale-after-wait', 'flow-write-race'],
  },
  {
    words: ['CB_VA01'],
    says: { en: 'A value does not fit its field.', ja: '項目に入力できない値が含まれています。' },
    rules: ['action-write-type-mismatch', 'action-create-missing-required'],
  },
  // HubSpot: categories of the API's errors and of the workflow history.
  {
    words: ['INVALID_OPTION'],
    says: { en: 'The value is not one of the options of the property.', ja: 'プロパティーの選択肢にない値です。' },
    rules: ['action-write-unknown-picklist'],
  },
  {
    words: ['PROPERTY_DOESNT_EXIST'],
    says: { en: 'The property does not exist.', ja: 'プロパティーが存在しません。' },
    rules: ['action-write-unknown-field'],
  },
  {
    words: ['MISSING_SCOPES', 'FORBIDDEN'],
    says: { en: 'The connection has no permission for this.', ja: '接続に必要な権限がありません。' },
    rules: ['perm-object-denied'],
  },
  {
    words: ['NON_MARKETABLE_CONTACT', 'not a marketing contact', 'unsubscribed'],
    says: {
      en: 'The contact does not receive such mails: unsubscribed, or no marketing contact.',
      ja: '配信停止中、またはマーケティング対象外のコンタクトのため、メールが送信されません。',
    },
    rules: ['mail-optout-ignored'],
  },
  // SuiteCRM and the database under it.
  {
    words: ['Unknown column'],
    says: {
      en: 'A condition or action names a field that the table does not have.',
      ja: '条件またはアクションが、テーブルにない項目を参照しています。',
    },
    rules: ['cond-unknown-field', 'cond-related-path', 'action-write-unknown-field'],
  },
  {
    words: ['cannot be null'],
    says: { en: 'A required field was empty.', ja: '必須項目が空でした。' },
    rules: ['action-create-missing-required'],
  },
  // Mail servers speak everywhere the same.
  {
    words: [
      'You must provide at least one recipient',
      'No recipients defined',
      'at least one recipient',
      '宛先がありません',
    ],
    says: { en: 'There was nobody to send the mail to.', ja: 'メールの宛先がありませんでした。' },
    rules: ['mail-recipient-may-be-empty', 'mail-no-recipient'],
  },
];

/** Longer messages hold a stack trace; what matters is at the beginning. */
const maximumLength = 4000;

/** What a message means, where that is known. */
export const meaningOf = (message: string): Meaning | undefined => {
  const text = message.slice(0, maximumLength).toLowerCase();
  return meanings.find(({ words }) => words.some((word) => text.includes(word.toLowerCase())));
};
