import { defineRule } from '../../src/model/workflow/rule.ts';

export const actionHttpNoTimeout = defineRule({
  id: 'workflow.action-http-no-timeout',
  severity: 'info',
  sourceKind: 'action',
  formats: ['PA', 'ES', 'NY'],
  auto: 'suggest',
  title: { en: 'A call that waits as long as the platform likes', ja: '待ち時間の上限がない外部呼び出し' },
  about: {
    en: 'Without a timeout (the longest time to wait for an answer), one server that hangs can keep many runs waiting for minutes.',
    ja: 'タイムアウト（応答を待つ最長の時間）を決めないと、相手のサーバーが応答しないだけで、多くの処理が何分も待たされます。',
  },
  advice: {
    en: 'State a timeout (native format: `timeout: 10s`), and what happens then.',
    ja: 'タイムアウト（標準形式では timeout: 10s）を設定してください。',
  },
  examples: {
    bad: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://erp.example.co.jp/deals', method: POST }
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
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://erp.example.co.jp/deals', method: GET, retry: 2 }
    onError: [{ log: '{{error.message}}' }]
`,
      says: {
        en: 'Whoever set the number of tries has thought of a call that fails.',
        ja: '再試行の回数が決められており、失敗への備えがあります。',
      },
    },
  },
  *workflow({ steps }) {
    for (const step of steps) {
      if (step.kind !== 'http' || step.deferred || step.timeout || step.retries !== undefined) continue;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `"${step.label ?? step.id}" has no timeout, so a server that hangs keeps the run waiting.`,
          ja: `「${step.label ?? step.id}」にタイムアウトがないため、相手のサーバーが応答しないと処理が待たされ続けます。`,
        },
      };
    }
  },
});
