import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { suitecrm } from '../../src/workflow/suitecrm.importer.ts';
import { mutated, readBy, shown, shownParty, shownValue, strayPlaces } from './imported.ts';

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** As PHP's serialize() writes it. */
const serialize = (value: Plain): string => {
  if (value === null) return 'N;';
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  if (typeof value === 'number') return Number.isInteger(value) ? `i:${value};` : `d:${value};`;
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  const entries = Object.entries(value).map(
    ([key, inner]) => (Array.isArray(value) ? `i:${key};` : serialize(key)) + serialize(inner),
  );
  return `a:${entries.length}:{${entries.join('')}}`;
};
const encoded = (value: Plain): string => Buffer.from(serialize(value)).toString('base64');

const export_ = (row: object, conditions: readonly object[] = [], actions: readonly object[] = []): string =>
  JSON.stringify(
    {
      aow_workflow: [
        {
          id: 'w1',
          name: '商談の通知',
          flow_module: 'Opportunities',
          status: 'Active',
          run_when: 'On_Save',
          flow_run_on: 'All_Records',
          multiple_runs: '1',
          deleted: '0',
          ...row,
        },
      ],
      aow_conditions: conditions.map((one) => ({ aow_workflow_id: 'w1', ...one })),
      aow_actions: actions.map((one, at) => ({ id: `a${at + 1}`, aow_workflow_id: 'w1', ...one })),
    },
    undefined,
    1,
  );

const read = (text: string): Project => {
  const files = { 'aow.json': text };
  const project = readBy(suitecrm, files);
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
  test.each<[row: object, expected: object[]]>([
    [{}, [{ on: 'save', phase: 'after', once: false, onImport: false }]],
    [
      { flow_run_on: 'New_Records', multiple_runs: '0', run_on_import: '1' },
      [{ on: 'create', once: true, onImport: true }],
    ],
    [{ flow_run_on: 'Modified_Records', run_when: 'Always' }, [{ on: 'update' }, { on: 'schedule', phase: 'async' }]],
    [{ run_when: 'In_Scheduler' }, [{ on: 'schedule' }]],
  ])('%j', (row, expected) => {
    expect(only(export_(row)).triggers).toMatchObject(expected);
    expect(only(export_(row)).triggers).toHaveLength(expected.length);
  });

  test('the scheduler sees no change', () => {
    const changed = { field: 'sales_stage', operator: 'Equal_To', value_type: 'Any_Change' };
    expect(only(export_({ run_when: 'Always' }, [changed])).triggers.map(({ on }) => on)).toEqual(['save']);
    const [scheduled] = only(export_({ run_when: 'In_Scheduler' }, [changed])).triggers;
    expect(shown(scheduled?.when?.condition)).toEqual({ all: ['sales_stage changed', false] });
  });

  test('what it is', () => {
    expect(only(export_({ status: 'Inactive', assigned_user_id: 'u1', description: 'd' }))).toMatchObject({
      id: 'w1',
      label: { ja: '商談の通知' },
      format: 'SU',
      status: 'inactive',
      statusPlace: { line: 7, column: 14 },
      object: { name: 'Opportunities' },
      owner: { name: 'u1' },
      description: 'd',
      place: { line: 5, column: 12, pointer: '/aow_workflow/0/name' },
    });
  });

  test('values outside the lists', () => {
    expect(only(export_({ run_when: 'Never', flow_run_on: 'Some' })).defects).toMatchObject([
      { rule: 'trigger-invalid-enum', what: 'run_when', found: 'Never', place: { line: 8 } },
      { rule: 'trigger-invalid-enum', what: 'flow_run_on', found: 'Some' },
    ]);
  });

  test('deleted rows are not there', () => {
    expect(read(export_({ deleted: '1' })).workflows).toEqual([]);
    const workflow = only(
      export_({}, [{ field: 'x', operator: 'is_null', deleted: 1 }], [{ action: 'SendEmail', deleted: true }]),
    );
    expect([workflow.triggers[0]?.when, workflow.steps]).toEqual([undefined, []]);
  });
});

