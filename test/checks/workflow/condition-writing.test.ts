import { describe, expect, test } from '@jest/globals';
import { exampleFilters, exampleFormula } from '../../../checks/workflow/example-flow.ts';
import { findingsOf, linesOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, None], required: true }
      amount: { type: number, required: true }
      chance: { type: number }
      weight: { type: number, default: 1 }
      score: { type: number, readOnly: true }
      note: text
      mail: email
      closeDate: { type: date, required: true }
      birthday: date
      seenAt: datetime
      account: { type: reference, to: Account }
  Account: { fields: { employees: { type: number, required: true } } }
`;

const deal = (when: string, trigger = 'on: update, fields: [stage]') => `workflow: w
object: Deal
trigger: { ${trigger} }
when:
  - ${when}
steps:
  - log: x
`;

const table: readonly [string, string, number, string?][] = [
  ['cond-duplicate', '{ any: [{ field: note, eq: a }, { field: note, eq: b }, { field: note, eq: a }] }', 1],
  ['cond-duplicate', "{ all: [{ field: note, eq: a }, { field: note, eq: 'a' }] }", 1],
  ['cond-duplicate', '{ all: [{ field: note, eq: 5 }, { field: note, eq: "5" }] }', 0],
  ['cond-duplicate', '{ all: [{ field: note, eq: a }, { field: prior.note, eq: a }] }', 0],
  ['cond-null-as-text', "{ field: note, eq: 'NULL' }", 1],
  ['cond-null-as-text', "{ field: note, ne: '' }", 1],
  ['cond-null-as-text', '{ field: note, eq: null }', 1],
  ['cond-null-as-text', '{ field: closeDate, eq: なし }', 1],
  ['cond-null-as-text', '{ field: note, eq: なし }', 0],
  ['cond-null-as-text', '{ field: stage, eq: None }', 0],
  ['cond-null-as-text', "{ field: note, contains: 'null' }", 0],
  ['cond-null-as-text', '{ field: note, eq: nullable }', 0],
  ['cond-null-unsafe-compare', '{ field: chance, lt: 10 }', 1],
  ['cond-null-unsafe-compare', '{ field: account.employees, le: 10 }', 1],
  ['cond-null-unsafe-compare', '{ field: chance, lt: -5 }', 0],
  ['cond-null-unsafe-compare', '{ field: chance, gt: 10 }', 0],
  ['cond-null-unsafe-compare', '{ field: amount, lt: 10 }', 0],
  ['cond-null-unsafe-compare', '{ field: weight, lt: 10 }', 0],
  ['cond-null-unsafe-compare', '{ field: score, lt: 10 }', 0],
  ['cond-null-unsafe-compare', '{ all: [{ field: chance, ge: 0 }, { field: chance, lt: 10 }] }', 0],
  ['cond-null-unsafe-compare', '{ any: [{ field: chance, empty: true }, { field: chance, lt: 10 }] }', 0],
  ['cond-hardcoded-id', '{ field: owner, eq: 0055g000001AbCdAAK }', 1],
  ['cond-hardcoded-id', '{ field: owner, eq: 5f1c1e9a-0d2b-4d7e-9c39-2f3b1d5a7e10 }', 1],
  ['cond-hardcoded-id', '{ field: note, eq: ABCDEFGHIJKLMNOPQR }', 0],
  ['cond-hardcoded-id', '{ field: note, eq: 0055g000001AbCdXYZ }', 0],
  ['cond-hardcoded-id', '{ field: owner, eq: tanaka }', 0],
  ['cond-date-literal-stale', '{ field: closeDate, gt: 2024-01-01 }', 1],
  ['cond-date-literal-stale', '{ field: closeDate, between: [2024-01-01, 2024-12-31] }', 1],
  ['cond-date-literal-stale', '{ field: closeDate, between: [2024-01-01, 2027-12-31] }', 0],
  ['cond-date-literal-stale', '{ field: closeDate, gt: 2027-01-01 }', 0],
  ['cond-date-literal-stale', '{ field: closeDate, eq: 2024-01-01 }', 0],
  ['cond-date-literal-stale', '{ field: birthday, lt: 2000-01-01 }', 0],
  ['cond-date-literal-stale', '{ field: createdAt, gt: 2024-01-01 }', 0],
  ['cond-date-literal-stale', '{ field: createdAt, gt: 2024-01-01 }', 1, 'on: create'],
  ['cond-date-literal-stale', '{ field: note, gt: 2024-01-01 }', 0],
  ['cond-date-literal-stale', '{ field: closeDate, lt: 2024-01-01 }', 0, "on: schedule, at: '09:00', tz: Asia/Tokyo"],
  ['cond-relative-date-zone', "{ field: seenAt, lt: '{{today}}' }", 1, "on: schedule, at: '09:00', tz: UTC"],
  ['cond-relative-date-zone', "{ field: closeDate, lt: '{{now}}' }", 1, "on: schedule, at: '09:00', tz: UTC"],
  ['cond-relative-date-zone', "{ field: seenAt, lt: '{{record.closeDate}}' }", 1, "on: schedule, at: '09:00', tz: UTC"],
  ['cond-relative-date-zone', "{ field: closeDate, lt: '{{today}}' }", 0, "on: schedule, at: '09:00', tz: UTC"],
  ['cond-relative-date-zone', "{ field: seenAt, lt: '{{today}}' }", 0],
  ['cond-prior-unavailable', '{ field: stage, changed: true }', 1, "on: schedule, at: '09:00', tz: Asia/Tokyo"],
  ['cond-prior-unavailable', '{ field: stage, changedTo: Won }', 0, 'on: update, phase: async'],
  ['cond-prior-unavailable', '{ field: stage, was: Won }', 0],
];

describe('how a condition is written', () => {
  test.each(table)('%s: %s', (rule, when, count, trigger = 'on: update, fields: [stage]') => {
    expect(linesOf(rule, { files: deal(when, trigger), schema }).length).toBe(count);
  });
});

test('the value before the save is asked for in a step that runs later', () => {
  const files = `workflow: w
