import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { unlessCertain } from '../../src/reason/workflow/doubt.ts';
import { mailsOf, templateOf } from '../../src/reason/workflow/mails.ts';
import { fieldOfRecord, mergeFields } from '../../src/reason/workflow/merge-fields.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { type Resolved, resolve } from '../../src/reason/workflow/resolve.ts';
import { pathsOf } from '../../src/reason/workflow/values.ts';

interface Wrong {
  readonly object: string;
  readonly name: string;
  readonly certain: boolean;
  readonly nearest: string | undefined;
}

const wrongField = (end: Resolved): Wrong | undefined => {
  if (end.kind === 'no-field') {
    const { object, name, certain, nearest } = end;
    // Of other fields nothing is known.
    return object.ownFieldsOnly && !/__c$/i.test(name) ? undefined : { object: object.name, name, certain, nearest };
  }
  return end.kind === 'no-relation'
    ? { object: end.object.name, name: end.field.name, certain: false, nearest: undefined }
    : undefined;
};

export const mailMergeField = defineRule({
  id: 'workflow.mail-merge-field',
  severity: 'error',
  sourceKind: 'action',
  needs: ['schema'],
  uses: ['templates'],
  auto: 'suggest',
  title: {
    en: 'A mail that inserts a field which does not exist',
    ja: '存在しない項目の差し込み',
  },
  about: {
    en: 'Where the text says to insert a field, the system looks for it on the record. If there is none of that name, the reader sees a gap or the raw code, or the mail is not sent at all.',
    ja: '本文や件名の差し込みは、その名前の項目をレコードから探します。見つからないと、空欄や差し込みのコードがそのまま届くか、メール自体が送られません。',
  },
  advice: {
    en: 'Correct the name of the field.',
    ja: '項目の名前を直してください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, subject: 'Won: {{record.naem}}', body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
      schema: `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      amount: number
      memo: longtext
      contact: { type: reference, to: Contact }
      informed: boolean
  Contact:
    fields:
      email: email
      phone: phone
      optIn: boolean
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp, language: ja }
  sato: { active: false, roles: [sales], email: sato@example.co.jp, language: ja }
  smith: { active: true, roles: [sales], email: smith@example.co.jp, language: en }
queues:
  finance: { members: [tanaka], email: finance@example.co.jp }
roles:
  sales: { objects: { Deal: [create, read, update], Contact: [create, read, update] } }
templates:
  deal_won: { object: Deal, subject: 'Won: {{record.name}}', body: 'Please look at {{record.name}}.', language: ja }
  contact_hello: { object: Contact, subject: Hello, body: 'Dear {{record.name}}', language: ja }
  draft_won: { object: Deal, subject: 'Won: {{record.name}}', body: '{{record.name}}', language: ja, state: draft }
  campaign: { object: Contact, subject: News, body: 'Our news', language: ja, promotional: true }
senders:
  - { address: info@example.co.jp, verified: true }
  - { address: new@example.co.jp, verified: false }
inbound:
  - { address: support@example.co.jp, creates: Case }
`,
      lines: [7],
    },
    good: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, template: deal_won }
    onError: [{ log: the mail was not sent }]
`,
      schema: `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      amount: number
      memo: longtext
      contact: { type: reference, to: Contact }
      informed: boolean
  Contact:
    fields:
      email: email
      phone: phone
      optIn: boolean
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp, language: ja }
  sato: { active: false, roles: [sales], email: sato@example.co.jp, language: ja }
  smith: { active: true, roles: [sales], email: smith@example.co.jp, language: en }
queues:
  finance: { members: [tanaka], email: finance@example.co.jp }
roles:
  sales: { objects: { Deal: [create, read, update], Contact: [create, read, update] } }
templates:
  deal_won: { object: Deal, subject: 'Won: {{record.name}}', body: 'Please look at {{record.name}}.', language: ja }
  contact_hello: { object: Contact, subject: Hello, body: 'Dear {{record.name}}', language: ja }
  draft_won: { object: Deal, subject: 'Won: {{record.name}}', body: '{{record.name}}', language: ja, state: draft }
  campaign: { object: Contact, subject: News, body: 'Our news', language: ja, promotional: true }
senders:
  - { address: info@example.co.jp, verified: true }
  - { address: new@example.co.jp, verified: false }
