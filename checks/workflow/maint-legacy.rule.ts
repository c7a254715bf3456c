import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format } from '../../src/model/workflow/workflow.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** What each vendor wants instead. */
const instead: Partial<Readonly<Record<Format, Text>>> = {
  SF: {
    en: 'Rebuild it as a record-triggered flow (Setup has "Migrate to Flow").',
    ja: 'レコードトリガーフローに作り直してください（設定の「フローに移行」が使えます）。',
  },
  WR: {
    en: 'Rebuild it as a record-triggered flow (Setup has "Migrate to Flow").',
    ja: 'レコードトリガーフローに作り直してください（設定の「フローに移行」が使えます）。',
  },
  OD: { en: 'Use the trigger "On save" with conditions.', ja: '「保存時」のトリガーと条件に置き換えてください。' },
  PA: { en: 'Rebuild it as a cloud flow.', ja: 'クラウドフローに作り直してください。' },
};

const rules = (name: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Workflow xmlns="http://soap.sforce.com/2006/04/metadata">
    <fieldUpdates>
        <fullName>Mark</fullName>
        <field>Marked__c</field>
        <literalValue>1</literalValue>
        <name>Mark</name>
        <operation>Literal</operation>
    </fieldUpdates>
    ${name}
</Workflow>
`;

export const maintLegacy = defineRule({
  id: 'workflow.maint-legacy',
  severity: 'info',
  sourceKind: 'maintenance',
  formats: ['WR', 'SF', 'OD', 'PA'],
  title: { en: 'A kind of workflow that the vendor retires', ja: '提供終了に向かう種類のワークフロー' },
  about: {
    en: 'Vendors replace their older kinds of workflow (workflow rules, process builder, classic workflows) by newer ones. The old ones run for now, but get no new functions and no support, and run in an order of their own beside the new ones.',
    ja: 'ベンダーは古い種類のワークフロー（ワークフロールール、プロセスビルダー、クラシックワークフローなど）を新しい仕組みに置き換えています。古いものは当面動きますが、機能追加やサポートはなく、新しいものとは別の順序で動きます。',
  },
  advice: { en: 'Move it to the newer kind.', ja: '新しい種類に移行してください。' },
  examples: {
    bad: {
      files: {
        'Deal__c.workflow-meta.xml': rules(
          '<rules>\n        <fullName>Mark new</fullName>\n        <active>true</active>\n        <criteriaItems>\n            <field>Deal__c.Stage__c</field>\n            <operation>equals</operation>\n            <value>New</value>\n        </criteriaItems>\n        <actions>\n            <name>Mark</name>\n            <type>FieldUpdate</type>\n        </actions>\n        <triggerType>onCreateOnly</triggerType>\n    </rules>',
        ),
      },
      lines: [11],
    },
    good: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`,
    },
    lookAlike: { files: { 'Deal__c.workflow-meta.xml': rules('') } },
  },
  *workflow({ id, format, defects }): Generator<Problem> {
    for (const { rule, what, found, place } of defects) {
      if (rule !== 'maint-legacy') continue;
      const kind = short(found === undefined || found === id ? what : found, 60);
      const fix = instead[format];
      yield {
        place,
        message: {
          en: `"${id}" is of an older kind (${kind}) that the vendor replaces. It still runs, without new functions or support.`,
          ja: `「${id}」は、ベンダーが置き換えを進めている古い種類（${kind}）です。今は動きますが、機能追加やサポートはありません。`,
        },
        ...(fix ? { fix } : {}),
      };
    }
  },
});
