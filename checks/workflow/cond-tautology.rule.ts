import type { Condition } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { needsReasoning } from '../../src/reason/workflow/condition/quick.ts';
import { impossible } from '../../src/reason/workflow/condition/satisfy.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import type { Where } from '../../src/reason/workflow/condition/where.ts';
import { alwaysHolds } from '../../src/reason/workflow/condition/words.ts';
import { conditionTests } from '../../src/reason/workflow/reads.ts';
import { writtenCondition } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
`;

/** The set itself, and each "any" in it that has to hold; the outer ones first. */
function* setsIn(condition: Condition): Generator<Condition> {
  yield condition;
  const todo: Condition[] = [condition];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind === 'any' && one !== condition && one.of.length > 1) yield one;
    if (one.kind === 'all') todo.push(...one.of.toReversed());
  }
}

/** Whether one of the things that all have to hold certainly can fail: then the whole can. */
const limits = (set: Condition): boolean =>
  (set.kind === 'all' ? set.of : [set]).some((part) => {
    if (part.kind === 'opaque') return true;
    // A list may hold every choice there is.
    return !needsReasoning(part) && !(part.kind === 'test' && part.op === 'in') && part.kind !== 'constant';
  });

/** A bound for sets with very many groups in them. */
const mostSets = 50;

const alwaysTrueIn = (condition: Condition, where: Where): Condition | undefined => {
  let count = 0;
  for (const set of setsIn(condition)) {
    count += 1;
    if (count > mostSets) return undefined;
    if (limits(set)) continue;
    const found = impossible([{ condition: set, holds: false, where: { ...where, filled: 'required' } }]);
    if (!found?.clashes.some((clash) => clash.length > 0)) continue;
    // "A required field has a value" is written to be always true, or to be on the safe side.
    if ([...conditionTests(set)].some(({ op }) => op !== 'empty' && op !== 'notEmpty')) return set;
  }
  return undefined;
};

const deniesEach = (set: Condition): boolean =>
  set.kind === 'any' && set.of.every((part) => part.kind === 'test' && (part.op === 'ne' || part.op === 'notIn'));

export const condTautology = defineRule({
  id: 'workflow.cond-tautology',
  severity: 'warning',
  sourceKind: 'condition',
  uses: ['schema', 'choices'],
  auto: 'suggest',
  title: { en: 'A condition that is always true', ja: '常に成り立つ条件' },
  about: {
    en: '"Not won or not lost" is true of every deal: one that is won is not lost. Such a condition looks like a limit and limits nothing, so the workflow also acts on the records that were meant to be left out. What was meant is nearly always "not won and not lost".',
    ja: '「受注でない、または失注でない」は、どの商談でも成り立ちます（受注の商談は失注ではないためです）。絞り込んでいるように見えて何も絞り込まないため、除外したかったレコードも処理されます。正しくは、ほとんどの場合「受注でない、かつ失注でない」です。',
  },
  advice: {
    en: 'Combine the conditions with "all" instead of "any", use "not in", or remove them.',
    ja: '「いずれか」(any) ではなく「すべて」(all) で組み合わせるか、「どれでもない」(notIn) を使うか、条件を削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: open-reminder
object: Deal
trigger: { on: create }
steps:
  - if:
      any:
        - { field: stage, ne: Won }
        - { field: stage, ne: Lost }
    then:
      - notify: role:sales
        message: 'still open: {{record.name}}'
`,
      schema,
      lines: [7],
    },
    good: {
      files: `workflow: open-reminder
object: Deal
trigger: { on: create }
steps:
  - if:
      - { field: stage, ne: Won }
      - { field: stage, ne: Lost }
    then:
      - notify: role:sales
        message: 'still open: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: open-reminder
object: Deal
trigger: { on: create }
steps:
  - if:
      any:
        - { field: stage, ne: Won }
        - { field: amount, ne: 0 }
    then:
      - notify: role:sales
        message: 'still open: {{record.name}}'
`,
      says: { en: 'The two speak of different fields.', ja: '2 つの条件は別々の項目についてのものです。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const site of sitesOf(workflow, project.schema)) {
      const { condition } = site.conditions;
      const set = alwaysTrueIn(condition, site.where);
      const [first] = set ? conditionTests(set) : [];
      if (!set || !first) continue;
      const text = writtenCondition(set);
      const { en, ja } = alwaysHolds(site);
      const whole = set === condition;
      yield {
        place: first.place,
        ...elementOf(site),
        message: {
          en: `"${text}" is true of every record${whole ? `, so ${en}` : ', so this part of the condition limits nothing'}.`,
          ja: `「${text}」はどのレコードでも成り立つため、${whole ? ja : '条件のこの部分は何も絞り込みません'}。`,
        },
        ...(deniesEach(set)
          ? {
              fix: {
                en: 'To leave all of these values out, combine the conditions with "all", or use notIn with the list of values.',
                ja: 'これらの値をすべて除外するには、条件を「すべて」(all) で組み合わせるか、notIn に値の一覧を書いてください。',
              },
            }
          : {}),
      };
    }
  },
});
