import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import { unlessCertain } from '../../src/reason/workflow/doubt.ts';
import { mailsOf, plainAddress, recipientsOf } from '../../src/reason/workflow/mails.ts';
import { standingOf } from '../../src/reason/workflow/people.ts';
import { writtenParty } from '../../src/reason/workflow/written.ts';

interface Gone {
  readonly what: 'inactive' | 'missing' | 'empty';
  readonly message: Text;
}

const whyGone = (party: Party, schema: Schema): Gone | undefined => {
  const name = writtenParty(party);
  if (party.kind === 'address') {
    const own = plainAddress(party.address);
    const user = [...(schema.users?.values() ?? [])].find(
      ({ email }) => email !== undefined && plainAddress(email) === own,
    );
    if (!user || user.active) return undefined;
    return {
      what: 'inactive',
      message: {
        en: `${name} is the address of ${user.id}, who is deactivated, so nobody reads this mail.`,
        ja: `${name} は無効化されたユーザー ${user.id} のアドレスのため、このメールは誰にも読まれません。`,
      },
    };
  }
  if (party.kind !== 'user' && party.kind !== 'queue' && party.kind !== 'role') return undefined;
  const standing = standingOf(party.kind, party.id, schema);
  // A role that is there, but of which nobody is left.
  const left = [...(schema.users?.values() ?? [])].filter(({ roles }) => roles.includes(party.id));
  const deserted =
    party.kind === 'role' && standing !== 'missing' && left.length > 0 && left.every(({ active }) => !active);
  if (standing === 'inactive')
    return {
      what: 'inactive',
      message: {
        en: `${name} is deactivated, so this mail is not delivered, or nobody reads it.`,
        ja: `${name} は無効化されているため、このメールは届かないか、誰にも読まれません。`,
      },
    };
  if (standing === 'empty' || deserted)
    return {
      what: 'empty',
      message: {
        en: `Nobody active is left in ${name}, so this mail reaches nobody.`,
        ja: `${name} には有効な人が 1 人も残っていないため、このメールは誰にも届きません。`,
      },
    };
  return standing === 'missing'
    ? {
        what: 'missing',
        message: {
          en: `${name} does not exist, or was deleted, so this mail cannot be sent.`,
          ja: `${name} は存在しないか削除されているため、このメールは送信できません。`,
        },
      }
    : undefined;
};

export const mailRecipientInactive = defineRule({
  id: 'workflow.mail-recipient-inactive',
  severity: 'error',
  sourceKind: 'action',
  needs: ['users'],
  over: ['mail-recipient-hardcoded'],
  title: {
    en: 'A recipient who is no longer there',
    ja: 'すでにいない人への宛先',
  },
  about: {
    en: 'The person was deactivated or deleted, or nobody is left in the queue or role. The mail goes to an account that nobody reads, or the step fails.',
    ja: '宛先の人が無効化または削除されているか、キューやロールに有効な人が 1 人も残っていません。誰も読まないアカウントに送られるか、ステップが失敗します。',
  },
  advice: {
    en: 'Name somebody who is there, better a role or a queue.',
    ja: '現在いる人を宛先にしてください。ロールやキューを指定するのが確実です。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: user:sato, template: deal_won }
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
    mail: { to: role:sales, template: deal_won }
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
        en: 'One of the role has left, others are there.',
        ja: 'ロールの 1 人は無効ですが、ほかに有効な人がいます。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      for (const party of recipientsOf(mail)) {
        const why = whyGone(party, schema);
        if (!why) continue;
        const sure = why.what !== 'missing' || schema.complete;
        yield { place: party.place, element: mail.id, message: why.message, ...unlessCertain(sure) };
      }
    }
  },
});
