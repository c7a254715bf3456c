import { defineRule } from '../../src/model/workflow/rule.ts';
import { mailsOf } from '../../src/reason/workflow/mails.ts';
import { mayBeEmpty } from '../../src/reason/workflow/may-be-empty.ts';

export const mailRecipientMayBeEmpty = defineRule({
  id: 'workflow.mail-recipient-may-be-empty',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  needs: ['schema'],
  auto: 'suggest',
  title: {
    en: 'A recipient that some records do not have',
    ja: '空の場合がある宛先',
  },
  about: {
    en: 'The address comes from a field that need not be filled in, and nothing on the way asks whether it is. For records without an address the mail is not sent, or the whole run fails there.',
    ja: '宛先のアドレスを必須でない項目から取っていますが、値があるかどうかを確かめていません。アドレスのないレコードでは、メールが送られないか、処理全体がそこで失敗します。',
  },
  advice: {
    en: 'Ask first whether the field is filled in, and say what happens if not.',
    ja: '先に項目が空でないことを確かめ、空の場合の処理も決めてください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: '{{record.contact.email}}', template: deal_won }
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
when:
  - { field: stage, changedTo: Won }
  - { field: contact.email, empty: false }
steps:
  - id: tell
    mail: { to: '{{record.contact.email}}', template: deal_won }
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
        en: 'The conditions ask for an address.',
        ja: '条件でアドレスがあることを確かめています。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      // Somebody gets it anyhow.
      if (mail.to.some(({ kind }) => kind !== 'path')) continue;
      const paths = mail.to.flatMap((party) => (party.kind === 'path' ? [party] : []));
      const first = paths.find(({ path }) => mayBeEmpty(path, mail.id, workflow, schema));
      if (!first || !paths.every(({ path }) => mayBeEmpty(path, mail.id, workflow, schema))) continue;
      yield {
        place: first.place,
        element: mail.id,
        message: {
          en: `The recipient "${first.path.text}" need not be filled in, and nothing asks for it before. Records without it get no mail, or the run fails there.`,
          ja: `宛先「${first.path.text}」は必須ではなく、空かどうかも確かめていません。空のレコードでは、メールが送られないか、処理が失敗します。`,
        },
      };
    }
  },
});
