import { expect, test } from '@jest/globals';
import { graphOf } from '../../../src/reason/workflow/graph.ts';
import { writtenCondition, writtenParty, writtenValue } from '../../../src/reason/workflow/written.ts';
import { flow, metadata, readAll, stepOf } from './read.ts';

const workflowFile = metadata(
  'Workflow',
  `<alerts><fullName>Tell_Owner</fullName><ccEmails>boss@example.com</ccEmails><description>Tell the owner</description><protected>false</protected>
<recipients><type>owner</type></recipients><recipients><field>Contact_Email__c</field><type>email</type></recipients><recipients><recipient>Sales</recipient><type>group</type></recipients><recipients><recipient>CEO</recipient><type>role</type></recipients>
<senderType>CurrentUser</senderType><template>Sales/Won</template></alerts>
<fieldUpdates><fullName>Set_Stage</fullName><field>StageName</field><literalValue>Won</literalValue><name>Set stage</name><operation>Literal</operation><reevaluateOnChange>true</reevaluateOnChange></fieldUpdates>
<fieldUpdates><fullName>Clear</fullName><field>Note__c</field><name>Clear</name><operation>Null</operation></fieldUpdates>
<fieldUpdates><fullName>Compute</fullName><field>Total__c</field><formula>Amount * 2</formula><name>Compute</name><operation>Formula</operation><targetObject>AccountId</targetObject></fieldUpdates>
<fieldUpdates><fullName>To_Queue</fullName><field>OwnerId</field><lookupValue>Support</lookupValue><lookupValueType>Queue</lookupValueType><name>To queue</name><operation>LookupValue</operation></fieldUpdates>
<outboundMessages><fullName>Send_ERP</fullName><endpointUrl>https://erp.example.com/in</endpointUrl><fields>Id</fields><name>Send</name></outboundMessages>
<tasks><fullName>Call</fullName><assignedToType>owner</assignedToType><subject>Call</subject></tasks>
<rules><fullName>Won</fullName>
<actions><name>Set_Stage</name><type>FieldUpdate</type></actions><actions><name>Tell_Owner</name><type>Alert</type></actions><actions><name>Send_ERP</name><type>OutboundMessage</type></actions><actions><name>Elsewhere</name><type>KnowledgePublish</type></actions>
<active>true</active><booleanFilter>1 AND (2 OR 3)</booleanFilter>
<criteriaItems><field>Opportunity.StageName</field><operation>equals</operation><value>Open,"In, progress"</value></criteriaItems>
<criteriaItems><field>Opportunity.Amount</field><operation>greaterThan</operation><value>1000</value></criteriaItems>
<criteriaItems><field>User.Department</field><operation>notEqual</operation></criteriaItems>
<triggerType>onCreateOrTriggeringUpdate</triggerType>
<workflowTimeTriggers><actions><name>Tell_Owner</name><type>Alert</type></actions><offsetFromField>Opportunity.CloseDate</offsetFromField><timeLength>-7</timeLength><workflowTimeTriggerUnit>Days</workflowTimeTriggerUnit></workflowTimeTriggers></rules>
<rules><fullName>Others</fullName><actions><name>Clear</name><type>FieldUpdate</type></actions><actions><name>Compute</name><type>FieldUpdate</type></actions><actions><name>To_Queue</name><type>FieldUpdate</type></actions><actions><name>Call</name><type>Task</type></actions>
<active>false</active><formula>ISCHANGED(Amount) &amp;&amp; Account.Type = &quot;Big&quot;</formula><triggerType>onCreateOnly</triggerType></rules>`,
);
const file = 'workflows/Opportunity.workflow-meta.xml';

test('a workflow rule is a workflow of its own, with its time triggers as further ways in', () => {
  const [won, others] = readAll({ [file]: workflowFile })[0]?.workflows ?? [];
  if (!won || !others) throw new Error('not read');
  expect(won).toMatchObject({ id: 'Opportunity.Won', format: 'WR', status: 'active', object: { name: 'Opportunity' } });
  expect(
    won.triggers.map(({ on, phase, becomesTrue, date }) => [
      on,
      phase,
      becomesTrue,
      date?.field?.name,
      date?.offset?.amount,
    ]),
  ).toEqual([
    ['save', 'after', true, undefined, undefined],
    ['save', 'async', true, 'CloseDate', -7],
  ]);
  expect(won.steps.map(({ id, kind }) => [id, kind])).toEqual([
    ['Set_Stage', 'update'],
    ['Tell_Owner', 'mail'],
    ['Send_ERP', 'http'],
    ['Elsewhere', 'custom'],
    ['Tell_Owner (2)', 'mail'],
  ]);
  expect(graphOf(won).reachable.size).toBe(5);
  const when = won.triggers[0]?.when;
  expect(when && writtenCondition(when.condition)).toBe(
    'Opportunity.StageName in [Open, In, progress] and (Opportunity.Amount > 1000 or User.Department notEmpty)',
  );
  expect([when?.tests.length, when?.logic?.text]).toEqual([3, '1 AND (2 OR 3)']);
  expect([won.oncePerTransaction, others.oncePerTransaction]).toEqual([undefined, true]);
  expect([others.status, others.defects.map(({ rule }) => rule)]).toEqual(['inactive', ['maint-legacy']]);
  expect(others.triggers[0]?.when && writtenCondition(others.triggers[0].when.condition)).toBe(
    'Amount changed and Account.Type = Big',
  );
});

