import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { powerAutomate } from '../../src/workflow/power-automate.importer.ts';
import { mutated, readBy, shown, shownParty, shownValue, strayPlaces } from './imported.ts';

const file = 'Workflows/Order_approval-7A1B2C3D-0000-4000-8000-0123456789AB.json';

const rows = {
  type: 'OpenApiConnectionWebhook',
  inputs: {
    host: {
      connectionName: 'shared_commondataserviceforapps',
      operationId: 'SubscribeWebhookTrigger',
      apiId: '/providers/x/apis/shared_commondataserviceforapps',
    },
    parameters: {
      'subscriptionRequest/message': 3,
      'subscriptionRequest/entityname': 'salesorder',
      'subscriptionRequest/scope': 4,
    },
  },
};

const flow = (actions: object, trigger: object = rows, properties: object = {}): string =>
  JSON.stringify(
    {
      properties: {
        connectionReferences: {},
        definition: { contentVersion: '1.0.0.0', triggers: { When: trigger }, actions },
        ...properties,
      },
      schemaVersion: '1.0.0.0',
    },
    undefined,
    1,
  );

const read = (text: string): Project => {
  const files = { [file]: text };
  const project = readBy(powerAutomate, files);
  expect(project.problems).toEqual([]);
  expect(strayPlaces(project, files)).toEqual([]);
  return project;
};

