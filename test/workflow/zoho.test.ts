import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { zoho } from '../../src/workflow/zoho.importer.ts';
import { mutated, readBy, shown, strayPlaces } from './imported.ts';

const rule = (more: object): string =>
  JSON.stringify(
    {
      workflow_rules: [
        {
          id: '1',
          name: '商談',
          module: { api_name: 'Deals' },
          execute_when: { type: 'edit', details: {} },
          status: { active: true },
          conditions: [],
          ...more,
        },
      ],
    },
    undefined,
    1,
  );

const read = (text: string): Project => {
  const files = { 'zoho.json': text };
  const project = readBy(zoho, files);
  expect(project.problems).toEqual([]);
  expect(strayPlaces(project, files)).toEqual([]);
  return project;
};

const only = (text: string): Workflow => {
  const [workflow] = read(text).workflows;
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

test.each<[execute_when: object, expected: object]>([
  [
    { type: 'create', details: { repeat: false } },
    { on: 'create', once: true },
  ],
  [
    { type: 'create_or_edit', details: { repeat: true } },
    { on: 'save', once: false },
  ],
  [{ type: 'delete' }, { on: 'delete' }],
  [
    { type: 'field_update', details: { fields: [{ api_name: 'Stage' }] } },
    { on: 'update', watch: [{ name: 'Stage' }] },
  ],
  [
    { type: 'date_or_datetime', details: { field: { api_name: 'Closing_Date' }, unit: 'days', period: 3 } },
    { on: 'date', date: { field: { name: 'Closing_Date' }, offset: { amount: 3, unit: 'day' } } },
  ],
  [{ type: 'score_increase' }, { on: 'event', event: { name: 'score_increase' } }],
])('it runs by %j', (execute_when, expected) => {
  expect(only(rule({ execute_when })).triggers).toMatchObject([expected]);
});

test('what it is', () => {
  expect(only(rule({ status: { active: false }, description: 'd', modified_by: { id: '7' } }))).toMatchObject({
    id: '1',
    label: { ja: '商談' },
    format: 'ZO',
    status: 'inactive',
    object: { name: 'Deals' },
    lastEditor: { name: '7' },
    place: { line: 5, column: 12 },
  });
});

const field = (comparator: string, value: unknown, more: object = {}): object => ({
  comparator,
  field: { api_name: 'f' },
  type: 'value',
  value,
  ...more,
});

test.each<[criteria: object, expected: unknown]>([
  [field('equal', 'Won'), 'f eq "Won"'],
  [field('not_equal', '${EMPTY}'), 'f notEmpty'],
  [field('equal', '${EMPTY}'), 'f empty'],
  [field('equal', '${NOTEMPTY}'), 'f notEmpty'],
  [field('equal', '${CURRENTUSER}'), 'f eq "{user.id}"'],
  [field('less_than', '${AGEINDAYS}+1'), '?f less_than <f>'],
  [field('greater_equal', 10), 'f ge 10'],
  [field('equal', { id: '9', name: 'x' }), 'f eq "9"'],
  [field('in', ['a', 'b']), 'f in ["a","b"]'],
  [field('between', [1, 2]), 'f between [1,2]'],
  [field('between', [1]), '?f between <f>'],
  [field('newer', 1), '?f newer <f>'],
  [field('equal', 'x', { type: 'field' }), '?f equal <f>'],
  [
    {
      group_operator: 'OR',
      group: [field('equal', 1), { group_operator: 'AND', group: [field('equal', 2), field('equal', 3)] }],
    },
    { any: ['f eq 1', { all: ['f eq 2', 'f eq 3'] }] },
  ],
  [{ group_operator: 'XOR', group: [field('equal', 1)] }, '?XOR'],
])('%j', (criteria, expected) => {
  const [step] = only(rule({ conditions: [{ sequence_number: 1, criteria_details: { criteria } }] })).steps;
  expect(step?.kind === 'decision' && shown(step.branches[0]?.when.condition)).toEqual(expected);
});

test('the first condition that holds decides; actions run at once and later', () => {
  const action = (id: string, type: string): object => ({ id, name: id, type });
  const workflow = only(
    rule({
      conditions: [
        { sequence_number: 2, criteria_details: null, instant_actions: { actions: [action('z', 'functions')] } },
        {
          sequence_number: 1,
          criteria_details: { criteria: field('equal', 1), relational_criteria: { module: {} } },
          instant_actions: { actions: [action('a', 'field_updates'), action('b', 'email_notifications')] },
          scheduled_actions: [{ execute_after: { period: 2, unit: 'days' }, actions: [action('c', 'teleport')] }],
        },
      ],
    }),
  );
  const [choice] = workflow.steps;
  if (choice?.kind !== 'decision') throw new Error('no decision');
  expect(choice.branches.map(({ when, edge }) => [shown(when.condition), edge.to])).toEqual([
    [{ all: ['f eq 1', '?relational_criteria'] }, 'a'],
    [true, 'z'],
  ]);
  expect(workflow.steps.slice(1).map(({ id, kind, next }) => [id, kind, next?.to])).toEqual([
    ['a', 'update', 'b'],
    ['b', 'custom', 'wait'],
    ['wait', 'wait', 'c'],
    ['c', 'custom', undefined],
    ['z', 'custom', undefined],
  ]);
  expect(workflow.unknown.map(({ name }) => name)).toEqual(['teleport']);
});

describe('what is none of Zoho', () => {
  test.each(['{"workflow_rules": [{"id": 1}], "execute_when": 1}', '[]', ''])('%s', (text) => {
    expect(zoho.recognises({ file: 'a.json', text })).toBe(false);
  });
});

test('no value of a wrong kind is too much', () => {
  const whole = rule({
    execute_when: { type: 'field_update', details: { fields: [{ api_name: 'a' }], criteria: field('equal', 1) } },
    conditions: [
      {
        sequence_number: 1,
        criteria_details: { criteria: { group_operator: 'AND', group: [field('in', ['a'])] } },
        instant_actions: { actions: [{ id: '1', type: 'tasks' }] },
        scheduled_actions: [{ execute_after: { period: 1, unit: 'days' }, actions: [] }],
      },
    ],
  });
  for (const changed of mutated(whole)) {
    const files = { 'zoho.json': changed };
    const project = readBy(zoho, files);
    expect(project.problems).toEqual([]);
    expect(strayPlaces(project, files)).toEqual([]);
  }
});