test('what an action writes stands where the file defines it', () => {
  const [won, others] = readAll({ [file]: workflowFile })[0]?.workflows ?? [];
  if (!won || !others) throw new Error('not read');
  const [set] = stepOf(won, 'Set_Stage', 'update').set;
  expect([set?.field.name, set && writtenValue(set.value), set?.field.place.line]).toEqual(['StageName', 'Won', 6]);
  expect(stepOf(others, 'Clear', 'update').set[0]?.value).toMatchObject({ kind: 'literal', value: null });
  expect(stepOf(others, 'Compute', 'update')).toMatchObject({
    target: { kind: 'path', path: { segments: ['AccountId'] } },
    set: [{ value: { kind: 'formula', text: 'Amount * 2' } }],
  });
  expect(writtenParty(stepOf(others, 'To_Queue', 'assign').to)).toBe('queue:Support');
  const mail = stepOf(won, 'Tell_Owner', 'mail');
  expect(mail.to.map(({ kind }) => kind)).toEqual(['owner', 'path', 'group', 'opaque']);
  expect([mail.template?.name, mail.cc.map(writtenParty)]).toEqual(['Sales/Won', ['boss@example.com']]);
});

const sends = (alert: string): string =>
  flow(
    `<actionCalls><name>One</name><label>One</label><actionName>${alert}</actionName><actionType>emailAlert</actionType><inputParameters><name>SObjectRowId</name><value><elementReference>$Record.Id</elementReference></value></inputParameters></actionCalls>`,
  );

test.each([
  ['Opportunity.Tell_Owner', ['owner', 'path', 'group', 'opaque'], undefined],
  ['Opportunity.Missing', ['opaque'], true],
  ['Opportunity.pkg__Missing', ['opaque'], undefined],
  ['Lead.Unknown_Object', ['opaque'], undefined],
])('the alert %s of a flow is looked up in the file of its object', (alert, to, missing) => {
  const all = readAll({ [file]: workflowFile, 'flows/Sample.flow-meta.xml': sends(alert) });
  const workflow = all.flatMap(({ workflows }) => workflows).find(({ format }) => format === 'SF');
  if (!workflow) throw new Error('no flow');
  const mail = stepOf(workflow, 'One', 'mail');
  expect([mail.to.map(({ kind }) => kind), mail.alert?.missing, mail.alert?.name]).toEqual([to, missing, alert]);
  expect(mail.about?.text).toBe('$Record.Id');
});

const approval = metadata(
  'ApprovalProcess',
  `<active>true</active><allowRecall>true</allowRecall>
<approvalStep><allowDelegate>false</allowDelegate><approvalActions><action><name>Set_Stage</name><type>FieldUpdate</type></action></approvalActions>
<assignedApprover><approver><name>boss@example.com</name><type>user</type></approver><approver><name>Finance</name><type>queue</type></approver><whenMultipleApprovers>Unanimous</whenMultipleApprovers></assignedApprover>
<entryCriteria><criteriaItems><field>Opportunity.Amount</field><operation>greaterThan</operation><value>1000</value></criteriaItems></entryCriteria><ifCriteriaNotMet>GotoNextStep</ifCriteriaNotMet><label>First</label><name>First</name></approvalStep>
<approvalStep><assignedApprover><approver><type>userHierarchyField</type><name>Manager</name></approver></assignedApprover><label>Second</label><name>Second</name><rejectBehavior><type>BackToPrevious</type></rejectBehavior></approvalStep>
<entryCriteria><formula>Amount &gt; 0</formula></entryCriteria>
<finalApprovalActions><action><name>Tell_Owner</name><type>Alert</type></action></finalApprovalActions>
<finalRejectionActions><action><name>Clear</name><type>FieldUpdate</type></action></finalRejectionActions>
<initialSubmissionActions><action><name>Gone</name><type>FieldUpdate</type></action></initialSubmissionActions>
<label>Deals</label><recallActions><action><name>Clear</name><type>FieldUpdate</type></action></recallActions>`,
);

test('an approval process has its steps as states, those who decide, and the actions of the object', () => {
  const all = readAll({
    'approvalProcesses/Opportunity.Deals.approvalProcess-meta.xml': approval,
    [file]: workflowFile,
  });
  const workflow = all.flatMap(({ workflows }) => workflows).find(({ format }) => format === 'AP');
  if (!workflow) throw new Error('not read');
  expect(workflow).toMatchObject({ id: 'Opportunity.Deals', kind: 'states', object: { name: 'Opportunity' } });
  expect(
    workflow.states?.map(({ id, start, final, assignees }) => [id, start, final, assignees?.parties.map(writtenParty)]),
  ).toEqual([
    ['First', true, false, ['user:boss@example.com', 'queue:Finance']],
    ['Second', false, false, ['superior']],
    ['Approved', false, true, undefined],
    ['Rejected', false, true, undefined],
  ]);
  expect(workflow.transitions?.map(({ name, from, to }) => `${from.name} ${name} ${to.name}`)).toEqual([
    'First Approve Second',
    'First Reject Rejected',
    'Second Approve Approved',
    'Second Reject First',
  ]);
  const graph = graphOf(workflow);
  expect(graph.reachable.size).toBe(workflow.steps.length);
  expect(workflow.triggers.map(({ id, to }) => [id, to?.to])).toEqual([
    ['submit', 'Gone'],
    ['recall', 'Clear (2)'],
  ]);
  expect(stepOf(workflow, 'First', 'approval')).toMatchObject({
    takes: 'all',
    approved: { to: 'Set_Stage' },
    rejected: { to: 'Clear' },
  });
  expect(stepOf(workflow, 'First criteria', 'decision')).toMatchObject({ otherwise: { to: 'Second' } });
  expect(stepOf(workflow, 'Second', 'approval')).toMatchObject({
    approved: { to: 'Tell_Owner' },
    rejected: { to: 'First' },
  });
  expect(stepOf(workflow, 'Gone', 'custom').effect).toBe('opaque');
});
