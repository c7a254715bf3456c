import { defineRule } from '../../src/model/workflow/rule.ts';
import { knownWritesOf } from '../../src/reason/workflow/field-writes.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: text
      rank: text
      score: { type: number, readOnly: true }
`;

/** Who may "Set Audit Fields upon Record Creation" gives them to new records (Salesforce Help). */
const setAtCreation = new Set(['CreatedById', 'CreatedDate', 'LastModifiedById', 'LastModifiedDate']);

export const actionWriteReadonly = defineRule({
  id: 'workflow.action-write-readonly',
  severity: 'error',
  sourceKind: 'action',
  needs: ['schema'],
  title: { en: 'A step writes a field that the CRM fills itself', ja: 'CRM が自動で決める項目への書き込み' },
  about: {
    en: 'Formulas, roll-ups (totals of other records), automatic numbers and the dates of creation and change are worked out by the CRM. Nobody can set them, so the save is refused or the value is lost.',
    ja: '数式、積み上げ集計（関連レコードの合計）、自動採番、作成日時・更新日時などは CRM が決める項目です。値を設定できないため、保存が拒否されるか、値が失われます。',
  },
  advice: {
    en: 'Remove the line, or change what the field is worked out from.',
    ja: 'その行を削除するか、計算の元になる項目を変更してください。',
  },
  examples: {
    bad: {
      files: `workflow: rank-deals
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set:
      rank: A
      score: 100
`,
      schema,
      lines: [9],
    },
    good: {
      files: `workflow: rank-deals
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set:
      rank: A
`,
      schema,
    },
    lookAlike: {
      files: `workflow: rank-deals
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: score, ge: 100 }
steps:
  - update: record
    set: { rank: '{{record.score}}' }
`,
      schema,
      says: {
        en: 'Reading such a field is fine.',
        ja: 'このような項目を読むだけなら問題ありません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { step, write, assignment, object, field } of knownWritesOf(workflow, schema)) {
      if (!field.readOnly) continue;
      if (write.operation === 'create' && workflow.format === 'SF' && setAtCreation.has(field.name)) continue;
      // Elsewhere an update carries the id to say which record it means.
      if (workflow.format !== 'NY' && field.type === 'id') continue;
      yield {
        place: assignment.field.place,
        element: step.id,
        message: {
          en: `${object.name}.${field.name} is worked out by the CRM and cannot be set, so this ${write.operation} fails or the value is lost.`,
          ja: `${object.name}.${field.name} は CRM が自動で決める項目で、値を設定できません。この${write.operation === 'create' ? '作成' : '更新'}は失敗するか、値が失われます。`,
        },
      };
    }
  },
});
