import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Trigger, Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf, pauses } from '../../src/reason/workflow/graph.ts';

/** Whether it runs while somebody's save waits for it. */
const holdsSave = ({ on, phase }: Trigger): boolean =>
  phase !== 'async' && ['create', 'update', 'save', 'delete', 'form'].includes(on);

const stepsInSave = (workflow: Workflow): ReadonlySet<string> => {
  const graph = graphOf(workflow);
  const starts = workflow.triggers
    .filter((trigger) => holdsSave(trigger) && trigger.date === undefined)
    .flatMap(({ to }) => (to?.to !== undefined && graph.steps.has(to.to) ? [to.to] : []));
  // What comes after a pause runs in a transaction of its own.
  return graph.reach(starts, new Set(workflow.steps.filter(pauses).map(({ id }) => id)));
};

export const actionSyncCallout = defineRule({
  id: 'workflow.action-sync-callout',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'OD', 'NY'],
  title: { en: 'Another system is called while a record is being saved', ja: '保存処理の中での外部呼び出し' },
  about: {
    en: 'A call to another system inside of a save keeps the user, and the lock on the record, waiting for its answer. Salesforce forbids it; elsewhere a slow or failing server makes every save slow or fail.',
    ja: '保存処理の中で外部システムを呼び出すと、応答があるまで利用者を待たせ、レコードのロックも続きます。Salesforce では禁止されており、他の CRM でも、相手のサーバーが遅いと保存のたびに遅くなり、失敗することもあります。',
  },
  advice: {
    en: 'Make the call after the save, in an asynchronous path (native format: `phase: async`).',
    ja: '保存後の非同期処理（標準形式では phase: async）で呼び出してください。',
  },
  examples: {
    bad: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create }
steps:
  - http: { url: 'https://erp.example.co.jp/deals', method: POST, timeout: 10s }
    onError: [{ log: '{{error.message}}' }]
`,
      lines: [5],
    },
    good: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://erp.example.co.jp/deals', method: POST, timeout: 10s }
    onError: [{ log: '{{error.message}}' }]
`,
    },
    lookAlike: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create }
steps:
  - wait: 5min
  - http: { url: 'https://erp.example.co.jp/deals', method: POST, timeout: 10s }
    onError: [{ log: '{{error.message}}' }]
`,
      says: {
        en: 'What follows a wait runs after the save.',
        ja: '待機の後のステップは、保存が終わってから実行されます。',
      },
    },
  },
  *workflow(workflow) {
    const calls = workflow.steps.filter((step) => step.kind === 'http' && step.deferred !== true);
    if (calls.length === 0) return;
    const inSave = stepsInSave(workflow);
    for (const step of calls) {
      if (!inSave.has(step.id)) continue;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `"${step.label ?? step.id}" calls another system while the ${workflow.object?.name ?? 'record'} is being saved, so the save waits for it or fails.`,
          ja: `「${step.label ?? step.id}」は、${workflow.object?.name ?? 'レコード'} の保存中に外部システムを呼び出すため、保存が待たされるか失敗します。`,
        },
      };
    }
  },
});
