import { expect, test } from '@jest/globals';
import { graphOf } from '../../../src/reason/workflow/graph.ts';
import { writtenCondition, writtenValue } from '../../../src/reason/workflow/written.ts';
import { flow, metadata, readAll, readOne, step, stepOf } from './read.ts';

const connector = (to: string, tag = 'connector'): string =>
  `<${tag}><targetReference>${to}</targetReference></${tag}>`;
const value = (inner: string): string => `<value>${inner}</value>`;
const text = (words: string): string => `<stringValue>${words}</stringValue>`;
const reference = (name: string): string => `<elementReference>${name}</elementReference>`;
const element = (tag: string, name: string, inner = ''): string =>
  `<${tag}><name>${name}</name><label>${name}</label><locationX>1</locationX><locationY>1</locationY>${inner}</${tag}>`;
const filter = (field: string, operator: string, right: string): string =>
  `<filters><field>${field}</field><operator>${operator}</operator>${value(right)}</filters>`;

const starts = (processType: string, start: string): string =>
  metadata('Flow', `<processType>${processType}</processType><start>${start}</start>`);

test.each([
  ['a screen', starts('Flow', ''), 'screen', ['manual'], 'user', true],
  ['a called one', starts('AutoLaunchedFlow', ''), 'called', ['call'], 'user', true],
  [
    'after a save',
    starts(
      'AutoLaunchedFlow',
      '<object>Case</object><recordTriggerType>CreateAndUpdate</recordTriggerType><triggerType>RecordAfterSave</triggerType>',
    ),
    'record',
    ['save'],
    'system',
    false,
  ],
  [
    'before a save',
    starts(
      'AutoLaunchedFlow',
      '<object>Case</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordBeforeSave</triggerType>',
    ),
    'record',
    ['create'],
    'system',
    false,
  ],
  [
    'before a deletion',
    starts(
      'AutoLaunchedFlow',
      '<object>Case</object><recordTriggerType>Delete</recordTriggerType><triggerType>RecordBeforeDelete</triggerType>',
    ),
    'record',
    ['delete'],
    'system',
    false,
  ],
  [
    'an event',
    starts('AutoLaunchedFlow', '<object>Done__e</object><triggerType>PlatformEvent</triggerType>'),
    'event',
    ['event'],
    'system',
    false,
  ],
  [
    'a clock',
    starts(
      'AutoLaunchedFlow',
      '<schedule><frequency>Daily</frequency><startDate>2026-01-01</startDate><startTime>09:30:00.000Z</startTime></schedule><triggerType>Scheduled</triggerType>',
    ),
    'scheduled',
    ['schedule'],
    'system',
    false,
  ],
  [
    'an orchestration',
    starts(
      'Orchestrator',
      '<object>Case</object><recordTriggerType>Update</recordTriggerType><triggerType>RecordAfterSave</triggerType>',
    ),
    'record',
    ['update'],
    'system',
    false,
  ],
  [
    'the older layout',
    metadata('Flow', '<processType>AutoLaunchedFlow</processType><startElementReference>One</startElementReference>'),
    'called',
    ['call'],
    'user',
    true,
  ],
])('a flow is started by %s', (_, file, kind, on, runAs, choosable) => {
  const workflow = readOne(file);
  expect([
    workflow.kind,
    workflow.triggers.map((each) => each.on),
    workflow.runAs.kind,
    workflow.runAsChoosable,
  ]).toEqual([kind, on, runAs, choosable]);
  expect(workflow.defects).toEqual([]);
});

test('a process of the retired builder runs on the record behind its variables', () => {
  const setting = (name: string, said: string): string =>
    `<processMetadataValues><name>${name}</name><value><stringValue>${said}</stringValue></value></processMetadataValues>`;
  const workflow = readOne(
    metadata(
      'Flow',
      `<processType>Workflow</processType>${setting('ObjectType', 'Case')}${setting('TriggerType', 'onCreateOnly')}
<startElementReference>One</startElementReference>
${element('recordUpdates', 'One', `<object>Case</object>${filter('Id', 'EqualTo', reference('myVariable_current.Id'))}<inputAssignments><field>Status</field>${value(text('New'))}</inputAssignments>`)}
<variables><name>myVariable_current</name><dataType>SObject</dataType><isCollection>false</isCollection><isInput>true</isInput><isOutput>true</isOutput><objectType>Case</objectType></variables>`,
    ),
  );
  expect([workflow.kind, workflow.object?.name, workflow.triggers[0]?.on]).toEqual(['record', 'Case', 'create']);
  expect(stepOf(workflow, 'One', 'update').target).toEqual({ kind: 'trigger' });
  expect(workflow.variables).toEqual([]);
  expect(workflow.defects.map(({ rule }) => rule)).toEqual(['maint-legacy']);
});

