import { defineRule } from '../../src/model/workflow/rule.ts';
import { formulaFaultsOf, languageWord } from '../../src/reason/workflow/condition/formula-faults.ts';
import { exampleFormula } from './example-flow.ts';

export const condFormulaSyntax = defineRule({
  id: 'workflow.cond-formula-syntax',
  severity: 'error',
  sourceKind: 'condition',
  formats: ['SF', 'WR', 'AP', 'OD', 'ES', 'KI', 'PA', 'ZO'],
  title: { en: 'A formula that cannot be read', ja: '読み取れない数式' },
  about: {
    en: 'A formula, a domain or a query is a small text in a language of its own. A bracket or a quotation mark that is missing, or a sign that does not belong there, makes the whole of it unreadable: the definition is refused, or the condition fails whenever it is tested.',
    ja: '数式、ドメイン、クエリは、それぞれ決まった書き方の短い式です。かっこや引用符の不足、余分な記号が 1 つあるだけで式全体が読み取れなくなり、定義が拒否されるか、判定のたびにエラーになります。',
  },
  advice: { en: 'Correct the formula at the place that is shown.', ja: '示された位置で式を直してください。' },
  examples: {
    bad: { files: exampleFormula('AND(ISPICKVAL({!$Record.Status}, "New"), {!$Record.IsClosed} = FALSE'), lines: [12] },
    good: { files: exampleFormula('AND(ISPICKVAL({!$Record.Status}, "New"), {!$Record.IsClosed} = FALSE)') },
    lookAlike: {
      files: exampleFormula('AND(ISPICKVAL({!$Record.Status}, "New)"), {!$Record.IsClosed} = FALSE)'),
      says: { en: 'The bracket in quotation marks belongs to the text.', ja: '引用符の中のかっこは文字列の一部です。' },
    },
  },
  *workflow(workflow, { project }) {
    for (const { problem, language, element } of formulaFaultsOf(workflow, project.schema)) {
      const { kind } = problem;
      if (!(kind === 'syntax')) continue;
      const word = languageWord(language);
      yield {
        place: problem.place,
        ...(element === undefined ? {} : { element }),
        message: {
          en: `The ${word.en} cannot be read: ${problem.says.en}. It is refused, or fails when it is tested.`,
          ja: `${word.ja}を読み取れません。${problem.says.ja}。定義が拒否されるか、判定時にエラーになります。`,
        },
      };
    }
  },
});
