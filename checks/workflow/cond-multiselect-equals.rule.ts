import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format } from '../../src/model/workflow/workflow.ts';
import { comparisonsOf, elementOf } from '../../src/reason/workflow/condition/sites.ts';
import { short, writtenValue } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      tags: { type: multipicklist, values: [VIP, Trial] }
      rank: { type: picklist, values: [A, B], required: true }
`;

const equality: ReadonlySet<string> = new Set(['eq', 'ne', 'changedTo', 'was', 'changedFrom']);

/** How "has this choice" is written. */
const instead: Partial<Record<Format, string>> = {
  SF: 'Contains',
  NY: 'contains',
  HS: 'IS_ANY_OF',
  OD: 'in',
  KI: 'in',
  ZO: 'contains',
};

export const condMultiselectEquals = defineRule({
  id: 'workflow.cond-multiselect-equals',
  severity: 'warning',
  sourceKind: 'condition',
  formats: ['SF', 'HS', 'OD', 'ZO', 'KI', 'NY'],
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'Equality on a multiple choice', ja: '複数選択の項目との完全一致' },
  about: {
    en: 'A multiple choice field can hold several values at once. "Equals" compares the whole selection: as soon as a second choice is ticked, it no longer holds.',
    ja: '複数選択の項目には、同時に複数の値が入ります。「等しい」は選択全体を比較するため、もう 1 つ選ばれただけで成立しなくなります。',
  },
  advice: {
    en: 'Ask whether the choice is among those that are ticked.',
    ja: 'その値が選択に含まれるかどうかを調べる比較に変えてください。',
  },
  examples: {
    bad: {
      files: `workflow: vip-notice
object: Deal
trigger: { on: update, fields: [tags] }
when: { field: tags, eq: VIP }
steps:
  - notify: role:sales
    message: 'VIP: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: vip-notice
object: Deal
trigger: { on: update, fields: [tags] }
when: { field: tags, contains: VIP }
steps:
  - notify: role:sales
    message: 'VIP: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: rank-notice
object: Deal
trigger: { on: update, fields: [rank] }
when: { field: rank, eq: A }
steps:
  - notify: role:sales
    message: 'rank A: {{record.name}}'
`,
      schema,
      says: { en: 'This field holds one choice.', ja: 'この項目で選べる値は 1 つだけです。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const { test, path, leads, site } of comparisonsOf(workflow, project.schema)) {
      if (leads.kind !== 'field' || leads.field.type !== 'multipicklist' || !equality.has(test.op)) continue;
      if (test.right?.kind !== 'literal' || test.right.value === null || test.right.value === '') continue;
      const name = short(path.text);
      const value = writtenValue(test.right);
      const word = instead[workflow.format];
      const { opPlace } = test;
      const edits =
        workflow.format === 'NY' &&
        opPlace?.endColumn !== undefined &&
        opPlace.endLine === opPlace.line &&
        (test.op === 'eq' || test.op === 'ne')
          ? [
              {
                file: opPlace.file,
                line: opPlace.line,
                column: opPlace.column,
                endLine: opPlace.endLine,
                endColumn: opPlace.endColumn,
                text: test.op === 'eq' ? 'contains' : 'notContains',
              },
            ]
          : [];
      yield {
        place: opPlace ?? test.place,
        ...elementOf(site),
        message: {
          en: `"${name}" can hold several choices, and this compares all of them with "${value}": a record with ${value} and one more is treated as different.`,
          ja: `「${name}」は複数選択の項目ですが、選択全体を「${value}」と比較しています。${value} のほかにもう 1 つ選ばれたレコードは、一致しないものとして扱われます。`,
        },
        ...(word === undefined ? {} : { fix: { en: `Use "${word}".`, ja: `「${word}」を使ってください。` } }),
        edits,
      };
    }
  },
});