test('a start without anything is no trigger at all', () => {
  expect(readOne(metadata('Flow', '<processType>Flow</processType>')).defects.map(({ rule }) => rule)).toEqual([
    'trigger-missing',
  ]);
});

test('scheduled and asynchronous paths are ways in, with their delay', () => {
  const workflow = readOne(
    flow(
      element('recordDeletes', 'One', '<inputReference>$Record</inputReference>') +
        element('recordDeletes', 'Two', '<inputReference>$Record</inputReference>'),
      `<scheduledPaths><name>Later</name>${connector('Two')}<offsetNumber>-3</offsetNumber><offsetUnit>Days</offsetUnit><recordField>Due__c</recordField><timeSource>RecordField</timeSource></scheduledPaths>
       <scheduledPaths>${connector('Two')}<pathType>AsyncAfterCommit</pathType></scheduledPaths>`,
    ),
  );
  expect(workflow.triggers.map(({ id, phase, date }) => [id, phase, date?.field?.name, date?.offset])).toEqual([
    ['start', 'after', undefined, undefined],
    ['Later', 'async', 'Due__c', { amount: -3, unit: 'day' }],
    ['async', 'async', undefined, undefined],
  ]);
  expect(graphOf(workflow).reachable.size).toBe(2);
});

test.each([
  ['Once', { kind: 'once', at: '2026-01-05T09:30:00.000' }],
  ['Weekly', { kind: 'at', time: '09:30', days: ['mon'] }],
])('a schedule is %s', (frequency, timing) => {
  const workflow = readOne(
    starts(
      'AutoLaunchedFlow',
      `<schedule><frequency>${frequency}</frequency><startDate>2026-01-05</startDate><startTime>09:30:00.000Z</startTime></schedule><triggerType>Scheduled</triggerType>`,
    ),
  );
  const schedule = workflow.triggers[0]?.schedule;
  expect(schedule?.timing).toMatchObject(timing);
  expect(schedule?.zoneIgnored?.line).toBe(3);
});

test.each<[string, string, string, string]>([
  ['and', '', 'all', 'Status = New and Amount__c > 5'],
  ['or', '<filterLogic>or</filterLogic>', 'any', 'Status = New or Amount__c > 5'],
  ['numbers', '<filterLogic>1 OR NOT 2</filterLogic>', 'any', 'Status = New or not (Amount__c > 5)'],
  ['a number that is missing', '<filterLogic>1 AND 3</filterLogic>', 'opaque', '1 AND 3'],
])('entry conditions are joined by %s', (_, logic, kind, written) => {
  const filters =
    filter('Status', 'EqualTo', text('New')) + filter('Amount__c', 'GreaterThan', '<numberValue>5.0</numberValue>');
  const when = readOne(flow('', logic + filters)).triggers[0]?.when;
  expect([when?.condition.kind, when && writtenCondition(when.condition), when?.tests.length]).toEqual([
    kind,
    written,
    2,
  ]);
});

test.each([
  ['IsNull', '<booleanValue>true</booleanValue>', 'empty'],
  ['IsNull', '<booleanValue>false</booleanValue>', 'notEmpty'],
  ['IsChanged', '<booleanValue>true</booleanValue>', 'changed'],
  ['IsChanged', '<booleanValue>false</booleanValue>', 'notChanged'],
  ['NotEqualTo', text('x'), 'ne'],
  ['In', reference('list'), 'in'],
])('%s with %s is %s', (operator, right, op) => {
  expect(readOne(flow('', filter('Status', operator, right))).triggers[0]?.when?.condition).toMatchObject({
    kind: 'test',
    op,
  });
});

test('an operator that does not exist is named, and its test is open', () => {
  const workflow = readOne(flow('', filter('Status', 'Equals', text('x'))));
  expect(workflow.defects).toMatchObject([{ rule: 'cond-operator-invalid', found: 'Equals' }]);
  expect(workflow.triggers[0]?.when?.condition.kind).toBe('opaque');
});

