import { describe, expect, test } from '@jest/globals';
import { flowDanglingTarget } from '../../../checks/workflow/flow-dangling-target.rule.ts';
import { flowInnerCycle } from '../../../checks/workflow/flow-inner-cycle.rule.ts';
import { flowNoEffect } from '../../../checks/workflow/flow-no-effect.rule.ts';
import { flowStaleAfterWait } from '../../../checks/workflow/flow-stale-after-wait.rule.ts';
import { flowUnreachableStep } from '../../../checks/workflow/flow-unreachable-step.rule.ts';
import { flowWaitNeverResumes } from '../../../checks/workflow/flow-wait-never-resumes.rule.ts';
import type { Rule } from '../../../src/model/workflow/rule.ts';
import { lint } from '../../../src/workflow/lint/lint.ts';
import { nativeYaml } from '../../../src/workflow/native.importer.ts';
import { readBy } from '../../workflow/imported.ts';

const head = `workflow: w
object: Deal
trigger: { on: create }
vars: { n: { type: number, default: 0 } }
steps:
`;

/** Lines of the text below `steps:` on which the rule speaks. */
const lines = (rule: Rule, steps: string, before = head): readonly number[] =>
  lint(readBy(nativeYaml, { 'w.yaml': before + steps }), [rule], { rules: new Map(), ignore: [] }, 'en').findings.map(
    ({ line }) => line - before.split('\n').length + 1,
  );

describe('steps that nothing leads to', () => {
  test.each<[string, string, readonly number[]]>([
    ['what follows is folded under the first', '- stop: true\n- log: a\n- log: b\n', [2]],
    ['two lost parts', '- { id: x, log: x, next: end }\n- { log: a, next: end }\n- log: b\n', [2, 3]],
    [
      'after both branches have ended',
      '- if: { field: n, eq: 1 }\n  then: [{ stop: true }]\n  else: [{ stop: true }]\n- log: a\n',
      [4],
    ],
    ['after one branch has ended', '- if: { field: n, eq: 1 }\n  then: [{ stop: true }]\n- log: a\n', []],
    [
      'reached by a jump only',
      '- { log: a, next: c }\n- { id: b, log: b, next: end }\n- { id: c, log: c, next: b }\n',
      [],
    ],
    [
      'reached when a wait is over in time or late',
      '- wait: { for: { field: n, eq: 1 }, timeout: 7d }\n- log: a\n',
      [],
    ],
    [
      'reached when an approval was refused',
      '- approval: { approvers: [role:a] }\n  approved: [{ stop: true }]\n  rejected: [{ log: no }]\n',
      [],
    ],
    ['a mistyped jump is its own finding', '- { log: a, next: markk }\n- { id: mark, log: b }\n', []],
    ['a ring of its own', '- { id: a, log: a, next: end }\n- { id: b, log: b }\n- { id: c, log: c, next: b }\n', [2]],
    ['the error path of the workflow is an entry', '- log: a\nonError:\n- log: b\n', []],
  ])('%s', (_, steps, expected) => {
    expect(lines(flowUnreachableStep, steps)).toEqual(expected);
  });

  test('a misspelt target, with the edit that mends it', () => {
    const { findings } = lint(
      readBy(nativeYaml, { 'w.yaml': `${head}- { log: a, next: markk }\n- { id: mark, log: b }\n` }),
      [flowDanglingTarget],
      { rules: new Map(), ignore: [] },
      'ja',
    );
    expect(findings).toMatchObject([
      {
        line: 6,
        fix: {
          says: '「mark」に直してください。',
          edits: [{ line: 6, column: 19, endLine: 6, endColumn: 24, text: 'mark' }],
        },
      },
    ]);
  });
});

