import { defineRule } from '../../src/model/workflow/rule.ts';
import { notOffered } from '../../src/reason/workflow/condition/offered.ts';
import { comparisonsOf, elementOf } from '../../src/reason/workflow/condition/sites.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won Direct, Won Reseller], required: true }
      tags: { type: multipicklist, values: [VIP, Trial] }
`;

export const condOperatorInvalid = defineRule({
  id: 'workflow.cond-operator-invalid',
  severity: 'error',
  sourceKind: 'condition',
  uses: ['schema'],
  title: { en: 'A comparison that is not possible there', ja: 'そこでは使えない比較方法' },
  about: {
    en: 'Each kind of field has its own comparisons: "contains" belongs to texts, "less than" to numbers and dates, "changed" to the record that is being saved. Elsewhere the CRM refuses the definition, or the condition never holds.',
    ja: '使える比較方法は、項目の種類と場所で決まります。「含む」は文字、「より小さい」は数値や日付、「変更された」は保存中のレコードに使います。それ以外では、定義が拒否されるか、条件が成立しません。',
  },
  advice: {
    en: 'Choose a comparison that this kind of field offers, for choices eq or in.',
    ja: '項目の種類に合った比較方法を選んでください。選択肢なら eq や in を使います。',
  },
  examples: {
    bad: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, contains: Won }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, in: [Won Direct, Won Reseller] }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: vip-notice
object: Deal
trigger: { on: update, fields: [tags] }
when: { field: tags, contains: VIP }
steps:
  - notify: queue:finance
    message: 'VIP: {{record.name}}'
`,
      schema,
      says: {
        en: 'A multiple choice contains each of its values.',
        ja: '複数選択の項目では、選ばれた値を「含む」で調べられます。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const { rule, what, found, allowed, place, step } of workflow.defects) {
      if (rule !== 'cond-operator-invalid') continue;
      const words = (allowed ?? []).slice(0, 12).map((word) => short(word, 40));
      const wrong = short(found ?? what);
      yield {
        place,
        ...(step === undefined ? {} : { element: step }),
        message: {
          en: `"${wrong}" is no comparison that can be used here, so the condition is refused or never holds.`,
          ja: `「${wrong}」はここで使える比較方法ではないため、定義が拒否されるか、条件が成立しません。`,
        },
        ...(words.length === 0
          ? {}
          : { fix: { en: `Use one of ${words.join(', ')}.`, ja: `${words.join('、')} のどれかを使ってください。` } }),
      };
    }
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      const why = notOffered(comparison, workflow.format);
      if (!why) continue;
      const { test, path, site } = comparison;
      const op = short(test.opText ?? test.op);
      yield {
        place: test.opPlace ?? test.place,
        ...elementOf(site),
        message: {
          en: `"${op}" cannot be used on "${short(path.text)}": ${why.en}. The condition is refused or never holds.`,
          ja: `「${short(path.text)}」に「${op}」は使えません（${why.ja}）。定義が拒否されるか、条件が成立しません。`,
        },
      };
    }
  },
});