test('decisions take the first outcome that holds, else the default', () => {
  const condition = (left: string, operator: string, right: string): string =>
    `<conditions><leftValueReference>${left}</leftValueReference><operator>${operator}</operator><rightValue>${right}</rightValue></conditions>`;
  const workflow = readOne(
    flow(
      element(
        'decisions',
        'One',
        `${connector('Two', 'defaultConnector')}<defaultConnectorLabel>Else</defaultConnectorLabel>
<rules><name>Yes</name><conditionLogic>and</conditionLogic>${condition('$Record.Status', 'EqualTo', text('New'))}${condition('$Record__Prior.Status', 'EqualTo', text('Old'))}${connector('Two')}<label>Is new</label></rules>
<rules><name>No</name><conditionLogic>and</conditionLogic>${condition('Yes', 'EqualTo', '<booleanValue>true</booleanValue>')}<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><label>No</label></rules>`,
      ) + element('assignments', 'Two'),
    ),
  );
  const decision = stepOf(workflow, 'One', 'decision');
  expect(
    decision.branches.map((branch) => [branch.name, branch.edge.to, writtenCondition(branch.when.condition)]),
  ).toEqual([
    ['Is new', 'Two', '$Record.Status = New and $Record__Prior.Status = Old'],
    ['No', undefined, 'Yes = true and doesRequireRecordChangedToMeetCriteria'],
  ]);
  expect(decision.otherwise?.to).toBe('Two');
  const [first] = decision.branches[0]?.when.tests ?? [];
  expect(first?.left.kind === 'path' && first.left.path.root.kind).toBe('record');
});

test('names stand for the record, variables, results, rounds of a loop, screen fields and what the platform knows', () => {
  const names = [
    '$Record',
    '$record__prior',
    '$User.Email',
    'var',
    'VAR.Name',
    'Get.Name',
    'Loop.Name',
    'current.Name',
    'Input1',
    'Comp.out',
    'Outcome',
    '$Label.X',
    '$Flow.FaultMessage',
    'nobody',
  ];
  const item = (name: string): string =>
    `<assignmentItems><assignToReference>var</assignToReference><operator>Assign</operator>${value(reference(name))}</assignmentItems>`;
  const workflow = readOne(
    flow(
      element('assignments', 'One', names.map(item).join('')) +
        element(
          'recordLookups',
          'Get',
          '<object>Account</object><getFirstRecordOnly>true</getFirstRecordOnly><storeOutputAutomatically>true</storeOutputAutomatically>',
        ) +
        element('loops', 'Loop', '<collectionReference>list</collectionReference>') +
        element(
          'loops',
          'Other',
          '<assignNextValueToReference>current</assignNextValueToReference><collectionReference>list</collectionReference>',
        ) +
        element(
          'screens',
          'Ask',
          '<fields><name>Section</name><fields><name>Column</name><fields><name>Input1</name></fields></fields></fields><fields><name>Comp</name></fields>',
        ) +
        element('decisions', 'Decide', '<rules><name>Outcome</name></rules>') +
        ['var', 'list', 'current']
          .map(
            (name) =>
              `<variables><name>${name}</name><dataType>String</dataType><isCollection>${name === 'list'}</isCollection></variables>`,
          )
          .join(''),
    ),
  );
  const roots = stepOf(workflow, 'One', 'let').assigns.map(({ value: given }) =>
    given.kind === 'path' ? { ...given.path.root, segments: given.path.segments.join('.') } : given.kind,
  );
  expect(roots).toEqual([
    { kind: 'record', segments: '' },
    { kind: 'prior', segments: '' },
    { kind: 'user', segments: 'Email' },
    { kind: 'variable', name: 'var', segments: '' },
    { kind: 'variable', name: 'var', segments: 'Name' },
    { kind: 'step', step: 'Get', segments: 'Name' },
    { kind: 'item', loop: 'Loop', segments: 'Name' },
    { kind: 'item', loop: 'Other', segments: 'Name' },
    { kind: 'step', step: 'Ask', segments: 'Input1' },
    { kind: 'step', step: 'Ask', segments: 'Comp.out' },
    { kind: 'system', name: 'Outcome', segments: '' },
    { kind: 'system', name: '$Label', segments: 'X' },
    { kind: 'error', segments: 'message' },
    { kind: 'undefined', name: 'nobody', segments: '' },
  ]);
  expect(workflow.variables.map(({ name }) => name)).toEqual(['var', 'list']);
});

