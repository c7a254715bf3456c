import type { Condition } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { componentsOf, isCycle } from '../../src/reason/workflow/components.ts';
import { decidedBefore } from '../../src/reason/workflow/interplay/decisions.ts';
import { isOpaque, isTimed } from '../../src/reason/workflow/interplay/deeds.ts';
import { addressOf, type Mail, mailsOf, plainAddress, recipientsOf } from '../../src/reason/workflow/mails.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';

interface Sent {
  readonly workflow: Workflow;
  readonly mail: Mail;
  readonly party: Party;
  readonly address: string;
  /** What the mail becomes, and which workflows that starts. */
  readonly object: string;
  readonly starts: readonly Workflow[];
}

const tellsMail =
  /origin|source|channel|from|sender|subject|title|auto|mail|header|spam|経路|発生源|差出人|件名|送信元|自動|メール|流入|チャネル/i;

/** It may leave out what came by mail. What is not understood may do so. */
const mayLeaveOut = (condition: Condition): boolean =>
  isOpaque(condition) ||
  [...conditionPaths(condition)].some(({ segments }) => segments.some((segment) => tellsMail.test(segment)));

const startsOnMail = ({ object, triggers }: Workflow, created: string): boolean =>
  object?.name === created &&
  triggers.some(
    (trigger) =>
      (trigger.on === 'create' || trigger.on === 'save') &&
      !isTimed(trigger) &&
      !(trigger.when && mayLeaveOut(trigger.when.condition)),
  );

const reached = ({ workflow, mail }: Sent): boolean =>
  !decidedBefore(workflow)(mail.id).some(({ condition }) => mayLeaveOut(condition));

export const mailLoop = defineRule({
  id: 'workflow.mail-loop',
  severity: 'error',
  sourceKind: 'action',
  confidence: 'likely',
  needs: ['inbound'],
  title: {
    en: 'A mail that starts its own workflow again',
    ja: '自分のワークフローを起動し続けるメール',
  },
  about: {
    en: 'Mails to this address become new records by themselves, and a new record of that kind starts the workflow that sends this mail. Each mail makes a record, each record a mail, until somebody stops it or the mailbox is full.',
    ja: 'このアドレスに届いたメールは自動的に新しいレコードになり、そのレコードの作成でこのメールを送るワークフローが動きます。メールがレコードを、レコードがメールを生み、誰かが止めるかメールボックスがいっぱいになるまで続きます。',
  },
  advice: {
    en: 'Send to another address, or leave out records that came by mail.',
    ja: '別のアドレスに送るか、メールから作られたレコードを対象外にしてください。',
  },
  examples: {
    bad: {
      files: `workflow: new-case
object: Case
trigger: { on: create, onImport: false }
steps:
  - mail: { to: queue:support, subject: 'New: {{record.name}}', body: 'Please look at it.' }
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
  Case:
    fields:
      origin: { type: picklist, values: [Phone, Email, Web] }
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
  support: { members: [tanaka], email: support@example.co.jp }
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
      lines: [5],
    },
    good: {
      files: `workflow: new-case
object: Case
trigger: { on: create, onImport: false }
steps:
  - mail: { to: queue:finance, subject: 'New: {{record.name}}', body: 'Please look at it.' }
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
  Case:
    fields:
      origin: { type: picklist, values: [Phone, Email, Web] }
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
  support: { members: [tanaka], email: support@example.co.jp }
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
      files: `workflow: new-case
object: Case
trigger: { on: create, onImport: false }
when: { field: origin, ne: Email }
steps:
  - mail: { to: queue:support, subject: 'New: {{record.name}}', body: 'Please look at it.' }
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
  Case:
    fields:
      origin: { type: picklist, values: [Phone, Email, Web] }
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
  support: { members: [tanaka], email: support@example.co.jp }
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
        en: 'Cases that came by mail are left out.',
        ja: 'メールから作られたケースは対象外です。',
      },
    },
  },
  *project({ active, project: { schema } }) {
    const creates = new Map<string, string>();
    for (const { address, creates: object } of schema.inbound ?? []) creates.set(plainAddress(address), object);
    const edges = active.flatMap((workflow): readonly Sent[] =>
      mailsOf(workflow).flatMap((mail) =>
        recipientsOf(mail).flatMap((party): readonly Sent[] => {
          const address = addressOf(party, schema);
          const object = address === undefined ? undefined : creates.get(plainAddress(address));
          if (address === undefined || object === undefined) return [];
          const starts = active.filter((other) => startsOnMail(other, object));
          return starts.length > 0 ? [{ workflow, mail, party, address, object, starts }] : [];
        }),
      ),
    );
    const next = (workflow: Workflow): readonly Workflow[] =>
      edges.flatMap((edge) => (edge.workflow === workflow && reached(edge) ? edge.starts : []));
    for (const component of componentsOf(active, next)) {
      if (!isCycle(component, next)) continue;
      const inside = new Set(component);
      const ring = edges.filter(
        (edge) => inside.has(edge.workflow) && reached(edge) && edge.starts.some((one) => inside.has(one)),
      );
      const [first, ...others] = ring;
      if (!first) continue;
      yield {
        workflow: first.workflow.id,
        element: first.mail.id,
        place: first.party.place,
        message: {
          en: `A mail to ${first.address} becomes a new ${first.object}, which starts "${first.starts.find((one) => inside.has(one))?.id ?? first.workflow.id}" and so this mail again, without end.`,
          ja: `${first.address} へのメールは新しい ${first.object} になり、「${first.starts.find((one) => inside.has(one))?.id ?? first.workflow.id}」が起動して、またこのメールが送られます。これが終わりなく続きます。`,
        },
        also: others.slice(0, 5).map(({ party }) => ({
          place: party.place,
          says: { en: 'this mail takes part', ja: 'このメールも関わっています' },
        })),
      };
    }
  },
});
