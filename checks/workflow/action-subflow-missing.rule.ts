import { defineRule } from '../../src/model/workflow/rule.ts';
import { calleeOf, callsOf, workflowsById } from '../../src/reason/workflow/calls.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';

/** `ns__Flow`: it belongs to an installed package and is never among the customer's own files. */
const isPackaged = (name: string): boolean => /^[A-Za-z]\w*?__\w/.test(name);

export const actionSubflowMissing = defineRule({
  id: 'workflow.action-subflow-missing',
  severity: 'error',
  sourceKind: 'action',
  formats: ['SF', 'ES', 'BP', 'PA', 'OD', 'NY'],
  auto: 'suggest',
  title: { en: 'A call of a workflow that does not exist', ja: '存在しないワークフローの呼び出し' },
  about: {
    en: 'A step starts another workflow by its name. When that one was renamed, deleted or never deployed, the step fails each time.',
    ja: 'ステップから別のワークフローを名前で呼び出しています。その名前が変更・削除されたり、まだ登録されていなかったりすると、ステップは毎回失敗します。',
  },
  advice: {
    en: 'Name a workflow that exists. Checking only a part of the files? Name the others as well.',
    ja: '存在するワークフローの名前に直してください。一部のファイルだけを検査している場合は、残りのファイルも指定してください。',
  },
  examples: {
    bad: {
      files: `workflow: start
object: Deal
trigger: { on: create }
steps:
  - call: inform-finanse
---
workflow: inform-finance
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
trigger: { on: create }
steps:
  - call: acme__inform-finance
`,
      says: {
        en: 'A name with the prefix of an installed package is not among your own files.',
        ja: 'パッケージの接頭辞が付いた名前は、自社のファイルには含まれません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    // One of the files that could not be read may hold it.
    if (project.files.some(({ role }) => role === 'unreadable')) return;
    for (const step of callsOf(workflow)) {
      const { name, place } = step.workflow;
      if (calleeOf(step, project) || isPackaged(name) || project.unread?.includes(name)) continue;
      const nearest = nearestName(name, [...workflowsById(project).keys()]);
      yield {
        place,
        element: step.id,
        message: {
          en: `There is no workflow "${name}" among the files, so this call fails.`,
          ja: `検査したファイルの中に「${name}」というワークフローがないため、この呼び出しは失敗します。`,
        },
        ...nearestFix(step.workflow, nearest),
        // A single definition says nothing of the others.
        ...(project.workflows.length > 1 ? {} : { confidence: 'likely' }),
      };
    }
  },
});
