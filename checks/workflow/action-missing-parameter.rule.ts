import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Value } from '../../src/model/workflow/value.ts';

const isBlank = (value: Value | undefined): boolean =>
  value?.kind === 'literal' && (value.value === null || String(value.value).trim() === '');

export const actionMissingParameter = defineRule({
  id: 'workflow.action-missing-parameter',
  severity: 'error',
  sourceKind: 'action',
  title: { en: 'An action without something that it needs', ja: '必要な設定が抜けているアクション' },
  about: {
    en: 'An action cannot run without certain settings: an update needs values, a call needs an address, a created record needs its object. Without them the step fails each time.',
    ja: '更新には設定する値、外部呼び出しには URL、レコード作成にはオブジェクトというように、アクションには欠かせない設定があります。それがないと、ステップは毎回失敗します。',
  },
  advice: { en: 'Add the missing setting.', ja: '足りない設定を追加してください。' },
  examples: {
    bad: {
      files: `workflow: mark
object: Deal
trigger: { on: create }
steps:
  - update: record
`,
      lines: [5],
    },
    good: {
      files: `workflow: mark
object: Deal
trigger: { on: create }
steps:
  - update: record
    set: { checked: false }
`,
    },
    lookAlike: {
      files: `workflow: mark
object: Deal
trigger: { on: create }
steps:
  - create: Task
onError: [{ notify: role:admin, message: no task }]
`,
      says: {
        en: 'A new record may start empty.',
        ja: '新しいレコードは、値を設定せずに作成できます。',
      },
    },
  },
  *workflow(workflow) {
    for (const { rule, step, what, place } of workflow.defects) {
      if (rule !== 'action-missing-parameter') continue;
      yield {
        place,
        ...(step === undefined ? {} : { element: step }),
        message: {
          en: `"${what}" is missing here, so the step cannot do its work and fails.`,
          ja: `「${what}」が設定されていないため、このステップは実行できず失敗します。`,
        },
      };
    }
    for (const step of workflow.steps) {
      if (step.kind !== 'http' || !step.url || !isBlank(step.url)) continue;
      yield {
        place: step.url.place,
        element: step.id,
        message: {
          en: 'The address to call is empty, so the call fails each time.',
          ja: '呼び出し先の URL が空のため、呼び出しは毎回失敗します。',
        },
      };
    }
  },
});
