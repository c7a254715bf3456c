import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { short } from '../../src/reason/workflow/written.ts';

const flow = (element: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>60.0</apiVersion>
    <description>Marks new contacts.</description>
    ${element}
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

export const parseUnknownElement = defineRule({
  id: 'workflow.parse-unknown-element',
  severity: 'info',
  sourceKind: 'reading',
  formats: ['SF', 'HS', 'OD', 'ES'],
  inactiveToo: true,
  title: { en: 'Something newer than crm-doctor', ja: 'crm-doctor より新しい要素' },
  about: {
    en: 'Each release of a CRM brings elements that older tools do not know. They are taken as "may do anything": the rest of the file is checked, and nothing is claimed that could depend on them.',
    ja: 'CRM の新しい版には、古いツールの知らない要素が加わります。crm-doctor はそれを「何をするか分からないもの」として扱い、残りの部分だけを検査します。その要素しだいで変わることについては何も指摘しません。',
  },
  advice: { en: 'Update crm-doctor.', ja: 'crm-doctor を更新してください。' },
  examples: {
    bad: { files: { 'mark.flow-meta.xml': flow('<holograms><name>Wave</name></holograms>') }, lines: [5] },
    good: { files: { 'mark.flow-meta.xml': flow('<environments>Default</environments>') } },
    lookAlike: { files: { 'mark.flow-meta.xml': flow('<isTemplate>false</isTemplate>') } },
  },
  *project({ project }): Generator<Problem> {
    const files = new Set<string>();
    for (const { unknown, id } of project.workflows) {
      const [first, ...more] = unknown;
      // The unknown parts of a file have one reason: it is newer.
      if (!first || files.has(first.place.file)) continue;
      files.add(first.place.file);
      const name = short(first.name, 60);
      const others =
        more.length === 0 ? { en: '', ja: '' } : { en: ` and ${more.length} more`, ja: `ほか ${more.length} 件` };
      yield {
        place: first.place,
        workflow: id,
        message: {
          en: `This version of crm-doctor does not know "${name}"${others.en}. The rest of the file was checked; nothing is said of what depends on it.`,
          ja: `このバージョンの crm-doctor は「${name}」${others.ja}を知りません。残りの部分は検査しましたが、これに関係することは指摘していません。`,
        },
      };
    }
  },
});
