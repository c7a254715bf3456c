import { rememberFor } from '../../src/model/remember.ts';
import type { Text } from '../../src/model/text.ts';
import type { Condition, Test } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { clashWords } from '../../src/reason/workflow/condition/clash.ts';
import { type Goal, impossible } from '../../src/reason/workflow/condition/satisfy.ts';
import { sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { type Guard, guardsOf } from '../../src/reason/workflow/guards.ts';
import { conditionPaths, conditionTests } from '../../src/reason/workflow/reads.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
`;

/** A bound for very long chains of decisions. */
const mostGuards = 100;

/** The fields that a condition speaks of, whichever way they are written: by their last word. */
const pathsIn = rememberFor(
  (condition: Condition): ReadonlySet<string> =>
    new Set(
      [...conditionPaths(condition)].map(({ root, segments }) =>
        (segments.at(-1) ?? ('name' in root ? root.name : root.kind)).toLowerCase(),
      ),
    ),
);

const fromWords = ({ from, holds }: Guard): Text => {
  if (from.kind === 'entry') return { en: 'entry condition of the workflow', ja: 'ワークフローの開始条件' };
  if (from.kind === 'step')
    return { en: `certain after step "${from.step}"`, ja: `ステップ「${from.step}」の後は確定` };
  return holds
    ? { en: `already decided in step "${from.step}"`, ja: `ステップ「${from.step}」の分岐で判定済み` }
    : { en: `already excluded in step "${from.step}"`, ja: `ステップ「${from.step}」の分岐で除外済み` };
};

export const condPathContradiction = defineRule({
  id: 'workflow.cond-path-contradiction',
  severity: 'warning',
  sourceKind: 'condition',
  formats: ['SF', 'HS', 'PA', 'ES', 'BP', 'NY'],
  uses: ['schema', 'choices'],
  title: { en: 'A branch that earlier conditions exclude', ja: '前の条件によって実行されない分岐' },
  about: {
    en: 'A branch asks for something that cannot be any more at this place: the entry conditions, an earlier decision or an earlier write has settled it already. The branch never runs. Usually one of the two conditions is meant differently.',
    ja: 'この分岐の条件は、ここではもう成り立ちません。開始条件、前の分岐、前の更新によって、すでに決まっているためです。この分岐は一度も実行されません。多くの場合、どちらかの条件が意図と違っています。',
  },
  advice: {
    en: 'Correct the condition of the branch or the earlier one; if both are right, delete the branch.',
    ja: '分岐の条件か、前の条件を直してください。どちらも正しければ、分岐を削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: won-follow-up
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Won }
steps:
  - branch:
      - when: { field: stage, eq: Lost }
        steps:
          - notify: role:sales
            message: 'ask why: {{record.name}}'
      - else:
          - notify: queue:finance
            message: 'won: {{record.name}}'
`,
      schema,
      lines: [7],
    },
    good: {
      files: `workflow: closed-follow-up
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, in: [Won, Lost] }
steps:
  - branch:
      - when: { field: stage, eq: Lost }
        steps:
          - notify: role:sales
            message: 'ask why: {{record.name}}'
      - else:
          - notify: queue:finance
            message: 'won: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: won-follow-up
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Won }
steps:
  - wait: 30d
  - if: { field: stage, eq: Lost }
    then:
      - notify: role:sales
        message: 'lost after all: {{record.name}}'
`,
      schema,
      says: {
        en: 'Within thirty days the stage may have changed.',
        ja: '30 日の間にフェーズが変わっている可能性があります。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const { conditions, decides, step, branch, where } of sitesOf(workflow, project.schema)) {
      if (decides !== 'branch' || step?.kind !== 'decision' || branch === undefined) continue;
      // A clash needs a path that both speak of.
      const paths = pathsIn(conditions.condition);
      const related = guardsOf(workflow, step.id).filter(({ condition }) => {
        for (const text of pathsIn(condition)) if (paths.has(text)) return true;
        return false;
      });
      const guards = related.slice(0, mostGuards);
      if (guards.length === 0) continue;
      const own: Goal = { condition: conditions.condition, holds: true, where };
      const known: readonly Goal[] = guards.map(({ condition, holds }) => ({ condition, holds, where }));
      const found = impossible([...known, own]);
      // What is wrong in itself, or further up, is said there.
      if (!found || impossible([own]) || impossible(known)) continue;
      const tests = new Set<Test>(conditionTests(conditions.condition));
      const clash = found.clashes.find((one) => one.some(({ test }) => tests.has(test)));
      const earlier = clash?.filter(({ test }) => !tests.has(test)) ?? [];
      const asked = clash?.filter(({ test }) => tests.has(test)) ?? [];
      const guard = guards.find(({ condition }) => {
        const inside = new Set<Test>(conditionTests(condition));
        return earlier.some(({ test }) => inside.has(test));
      });
      if (!clash || !guard || asked.length === 0) continue;
      const [now, before] = [clashWords(asked), clashWords(earlier)];
      const place = step.branches[branch]?.place ?? conditions.place;
      yield {
        place,
        element: step.id,
        message: {
          en: `${now.en} cannot hold here, because ${before.en} is settled before (line ${guard.condition.place.line}), so this branch never runs.`,
          ja: `ここでは${now.ja}は成り立ちません。${guard.condition.place.line} 行目で${before.ja}がすでに決まっているため、この分岐は一度も実行されません。`,
        },
        also: [{ place: guard.condition.place, says: fromWords(guard) }],
      };
    }
  },
});
