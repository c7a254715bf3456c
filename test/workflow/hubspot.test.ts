import { describe, expect, test } from '@jest/globals';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { hubspot } from '../../src/workflow/hubspot.importer.ts';
import { mutated, readBy, shown, shownValue, strayPlaces } from './imported.ts';

const flow = (more: object): string =>
  JSON.stringify(
    {
      id: '585',
      name: 'n',
      isEnabled: true,
      flowType: 'WORKFLOW',
      objectTypeId: '0-1',
      startActionId: '1',
      actions: [],
      ...more,
    },
    undefined,
    1,
  );

const only = (text: string): Workflow => {
  const files = { 'flow.json': text };
  const project = readBy(hubspot, files);
  expect(project.problems).toEqual([]);
  expect(strayPlaces(project, files)).toEqual([]);
  const [workflow] = project.workflows;
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

const property = (name: string, operation: object): object => ({ filterType: 'PROPERTY', property: name, operation });
const and = (...filters: object[]): object => ({ filterBranchType: 'AND', filterBranches: [], filters });
const or = (...filterBranches: object[]): object => ({ filterBranchType: 'OR', filterBranches, filters: [] });
const anyOf = (...values: string[]): object => ({ operationType: 'ENUMERATION', operator: 'IS_ANY_OF', values });
const listBased = (branch: object, more: object = {}): object => ({
  enrollmentCriteria: { type: 'LIST_BASED', shouldReEnroll: false, listFilterBranch: branch, ...more },
});

const enrolled = (branch: object): unknown => shown(only(flow(listBased(branch))).triggers[0]?.when?.condition);

describe('filters', () => {
  const known = { operator: 'IS_KNOWN', operationType: 'ALL_PROPERTY' };
  const today = { timeType: 'INDEXED', indexReference: { referenceType: 'TODAY' } };
  test.each<[what: string, filter: object, expected: unknown]>([
    ['one choice', property('lifecyclestage', anyOf('lead')), 'lifecyclestage in ["lead"]'],
    ['a choice that may be several', property('topics', anyOf('a', 'b')), 'topics includes ["a","b"]'],
    ['none of', property('topics', { ...anyOf('a'), operator: 'IS_NONE_OF' }), 'topics excludes ["a"]'],
    ['all of', property('topics', { ...anyOf('a'), operator: 'CONTAINS_ALL' }), 'topics includesAll ["a"]'],
    [
      'was once',
      property('topics', { ...anyOf('a'), operator: 'HAS_EVER_BEEN_ANY_OF' }),
      '?topics HAS_EVER_BEEN_ANY_OF <topics>',
    ],
    ['is known', property('phone', known), 'phone notEmpty'],
    ['is unknown', property('phone', { ...known, operator: 'IS_UNKNOWN' }), 'phone empty'],
    ['text', property('city', { operationType: 'STRING', operator: 'IS_EQUAL_TO', value: '東京' }), 'city eq "東京"'],
    [
      'any of several texts',
      property('city', { operationType: 'MULTISTRING', operator: 'CONTAINS', values: ['a', 'b'] }),
      { any: ['city contains "a"', 'city contains "b"'] },
    ],
    [
      'none of several texts',
      property('city', { operationType: 'MULTISTRING', operator: 'IS_NOT_EQUAL_TO', values: ['a', 'b'] }),
      { all: ['city ne "a"', 'city ne "b"'] },
    ],
    [
      'number',
      property('amount', { operationType: 'NUMBER', operator: 'IS_GREATER_THAN_OR_EQUAL_TO', value: 10 }),
      'amount ge 10',
    ],
    [
      'or nothing',
      property('amount', {
        operationType: 'NUMBER',
        operator: 'IS_LESS_THAN',
        value: 10,
        includeObjectsWithNoValueSet: true,
      }),
      { any: ['amount lt 10', 'amount empty'] },
    ],
    ['yes or no', property('vip', { operationType: 'BOOL', operator: 'IS_EQUAL_TO', value: true }), 'vip eq true'],
    [
      'between',
      property('amount', { operationType: 'NUMBER_RANGED', operator: 'IS_BETWEEN', lowerBound: 1, upperBound: 5 }),
      'amount between [1,5]',
    ],
    [
      'before a day',
      property('closedate', {
        operationType: 'TIME_POINT',
        operator: 'IS_BEFORE',
        timePoint: { timeType: 'DATE', year: 2027, month: 3, day: 1, zoneId: 'Asia/Tokyo' },
      }),
      'closedate lt "2027-03-01"',
    ],
    [
      'after a relative day',
      property('closedate', {
        operationType: 'TIME_POINT',
        operator: 'IS_AFTER',
        endpointBehavior: 'INCLUSIVE',
        timePoint: { ...today, offset: { days: -7 } },
      }),
      'closedate ge "today -7 day"',
    ],
    [
      'a relative range',
      property('closedate', {
        operationType: 'TIME_RANGED',
        operator: 'IS_BETWEEN',
        lowerBoundTimePoint: today,
        upperBoundTimePoint: { ...today, offset: { days: 90 } },
      }),
      'closedate between ["today","today 90 day"]',
    ],
    [
      'relative to another property',
      property('closedate', {
        operationType: 'TIME_POINT',
        operator: 'IS_AFTER',
        timePoint: { timeType: 'PROPERTY_REFERENCED' },
      }),
      '?closedate IS_AFTER <closedate>',
    ],
    ['in a list', { filterType: 'IN_LIST', listId: '12', operator: 'NOT_IN_LIST' }, ' notInList "12"'],
    ['a form', { filterType: 'FORM_SUBMISSION', operator: 'FILLED_OUT' }, '?FORM_SUBMISSION'],
    ['never', { filterType: 'CONSTANT', shouldAccept: false }, false],
  ])('%s', (_, filter, expected) => {
    expect(enrolled(and(filter))).toEqual(expected);
  });

  test('branches', () => {
    const a = property('city', { operationType: 'STRING', operator: 'IS_EQUAL_TO', value: 'a' });
    expect(enrolled(or(and(a, a), and(a)))).toEqual({ any: [{ all: ['city eq "a"', 'city eq "a"'] }, 'city eq "a"'] });
    expect(enrolled({ ...and(a), filterBranchType: 'NOT_ALL' })).toEqual({ not: 'city eq "a"' });
    expect(enrolled({ ...and(a, a), filterBranchType: 'NOT_ANY' })).toEqual({
      not: { any: ['city eq "a"', 'city eq "a"'] },
    });
    expect(enrolled(or(and(a), { ...and(a), filterBranchType: 'ASSOCIATION' }))).toEqual({
      any: ['city eq "a"', '?ASSOCIATION'],
    });
    expect(enrolled(or(and()))).toBeUndefined();
  });
});

describe('enrolment', () => {
  const stage = and(property('dealstage', anyOf('won')));

  test('by criteria, once', () => {
    expect(only(flow(listBased(stage))).triggers).toMatchObject([
      { id: 'enrollment', on: 'save', phase: 'async', once: true, becomesTrue: true, to: { to: '1' } },
    ]);
  });

  test('again when a property changes', () => {
    const again = and(
      property('hs_name', { operationType: 'STRING', operator: 'IS_EQUAL_TO', value: 'dealstage' }),
      property('hs_value', anyOf('won')),
    );
    const { triggers } = only(
      flow(listBased(stage, { shouldReEnroll: true, reEnrollmentTriggersFilterBranches: [again] })),
    );
    expect(triggers).toMatchObject([{ once: false }, { on: 'update', watch: [{ name: 'dealstage' }] }]);
    expect(shown(triggers[1]?.when?.condition)).toEqual({ all: ['dealstage in ["won"]', 'dealstage in ["won"]'] });
  });

  test('lists that keep records out', () => {
    const { triggers } = only(flow({ ...listBased(stage), suppressionListIds: [7, 8] }));
    expect(shown(triggers[0]?.when?.condition)).toEqual({
      all: ['dealstage in ["won"]', ' notInList "7"', ' notInList "8"'],
    });
  });

  test('by events', () => {
    const changed = {
      ...and(
        property('hs_name', { operationType: 'STRING', operator: 'IS_EQUAL_TO', value: 'seats' }),
        property('hs_value', { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' }),
      ),
      filterBranchType: 'UNIFIED_EVENTS',
      eventTypeId: '4-655002',
    };
    const form = { ...and(), filterBranchType: 'UNIFIED_EVENTS', eventTypeId: '4-1639801' };
    const { triggers } = only(
      flow({
        enrollmentCriteria: {
          type: 'EVENT_BASED',
          shouldReEnroll: true,
          eventFilterBranches: [changed, form],
          listMembershipFilterBranches: [{ listId: '9' }],
          refinementCriteria: or(stage),
        },
      }),
    );
    expect(triggers).toMatchObject([
      { on: 'update', watch: [{ name: 'seats' }], once: false },
      { on: 'event', event: { name: '4-1639801' } },
      { on: 'event', list: { name: '9' } },
    ]);
    expect(shown(triggers[0]?.when?.condition)).toBe('dealstage in ["won"]');
  });

  test.each<[what: string, more: object, expected: object]>([
    ['by hand', { enrollmentCriteria: { type: 'MANUAL', shouldReEnroll: false } }, { on: 'manual' }],
    ['without criteria', {}, { on: 'manual' }],
    [
      'daily',
      { enrollmentSchedule: { type: 'DAILY', timeOfDay: { hour: 9, minute: 5 } } },
      { on: 'schedule', schedule: { timing: { kind: 'at', time: '09:05' } } },
    ],
    [
      'weekly',
      { enrollmentSchedule: { type: 'WEEKLY', daysOfWeek: ['MONDAY', 'FRIDAY'], timeOfDay: { hour: 18, minute: 0 } } },
      { schedule: { timing: { days: ['mon', 'fri'] } } },
    ],
    [
      'monthly',
      { enrollmentSchedule: { type: 'MONTHLY_SPECIFIC_DAYS', daysOfMonth: [31], timeOfDay: { hour: 1, minute: 0 } } },
      { schedule: { timing: { dayOfMonth: 31 } } },
    ],
    [
      'yearly',
      { enrollmentSchedule: { type: 'YEARLY', month: 'FEBRUARY', dayOfMonth: 30, timeOfDay: { hour: 1, minute: 0 } } },
      { schedule: { timing: { month: 2, dayOfMonth: 30 } } },
    ],
    [
      'by a date',
      {
        enrollmentSchedule: {
          type: 'PROPERTY_BASED',
          dateProperty: 'renewal',
          daysDelta: -30,
          timeOfDay: { hour: 9, minute: 0 },
        },
      },
      { on: 'date', date: { field: { name: 'renewal' }, offset: { amount: -30, unit: 'day' }, at: '09:00' } },
    ],
  ])('%s', (_, more, expected) => {
    expect(only(flow(more)).triggers).toMatchObject([expected]);
  });

  test('criteria of a newer kind are noted', () => {
    const workflow = only(flow({ enrollmentCriteria: { type: 'DATASET_BASED' } }));
    expect(workflow.unknown).toMatchObject([{ name: 'DATASET_BASED' }]);
    expect(workflow.triggers).toMatchObject([{ on: 'event' }]);
  });
});

const stepOf = (action: object): Step => {
  const [step] = only(
    flow({ actions: [{ actionId: '1', type: 'SINGLE_CONNECTION', actionTypeVersion: 0, ...action }] }),
  ).steps;
  if (!step) throw new Error('no step');
  return step;
};

describe('actions', () => {
  test('each leads to the next one', () => {
    const { steps } = only(
      flow({
        actions: [
          {
            actionId: '1',
            type: 'SINGLE_CONNECTION',
            actionTypeId: '0-1',
            connection: { edgeType: 'STANDARD', nextActionId: '2' },
            fields: {},
          },
          {
            actionId: '2',
            type: 'SINGLE_CONNECTION',
            actionTypeId: '0-1',
            connection: { edgeType: 'GO-TO', nextActionId: '1' },
            fields: {},
          },
          { actionId: '2', type: 'SINGLE_CONNECTION', actionTypeId: '0-1', fields: {} },
        ],
      }),
    );
    expect(steps.map(({ id, next }) => [id, next?.to, next?.jump])).toEqual([
      ['1', '2', undefined],
      ['2', '1', true],
      ['2 (2)', undefined, undefined],
    ]);
  });

  test.each<[what: string, action: object, expected: object]>([
    [
      'delay',
      { actionTypeId: '0-1', fields: { delta: '7200', time_unit: 'MINUTES' } },
      { kind: 'wait', until: { kind: 'duration', duration: { amount: 7200, unit: 'minute' } } },
    ],
    [
      'delay until Tuesday',
      { actionTypeId: '0-1', fields: { day: 'TUESDAY' } },
      { kind: 'wait', until: { kind: 'opaque' } },
    ],
    [
      'delay until a date',
      {
        actionTypeId: '0-35',
        fields: { date: { type: 'OBJECT_PROPERTY', propertyName: 'renewal' }, delta: '-5', time_unit: 'DAYS' },
      },
      {
        kind: 'wait',
        until: { kind: 'date', value: { path: { segments: ['renewal'] } }, offset: { amount: -5, unit: 'day' } },
      },
    ],
    [
      'wait for an event',
      { actionTypeId: '0-29', fields: { expiration_minutes: '60' } },
      { kind: 'wait', until: { kind: 'opaque' }, timeout: { amount: 60 } },
    ],
    [
      'task',
      {
        actionTypeId: '0-3',
        fields: { subject: 'call', owner_assignment: { value: { type: 'STATIC_VALUE', staticValue: '42' } } },
      },
      { kind: 'task', to: [{ kind: 'user', id: '42' }], set: [{ field: { name: 'subject' } }] },
    ],
    [
      'mail',
      { actionTypeId: '0-4', fields: { content_id: '99' } },
      { kind: 'mail', template: { name: '99' }, to: [{ kind: 'path' }] },
    ],
    [
      'mail to somebody',
      { actionTypeId: '0-23', fields: { email_content_id: '9', recipient_emails: ['a@example.com'] } },
      { kind: 'mail', to: [{ kind: 'address', address: 'a@example.com' }] },
    ],
    [
      'internal mail',
      {
        actionTypeId: '0-8',
        fields: { user_ids: ['1'], team_ids: ['2'], owner_properties: ['hubspot_owner_id'], subject: 's', body: 'b' },
      },
      { kind: 'mail', to: [{ kind: 'user' }, { kind: 'group' }, { kind: 'path' }], subject: { value: 's' } },
    ],
    [
      'notice',
      { actionTypeId: '0-9', fields: { user_ids: ['1'], subject: 's', body: 'b' } },
      { kind: 'notify', message: { value: 'b' } },
    ],
    [
      'property',
      {
        actionTypeId: '0-5',
        fields: {
          property_name: 'lifecyclestage',
          association: {},
          value: { type: 'STATIC_VALUE', staticValue: 'lead' },
        },
      },
      {
        kind: 'update',
        target: { kind: 'trigger' },
        set: [{ field: { name: 'lifecyclestage' }, value: { value: 'lead' } }],
      },
    ],
    [
      'property of another record',
      {
        actionTypeId: '0-5',
        fields: {
          property_name: 'x',
          association: { associationTypeId: 341 },
          value: { type: 'OBJECT_PROPERTY', propertyName: 'y' },
        },
      },
      { kind: 'update', target: { kind: 'path', path: { root: { kind: 'system' } } }, many: true },
    ],
    ['owner in turn', { actionTypeId: '0-11', fields: {} }, { kind: 'assign', to: { kind: 'opaque' } }],
    [
      'record',
      {
        actionTypeId: '0-14',
        fields: {
          object_type_id: '0-3',
          properties: [{ targetProperty: 'dealname', value: { type: 'STATIC_VALUE', staticValue: 'n' } }],
        },
      },
      { kind: 'create', object: { name: 'deal' }, set: [{ field: { name: 'dealname' } }] },
    ],
    ['another workflow', { actionTypeId: '0-15', fields: { flow_id: 12 } }, { kind: 'call', workflow: { name: '12' } }],
    [
      'list',
      { actionTypeId: '0-13', fields: { list_id: '1', operation: 'ADD' } },
      { kind: 'custom', effect: 'outside' },
    ],
    ['delete', { actionTypeId: '0-18224765', fields: {} }, { kind: 'delete', target: { kind: 'trigger' } }],
    ['an app', { actionTypeId: '1-179507819', fields: {} }, { kind: 'custom', effect: 'outside' }],
    ['newer', { actionTypeId: '0-777', fields: {} }, { kind: 'custom', effect: 'opaque', action: { name: '0-777' } }],
    [
      'code',
      {
        type: 'CUSTOM_CODE',
        runtime: 'PYTHON39',
        sourceCode: 'x',
        inputFields: [{ name: 'e', value: { propertyName: 'email' } }],
      },
      { kind: 'code', language: 'python', complete: false, reads: [{ segments: ['email'] }] },
    ],
    [
      'webhook',
      { type: 'WEBHOOK', method: 'POST', webhookUrl: 'https://example.com/x' },
      { kind: 'http', method: 'POST', url: { value: 'https://example.com/x' } },
    ],
  ])('%s', (_, action, expected) => {
    expect(stepOf(action)).toMatchObject(expected);
  });

  test('values of a property', () => {
    const valueIs = (value: unknown): unknown => {
      const step = stepOf({ actionTypeId: '0-5', fields: { property_name: 'x', value } });
      return step.kind === 'update' ? shownValue(step.set[0]?.value) : undefined;
    };
    expect(
      [
        { type: 'STATIC_VALUE', staticValue: 'for {{ enrolled_object.firstname }}!' },
        { type: 'STATIC_VALUE', staticValue: '{{ _0_2.name }}' },
        { staticValue: 'bare' },
        { type: 'OBJECT_PROPERTY', propertyName: 'email' },
        { type: 'FIELD_DATA', actionId: '3', dataKey: 'out' },
        { type: 'TIMESTAMP' },
        { type: 'RELATIVE_DATETIME', timeDelay: { delta: 3, timeUnit: 'DAYS' } },
        { type: 'INCREMENT', propertyName: 'n', incrementAmount: 1 },
        null,
      ].map(valueIs),
    ).toEqual([
      'for {firstname}!',
      '{_0_2.name}',
      'bare',
      '{email}',
      '{3.out}',
      'now',
      'now 3 day',
      '?INCREMENT <n>',
      null,
    ]);
  });

  test('what is missing, misnamed or newer', () => {
    const workflow = only(
      flow({
        actions: [
          { actionId: '1', type: 'SINGLE_CONNECTION', actionTypeId: '0-5', fields: { property: 'x', value: {} } },
          { actionId: '2', type: 'SINGLE_CONNECTION', actionTypeId: '0-4', fields: {} },
          { actionId: '3', type: 'SINGLE_CONNECTION', actionTypeId: '0-777', fields: {} },
        ],
      }),
    );
    expect(workflow.defects).toMatchObject([
      {
        rule: 'action-unknown-parameter',
        step: '1',
        what: 'property',
        allowed: ['property_name'],
        place: { line: 14 },
      },
      { rule: 'action-missing-parameter', step: '2', what: 'content_id', place: { line: 22 } },
    ]);
    expect(workflow.unknown).toMatchObject([{ name: '0-777' }]);
  });

  test('branches by filters', () => {
    const step = stepOf({
      type: 'LIST_BRANCH',
      listBranches: [
        {
          branchName: 'leads',
          filterBranch: or(and(property('lifecyclestage', anyOf('lead')))),
          connection: { edgeType: 'STANDARD', nextActionId: '6' },
        },
        { branchName: 'nobody', filterBranch: or(and(property('city', { operator: 'IS_UNKNOWN' }))) },
      ],
      defaultBranch: { edgeType: 'STANDARD', nextActionId: '7' },
    });
    if (step.kind !== 'decision') throw new Error(step.kind);
    expect(step.branches.map(({ name, when, edge }) => [name, shown(when.condition), edge.to])).toEqual([
      ['leads', 'lifecyclestage in ["lead"]', '6'],
      ['nobody', 'city empty', undefined],
    ]);
    expect([step.takes, step.otherwise?.to, step.hasDefault]).toEqual(['first', '7', true]);
  });

  test('branches by a value, and by chance', () => {
    const step = stepOf({
      type: 'STATIC_BRANCH',
      inputValue: { type: 'FIELD_DATA', actionId: '9', dataKey: 'hs_event_criteria_met' },
      staticBranches: [{ branchValue: 'true', connection: { nextActionId: '4' } }],
    });
    if (step.kind !== 'decision') throw new Error(step.kind);
    expect(shown(step.branches[0]?.when.condition)).toBe('9.hs_event_criteria_met eq "true"');
    expect(step.otherwise).toMatchObject({ place: { line: 10 } });
    const chance = stepOf({
      type: 'AB_TEST_BRANCH',
      testBranches: [{ connection: { nextActionId: '4' } }, { connection: { nextActionId: '5' } }],
    });
    expect(chance.kind === 'decision' && chance.branches.map(({ edge }) => edge.to)).toEqual(['4', '5']);
  });
});

describe('the flow itself', () => {
  test('its name, state and object', () => {
    expect(only(flow({ isEnabled: false, objectTypeId: '2-77', description: 'd' }))).toMatchObject({
      id: '585',
      label: { ja: 'n' },
      format: 'HS',
      status: 'inactive',
      statusPlace: { line: 4, column: 15 },
      object: { name: '2-77' },
      description: 'd',
      place: { line: 3, column: 10, pointer: '/name' },
      runAs: { kind: 'system' },
    });
  });

  test('several flows in one file', () => {
    const list = `{"results": [${flow({})}, ${flow({})}, {"no": "flow"}]}`;
    expect(readBy(hubspot, { 'a.json': list }).workflows.map(({ id }) => id)).toEqual(['585', '585 (2)']);
    expect(readBy(hubspot, { 'a.json': `[${flow({ id: 1 })}]` }).workflows.map(({ id }) => id)).toEqual(['1']);
  });

  test('a description may switch rules off', () => {
    const text = flow({ description: 'x\ncrm-doctor-disable-next-line mail-recipient-hardcoded -- agreed' });
    expect(readBy(hubspot, { 'a.json': text }).suppressions).toMatchObject([
      { rules: ['mail-recipient-hardcoded'], reason: 'agreed', covers: { from: 1, to: 10 } },
    ]);
  });

  test.each(['{"actions": [], "isEnabled": true}', '{"results": []}', '[1]', '', 'actions isEnabled'])(
    '%s is none',
    (text) => {
      expect(hubspot.recognises({ file: 'a.json', text })).toBe(false);
    },
  );
});

test('no value of a wrong kind is too much', () => {
  const whole = flow({
    ...listBased(or(and(property('city', { operationType: 'STRING', operator: 'IS_EQUAL_TO', value: 'a' }))), {
      reEnrollmentTriggersFilterBranches: [and(property('hs_name', { operator: 'IS_EQUAL_TO', value: 'x' }))],
      shouldReEnroll: true,
    }),
    suppressionListIds: [1],
    actions: [
      {
        actionId: '1',
        type: 'SINGLE_CONNECTION',
        actionTypeId: '0-5',
        connection: { nextActionId: '2' },
        fields: { property_name: 'x', value: { type: 'RELATIVE_DATETIME', timeDelay: { delta: 1, timeUnit: 'DAYS' } } },
      },
      {
        actionId: '2',
        type: 'LIST_BRANCH',
        listBranches: [{ filterBranch: and(property('x', anyOf('y'))), connection: { nextActionId: '3' } }],
        defaultBranch: { nextActionId: '3' },
      },
      {
        actionId: '3',
        type: 'SINGLE_CONNECTION',
        actionTypeId: '0-8',
        fields: { user_ids: ['1'], subject: '{{ enrolled_object.a }}', body: 'b' },
      },
    ],
  });
  for (const changed of mutated(whole)) {
    const files = { 'flow.json': changed };
    const project = readBy(hubspot, files);
    expect(project.problems).toEqual([]);
    expect(strayPlaces(project, files)).toEqual([]);
  }
});
