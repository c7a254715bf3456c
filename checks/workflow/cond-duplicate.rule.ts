import type { Edit } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Format } from '../../src/model/workflow/workflow.ts';
import { repeatedNumbers, type Twice, twiceIn } from '../../src/reason/workflow/condition/same.ts';
import { elementOf, sitesOf } from '../../src/reason/workflow/condition/sites.ts';
import { writtenTest } from '../../src/reason/workflow/written.ts';

/** Takes out the lines of the second one, where it has them to itself in a list of YAML. */
const removal = ({ again, beside }: Twice, format: Format): readonly Edit[] => {
  const { file, line, column, endLine, endColumn } = again.place;
  if (format !== 'NY' || endLine === undefined || column < 3) return [];
  const last = endColumn === 1 ? endLine - 1 : endLine;
  const alone = beside.every((part) => part === again || part.place.line < line || part.place.line > last);
  const hasFirst = beside.some((part) => part !== again && part.place.line < line);
  return alone && hasFirst ? [{ file, line, column: 1, endLine: last + 1, endColumn: 1, text: '' }] : [];
};

export const condDuplicate = defineRule({
  id: 'workflow.cond-duplicate',
  severity: 'warning',
  sourceKind: 'condition',
  auto: 'yes',
  title: { en: 'The same condition twice', ja: '同じ条件の重複' },
  about: {
    en: 'The same condition stands twice in one set. The second does nothing. Often a copied line was to be changed to another field or value, so that a condition is missing.',
    ja: '1 組の条件の中に、まったく同じ条件が 2 つあります。2 つ目には効果がありません。行をコピーした後で項目や値を変え忘れた場合が多く、本来の条件が抜けているおそれがあります。',
  },
  advice: {
    en: 'Remove the second one, or change it to what was meant.',
    ja: '2 つ目を削除するか、本来の条件に直してください。',
  },
  examples: {
    bad: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, eq: Won }
  - { field: amount, gt: 100000 }
  - { field: stage, eq: Won }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      lines: [7],
    },
    good: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, eq: Won }
  - { field: amount, gt: 100000 }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
    },
    lookAlike: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when:
  any:
    - all: [{ field: stage, eq: Won }, { field: amount, gt: 100000 }]
    - all: [{ field: stage, eq: Won }, { field: region, eq: Osaka }]
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      says: { en: 'Each stands in an alternative of its own.', ja: '別々の選択肢の中にそれぞれ書かれています。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const site of sitesOf(workflow, project.schema)) {
      const { condition, logic, tests } = site.conditions;
      for (const twice of twiceIn(condition)) {
        const text = writtenTest(twice.again);
        yield {
          place: twice.again.place,
          ...elementOf(site),
          message: {
            en: `"${text}" stands here a second time (first in line ${twice.first.place.line}), so it does nothing; another condition may be missing.`,
            ja: `「${text}」は 2 回目です（1 回目は ${twice.first.place.line} 行目）。効果がなく、別の条件が抜けているおそれがあります。`,
          },
          edits: removal(twice, workflow.format),
          also: [{ place: twice.first.place, says: { en: 'the first one', ja: '1 つ目の条件' } }],
        };
      }
      if (!logic) continue;
      for (const number of repeatedNumbers(logic.text)) {
        const test = tests.length === logic.count ? tests[number - 1] : undefined;
        const text = test ? ` ("${writtenTest(test)}")` : '';
        const ja = test ? `（「${writtenTest(test)}」）` : '';
        yield {
          place: logic.place,
          ...elementOf(site),
          message: {
            en: `The logic "${logic.text}" names condition ${number}${text} twice side by side, so another number was probably meant.`,
            ja: `条件ロジック「${logic.text}」に条件 ${number}${ja}が並んで 2 回出てきます。別の番号の間違いと思われます。`,
          },
        };
      }
    }
  },
});
