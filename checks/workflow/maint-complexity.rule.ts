import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';

/** Ways that part somewhere: each branch, each action of a state beyond the first. */
const branchesOf = ({ steps, transitions = [] }: Workflow): number => {
  const inSteps = steps.reduce((sum, step) => sum + (step.kind === 'decision' ? step.branches.length : 0), 0);
  const left = new Set(transitions.map(({ from }) => from.name));
  return inSteps + Math.max(0, transitions.length - left.size);
};

const nestingOf = ({ steps }: Workflow): number =>
  steps.reduce((most, { inside = [] }) => Math.max(most, inside.length), 0);

const deep = (levels: number): string => {
  const lines = [
    'workflow: deep',
    'description: Many questions.',
    'object: Deal',
    'trigger: { on: update, fields: [stage] }',
    'steps:',
  ];
  for (let level = 0; level < levels; level += 1) {
    const indent = '  '.repeat(level * 2 + 1);
    lines.push(`${indent}- if: { field: answer${level}, eq: yes }`, `${indent}  then:`);
  }
  const indent = '  '.repeat(levels * 2 + 1);
  lines.push(`${indent}- notify: role:sales`, `${indent}  message: all answers are yes`, '');
  return lines.join('\n');
};

export const maintComplexity = defineRule({
  id: 'workflow.maint-complexity',
  severity: 'info',
  sourceKind: 'maintenance',
  limits: { branches: 30, nesting: 5 },
  title: { en: 'A workflow that is hard to follow', ja: '複雑すぎるワークフロー' },
  about: {
    en: 'Every branch doubles the ways through a workflow. Beyond some dozens nobody has all of them in mind, tests reach only a part, and each change breaks something else. Parts of it can be workflows of their own that are called.',
    ja: '分岐が 1 つ増えるごとに、通り道の組み合わせは倍になります。数十を超えると全体を把握できる人がいなくなり、テストも一部しか通らず、直すたびに別の所が壊れます。まとまった部分は、呼び出される別のワークフローに分けられます。',
  },
  advice: { en: 'Split it into smaller workflows.', ja: '小さなワークフローに分割してください。' },
  examples: {
    bad: { files: deep(6), lines: [1] },
    good: { files: deep(2) },
    lookAlike: { files: deep(5) },
  },
  *workflow(workflow, { limits }): Generator<Problem> {
    const branches = branchesOf(workflow);
    const nesting = nestingOf(workflow);
    const most = Number(limits.branches);
    const deepest = Number(limits.nesting);
    if (!(branches > most || nesting > deepest)) return;
    const { en, ja } =
      branches > most
        ? { en: `${branches} branches (more than ${most})`, ja: `分岐が ${branches} 個（目安は ${most} 個まで）` }
        : {
            en: `${nesting} levels of nesting (more than ${deepest})`,
            ja: `入れ子が ${nesting} 段（目安は ${deepest} 段まで）`,
          };
    yield {
      place: workflow.place,
      message: {
        en: `"${workflow.id}" has ${en}, so hardly anybody can tell what it does in every case.`,
        ja: `「${workflow.id}」には${ja}あり、あらゆる場合の動きを把握するのが困難です。`,
      },
    };
  },
});
