import type { Condition } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema, User } from '../../src/model/workflow/schema.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import { decidedBefore } from '../../src/reason/workflow/interplay/decisions.ts';
import { isOpaque } from '../../src/reason/workflow/interplay/deeds.ts';
import { mailsOf, recipientsOf, templateOf } from '../../src/reason/workflow/mails.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';

const peopleOf = (party: Party, schema: Schema): readonly User[] => {
  const user = (id: string): readonly User[] => {
    const found = entryOf(schema.users, id, schema);
    return found ? [found] : [];
  };
  switch (party.kind) {
    case 'user':
      return user(party.id);
    case 'role':
      return [...(schema.users?.values() ?? [])].filter(({ roles }) => roles.includes(party.id));
    case 'queue':
      return (entryOf(schema.queues, party.id, schema)?.members ?? []).flatMap(user);
    default:
      return [];
  }
};

const asksLanguage = (condition: Condition): boolean =>
  [...conditionPaths(condition)].some(({ segments }) =>
    segments.some((one) => /lang|locale|country|言語|国/i.test(one)),
  );

export const mailLanguage = defineRule({
  id: 'workflow.mail-language',
  severity: 'info',
  sourceKind: 'action',
  needs: ['templates', 'users'],
  title: {
    en: 'A mail in a language that its reader does not use',
    ja: '受け取る人の言語と違うメール',
  },
  about: {
    en: 'The template is written in one language, but some of those who get it work in another, and there is no variant for them here.',
    ja: 'テンプレートの言語と、受け取る人の使用言語が違います。その言語の文面を送る処理がここにはありません。',
  },
  advice: {
    en: 'Add a template in that language, and choose by the language of the reader.',
    ja: 'その言語のテンプレートを用意し、受け取る人の言語で使い分けてください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: user:smith, template: deal_won }
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
    mail: { to: user:tanaka, template: deal_won }
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
        en: 'Reader and template agree.',
        ja: '受け取る人とテンプレートの言語が同じです。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      const template = templateOf(mail, schema);
      const language = template?.language;
      if (!mail.template || !template || language === undefined) continue;
      const asked = [
        ...workflow.triggers.flatMap(({ when }) => (when ? [when.condition] : [])),
        ...decidedBefore(workflow)(mail.id).map(({ condition }) => condition),
      ];
      if (asked.some((condition) => isOpaque(condition) || asksLanguage(condition))) continue;
      const readers = recipientsOf(mail).flatMap((party) => peopleOf(party, schema));
      const others = readers.filter((one) => one.active && one.language !== undefined && one.language !== language);
      const [first] = others;
      if (!first) continue;
      const more = new Set(others.map(({ id }) => id)).size - 1;
      yield {
        place: mail.template.place,
        element: mail.id,
        message: {
          en: `The template "${template.id}" is in ${language === 'ja' ? 'Japanese' : 'English'}, but ${first.id}${more > 0 ? ` and ${more} more` : ''} who get it use ${first.language === 'ja' ? 'Japanese' : 'English'}.`,
          ja: `テンプレート「${template.id}」は${language === 'ja' ? '日本語' : '英語'}ですが、受け取る ${first.id}${more > 0 ? ` ほか ${more} 人` : ''} の使用言語は${first.language === 'ja' ? '日本語' : '英語'}です。`,
        },
      };
    }
  },
});
