import type { Text } from '../../model/text.ts';
import type { Field } from '../../model/workflow/schema.ts';
import type { Misfit } from '../../reason/workflow/fit.ts';
import type { Wrong } from './failure.ts';
import type { Value } from './held.ts';
import { shown } from './words.ts';

/** What a run breaks on, in plain words: what is wrong, and what the CRM does because of it. */

const wrong = (rule: string, en: string, ja: string): Wrong => ({ rule, message: { en, ja } });

export const unknownField = (object: string, field: string): Wrong =>
  wrong(
    'action-write-unknown-field',
    `${object} has no field ${field}, so the CRM refuses the write.`,
    `${object} に ${field} という項目がないため、書き込みが拒否されます。`,
  );

export const readOnlyField = (object: string, field: string): Wrong =>
  wrong(
    'action-write-readonly',
    `${object}.${field} is filled in by the CRM itself and cannot be written.`,
    `${object}.${field} は CRM が自動で値を決める項目のため、書き込めません。`,
  );

export const misfit = (object: string, field: Field, value: Value, why: Misfit): Wrong => {
  const name = `${object}.${field.name}`;
  const { en, ja } = shown(value);
  switch (why.kind) {
    case 'type':
    case 'no-such-day':
      return wrong(
        'action-write-type-mismatch',
        `"${en}" cannot be stored in ${name}, which holds a ${field.type}.`,
        `${name} は ${field.type} 型の項目のため、「${ja}」を保存できません。`,
      );
    case 'choice':
      return wrong(
        'action-write-unknown-picklist',
        `"${why.value}" is not one of the choices of ${name}${why.inactive ? ' any more' : ''}, so the CRM refuses it.`,
        `「${why.value}」は ${name} の選択肢に${why.inactive ? '現在は' : ''}ないため、保存が拒否されます。`,
      );
    case 'length':
      return wrong(
        'action-write-too-long',
        `${name} holds ${why.limit} characters; this value has ${why.length}.`,
        `${name} は ${why.limit} 文字までですが、値が ${why.length} 文字あります。`,
      );
    case 'range': {
      const limits: Readonly<Record<typeof why.what, Text>> = {
        min: { en: `must be at least ${why.limit}`, ja: `は ${why.limit} 以上でなければなりません` },
        max: { en: `must be at most ${why.limit}`, ja: `は ${why.limit} 以下でなければなりません` },
        scale: { en: `takes ${why.limit} decimals`, ja: `は小数点以下 ${why.limit} 桁までです` },
        precision: {
          en: `takes ${why.limit} digits before the decimal point`,
          ja: `の整数部は ${why.limit} 桁までです`,
        },
      };
      const limit = limits[why.what];
      return wrong(
        'action-write-out-of-range',
        `${name} ${limit.en}; the value is ${en}.`,
        `${name} ${limit.ja}。値は ${ja} です。`,
      );
    }
  }
};

export const missingRequired = (object: string, field: string): Wrong =>
  wrong(
    'action-create-missing-required',
    `${object}.${field} is required and would be empty, so the CRM does not save the record.`,
    `必須項目 ${object}.${field} が空のため、レコードが保存されません。`,
  );

export const emptySource = (object: string, field: string, from: string): Wrong =>
  wrong(
    'data-null-deref',
    `${object}.${field} is required, but ${from} found nothing to fill it with.`,
    `必須項目 ${object}.${field} に入れる値が、${from} が空のため取得できません。`,
  );

export const refused = (object: string, name: string, message: string | undefined): Wrong =>
  wrong(
    'action-violates-validation',
    `The validation rule ${name} of ${object} refuses the save${message === undefined ? '' : ` ("${message}")`}.`,
    `${object} の入力規則 ${name} により保存が拒否されます${message === undefined ? '' : `（「${message}」）`}。`,
  );

export const notUnique = (object: string, field: string, value: Value, other: string): Wrong => {
  const { en, ja } = shown(value);
  return wrong(
    'action-violates-validation',
    `${object}.${field} must be unique, but ${other} already has "${en}".`,
    `${object}.${field} は重複できませんが、${other} に同じ値「${ja}」があります。`,
  );
};

const operations: Readonly<Record<'create' | 'read' | 'update' | 'delete', Text>> = {
  create: { en: 'create', ja: '作成' },
  read: { en: 'read', ja: '参照' },
  update: { en: 'change', ja: '更新' },
  delete: { en: 'delete', ja: '削除' },
};

export const objectDenied = (who: Text, operation: keyof typeof operations, object: string): Wrong =>
  wrong(
    'perm-object-denied',
    `${who.en} may not ${operations[operation].en} records of ${object}.`,
    `${who.ja}には、${object} のレコードを${operations[operation].ja}する権限がありません。`,
  );

export const fieldDenied = (who: Text, object: string, field: string): Wrong =>
  wrong(
    'perm-field-not-editable',
    `${who.en} may not change ${object}.${field}.`,
    `${who.ja}には、${object}.${field} を変更する権限がありません。`,
  );

export const emptyTarget = (target: string): Wrong =>
  wrong(
    'data-null-deref',
    `${target} is empty: there is no record to change.`,
    `${target} が空のため、更新するレコードがありません。`,
  );

export const usedAfterDelete = (target: string): Wrong =>
  wrong('action-use-after-delete', `${target} has been deleted before.`, `${target} はすでに削除されています。`);

export const nobodyLeft = (source: string | undefined): Wrong =>
  source === undefined
    ? wrong('mail-no-recipient', 'The mail names no recipient.', 'メールの宛先が指定されていません。')
    : wrong(
        'mail-recipient-may-be-empty',
        `${source} is empty, so nobody is left to send the mail to.`,
        `${source} が空のため、メールの送信先がありません。`,
      );