describe('circles of steps', () => {
  test.each<[string, string, readonly number[]]>([
    ['nothing decides', '- { id: a, log: a }\n- { log: b, next: a }\n', [1]],
    [
      'a counter decides',
      '- id: a\n  let: { n: 1 }\n- if: { field: var.n, lt: 5 }\n  then: [{ log: x, next: a }]\n',
      [],
    ],
    [
      'another variable is counted',
      '- id: a\n  let: { m: 1 }\n- if: { field: var.n, lt: 5 }\n  then: [{ log: x, next: a }]\n',
      [1],
    ],
    [
      'what decides is looked up each time',
      '- id: a\n  find: Case\n  limit: 1\n- if: { field: a.id, empty: true }\n  then: [{ log: x, next: a }]\n',
      [],
    ],
    [
      'what decides is written each time',
      '- id: a\n  update: record\n  set: { x: 1 }\n- if: { field: x, ne: 1 }\n  then: [{ log: x, next: a }]\n',
      [],
    ],
    [
      'something else is written each time',
      '- id: a\n  update: record\n  set: { y: 1 }\n- if: { field: x, ne: 1 }\n  then: [{ log: x, next: a }]\n',
      [1],
    ],
    [
      'the clock decides',
      "- { id: a, log: a }\n- if: { field: dueDate, gt: '{{now}}' }\n  then: [{ log: x, next: a }]\n",
      [],
    ],
    ['a person decides', '- id: a\n  approval: { approvers: [role:a] }\n  rejected: [{ log: no, next: a }]\n', []],
    ['a wait lies between', '- { id: a, wait: 1d }\n- { log: b, next: a }\n', []],
    [
      'it is tried again until it works',
      '- id: a\n  http: { url: https://api.example.com/ }\n  onError: [{ log: no, next: a }]\n',
      [],
    ],
    ['a loop over records', "- id: f\n  find: Case\n- loop: '{{f}}'\n  steps: [{ log: x }]\n", []],
  ])('%s', (_, steps, expected) => {
    expect(lines(flowInnerCycle, steps)).toEqual(expected);
  });
});

describe('workflows that do nothing', () => {
  test.each<[string, string, readonly number[]]>([
    [
      'it only looks up and decides',
      '- id: f\n  find: Case\n- if: { field: n, eq: 1 }\n  then: [{ stop: true }]\n',
      [-4],
    ],
    ['what has an effect is out of reach', '- stop: true\n- update: record\n  set: { a: 1 }\n', []],
    ['it refuses the save', '- fail: no\n', []],
    ['it writes to the log', '- log: seen\n', []],
    ['it wakes another one', '- signal: go\n', []],
  ])('%s', (_, steps, expected) => {
    expect(lines(flowNoEffect, steps)).toEqual(expected);
  });

  test('one that is switched off is left alone', () => {
    expect(lines(flowNoEffect, '- wait: 1d\n', head.replace('object', 'active: false\nobject'))).toEqual([]);
  });
});

describe('waits', () => {
  test.each<[string, string, readonly number[]]>([
    ['a signal that nobody sends', '- wait: { signal: go }\n', [1]],
    [
      'a signal of the same workflow',
      '- if: { field: n, eq: 1 }\n  then: [{ signal: go }]\n- wait: { signal: go }\n',
      [],
    ],
    ['its own variable', '- wait: { for: { field: var.n, eq: 1 } }\n', [1]],
    ['its own variable, with a time limit', '- wait: { for: { field: var.n, eq: 1 }, timeout: 1d }\n', []],
    ['a field of the record and a variable', "- wait: { for: { field: stage, eq: '{{var.n}}' } }\n", []],
  ])('%s', (_, steps, expected) => {
    expect(lines(flowWaitNeverResumes, steps)).toEqual(expected);
  });

  test('with a time limit it is a warning', () => {
    const { findings } = lint(
      readBy(nativeYaml, { 'w.yaml': `${head}- wait: { signal: go, timeout: 3d }\n` }),
      [flowWaitNeverResumes],
      { rules: new Map(), ignore: [] },
      'en',
    );
    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
  });

  const found = "- id: c\n  find: Contact\n  where: { field: id, eq: '{{record.contact}}' }\n  limit: 1\n";
  test.each<[string, string, readonly number[]]>([
    ['used after the wait', `${found}- wait: 3d\n- notify: role:a\n  message: '{{c.phone}}'\n`, [7]],
    ['used before it only', `${found}- notify: role:a\n  message: '{{c.phone}}'\n- wait: 3d\n- log: x\n`, []],
    [
      'looked up again',
      `${found}- wait: 3d\n${found.replace('id: c', 'id: d')}- notify: role:a\n  message: '{{d.phone}}'\n`,
      [],
    ],
    [
      'compared with what it is now',
      `${found}- wait: 3d\n- if: { field: c.phone, ne: '{{record.phone}}' }\n  then: [{ log: x }]\n`,
      [],
    ],
    [
      'another way has the wait',
      `${found}- if: { field: n, eq: 1 }\n  then: [{ wait: 3d, next: end }]\n- log: '{{c.phone}}'\n`,
      [],
    ],
  ])('a value from before: %s', (_, steps, expected) => {
    expect(lines(flowStaleAfterWait, steps)).toEqual(expected);
  });
});
