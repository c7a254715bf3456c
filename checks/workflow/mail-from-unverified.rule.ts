import { defineRule } from '../../src/model/workflow/rule.ts';
import { addressOf, mailsOf, plainAddress } from '../../src/reason/workflow/mails.ts';

export const mailFromUnverified = defineRule({
  id: 'workflow.mail-from-unverified',
  severity: 'error',
  sourceKind: 'action',
  needs: ['senders'],
  title: {
    en: 'A sender that is not verified',
    ja: '確認されていない差出人',
  },
  about: {
    en: 'Systems send only from addresses whose owner has confirmed them. From any other address the mail is refused, or sent under a general address that lands in junk.',
    ja: '多くのシステムは、持ち主が確認した差出人アドレスからしか送信しません。それ以外のアドレスでは送信が拒否されるか、共通のアドレスに置き換えられて迷惑メールに入りやすくなります。',
  },
  advice: {
    en: 'Verify the address, or send from one that is verified.',
    ja: 'アドレスを確認済みにするか、確認済みの差出人に変えてください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, from: new@example.co.jp, template: deal_won }
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
    mail: { to: queue:finance, from: info@example.co.jp, template: deal_won }
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
        en: 'This one is verified.',
        ja: '確認済みの差出人です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    const senders = (schema.senders ?? []).map(({ address, verified }) => ({
      address: plainAddress(address),
      verified,
    }));
    for (const mail of mailsOf(workflow)) {
      const { from } = mail;
      const written = from?.kind === 'address' || from?.kind === 'queue' ? addressOf(from, schema) : undefined;
      if (!from || written === undefined) continue;
      const own = plainAddress(written);
      const domain = own.slice(own.lastIndexOf('@'));
      const known = senders.filter(({ address }) => address === own || address === domain || address === `*${domain}`);
      if (known.some(({ verified }) => verified)) continue;
      yield {
        place: from.place,
        element: mail.id,
        message:
          known.length > 0
            ? {
                en: `The sender ${own} is not verified yet, so this mail is refused or sent under another address.`,
                ja: `差出人 ${own} はまだ確認されていないため、送信が拒否されるか、別の差出人に置き換えられます。`,
              }
            : {
                en: `The sender ${own} is none of the addresses that may send, so this mail is refused or sent under another address.`,
                ja: `差出人 ${own} は送信に使えるアドレスとして登録されていないため、送信が拒否されるか、別の差出人に置き換えられます。`,
              },
      };
    }
  },
});
