import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';

/** Whether the step does anything that somebody or something outside this run notices. What is not known is held to do so. */
const hasEffect = (step: Step): boolean => {
  switch (step.kind) {
    case 'decision':
    case 'find':
    case 'wait':
    case 'loop':
    case 'stop':
    case 'split':
    case 'join':
      return false;
    // Of a record in hand: stored with it in the same save, or shown in the form.
    case 'let':
      return step.assigns.some(({ to }) => to.root.kind !== 'variable');
    case 'custom':
      return step.effect !== 'none';
    case 'create':
    case 'update':
    case 'delete':
    case 'assign':
    case 'mail':
    case 'notify':
    case 'task':
    case 'approval':
    case 'signal':
    case 'call':
    case 'http':
    case 'screen':
    case 'code':
    case 'log':
    case 'fail':
    case 'undo':
      return true;
  }
};

/** What it gives back is its effect; what could not be read may be one. */
const isExcused = (workflow: Workflow): boolean =>
  workflow.states !== undefined ||
  workflow.triggers.length === 0 ||
  workflow.kind === 'called' ||
  workflow.variables.some(({ output }) => output) ||
  workflow.unknown.length > 0 ||
  workflow.defects.length > 0;

export const flowNoEffect = defineRule({
  id: 'workflow.flow-no-effect',
  severity: 'warning',
  sourceKind: 'action',
  title: { en: 'A workflow that does nothing', ja: '何も行わないワークフロー' },
  about: {
    en: 'The workflow is switched on and starts, but none of its ways writes a record, sends, asks or calls anything: it only reads and decides. Either the step that matters was deleted, or it is left over and costs time in every save.',
    ja: 'ワークフローは有効で開始もされますが、どの経路を通っても、レコードの更新、送信、確認、呼び出しなどを何も行わず、読み取りと判定だけで終わります。肝心のステップが削除されたか、不要なまま残って保存のたびに時間を使っています。',
  },
  advice: {
    en: 'Add the step that is missing, or switch the workflow off.',
    ja: '抜けているステップを追加するか、ワークフローを無効にしてください。',
  },
  examples: {
    bad: {
      files: `workflow: check-credit
object: Deal
trigger: { on: update, fields: [amount] }
steps:
  - id: account
    find: Account
    where: { field: id, eq: '{{record.account}}' }
    limit: 1
  - if: { field: account.blocked, eq: true }
    then:
      - stop: true
`,
      lines: [1],
    },
    good: {
      files: `workflow: check-credit
object: Deal
trigger: { on: update, phase: before, fields: [amount] }
steps:
  - id: blocked
    find: Account
    where:
      - { field: id, eq: '{{record.account}}' }
      - { field: blocked, eq: true }
  - loop: '{{blocked}}'
    steps:
      - fail: This account is blocked
`,
    },
    lookAlike: {
      files: `workflow: credit-of
trigger: { on: call }
inputs: { account: { type: text, required: true } }
vars: { blocked: { type: boolean, default: false } }
outputs: [blocked]
steps:
  - id: known
    find: Account
    where:
      - { field: id, eq: '{{input.account}}' }
      - { field: blocked, eq: true }
  - loop: '{{known}}'
    steps:
      - let: { blocked: true }
`,
      says: {
        en: 'It gives its result back to the workflow that calls it.',
        ja: '呼び出し元のワークフローに結果を返すのが役目です。',
      },
    },
  },
  *workflow(workflow) {
    // Steps that nothing leads to are their own finding.
    if (isExcused(workflow) || workflow.steps.some(hasEffect)) return;
    if (workflow.steps.some(({ id }) => !graphOf(workflow).reachable.has(id))) return;
    yield {
      place: workflow.place,
      message:
        workflow.steps.length === 0
          ? {
              en: `"${workflow.id}" is active but has no step at all, so it does nothing.`,
              ja: `「${workflow.id}」は有効ですが、ステップが 1 つもないため何も行いません。`,
            }
          : {
              en: `"${workflow.id}" is active, but none of its ${workflow.steps.length} steps writes, sends or calls anything, so it does nothing.`,
              ja: `「${workflow.id}」は有効ですが、${workflow.steps.length} 個のステップのどれも更新・送信・呼び出しを行わないため、何も起こりません。`,
            },
    };
  },
});