inbound:
  - { address: support@example.co.jp, creates: Case }
`,
    },
    lookAlike: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, subject: 'Won: {{record.contact.name}}', body: 'By {{user.name}}' }
    onError: [{ log: the mail was not sent }]
`,
      schema: `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      amount: number
      memo: longtext
      contact: { type: reference, to: Contact }
      informed: boolean
  Contact:
    fields:
      email: email
      phone: phone
      optIn: boolean
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp, language: ja }
  sato: { active: false, roles: [sales], email: sato@example.co.jp, language: ja }
  smith: { active: true, roles: [sales], email: smith@example.co.jp, language: en }
queues:
  finance: { members: [tanaka], email: finance@example.co.jp }
roles:
  sales: { objects: { Deal: [create, read, update], Contact: [create, read, update] } }
templates:
  deal_won: { object: Deal, subject: 'Won: {{record.name}}', body: 'Please look at {{record.name}}.', language: ja }
  contact_hello: { object: Contact, subject: Hello, body: 'Dear {{record.name}}', language: ja }
  draft_won: { object: Deal, subject: 'Won: {{record.name}}', body: '{{record.name}}', language: ja, state: draft }
  campaign: { object: Contact, subject: News, body: 'Our news', language: ja, promotional: true }
senders:
  - { address: info@example.co.jp, verified: true }
  - { address: new@example.co.jp, verified: false }
inbound:
  - { address: support@example.co.jp, creates: Case }
`,
      says: {
        en: 'Over a relation, and of the user.',
        ja: '関連先とユーザーの項目です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      for (const text of [mail.subject, mail.body]) {
        if (!text) continue;
        for (const path of pathsOf(text)) {
          const wrong = wrongField(resolve(path, workflow, schema));
          if (!wrong) continue;
          const at = path.text.lastIndexOf(wrong.name);
          const { place } = path;
          const exact = at >= 0 && place.endLine === place.line && place.endColumn === place.column + path.text.length;
          const named = {
            name: wrong.name,
            place: exact
              ? { ...place, column: place.column + at, endColumn: place.column + at + wrong.name.length }
              : place,
          };
          yield {
            place: path.place,
            element: mail.id,
            ...unlessCertain(wrong.certain),
            message: {
              en: `The mail inserts "${path.text}", but ${wrong.object} has no field "${wrong.name}". The reader sees a gap there, or the mail fails.`,
              ja: `メールに差し込む「${path.text}」の項目「${wrong.name}」は ${wrong.object} にありません。空欄で届くか、送信に失敗します。`,
            },
            ...nearestFix(named, wrong.nearest),
          };
        }
      }
      const template = templateOf(mail, schema);
      const object = template?.object ?? workflow.object?.name;
      if (!mail.template || !template || object === undefined) continue;
      const own: Workflow = { ...workflow, object: { name: object, place: mail.template.place } };
      const seen = new Set<string>();
      for (const text of [template.subject, template.body]) {
        for (const field of mergeFields(text ?? '', workflow.format)) {
          const segments = fieldOfRecord(field, object, workflow.format);
          if (!segments || seen.has(field.text)) continue;
          seen.add(field.text);
          const path: Path = { root: { kind: 'record' }, segments, text: field.text, place: mail.template.place };
          const wrong = wrongField(resolve(path, own, schema));
          if (!wrong) continue;
          yield {
            place: mail.template.place,
            element: mail.id,
            ...unlessCertain(wrong.certain),
            message: {
              en: `The template "${template.id}" inserts ${field.text}, but ${wrong.object} has no field "${wrong.name}". The reader sees a gap there, or the mail fails.`,
              ja: `テンプレート「${template.id}」の ${field.text} が指す項目「${wrong.name}」は ${wrong.object} にありません。空欄で届くか、送信に失敗します。`,
            },
            ...(wrong.nearest === undefined
              ? {}
              : {
                  fix: {
                    en: `Write "${wrong.nearest}" in the template.`,
                    ja: `テンプレートの項目名を「${wrong.nearest}」に直してください。`,
                  },
                }),
            ...(template.place
              ? { also: [{ place: template.place, says: { en: 'the template', ja: 'テンプレートはこちらです' } }] }
              : {}),
          };
        }
      }
    }
  },
});