test.each([
  [text('plain'), 'plain'],
  [text('{!var}'), 'var'],
  [text('Dear {!$Record.Name},'), 'Dear {{$Record.Name}},'],
  ['<numberValue>5.0</numberValue>', '5'],
  ['<booleanValue>false</booleanValue>', 'false'],
  ['<dateValue>2026-01-01</dateValue>', '2026-01-01'],
  [reference('$GlobalConstant.EmptyString'), "''"],
  [reference('$GlobalConstant.True'), 'true'],
  [reference('$Flow.CurrentDate'), 'today'],
  [reference('$Flow.CurrentDateTime'), 'now'],
  ['<formulaDataType>String</formulaDataType><formulaExpression>UPPER({!var})</formulaExpression>', 'UPPER({!var})'],
  ['', 'null'],
])('the value %s is read as %s', (inner, written) => {
  const workflow = readOne(
    flow(
      `${element(
        'recordUpdates',
        'One',
        `<inputAssignments><field>Name</field>${value(inner)}</inputAssignments><inputReference>$Record</inputReference>`,
      )}<variables><name>var</name><dataType>String</dataType></variables>`,
    ),
  );
  const [set] = stepOf(workflow, 'One', 'update').set;
  expect(set && writtenValue(set.value)).toBe(written);
});

test('records are looked up, created, updated and deleted', () => {
  const workflow = readOne(
    flow(
      element(
        'recordLookups',
        'One',
        `${connector('Two')}${connector('Fault', 'faultConnector')}<object>Contact</object>${filter('AccountId', 'EqualTo', reference('$Record.AccountId'))}<getFirstRecordOnly>true</getFirstRecordOnly><queriedFields>Id</queriedFields><sortField>Name</sortField><sortOrder>Desc</sortOrder><storeOutputAutomatically>true</storeOutputAutomatically>`,
      ) +
        element(
          'recordCreates',
          'Two',
          `<object>Task</object><inputAssignments><field>Subject</field>${value(text('x'))}</inputAssignments><assignRecordIdToReference>id</assignRecordIdToReference>`,
        ) +
        element('recordUpdates', 'Own', `<object>Case</object>${filter('Id', 'EqualTo', reference('$Record.Id'))}`) +
        element('recordUpdates', 'All', `<object>Account</object>${filter('Type', 'EqualTo', text('x'))}`) +
        element('recordDeletes', 'Remove', '<inputReference>One</inputReference>') +
        element('recordRollbacks', 'Undo') +
        element(
          'customErrors',
          'Fault',
          '<customErrorMessages><errorMessage>no {!$Record.Name}</errorMessage></customErrorMessages>',
        ) +
        '<variables><name>id</name><dataType>String</dataType></variables>',
    ),
  );
  expect(stepOf(workflow, 'One', 'find')).toMatchObject({
    object: { name: 'Contact' },
    gives: 'one',
    fields: [{ name: 'Id' }],
    sort: [{ field: { name: 'Name' }, descending: true }],
    onError: { to: 'Fault' },
    canFail: true,
    mayHandleErrors: true,
  });
  expect(stepOf(workflow, 'Two', 'create')).toMatchObject({
    object: { name: 'Task' },
    sets: [{ root: { kind: 'variable', name: 'id' } }],
  });
  expect(stepOf(workflow, 'Own', 'update').target.kind).toBe('trigger');
  expect(stepOf(workflow, 'All', 'update')).toMatchObject({
    target: { kind: 'query', object: { name: 'Account' } },
    many: true,
  });
  expect(stepOf(workflow, 'Remove', 'delete').target).toMatchObject({
    kind: 'path',
    path: { root: { kind: 'step', step: 'One' } },
  });
  expect([step(workflow, 'Undo').kind, step(workflow, 'Fault').kind]).toEqual(['undo', 'fail']);
});

const assign = (to: string, right: string, operator = 'Assign'): string =>
  `<assignmentItems><assignToReference>${to}</assignToReference><operator>${operator}</operator>${value(right)}</assignmentItems>`;
const variable = (name: string, more: string): string => `<variables><name>${name}</name>${more}</variables>`;

