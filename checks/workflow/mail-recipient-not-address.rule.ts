import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { FieldType, Schema } from '../../src/model/workflow/schema.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { mailsOf, plainAddress, recipientsOf } from '../../src/reason/workflow/mails.ts';
import { objectOf, resolve } from '../../src/reason/workflow/resolve.ts';

// One @, a name before it and a domain with a dot after it; what mail servers allow beyond that nobody writes.
const address = /^[^\s@<>,;:"()[\]\\]{1,64}@(?:[^\s@<>,;:"()[\]\\.]{1,63}\.){1,10}[^\s@<>,;:"()[\]\\.]{2,63}$/u;

const neverAddresses: ReadonlySet<FieldType> = new Set([
  'number',
  'integer',
  'currency',
  'percent',
  'boolean',
  'date',
  'datetime',
  'phone',
  'url',
]);

const isAddress = (text: string): boolean =>
  // Several in one text, or a text with something to be filled in.
  text
    .split(/[,;]/)
    .filter((part) => part.trim() !== '')
    .every((part) => address.test(plainAddress(part.trim())) || /[{}$]/.test(part));

/** Whether the records that a reference leads to have an address; unknown counts as yes. */
const hasAddress = (objects: readonly string[] | undefined, schema: Schema): boolean =>
  !objects ||
  objects.length === 0 ||
  objects.some((name) => {
    const object = objectOf(schema, name);
    if (!object?.complete || name === 'User' || name === 'Queue') return true;
    return [...object.fields.values()].some(({ type, name: field }) => type === 'email' || /mail/i.test(field));
  });

const wrongWith = (party: Party, workflow: Workflow, schema: Schema): Pick<Problem, 'message'> | undefined => {
  if (party.kind === 'address')
    return isAddress(party.address)
      ? undefined
      : {
          message: {
            en: `"${party.address.slice(0, 100)}" is no mail address, so this mail cannot be delivered.`,
            ja: `「${party.address.slice(0, 100)}」はメールアドレスの形になっていないため、このメールは届きません。`,
          },
        };
  if (party.kind !== 'path') return undefined;
  const end = resolve(party.path, workflow, schema);
  if (end.kind !== 'field') return undefined;
  const { type, to, name } = end.field;
  const wrong =
    neverAddresses.has(type) ||
    // The record's own title.
    (type === 'text' && workflow.format === 'NY' && name === 'name') ||
    ((type === 'reference' || type === 'references') && !hasAddress(to, schema));
  return wrong
    ? {
        message: {
          en: `"${party.path.text}" is a field of type ${type} and holds no mail address, so this mail cannot be sent.`,
          ja: `「${party.path.text}」は型が ${type} の項目でメールアドレスではないため、このメールは送信できません。`,
        },
      }
    : undefined;
};

export const mailRecipientNotAddress = defineRule({
  id: 'workflow.mail-recipient-not-address',
  severity: 'error',
  sourceKind: 'action',
  over: ['mail-recipient-may-be-empty'],
  uses: ['schema'],
  title: {
    en: 'A recipient that is no address',
    ja: 'アドレスではない宛先',
  },
  about: {
    en: 'A mail needs an address, or a person whose address the system knows. A name, a number or a phone number is refused, and a mistyped address comes back.',
    ja: 'メールの宛先には、アドレスか、アドレスの分かる人が必要です。名前や数値、電話番号では送信できず、書き間違えたアドレスには届きません。',
  },
  advice: {
    en: 'Choose a field that holds a mail address or a person, or correct the address.',
    ja: 'メールアドレスまたは人を持つ項目を選ぶか、アドレスの書き間違いを直してください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: '{{record.amount}}', template: deal_won }
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
    mail: { to: '{{record.owner}}', template: deal_won }
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
        en: 'A person: the system knows the address.',
        ja: '人を表す項目なので、アドレスはシステムが知っています。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      for (const party of recipientsOf(mail)) {
        const wrong = wrongWith(party, workflow, schema);
        if (!wrong) continue;
        yield { place: party.place, element: mail.id, ...wrong };
      }
    }
  },
});
