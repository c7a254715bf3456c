import { defineRule } from '../../src/model/workflow/rule.ts';
import { clashWords, firstOf } from '../../src/reason/workflow/condition/clash.ts';
import { needsReasoning } from '../../src/reason/workflow/condition/quick.ts';
import { impossible } from '../../src/reason/workflow/condition/satisfy.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { neverHolds } from '../../src/reason/workflow/condition/words.ts';

export const condUnsatisfiable = defineRule({
  id: 'workflow.cond-unsatisfiable',
  severity: 'error',
  sourceKind: 'condition',
  uses: ['schema', 'choices'],
  title: { en: 'Conditions that exclude each other', ja: '同時に成り立たない条件' },
  about: {
    en: 'Conditions that must all hold can exclude each other: an amount above 100 and below 50, a stage that is both won and lost, a field that is empty and has a value. No record ever meets them, so what depends on them never happens, and no error is shown.',
    ja: 'すべて成り立つ必要がある条件同士が矛盾していることがあります（金額が 100 より大きく 50 より小さい、フェーズが受注でも失注でもある、項目が空でしかも値がある、など）。どのレコードも該当しないため、その先の処理は一度も実行されず、エラーも表示されません。',
  },
  advice: {
    en: 'Change or remove one of the conditions. If either of them is enough, combine them with "any".',
    ja: 'どちらかの条件を直すか、削除してください。どちらか一方が成り立てばよいなら、「いずれか」(any) で組み合わせます。',
  },
  examples: {
    bad: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - branch:
      - when:
          - { field: vip, eq: true }
          - { field: amount, gt: 100 }
          - { field: amount, lt: 50 }
        steps:
          - update: record
            set: { discount: 10 }
      - else:
          - log: no discount
`,
      lines: [8],
    },
    good: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - branch:
      - when:
          - { field: vip, eq: true }
          - { field: amount, gt: 50 }
          - { field: amount, lt: 100 }
        steps:
          - update: record
            set: { discount: 10 }
      - else:
          - log: no discount
`,
    },
    lookAlike: {
      files: `workflow: discount
object: Deal
trigger: { on: create }
steps:
  - branch:
      - when:
          any:
            - { field: amount, gt: 100 }
            - { field: amount, lt: 50 }
        steps:
          - update: record
            set: { discount: 10 }
      - else:
          - log: no discount
`,
      says: { en: 'One of the two is enough here.', ja: 'ここでは、どちらか一方が成り立てば十分です。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const site of sitesOf(workflow, project.schema)) {
      if (site.decides === 'entry' || !needsReasoning(site.conditions.condition)) continue;
      const { clashes } = impossible([{ condition: site.conditions.condition, holds: true, where: site.where }]) ?? {};
      const clash = clashes?.find((one) => one.length > 0);
      const first = clash && firstOf(clash);
      if (!clashes || !clash || !first) continue;
      const words = clashWords(clash);
      const { en, ja } = neverHolds(site);
      const alternatives = clashes.length > 1;
      yield {
        place: first.place,
        ...elementOf(site),
        message:
          clash.length === 1
            ? { en: `${words.en} can never hold, so ${en}.`, ja: `${words.ja}は成り立つことがないため、${ja}。` }
            : {
                en: `${words.en} cannot hold together${alternatives ? ' (and no other alternative can)' : ''}, so ${en}.`,
                ja: `${words.ja}は同時に成り立たない${alternatives ? '（ほかの組み合わせも同様）' : ''}ため、${ja}。`,
              },
      };
    }
  },
});
