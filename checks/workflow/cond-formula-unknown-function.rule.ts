import { defineRule } from '../../src/model/workflow/rule.ts';
import { formulaFaultsOf, languageWord } from '../../src/reason/workflow/condition/formula-faults.ts';
import { exampleFormula } from './example-flow.ts';

export const condFormulaUnknownFunction = defineRule({
  id: 'workflow.cond-formula-unknown-function',
  severity: 'error',
  sourceKind: 'condition',
  formats: ['SF', 'WR', 'AP', 'OD', 'ES', 'KI', 'PA'],
  auto: 'suggest',
  title: {
    en: 'A function that does not exist, or with the wrong number of values',
    ja: '存在しない関数、または引数の数の誤り',
  },
  about: {
    en: 'A formula calls functions such as AND, ISBLANK or TODAY. A name that the platform does not have, or a function that is given too few or too many values, makes the formula fail.',
    ja: '数式では AND、ISBLANK、TODAY などの関数を使います。存在しない名前を書いたり、関数に渡す値（引数）の数が足りなかったり多すぎたりすると、数式がエラーになります。',
  },
  advice: {
    en: 'Use a function of the platform, with the values that it needs.',
    ja: '用意されている関数を、必要な数の引数で使ってください。',
  },
  examples: {
    bad: { files: exampleFormula('AND(ISBLNK({!$Record.Subject}), {!$Record.IsClosed} = FALSE)'), lines: [12] },
    good: { files: exampleFormula('AND(ISBLANK({!$Record.Subject}), {!$Record.IsClosed} = FALSE)') },
    lookAlike: {
      files: exampleFormula('AND(isblank({!$Record.Subject}), {!$Record.IsClosed} = FALSE)'),
      says: {
        en: 'Letter case does not matter in the names of functions.',
        ja: '関数名の大文字と小文字は区別されません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const { problem, language, element } of formulaFaultsOf(workflow, project.schema)) {
      const { kind } = problem;
      if (!(kind !== 'syntax')) continue;
      const word = languageWord(language);
      yield {
        place: problem.place,
        ...(element === undefined ? {} : { element }),
        message: {
          en: `In the ${word.en}, ${problem.says.en}. It is refused, or fails when it is tested.`,
          ja: `${word.ja}の誤り: ${problem.says.ja}。定義が拒否されるか、判定時にエラーになります。`,
        },
        ...(problem.nearest === undefined
          ? {}
          : { fix: { en: `Write "${problem.nearest}".`, ja: `「${problem.nearest}」に直してください。` } }),
      };
    }
  },
});
