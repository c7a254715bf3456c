import { defineRule } from '../../src/model/workflow/rule.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { short } from '../../src/reason/workflow/written.ts';

export const actionUnknownParameter = defineRule({
  id: 'workflow.action-unknown-parameter',
  severity: 'error',
  sourceKind: 'action',
  formats: ['HS', 'PA', 'SF', 'NY'],
  auto: 'suggest',
  inactiveToo: true,
  title: { en: 'A setting that the action does not have', ja: 'アクションにない設定' },
  about: {
    en: 'A key inside an action that the action does not know is ignored, or makes the whole definition invalid. Mostly it is a typing error, so the setting that was meant is missing.',
    ja: 'アクションが知らないキーは、無視されるか、定義全体を無効にします。多くは入力ミスで、本来の設定が抜けた状態になります。',
  },
  advice: { en: 'Correct the name of the setting, or remove it.', ja: '設定の名前を直すか、削除してください。' },
  examples: {
    bad: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - notify: role:sales
    mesage: 'new: {{record.name}}'
`,
      lines: [6],
    },
    good: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - notify: role:sales
    message: 'new: {{record.name}}'
`,
    },
    lookAlike: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - notify: role:sales
    name: tell sales
    message: 'new: {{record.name}}'
`,
      says: { en: 'Every step may have a `name`.', ja: '`name` は、どのステップにも書けます。' },
    },
  },
  *workflow(workflow) {
    for (const { rule, step, what, found = what, allowed = [], place } of workflow.defects) {
      if (rule !== 'action-unknown-parameter') continue;
      const word = short(found, 60);
      yield {
        place,
        ...(step === undefined ? {} : { element: step }),
        message: {
          en: `This action has no setting "${word}", so it is ignored or the definition is refused.`,
          ja: `このアクションに「${word}」という設定はありません。無視されるか、定義が拒否されます。`,
        },
        ...nearestFix({ name: found, place }, nearestName(found, allowed)),
      };
    }
  },
});
