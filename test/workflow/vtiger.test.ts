import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { vtiger } from '../../src/workflow/vtiger.importer.ts';
import { mutated, readBy, shown, shownParty, shownValue, strayPlaces } from './imported.ts';

/** A task object as PHP serializes it. */
const task = (name: string, members: Readonly<Record<string, string>>): string => {
  const text = (value: string): string => `s:${Buffer.byteLength(value)}:"${value}";`;
  const entries = Object.entries(members);
  return `O:${name.length}:"${name}":${entries.length}:{${entries.map(([key, value]) => text(key) + text(value)).join('')}}`;
};

const export_ = (row: object, tasks: readonly string[] = []): string =>
  JSON.stringify(
    {
      com_vtiger_workflows: [
        { workflow_id: '5', module_name: 'Potentials', summary: '案件の更新', execution_condition: '3', ...row },
      ],
      com_vtiger_workflowtasks: tasks.map((one, at) => ({
        task_id: `${10 - at}`,
        workflow_id: '5',
        summary: `t${at}`,
        task: one,
      })),
    },
    undefined,
    1,
  );

const read = (text: string): Project => {
  const files = { 'vt.json': text };
  const project = readBy(vtiger, files);
  expect(project.problems).toEqual([]);
  expect(strayPlaces(project, files)).toEqual([]);
  return project;
};

