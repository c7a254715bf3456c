import { describe, expect, test } from '@jest/globals';
import { linesOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      tags: { type: multipicklist, values: [VIP, Trial] }
      amount: { type: number, min: 0, editable: true }
      handedOver: boolean
      note: { type: text, length: 10 }
      account: { type: reference, to: Account, required: true }
      partner: { type: reference, to: Account }
    rules:
      - { name: lost-needs-note, refuse: [{ field: stage, eq: Lost }, { field: note, empty: true }] }
  Account:
    fields: { code: { type: text, unique: true }, phone: phone, rank: text }
users:
  tanaka: { active: true, roles: [] }
`;

const onUpdate = `workflow: one
object: Deal
trigger: { on: update, fields: [stage] }
`;

/** Lines are counted from the first of the steps. */
const said = (rule: string, steps: string, head = onUpdate): readonly number[] => {
  const before = head.split('\n').length;
  return linesOf(rule, { files: `${head}steps:\n${steps}`, schema }).map((line) => line - before);
};

const unsaid: readonly (readonly [string, string, string, string?])[] = [
  [
    'a step after the loop is not in it',
    'action-in-loop',
    `  - { id: all, find: Account, where: { field: rank, eq: A } }
  - { loop: '{{all}}', steps: [{ log: '{{item.phone}}' }] }
  - { id: late, find: Account, where: { field: rank, eq: B } }
  - { log: '{{late}}' }
`,
  ],
  [
    'a wait in the loop begins a new transaction each time',
    'action-in-loop',
    `  - { id: all, find: Account, where: { field: rank, eq: A } }
  - loop: '{{all}}'
    steps:
      - wait: 1d
      - { id: again, find: Account, where: { field: rank, eq: B } }
`,
  ],
  [
    'an error path needs no error path of its own',
    'action-fault-path-missing',
    `  - create: Account
    set: { code: '{{record.note}}' }
    onError: [{ create: Account, set: { rank: failed } }]
`,
  ],
  [
    'before the save, changing the record cannot fail by itself',
    'action-fault-path-missing',
    `  - { update: record, set: { note: x } }
`,
    onUpdate.replace('on: update', 'on: update, phase: before'),
  ],
  [
    'before the save is already the cheap way',
    'action-after-save-same-record',
    `  - { update: record, set: { note: x } }
`,
    onUpdate.replace('on: update', 'on: update, phase: before'),
  ],
  [
    'a new record needs its commit first',
    'action-after-save-same-record',
    `  - { update: record, set: { note: x } }
`,
    onUpdate.replace('on: update, fields: [stage]', 'on: create'),
  ],
  [
    'a flag that is set and cleared again',
    'action-double-write',
    `  - { update: record, set: { handedOver: true, note: x } }
  - { update: record, set: { handedOver: false } }
`,
  ],
  [
    'another record may be the same one, but the field differs on each way',
    'action-double-write',
    `  - { update: record, set: { note: x } }
  - if: { field: amount, gt: 1 }
    then: [{ update: record, set: { note: y } }]
`,
  ],
  [
    'the id of a required reference leads to a record',
    'data-lookup-order',
    `  - { id: account, find: Account, where: { field: id, eq: '{{record.account}}' }, limit: 1 }
  - { log: '{{account.phone}}' }
`,
  ],
  [
    'a variable that is only tested',
    'data-used-before-set',
    `  - if: { field: amount, gt: 1 }
    then: [{ let: { big: true } }]
  - if: { field: var.big, eq: true }
    then: [{ log: big }]
`,
  ],
  [
    'a variable in a text is used',
    'data-unused-variable',
    `  - let: { big: '{{record.note}}' }
  - { log: 'this is {{var.big}}' }
`,
  ],
  [
    'several choices that exist',
    'action-write-unknown-picklist',
    `  - { update: record, set: { tags: [VIP, Trial] } }
`,
  ],
  [
    'a text that may be short enough',
    'action-write-too-long',
    `  - { update: record, set: { note: '{{record.stage}}-{{record.account}}' } }
`,
  ],
  [
    'the note may be there already',
    'action-violates-validation',
    `  - { update: record, set: { stage: Lost } }
`,
  ],
  [
    'a call that depends on a condition',
    'action-subflow-recursion',
    `  - if: { field: amount, gt: 1 }
    then: [{ call: one }]
`,
  ],
  [
    'an address that comes from a field',
    'action-url-insecure',
    `  - { http: { url: '{{record.note}}', timeout: 5s } }
`,
  ],
  [
    'a record of the loop that was deleted is another one in the next round',
    'action-use-after-delete',
    `  - { id: all, find: Account, where: { field: rank, eq: A } }
  - loop: '{{all}}'
    steps:
      - { update: item, set: { rank: B } }
      - { delete: item }
`,
  ],
  [
    'a list may be asked whether it is empty',
    'data-collection-scalar',
    `  - { id: all, find: Account, where: { field: rank, eq: A } }
  - if: { field: all.id, empty: false }
    then: [{ log: some }]
`,
  ],
  [
    'a decision on the way to the field',
    'data-overwrites-input',
    `  - if: { field: stage, eq: Open }
    then: [{ update: record, set: { amount: 0 } }]
`,
    'workflow: one\nobject: Deal\ntrigger: { on: update }\n',
  ],
];

describe('what stays unsaid', () => {
  // Jest fills a parameter that a row leaves out with a callback of its own.
  test.each(unsaid.map((one) => [one[0], one] as const))('%s', (_, [, rule, steps, head]) => {
    expect(said(rule, steps, head)).toEqual([]);
  });
});

const told: readonly (readonly [string, string, string, readonly number[], string?])[] = [
  [
    'a call to the own computer',
    'action-url-insecure',
    `  - { http: { url: 'https://127.0.0.1:8080/x', timeout: 5s } }
  - { http: { url: 'http://[::1]/x', timeout: 5s } }
  - { http: { url: 'https://erp.example.co.jp/x?api_key=a8f3k2m9q1', timeout: 5s } }
`,
    [1, 2, 3],
  ],
  [
    'a key by its form alone',
    'action-secret-literal',
    `  - { http: { url: 'https://erp.example.co.jp/x', timeout: 5s, body: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789' } }
`,
    [1],
  ],
  [
    'an object that does not exist',
    'action-write-unknown-field',
    `  - { create: Acount, set: { rank: A } }
`,
    [1],
  ],
  [
    'a reference to another kind of record',
    'action-write-type-mismatch',
    `  - { update: record, set: { partner: '{{record.owner}}' } }
`,
    [1],
  ],
  [
    'a new record that breaks a rule by what it leaves out',
    'action-create-missing-required',
    `  - { create: Deal, set: { account: '{{record.account}}', stage: Lost } }
`,
    [1],
  ],
  [
    'a rule that is broken because of what was tested before',
    'action-violates-validation',
    `  - if: { field: note, empty: true }
    then: [{ update: record, set: { stage: Lost } }]
`,
    [2],
  ],
  [
    'a value that only one record may have',
    'action-violates-validation',
    `  - { create: Account, set: { code: A1 } }
`,
    [1],
  ],
  [
    'a lookup in a lookup loop',
    'action-in-loop',
    `  - { id: all, find: Account, where: { field: rank, eq: A } }
  - loop: '{{all}}'
    steps:
      - if: { field: item.rank, eq: A }
        then: [{ id: more, find: Deal, where: { field: account, eq: '{{item.id}}' } }]
`,
    [5],
  ],
  [
    'a step that has not run on every way',
    'data-used-before-set',
    `  - if: { field: amount, gt: 1 }
    then: [{ id: found, find: Account, where: { field: code, eq: x }, limit: 1 }]
  - { update: record, set: { note: '{{found.rank}}' } }
`,
    [3],
  ],
  [
    'a loop over one record',
    'data-collection-scalar',
    `  - { id: found, find: Account, where: { field: code, eq: x }, limit: 1 }
  - { loop: '{{found}}', steps: [{ log: x }] }
`,
    [2],
  ],
  [
    'the item of no loop',
    'data-undefined-reference',
    `  - { log: '{{item.rank}}' }
`,
    [1],
  ],
  [
    'no time to wait',
    'action-delay-invalid',
    `  - { wait: 0d }
  - { wait: { until: 2020-01-01 } }
  - { log: x }
`,
    [1, 2],
  ],
  [
    'somebody who does not exist',
    'action-unknown-assignee',
    `  - { update: record, set: { owner: tanak } }
  - { assign: user:suzuki }
`,
    [1, 2],
  ],
  [
    'a field that is copied to itself',
    'action-noop-write',
    `  - { update: record, set: { note: '{{record.note}}' } }
`,
    [1],
  ],
  [
    'a workflow that always calls itself',
    'action-subflow-recursion',
    `  - { log: x }
  - { call: one }
`,
    [2],
    'workflow: one\ntrigger: { on: call }\n',
  ],
];

describe('what is said', () => {
  test.each(told.map((one) => [one[0], one] as const))('%s', (_, [, rule, steps, lines, head]) => {
    expect(said(rule, steps, head)).toEqual(lines);
  });
});

describe('an incomplete schema', () => {
  const incomplete = schema.replace('complete: true', 'complete: false');
  test('an unknown field is a doubt, and an unknown object is none', () => {
    const files = `${onUpdate}steps:\n  - { update: record, set: { nte: x } }\n  - { create: Elsewhere, set: { a: b } }\n`;
    expect(linesOf('action-write-unknown-field', { files, schema: incomplete })).toEqual([5]);
  });
});
