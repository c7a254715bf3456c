import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseSyntax = defineRule({
  id: 'workflow.parse-syntax',
  severity: 'error',
  sourceKind: 'reading',

  inactiveToo: true,
  title: { en: 'The file cannot be read to its end', ja: 'ファイルを最後まで読めない' },
  about: {
    en: 'XML, JSON and YAML have rules of spelling: every bracket and every element that is opened has to be closed. A file that breaks them, or that was cut off while it was copied, is refused by the CRM, too.',
    ja: 'XML・JSON・YAML には書き方の決まりがあり、開いたかっこや要素は必ず閉じなければなりません。決まりに反したファイルや、コピーの途中で切れたファイルは、CRM でも読み込めません。',
  },
  advice: {
    en: 'Mend the place that is named, or export the file again.',
    ja: '示された場所を直すか、もう一度エクスポートしてください。',
  },
  examples: {
    bad: {
      files: `workflow: tell
trigger: { on: update, fields: [stage]
object: Deal
steps:
  - log: saved
`,
      lines: [3],
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
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: "a brace: {"
`,
    },
  },
  project: saidWhileReading('parse-syntax'),
});
