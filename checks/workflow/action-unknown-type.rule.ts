import { defineRule } from '../../src/model/workflow/rule.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { short } from '../../src/reason/workflow/written.ts';

export const actionUnknownType = defineRule({
  id: 'workflow.action-unknown-type',
  severity: 'error',
  sourceKind: 'action',
  inactiveToo: true,
  title: { en: 'A step does something that does not exist', ja: '存在しない種類のアクション' },
  about: {
    en: 'Each format knows a fixed set of actions, such as update, create or mail. A step with another word is refused when the definition is loaded, or skipped.',
    ja: '定義に書けるアクション（更新、作成、メール送信など）は形式ごとに決まっています。それ以外の言葉のステップは、読み込み時に拒否されるか、飛ばされます。',
  },
  advice: { en: 'Use one of the actions that exist.', ja: '存在するアクションに直してください。' },
  examples: {
    bad: {
      files: `workflow: welcome
object: Contact
trigger: { on: create }
steps:
  - notfy: role:sales
    message: 'new: {{record.name}}'
`,
      lines: [5],
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
  - id: notfy
    notify: role:sales
    message: 'new: {{record.name}}'
`,
      says: { en: 'The id of a step may be any word.', ja: 'ステップの id には、どんな言葉でも使えます。' },
    },
  },
  *workflow(workflow) {
    for (const { rule, step, what, found = what, allowed = [], place } of workflow.defects) {
      if (rule !== 'action-unknown-type') continue;
      const word = short(found, 60);
      yield {
        place,
        ...(step === undefined ? {} : { element: step }),
        message: {
          en: `There is no action "${word}", so this step does nothing.`,
          ja: `「${word}」というアクションはないため、このステップは何もしません。`,
        },
        ...nearestFix({ name: found, place }, nearestName(found, allowed)),
      };
    }
  },
});
