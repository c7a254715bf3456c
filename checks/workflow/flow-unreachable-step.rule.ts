import { defineRule } from '../../src/model/workflow/rule.ts';
import { waysOf } from '../../src/reason/workflow/edges.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { headsOf } from '../../src/reason/workflow/heads.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';

export const flowUnreachableStep = defineRule({
  id: 'workflow.flow-unreachable-step',
  severity: 'warning',
  sourceKind: 'action',
  title: { en: 'A step that nothing leads to', ja: 'どこからもつながっていないステップ' },
  about: {
    en: 'A run follows the connections from where the workflow starts. A step that no start, branch, timed path, event, jump or error path leads to is never run, although it looks as if it were. It is often what is left over when a step before it was deleted or replaced.',
    ja: '処理は、開始位置からつながりをたどって進みます。開始、分岐、時間指定のパス、イベント、ジャンプ、エラー時の経路のどれからもつながっていないステップは、画面上はあるように見えても実行されません。前のステップを削除したり差し替えたりしたときに残ることがよくあります。',
  },
  advice: {
    en: 'Connect it to the step that should lead to it, or delete it.',
    ja: '本来の前のステップからつなぐか、不要であれば削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: won-deal
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - notify: role:finance
    message: 'Won: {{record.name}}'
    next: end
  - update: record
    set: { handedOver: true }
`,
      lines: [9],
    },
    good: {
      files: `workflow: won-deal
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - notify: role:finance
    message: 'Won: {{record.name}}'
  - update: record
    set: { handedOver: true }
`,
    },
    lookAlike: {
      files: `workflow: won-deal
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    notify: role:finance
    message: 'Won: {{record.name}}'
    onError:
      - log: finance was not told
        next: mark
    next: end
  - id: mark
    update: record
    set: { handedOver: true }
`,
      says: {
        en: 'The second step is reached by the error path only.',
        ja: '2 番目のステップには、エラー時の経路からだけ到達します。',
      },
    },
  },
  *workflow(workflow) {
    // A start that leads nowhere is `trigger-missing`; an element that is not known may lead anywhere.
    const starts = workflow.triggers.filter(({ to }) => to?.to !== undefined);
    if (workflow.triggers.length === 0 || workflow.unknown.length > 0) return;
    const graph = graphOf(workflow);
    if (starts.some(({ to }) => to?.to !== undefined && !graph.steps.has(to.to))) return;
    const lost = workflow.steps.filter(({ id }) => !graph.reachable.has(id)).map(({ id }) => id);
    if (lost.length === 0) return;
    // A mistyped target is its own finding; the step that was meant follows from it.
    const meant = new Set(
      workflow.steps
        .flatMap((step) => waysOf(step))
        .flatMap(({ edge: { to } }) => (to === undefined || graph.steps.has(to) ? [] : [nearestName(to, lost)])),
    );
    for (const { node, follows } of headsOf(lost, (id) => graph.ways(id).map(({ to }) => to))) {
      const step = graph.steps.get(node);
      if (!step || meant.has(node)) continue;
      const name = step.label ?? step.id;
      yield {
        place: step.place,
        element: step.id,
        message:
          follows.length === 0
            ? {
                en: `Nothing leads to the step "${name}", so it never runs.`,
                ja: `ステップ「${name}」へはどこからもつながっていないため、実行されることがありません。`,
              }
            : {
                en: `Nothing leads to the step "${name}", so it and ${follows.length === 1 ? 'the step' : `the ${follows.length} steps`} after it never run.`,
                ja: `ステップ「${name}」へはどこからもつながっていないため、その後の ${follows.length} ステップも含めて実行されることがありません。`,
              },
      };
    }
  },
});
