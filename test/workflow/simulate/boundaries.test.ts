import { describe, expect, test } from '@jest/globals';
import { simulate } from '../../../src/workflow/simulate/simulate.ts';
import { projectFrom, sampleFrom } from './tried.ts';

const schema = `schema: crm-schema/v1
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      name: { type: text, length: 80 }
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
      amount: { type: number, precision: 8, scale: 2, min: 0 }
      title: { type: text, length: 20 }
      share: { type: number, max: 100 }
      account: { type: reference, to: Account }
      ends: date
    rules: [{ name: no-cheap-win, refuse: [{ field: stage, eq: Won }, { field: amount, lt: 10 }] }]
  Account: { fields: { email: email } }
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp }
  suzuki: { active: true, roles: [support], email: s@example.co.jp }
roles:
  sales: { objects: { Deal: [create, read, update], Account: [read] } }
  support: { objects: { Deal: [read, update], Account: [read] }, fields: { Deal.title: read } }
`;

const workflow = (steps: string): string => `workflow: w
object: Deal
trigger: { on: update, fields: [stage] }
steps:
${steps}
`;

const failing = (steps: string, samples: readonly string[] = [], language: 'en' | 'ja' = 'en') => {
  const { boundaries, tried } = simulate(projectFrom(workflow(steps), schema), samples.map(sampleFrom), language, {
    boundaries: true,
  });
  expect(tried).toBeLessThanOrEqual(200);
  return boundaries.map(({ tried: how, failure }) => `${how} → ${failure?.rule.replace('workflow.', '')}`);
};

describe('records at the edge of what the schema allows', () => {
  test.each([
    [
      "  - mail: { to: '{{record.account.email}}', subject: hi, body: x }",
      ['account is empty → mail-recipient-may-be-empty', 'Account.email is empty → mail-recipient-may-be-empty'],
    ],
    [
      "  - { update: record, set: { title: '{{record.name}}' } }",
      [
        'name is as long as it can be (80 characters) → action-write-too-long',
        'suzuki (role support) causes it → perm-field-not-editable',
      ],
    ],
    ["  - { update: record, set: { share: '{{record.amount}}' } }", ['amount is 999999 → action-write-out-of-range']],
    ["  - wait: { until: '{{record.ends}}' }", ['ends is empty → action-delay-invalid']],
    [
      '  - { id: a, find: Account, limit: 1 }\n  - { log: "{{a.name}}" }\n  - { update: record, set: { account: "{{a.id}}", stage: "{{a.id}}" } }',
      ['an ordinary record → action-write-unknown-picklist', 'there is no Account to be found → data-null-deref'],
    ],
  ])('%s', (steps, expected) => {
    expect(failing(steps)).toEqual(expected);
  });

  test('what nothing breaks is silent, and so is what the save itself refuses', () => {
    expect(
      failing("  - { if: { field: record.amount, gt: 100 }, then: [{ log: a }], else: [{ log: '{{record.name}}' }] }"),
    ).toEqual([]);
  });

  test('the workflow writes what a validation rule then refuses', () => {
    expect(failing('  - { update: record, set: { stage: Won } }')).toEqual([
      'amount is 0 → action-violates-validation',
    ]);
  });

  test("a sample that completes is where it starts from, and the sample's own failure is not told twice", () => {
    const sample = `{ workflow: w, event: update, record: { id: D1, stage: Open, amount: 50, account: A1 }, change: { stage: Lost },
      records: { Account: [{ id: A1, email: a@example.com }] } }`;
    const steps = "  - mail: { to: '{{record.account.email}}', subject: hi, body: x }";
    expect(failing(steps, [sample])).toEqual([
      'account is empty → mail-recipient-may-be-empty',
      'Account.email is empty → mail-recipient-may-be-empty',
    ]);
    expect(failing(steps, [sample.replace('a@example.com', 'null')])).toEqual([]);
  });

  test('in Japanese', () => {
    expect(failing("  - wait: { until: '{{record.ends}}' }", [], 'ja')).toEqual(['ends が空 → action-delay-invalid']);
  });
});
