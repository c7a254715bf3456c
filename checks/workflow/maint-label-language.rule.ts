import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';

const tell = (label: string): string => `workflow: tell
label: ${label}
description: Tells the sales team about new stages.
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`;

export const maintLabelLanguage = defineRule({
  id: 'workflow.maint-label-language',
  severity: 'info',
  sourceKind: 'maintenance',
  formats: ['KI', 'OD', 'ZO', 'NY'],
  title: { en: 'A label in one language only', ja: '片方の言語しかないラベル' },
  about: {
    en: 'Where a format has a name in Japanese and one in English, people who use the CRM in the other language see the internal id instead.',
    ja: '日本語名と英語名を書ける形式で片方しかないと、もう一方の言語で使っている人には内部の ID がそのまま表示されます。',
  },
  advice: { en: 'Add the name in the other language.', ja: 'もう一方の言語の名前を追加してください。' },
  examples: {
    bad: { files: tell('{ en: Tell about a new stage }'), lines: [1] },
    good: { files: tell('{ en: Tell about a new stage, ja: フェーズの変更を知らせる }') },
    lookAlike: { files: tell('Tell about a new stage') },
  },
  *workflow({ id, label, place }): Generator<Problem> {
    if (!label || (label.en === undefined) === (label.ja === undefined)) return;
    const missing = label.ja === undefined ? { en: 'Japanese', ja: '日本語' } : { en: 'English', ja: '英語' };
    yield {
      place,
      message: {
        en: `The label of "${id}" has no ${missing.en} name, so people who work in that language see only the id.`,
        ja: `「${id}」のラベルに${missing.ja}の名前がないため、その言語で使う人には ID しか表示されません。`,
      },
      fix: { en: `Add the ${missing.en} name.`, ja: `${missing.ja}の名前を追加してください。` },
    };
  },
});
