import { defineRule } from '../../src/model/workflow/rule.ts';
import { clashWords, firstOf } from '../../src/reason/workflow/condition/clash.ts';
import { needsReasoning } from '../../src/reason/workflow/condition/quick.ts';
import { type Goal, impossible } from '../../src/reason/workflow/condition/satisfy.ts';
import { sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { watchedChange } from '../../src/reason/workflow/guards.ts';
import { conditionTests } from '../../src/reason/workflow/reads.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
      amount: { type: number, required: true }
`;

export const triggerNeverFires = defineRule({
  id: 'workflow.trigger-never-fires',
  severity: 'error',
  sourceKind: 'trigger',
  uses: ['schema', 'choices'],
  title: { en: 'A workflow that can never start', ja: '一度も開始されないワークフロー' },
  about: {
    en: 'The entry conditions decide for which records a workflow starts. When they exclude each other (above 100 and below 50, both won and lost), or exclude the event (started by a change of the stage, but only when the stage did not change), no record ever starts it. The CRM shows no error.',
    ja: '開始条件は、どのレコードでワークフローを開始するかを決めます。条件同士が矛盾している場合（100 より大きく 50 より小さい、受注でも失注でもある、など）や、きっかけと矛盾している場合（フェーズの変更で開始するのに、フェーズが変わっていないことが条件）、一度も開始されません。CRM にエラーは表示されません。',
  },
  advice: { en: 'Change or remove one of the conditions.', ja: 'どちらかの条件を直すか、削除してください。' },
  examples: {
    bad: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: amount, gt: 100000 }
  - { field: stage, eq: Won }
  - { field: stage, eq: Lost }
steps:
  - notify: queue:finance
    message: 'closed: {{record.name}}'
`,
      schema,
      lines: [6],
    },
    good: {
      files: `workflow: closed-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: amount, gt: 100000 }
  - { field: stage, in: [Won, Lost] }
steps:
  - notify: queue:finance
    message: 'closed: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: lost-after-won
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, was: Won }
  - { field: stage, eq: Lost }
steps:
  - notify: queue:finance
    message: 'lost again: {{record.name}}'
`,
      schema,
      says: {
        en: 'One of the two speaks of the value before the save.',
        ja: '片方は保存前の値についての条件です。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const { conditions, decides, trigger, where } of sitesOf(workflow, project.schema)) {
      if (decides !== 'entry' || !trigger) continue;
      const own: Goal = { condition: conditions.condition, holds: true, where };
      const change = watchedChange(trigger);
      if (!change && !needsReasoning(conditions.condition)) continue;
      const alone = impossible([own]);
      const { clashes } =
        alone ?? (change ? impossible([own, { condition: change, holds: true, where }]) : undefined) ?? {};
      const clash = clashes?.find((one) => one.length > 0);
      const first = clash && firstOf(clash, new Set(conditionTests(conditions.condition)));
      if (!clashes || !clash || !first) continue;
      const words = clashWords(clash);
      yield {
        place: first.place,
        message:
          clash.length === 1
            ? {
                en: `${words.en} can never hold, so the workflow never starts.`,
                ja: `${words.ja}は成り立つことがないため、このワークフローは一度も開始されません。`,
              }
            : alone
              ? {
                  en: `${words.en} cannot hold together${clashes.length > 1 ? ' (and no other alternative can)' : ''}, so the workflow never starts.`,
                  ja: `${words.ja}は同時に成り立たない${clashes.length > 1 ? '（ほかの組み合わせも同様）' : ''}ため、このワークフローは一度も開始されません。`,
                }
              : {
                  en: `${words.en}: the trigger asks for a change that the conditions exclude, so the workflow never starts.`,
                  ja: `${words.ja}: きっかけとなる変更を開始条件が除外しているため、このワークフローは一度も開始されません。`,
                },
      };
    }
  },
});
