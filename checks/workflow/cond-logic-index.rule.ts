import { defineRule } from '../../src/model/workflow/rule.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { numbersIn, readLogic } from '../../src/reason/workflow/logic-string.ts';
import { short } from '../../src/reason/workflow/written.ts';
import { exampleFilters } from './example-flow.ts';

export const condLogicIndex = defineRule({
  id: 'workflow.cond-logic-index',
  severity: 'error',
  sourceKind: 'condition',
  formats: ['SF', 'WR', 'AP', 'ZO'],
  title: { en: 'Custom logic with a wrong condition number', ja: '番号が合わない条件ロジック' },
  about: {
    en: 'Custom logic such as "1 AND (2 OR 3)" names the conditions by their number. A number for which there is no condition, or a condition that no number names, is left over when conditions are added or deleted; the platform refuses the definition.',
    ja: '「1 AND (2 OR 3)」のような条件ロジックは、条件を番号で表します。条件を追加・削除した後に、存在しない番号や、どの番号からも使われない条件が残ると、定義の保存や反映が拒否されます。',
  },
  advice: {
    en: 'Use each condition number, and none that does not exist.',
    ja: 'すべての条件の番号を使い、存在しない番号を削除してください。',
  },
  examples: {
    bad: { files: exampleFilters('1 AND 3', ['Status', 'Escalated'], ['Priority', 'High']), lines: [12] },
    good: { files: exampleFilters('1 OR 2', ['Status', 'Escalated'], ['Priority', 'High']) },
    lookAlike: {
      files: exampleFilters('1 OR (1 AND 2)', ['Status', 'Escalated'], ['Priority', 'High']),
      says: { en: 'A number may be used more than once.', ja: '同じ番号は何度使ってもかまいません。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const site of sitesOf(workflow, project.schema)) {
      const { logic, tests } = site.conditions;
      if (!logic) continue;
      const reading = readLogic(logic.text);
      if (reading.kind === 'fault') continue;
      const count = logic.count ?? tests.length;
      const used = new Set(numbersIn(reading.logic).map(({ number }) => number));
      const absent = [...used].filter((number) => number < 1 || number > count).sort((one, other) => one - other);
      const unused = Array.from({ length: count }, (_, at) => at + 1).filter((number) => !used.has(number));
      if (absent.length === 0 && unused.length === 0) continue;
      const text = short(logic.text);
      const [wrong, rest] = [absent.slice(0, 10).join(', '), unused.slice(0, 10).join(', ')];
      yield {
        place: logic.place,
        ...elementOf(site),
        message:
          absent.length > 0
            ? {
                en: `The logic "${text}" names condition ${wrong}, but there ${count === 1 ? 'is 1 condition' : `are ${count} conditions`}, so the definition is refused.`,
                ja: `条件ロジック「${text}」に番号 ${wrong} がありますが、条件は ${count} 個しかないため、定義が拒否されます。`,
              }
            : {
                en: `The logic "${text}" does not use condition ${rest}, so it has no effect, and the definition is refused.`,
                ja: `条件ロジック「${text}」で条件 ${rest} が使われていません。条件として働かず、定義も拒否されます。`,
              },
      };
    }
  },
});
