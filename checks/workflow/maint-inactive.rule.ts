import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { settingPlace } from '../../src/reason/workflow/setting-place.ts';

const words: Readonly<Record<Exclude<Workflow['status'], 'active'>, Text>> = {
  inactive: { en: 'switched off', ja: '無効' },
  draft: { en: 'a draft', ja: '下書き' },
  obsolete: { en: 'an old version', ja: '旧バージョン' },
  invalid: { en: 'a draft that the CRM calls invalid', ja: 'CRM が無効と判断した下書き' },
};

const tell = (active: string): string => `workflow: tell
object: Deal
description: Tells the sales team about new stages.
${active}trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`;

export const maintInactive = defineRule({
  id: 'workflow.maint-inactive',
  severity: 'info',
  sourceKind: 'maintenance',
  inactiveToo: true,
  title: { en: 'A workflow that does not run', ja: '動いていないワークフロー' },
  about: {
    en: 'Drafts, old versions and workflows that are switched off do nothing. They stay in exports and searches, and sooner or later somebody takes one for the one that runs. They are not checked further than that they can be read.',
    ja: '下書き・旧バージョン・無効のワークフローは何もしません。エクスポートや検索に残り続け、動いているものと取り違えられることがあります。これらは読み込めるかどうかだけを検査します。',
  },
  advice: { en: 'Switch it on, or archive it.', ja: '有効にするか、保管して一覧から外してください。' },
  examples: {
    bad: { files: tell('active: false\n'), lines: [1] },
    good: { files: tell('active: true\n') },
    lookAlike: { files: tell('') },
  },
  *workflow(workflow): Generator<Problem> {
    const { id, status, statusPlace } = workflow;
    if (status === 'active') return;
    const word = words[status];
    yield {
      place: settingPlace(workflow, statusPlace),
      message: {
        en: `"${id}" is ${word.en}, so it does not run. It was only checked that it can be read.`,
        ja: `「${id}」は${word.ja}のため動きません。読み込めることだけを確認しました。`,
      },
    };
  },
});
