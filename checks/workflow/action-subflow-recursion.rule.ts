import { defineRule } from '../../src/model/workflow/rule.ts';
import type { StepOf } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { calleeOf, callsOf } from '../../src/reason/workflow/calls.ts';
import { graphOf, pauses } from '../../src/reason/workflow/graph.ts';

/**
 * Whether every run makes this call: nothing ends before it, waits before it, or goes another way. Conditions and entry conditions may end
 * the recursion, and so does a loop over no records.
 */
const isCertain = (step: StepOf<'call'>, workflow: Workflow): boolean => {
  const graph = graphOf(workflow);
  if (workflow.triggers.some(({ on, when }) => on === 'call' && when)) return false;
  const starts = workflow.triggers.filter(({ on }) => on === 'call');
  const entries = (starts.length > 0 ? starts : workflow.triggers).flatMap(({ to }) =>
    to?.to === undefined ? [] : to.to,
  );
  if (entries.length === 0 || step.onError) return false;
  const seen = new Set<string>();
  const todo = [...entries];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (id === step.id || seen.has(id)) continue;
    seen.add(id);
    const one = graph.steps.get(id);
    if (!one || pauses(one) || one.kind === 'stop' || one.kind === 'fail') return false;
    const ways = graph.ways(id).filter(({ kind }) => kind !== 'error');
    // An edge to nowhere ends the run.
    if (ways.length === 0) return false;
    if (one.kind === 'decision' && !one.otherwise && !one.next?.to) return false;
    if (one.kind === 'decision' && one.branches.some(({ edge }) => edge.to === undefined)) return false;
    if (one.kind === 'decision' && one.otherwise && one.otherwise.to === undefined) return false;
    if (one.kind === 'loop' && one.next?.to === undefined) return false;
    todo.push(...ways.map(({ to }) => to));
  }
  return true;
};

interface Certain {
  readonly step: StepOf<'call'>;
  readonly to: Workflow;
}

export const actionSubflowRecursion = defineRule({
  id: 'workflow.action-subflow-recursion',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'ES', 'BP', 'OD', 'NY'],
  over: ['flow-mutual-trigger'],
  title: { en: 'Workflows that call each other without end', ja: '終わりなく呼び合うワークフロー' },
  about: {
    en: 'A workflow calls itself, directly or through others, and no condition ever stops it. The platform breaks the run off at its limit, and everything done until then is undone or left half done.',
    ja: 'ワークフローが直接または他のワークフローを経由して自分自身を呼び出し、それを止める条件がありません。プラットフォームの上限で処理が打ち切られ、それまでの結果は取り消されるか、中途半端に残ります。',
  },
  advice: {
    en: 'Remove one of the calls, or make it depend on a condition that becomes false.',
    ja: '呼び出しの 1 つを外すか、いずれ不成立になる条件を付けてください。',
  },
  examples: {
    bad: {
      files: `workflow: recalculate
trigger: { on: call }
steps:
  - log: start
  - call: totals
---
workflow: totals
trigger: { on: call }
steps:
  - call: recalculate
`,
      lines: [5],
    },
    good: {
      files: `workflow: recalculate
trigger: { on: call }
steps:
  - log: start
  - call: totals
---
workflow: totals
trigger: { on: call }
steps:
  - log: done
`,
    },
    lookAlike: {
      files: `workflow: recalculate
trigger: { on: call }
inputs: { level: number }
steps:
  - log: start
  - if: { field: input.level, lt: 5 }
    then: [{ call: recalculate, with: { level: 5 } }]
`,
      says: { en: 'A condition ends it.', ja: '条件があり、いずれ終わります。' },
    },
  },
  *project({ project, active }) {
    const certain = new Map<Workflow, readonly Certain[]>(
      active.map((workflow) => [
        workflow,
        callsOf(workflow).flatMap((step) => {
          const to = calleeOf(step, project);
          return to?.status === 'active' && isCertain(step, workflow) ? [{ step, to }] : [];
        }),
      ]),
    );
    const done = new Set<Workflow>();
    for (const start of active) {
      const way: { readonly workflow: Workflow; readonly calls: Iterator<Certain>; step?: StepOf<'call'> }[] = [];
      const enter = (workflow: Workflow): void => {
        done.add(workflow);
        way.push({ workflow, calls: (certain.get(workflow) ?? [])[Symbol.iterator]() });
      };
      if (!done.has(start)) enter(start);
      for (let top = way.at(-1); top; top = way.at(-1)) {
        const next = top.calls.next();
        if (next.done) {
          way.pop();
          continue;
        }
        const { step, to } = next.value;
        top.step = step;
        const at = way.findIndex(({ workflow }) => workflow === to);
        if (at < 0) {
          if (!done.has(to)) enter(to);
          continue;
        }
        const round = way.slice(at);
        const first = round.reduce((one, other) =>
          active.indexOf(other.workflow) < active.indexOf(one.workflow) ? other : one,
        );
        const place = first.step?.workflow.place ?? first.workflow.place;
        const ordered = [...round.slice(round.indexOf(first)), ...round.slice(0, round.indexOf(first))];
        const names = [...ordered, first].map(({ workflow }) => workflow.id).join(' → ');
        yield {
          place,
          workflow: first.workflow.id,
          ...(first.step ? { element: first.step.id } : {}),
          message: {
            en: `These calls never end: ${names}. The platform breaks the run off at its limit.`,
            ja: `呼び出しが終わりません: ${names}。プラットフォームの上限で処理が打ち切られます。`,
          },
          also: ordered.slice(1).map((one) => ({
            place: one.step?.workflow.place ?? one.workflow.place,
            says: { en: `"${one.workflow.id}" calls on.`, ja: `「${one.workflow.id}」がさらに呼び出します。` },
          })),
        };
      }
    }
  },
});