const only = (text: string): Workflow => {
  const [workflow] = read(text).workflows;
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

const compose = (after: object = {}): object => ({ type: 'Compose', inputs: 'x', runAfter: after });
const ways = (workflow: Workflow): readonly unknown[] =>
  workflow.steps.map((step) => [
    step.id,
    step.next?.to,
    ...(step.onError ? [`! ${step.onError.to}`] : []),
    ...(step.kind === 'split' ? step.ways.map(({ to }) => to) : []),
  ]);

describe('a trigger', () => {
  const message = (number: unknown, more: object = {}): object => ({
    ...rows,
    inputs: {
      ...rows.inputs,
      parameters: { ...rows.inputs.parameters, 'subscriptionRequest/message': number, ...more },
    },
  });
  test.each<[what: string, trigger: object, expected: object[]]>([
    [
      'a row that changed',
      message(3, { 'subscriptionRequest/filteringattributes': 'statuscode, name' }),
      [{ on: 'update', phase: 'async', watch: [{ name: 'statuscode' }, { name: 'name' }] }],
    ],
    ['a row that is new', message('1'), [{ on: 'create' }]],
    ['new or changed', message(4), [{ on: 'save' }]],
    ['changed or deleted', message(6), [{ on: 'update' }, { on: 'delete' }]],
    ['a message that is newer', message(9), [{ on: 'event', event: { name: '9' } }]],
    [
      'every 15 minutes',
      { type: 'Recurrence', recurrence: { frequency: 'Minute', interval: 15, timeZone: 'Tokyo Standard Time' } },
      [
        {
          on: 'schedule',
          schedule: {
            timing: { kind: 'every', every: { amount: 15, unit: 'minute' } },
            zone: { name: 'Tokyo Standard Time' },
          },
        },
      ],
    ],
    [
      'on Mondays',
      {
        type: 'Recurrence',
        recurrence: { frequency: 'Week', interval: 1, schedule: { hours: ['9'], minutes: [30], weekDays: ['Monday'] } },
      },
      [{ schedule: { timing: { kind: 'at', time: '09:30', days: ['mon'] } } }],
    ],
    ['a button', { type: 'Request', kind: 'Button', inputs: {} }, [{ on: 'manual' }]],
    ['a call from outside', { type: 'Request', kind: 'Http', inputs: {} }, [{ on: 'webhook', auth: 'signature' }]],
    [
      'a mail that came',
      { type: 'OpenApiConnection', inputs: { host: { operationId: 'OnNewEmailV3' } } },
      [{ on: 'event', event: { name: 'OnNewEmailV3' } }],
    ],
  ])('%s', (_, trigger, expected) => {
    const { triggers } = only(flow({ A: compose() }, trigger));
    expect(triggers).toMatchObject(expected.map((one) => ({ ...one, to: { to: 'A' } })));
  });

  test('its conditions are read and not followed', () => {
    const trigger = {
      ...message(3, { 'subscriptionRequest/filterexpression': 'statecode eq 0' }),
      conditions: [{ expression: "@equals(triggerOutputs()?['body/name'],'x')" }],
    };
    expect(shown(only(flow({}, trigger)).triggers[0]?.when?.condition)).toEqual({
      all: ['?statecode eq 0', "?@equals(triggerOutputs()?['body/name'],'x') <name>"],
    });
  });
});

describe('the flow itself', () => {
  test('what it is', () => {
    expect(only(flow({ A: compose() }, rows, { state: 'Stopped', displayName: '受注の承認' }))).toMatchObject({
      id: 'Order_approval',
      label: { ja: '受注の承認' },
      format: 'PA',
      version: '1.0.0.0',
      status: 'inactive',
      object: { name: 'salesorder' },
      place: { pointer: '/properties/displayName' },
    });
  });

  test.each<[source: string, expected: object]>([
    ['invoker', { runAs: { kind: 'user' }, runAsStated: true }],
    ['embedded', { runAs: { kind: 'principal', id: 'shared_x' }, runAsStated: true }],
  ])('it runs as %s', (runtimeSource, expected) => {
    expect(only(flow({}, rows, { connectionReferences: { shared_x: { runtimeSource } } }))).toMatchObject(expected);
  });
});

describe('what follows what', () => {
  test('one after the other, at once, and after a failure', () => {
    const workflow = only(
      flow({
        A: compose(),
        B: compose({ A: ['Succeeded'] }),
        C: compose({ A: ['Succeeded'] }),
        D: compose({ B: ['Failed', 'TimedOut'] }),
        E: compose({ B: ['Succeeded', 'Failed'] }),
      }),
    );
    expect(ways(workflow)).toEqual([
      ['A (next)', undefined, 'B', 'C'],
      ['A', 'A (next)'],
      ['B (failed)', undefined, 'D', 'E'],
      ['B', 'E', '! B (failed)'],
      ['C', undefined],
      ['D', undefined],
      ['E', undefined],
    ]);
  });

  test('what is in a scope goes on behind it, and fails with it', () => {
    const workflow = only(
      flow({
        Try: { type: 'Scope', actions: { A: { type: 'Http', inputs: {} }, B: compose({ A: ['Succeeded'] }) } },
        Catch: { type: 'Scope', actions: { C: compose() }, runAfter: { Try: ['Failed'] } },
        Last: compose({ Try: ['Succeeded'] }),
      }),
    );
    expect(ways(workflow)).toEqual([
      ['A', 'B', '! Catch'],
      ['B', 'Last', '! Catch'],
      ['Try', 'A', '! Catch'],
      ['C', undefined],
      ['Catch', 'C'],
      ['Last', undefined],
    ]);
    expect(workflow.steps[0]).toMatchObject({ inside: ['Try'], canFail: true });
  });

  test('branches come together again', () => {
    const workflow = only(
      flow({
        If: {
          type: 'If',
          expression: { and: [{ equals: ["@triggerOutputs()?['body/statuscode']", 1] }] },
          actions: { Yes: compose() },
          else: { actions: {} },
        },
        Case: {
          type: 'Switch',
          expression: "@triggerOutputs()?['body/name']",
          cases: { One: { case: 'a', actions: { InCase: compose() } } },
          default: { actions: {} },
          runAfter: { If: ['Succeeded'] },
        },
      }),
    );
    const [yes, decision, inCase, choice] = workflow.steps;
    expect([yes?.id, yes?.next?.to, inCase?.id, inCase?.next]).toEqual(['Yes', 'Case', 'InCase', undefined]);
    if (decision?.kind !== 'decision' || choice?.kind !== 'decision') throw new Error('no decision');
    expect([
      shown(decision.branches[0]?.when.condition),
      decision.branches[0]?.edge.to,
      decision.otherwise?.to,
      decision.next,
    ]).toEqual(['statuscode eq 1', 'Yes', 'Case', undefined]);
    expect([shown(choice.branches[0]?.when.condition), choice.branches[0]?.edge.to, choice.otherwise?.to]).toEqual([
      'name eq "a"',
      'InCase',
      undefined,
    ]);
  });

  test('a loop comes back to itself', () => {
    const workflow = only(
      flow({
        List: {
          type: 'OpenApiConnection',
          inputs: {
            host: { operationId: 'ListRecords' },
            parameters: { entityName: 'accounts', $filter: 'x eq 1', $top: 5, $select: 'name,x' },
          },
        },
        Each: {
          type: 'Foreach',
          foreach: "@outputs('List')?['body/value']",
          actions: { A: { type: 'Compose', inputs: "@items('Each')?['name']" } },
          runAfter: { List: ['Succeeded'] },
        },
      }),
    );
    expect(workflow.steps).toMatchObject([
      {
        id: 'List',
        kind: 'find',
        object: { name: 'account' },
        gives: 'list',
        limit: 5,
        fields: [{ name: 'name' }, { name: 'x' }],
      },
      { id: 'A', next: { to: 'Each' }, reads: [{ root: { kind: 'item', loop: 'Each' }, segments: ['name'] }] },
      {
        id: 'Each',
        kind: 'loop',
        over: { path: { root: { kind: 'step', step: 'List' }, segments: [] } },
        body: { to: 'A' },
      },
    ]);
  });
});

describe('conditions', () => {
  const field = "@triggerOutputs()?['body/f']";
  test.each<[expression: unknown, expected: unknown]>([
    [
      { or: [{ greater: [field, 1] }, { not: { contains: [field, 'x'] } }] },
      { any: ['f gt 1', { not: 'f contains "x"' }] },
    ],
    [{ less: [1, field] }, 'f gt 1'],
    [{ equals: [field, null] }, 'f empty'],
    [{ equals: [field, '@null'] }, 'f empty'],
    [{ startsWith: ['x', field] }, '?startsWith <f>'],
    [{ equals: ["@length(variables('v'))", 1] }, '?equals <v>'],
    ["@equals(triggerBody()?['_ownerid_value'], 'x')", "?@equals(triggerBody()?['_ownerid_value'], 'x') <ownerid>"],
    [{ and: [] }, '?and'],
    [null, '?'],
  ])('%j', (expression, expected) => {
    const [step] = only(flow({ If: { type: 'If', expression, actions: {} } })).steps;
    expect(step?.kind === 'decision' && shown(step.branches[0]?.when.condition)).toEqual(expected);
  });
});

describe('actions', () => {
  const stepOf = (action: object, more: object = {}): Step => {
    const step = only(flow({ ...more, A: action })).steps.find(({ id }) => id === 'A');
    if (!step) throw new Error('no step');
    return step;
  };
  const row = (operationId: string, parameters: object): object => ({
    type: 'OpenApiConnection',
    inputs: { host: { operationId }, parameters },
  });

  test.each<[action: object, expected: object]>([
    [
      row('CreateRecord', {
        entityName: 'opportunities',
        'item/name': 'x',
        'item/parentaccountid@odata.bind': 'accounts(1)',
      }),
      {
        kind: 'create',
        object: { name: 'opportunity' },
        set: [{ field: { name: 'name' } }, { field: { name: 'parentaccountid' } }],
      },
    ],
    [
      row('UpdateOnlyRecord', {
        entityName: 'salesorders',
        recordId: "@triggerOutputs()?['body/salesorderid']",
        item: { statuscode: 2 },
      }),
      { kind: 'update', target: { kind: 'trigger' }, set: [{ field: { name: 'statuscode' }, value: { value: 2 } }] },
    ],
    [
      row('UpdateRecord', { entityName: 'accounts', recordId: "@triggerOutputs()?['body/_accountid_value']" }),
      { target: { kind: 'path', path: { root: { kind: 'system' } } } },
    ],
    [row('DeleteRecord', { entityName: 'boxes', recordId: '1' }), { kind: 'delete', object: { name: 'box' } }],
    [row('GetItem', { entityName: 'accounts', recordId: '1' }), { kind: 'custom', effect: 'none' }],
    [row('PerformBoundAction', { entityName: 'accounts' }), { kind: 'custom', effect: 'opaque' }],
    [
      row('SendEmailV2', {
        'emailMessage/To': 'a@example.com;b@example.com',
        'emailMessage/Cc': "@triggerOutputs()?['body/emailaddress1']",
        'emailMessage/Subject': 's',
        'emailMessage/Body': 'b',
      }),
      {
        kind: 'mail',
        to: [{ kind: 'address', address: 'a@example.com' }, {}],
        cc: [{ kind: 'path' }],
        subject: { value: 's' },
      },
    ],
    [
      row('StartAndWaitForAnApproval', {
        approvalType: 'BasicAwaitAll',
        'WebhookApprovalCreationInput/assignedTo': 'x@example.com',
      }),
      { kind: 'approval', takes: 'all' },
    ],
    [row('PostMessageToConversation', {}), { kind: 'custom', effect: 'outside' }],
    [
      {
        type: 'Http',
        inputs: {
          method: 'POST',
          uri: 'https://example.com',
          headers: { 'X-Key': '1' },
          body: {},
          retryPolicy: { type: 'fixed', count: 3 },
        },
        limit: { timeout: 'PT30S' },
      },
      {
        kind: 'http',
        method: 'POST',
        headers: [{ field: { name: 'X-Key' } }],
        timeout: { amount: 30, unit: 'second' },
        retries: 3,
      },
    ],
    [
      { type: 'Workflow', inputs: { host: { workflowReferenceName: 'child' }, body: { text: 1 } } },
      { kind: 'call', workflow: { name: 'child' }, inputs: [{ field: { name: 'text' } }] },
    ],
    [
      { type: 'Wait', inputs: { interval: { count: 3, unit: 'Day' } } },
      { kind: 'wait', until: { kind: 'duration', duration: { amount: 3, unit: 'day' } } },
    ],
    [
      { type: 'Wait', inputs: { until: { timestamp: '@utcNow()' } } },
      { until: { kind: 'date', value: { kind: 'moment' } } },
    ],
    [
      { type: 'Terminate', inputs: { runStatus: 'Failed' } },
      { kind: 'fail', mayHandleErrors: false },
    ],
    [{ type: 'Terminate', inputs: { runStatus: 'Succeeded' } }, { kind: 'stop' }],
    [{ type: 'Agent' }, { kind: 'custom', effect: 'opaque' }],
  ])('%j', (action, expected) => {
    expect(stepOf(action)).toMatchObject(expected);
  });

  test('variables', () => {
    const workflow = only(
      flow({
        Init: {
          type: 'InitializeVariable',
          inputs: {
            variables: [
              { name: 'n', type: 'integer', value: 0 },
              { name: 'l', type: 'array' },
            ],
          },
        },
        Add: { type: 'IncrementVariable', inputs: { name: 'n', value: 1 }, runAfter: { Init: ['Succeeded'] } },
      }),
    );
    expect(workflow.variables).toMatchObject([
      { name: 'n', type: 'integer', list: false },
      { name: 'l', list: true },
    ]);
    expect(workflow.steps).toMatchObject([
      { kind: 'let', assigns: [{ how: 'set' }] },
      { kind: 'let', assigns: [{ how: 'add', value: { value: 1 } }] },
    ]);
  });

  test('expressions', () => {
    const shownText = (body: string): unknown => {
      const step = stepOf(row('SendEmailV2', { 'emailMessage/To': 'a@example.com', 'emailMessage/Body': body }), {
        List: row('GetItem', { entityName: 'x' }),
      });
      return step.kind === 'mail' && shownValue(step.body);
    };
    expect(
      [
        'plain',
        '@@at',
        "@triggerOutputs()?['body/name']",
        "x @{triggerBody()?['name']} @{variables('v')}",
        "@{outputs('list')?['body/name']}",
        "@{body('Gone')?['x']}",
        "@concat('}', triggerBody()?['a'])",
        "@{concat('}', triggerBody()?['a'])}!",
        "@triggerOutputs()?['body/statuscode@OData.Community.Display.V1.FormattedValue']",
        '@{unclosed',
      ].map(shownText),
    ).toEqual([
      'plain',
      '@at',
      '{name}',
      'x {name} {v}',
      '{List.name}',
      '{Gone.x}',
      "?concat('}', triggerBody()?['a']) <a>",
      "?concat('}', triggerBody()?['a']) <a>!",
      '{statuscode}',
      '?unclosed',
    ]);
    const gone = stepOf({ type: 'Compose', inputs: "@body('Gone')" });
    expect(gone.kind === 'custom' && gone.reads[0]?.root).toEqual({ kind: 'undefined', name: 'Gone' });
    const mail = stepOf(row('SendEmailV2', { 'emailMessage/To': "@{triggerBody()?['a']};x" }));
    expect(mail.kind === 'mail' && mail.to.map(shownParty)).toEqual(["?@{triggerBody()?['a']};x"]);
  });

  test('a type that is newer is noted', () => {
    expect(only(flow({ A: { type: 'Agent' } })).unknown).toMatchObject([{ name: 'Agent' }]);
  });
});

describe('what is none of Power Automate', () => {
  test.each([
    '{"definition": {"triggers": [], "actions": {}}}',
    '{"definition": 1, "triggers": 1, "actions": 1}',
    '[]',
    '',
  ])('%s', (text) => {
    expect(powerAutomate.recognises({ file: 'a.json', text })).toBe(false);
  });

  test('a broken file is told where it breaks', () => {
    expect(readBy(powerAutomate, { 'a.json': flow({}).slice(0, -3) }).problems).toMatchObject([
      { rule: 'parse-syntax' },
    ]);
  });
});

test('no value of a wrong kind is too much', () => {
  const whole = flow({
    If: {
      type: 'If',
      expression: { and: [{ equals: ["@triggerBody()?['a']", 1] }] },
      actions: { Y: { type: 'Http', inputs: { uri: 'x' } } },
      else: { actions: {} },
      runAfter: {},
    },
    Each: {
      type: 'Foreach',
      foreach: '@x',
      actions: { S: { type: 'SetVariable', inputs: { name: 'v', value: '@{x}' } } },
      runAfter: { If: ['Succeeded', 'Failed'] },
    },
  });
  for (const changed of mutated(whole)) {
    const files = { 'a.json': changed };
    const project = readBy(powerAutomate, files);
    expect(project.problems).toEqual([]);
    expect(strayPlaces(project, files)).toEqual([]);
  }
});
