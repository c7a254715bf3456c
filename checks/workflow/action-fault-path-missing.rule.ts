import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';

/** Named in `also`; the rest is counted. */
const maximumShown = 10;

/**
 * Steps that fail for reasons that the workflow cannot see before: another system, other records, code. In the native format a failing
 * update of the trigger record leaves nothing half done, and a mail is tried again by the mail system.
 */
const failsByOthers = (step: Step, { format }: Workflow): boolean => {
  switch (step.kind) {
    case 'http':
      return step.deferred !== true;
    case 'create':
    case 'delete':
    case 'code':
    case 'custom':
      return true;
    case 'update':
      return format !== 'NY' || step.target.kind !== 'trigger';
    case 'mail':
    case 'assign':
    case 'call':
    case 'task':
      return format !== 'NY';
    default:
      return false;
  }
};

export const actionFaultPathMissing = defineRule({
  id: 'workflow.action-fault-path-missing',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['SF', 'PA', 'BP', 'NY'],
  title: { en: 'No way to go when a step fails', ja: '失敗したときの処理がない' },
  about: {
    en: 'Steps that write other records or call other systems fail now and then: a rule refuses the save, a record is locked, a server does not answer. Without an error path the run just ends, and what the earlier steps did stays, or the user sees a raw error message.',
    ja: '他のレコードへの書き込みや外部システムの呼び出しは、入力規則・レコードのロック・サーバーの無応答などで失敗することがあります。エラー時の処理（フォルトパス）がないと、処理は途中で終わり、前のステップの結果だけが残るか、利用者に内部エラーがそのまま表示されます。',
  },
  advice: {
    en: 'Add an error path (native format: `onError`) to the step or to the whole workflow, and tell somebody in it.',
    ja: 'ステップまたはワークフロー全体にエラー時の処理（標準形式では onError）を追加し、担当者に知らせてください。',
  },
  examples: {
    bad: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - create: Invoice
    set: { deal: '{{record.id}}' }
`,
      lines: [5],
    },
    good: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - create: Invoice
    set: { deal: '{{record.id}}' }
    onError:
      - notify: role:finance
        message: 'no invoice for {{record.name}}: {{error.message}}'
`,
    },
    lookAlike: {
      files: `workflow: bill
object: Deal
trigger: { on: create }
steps:
  - create: Invoice
    set: { deal: '{{record.id}}' }
onError:
  - notify: role:finance
    message: 'no invoice for {{record.name}}: {{error.message}}'
`,
      says: {
        en: 'The error path of the whole workflow is enough.',
        ja: 'ワークフロー全体のエラー時の処理があれば十分です。',
      },
    },
  },
  *workflow(workflow) {
    if (workflow.onError) return;
    const graph = graphOf(workflow);
    const open = workflow.steps.filter(
      (step) =>
        step.canFail &&
        step.mayHandleErrors &&
        !step.onError &&
        failsByOthers(step, workflow) &&
        graph.reachable.has(step.id) &&
        !graph.onErrorPath(step.id),
    );
    const [first, ...others] = open;
    if (!first) return;
    const name = first.label ?? first.id;
    yield {
      place: first.place,
      element: first.id,
      message:
        others.length === 0
          ? {
              en: `When "${name}" fails, nothing takes over: the run ends there and nobody is told.`,
              ja: `「${name}」が失敗したときの処理がありません。処理はそこで終わり、誰にも知らされません。`,
            }
          : {
              en: `${others.length + 1} steps ("${name}" first) have nothing that takes over when they fail: the run ends there and nobody is told.`,
              ja: `「${name}」など ${others.length + 1} 個のステップに、失敗したときの処理がありません。処理はそこで終わり、誰にも知らされません。`,
            },
      also: others.slice(0, maximumShown).map((step) => ({
        place: step.place,
        says: {
          en: `"${step.label ?? step.id}" has none either.`,
          ja: `「${step.label ?? step.id}」にもありません。`,
        },
      })),
    };
  },
});
