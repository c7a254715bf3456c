import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { espocrm } from '../../src/workflow/espocrm.importer.ts';
import { mutated, readBy, shown, shownParty, shownValue, strayPlaces } from './imported.ts';

const entity = (more: object): string =>
  JSON.stringify(
    {
      id: 'w1',
      name: '商談の通知',
      type: 'afterRecordSaved',
      entityType: 'Opportunity',
      isActive: true,
      actions: [],
      ...more,
    },
    undefined,
    1,
  );

const chart = (list: readonly object[], more: object = {}): string =>
  JSON.stringify(
    { id: 'f1', name: '承認', targetType: 'Quote', isActive: true, data: { list }, ...more },
    undefined,
    1,
  );

const read = (text: string): Project => {
  const files = { 'a.json': text };
  const project = readBy(espocrm, files);
  expect(project.problems).toEqual([]);
  expect(strayPlaces(project, files)).toEqual([]);
  return project;
};

const only = (text: string): Workflow => {
  const [workflow] = read(text).workflows;
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

describe('a workflow', () => {
  test('what it is', () => {
    expect(only(entity({ isActive: false, processOrder: 5, description: 'd', modifiedById: 'u1' }))).toMatchObject({
      id: 'w1',
      label: { ja: '商談の通知' },
      format: 'ES',
      kind: 'record',
      status: 'inactive',
      statusPlace: { line: 6, column: 14 },
      object: { name: 'Opportunity' },
      order: 5,
      lastEditor: { name: 'u1' },
      place: { line: 3, column: 10, pointer: '/name' },
    });
  });

  test.each<[more: object, expected: object]>([
    [{ type: 'afterRecordCreated' }, { on: 'create', phase: 'after' }],
    [{ type: 'afterRecordUpdated' }, { on: 'update' }],
    [{ type: 'afterRecordSaved' }, { on: 'save', place: { line: 4, column: 10 } }],
    [
      { type: 'scheduled', scheduling: '0 9 * * 1', targetReportId: 'r1' },
      {
        on: 'schedule',
        phase: 'async',
        schedule: { timing: { kind: 'cron', text: '0 9 * * 1' } },
        list: { name: 'r1' },
      },
    ],
    [{ type: 'sequential' }, { on: 'call' }],
    [
      { type: 'signal', signalName: '@won' },
      { on: 'event', event: { name: '@won' } },
    ],
    [{ type: 'manual' }, { on: 'manual' }],
  ])('%j', (more, expected) => {
    expect(only(entity(more)).triggers).toMatchObject([expected]);
  });

  test('several in one answer of the API', () => {
    const list = `{"total": 2, "list": [${entity({})}, ${chart([])}, {"id": 1}]}`;
    expect(read(list).workflows.map(({ id }) => id)).toEqual(['w1', 'f1']);
  });
});

describe('conditions', () => {
  const condition = (one: object): unknown =>
    shown(only(entity({ conditionsAll: [{ fieldToCompare: 'f', ...one }] })).triggers[0]?.when?.condition);

  test.each<[one: object, expected: unknown]>([
    [{ comparison: 'equals', subjectType: 'value', value: 'Won' }, 'f eq "Won"'],
    [{ comparison: 'notEquals', value: 3 }, 'f ne 3'],
    [{ comparison: 'wasEqual', subjectType: 'value', value: 'Won' }, 'f was "Won"'],
    [{ comparison: 'wasNotEqual', subjectType: 'value', value: 'Won' }, { not: 'f was "Won"' }],
    [{ comparison: 'isEmpty' }, 'f empty'],
    [{ comparison: 'notEmpty' }, 'f notEmpty'],
    [{ comparison: 'changed' }, 'f changed'],
    [{ comparison: 'notChanged' }, 'f notChanged'],
    [{ comparison: 'true' }, 'f eq true'],
    [{ comparison: 'false' }, 'f eq false'],
    [{ comparison: 'has', value: 'a' }, 'f includes ["a"]'],
    [{ comparison: 'greaterThan', subjectType: 'field', field: 'amount' }, 'f gt "{amount}"'],
    [{ comparison: 'before', subjectType: 'today', shiftDays: 7 }, 'f lt "today 7 day"'],
    [{ comparison: 'on', subjectType: 'today' }, 'f eq "today"'],
    [{ comparison: 'equals', value: ['a'] }, '?f equals <f>'],
    [{ comparison: 'equals', subjectType: 'currentUser' }, '?f equals <f>'],
    [{ comparison: 'newer', value: 'a' }, '?f newer <f>'],
    [{ comparison: 'equals', fieldToCompare: 'account.type', value: 'a' }, 'account.type eq "a"'],
    [{ comparison: 'equals', fieldToCompare: null }, '?equals'],
  ])('%j', (one, expected) => {
    expect(condition(one)).toEqual(expected);
  });

  const formula = (conditionsFormula: string): unknown =>
    shown(only(entity({ conditionsFormula })).triggers[0]?.when?.condition);

  test.each<[text: string, expected: unknown]>([
    ["status == 'Won'", 'status eq "Won"'],
    ["'Won' != status", 'status ne "Won"'],
    ['10 < amount', 'amount gt 10'],
    ['a == null || b != ""', { any: ['a empty', 'b notEmpty'] }],
    ["entity\\isAttributeChanged('status') && !(a == 1)", { all: ['status changed', { not: 'a eq 1' }] }],
    ["entity\\attributeFetched('status') == 'New'", 'prior.status eq "New"'],
    ["env\\userAttribute('id') == assignedUserId", 'user.id eq "{assignedUserId}"'],
    ['closeDate < datetime\\today()', 'closeDate lt "today"'],
    ["string\\contains(name, 'x')", 'name contains "x"'],
    ["string\\contains('x', name)", "?string\\contains('x', name) <name>"],
    ['vip', '?vip <vip>'],
    ['true', true],
    ["datetime\\diff(a, b, 'days') > 3", "?datetime\\diff(a, b, 'days') > 3 <a b>"],
    ['$x = 1; a == $x', '?$x = 1; a == $x <a>'],
    ['(a == 1', '?(a == 1'],
  ])('%s', (text, expected) => {
    expect(formula(text)).toEqual(expected);
  });

  test('a formula that breaks tells where', () => {
    const when = only(entity({ conditionsFormula: '(a == "x"' })).triggers[0]?.when;
    expect(when?.formula?.faults).toMatchObject([{ kind: 'syntax', place: { line: 8, column: 24 } }]);
  });

  test('all, any and the formula have to hold at once', () => {
    const workflow = only(
      entity({
        conditionsAll: [{ comparison: 'isEmpty', fieldToCompare: 'a' }],
        conditionsAny: [
          { comparison: 'isEmpty', fieldToCompare: 'b' },
          { comparison: 'isEmpty', fieldToCompare: 'c' },
        ],
        conditionsFormula: 'd == 1',
      }),
    );
    const when = workflow.triggers[0]?.when;
    expect(shown(when?.condition)).toEqual({ all: ['a empty', { any: ['b empty', 'c empty'] }, 'd eq 1'] });
    expect(when?.tests).toHaveLength(4);
    expect(when?.formula).toMatchObject({ language: 'espocrm', place: { line: 24, column: 24 } });
  });
});

describe('actions', () => {
  const stepOf = (action: object): Step => {
    const [step] = only(entity({ actions: [action] })).steps;
    if (!step) throw new Error('no step');
    return step;
  };

  test.each<[action: object, expected: object]>([
    [
      { type: 'sendEmail', to: 'targetEntity', emailTemplateId: 't1' },
      { kind: 'mail', template: { name: 't1' }, to: [{ kind: 'path' }] },
    ],
    [
      { type: 'createEntity', link: 'Task', fields: { name: { subjectType: 'value', attributes: { name: 'call' } } } },
      { kind: 'create', object: { name: 'Task' }, set: [{ field: { name: 'name' }, value: { value: 'call' } }] },
    ],
    [
      { type: 'createRelatedEntity', link: 'tasks', formula: 'name = 1' },
      { kind: 'create', more: true },
    ],
    [
      { type: 'updateEntity', fields: { a: { subjectType: 'field', field: 'b' } } },
      { kind: 'update', target: { kind: 'trigger' }, set: [{ value: { kind: 'path' } }] },
    ],
    [
      { type: 'updateRelatedEntity', link: 'account', fields: {} },
      { kind: 'update', target: { kind: 'path', path: { segments: ['account'] } }, many: true },
    ],
    [
      { type: 'applyAssignmentRule', assignmentRule: 'Round-Robin' },
      { kind: 'assign', to: { kind: 'opaque', text: 'Round-Robin' } },
    ],
    [
      { type: 'createNotification', recipient: 'specifiedUsers', userIds: ['u1'], messageTemplate: 'x {$name}' },
      { kind: 'notify', to: [{ kind: 'user', id: 'u1' }] },
    ],
    [
      { type: 'triggerWorkflow', workflowId: 'w2' },
      { kind: 'call', workflow: { name: 'w2' } },
    ],
    [
      { type: 'startBpmnProcess', flowchartId: 'f1' },
      { kind: 'call', workflow: { name: 'f1' } },
    ],
    [
      {
        type: 'sendRequest',
        requestUrl: 'https://example.com/{$id}',
        requestType: 'POST',
        headers: ['X-Key: 1'],
        content: '{}',
      },
      { kind: 'http', method: 'POST', headers: [{ field: { name: 'X-Key' }, value: { value: '1' } }] },
    ],
    [{ type: 'makeFollowed' }, { kind: 'custom', effect: 'outside' }],
    [{ type: 'runService' }, { kind: 'custom', effect: 'opaque' }],
    [{ type: 'newer' }, { kind: 'custom', effect: 'opaque' }],
    [{}, { kind: 'custom', effect: 'opaque' }],
  ])('%j', (action, expected) => {
    expect(stepOf(action)).toMatchObject(expected);
  });

  test.each<[action: object, expected: string[]]>([
    [{ to: 'specifiedEmailAddress', toEmail: 'a@example.com; b@example.com' }, ['a@example.com', 'b@example.com']],
    [{ to: 'specifiedUsers', toSpecifiedEntityIds: ['u1'] }, ['user:u1']],
    [{ to: 'specifiedTeams', toSpecifiedEntityIds: ['t1'] }, ['group:t1']],
    [{ to: 'link:assignedUser' }, ['{assignedUser}']],
    [{ to: 'link:createdBy' }, ['creator']],
    [{ to: 'followers' }, ['?followers']],
    [{ to: '' }, []],
  ])('who gets %j', (action, expected) => {
    const step = stepOf({ type: 'sendEmail', ...action });
    expect(step.kind === 'mail' && step.to.map(shownParty)).toEqual(expected);
  });

  test('values of fields, and placeholders', () => {
    const step = stepOf({
      type: 'updateEntity',
      fields: {
        a: { subjectType: 'today', shiftDays: -1 },
        b: { subjectType: 'today' },
        c: { attributes: { cId: 'x' } },
        d: { attributes: { d: ['x'] } },
        e: { attributes: {} },
        f: 1,
      },
    });
    expect(step.kind === 'update' && step.set.map(({ value }) => shownValue(value))).toEqual([
      'today -1 day',
      'today',
      'x',
      ['x'],
      '?',
      '?',
    ]);
    const request = stepOf({ type: 'sendRequest', requestUrl: 'https://x/{$id}?{$$v}' });
    expect(request.kind === 'http' && shownValue(request.url)).toBe('https://x/{id}?{v}');
  });

  test('what a script sets is seen', () => {
    const step = stepOf({ type: 'executeFormula', formula: "status = account.type;\nentity\\setAttribute('b', 1);" });
    if (step.kind !== 'code') throw new Error(step.kind);
    expect([step.complete, step.writes.map(({ field }) => field.name), step.reads.map(({ text }) => text)]).toEqual([
      false,
      ['status', 'b'],
      ['account.type'],
    ]);
  });

  test('they run one after the other; a newer kind is noted', () => {
    const workflow = only(entity({ actions: [{ type: 'newer', cid: 'c0' }, { type: 'makeFollowed' }] }));
    expect(workflow.steps.map(({ id, next }) => [id, next?.to])).toEqual([
      ['c0', '2'],
      ['2', undefined],
    ]);
    expect(workflow.unknown.map(({ name }) => name)).toEqual(['newer']);
  });
});

describe('a flowchart', () => {
  const flow = (id: string, startId: string, endId: string): object => ({ type: 'flow', id, startId, endId });

  test('its starts are triggers', () => {
    const workflow = only(
      chart([
        { type: 'eventStart', id: 's1' },
        {
          type: 'eventStartConditional',
          id: 's2',
          triggerType: 'afterRecordCreated',
          conditionsAll: [{ comparison: 'isEmpty', fieldToCompare: 'a' }],
        },
        { type: 'eventStartTimer', id: 's3', scheduling: '0 9 * * *', targetReportId: 'r' },
        { type: 'eventStartSignal', id: 's4', signal: 'go' },
        { type: 'eventEnd', id: 'e' },
        ...['s1', 's2', 's3', 's4'].map((id) => flow(`f-${id}`, id, 'e')),
      ]),
    );
    expect(workflow.triggers).toMatchObject([
      { id: 's1', on: 'manual', to: { to: 'e' } },
      { id: 's2', on: 'create', to: { to: 'e' } },
      { id: 's3', on: 'schedule', list: { name: 'r' } },
      { id: 's4', on: 'event', event: { name: 'go' } },
    ]);
    expect(shown(workflow.triggers[1]?.when?.condition)).toBe('a empty');
    expect(workflow).toMatchObject({ kind: 'record', object: { name: 'Quote' }, steps: [{ id: 'e', kind: 'stop' }] });
  });

  test('tasks are their actions, one after the other', () => {
    const workflow = only(
      chart([
        { type: 'eventStart', id: 's' },
        {
          type: 'task',
          id: 't',
          text: '通知',
          actionList: [{ type: 'makeFollowed' }, { type: 'sendEmail', to: 'followers' }],
        },
        { type: 'task', id: 'empty', actionList: [] },
        { type: 'eventEnd', id: 'e' },
        flow('1', 's', 't'),
        flow('2', 't', 'empty'),
        flow('3', 'empty', 'e'),
      ]),
    );
    expect(workflow.steps.map(({ id, kind, label, next }) => [id, kind, label, next?.to])).toEqual([
      ['t', 'custom', '通知', 't.2'],
      ['t.2', 'mail', undefined, 'empty'],
      ['empty', 'custom', undefined, 'e'],
      ['e', 'stop', undefined, undefined],
    ]);
  });

  const step = (node: object, ...flows: object[]): Step => {
    const found = only(chart([{ id: 'n', ...node }, ...flows])).steps.find(({ id }) => id === 'n');
    if (!found) throw new Error('no step');
    return found;
  };

  test('gateways', () => {
    const condition = { conditionsAll: [{ comparison: 'isEmpty', fieldToCompare: 'a' }] };
    const exclusive = step(
      { type: 'gatewayExclusive', flowList: [{ id: '1', ...condition }, { id: 'gone' }], defaultFlowId: '2' },
      flow('1', 'n', 'x'),
      flow('2', 'n', 'y'),
      flow('3', 'n', 'z'),
    );
    if (exclusive.kind !== 'decision') throw new Error(exclusive.kind);
    expect(exclusive.branches.map(({ when, edge }) => [shown(when.condition), edge.to])).toEqual([
      ['a empty', 'x'],
      ['?', 'z'],
    ]);
    expect([exclusive.takes, exclusive.otherwise?.to, exclusive.next]).toEqual(['first', 'y', undefined]);
    expect(step({ type: 'gatewayInclusive', flowList: [] }, flow('1', 'n', 'x'), flow('2', 'n', 'y'))).toMatchObject({
      takes: 'all',
    });
    expect(step({ type: 'gatewayExclusive' }, flow('1', 'n', 'x'))).toMatchObject({
      kind: 'join',
      takes: 'any',
      next: { to: 'x' },
    });
    expect(step({ type: 'gatewayParallel' }, flow('1', 'n', 'x'), flow('2', 'n', 'y'))).toMatchObject({
      kind: 'split',
      ways: [{ to: 'x' }, { to: 'y' }],
    });
    expect(step({ type: 'gatewayParallel' }, flow('1', 'n', 'x'))).toMatchObject({ kind: 'join', takes: 'all' });
    expect(step({ type: 'gatewayEventBased' }, flow('1', 'n', 'x'), flow('2', 'n', 'y'))).toMatchObject({
      kind: 'wait',
      events: [{ edge: { to: 'x' } }, {}],
    });
  });

  test.each<[node: object, expected: object]>([
    [
      { type: 'taskSendMessage', to: 'targetEntity', emailTemplateId: 't' },
      { kind: 'mail', template: { name: 't' } },
    ],
    [
      { type: 'taskUser', actionType: 'Approve', assignmentType: 'specifiedUser', targetUserId: 'u1' },
      { kind: 'approval', approvers: [{ kind: 'user', id: 'u1' }] },
    ],
    [
      { type: 'taskUser', actionType: 'Approve', assignmentType: '' },
      { kind: 'approval', approvers: [] },
    ],
    [
      { type: 'taskUser', actionType: 'Review', assignmentType: 'rule:Round-Robin', targetTeamId: 't1' },
      { kind: 'task', to: [{ kind: 'group', id: 't1' }] },
    ],
    [
      { type: 'taskScript', formula: 'a = 1' },
      { kind: 'code', language: 'espocrm' },
    ],
    [
      { type: 'callActivity', flowchartId: 'f2' },
      { kind: 'call', workflow: { name: 'f2' } },
    ],
    [
      {
        type: 'eventIntermediateTimerCatch',
        timerBase: 'moment',
        timerShiftOperator: 'plus',
        timerShift: 3,
        timerShiftUnits: 'days',
      },
      { kind: 'wait', until: { kind: 'duration', duration: { amount: 3, unit: 'day' } } },
    ],
    [
      {
        type: 'eventIntermediateTimerCatch',
        timerBase: 'field:dateDue',
        timerShiftOperator: 'minus',
        timerShift: 1,
        timerShiftUnits: 'hours',
      },
      { until: { kind: 'date', offset: { amount: -1, unit: 'hour' } } },
    ],
    [{ type: 'eventIntermediateTimerCatch', timerBase: 'formula' }, { until: { kind: 'opaque' } }],
    [{ type: 'eventIntermediateConditionalCatch', conditionsFormula: 'a == 1' }, { until: { kind: 'condition' } }],
    [{ type: 'eventIntermediateSignalCatch', signal: 'go' }, { until: { kind: 'signal', signal: { name: 'go' } } }],
    [
      { type: 'eventIntermediateSignalThrow', signal: 'go' },
      { kind: 'signal', signal: { name: 'go' } },
    ],
    [{ type: 'eventEndError' }, { kind: 'fail' }],
    [{ type: 'taskTeleport' }, { kind: 'custom', effect: 'opaque' }],
  ])('%j', (node, expected) => {
    expect(step(node)).toMatchObject(expected);
  });

  test('several arrows out of a task are followed at once', () => {
    const workflow = only(chart([{ type: 'taskScript', id: 'n' }, flow('1', 'n', 'x'), flow('2', 'n', 'y')]));
    expect(workflow.steps.map(({ id, kind, next }) => [id, kind, next?.to])).toEqual([
      ['n (all)', 'split', undefined],
      ['n', 'code', 'n (all)'],
    ]);
  });

  test('sub-processes and events at the edge', () => {
    const workflow = only(
      chart([
        { type: 'eventStart', id: 's' },
        {
          type: 'subProcess',
          id: 'sub',
          dataList: [{ type: 'eventStart', id: 'in' }, { type: 'eventEnd', id: 'out' }, flow('9', 'in', 'out')],
        },
        { type: 'eventSubProcess', id: 'ev', dataList: [{ type: 'eventStartSignalEventSubProcess', id: 'ev1' }] },
        { type: 'eventIntermediateErrorBoundary', id: 'err', attachedToId: 'sub' },
        { type: 'eventEnd', id: 'e' },
        flow('1', 's', 'sub'),
        flow('2', 'sub', 'e'),
        flow('3', 'err', 'e'),
      ]),
    );
    expect(workflow.steps).toMatchObject([
      { id: 'in', inside: ['sub'], next: { to: 'out' } },
      { id: 'out', inside: ['sub'] },
      {
        id: 'sub',
        kind: 'custom',
        ways: [{ to: 'in' }],
        next: { to: 'e' },
        onError: { to: 'err' },
        mayHandleErrors: true,
      },
      { id: 'ev1', inside: ['ev'] },
      { id: 'err', next: { to: 'e' } },
      { id: 'e' },
    ]);
    expect(workflow.triggers.map(({ id, to }) => [id, to?.to])).toEqual([
      ['s', 'sub'],
      ['ev1', 'ev1'],
      ['err', 'err'],
    ]);
  });
});

describe('what is none of EspoCRM', () => {
  test.each(['{"entityType": "X", "actions": []}', '{"targetType": "X", "data": {}, "list": 1}', '[]', ''])(
    '%s',
    (text) => {
      expect(espocrm.recognises({ file: 'a.json', text })).toBe(false);
    },
  );

  test('a broken file is told where it breaks', () => {
    expect(readBy(espocrm, { 'a.json': entity({}).slice(0, -2) }).problems).toMatchObject([{ rule: 'parse-syntax' }]);
  });
});

test('no value of a wrong kind is too much', () => {
  const workflow = entity({
    type: 'scheduled',
    scheduling: '* * * * *',
    targetReportId: 'r',
    conditionsAll: [{ comparison: 'equals', fieldToCompare: 'a', subjectType: 'today', shiftDays: 1 }],
    conditionsFormula: 'a == 1',
    actions: [
      { type: 'sendEmail', cid: 'c', to: 'specifiedUsers', toSpecifiedEntityIds: ['u'], emailTemplateId: 't' },
      { type: 'updateEntity', fields: { a: { subjectType: 'value', attributes: { a: 1 } } }, formula: 'x' },
    ],
  });
  const flowchart = chart([
    {
      type: 'eventStartConditional',
      id: 's',
      triggerType: 'afterRecordSaved',
      conditionsAny: [{ comparison: 'changed', fieldToCompare: 'a' }],
    },
    { type: 'gatewayExclusive', id: 'g', flowList: [{ id: '2' }], defaultFlowId: '3' },
    { type: 'task', id: 't', actionList: [{ type: 'makeFollowed' }] },
    { type: 'subProcess', id: 'p', dataList: [{ type: 'eventStart', id: 'i' }] },
    { type: 'flow', id: '1', startId: 's', endId: 'g' },
    { type: 'flow', id: '2', startId: 'g', endId: 't' },
    { type: 'flow', id: '3', startId: 'g', endId: 'p' },
  ]);
  for (const text of [workflow, flowchart]) {
    for (const changed of mutated(text)) {
      const files = { 'a.json': changed };
      const project = readBy(espocrm, files);
      expect(project.problems).toEqual([]);
      expect(strayPlaces(project, files)).toEqual([]);
    }
  }
});
