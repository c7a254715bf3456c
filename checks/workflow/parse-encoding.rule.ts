import { defineRule } from '../../src/model/workflow/rule.ts';
import { saidWhileReading } from './reading.ts';

export const parseEncoding = defineRule({
  id: 'workflow.parse-encoding',
  severity: 'error',
  sourceKind: 'reading',

  inactiveToo: true,
  title: { en: 'The characters of the file cannot be told', ja: '文字コードが正しくない' },
  about: {
    en: 'A text is stored as bytes, and the encoding says which bytes are which character. If the file says UTF-8 and holds something else (such as Shift_JIS), names and values come out as other characters, and the CRM compares with those.',
    ja: '文字はバイトの並びとして保存され、文字コードがその読み方を決めます。UTF-8 のはずのファイルに別の文字コード（Shift_JIS など）が混ざっていると、名前や値が別の文字に化け、CRM はその化けた文字で比較します。',
  },
  advice: { en: 'Save the file as UTF-8.', ja: 'ファイルを UTF-8 で保存し直してください。' },
  examples: {
    bad: {
      // A lone surrogate stands for a byte that is none of UTF-8: 受注 in Shift_JIS.
      files:
        'workflow: tell\nobject: Deal\ntrigger: { on: update, fields: [stage] }\nsteps:\n  - notify: role:sales\n    message: \uDC8E\uDCF3\uDC92\uDC8D\n',
      lines: [6],
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
    message: 受注
`,
    },
  },
  project: saidWhileReading('parse-encoding'),
});
