import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Field, ObjectSchema, Schema } from '../../src/model/workflow/schema.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';
import { filledBefore, refusalsOf } from '../../src/reason/workflow/refusals.ts';
import { entryOf, objectOf } from '../../src/reason/workflow/resolve.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields: { stage: text }
  Invoice:
    fields:
      number: { type: text, required: true }
      status: { type: text, required: true, default: Open }
      deal: { type: reference, to: Deal, required: true }
`;

const isEmpty = (value: Value): boolean => value.kind === 'literal' && (value.value === null || value.value === '');

const isMissing = (field: Field, set: ReadonlyMap<string, Value>, schema: Schema): boolean => {
  if (!field.required || field.readOnly || field.type === 'boolean') return false;
  const value = entryOf(set, field.name, schema);
  return value ? isEmpty(value) : !field.hasDefault;
};

const missingOf = (object: ObjectSchema, set: ReadonlyMap<string, Value>, schema: Schema): readonly Field[] =>
  [...object.fields.values()].filter((field) => isMissing(field, set, schema));

export const actionCreateMissingRequired = defineRule({
  id: 'workflow.action-create-missing-required',
  severity: 'error',
  sourceKind: 'action',
  needs: ['schema'],
  title: { en: 'A new record without a required field', ja: '必須項目のないレコード作成' },
  about: {
    en: 'A required field must have a value before the CRM stores a record. A step that makes a record without it fails each time it runs.',
    ja: '必須項目に値がないと、CRM はレコードを保存しません。値を入れずにレコードを作るステップは、実行のたびに失敗します。',
  },
  advice: {
    en: 'Set the field in this step, or give it a default value in the CRM.',
    ja: 'このステップで値を設定するか、CRM で項目に初期値を設定してください。',
  },
  examples: {
    bad: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - create: Invoice
    set: { deal: '{{record.id}}' }
onError: [{ notify: role:admin, message: no invoice }]
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - create: Invoice
    set: { deal: '{{record.id}}', number: 'R-{{record.name}}' }
onError: [{ notify: role:admin, message: no invoice }]
`,
      schema,
    },
    lookAlike: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - create: Invoice
    set: { deal: '{{record.id}}' }
onError: [{ notify: role:admin, message: no invoice }]
---
workflow: number
object: Invoice
trigger: { on: create, phase: before }
steps:
  - update: record
    set: { number: 'R-{{record.deal.name}}' }
`,
      schema,
      says: {
        en: 'Another workflow fills the number before the invoice is saved.',
        ja: '請求書が保存される前に、別のワークフローが番号を設定します。',
      },
    },
  },
  *workflow(workflow, { project: { schema }, active }) {
    for (const step of workflow.steps) {
      if (step.kind !== 'create') continue;
      for (const write of writesOf(step, workflow, schema)) {
        const object = write.object === undefined ? undefined : objectOf(schema, write.object);
        if (write.operation !== 'create' || write.more || !object) continue;
        const filled = filledBefore(active)(schema);
        if (filled.has(`${object.name}.*`)) continue;
        const set = new Map(write.set.map(({ field, value }) => [field.name, value]));
        const missing = missingOf(object, set, schema)
          .map(({ name }) => name)
          .filter((name) => !filled.has(`${object.name}.${name}`));
        if (missing.length === 0) continue;
        yield {
          place: step.place,
          element: step.id,
          message: {
            en: `The new ${object.name} gets no value for ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} required, so it is never stored.`,
            ja: `新しい ${object.name} の必須項目 ${missing.join('、')} に値がないため、レコードは作成されません。`,
          },
        };
      }
    }
    for (const { step, object, rule, place, missing } of refusalsOf(workflow, schema, active)) {
      if (missing.length === 0) continue;
      yield {
        place,
        element: step,
        message: {
          en: `With these values the validation rule "${rule.name}" of ${object} also demands ${missing.join(', ')}, which stays empty, so the record is never stored.`,
          ja: `この値の場合、${object} の入力規則「${rule.name}」により ${missing.join('、')} も必要ですが、空のままのため、レコードは作成されません。`,
        },
      };
    }
  },
});
