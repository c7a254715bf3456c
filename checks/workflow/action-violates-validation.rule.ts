import type { Condition } from '../../src/model/workflow/condition.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { knownWritesOf } from '../../src/reason/workflow/field-writes.ts';
import { refusalsOf } from '../../src/reason/workflow/refusals.ts';
import { short, writtenCondition, writtenValue } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      lostReason: text
      amount: number
    rules:
      - { name: lost-amount, refuse: [{ field: stage, eq: Lost }, { field: amount, gt: 0 }], message: Clear the amount }
`;

const said = (name: string, message: string | undefined, refuse: Condition, object: string): Problem['message'] => {
  const words = message === undefined ? '' : ` ("${short(message, 80)}")`;
  return {
    en: `The validation rule "${name}" of ${object}${words} refuses a record with ${short(writtenCondition(refuse))}, and that is what is written here, so the save always fails.`,
    ja: `${object} の入力規則「${name}」${words} は ${short(writtenCondition(refuse))} のレコードを拒否します。ここではまさにその値を書き込むため、保存は必ず失敗します。`,
  };
};

export const actionViolatesValidation = defineRule({
  id: 'workflow.action-violates-validation',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'NY', 'ZO', 'OD'],
  needs: ['schema'],
  title: { en: 'A write that the CRM always refuses', ja: '入力規則に必ず違反する書き込み' },
  about: {
    en: 'A validation rule says which records may not be stored, and a unique field takes each value once. The values that this step writes always break such a rule, so the save fails each time.',
    ja: '入力規則は保存してはいけないレコードの条件を、一意の項目は同じ値を 1 回しか使えないことを定めています。このステップが書き込む値は、必ずその決まりに反するため、毎回保存に失敗します。',
  },
  advice: {
    en: 'Write values that the rule allows, and set the further fields that it asks for.',
    ja: '入力規則に合う値にし、規則が求める他の項目も設定してください。',
  },
  examples: {
    bad: {
      files: `workflow: give-up
object: Deal
trigger: { on: update, fields: [lostReason] }
when: { field: lostReason, empty: false }
steps:
  - update: record
    set: { stage: Lost, amount: 1 }
`,
      schema,
      lines: [7],
    },
    good: {
      files: `workflow: give-up
object: Deal
trigger: { on: update, fields: [lostReason] }
when: { field: lostReason, empty: false }
steps:
  - update: record
    set: { stage: Lost, amount: 0 }
`,
      schema,
    },
    lookAlike: {
      files: `workflow: give-up
object: Deal
trigger: { on: update, fields: [lostReason] }
when: { field: lostReason, empty: false }
steps:
  - update: record
    set: { stage: Lost }
`,
      schema,
      says: {
        en: 'The amount may be 0 already.',
        ja: '金額がすでに 0 のレコードなら保存できます。',
      },
    },
  },
  *workflow(workflow, { project: { schema: crm }, active }) {
    for (const { step, rule, object, place, missing } of refusalsOf(workflow, crm, active)) {
      if (missing.length > 0) continue;
      yield { place, element: step, message: said(rule.name, rule.message, rule.refuse, object) };
    }
    // A fixed value goes into a unique field once; the second record with it is refused.
    for (const { step, assignment, object, field, write } of knownWritesOf(workflow, crm)) {
      const { value } = assignment;
      if (!field.unique || object.settings || value.kind !== 'literal' || value.value === null || value.value === '')
        continue;
      if (write.of.kind === 'path') continue;
      yield {
        place: value.place,
        element: step.id,
        confidence: 'likely',
        message: {
          en: `${object.name}.${field.name} takes each value once, so from the second record on ${writtenValue(value)} is refused.`,
          ja: `${object.name}.${field.name} は同じ値を 1 回しか使えないため、2 件目からは ${writtenValue(value)} が拒否されます。`,
        },
      };
    }
  },
});
