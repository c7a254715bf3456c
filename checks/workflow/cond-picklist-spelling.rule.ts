import { defineRule } from '../../src/model/workflow/rule.ts';
import { chosenIn } from '../../src/reason/workflow/condition/choice.ts';
import { comparisonsOf, elementOf } from '../../src/reason/workflow/condition/sites.ts';
import { rewriting } from '../../src/reason/workflow/condition/words.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
`;

const visible = (text: string): string =>
  text
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('\u3000', '□');

export const condPicklistSpelling = defineRule({
  id: 'workflow.cond-picklist-spelling',
  severity: 'warning',
  sourceKind: 'condition',
  needs: ['choices'],
  auto: 'unsafe',
  title: { en: 'A choice written a little differently', ja: '表記がわずかに違う選択肢' },
  about: {
    en: 'The value in the condition looks like one of the choices, but differs in letter case, in half and full width, in blanks around it or in signs that cannot be seen (such as a byte-order mark, which comes in by copying). The CRM compares the signs themselves, so the condition does not hold.',
    ja: '条件の値は選択肢とほぼ同じに見えますが、大文字と小文字、半角と全角、前後の空白、目に見えない文字（コピー時に混ざる BOM など）が違います。CRM は文字そのものを比較するため、条件が成立しません。',
  },
  advice: { en: 'Write the value exactly as it is stored.', ja: '保存されている値と完全に同じ表記にしてください。' },
  examples: {
    bad: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: 'won ' }
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
when: { field: stage, eq: 'Won' }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [grade] }
when: { field: grade, eq: a }
steps:
  - notify: queue:finance
    message: 'grade a: {{record.name}}'
`,
      schema: `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      grade: { type: picklist, values: [A, a], required: true }
`,
      says: {
        en: 'Both spellings are choices of their own.',
        ja: 'どちらの表記も、それぞれ選択肢として登録されています。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      for (const { literal, value, field, object, fit } of chosenIn(comparison, workflow.format)) {
        if (fit.kind !== 'spelling') continue;
        const name = `${object}.${field.name}`;
        const written = visible(value).slice(0, 120);
        yield {
          place: literal.place,
          ...elementOf(comparison.site),
          message: {
            en: `"${written}" is not exactly the choice "${short(fit.meant)}" of ${name}, so the comparison fails.`,
            ja: `「${written}」は ${name} の選択肢「${short(fit.meant)}」と表記が一致しないため、比較が成立しません。`,
          },
          fix: { en: `Write "${short(fit.meant)}".`, ja: `「${short(fit.meant)}」に直してください。` },
          edits: rewriting(literal, fit.meant),
        };
      }
    }
  },
});
