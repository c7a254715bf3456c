import { rememberFor } from '../../src/model/remember.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';
import {
  type Holder,
  holderOf,
  mayBeUnset,
  settersOfHolder,
  variablesOf,
} from '../../src/reason/workflow/variables.ts';

/** What has a value from the beginning, or gets it in a way that is not seen here. */
const isGiven = (path: Path, workflow: Workflow): boolean => {
  const { root } = path;
  if (root.kind === 'step') {
    const step = graphOf(workflow).steps.get(root.step);
    // Screens, waits and unknown actions may have been there before.
    return !step || !['find', 'create', 'call', 'http'].includes(step.kind);
  }
  if (root.kind !== 'variable') return true;
  const variable = variablesOf(workflow).get(root.name);
  return !variable || variable.input || variable.constant === true || variable.default !== undefined || variable.list;
};

/** Where a value that is not there does harm: not in a condition, where it is simply empty. */
function* harmfulPaths(step: Step): Generator<Path> {
  // A screen shows what is there, and what an action of the platform only fills is written like what it reads.
  if (step.kind === 'screen' || step.kind === 'custom') return;
  for (const { purpose, value } of usesOf(step)) {
    if (purpose === 'condition' || purpose === 'keep' || purpose === 'filter') continue;
    // Handed on, it is as empty there as here.
    if (purpose === 'input') continue;
    yield* pathsOf(value);
  }
}

/** Named by screens and actions of the platform, which may put something into it. */
const filledOutside: (workflow: Workflow) => ReadonlySet<Holder> = rememberFor(
  ({ steps }) =>
    new Set(
      steps.flatMap((step) =>
        step.kind === 'screen' || step.kind === 'custom'
          ? [...usesOf(step)].flatMap(({ value }) => pathsOf(value).flatMap((path) => holderOf(path) ?? []))
          : [],
      ),
    ),
);

/** Whether a decision on the way looks at it, or at something that was set together with it. */
const isTested = (workflow: Workflow, step: Step, holder: Holder): boolean => {
  const setters = settersOfHolder(workflow, holder);
  return guardsOf(workflow, step.id).some(({ condition }) =>
    [...conditionPaths(condition)].some((path) => {
      const tested = holderOf(path);
      if (tested === undefined) return false;
      return tested === holder || settersOfHolder(workflow, tested).some((setter) => isNear(workflow, setter, setters));
    }),
  );
};

/** Set in the same step, or in one that always runs together with it. */
const isNear = (workflow: Workflow, one: string, others: readonly string[]): boolean => {
  const graph = graphOf(workflow);
  return others.some((other) => one === other || graph.dominates(one, other) || graph.dominates(other, one));
};

export const dataUsedBeforeSet = defineRule({
  id: 'workflow.data-used-before-set',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  formats: ['SF', 'PA', 'ES', 'NY'],
  title: { en: 'A value that may not be there yet', ja: '値が設定される前に使われる変数' },
  about: {
    en: 'On some way through the workflow, a step uses a variable or the result of another step before anything was put into it. It is empty then: a mail with a gap, a field that is cleared, a step that fails.',
    ja: 'ワークフローの経路によっては、値が入る前の変数や、まだ実行されていないステップの結果が使われます。その場合は空になり、メールに空白ができる、項目が消える、ステップが失敗するといった問題が起こります。',
  },
  advice: {
    en: 'Give it a value at the beginning, or set it on every way.',
    ja: '初期値を設定するか、すべての経路で値を設定してください。',
  },
  examples: {
    bad: {
      files: `workflow: rate
object: Deal
trigger: { on: create }
vars:
  rate: number
steps:
  - if: { field: amount, gt: 1000 }
    then: [{ let: { rate: 10 } }]
  - update: record
    set: { discount: '{{var.rate}}' }
`,
      lines: [10],
    },
    good: {
      files: `workflow: rate
object: Deal
trigger: { on: create }
vars:
  rate: number
steps:
  - if: { field: amount, gt: 1000 }
    then: [{ let: { rate: 10 } }]
    else: [{ let: { rate: 0 } }]
  - update: record
    set: { discount: '{{var.rate}}' }
`,
    },
    lookAlike: {
      files: `workflow: rate
object: Deal
trigger: { on: create }
vars:
  rate: number
steps:
  - if: { field: amount, gt: 1000 }
    then: [{ let: { rate: 10 } }]
  - if: { field: var.rate, empty: false }
    then: [{ update: record, set: { discount: '{{var.rate}}' } }]
`,
      says: { en: 'It is tested before it is used.', ja: '使う前に、空でないことを確認しています。' },
    },
  },
  *workflow(workflow) {
    for (const step of workflow.steps) {
      const said = new Set<Holder>();
      for (const path of harmfulPaths(step)) {
        const holder = holderOf(path);
        if (holder === undefined || said.has(holder) || isGiven(path, workflow)) continue;
        if (filledOutside(workflow).has(holder)) continue;
        if (!mayBeUnset(workflow, holder, step.id) || isTested(workflow, step, holder)) continue;
        said.add(holder);
        const name = holder.slice(holder.indexOf(':') + 1);
        const never = settersOfHolder(workflow, holder).length === 0;
        yield {
          place: path.place,
          element: step.id,
          message: never
            ? {
                en: `Nothing ever puts a value into "${name}", so it is always empty here.`,
                ja: `「${name}」に値を設定するステップがないため、ここでは常に空です。`,
              }
            : {
                en: `On some way to this step nothing has put a value into "${name}" yet, so it is empty there.`,
                ja: `このステップまでの経路によっては、「${name}」にまだ値が入っておらず、空のまま使われます。`,
              },
        };
      }
    }
  },
});