describe('conditions', () => {
  const condition = (...lines: object[]): unknown => shown(only(export_({}, lines)).triggers[0]?.when?.condition);

  test.each<[line: object, expected: unknown]>([
    [{ operator: 'Equal_To', value_type: 'Value', value: 'Won' }, 'f eq "Won"'],
    [{ operator: 'Not_Equal_To', value_type: 'Value', value: 'Won' }, 'f ne "Won"'],
    [{ operator: 'Greater_Than', value_type: 'Value', value: '100' }, 'f gt "100"'],
    [{ operator: 'Less_Than_or_Equal_To', value_type: 'Field', value: 'amount' }, 'f le "{amount}"'],
    [{ operator: 'Contains', value_type: 'Value', value: 'x' }, 'f contains "x"'],
    [{ operator: 'Starts_With', value_type: 'Value', value: 'x' }, 'f startsWith "x"'],
    [{ operator: 'is_null' }, 'f empty'],
    [{ operator: 'Equal_To', value_type: 'Value', value: '' }, 'f empty'],
    [{ operator: 'Not_Equal_To', value_type: 'Value', value: '' }, 'f notEmpty'],
    [{ operator: 'Equal_To', value_type: 'Any_Change' }, 'f changed'],
    [{ operator: 'Not_Equal_To', value_type: 'Any_Change' }, 'f notChanged'],
    [{ operator: 'Equal_To', value_type: 'Multi', value: '^a^,^b^' }, 'f in ["a","b"]'],
    [{ operator: 'Not_Equal_To', value_type: 'Multi', value: ['a'] }, 'f notIn ["a"]'],
    [{ operator: 'Less_Than', value_type: 'Date', value: encoded(['now', 'now', '', '']) }, 'f lt "now"'],
    [
      { operator: 'Less_Than', value_type: 'Date', value: encoded(['today', 'minus', '3', 'days']) },
      'f lt "today -3 day"',
    ],
    [{ operator: 'Less_Than', value_type: 'Date', value: ['now', 'plus', '2', 'hour'] }, 'f lt "now 2 hour"'],
    [
      { operator: 'Less_Than', value_type: 'Date', value: encoded(['date_closed', 'plus', '2', 'business_hours']) },
      'f lt "?date_closed plus 2 business_hours <date_closed>"',
    ],
    [{ operator: 'Equal_To', value_type: 'Date', value: encoded(['anniversary']) }, '?Date <f>'],
    [{ operator: 'Equal_To', value_type: 'SecurityGroup', value: 'g' }, '?SecurityGroup <f>'],
    [{ operator: 'Equal_To', value_type: 'CurrentUserID' }, 'f eq "{user.id}"'],
    [{ operator: 'is_null', module_path: encoded(['Opportunities']) }, 'f empty'],
    [{ operator: 'is_null', module_path: encoded(['accounts', 'contacts']) }, 'accounts.contacts.f empty'],
    [{ operator: 'is_null', module_path: ['accounts'] }, 'accounts.f empty'],
    [{ operator: 'is_null', module_path: 'YToxOntpOjA7' }, '?f'],
  ])('%j', (line, expected) => {
    expect(condition({ field: 'f', ...line })).toEqual(expected);
  });

  test('all have to hold, in their order', () => {
    const a = { field: 'a', operator: 'is_null', condition_order: '2' };
    const b = { field: 'b', operator: 'is_null', condition_order: '1' };
    expect(condition(a, b)).toEqual({ all: ['b empty', 'a empty'] });
  });

  test('an operator that SuiteCRM skips', () => {
    const { defects } = only(export_({}, [{ field: 'f', operator: 'Not_Contains', value: 'x' }]));
    expect(defects).toMatchObject([
      { rule: 'cond-operator-invalid', what: 'f', found: 'Not_Contains', place: { line: 18 } },
    ]);
  });
});