test('what an update by a variable writes is what the flow has assigned to its records', () => {
  const workflow = readOne(
    flow(
      element('assignments', 'One', assign('one.Name', text('x')) + assign('one.Type', text('a'))) +
        element('assignments', 'Two', assign('one.Type', text('b')) + assign('all', reference('one'), 'Add')) +
        element('recordUpdates', 'Save', '<inputReference>all</inputReference>') +
        element('recordCreates', 'Make', '<inputReference>given</inputReference>') +
        variable('one', '<dataType>SObject</dataType><objectType>Account</objectType>') +
        variable(
          'all',
          '<dataType>SObject</dataType><isCollection>true</isCollection><objectType>Account</objectType>',
        ) +
        variable('given', '<dataType>SObject</dataType><isInput>true</isInput><objectType>Account</objectType>'),
    ),
  );
  const save = stepOf(workflow, 'Save', 'update');
  expect(save.set.map(({ field, value: given }) => [field.name, given.kind])).toEqual([
    ['Name', 'literal'],
    ['Type', 'opaque'],
  ]);
  expect([save.more, save.many]).toEqual([undefined, true]);
  expect(stepOf(workflow, 'Make', 'create')).toMatchObject({ more: true, object: { name: 'Account' } });
  expect(stepOf(workflow, 'Two', 'let').assigns.map(({ how }) => how)).toEqual(['set', 'append']);
});

test('before the save, assigning a field of the record writes it, and errors cannot be handled', () => {
  const workflow = readOne(
    flow(
      element('assignments', 'One', connector('Three') + assign('$Record.Status', text('x')) + assign('v', text('y'))) +
        element('assignments', 'Three', assign('$Record.Type', text('x'))) +
        element('recordUpdates', 'Four', '<inputReference>$Record</inputReference>') +
        variable('v', '<dataType>String</dataType>'),
    ).replace('RecordAfterSave', 'RecordBeforeSave'),
  );
  expect(workflow.steps.map(({ id, kind }) => [id, kind])).toEqual([
    ['One', 'let'],
    ['One.$Record', 'update'],
    ['Three', 'update'],
    ['Four', 'update'],
  ]);
  expect([step(workflow, 'One').next?.to, step(workflow, 'One.$Record').next?.to]).toEqual(['One.$Record', 'Three']);
  expect(step(workflow, 'Four').mayHandleErrors).toBe(false);
});

test('loops, screens, waits, subflows and collections are read with all their ways', () => {
  const workflow = readOne(
    flow(
      element(
        'loops',
        'One',
        `<collectionReference>list</collectionReference>${connector('Body', 'nextValueConnector')}${connector('After', 'noMoreValuesConnector')}`,
      ) +
        element('assignments', 'Body', connector('One')) +
        element(
          'waits',
          'After',
          `<waitEvents><name>E</name>${connector('Resumed')}</waitEvents>${connector('Screen', 'defaultConnector')}`,
        ) +
        element('assignments', 'Resumed') +
        element(
          'screens',
          'Screen',
          `<allowBack>true</allowBack>${connector('Call')}<fields><name>F</name><choiceReferences>C</choiceReferences><fieldText>Hi {!v}</fieldText></fields>`,
        ) +
        element(
          'subflows',
          'Call',
          `${connector('Filter')}<flowName>Other</flowName><inputAssignments><name>in</name>${value(text('x'))}</inputAssignments><outputAssignments><assignToReference>v</assignToReference><name>out</name></outputAssignments>`,
        ) +
        element(
          'collectionProcessors',
          'Filter',
          `<collectionReference>list</collectionReference>${connector('Custom')}`,
        ) +
        element(
          'somethingNew',
          'Custom',
          `<inner><connector><targetReference>Deep</targetReference></connector></inner>`,
        ) +
        element('ends', 'Deep') +
        '<choices><name>C</name><dataType>String</dataType></choices>' +
        variable('v', '<dataType>String</dataType>') +
        variable('list', '<dataType>SObject</dataType><isCollection>true</isCollection>'),
    ),
  );
  expect(graphOf(workflow).reachable.size).toBe(workflow.steps.length);
  expect(graphOf(workflow).loops('Body')).toEqual(['One']);
  expect(stepOf(workflow, 'Screen', 'screen')).toMatchObject({ back: true, fields: [{ name: 'F' }] });
  expect(stepOf(workflow, 'Screen', 'screen').reads?.map((path) => path.text)).toEqual(['C', 'v']);
  expect(stepOf(workflow, 'Call', 'call')).toMatchObject({
    workflow: { name: 'Other' },
    inputs: [{ field: { name: 'in' } }],
    outputs: [{ name: { name: 'out' } }],
    mayHandleErrors: false,
  });
  expect(stepOf(workflow, 'Custom', 'custom').effect).toBe('opaque');
  expect(workflow.unknown.map(({ name }) => name)).toEqual(['somethingNew']);
});

