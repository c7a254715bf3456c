import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { renaming } from '../../src/reason/workflow/rename.ts';
import { short } from '../../src/reason/workflow/written.ts';

const flow = (version: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>${version}</apiVersion>
    <description>Marks new contacts.</description>
    <label>Mark</label>
    <processType>AutoLaunchedFlow</processType>
    <recordUpdates>
        <name>Mark</name>
        <label>Mark</label>
        <locationX>0</locationX>
        <locationY>0</locationY>
        <inputAssignments>
            <field>Greeted__c</field>
            <value><booleanValue>true</booleanValue></value>
        </inputAssignments>
        <inputReference>$Record</inputReference>
    </recordUpdates>
    <start>
        <locationX>0</locationX>
        <locationY>0</locationY>
        <connector><targetReference>Mark</targetReference></connector>
        <object>Contact</object>
        <recordTriggerType>Create</recordTriggerType>
        <triggerType>RecordBeforeSave</triggerType>
    </start>
    <status>Active</status>
</Flow>
`;

export const maintApiVersion = defineRule({
  id: 'workflow.maint-api-version',
  severity: 'info',
  sourceKind: 'maintenance',
  formats: ['SF', 'OD', 'HS'],
  auto: 'suggest',
  title: { en: 'A version out of the supported range', ja: 'サポート範囲外のバージョン' },
  about: {
    en: 'A definition says for which version of the CRM it was made, and keeps behaving as in that one. Very old versions are switched off by the vendor some day; versions that are newer than crm-doctor may hold what it does not know.',
    ja: '定義には対象とする CRM のバージョンが書かれ、その版の動作が保たれます。古すぎる版はいずれ使えなくなり、crm-doctor より新しい版には未知の要素が含まれることがあります。',
  },
  advice: {
    en: 'Test it with a newer version, and raise the number.',
    ja: '新しいバージョンで動作を確かめ、番号を上げてください。',
  },
  examples: {
    bad: { files: { 'mark.flow-meta.xml': flow('30.0') }, lines: [3] },
    good: { files: { 'mark.flow-meta.xml': flow('60.0') } },
    lookAlike: { files: { 'mark.flow-meta.xml': flow('49.0') } },
  },
  *workflow({ id, defects }): Generator<Problem> {
    for (const { rule, found = '', allowed = [], place } of defects) {
      if (rule !== 'maint-api-version') continue;
      const [oldest, newest] = allowed;
      const tooNew = newest !== undefined && Number(found) > Number(newest);
      const version = short(found, 40);
      yield {
        place,
        message: tooNew
          ? {
              en: `"${id}" is of version ${version}, which is newer than crm-doctor knows (up to ${newest}). What is new in it may be missed.`,
              ja: `「${id}」のバージョン ${version} は、crm-doctor の知っている版（${newest} まで）より新しいものです。新しい部分は検査できていない可能性があります。`,
            }
          : {
              en: `"${id}" is of version ${version}${oldest === undefined ? '' : `, below the oldest that is kept up (${oldest})`}. It may stop to work with an update of the CRM.`,
              ja: `「${id}」のバージョン ${version} は${oldest === undefined ? '古い版です' : `、維持されている最も古い版（${oldest}）より前のものです`}。CRM の更新で動かなくなるおそれがあります。`,
            },
        fix: tooNew
          ? { en: 'Update crm-doctor.', ja: 'crm-doctor を更新してください。' }
          : {
              en: `Test it with a newer version, and raise the number${newest === undefined ? '' : ` (up to ${newest})`}.`,
              ja: `新しいバージョンで動作を確かめ、番号を上げてください${newest === undefined ? '' : `（${newest} まで）`}。`,
            },
        ...(tooNew || newest === undefined ? {} : { edits: renaming({ name: found, place }, newest) }),
      };
    }
  },
});
