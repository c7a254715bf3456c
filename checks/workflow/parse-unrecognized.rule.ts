import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseUnrecognized = defineRule({
  id: 'workflow.parse-unrecognized',
  severity: 'error',
  sourceKind: 'reading',

  inactiveToo: true,
  title: { en: 'Not a workflow definition', ja: 'ワークフロー定義ではない' },
  about: {
    en: 'crm-doctor tells the formats apart by their content. A file that is named and is none of them is not passed over in silence: nothing in it was checked.',
    ja: 'crm-doctor は内容から形式を見分けます。指定されたファイルがどの形式でもない場合、何も検査できていないため、黙って読み飛ばさずにお知らせします。',
  },
  advice: {
    en: 'Name the file that holds the workflow.',
    ja: 'ワークフローの定義が入っているファイルを指定してください。',
  },
  examples: {
    bad: {
      files: `hello: world
`,
      lines: [1],
    },
    good: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`,
    },
    lookAlike: {
      files: `workflow: hello
trigger: { on: call }
steps:
  - notify: role:sales
    message: world
`,
    },
  },
  project: saidWhileReading('parse-unrecognized'),
});