const parameter = (name: string, inner: string): string =>
  `<inputParameters><name>${name}</name>${value(inner)}</inputParameters>`;
const action = (type: string, inner: string): string =>
  flow(
    element('actionCalls', 'One', `<actionName>Do</actionName><actionType>${type}</actionType>${inner}`) +
      variable('v', '<dataType>String</dataType>'),
  );

test('a mail has its recipients, subject, body and sender', () => {
  const workflow = readOne(
    action(
      'emailSimple',
      parameter('emailAddresses', text('a@example.com, {!v};b@example.com')) +
        parameter('emailSubject', text('Hi')) +
        parameter('emailBody', reference('v')) +
        parameter('sendRichBody', '<booleanValue>true</booleanValue>') +
        parameter('ccRecipientAddressList', text('x{!v}@example.com')) +
        parameter('senderAddress', text('crm@example.com')),
    ),
  );
  const mail = stepOf(workflow, 'One', 'mail');
  expect(mail.to.map((party) => (party.kind === 'address' ? party.address : party.kind))).toEqual([
    'a@example.com',
    'path',
    'b@example.com',
  ]);
  expect(mail.cc.map(({ kind }) => kind)).toEqual(['opaque']);
  expect(mail).toMatchObject({
    html: true,
    from: { kind: 'address', address: 'crm@example.com' },
    subject: { value: 'Hi' },
  });
});

test.each([
  ['chatterPost', parameter('text', text('x')) + parameter('subjectNameOrId', reference('$Record.OwnerId')), 'notify'],
  ['outboundMessage', '', 'http'],
  ['externalService', '', 'http'],
  ['flow', '', 'call'],
  ['apex', '', 'custom'],
  ['inventedLater', '', 'custom'],
])('an action of the kind %s is read', (type, inner, kind) => {
  const workflow = readOne(action(type, inner));
  expect([step(workflow, 'One').kind, workflow.defects]).toEqual([kind, []]);
});

test('parameters that an action needs or does not know are named', () => {
  const workflow = readOne(
    action(
      'customNotificationAction',
      parameter('customNotifTypeId', text('x')) +
        parameter('recipientId', reference('v')) +
        parameter('body', text('')),
    ),
  );
  expect(workflow.defects.map(({ rule, what }) => `${rule} ${what}`)).toEqual([
    'action-missing-parameter recipientIds',
    'action-missing-parameter body',
    'action-unknown-parameter recipientId',
  ]);
});

test('variables, constants, formulas and templates are resources with their value', () => {
  const workflow = readOne(
    flow(
      variable(
        'v',
        '<dataType>Number</dataType><isCollection>false</isCollection><isInput>true</isInput><isOutput>false</isOutput><value><numberValue>1.0</numberValue></value>',
      ) +
        '<constants><name>c</name><dataType>String</dataType><value><stringValue>x</stringValue></value></constants>' +
        '<formulas><name>f</name><dataType>Boolean</dataType><expression>ISBLNK({!v}) &amp;&amp; {!c} = &quot;a</expression></formulas>' +
        '<textTemplates><name>t</name><text>Hello {!c}</text></textTemplates>',
    ),
  );
  expect(
    workflow.variables.map(({ name, type, input, constant, default: given }) => [
      name,
      type,
      input,
      constant,
      given && writtenValue(given),
    ]),
  ).toEqual([
    ['v', 'number', true, undefined, '1'],
    ['c', 'text', false, true, 'x'],
    ['f', 'boolean', false, true, 'ISBLNK({!v}) && {!c} = "a'],
    ['t', 'text', false, true, 'Hello {{c}}'],
  ]);
  const formula = workflow.variables[2]?.default;
  const fault = formula?.kind === 'formula' ? formula.faults?.[0] : undefined;
  expect(fault?.kind).toBe('syntax');
  expect(fault?.place.column).toBeGreaterThan(fault?.place.line ?? 0);
});

