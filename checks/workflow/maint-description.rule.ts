import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format } from '../../src/model/workflow/workflow.ts';

/** Formats that have no place for one. */
const without: readonly Format[] = ['KI', 'TR'];

const tell = (description: string): string => `workflow: tell
${description}object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`;

export const maintDescription = defineRule({
  id: 'workflow.maint-description',
  severity: 'info',
  sourceKind: 'maintenance',
  title: { en: 'A workflow without a description', ja: '説明のないワークフロー' },
  about: {
    en: 'The steps say what happens, the description says why and for whom. Whoever looks for the cause of a strange record in two years will need that.',
    ja: 'ステップを見れば「何が起こるか」は分かりますが、「なぜ・誰のために」は説明にしか書けません。数年後に原因を調べる人の助けになります。',
  },
  advice: { en: 'Write in a sentence what it is for.', ja: '何のためのワークフローかを 1 文で書いてください。' },
  examples: {
    bad: { files: tell(''), lines: [1] },
    good: { files: tell('description: Tells the sales team about new stages.\n') },
    lookAlike: { files: `active: false\n${tell('')}` },
  },
  *workflow({ id, format, description, place }): Generator<Problem> {
    if (without.includes(format) || (description ?? '').trim() !== '') return;
    yield {
      place,
      message: {
        en: `"${id}" has no description, so nobody can tell what it is for without reading every step.`,
        ja: `「${id}」には説明がありません。すべてのステップを読まないと、目的が分かりません。`,
      },
    };
  },
});