object: Deal
trigger: { on: update, phase: async, fields: [stage] }
steps:
  - if: { field: prior.stage, eq: Open }
    then: [{ log: 'was {{prior.stage}}' }]
`;
  expect(linesOf('cond-prior-unavailable', { files, schema })).toEqual([5, 6]);
});

test('an empty value that was tested on the way is not in doubt', () => {
  const files = `workflow: w
object: Deal
trigger: { on: create }
steps:
  - if: { field: chance, empty: false }
    then:
      - if: { field: chance, lt: 10 }
        then: [{ log: x }]
  - if: { field: chance, lt: 10 }
    then: [{ log: x }]
`;
  expect(linesOf('cond-null-unsafe-compare', { files, schema })).toEqual([9]);
});

test('a second condition on lines of its own is taken out', () => {
  const files = deal('{ field: note, eq: a }\n  - { field: amount, gt: 5 }\n  - { field: note, eq: a }');
  const [found] = findingsOf({ files }).filter(({ rule }) => rule === 'workflow.cond-duplicate');
  expect(found?.fix.edits).toEqual([{ file: 'example.yaml', line: 7, column: 1, endLine: 8, endColumn: 1, text: '' }]);
});

test('a lookup may find nothing: that it has an id is a real question', () => {
  const files = `workflow: w
object: Deal
trigger: { on: create }
steps:
  - id: found
    find: Account
    where: { field: employees, gt: 5 }
    limit: 1
  - if: { field: found.id, empty: false }
    then: [{ log: x }]
`;
  expect(linesOf('cond-tautology', { files, schema })).toEqual([]);
});

test('the creator is never empty: an old way to write "always"', () => {
  const rule = `<?xml version="1.0" encoding="UTF-8"?>
<Workflow xmlns="http://soap.sforce.com/2006/04/metadata">
    <rules>
        <fullName>Always</fullName>
        <active>true</active>
        <criteriaItems>
            <field>Case.CreatedById</field>
            <operation>notEqual</operation>
            <value>NULL</value>
        </criteriaItems>
        <criteriaItems>
            <field>Case.Subject</field>
            <operation>equals</operation>
            <value>null</value>
        </criteriaItems>
        <triggerType>onCreateOnly</triggerType>
    </rules>
</Workflow>
`;
  expect(linesOf('cond-null-as-text', { files: { 'Case.workflow-meta.xml': rule } })).toEqual([14]);
});

describe('Salesforce logic and formulas', () => {
  const two = [
    ['Status', 'New'],
    ['Priority', 'High'],
  ] as const;
  test.each<[string, string, string, readonly number[]]>([
    ['cond-logic-index', '1 AND 2', 'fits', []],
    ['cond-logic-index', '1', 'one is not used', [12]],
    ['cond-logic-index', '1 OR (2 AND 4)', 'one does not exist', [12]],
    ['cond-logic-index', 'and', 'a word', []],
    ['cond-duplicate', '1 AND 2 AND 2', 'a number twice', [12]],
    ['cond-duplicate', '(1 AND 2) OR 2', 'a number in another bracket', []],
    ['cond-logic-precedence', '1 AND 2 OR 1', 'no brackets', [12]],
    ['cond-logic-precedence', '1 AND (2 OR 1)', 'brackets', []],
    ['cond-formula-syntax', '1 AND (2', 'a bracket is missing', [12]],
  ])('%s: %s (%s)', (rule, logic, _, lines) => {
    expect(linesOf(rule, { files: exampleFilters(logic, ...two) })).toEqual(lines);
  });

  test.each<[string, string, readonly number[]]>([
    ['cond-formula-syntax', '{!$Record.Amount} > ', [12]],
    ['cond-formula-unknown-function', 'ISCHANGD({!$Record.Status})', [12]],
    ['cond-formula-unknown-function', 'ISBLANK()', [12]],
    ['cond-formula-unknown-function', 'ISCHANGED({!$Record.Status})', []],
    ['cond-null-as-text', '{!$Record.Subject} = ""', []],
    ['cond-null-unsafe-compare', '{!$Record.Amount} < 5', []],
    ['cond-tautology', 'NOT(ISBLANK({!$Record.CreatedById}))', []],
    ['cond-hardcoded-id', '{!$Record.OwnerId} = "0055g000001AbCdAAK"', [12]],
    ['cond-hardcoded-id', '{!$Record.OwnerId} = "0055g000001AbCd"', [12]],
    ['trigger-never-fires', 'AND({!$Record.Amount} > 10, {!$Record.Amount} < 5)', [12]],
  ])('%s: %s', (rule, formula, lines) => {
    expect(linesOf(rule, { files: exampleFormula(formula) }).length).toBe(lines.length);
  });
});
