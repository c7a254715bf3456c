import { describe, expect, test } from '@jest/globals';
import { findingsOf } from './speaks.ts';

const update = (name: string, more = ''): string =>
  `<recordUpdates><name>${name}</name><label>${name}</label>${more}<inputAssignments><field>Touched__c</field><value><elementReference>$Flow.CurrentDateTime</elementReference></value></inputAssignments><inputReference>$Record</inputReference></recordUpdates>`;

const flow = (start: string, steps: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
<apiVersion>60.0</apiVersion><label>One</label><processType>AutoLaunchedFlow</processType>
${steps}
<start><object>Case</object>${start}</start>
<status>Active</status>
</Flow>`;

const to = (step: string): string => `<connector><targetReference>${step}</targetReference></connector>`;
const scheduled = `<scheduledPaths><name>later</name>${to('Later')}<label>Later</label><offsetNumber>1</offsetNumber><offsetUnit>Hours</offsetUnit><timeSource>RecordTriggerEvent</timeSource></scheduledPaths>`;
const afterSave = (on: string): string =>
  `<recordTriggerType>${on}</recordTriggerType><triggerType>RecordAfterSave</triggerType>`;

/** What the rules on structure and interaction say. */
const said = (start: string, steps: string): readonly string[] =>
  findingsOf({ files: { 'One.flow-meta.xml': flow(start, steps) } }).flatMap(({ rule, severity }) =>
    rule.startsWith('workflow.flow-') && severity !== 'info' ? [rule.replace('workflow.flow-', '')] : [],
  );

describe('what other tools say of Salesforce flows by mistake', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['it writes something new at every save', `${to('Now')}${afterSave('Update')}`, update('Now'), ['self-trigger']],
    [
      'a step behind a scheduled path only, whose write starts nothing at once',
      `${afterSave('Create')}${scheduled}`,
      update('Later'),
      [],
    ],
    ['the same on every update', `${afterSave('Update')}${scheduled}`, update('Later'), []],
    [
      'a step behind an asynchronous path only',
      `${afterSave('Create')}<scheduledPaths>${to('Later')}<pathType>AsyncAfterCommit</pathType></scheduledPaths>`,
      update('Later'),
      [],
    ],
    [
      'a step behind a fault path only',
      `${to('Now')}${afterSave('Create')}`,
      update('Now', '<faultConnector><targetReference>Later</targetReference></faultConnector>') + update('Later'),
      [],
    ],
    [
      'a step behind a go-to',
      `${to('Now')}${afterSave('Create')}`,
      update('Now', '<connector><isGoTo>true</isGoTo><targetReference>Later</targetReference></connector>') +
        update('Later'),
      [],
    ],
    [
      'a step that nothing leads to',
      `${to('Now')}${afterSave('Create')}`,
      update('Now') + update('Later'),
      ['unreachable-step'],
    ],
    ['a record that is created', `${to('Now')}${afterSave('Create')}`, update('Now'), []],
    [
      'before the save',
      `${to('Now')}<recordTriggerType>Update</recordTriggerType><triggerType>RecordBeforeSave</triggerType>`,
      update('Now'),
      [],
    ],
    [
      'only when it begins to meet the conditions',
      `${to('Now')}<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic><filters><field>Status</field><operator>EqualTo</operator><value><stringValue>New</stringValue></value></filters>${afterSave('Update')}`,
      update('Now'),
      [],
    ],
    [
      'only when a field changed',
      `${to('Now')}<filterLogic>and</filterLogic><filters><field>Status</field><operator>IsChanged</operator><value><booleanValue>true</booleanValue></value></filters>${afterSave('Update')}`,
      update('Now'),
      [],
    ],
    [
      'by a formula that asks for a change',
      `${to('Now')}<filterFormula>ISCHANGED({!$Record.Status})</filterFormula>${afterSave('Update')}`,
      update('Now'),
      [],
    ],
    [
      'a constant',
      `${to('Now')}${afterSave('Update')}`,
      update('Now').replace(
        '<elementReference>$Flow.CurrentDateTime</elementReference>',
        '<stringValue>x</stringValue>',
      ),
      [],
    ],
  ])('%s', (_, start, steps, expected) => {
    expect(said(start, steps)).toEqual(expected);
  });

  test('a flow that starts by the older element', () => {
    const text = flow('', update('Now')).replace(
      /<start>.*<\/start>/,
      '<startElementReference>Now</startElementReference>',
    );
    expect(findingsOf({ files: { 'One.flow-meta.xml': text } }).map(({ rule }) => rule)).not.toContain(
      'workflow.flow-unreachable-step',
    );
  });
});
