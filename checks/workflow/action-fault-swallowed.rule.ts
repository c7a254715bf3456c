import { rememberFor } from '../../src/model/remember.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Edge, Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { readsOf } from '../../src/reason/workflow/effects.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';

/** Somebody or something learns of the error. */
const tells = (step: Step): boolean =>
  ['log', 'mail', 'notify', 'task', 'undo', 'fail', 'screen', 'http', 'create', 'update', 'code', 'custom', 'call']
    .concat(['signal', 'approval', 'assign', 'delete'])
    .includes(step.kind);

/** Whether anything in the workflow looks at the error itself. */
const looksAtError: (workflow: Workflow) => boolean = rememberFor((workflow) =>
  workflow.steps.some((step) => {
    const { paths, anything } = readsOf(step, workflow);
    return anything || paths.some(({ root }) => root.kind === 'error');
  }),
);

/** Variables that something outside of the step reads: a flag that says "it failed". */
const flagsRead: (workflow: Workflow) => ReadonlySet<string> = rememberFor((workflow) => {
  const read = new Set(workflow.variables.filter(({ output }) => output).map(({ name }) => name));
  for (const step of workflow.steps)
    for (const { value } of usesOf(step))
      for (const { root } of pathsOf(value)) if (root.kind === 'variable') read.add(root.name);
  return read;
});

const setsFlag = (step: Step, workflow: Workflow): boolean =>
  step.kind === 'let' &&
  step.assigns.some(({ to: { root } }) => root.kind !== 'variable' || flagsRead(workflow).has(root.name));

interface ErrorWay {
  readonly edge: Edge;
  readonly place: Place;
  readonly step?: Step;
}

const errorWays = (workflow: Workflow): readonly ErrorWay[] => [
  ...workflow.steps.flatMap((step) => (step.onError ? [{ edge: step.onError, place: step.place, step }] : [])),
  ...(workflow.onError ? [{ edge: workflow.onError, place: workflow.onError.place }] : []),
];

export const actionFaultSwallowed = defineRule({
  id: 'workflow.action-fault-swallowed',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['SF', 'PA', 'BP', 'NY'],
  title: { en: 'An error path that tells nobody', ja: '誰にも知らせないエラー処理' },
  about: {
    en: 'The error path catches the failure, but neither logs it, tells a person, nor undoes anything. The run looks successful, and the missing record or message is noticed weeks later.',
    ja: 'エラー時の処理が失敗を受け止めるだけで、記録も通知も取り消しもしていません。処理は成功したように見え、レコードやメールがないことに気づくのは何週間も後になります。',
  },
  advice: {
    en: 'Log the error or tell somebody in the error path.',
    ja: 'エラー時の処理で、記録を残すか、担当者に知らせてください。',
  },
  examples: {
    bad: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - id: invoice
    create: Invoice
    set: { deal: '{{record.id}}' }
    onError: [{ stop: true }]
`,
      lines: [5],
    },
    good: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - id: invoice
    create: Invoice
    set: { deal: '{{record.id}}' }
    onError: [{ log: 'no invoice: {{error.message}}' }]
`,
    },
    lookAlike: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - id: invoice
    create: Invoice
    set: { deal: '{{record.id}}' }
    onError: [{ update: record, set: { invoiceFailed: true } }]
`,
      says: {
        en: 'The record itself shows that it failed.',
        ja: '失敗したことが、レコードの項目に残ります。',
      },
    },
  },
  *workflow(workflow) {
    const graph = graphOf(workflow);
    if (looksAtError(workflow)) return;
    for (const { edge, place, step } of errorWays(workflow)) {
      // A target that does not exist is another matter.
      if (edge.to !== undefined && !graph.steps.has(edge.to)) continue;
      if (step && !graph.reachable.has(step.id)) continue;
      const handling = [...graph.reach(edge.to === undefined ? [] : [edge.to])].filter((id) => graph.onErrorPath(id));
      const handled = handling.some((id) => {
        const one = graph.steps.get(id);
        return one !== undefined && (tells(one) || setsFlag(one, workflow));
      });
      if (handled) continue;
      const name = step ? (step.label ?? step.id) : workflow.id;
      yield {
        place,
        ...(step ? { element: step.id } : {}),
        message: {
          en: `When "${name}" fails, the error path goes on without a log, a message or a way back, so nobody learns of it.`,
          ja: `「${name}」が失敗しても、エラー時の処理は記録も通知も取り消しもせずに進むため、誰も気づきません。`,
        },
      };
    }
  },
});
