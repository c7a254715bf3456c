import { describe, expect, test } from '@jest/globals';
import { projectFrom, tried } from './tried.ts';

const schema = `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      amount: { type: number, precision: 8, scale: 2, min: 0, max: 500000 }
      code: { type: text, length: 5, unique: true }
      note: text
      lostReason: text
      closed: date
      done: boolean
      margin: number
      score: { type: number, readOnly: true }
      account: { type: reference, to: Account }
      count: number
    rules:
      - { name: lost-needs-reason, refuse: [{ field: stage, eq: Lost }, { field: lostReason, empty: true }], message: Give a reason }
  Account: { fields: { email: email, boss: { type: reference, to: User } } }
  Invoice: { fields: { deal: { type: reference, to: Deal, required: true }, number: { type: text, required: true } } }
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp }
  gone: { active: false, roles: [sales], email: gone@example.co.jp }
queues:
  finance: { members: [tanaka], email: finance@example.co.jp }
  nobody: { members: [] }
roles:
  sales:
    objects: { Deal: [create, read, update], Account: [read] }
    fields: { Deal.margin: none }
    sendAs: [sales@example.co.jp]
  empty: { objects: { Deal: [read] } }
templates:
  fine: { subject: 'About {{record.name}}', body: x, state: published }
  draft: { subject: x, body: x, state: draft }
senders: [{ address: info@example.co.jp, verified: true }, { address: new@example.co.jp, verified: false }]
`;

const workflow = (steps: string, more = ''): string => `workflow: w
object: Deal
trigger: { on: update }
when: { field: stage, changed: true }
${more === '' ? '' : `${more}\n`}steps:
${steps.replaceAll(/^/gm, '  ')}
`;

const won = `event: update
user: tanaka
workflow: w
record: { id: D1, name: Big & one, stage: Open, amount: 100, account: A1 }
change: { stage: Won }
records:
  Account: [{ id: A1, name: Sample, email: null }]
  Deal: [{ id: D2, code: X }]
`;

interface Case {
  readonly rule: string;
  readonly steps: string;
  readonly more?: string;
  readonly sample?: string;
  /** Default: the first. */
  readonly step?: string;
}

const cases: readonly Case[] = [
  { rule: 'action-violates-validation', steps: '- { id: s, update: record, set: { stage: Lost } }' },
  { rule: 'action-violates-validation', steps: '- { id: s, update: record, set: { code: X } }' },
  {
    rule: 'action-create-missing-required',
    steps: '- { id: s, create: Invoice, set: { deal: "{{record.id}}" } }',
    more: 'runAs: system',
  },
  {
    rule: 'data-null-deref',
    steps:
      '- { id: f, find: Account, where: { field: name, eq: No }, limit: 1 }\n- { id: s, create: Invoice, set: { deal: D1, number: "{{f.name}}" } }',
    more: 'runAs: system',
  },
  {
    rule: 'data-null-deref',
    steps:
      '- { id: f, find: Account, where: { field: name, eq: No }, limit: 1 }\n- { id: s, update: f, set: { email: a@b.example } }',
    more: 'runAs: system',
  },
  { rule: 'action-write-unknown-field', steps: '- { id: s, update: record, set: { nope: 1 } }' },
  { rule: 'action-write-readonly', steps: '- { id: s, update: record, set: { score: 1 } }' },
  { rule: 'action-write-type-mismatch', steps: '- { id: s, update: record, set: { closed: "{{record.name}}" } }' },
  { rule: 'action-write-unknown-picklist', steps: '- { id: s, update: record, set: { stage: "{{record.name}}" } }' },
  { rule: 'action-write-too-long', steps: '- { id: s, update: record, set: { code: "{{record.name}}" } }' },
  { rule: 'action-write-out-of-range', steps: '- { id: s, update: record, set: { amount: 600000 } }' },
  { rule: 'perm-object-denied', steps: '- { id: s, create: Invoice, set: { deal: D1, number: "1" } }' },
  {
    rule: 'perm-object-denied',
    steps: '- { id: s, update: record, set: { note: x } }',
    more: 'runAs: { role: empty }',
  },
  { rule: 'perm-field-not-editable', steps: '- { id: s, update: record, set: { margin: 1 } }' },
  {
    rule: 'mail-recipient-may-be-empty',
    steps: '- { id: s, mail: { to: "{{record.account.email}}", template: fine } }',
  },
  { rule: 'mail-recipient-not-address', steps: '- { id: s, mail: { to: "{{record.name}}", template: fine } }' },
  { rule: 'mail-recipient-inactive', steps: '- { id: s, mail: { to: "user:gone", template: fine } }' },
  { rule: 'mail-recipient-inactive', steps: '- { id: s, mail: { to: "role:empty", template: fine } }' },
  { rule: 'mail-template-missing', steps: '- { id: s, mail: { to: "queue:finance", template: other } }' },
  { rule: 'mail-template-state', steps: '- { id: s, mail: { to: "queue:finance", template: draft } }' },
  {
    rule: 'mail-from-unverified',
    steps: '- { id: s, mail: { to: "queue:finance", from: new@example.co.jp, template: fine } }',
  },
  {
    rule: 'perm-mail-send-denied',
    steps: '- { id: s, mail: { to: "queue:finance", from: info@example.co.jp, template: fine } }',
  },
  { rule: 'action-inactive-assignee', steps: '- { id: s, assign: "user:gone" }' },
  { rule: 'action-inactive-assignee', steps: '- { id: s, assign: "queue:nobody" }' },
  { rule: 'action-unknown-assignee', steps: '- { id: s, assign: "user:nobody" }' },
  { rule: 'perm-assignee-empty', steps: '- { id: s, approval: { approvers: ["user:gone"] }, approved: [{ log: a }] }' },
  { rule: 'action-subflow-missing', steps: '- { id: s, call: nowhere }' },
  { rule: 'action-delay-invalid', steps: '- { id: s, wait: { until: "{{record.closed}}" } }' },
  {
    rule: 'action-use-after-delete',
    steps: '- { id: d, delete: record }\n- { id: s, update: record, set: { note: x } }',
    more: 'runAs: system',
  },
  {
    rule: 'action-fault-path-missing',
    steps: '- { id: s, http: { url: "https://example.com" } }',
    sample: 'answers: { s: { status: 500 } }',
  },
  { rule: 'action-fault-path-missing', steps: '- { id: s, log: hello }', sample: 'answers: { s: fails }' },
  { rule: 'simulate', steps: '- { id: s, fail: "no {{record.name}}" }' },
];

