import { describe, expect, test } from '@jest/globals';
import { projectFrom, tried } from './tried.ts';

const flow = (body: string, start = ''): Readonly<Record<string, string>> => ({
  'Won.flow-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
  <label>Won</label>
  <processType>AutoLaunchedFlow</processType>
  <status>Active</status>
  <start>
    <object>Opportunity</object>
    <triggerType>RecordAfterSave</triggerType>
    <recordTriggerType>Update</recordTriggerType>
    ${start}
    <connector><targetReference>First</targetReference></connector>
  </start>
  ${body}
</Flow>
`,
});

const update = (name: string, field: string, value: string, next = ''): string => `<recordUpdates>
    <name>${name}</name>
    <label>${name}</label>
    ${next}
    <inputReference>$Record</inputReference>
    <inputAssignments><field>${field}</field><value>${value}</value></inputAssignments>
  </recordUpdates>`;

const sample =
  'event: update\nobject: Opportunity\nrecord: { Id: "006", StageName: Open, Amount: 5 }\nchange: { StageName: closed won }\n';

describe('Salesforce', () => {
  test('text is compared without regard to case', () => {
    const project = projectFrom(
      flow(
        update('First', 'Description', '<stringValue>x</stringValue>'),
        '<filterLogic>and</filterLogic><filters><field>StageName</field><operator>EqualTo</operator><value><stringValue>Closed Won</stringValue></value></filters>',
      ),
    );
    expect(tried(project, sample)).toMatchObject({ status: 'completed', record: { Description: 'x' } });
    expect(tried(project, sample.replace('closed won', 'Lost'))).toMatchObject({ status: 'not-started' });
  });

  test('an error that nothing handles takes back what was written', () => {
    const project = projectFrom(
      flow(
        update(
          'First',
          'Description',
          '<stringValue>x</stringValue>',
          '<connector><targetReference>Second</targetReference></connector>',
        ) + update('Second', 'Amount', '<stringValue>many</stringValue>'),
      ),
      'schema: crm-schema/v1\nobjects: { Opportunity: { fields: { StageName: text, Amount: number, Description: text } } }\n',
    );
    expect(tried(project, sample)).toMatchObject({
      status: 'failed',
      failure: { step: 'Second', rule: 'workflow.action-write-type-mismatch' },
      record: { StageName: 'Open' },
      written: [],
    });
  });
});
