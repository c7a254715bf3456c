import { describe, expect, test } from '@jest/globals';
import { linesOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost, { value: Legacy, active: false }, ｶﾅ], required: true }
      grade: { type: picklist, values: [{ value: 'なし' }, A] }
      tags: { type: multipicklist, values: [VIP, Trial] }
      amount: { type: number, required: true }
      cost: { type: number, required: true }
      due: { type: date, required: true }
      seen: { type: datetime, required: true }
      vip: { type: boolean, required: true }
      code: { type: text, required: true }
      account: { type: reference, to: Account, required: true }
      contacts: { type: references, to: Contact }
      partner: { type: reference, to: Partner }
  Account: { complete: false, fields: { city: text } }
  Contact: { fields: { city: text } }
users:
  tanaka: { active: true, roles: [sales] }
  suzuki: { active: false, roles: [sales] }
queues:
  left: { members: [suzuki] }
  mixed: { members: [suzuki, tanaka] }
`;

const asked = (rule: string, condition: string): number =>
  linesOf(rule, {
    files: `workflow: w
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - ${condition}
steps:
  - notify: role:sales
    message: hello
`,
    schema,
  }).length;

const table: readonly [string, string, number][] = [
  ['cond-unknown-field', '{ field: stge, eq: Won }', 1],
  ['cond-unknown-field', "{ field: code, eq: '{{record.cde}}' }", 1],
  ['cond-unknown-field', '{ field: account.town, eq: Tokyo }', 1],
  ['cond-unknown-field', '{ field: owner.anything, eq: x }', 1],
  ['cond-unknown-field', '{ field: partner.name, eq: x }', 0],
  ['cond-unknown-field', '{ field: createdAt, notEmpty: true }', 0],
  ['cond-unknown-field', '{ field: prior.stage, eq: Won }', 0],
  ['cond-unknown-field', '{ field: ns__x__c, eq: x }', 1],
  ['cond-related-path', '{ field: acount.city, eq: Tokyo }', 1],
  ['cond-related-path', '{ field: code.city, eq: Tokyo }', 1],
  ['cond-related-path', '{ field: contacts.city, eq: Tokyo }', 1],
  ['cond-related-path', '{ field: contacts, empty: false }', 0],
  ['cond-related-path', '{ field: account.owner.email, empty: false }', 0],
  ['cond-unknown-picklist', '{ field: stage, in: [Won, Wonn] }', 1],
  ['cond-unknown-picklist', '{ field: stage, was: Opened }', 1],
  ['cond-unknown-picklist', '{ field: tags, contains: VPI }', 1],
  ['cond-unknown-picklist', "{ field: stage, eq: '' }", 0],
  ['cond-unknown-picklist', "{ field: stage, eq: '{{record.code}}' }", 0],
  ['cond-unknown-picklist', '{ field: stage, eq: won }', 0],
  ['cond-picklist-spelling', '{ field: stage, eq: won }', 1],
  ['cond-picklist-spelling', "{ field: stage, eq: ' Won' }", 1],
  ['cond-picklist-spelling', "{ field: stage, eq: 'Ｗｏｎ' }", 1],
  ['cond-picklist-spelling', '{ field: stage, eq: "\\uFEFFWon" }', 1],
  ['cond-picklist-spelling', "{ field: stage, eq: 'カナ' }", 1],
  ['cond-picklist-spelling', '{ field: stage, eq: Won }', 0],
  ['cond-picklist-inactive', '{ field: stage, in: [Won, Legacy] }', 1],
  ['cond-picklist-inactive', '{ field: stage, was: Legacy }', 0],
  ['cond-type-mismatch', '{ field: amount, gt: many }', 1],
  ['cond-type-mismatch', '{ field: amount, gt: true }', 1],
  ['cond-type-mismatch', '{ field: vip, eq: maybe }', 1],
  ['cond-type-mismatch', '{ field: due, lt: 2027-02-31 }', 1],
  ['cond-type-mismatch', '{ field: due, lt: soon }', 1],
  ['cond-type-mismatch', '{ field: due, eq: true }', 1],
  ['cond-type-mismatch', "{ field: amount, gt: '{{today}}' }", 1],
  ['cond-type-mismatch', "{ field: due, lt: '{{record.vip}}' }", 1],
  ['cond-type-mismatch', "{ field: due, lt: '{{today+7d}}' }", 0],
  ['cond-type-mismatch', "{ field: amount, gt: '{{record.cost}}' }", 0],
  ['cond-type-mismatch', "{ field: amount, gt: '1000' }", 0],
  ['cond-type-mismatch', '{ field: due, lt: 2027-02-28 }', 0],
  ['cond-type-mismatch', '{ field: seen, lt: 2027-02-28T09:00:00+09:00 }', 0],
  ['cond-type-mismatch', '{ field: code, eq: maybe }', 0],
  ['cond-operator-invalid', '{ field: amount, contains: 5 }', 1],
  ['cond-operator-invalid', '{ field: due, startsWith: 2027 }', 1],
  ['cond-operator-invalid', '{ field: vip, gt: false }', 1],
  ['cond-operator-invalid', '{ field: account, lt: A1 }', 1],
  ['cond-operator-invalid', '{ field: stage, gt: Open }', 1],
  ['cond-operator-invalid', '{ field: code, gt: A }', 0],
  ['cond-operator-invalid', '{ field: code, contains: A }', 0],
  ['cond-operator-invalid', '{ field: stage, changedTo: Won }', 0],
  ['cond-multiselect-equals', '{ field: tags, ne: VIP }', 1],
  ['cond-multiselect-equals', "{ field: tags, eq: '{{record.code}}' }", 0],
  ['cond-dead-user', '{ field: owner, in: [tanaka, suzuki] }', 1],
  ['cond-dead-user', '{ field: user.id, ne: suzuki }', 1],
  ['cond-dead-user', '{ field: owner, eq: left }', 1],
  ['cond-dead-user', '{ field: owner, eq: mixed }', 0],
  ['cond-dead-user', '{ field: owner, eq: sombody }', 0],
  ['cond-dead-user', '{ field: code, eq: suzuki }', 0],
];

describe('what a condition is compared with', () => {
  test.each(table)('%s: %s', (rule, condition, count) => {
    expect(asked(rule, condition)).toBe(count);
  });
});

test('changed in a filter', () => {
  const files = `workflow: w
object: Deal
trigger: { on: create }
steps:
  - id: others
    find: Deal
    where:
      - { field: stage, changedTo: Won }
      - { field: stage, eq: Won }
`;
  expect(linesOf('cond-operator-invalid', { files, schema })).toEqual([8]);
});

test('an unknown schema says nothing', () => {
  const files = `workflow: w
object: Deal
trigger: { on: create }
when:
  - { field: stge, eq: Wonn }
  - { field: a.b.c, gt: many }
steps: [{ log: x }]
`;
  for (const rule of ['unknown-field', 'unknown-picklist', 'type-mismatch', 'related-path'])
    expect(linesOf(`cond-${rule}`, { files })).toEqual([]);
});
