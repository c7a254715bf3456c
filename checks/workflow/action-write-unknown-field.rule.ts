import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Named } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import { unlessCertain } from '../../src/reason/workflow/doubt.ts';
import { fieldWritesOf } from '../../src/reason/workflow/field-writes.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { isComplete, isOutsideExport, isUnlisted, objectOf } from '../../src/reason/workflow/resolve.ts';

/** The object that a step names, where it writes to it or looks in it. */
const namedObject = (step: Step): Named | undefined => {
  if (step.kind === 'create' || step.kind === 'find') return step.object;
  if (step.kind !== 'update' && step.kind !== 'delete') return undefined;
  return step.target.kind === 'query' ? step.target.object : step.object;
};

const unknownObject = (step: Step, schema: Schema): Problem | undefined => {
  const object = namedObject(step);
  if (!object || !schema.objects || objectOf(schema, object.name)) return undefined;
  if (isOutsideExport(schema, object.name)) return undefined;
  const nearest = nearestName(object.name, [...schema.objects.keys()]);
  // An incomplete schema need not list every object; only what looks like a typing error is worth a word.
  if (!schema.complete && nearest === undefined) return undefined;
  return {
    place: object.place,
    element: step.id,
    message: {
      en: `There is no object "${object.name}", so this step fails.`,
      ja: `オブジェクト「${object.name}」は存在しないため、このステップは失敗します。`,
    },
    ...nearestFix(object, nearest),
    ...unlessCertain(isComplete(schema, undefined, object.name)),
  };
};

export const actionWriteUnknownField = defineRule({
  id: 'workflow.action-write-unknown-field',
  severity: 'error',
  sourceKind: 'action',
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'A step writes a field that does not exist', ja: '存在しない項目への書き込み' },
  about: {
    en: 'The step sets a field that the object does not have: it was renamed, deleted, or typed wrong. The CRM then refuses the whole save, or drops the value without a word.',
    ja: 'オブジェクトにない項目（改名・削除された、または入力ミスの項目）に値を設定しています。CRM は保存全体を拒否するか、何も知らせずにその値を捨てます。',
  },
  advice: {
    en: 'Write to a field that exists, or remove the line.',
    ja: '存在する項目に直すか、その行を削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: mark-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { handedOvr: true }
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { stage: text, handedOver: boolean }
`,
      lines: [7],
    },
    good: {
      files: `workflow: mark-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { handedOver: true }
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { stage: text, handedOver: boolean }
`,
    },
    lookAlike: {
      files: `workflow: mark-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { owner: tanaka }
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { stage: text, handedOver: boolean }
`,
      says: {
        en: 'Every object has an `owner`, listed or not.',
        ja: '`owner` は、一覧に書かれていなくても、すべてのオブジェクトにあります。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const step of workflow.steps) {
      const problem = unknownObject(step, schema);
      if (problem) yield problem;
    }
    for (const { step, assignment, object, field } of fieldWritesOf(workflow, schema)) {
      const { name } = assignment.field;
      if (field || isUnlisted(object, name)) continue;
      const certain = isComplete(schema, object, name);
      const nearest = nearestName(name, [...object.fields.keys()]);
      yield {
        place: assignment.field.place,
        element: step.id,
        message: {
          en: `${object.name} has no field "${name}", so the value is not stored and the step may fail.`,
          ja: `${object.name} に項目「${name}」はありません。値は保存されず、ステップが失敗することもあります。`,
        },
        ...nearestFix(assignment.field, nearest),
        ...unlessCertain(certain),
      };
    }
  },
});
