import { defineRule } from '../../src/model/workflow/rule.ts';
import type { StepOf } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { readsOf } from '../../src/reason/workflow/effects.ts';
import { holderOf } from '../../src/reason/workflow/variables.ts';

/** The fields of the result that are used; undefined where the whole record is, or may be. */
const usedFields = (step: StepOf<'find'>, workflow: Workflow): ReadonlySet<string> | undefined => {
  const holder = step.into ? holderOf(step.into) : `step:${step.id}`;
  const loops = workflow.steps.flatMap((one) =>
    one.kind === 'loop' && one.over?.kind === 'path' && holderOf(one.over.path) === holder ? [one.id] : [],
  );
  const used = new Set<string>();
  for (const one of workflow.steps) {
    const { paths, anything } = readsOf(one, workflow);
    if (anything) return undefined;
    for (const path of paths) {
      const { root, segments } = path;
      const isItem = root.kind === 'item' && root.loop !== undefined && loops.includes(root.loop);
      if (holderOf(path) !== holder && !isItem) continue;
      const [field] = segments;
      if (field !== undefined) used.add(field);
      else if (one.kind !== 'decision' && !loops.includes(one.id)) return undefined;
    }
  }
  return used;
};

const flow = (fields: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>60.0</apiVersion>
    <description>Notes the phone of the account.</description>
    <label>Note phone</label>
    <processType>AutoLaunchedFlow</processType>
    <start>
        <connector><targetReference>Get_Account</targetReference></connector>
    </start>
    <status>Active</status>
    <variables>
        <name>accountId</name>
        <dataType>String</dataType>
        <isCollection>false</isCollection>
        <isInput>true</isInput>
        <isOutput>false</isOutput>
    </variables>
    <variables>
        <name>phone</name>
        <dataType>String</dataType>
        <isCollection>false</isCollection>
        <isInput>false</isInput>
        <isOutput>true</isOutput>
    </variables>
    <recordLookups>
        <name>Get_Account</name>
        <label>Get Account</label>
        <connector><targetReference>Note</targetReference></connector>
        <assignNullValuesIfNoRecordsFound>false</assignNullValuesIfNoRecordsFound>
        <filterLogic>and</filterLogic>
        <filters>
            <field>Id</field>
            <operator>EqualTo</operator>
            <value><elementReference>accountId</elementReference></value>
        </filters>
        <getFirstRecordOnly>true</getFirstRecordOnly>
        <object>Account</object>
${fields}        <storeOutputAutomatically>true</storeOutputAutomatically>
    </recordLookups>
    <assignments>
        <name>Note</name>
        <label>Note</label>
        <assignmentItems>
            <assignToReference>phone</assignToReference>
            <operator>Assign</operator>
            <value><elementReference>Get_Account.Phone</elementReference></value>
        </assignmentItems>
    </assignments>
</Flow>
`;

export const dataAllFields = defineRule({
  id: 'workflow.data-all-fields',
  severity: 'info',
  sourceKind: 'action',
  formats: ['SF', 'PA'],
  auto: 'suggest',
  title: { en: 'All fields are read where a few are used', ja: '使わない項目まで読み込む検索' },
  about: {
    en: 'The lookup fetches every field of the object although the workflow uses three at most. With wide objects it is slow, and fields that nobody meant to read are read.',
    ja: 'ワークフローで使う項目は 3 つ以下なのに、検索ではオブジェクトの全項目を読み込んでいます。項目の多いオブジェクトでは遅くなり、読む必要のない項目まで読み込まれます。',
  },
  advice: { en: 'List the fields that are used.', ja: '使う項目だけを指定してください。' },
  limits: { fields: 3 },
  examples: {
    bad: { files: { 'Note_Phone.flow-meta.xml': flow('') }, lines: [25] },
    good: { files: { 'Note_Phone.flow-meta.xml': flow('        <queriedFields>Phone</queriedFields>\n') } },
    lookAlike: {
      files: {
        'Note_Phone.flow-meta.xml': flow('').replace('Get_Account.Phone', 'Get_Account'),
      },
      says: { en: 'The whole record is handed on.', ja: 'レコード全体を渡しているため、指摘しません。' },
    },
  },
  *workflow(workflow, { limits }) {
    const most = Number(limits.fields);
    for (const step of workflow.steps) {
      if (step.kind !== 'find' || step.fields !== undefined) continue;
      const used = usedFields(step, workflow);
      if (!used || used.size === 0 || used.size > most) continue;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `"${step.label ?? step.id}" reads all fields of ${step.object.name}, but only ${[...used].join(', ')} ${used.size === 1 ? 'is' : 'are'} used.`,
          ja: `「${step.label ?? step.id}」は ${step.object.name} の全項目を読み込みますが、使われるのは ${[...used].join('、')} だけです。`,
        },
      };
    }
  },
});
