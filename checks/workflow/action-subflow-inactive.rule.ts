import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { calleeOf, callsOf } from '../../src/reason/workflow/calls.ts';

const states: Readonly<Record<Workflow['status'], Text>> = {
  active: { en: 'active', ja: '有効' },
  inactive: { en: 'switched off', ja: '無効' },
  draft: { en: 'a draft', ja: '下書き' },
  obsolete: { en: 'obsolete', ja: '廃止済み' },
  invalid: { en: 'an invalid draft', ja: '無効な下書き' },
};

export const actionSubflowInactive = defineRule({
  id: 'workflow.action-subflow-inactive',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'ES', 'HS', 'BP', 'NY'],
  title: { en: 'A call of a workflow that is switched off', ja: '無効なワークフローの呼び出し' },
  about: {
    en: 'This workflow is active and starts another one that is a draft or switched off. The call fails when it runs, although both are there.',
    ja: '有効なワークフローが、下書きまたは無効のワークフローを呼び出しています。どちらも存在していても、実行時に呼び出しが失敗します。',
  },
  advice: {
    en: 'Activate the called workflow, or remove the call.',
    ja: '呼び出し先を有効にするか、呼び出しを外してください。',
  },
  examples: {
    bad: {
      files: `workflow: start
object: Deal
trigger: { on: create }
steps:
  - call: inform-finance
---
workflow: inform-finance
active: false
trigger: { on: call }
steps:
  - notify: queue:finance
    message: new deal
`,
      lines: [5],
    },
    good: {
      files: `workflow: start
object: Deal
trigger: { on: create }
steps:
  - call: inform-finance
---
workflow: inform-finance
trigger: { on: call }
steps:
  - notify: queue:finance
    message: new deal
`,
    },
    lookAlike: {
      files: `workflow: start
object: Deal
active: false
trigger: { on: create }
steps:
  - call: inform-finance
---
workflow: inform-finance
active: false
trigger: { on: call }
steps:
  - notify: queue:finance
    message: new deal
`,
      says: {
        en: 'A caller that is switched off calls nobody.',
        ja: '呼び出し元も無効なら、呼び出しは起こりません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const step of callsOf(workflow)) {
      const callee = calleeOf(step, project);
      if (!callee || callee.status === 'active') continue;
      const state = states[callee.status];
      yield {
        place: step.workflow.place,
        element: step.id,
        message: {
          en: `The called workflow "${callee.id}" is ${state.en}, so this call fails.`,
          ja: `呼び出し先の「${callee.id}」は${state.ja}のため、この呼び出しは失敗します。`,
        },
        also: [
          { place: callee.statusPlace ?? callee.place, says: { en: 'The called workflow.', ja: '呼び出し先です。' } },
        ],
      };
    }
  },
});
