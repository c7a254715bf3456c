import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseLimit = defineRule({
  id: 'workflow.parse-limit',
  severity: 'error',
  sourceKind: 'reading',

  inactiveToo: true,
  title: { en: 'The file is larger than anything that is read', ja: '大きさの限度を超えている' },
  about: {
    en: 'A few lines can be written so that they grow to gigabytes while they are read (entities in XML, aliases in YAML, thousands of brackets inside each other). No CRM exports such files; crm-doctor stops reading them so that it stays quick and safe.',
    ja: 'XML の実体参照や YAML のエイリアス、何千重ものかっこを使うと、読み込むうちに何ギガバイトにも膨らむファイルを作れます。CRM がそのようなファイルを出力することはありません。crm-doctor は安全のため途中で読むのをやめます。',
  },
  advice: { en: 'Export the file again, or split it.', ja: 'エクスポートし直すか、ファイルを分割してください。' },
  examples: {
    bad: {
      files: {
        'bomb.flow-meta.xml': `<!DOCTYPE Flow [
<!ENTITY a "aaaaaaaaaa">
]>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>&a;</label>
</Flow>
`,
      },
      lines: [2],
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
    message: '&a; &lol;'
`,
    },
  },
  project: saidWhileReading('parse-limit'),
});
