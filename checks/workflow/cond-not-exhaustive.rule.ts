import { defineRule } from '../../src/model/workflow/rule.ts';
import { choiceSplitOf } from '../../src/reason/workflow/condition/exhaustive.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Case:
    fields:
      priority: { type: picklist, values: [Low, Normal, High], required: true }
`;

export const condNotExhaustive = defineRule({
  id: 'workflow.cond-not-exhaustive',
  severity: 'warning',
  sourceKind: 'condition',
  needs: ['choices'],
  auto: 'suggest',
  title: { en: 'A choice without a branch', ja: '分岐のない選択肢' },
  about: {
    en: 'The decision has a branch for most values of a choice field, but not for all, and no default for the rest. Records with one of the other values pass without anything being done. This happens easily when a choice is added later.',
    ja: '選択リストの値ごとに分岐がありますが、一部の値の分岐がなく、それ以外の場合の分岐もありません。その値のレコードは、何も処理されずに通り過ぎます。後から選択肢を追加したときによく起こります。',
  },
  advice: {
    en: 'Add a branch for the missing values, or a default.',
    ja: '足りない値の分岐か、それ以外の場合の分岐を追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: route-case
object: Case
trigger: { on: create }
steps:
  - id: route
    branch:
      - when: { field: priority, eq: High }
        steps: [{ assign: 'queue:urgent' }]
      - when: { field: priority, eq: Normal }
        steps: [{ assign: 'queue:normal' }]
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: route-case
object: Case
trigger: { on: create }
steps:
  - id: route
    branch:
      - when: { field: priority, eq: High }
        steps: [{ assign: 'queue:urgent' }]
      - when: { field: priority, eq: Normal }
        steps: [{ assign: 'queue:normal' }]
      - else: [{ assign: 'queue:later' }]
`,
      schema,
    },
    lookAlike: {
      files: `workflow: route-case
object: Case
trigger: { on: create }
when: { field: priority, ne: Low }
steps:
  - id: route
    branch:
      - when: { field: priority, eq: High }
        steps: [{ assign: 'queue:urgent' }]
      - when: { field: priority, eq: Normal }
        steps: [{ assign: 'queue:normal' }]
`,
      schema,
      says: {
        en: 'The entry conditions leave the third value out.',
        ja: '3 つ目の値は開始条件で除外されています。',
      },
    },
  },
  *workflow(workflow, { project }) {
    const { reachable } = graphOf(workflow);
    for (const step of workflow.steps) {
      if (step.kind !== 'decision' || step.otherwise || step.branches.length < 2 || !reachable.has(step.id)) continue;
      const split = choiceSplitOf(step, { workflow, schema: project.schema });
      // "Two of ten" picks some out; "three of four" was meant to be all.
      if (!split || split.missing.length === 0 || split.missing.length > split.covered.length) continue;
      const names = split.missing.slice(0, 8).map(({ value }) => short(value, 40));
      const more = split.missing.length > names.length ? ', …' : '';
      const field = `${split.object}.${split.field.name}`;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `"${field}" can also be ${names.map((name) => `"${name}"`).join(', ')}${more}, for which there is neither a branch nor a default, so nothing is done for such records.`,
          ja: `「${field}」が${names.map((name) => `「${name}」`).join('')}${more ? 'など' : ''}の場合の分岐も、それ以外の場合の分岐もないため、そのレコードは何も処理されません。`,
        },
      };
    }
  },
});