const only = (text: string): Workflow => {
  const [workflow] = read(text).workflows;
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

describe('when it runs', () => {
  test.each<[row: object, expected: object]>([
    [{ execution_condition: '1' }, { on: 'create' }],
    [{ execution_condition: 2 }, { on: 'save', once: true }],
    [{}, { on: 'save', once: false, place: { line: 7, column: 27 } }],
    [{ execution_condition: '4' }, { on: 'update' }],
    [{ execution_condition: '5' }, { on: 'delete' }],
    [
      { execution_condition: '6', schtypeid: '2', schtime: '09:30:00' },
      { on: 'schedule', phase: 'async', schedule: { timing: { kind: 'at', time: '09:30' } } },
    ],
    [
      { execution_condition: '6', schtypeid: '1' },
      { schedule: { timing: { kind: 'every', every: { amount: 1, unit: 'hour' } } } },
    ],
    [{ execution_condition: '7' }, { on: 'manual' }],
    [{ execution_condition: '10' }, { on: 'event', event: { name: '10' } }],
  ])('%j', (row, expected) => {
    expect(only(export_(row)).triggers).toMatchObject([expected]);
  });

  test('what it is', () => {
    expect(only(export_({ status: '0' }))).toMatchObject({
      id: '5',
      label: { ja: '案件の更新' },
      format: 'VT',
      status: 'inactive',
      object: { name: 'Potentials' },
    });
  });
});

describe('conditions', () => {
  const condition = (...rows: object[]): unknown =>
    shown(only(export_({ test: JSON.stringify(rows) })).triggers[0]?.when?.condition);

  test.each<[row: object, expected: unknown]>([
    [{ operation: 'is', value: 'Won' }, 'f eq "Won"'],
    [{ operation: 'is not', value: '' }, 'f notEmpty'],
    [{ operation: 'has changed' }, 'f changed'],
    [{ operation: 'has changed to', value: 'Won' }, 'f changedTo "Won"'],
    [{ operation: 'greater than', value: '5' }, 'f gt "5"'],
    [{ operation: 'equal to', value: 'amount', valuetype: 'fieldname' }, 'f eq "{amount}"'],
    [{ operation: 'equal to', value: 'a + 1', valuetype: 'expression' }, 'f eq "?a + 1"'],
    [{ operation: 'is', value: 'a,b' }, '?f is <f>'],
    [{ operation: 'days ago', value: '3' }, '?f days ago <f>'],
    [{ fieldname: '(account_id : (Accounts) industry)', operation: 'is', value: 'x' }, 'account_id.industry eq "x"'],
    [{ fieldname: 1 }, '?'],
  ])('%j', (row, expected) => {
    expect(condition({ fieldname: 'f', ...row })).toEqual(expected);
  });

  const a = { fieldname: 'a', operation: 'is empty', joincondition: 'and', groupid: '0' };
  test('groups', () => {
    expect(condition(a, a)).toEqual({ all: ['a empty', 'a empty'] });
    expect(condition({ ...a, joincondition: 'or' }, a)).toEqual({ any: ['a empty', 'a empty'] });
    expect(condition(a, { ...a, groupid: '1', groupjoin: 'or' })).toEqual({ any: ['a empty', 'a empty'] });
    expect(condition(a, { ...a, groupid: 1, groupjoin: 'and' })).toEqual({ all: ['a empty', 'a empty'] });
    expect(condition(a, { ...a, joincondition: 'or' }, a)).toEqual('?');
  });

  test('places are in the text within the text', () => {
    const tests = only(export_({ test: JSON.stringify([{ fieldname: 'stage', operation: 'is', value: '受注' }]) }))
      .triggers[0]?.when?.tests;
    expect(tests?.[0]).toMatchObject({ place: { line: 8, column: 14 }, right: { place: { line: 8, column: 70 } } });
  });

  test.each(['[{"fieldname":', '"x"', '{}', '[1]'])('%s', (text) => {
    const { triggers } = only(export_({ test: text }));
    expect([undefined, '?']).toContain(shown(triggers[0]?.when?.condition));
  });
});

describe('tasks', () => {
  const stepOf = (name: string, members: Readonly<Record<string, string>>): Step => {
    const [step] = only(export_({}, [task(name, members)])).steps;
    if (!step) throw new Error('no step');
    return step;
  };
  const field_value_mapping = JSON.stringify([
    { fieldname: 'sales_stage', value: '受注', valuetype: 'rawtext' },
    { fieldname: 'amount', value: 'total', valuetype: 'fieldname' },
  ]);

  test('a mail', () => {
    const step = stepOf('VTEmailTask', {
      recepient: 'a@example.com,$email,$(account_id : (Accounts) email1),$(general : (__VtigerMeta__) supportEmailId)',
      emailcc: '',
      subject: '件名 $subject',
      content: 'x',
    });
    if (step.kind !== 'mail') throw new Error(step.kind);
    expect(step.to.map(shownParty)).toEqual([
      'a@example.com',
      '{email}',
      '{account_id.email1}',
      '?$(general : (__VtigerMeta__) supportEmailId)',
    ]);
    expect(shownValue(step.subject)).toBe('件名 {subject}');
  });

  test.each<[name: string, members: Readonly<Record<string, string>>, expected: object]>([
    [
      'VTUpdateFieldsTask',
      { field_value_mapping },
      {
        kind: 'update',
        target: { kind: 'trigger' },
        set: [{ field: { name: 'sales_stage' }, value: { value: '受注' } }, { value: { kind: 'path' } }],
      },
    ],
    [
      'VTCreateEntityTask',
      { entity_type: 'HelpDesk', field_value_mapping },
      { kind: 'create', object: { name: 'HelpDesk' }, more: true },
    ],
    [
      'VTCreateTodoTask',
      { todo: '電話', assigned_user_id: 'copyParentOwner' },
      { kind: 'task', to: [{ kind: 'owner' }] },
    ],
    [
      'VTCreateEventTask',
      { eventName: '訪問', assigned_user_id: '5' },
      { kind: 'task', to: [{ kind: 'user', id: '5' }] },
    ],
    ['VTSMSTask', {}, { kind: 'custom', effect: 'outside' }],
    ['VTEntityMethodTask', {}, { kind: 'custom', effect: 'opaque' }],
    ['VTTeleportTask', {}, { kind: 'custom', effect: 'opaque' }],
  ])('%s', (name, members, expected) => {
    expect(stepOf(name, members)).toMatchObject(expected);
  });

  test('they run in the order of their ids; those that are off do not; a newer kind is noted', () => {
    const workflow = only(
      export_({}, [task('VTSMSTask', {}), task('VTTeleportTask', {}), task('VTEmailTask', { active: '0' })]),
    );
    expect(workflow.steps.map(({ id, next }) => [id, next?.to])).toEqual([
      ['9', '10'],
      ['10', undefined],
    ]);
    expect(workflow.unknown.map(({ name }) => name)).toEqual(['VTTeleportTask']);
    expect(workflow.triggers[0]?.to?.to).toBe('9');
  });

  test('what is cut off may do anything', () => {
    const [step] = only(export_({}, [task('VTEmailTask', { recepient: 'a@example.com' }).slice(0, -5)])).steps;
    expect(step).toMatchObject({ kind: 'custom', effect: 'opaque', action: { name: 'VTEmailTask' } });
  });
});

test.each(['{"com_vtiger_workflows": []}', '[]', ''])('%s is none', (text) => {
  expect(vtiger.recognises({ file: 'a.json', text })).toBe(false);
});

test('no value of a wrong kind is too much', () => {
  const whole = export_(
    {
      test: '[{"fieldname":"a","operation":"is","value":"b"}]',
      execution_condition: '6',
      schtypeid: '2',
      schtime: '01:00',
    },
    [task('VTEmailTask', { recepient: '$email' })],
  );
  for (const changed of mutated(whole)) {
    const files = { 'vt.json': changed };
    const project = readBy(vtiger, files);
    expect(project.problems).toEqual([]);
    expect(strayPlaces(project, files)).toEqual([]);
  }
});
