import { defineRule } from '../../src/model/workflow/rule.ts';
import { mailsOf, templateOf } from '../../src/reason/workflow/mails.ts';

export const mailTemplateState = defineRule({
  id: 'workflow.mail-template-state',
  severity: 'error',
  sourceKind: 'action',
  formats: ['HS', 'ZO', 'OD', 'ES', 'NY'],
  needs: ['templates'],
  title: {
    en: 'A template that is not published',
    ja: '公開されていないテンプレート',
  },
  about: {
    en: 'The template is still a draft, or lies in the bin. The system does not send it: the step fails or is skipped.',
    ja: 'テンプレートが下書きのままか、削除済みです。この状態では送信できず、ステップが失敗するか飛ばされます。',
  },
  advice: {
    en: 'Publish the template, or choose another one.',
    ja: 'テンプレートを公開するか、別のテンプレートを選んでください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, template: draft_won }
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
active: false
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, template: draft_won }
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
        en: 'The workflow is a draft itself.',
        ja: 'ワークフロー自体がまだ無効です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      const template = templateOf(mail, schema);
      if (!mail.template || !template || template.state === 'published') continue;
      const draft = template.state === 'draft';
      yield {
        place: mail.template.place,
        element: mail.id,
        message: {
          en: `The template "${template.id}" is ${draft ? 'still a draft' : 'deleted'}, so this mail is not sent.`,
          ja: `テンプレート「${template.id}」は${draft ? '下書きのまま' : '削除済み'}のため、このメールは送られません。`,
        },
      };
    }
  },
});
