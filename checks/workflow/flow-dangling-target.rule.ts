import type { Named } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { waysOf } from '../../src/reason/workflow/edges.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';

interface Dangling {
  readonly target: Named;
  readonly known: readonly string[];
  readonly element?: string;
  readonly from?: string;
}

function* danglingOf(workflow: Workflow): Generator<Dangling> {
  const { steps } = graphOf(workflow);
  const ids = [...steps.keys()];
  for (const step of workflow.steps) {
    for (const { edge } of waysOf(step)) {
      if (edge.to === undefined || steps.has(edge.to)) continue;
      const target = { name: edge.to, place: edge.place };
      yield { target, known: ids, element: step.id, from: step.label ?? step.id };
    }
  }
  if (!workflow.states) return;
  const states = workflow.states.map(({ id }) => id);
  const known = new Set(states);
  for (const { name, from, to } of workflow.transitions ?? []) {
    for (const target of [from, to]) {
      if (!known.has(target.name)) yield { target, known: states, element: name, from: name };
    }
  }
}

export const flowDanglingTarget = defineRule({
  id: 'workflow.flow-dangling-target',
  severity: 'error',
  sourceKind: 'action',
  auto: 'suggest',
  title: { en: 'A connection to a step that does not exist', ja: '存在しないステップへのつながり' },
  about: {
    en: 'A step, branch or action names the step (or status) that comes next. When that one was renamed or deleted, the run stops there with an error, or the definition is refused when it is saved.',
    ja: 'ステップや分岐、アクションには、次に進むステップ（またはステータス）の名前が書かれています。その名前が変更・削除されていると、処理がそこでエラーになるか、定義の保存が拒否されます。',
  },
  advice: {
    en: 'Name a step that exists, or remove the connection.',
    ja: '存在するステップの名前に直すか、つながりを削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: escalate
object: Case
trigger: { on: create }
steps:
  - if: { field: priority, eq: High }
    then:
      - notify: role:support-lead
        message: 'urgent: {{record.name}}'
        next: markk
  - notify: role:support
    message: 'new: {{record.name}}'
  - id: mark
    update: record
    set: { informed: true }
`,
      lines: [9],
    },
    good: {
      files: `workflow: escalate
object: Case
trigger: { on: create }
steps:
  - if: { field: priority, eq: High }
    then:
      - notify: role:support-lead
        message: 'urgent: {{record.name}}'
        next: mark
  - notify: role:support
    message: 'new: {{record.name}}'
  - id: mark
    update: record
    set: { informed: true }
`,
    },
    lookAlike: {
      files: `workflow: escalate
object: Case
trigger: { on: create }
steps:
  - if: { field: priority, eq: High }
    then:
      - notify: role:support-lead
        message: 'urgent: {{record.name}}'
        next: end
  - update: record
    set: { informed: true }
`,
      says: {
        en: '`end` is no step: the run ends there.',
        ja: '`end` はステップ名ではなく、処理の終わりを表します。',
      },
    },
  },
  *workflow(workflow) {
    for (const { target, known, element, from } of danglingOf(workflow)) {
      const nearest = nearestName(target.name, known);
      yield {
        place: target.place,
        ...(element === undefined ? {} : { element }),
        message: {
          en: `"${from}" leads to "${target.name}", which does not exist, so the run fails there.`,
          ja: `「${from}」の次に進む先「${target.name}」が存在しないため、処理はそこで失敗します。`,
        },
        ...nearestFix(target, nearest),
      };
    }
  },
});
