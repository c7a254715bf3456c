import type { Condition, Test } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { isNumberType, isTimeType } from '../../src/reason/workflow/condition/constant.ts';
import { type Goal, impossible } from '../../src/reason/workflow/condition/satisfy.ts';
import { comparisonsOf, elementOf } from '../../src/reason/workflow/condition/sites.ts';
import { keyOf } from '../../src/reason/workflow/condition/where.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { conditionTests } from '../../src/reason/workflow/reads.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      probability: { type: number }
      amount: { type: number, required: true }
`;

/** Tests that say by themselves what becomes of an empty value. */
const settles: ReadonlySet<string> = new Set(['empty', 'notEmpty', 'eq', 'gt', 'ge', 'between', 'in', 'changedTo']);

/** Whether another test on the same field, anywhere in the set, shows that empty values were thought of. */
const thoughtOf = (condition: Condition, test: Test, key: (other: Test) => string | undefined): boolean => {
  const own = key(test);
  for (const other of conditionTests(condition)) {
    if (other !== test && settles.has(other.op) && key(other) === own) return true;
  }
  return false;
};

export const condNullUnsafeCompare = defineRule({
  id: 'workflow.cond-null-unsafe-compare',
  severity: 'warning',
  sourceKind: 'condition',
  formats: ['SF', 'OD', 'SU', 'KI', 'NY'],
  needs: ['schema'],
  auto: 'suggest',
  confidence: 'likely',
  title: { en: 'Less than, on a field that may be empty', ja: '空のこともある項目の大小比較' },
  about: {
    en: 'What "less than 10" means for an empty field differs: some platforms count empty as 0, so that it holds, on others it does not hold or fails with an error. Records on which the number was simply not filled in are then treated in a way that nobody chose.',
    ja: '空の項目に「10 より小さい」という条件を使った結果は、環境によって異なります。空を 0 とみなして成立する場合もあれば、成立しない場合やエラーになる場合もあります。数値が未入力のレコードが、意図しない扱いを受けるおそれがあります。',
  },
  advice: {
    en: 'Test first whether the field has a value, or make it a required field.',
    ja: '先に値が入っているかどうかを調べるか、必須項目にしてください。',
  },
  examples: {
    bad: {
      files: `workflow: unlikely-deal
object: Deal
trigger: { on: create }
when: { field: probability, lt: 10 }
steps:
  - notify: role:sales
    message: 'unlikely: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: unlikely-deal
object: Deal
trigger: { on: create }
when:
  - { field: probability, empty: false }
  - { field: probability, lt: 10 }
steps:
  - notify: role:sales
    message: 'unlikely: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: likely-deal
object: Deal
trigger: { on: create }
when: { field: probability, gt: 90 }
steps:
  - notify: role:sales
    message: 'likely: {{record.name}}'
`,
      schema,
      says: {
        en: 'An empty value is nowhere more than 90.',
        ja: '空の値が 90 より大きいと判定されることはありません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const { test, path, leads, site } of comparisonsOf(workflow, project.schema)) {
      if (test.op !== 'lt' && test.op !== 'le') continue;
      if (leads.kind !== 'field' || leads.overMany) continue;
      const { field } = leads;
      if ((field.required && !leads.overOptional) || field.hasDefault || field.readOnly) continue;
      const { right } = test;
      // Only where an empty value that counts as 0 gives another result; a date that is empty is 0 for PHP alone.
      const number =
        isNumberType(field.type) && right?.kind === 'literal' && Number(right.value) > (test.op === 'lt' ? 0 : -1e-9);
      const date = isTimeType(field.type) && workflow.format === 'SU';
      if (!number && !date) continue;
      const { where, conditions, step } = site;
      // In Salesforce only a formula counts a blank as 0; queries and decisions leave it out.
      if (workflow.format === 'SF' && conditions.formula === undefined) continue;
      const key = ({ left }: Test): string | undefined => (left.kind === 'path' ? keyOf(left.path, where) : undefined);
      if (thoughtOf(conditions.condition, test, key)) continue;
      const guards = step
        ? guardsOf(workflow, step.id).map(({ condition, holds }): Goal => ({ condition, holds, where }))
        : [];
      const empty: Test = { kind: 'test', left: test.left, op: 'empty', place: test.place };
      if (guards.length > 0 && impossible([...guards, { condition: empty, holds: true, where }])) continue;
      const name = short(path.text);
      const native = workflow.format === 'NY';
      yield {
        place: test.place,
        ...elementOf(site),
        message: native
          ? {
              en: `"${name}" may be empty, and then this comparison does not hold: records without a value are left out although nothing says so.`,
              ja: `「${name}」は空のことがあり、その場合この比較は成立しません。値が未入力のレコードは、何も示されないまま対象から外れます。`,
            }
          : {
              en: `"${name}" may be empty, and an empty value may count as 0 or as nothing in this comparison: records without a value are treated by chance.`,
              ja: `「${name}」は空のことがあり、この比較では 0 として扱われる場合と、値なしとして扱われる場合があります。値が未入力のレコードの扱いが決まりません。`,
            },
      };
    }
  },
});
