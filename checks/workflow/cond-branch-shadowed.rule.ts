import { rememberFor } from '../../src/model/remember.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Branch } from '../../src/model/workflow/step.ts';
import { type Goal, impossible } from '../../src/reason/workflow/condition/satisfy.ts';
import type { Where } from '../../src/reason/workflow/condition/where.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { writtenCondition } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      amount: { type: number, required: true }
`;

/** The work grows with the square of the branches. */
const mostBranches = 60;

const pathsIn = rememberFor(
  ({ when }: Branch): ReadonlySet<string> =>
    new Set([...conditionPaths(when.condition)].map(({ text }) => text.toLowerCase())),
);

/** An earlier branch that also asks for something else leaves records over, however the fields of this one are. */
const mayTakeAll = (earlier: Branch, branch: Branch): boolean => {
  const paths = pathsIn(branch);
  for (const text of pathsIn(earlier)) if (!paths.has(text)) return false;
  return true;
};

/** Earlier branches that take everything that would come to this one; the one that does it alone, where there is one. */
const shadowOf = (branches: readonly Branch[], at: number, where: Where): readonly Branch[] => {
  const branch = branches[at];
  if (!branch) return [];
  const own: Goal = { condition: branch.when.condition, holds: true, where };
  const earlier = branches.slice(0, at).filter((one) => mayTakeAll(one, branch));
  const without = (one: Branch): Goal => ({ condition: one.when.condition, holds: false, where });
  if (earlier.length === 0 || !impossible([own, ...earlier.map(without)]) || impossible([own])) return [];
  const alone = earlier.find((one) => impossible([own, without(one)]));
  return alone
    ? [alone]
    : earlier.filter(({ when }) => !impossible([{ condition: when.condition, holds: true, where }]));
};

export const condBranchShadowed = defineRule({
  id: 'workflow.cond-branch-shadowed',
  severity: 'error',
  sourceKind: 'condition',
  formats: ['SF', 'HS', 'BP', 'ES', 'PA', 'NY'],
  uses: ['schema', 'choices'],
  auto: 'suggest',
  title: { en: 'A branch that an earlier one always takes first', ja: '前の分岐に必ず先を越される分岐' },
  about: {
    en: 'Branches are tried in order, and the first that holds is taken. When an earlier branch holds for every record that a later one is meant for ("above 10" before "above 30"), the later one never runs.',
    ja: '分岐は上から順に判定され、最初に成り立った分岐だけが実行されます。後の分岐に当てはまるレコードが、すべて前の分岐にも当てはまる場合（「30 より大きい」の前に「10 より大きい」がある、など）、後の分岐は一度も実行されません。',
  },
  advice: {
    en: 'Put the narrower branch first, or limit the earlier one.',
    ja: '条件の狭い分岐を先に置くか、前の分岐の条件を絞ってください。',
  },
  examples: {
    bad: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - branch:
      - when: { field: amount, gt: 10 }
        steps:
          - update: record
            set: { rank: B }
      - when: { field: amount, gt: 30 }
        steps:
          - update: record
            set: { rank: A }
      - else:
          - update: record
            set: { rank: C }
`,
      lines: [10],
    },
    good: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - branch:
      - when: { field: amount, gt: 30 }
        steps:
          - update: record
            set: { rank: A }
      - when: { field: amount, gt: 10 }
        steps:
          - update: record
            set: { rank: B }
      - else:
          - update: record
            set: { rank: C }
`,
    },
    lookAlike: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - branch:
      - when: { field: amount, gt: 30 }
        steps:
          - update: record
            set: { rank: A }
      - when: { not: { field: amount, gt: 30 } }
        steps:
          - update: record
            set: { rank: B }
      - else:
          - log: never needed, but harmless
`,
      schema,
      says: {
        en: 'Only the "else" is left without records: as a safety net that is fine.',
        ja: '残りがないのは else だけです。念のための受け皿なので問題ありません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    const where: Where = { workflow, schema: project.schema };
    for (const step of workflow.steps) {
      if (step.kind !== 'decision' || step.takes !== 'first' || step.branches.length > mostBranches) continue;
      const { branches } = step;
      for (const [at, branch] of branches.entries()) {
        const shadow = at === 0 ? [] : shadowOf(branches, at, where);
        const [first] = shadow;
        if (!first) continue;
        const own = writtenCondition(branch.when.condition);
        const other = writtenCondition(first.when.condition);
        const lines = shadow.map(({ place }) => place.line).join(', ');
        yield {
          place: branch.place,
          element: step.id,
          message:
            shadow.length === 1
              ? {
                  en: `Every record that meets "${own}" has already taken the branch "${other}" (line ${lines}), so this branch never runs.`,
                  ja: `「${own}」に当てはまるレコードは、すべて先に「${other}」の分岐（${lines} 行目）へ進むため、この分岐は一度も実行されません。`,
                }
              : {
                  en: `Every record that meets "${own}" has already taken one of the branches before it (lines ${lines}), so this branch never runs.`,
                  ja: `「${own}」に当てはまるレコードは、すべて前の分岐（${lines} 行目）のどれかへ先に進むため、この分岐は一度も実行されません。`,
                },
          also: shadow.slice(0, 5).map(({ place }) => ({
            place,
            says: {
              en: 'is tried before and holds for the same records',
              ja: '先に判定され、同じレコードに当てはまります',
            },
          })),
        };
      }
    }
  },
});