export const allInactive = (who: string): Wrong =>
  wrong(
    'mail-recipient-inactive',
    `${who} is inactive or has no members, so nobody is left to send the mail to.`,
    `${who} が無効またはメンバーがいないため、メールの送信先がありません。`,
  );

export const notAnAddress = (source: string, value: string): Wrong =>
  wrong(
    'mail-recipient-not-address',
    `${source} is "${value.slice(0, 80)}", which is no mail address.`,
    `${source} の値「${value.slice(0, 80)}」はメールアドレスではありません。`,
  );

export const templateMissing = (name: string): Wrong =>
  wrong('mail-template-missing', `There is no mail template ${name}.`, `メールテンプレート ${name} が見つかりません。`);

export const templateState = (name: string, state: 'draft' | 'deleted'): Wrong =>
  wrong(
    'mail-template-state',
    state === 'draft' ? `The mail template ${name} is still a draft.` : `The mail template ${name} has been deleted.`,
    state === 'draft'
      ? `メールテンプレート ${name} は下書きのままです。`
      : `メールテンプレート ${name} は削除されています。`,
  );

export const senderUnverified = (address: string): Wrong =>
  wrong(
    'mail-from-unverified',
    `${address} is not a verified sender, so the CRM does not send from it.`,
    `${address} は確認済みの送信元ではないため、送信できません。`,
  );

export const sendDenied = (who: Text, address: string): Wrong =>
  wrong(
    'perm-mail-send-denied',
    `${who.en} may not send as ${address}.`,
    `${who.ja}には、${address} から送信する権限がありません。`,
  );

export const inactiveAssignee = (who: string): Wrong =>
  wrong(
    'action-inactive-assignee',
    `${who} is inactive or has no active members, so nothing can be assigned to it.`,
    `${who} が無効または有効なメンバーがいないため、割り当てられません。`,
  );

export const unknownAssignee = (who: string): Wrong =>
  wrong('action-unknown-assignee', `${who} does not exist.`, `${who} が存在しません。`);

export const nobodyApproves = (): Wrong =>
  wrong(
    'perm-assignee-empty',
    'Nobody can decide on this approval: the approvers are empty or inactive.',
    '承認者が空または無効のため、承認できる人がいません。',
  );

export const subflowMissing = (name: string): Wrong =>
  wrong(
    'action-subflow-missing',
    `The called workflow ${name} does not exist.`,
    `呼び出すワークフロー ${name} がありません。`,
  );

export const subflowInactive = (name: string): Wrong =>
  wrong(
    'action-subflow-inactive',
    `The called workflow ${name} is not active.`,
    `呼び出すワークフロー ${name} が有効ではありません。`,
  );

export const subflowInput = (name: string, input: string): Wrong =>
  wrong(
    'action-subflow-input',
    `The called workflow ${name} needs the input ${input}, which is empty.`,
    `呼び出すワークフロー ${name} の必須の入力 ${input} が空です。`,
  );

export const subflowRecursion = (name: string, limit: number): Wrong =>
  wrong(
    'action-subflow-recursion',
    `${name} is called again and again, more than ${limit} levels deep.`,
    `${name} の呼び出しが繰り返され、${limit} 階層を超えました。`,
  );

export const endless = (workflows: readonly string[], limit: number): Wrong => {
  const [first = '', ...others] = workflows;
  return others.length === 0
    ? wrong(
        'flow-self-trigger',
        `The write starts ${first} again, and again: the CRM stops it after ${limit} rounds.`,
        `書き込みのたびに ${first} が再び起動し、${limit} 回を超えて繰り返されます。`,
      )
    : wrong(
        'flow-mutual-trigger',
        `${workflows.join(', ')} start each other: the CRM stops them after ${limit} rounds.`,
        `${workflows.join('、')} が互いに起動し合い、${limit} 回を超えて繰り返されます。`,
      );
};

export const innerCycle = (limit: number): Wrong =>
  wrong(
    'flow-inner-cycle',
    `The workflow comes back to this step more than ${limit} times and never ends.`,
    `この処理に ${limit} 回を超えて戻り、ワークフローが終わりません。`,
  );

export const danglingTarget = (name: string): Wrong =>
  wrong('flow-dangling-target', `The next step ${name} does not exist.`, `次の処理 ${name} が存在しません。`);

export const waitForNothing = (what: string): Wrong =>
  wrong(
    'action-delay-invalid',
    `${what} is empty, so there is no date to wait for.`,
    `${what} が空のため、待つ日時がありません。`,
  );

export const failedOutside = (handled: boolean): Wrong =>
  wrong(
    handled ? 'simulate' : 'action-fault-path-missing',
    handled
      ? 'The sample says that this step fails.'
      : 'The sample says that this step fails, and the workflow has no error path for it.',
    handled
      ? 'サンプルの指定により、この処理は失敗します。'
      : 'サンプルの指定によりこの処理は失敗しますが、エラー時の処理がありません。',
  );

export const httpStatus = (status: number, handled: boolean): Wrong =>
  wrong(
    handled ? 'simulate' : 'action-fault-path-missing',
    `The request is answered with status ${status}${handled ? '' : ', and the workflow has no error path for it'}.`,
    `リクエストがステータス ${status} で失敗します${handled ? '' : '。エラー時の処理がありません'}。`,
  );

export const failsItself = (text: Text): Wrong => ({
  rule: 'simulate',
  message: {
    en: `The workflow ends here with the error "${text.en}", as it says.`,
    ja: `ワークフローの定義により、エラー「${text.ja}」で終了します。`,
  },
});
