import { defineRule } from '../../src/model/workflow/rule.ts';
import { chosenIn } from '../../src/reason/workflow/condition/choice.ts';
import { comparisonsOf, elementOf } from '../../src/reason/workflow/condition/sites.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost, { value: Legacy, active: false }], required: true }
`;

/** Asking for "not this one" does no harm when the value is out of use. */
const denies: ReadonlySet<string> = new Set(['ne', 'notIn', 'excludes', 'notContains', 'was', 'changedFrom']);

export const condPicklistInactive = defineRule({
  id: 'workflow.cond-picklist-inactive',
  severity: 'warning',
  sourceKind: 'condition',
  formats: ['SF', 'HS', 'ZO', 'OD', 'NY'],
  needs: ['choices'],
  title: { en: 'A condition on a choice that is no longer in use', ja: '無効な選択肢を使った条件' },
  about: {
    en: 'A choice can be switched off: records that have it keep it, but nobody can choose it any more. A condition that asks for it holds for old records only, and never again for new ones.',
    ja: '選択肢は無効にできます。すでにその値を持つレコードには残りますが、新しく選ぶことはできません。無効な選択肢を条件にすると、古いレコードでしか成立しません。',
  },
  advice: {
    en: 'Ask for the choice that took its place, or remove the condition.',
    ja: '代わりに使われている選択肢に変えるか、条件を削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: legacy-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Legacy }
steps:
  - notify: queue:finance
    message: 'legacy: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Won }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: current-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, ne: Legacy }
steps:
  - notify: queue:finance
    message: 'changed: {{record.name}}'
`,
      schema,
      says: {
        en: 'Leaving old records out by their old value is what the value is good for.',
        ja: '古い値を持つレコードを除外する条件であり、問題ありません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      if (denies.has(comparison.test.op)) continue;
      for (const { literal, value, field, object, fit } of chosenIn(comparison, workflow.format)) {
        if (fit.kind !== 'known' || fit.choice.active) continue;
        const name = `${object}.${field.name}`;
        yield {
          place: literal.place,
          ...elementOf(comparison.site),
          message: {
            en: `The choice "${short(value)}" of ${name} is switched off, so no new record can get it and the condition only holds for old ones.`,
            ja: `${name} の選択肢「${short(value)}」は無効です。新しいレコードでは選べないため、条件は古いレコードでしか成立しません。`,
          },
        };
      }
    }
  },
});