test.each([
  ['status', '<status>Aktive</status>', 'trigger-invalid-enum', 'Aktive'],
  ['run mode', '<runInMode>SystemMode</runInMode>', 'trigger-invalid-enum', 'SystemMode'],
  ['version', '<apiVersion>20.0</apiVersion>', 'maint-api-version', '20.0'],
  ['version that is too new', '<apiVersion>99.0</apiVersion>', 'maint-api-version', '99.0'],
])('a %s that is not known is named', (_, inner, rule, found) => {
  const workflow = readOne(metadata('Flow', `<processType>Flow</processType><start></start>${inner}`));
  expect(workflow.defects).toMatchObject([{ rule, found }]);
});

test('the running mode, the order and the label are kept', () => {
  const workflow = readOne(
    metadata(
      'Flow',
      '<label>商談の通知</label><processType>Flow</processType><runInMode>SystemModeWithSharing</runInMode><start></start><status>Draft</status><triggerOrder>5</triggerOrder>',
    ),
  );
  expect(workflow).toMatchObject({
    id: 'Sample',
    label: { ja: '商談の通知' },
    runAs: { kind: 'system', sharing: true },
    runAsStated: true,
    status: 'draft',
    order: 5,
  });
});

test('comments and descriptions switch rules off for their element', () => {
  const file = flow(
    `<!-- crm-doctor-disable-next-line flow-no-effect : agreed -->\n${element('assignments', 'One', '\n<description>Why.\ncrm-doctor-disable-next-line cond-duplicate : so be it until 2027-01-31</description>\n')}`,
  );
  const [imported] = readAll({ 'flows/Sample.flow-meta.xml': file });
  expect(imported?.suppressions.map(({ rules, reason, until, covers }) => [rules, reason, until, covers])).toEqual([
    [['flow-no-effect'], 'agreed', undefined, { from: 6, to: 9 }],
    [['cond-duplicate'], 'so be it', '2027-01-31', { from: 6, to: 9 }],
  ]);
});

test('a file that is cut off is one problem, and its flow is there but unread', () => {
  const [imported] = readAll({ 'flows/Sample.flow-meta.xml': flow('').slice(0, -20) });
  expect(imported).toMatchObject({ workflows: [], problems: [{ rule: 'parse-syntax' }], unread: ['Sample'] });
});

test('older exports hold every version; the definition says which one runs', () => {
  const all = readAll({
    'flowDefinitions/Ask.flowDefinition': metadata('FlowDefinition', '<activeVersionNumber>1</activeVersionNumber>'),
    'flows/Ask-1.flow': metadata('Flow', '<processType>Flow</processType><start></start>'),
    'flows/Ask-2.flow': metadata('Flow', '<processType>Flow</processType><start></start>'),
  });
  expect(all.flatMap(({ workflows }) => workflows.map(({ id, status }) => [id, status]))).toEqual([
    ['Ask', 'active'],
    ['Ask-2', 'obsolete'],
  ]);
});

test('ten thousand steps in a row and deep formulas are read without the stack growing', () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    element('assignments', `S${at}`, connector(`S${at + 1}`)),
  ).join('');
  const workflow = readOne(
    flow(
      many +
        `<formulas><name>f</name><dataType>Boolean</dataType><expression>${'NOT('.repeat(3000)}</expression></formulas>`,
    ),
  );
  expect(workflow.steps.length).toBe(10_000);
});

test('a record that is copied from a stored one may have all of its fields', () => {
  const workflow = readOne(
    flow(
      element('recordLookups', 'One', '<object>Account</object><outputReference>old</outputReference>') +
        element('assignments', 'Copy', assign('fresh', reference('old')) + assign('fresh.Name', text('x'))) +
        element('recordCreates', 'Make', '<inputReference>fresh</inputReference>') +
        element('recordUpdates', 'Save', '<inputReference>old</inputReference>') +
        variable('old', '<dataType>SObject</dataType>') +
        variable('fresh', '<dataType>SObject</dataType>'),
    ),
  );
  expect([stepOf(workflow, 'Make', 'create').more, stepOf(workflow, 'Save', 'update').more]).toEqual([true, undefined]);
});

test.each([
  ['$Record.Owner:User.Email', ['Owner', 'Email']],
  ['list[0].Name', ['Name']],
])('%s is a path', (name, segments) => {
  const workflow = readOne(
    flow(
      element('assignments', 'One', assign('v', reference(name))) + variable('list', '<dataType>SObject</dataType>'),
    ),
  );
  const given = stepOf(workflow, 'One', 'let').assigns[0]?.value;
  expect(given?.kind === 'path' && given.path.segments).toEqual(segments);
});