describe('a step that fails names the rule of its cause', () => {
  test.each(cases.map((one, at) => [`${one.rule} (${at})`, one] as const))(
    '%s',
    (_name, { rule, steps, more, sample = '' }) => {
      const text = workflow(steps, more);
      const result = tried(projectFrom(text, schema), won + sample);
      const line = text.split('\n').findIndex((words) => words.includes('id: s,')) + 1;
      expect({ status: result.status, because: result.because, failure: result.failure }).toMatchObject({
        status: 'failed',
        failure: { workflow: 'w', step: 's', rule: `workflow.${rule}`, file: 'w.yaml', line },
      });
      const japanese = tried(projectFrom(text, schema), won + sample, 'ja');
      expect(japanese.failure?.message).toMatch(/[ぁ-ん].*。$/u);
      expect(result.failure?.message).toMatch(/\.$/);
    },
  );

  test('an inactive callee, a missing input, a call without end', () => {
    const of = (second: string, call = '- { id: s, call: v }') =>
      tried(projectFrom({ 'a.yaml': workflow(call), 'b.yaml': second }, schema), won).failure;
    expect(of('workflow: v\nactive: false\ntrigger: { on: call }\nsteps: [{ log: a }]')).toMatchObject({
      rule: 'workflow.action-subflow-inactive',
      step: 's',
    });
    expect(
      of('workflow: v\ntrigger: { on: call }\ninputs: { n: { type: text, required: true } }\nsteps: [{ log: a }]'),
    ).toMatchObject({ rule: 'workflow.action-subflow-input', step: 's' });
    expect(of('workflow: v\ntrigger: { on: call }\nsteps: [{ id: t, call: v }]')).toMatchObject({
      rule: 'workflow.action-subflow-recursion',
      workflow: 'v',
      step: 't',
    });
  });

  test('a workflow that starts itself, and two that start each other, are stopped after 20 rounds', () => {
    const self = `workflow: w
object: Deal
trigger: { on: update, fields: [note, stage] }
steps:
  - { id: s, update: record, set: { note: '{{record.note}}x' } }
`;
    const one = tried(projectFrom(self, schema), won);
    expect(one.failure).toMatchObject({ rule: 'workflow.flow-self-trigger', step: 's', line: 5 });
    expect(one.written).toHaveLength(20);
    const second = self.replace('workflow: w', 'workflow: v').replace('note, stage', 'lostReason');
    const first = self.replace('{ note:', '{ lostReason:').replace('record.note', 'record.lostReason');
    expect(tried(projectFrom({ 'a.yaml': first, 'b.yaml': second }, schema), won).failure).toMatchObject({
      rule: 'workflow.flow-mutual-trigger',
    });
  });

  test('a jump back without end', () => {
    const text = workflow('- { id: a, log: a }\n- { id: s, log: b, next: a }');
    expect(tried(projectFrom(text, schema), won).failure).toMatchObject({ rule: 'workflow.flow-inner-cycle' });
  });
});
