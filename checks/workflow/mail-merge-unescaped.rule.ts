import { defineRule } from '../../src/model/workflow/rule.ts';
import type { FieldType } from '../../src/model/workflow/schema.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { mailsOf, templateOf } from '../../src/reason/workflow/mails.ts';
import { fieldOfRecord, mergeFields } from '../../src/reason/workflow/merge-fields.ts';
import { type Resolved, resolve } from '../../src/reason/workflow/resolve.ts';

const typed: ReadonlySet<FieldType> = new Set(['text', 'longtext', 'url', 'phone', 'email']);

/** Whether somebody may have typed it. What is not known may be anything, but nothing is claimed of it. */
const mayBeTyped = (end: Resolved): boolean =>
  end.kind === 'field' ? typed.has(end.field.type) && !end.field.readOnly : end.kind === 'unknown';

export const mailMergeUnescaped = defineRule({
  id: 'workflow.mail-merge-unescaped',
  severity: 'warning',
  sourceKind: 'action',
  uses: ['schema', 'templates'],
  auto: 'suggest',
  title: {
    en: 'Typed text goes into an HTML mail as it is',
    ja: '入力された文字列をそのまま HTML メールに差し込み',
  },
  about: {
    en: 'In an HTML mail some characters are commands for the mail program (`<`, `&`). A text that somebody typed can hold them: it breaks the layout, and a stranger who fills in a web form can put links and pictures of his own into a mail of yours. Escaping turns such characters into harmless ones.',
    ja: 'HTML メールでは、「<」や「&」などの文字が表示の命令として扱われます。人が入力した文字列をそのまま差し込むと、表示が崩れるほか、Web フォームから入力した第三者が、自社のメールにリンクや画像を紛れ込ませることもできます。エスケープとは、こうした文字を無害な形に置き換えることです。',
  },
  advice: {
    en: 'Insert it with escaping: two braces instead of three.',
    ja: 'エスケープされる書き方（波かっこを 2 つ）で差し込んでください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, subject: Won, body: '<p>{{{record.memo}}}</p>', html: true }
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
    mail: { to: queue:finance, subject: Won, body: '<p>{{record.memo}}</p>', html: true }
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
    mail: { to: queue:finance, subject: Won, body: '<p>{{{record.amount}}}</p>', html: true }
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
        en: 'A number holds nothing that could harm.',
        ja: '数値なので問題になる文字を含みません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const mail of mailsOf(workflow)) {
      if (mail.html && mail.body?.kind === 'text') {
        for (const at of mail.body.raw ?? []) {
          const part = mail.body.parts[at];
          if (part === undefined || typeof part === 'string' || part.kind !== 'path') continue;
          if (!mayBeTyped(resolve(part.path, workflow, schema))) continue;
          yield {
            place: part.place,
            element: mail.id,
            message: {
              en: `"${part.path.text}" is put into this HTML mail without escaping, so whatever was typed there becomes part of the page.`,
              ja: `「${part.path.text}」がエスケープされずに HTML メールへ差し込まれ、入力された内容がそのまま表示の一部になります。`,
            },
          };
        }
      }
      const template = templateOf(mail, schema);
      if (!mail.template || !template?.html) continue;
      const object = template.object ?? workflow.object?.name;
      for (const field of mergeFields(template.body ?? '', workflow.format)) {
        if (!field.raw) continue;
        const segments = object === undefined ? undefined : fieldOfRecord(field, object, workflow.format);
        const place = mail.template.place;
        const path: Path | undefined = segments && { root: { kind: 'record' }, segments, text: field.text, place };
        const own: Workflow = object === undefined ? workflow : { ...workflow, object: { name: object, place } };
        if (path && !mayBeTyped(resolve(path, own, schema))) continue;
        yield {
          place,
          element: mail.id,
          message: {
            en: `The template "${template.id}" puts ${field.text} into HTML without escaping, so whatever was typed there becomes part of the page.`,
            ja: `テンプレート「${template.id}」は ${field.text} をエスケープせずに HTML へ差し込むため、入力された内容がそのまま表示の一部になります。`,
          },
        };
        break;
      }
    }
  },
});
