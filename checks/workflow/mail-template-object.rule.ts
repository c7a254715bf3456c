import { defineRule } from '../../src/model/workflow/rule.ts';
import { objectAt } from '../../src/reason/workflow/effects.ts';
import { mailsOf, templateOf } from '../../src/reason/workflow/mails.ts';

export const mailTemplateObject = defineRule({
  id: 'workflow.mail-template-object',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'OD', 'ES', 'SU', 'ZO', 'NY'],
  needs: ['templates'],
  uses: ['schema'],
  title: {
    en: 'A template made for another kind of record',
    ja: '別の種類のレコード用のテンプレート',
  },
  about: {
    en: 'A template is made for one kind of record and takes its fields from it. Filled from another kind, its fields stay empty or the step fails.',
    ja: 'テンプレートは特定の種類のレコード用に作られ、その項目を差し込みます。別の種類のレコードで使うと、差し込みが空になるか、ステップが失敗します。',
  },
  advice: {
    en: 'Choose a template for this kind of record.',
    ja: 'このレコードの種類に合うテンプレートを選んでください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, template: contact_hello }
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
      files: `workflow: hello
object: Contact
trigger: { on: create }
steps:
  - mail: { to: queue:finance, template: contact_hello }
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
        en: 'The template is for the object of the workflow.',
        ja: 'ワークフローと同じオブジェクト用のテンプレートです。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      const template = templateOf(mail, schema);
      const object = mail.about ? objectAt(mail.about, workflow, schema) : workflow.object?.name;
      if (!mail.template || template?.object === undefined || object === undefined) continue;
      if (template.object.toLowerCase() === object.toLowerCase()) continue;
      yield {
        place: mail.template.place,
        element: mail.id,
        message: {
          en: `The template "${template.id}" is made for ${template.object}, but is filled from a ${object}. Its fields stay empty, or the mail fails.`,
          ja: `テンプレート「${template.id}」は ${template.object} 用ですが、${object} のレコードで使われています。差し込みが空になるか、送信に失敗します。`,
        },
      };
    }
  },
});
