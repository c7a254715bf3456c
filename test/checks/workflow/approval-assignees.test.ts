import { expect, test } from '@jest/globals';
import { findingsOf } from './speaks.ts';

const approval = `<?xml version="1.0" encoding="UTF-8"?>
<ApprovalProcess xmlns="http://soap.sforce.com/2006/04/metadata">
    <active>true</active>
    <approvalStep>
        <assignedApprover>
            <approver>
                <name>Boss__c</name>
                <type>relatedUserField</type>
            </approver>
        </assignedApprover>
        <label>Ask</label>
        <name>Ask</name>
    </approvalStep>
    <label>Sign</label>
</ApprovalProcess>
`;
const boss = `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Boss__c</fullName>
    <referenceTo>User</referenceTo>
    <required>false</required>
    <type>Lookup</type>
</CustomField>
`;

const told = (files: Readonly<Record<string, string>>) =>
  findingsOf({ files })
    .filter(({ rule }) => rule === 'workflow.perm-assignee-empty')
    .map(({ line }) => line);

const field = { 'objects/Quote__c/fields/Boss__c.field-meta.xml': boss };

test('an approval step of Salesforce is one thing, though it is a step and a state', () => {
  expect(told({ 'approvalProcesses/Quote__c.Sign.approvalProcess-meta.xml': approval, ...field })).toEqual([4]);
});

test('a queue whose members the export does not hold may have some', () => {
  const queue = approval.replace('Boss__c', 'Desk').replace('relatedUserField', 'queue');
  expect(
    told({
      'approvalProcesses/Quote__c.Sign.approvalProcess-meta.xml': queue,
      'queues/Desk.queue-meta.xml': `<Queue xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Desk</fullName></Queue>`,
    }),
  ).toEqual([]);
});
