import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step, StepOf } from '../../src/model/workflow/step.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';

/** Methods that do the same again when they are sent again (RFC 9110 section 9.2.2 names those that do not). */
const adds = ({ method }: StepOf<'http'>): boolean => {
  const name = (method ?? 'GET').toUpperCase();
  return name === 'POST' || name === 'PATCH';
};

const tries = ({ retries = 0 }: Step): boolean => retries > 0;

const hasKey = ({ headers }: StepOf<'http'>): boolean =>
  headers.some(({ field }) => /^(?:x-)?(?:idempotency-key|request-id)$/i.test(field.name));

/** Done once more, it is there twice. */
const isOnce = (step: Step): boolean =>
  step.kind === 'create' || step.kind === 'mail' || (step.kind === 'http' && adds(step));

export const actionNotIdempotent = defineRule({
  id: 'workflow.action-not-idempotent',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  formats: ['PA', 'HS', 'OD', 'NY'],
  title: { en: 'Something that may happen twice when it is tried again', ja: '再試行で二重に実行されるおそれ' },
  about: {
    en: 'A call that is tried again may have arrived the first time, with only the answer lost. A mail, a new record or a charge that was done before a failing step is done again when the workflow is started again.',
    ja: '再試行される呼び出しは、1 回目も実は届いていて、応答だけが失われていることがあります。また、失敗するステップより前に行ったメール送信・レコード作成・請求は、ワークフローをやり直すと、もう一度行われます。',
  },
  advice: {
    en: 'Do the step that may fail first, send an idempotency key with the call, or note in a field what is done and test it.',
    ja: '失敗しうるステップを先に行う、呼び出しに冪等キー（Idempotency-Key）を付ける、または実行済みかどうかを項目に記録して確認してください。',
  },
  examples: {
    bad: {
      files: `workflow: charge
object: Order
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://pay.example.co.jp/charges', method: POST, timeout: 10s, retry: 3 }
    onError: [{ notify: role:finance, message: 'not charged: {{record.name}}' }]
`,
      lines: [5],
    },
    good: {
      files: `workflow: charge
object: Order
trigger: { on: create, phase: async, onImport: false }
steps:
  - http:
      url: https://pay.example.co.jp/charges
      method: POST
      timeout: 10s
      retry: 3
      headers: { Idempotency-Key: '{{record.id}}' }
    onError: [{ notify: role:finance, message: 'not charged: {{record.name}}' }]
`,
    },
    lookAlike: {
      files: `workflow: rate
object: Order
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://pay.example.co.jp/rates', method: GET, timeout: 10s, retry: 3 }
    onError: [{ notify: role:finance, message: 'no rate: {{record.name}}' }]
`,
      says: { en: 'Reading twice does no harm.', ja: '2 回読み取っても問題ありません。' },
    },
  },
  *workflow(workflow) {
    const tried = workflow.steps.filter((step): step is StepOf<'http'> => step.kind === 'http' && tries(step));
    if (tried.length === 0) return;
    const graph = graphOf(workflow);
    for (const step of tried) {
      if (adds(step) && !hasKey(step)) {
        yield {
          place: step.place,
          element: step.id,
          message: {
            en: `"${step.label ?? step.id}" is tried up to ${step.retries} more times: when only the answer was lost, the other system does the same twice.`,
            ja: `「${step.label ?? step.id}」は最大 ${step.retries} 回再試行されます。応答だけが失われた場合、相手側で同じ処理が二重に行われます。`,
          },
        };
        continue;
      }
      // With an error path the run goes on, and is not started again.
      if (step.onError || workflow.onError) continue;
      const [first] = graph
        .dominators(step.id)
        .slice(1)
        .flatMap((id) => graph.steps.get(id) ?? [])
        .filter((before) => isOnce(before) && !(before.kind === 'http' && hasKey(before)));
      if (!first) continue;
      yield {
        place: first.place,
        element: first.id,
        message: {
          en: `This is done before "${step.label ?? step.id}", which may fail in spite of its tries; whoever then starts the run again does it twice.`,
          ja: `再試行しても失敗しうる「${step.label ?? step.id}」より前に実行されます。失敗後に処理をやり直すと、二重に行われます。`,
        },
        also: [
          { place: step.place, says: { en: 'This step may fail.', ja: 'このステップが失敗することがあります。' } },
        ],
      };
    }
  },
});