describe('actions', () => {
  const stepOf = (action: string, parameters: Plain): Step => {
    const [step] = only(export_({}, [], [{ action, name: 'n', parameters }])).steps;
    if (!step) throw new Error('no step');
    return step;
  };
  const set = {
    field: ['name', 'amount', 'date_closed', 'assigned_user_id', ''],
    value: ['商談', 'total', ['now', 'plus', '7', 'day'], ['all', '', ''], ''],
    value_type: ['Value', 'Field', 'Date', 'Round_Robin', 'Value'],
  };

  test.each([
    ['serialized', encoded({ record_type: 'Tasks', ...set })],
    ['as JSON', { record_type: 'Tasks', ...set }],
  ])('a record, %s', (_, parameters) => {
    const step = stepOf('CreateRecord', parameters);
    if (step.kind !== 'create') throw new Error(step.kind);
    expect(step.object?.name).toBe('Tasks');
    expect(step.set.map(({ field, value }) => [field.name, shownValue(value)])).toEqual([
      ['name', '商談'],
      ['amount', '{total}'],
      ['date_closed', 'now 7 day'],
      ['assigned_user_id', '?Round_Robin'],
    ]);
  });

  test('a change of the record, and of related ones', () => {
    expect(stepOf('ModifyRecord', { record_type: 'Opportunities', rel_type: 'Opportunities', ...set })).toMatchObject({
      kind: 'update',
      target: { kind: 'trigger' },
    });
    expect(stepOf('ModifyRecord', { rel_type: 'contacts', ...set })).toMatchObject({
      target: { kind: 'path', path: { segments: ['contacts'] } },
      many: true,
    });
  });

  test('a computed field', () => {
    const step = stepOf('ComputeField', {
      parameter: ['amount'],
      formula: ['total'],
      formulaContent: ['{multiply({P0};2)}'],
    });
    expect(step.kind === 'update' && step.set.map(({ field, value }) => [field.name, shownValue(value)])).toEqual([
      ['total', '?{multiply({P0};2)} <amount>'],
    ]);
  });

  test('a mail and everybody who gets it', () => {
    const step = stepOf(
      'SendEmail',
      encoded({
        email_template: 't1',
        email_target_type: [
          'Email Address',
          'Specify User',
          'Users',
          'Users',
          'Users',
          'Related Field',
          'Record Email',
          'Email Address',
        ],
        email_to_type: ['to', 'cc', 'bcc', 'to', 'to', 'to', 'to', 'to'],
        email: [
          'a@example.com',
          'u1',
          ['role', '', 'r1'],
          ['security_group', 'g1', ''],
          ['all', '', ''],
          'contacts',
          '',
          '',
        ],
      }),
    );
    if (step.kind !== 'mail') throw new Error(step.kind);
    expect(step.template?.name).toBe('t1');
    expect([step.to, step.cc, step.bcc].map((parties) => parties.map(shownParty))).toEqual([
      ['a@example.com', 'group:g1', '?all users', '?contacts', '{email1}'],
      ['user:u1'],
      ['role:r1'],
    ]);
  });

  test('a mail as older versions stored it', () => {
    const step = stepOf('SendEmail', { email_target_type: 'Specify User', email_user_id: 'u1' });
    expect(step.kind === 'mail' && [step.to.map(shownParty), step.template]).toEqual([['user:u1'], undefined]);
  });

  test.each<[action: string, parameters: Plain]>([
    ['SendEmail', 'bm90IHNlcmlhbGl6ZWQ='],
    ['SendEmail', 'YToxOntpOjA7cz'],
    ['SendEmail', 'O:8:"stdClass":'],
    ['DoMagic', {}],
  ])('%s with %j may do anything', (action, parameters) => {
    expect(stepOf(action, parameters)).toMatchObject({ kind: 'custom', effect: 'opaque', action: { name: action } });
  });

  test('an object is not built', () => {
    const object = Buffer.from('O:3:"Foo":1:{s:14:"email_template";s:1:"t";}').toString('base64');
    expect(stepOf('SendEmail', object)).toMatchObject({ kind: 'mail', template: { name: 't' } });
  });

  test('a kind that is not known is noted, and they run in their order', () => {
    const workflow = only(
      export_(
        {},
        [],
        [
          { action: 'DoMagic', action_order: 2 },
          { action: 'ComputeField', action_order: 1 },
        ],
      ),
    );
    expect(workflow.unknown.map(({ name }) => name)).toEqual(['DoMagic']);
    expect(workflow.steps.map(({ id, next }) => [id, next?.to])).toEqual([
      ['a2', 'a1'],
      ['a1', undefined],
    ]);
  });
});

describe('what is none of SuiteCRM', () => {
  test.each(['{"aow_workflow": []}', '{"aow_workflow": 1}', '[]', ''])('%s', (text) => {
    expect(suitecrm.recognises({ file: 'a.json', text })).toBe(false);
  });

  test('a broken file is told where it breaks', () => {
    expect(readBy(suitecrm, { 'a.json': export_({}).slice(0, -4) }).problems).toMatchObject([{ rule: 'parse-syntax' }]);
  });

  test('a description may switch rules off', () => {
    const text = export_({ description: 'crm-doctor-disable-next-line maint-name -- agreed' });
    expect(read(text).suppressions).toMatchObject([{ rules: ['maint-name'], covers: { from: 3, to: 13 } }]);
  });
});

test('no value of a wrong kind is too much', () => {
  const whole = export_(
    { run_when: 'Always' },
    [
      {
        field: 'f',
        operator: 'Equal_To',
        value_type: 'Multi',
        value: '^a^',
        module_path: ['accounts'],
        condition_order: 1,
      },
    ],
    [
      {
        action: 'SendEmail',
        action_order: 1,
        parameters: {
          email_target_type: ['Users'],
          email_to_type: ['to'],
          email: [['role', '', 'r']],
          email_template: 't',
        },
      },
      {
        action: 'ModifyRecord',
        action_order: 2,
        parameters: encoded({ field: ['a'], value: ['b'], value_type: ['Value'] }),
      },
    ],
  );
  for (const changed of mutated(whole)) {
    const files = { 'aow.json': changed };
    const project = readBy(suitecrm, files);
    expect(project.problems).toEqual([]);
    expect(strayPlaces(project, files)).toEqual([]);
  }
});
