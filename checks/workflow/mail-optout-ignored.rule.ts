import type { Condition } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { objectAt } from '../../src/reason/workflow/effects.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { decidedBefore } from '../../src/reason/workflow/interplay/decisions.ts';
import { isOpaque } from '../../src/reason/workflow/interplay/deeds.ts';
import { mailsOf, recipientsOf, templateOf } from '../../src/reason/workflow/mails.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';

const consent =
  /opt_?(?:in|out)|consent|subscri|newsletter|agree|permission|gdpr|do_?not_?(?:e?mail|contact)|noemail|no_?mail|allow_?(?:e?mail|contact)|marketing|配信|同意|許諾|受信(?:可|拒否|停止)|メルマガ|オプト/i;

const mentions = (condition: Condition): boolean =>
  [...conditionPaths(condition)].some(({ segments }) => segments.some((segment) => consent.test(segment)));

/** Everything that is asked before the step, and by which the people were found. What is not understood may ask it. */
const asksConsent = (workflow: Workflow, step: string): boolean => {
  const { steps, dominators } = graphOf(workflow);
  const found = dominators(step).flatMap((id) => {
    const one = steps.get(id);
    return one?.kind === 'find' && one.where ? [one.where.condition] : [];
  });
  const asked = [
    ...workflow.triggers.flatMap(({ when }) => (when ? [when.condition] : [])),
    ...decidedBefore(workflow)(step).map(({ condition }) => condition),
    ...found,
  ];
  return asked.some((condition) => mentions(condition) || isOpaque(condition));
};

/** The object whose field the address is; of a reference, the one that it leads to. */
const objectBefore = (
  segments: readonly string[],
  path: Path,
  workflow: Workflow,
  schema: Schema,
): string | undefined => {
  const end = resolve(path, workflow, schema);
  if (end.kind === 'field' && end.field.to) return end.field.to.length === 1 ? end.field.to[0] : undefined;
  return objectAt({ ...path, segments: segments.slice(0, -1) }, workflow, schema);
};

export const mailOptoutIgnored = defineRule({
  id: 'workflow.mail-optout-ignored',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  needs: ['templates'],
  uses: ['schema'],
  auto: 'suggest',
  title: {
    en: 'Advertising without asking for consent',
    ja: '同意を確かめない宣伝メール',
  },
  about: {
    en: 'The template is marked as promotional. In Japan (特定電子メール法) and the EU such mails may go only to people who agreed, and never to those who declined. Nothing on the way to this step looks at a consent or opt-out field.',
    ja: 'このテンプレートは宣伝用とされています。日本の特定電子メール法や EU の規則では、宣伝メールは同意した人にだけ送ることができ、拒否した人には送れません。このステップに至るまでに、同意や配信停止の項目を確かめている箇所がありません。',
  },
  advice: {
    en: 'Test the consent (or opt-out) field before.',
    ja: '先に同意（または配信停止）の項目を確かめてください。',
  },
  examples: {
    bad: {
      files: `workflow: news
object: Contact
trigger: { on: create }
when: { field: email, empty: false }
steps:
  - mail: { to: '{{record.email}}', template: campaign }
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
      lines: [6],
    },
    good: {
      files: `workflow: news
object: Contact
trigger: { on: create }
when:
  - { field: email, empty: false }
  - { field: optIn, eq: true }
steps:
  - mail: { to: '{{record.email}}', template: campaign }
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
      files: `workflow: news
object: Contact
trigger: { on: create }
steps:
  - mail: { to: role:sales, template: campaign }
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
        en: 'A copy for colleagues.',
        ja: '社内の担当者あての控えです。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    // HubSpot asks for the subscription itself.
    if (workflow.format === 'HS') return;
    for (const mail of mailsOf(workflow)) {
      const template = templateOf(mail, schema);
      if (!mail.template || !template?.promotional) continue;
      const outside = recipientsOf(mail).some(
        (party) => party.kind === 'path' && objectBefore(party.path.segments, party.path, workflow, schema) !== 'User',
      );
      if (!outside || asksConsent(workflow, mail.id)) continue;
      yield {
        place: mail.template.place,
        element: mail.id,
        message: {
          en: `The promotional template "${template.id}" is sent without asking whether the person agreed to get such mails.`,
          ja: `宣伝用のテンプレート「${template.id}」を、受け取りに同意しているかどうかを確かめずに送っています。`,
        },
      };
    }
  },
});
