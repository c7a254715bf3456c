import type { Text } from '../../model/text.ts';
import type { Problem } from '../../model/workflow/finding.ts';
import type { IdleSuppression } from './suppress.ts';

const words: Readonly<Record<IdleSuppression['why'], (rules: string) => Text>> = {
  unused: (rules) => ({
    en: `This comment or setting switches ${rules} off here, but nothing is found here any more.`,
    ja: `ここでは ${rules} を出さない指定がありますが、該当する指摘はもうありません。`,
  }),
  'no-reason': (rules) => ({
    en: `${rules} is to be switched off here, but no reason is given, so it is not.`,
    ja: `ここで ${rules} を出さない指定がありますが、理由がないため無効です。`,
  }),
  'out-of-date': (rules) => ({
    en: `${rules} was switched off here until a day that is over, so it speaks again.`,
    ja: `ここで ${rules} を出さない指定は期限を過ぎたため、無効になりました。`,
  }),
};

const fixes: Readonly<Record<IdleSuppression['why'], Text>> = {
  unused: { en: 'Remove it.', ja: 'この指定を削除してください。' },
  'no-reason': {
    en: 'Write the reason after ` -- ` (in XML after ` : `).',
    ja: '「 -- 」（XML では「 : 」）のあとに理由を書いてください。',
  },
  'out-of-date': { en: 'Mend what it hides, or set a later day.', ja: '指摘を直すか、期限を延ばしてください。' },
};

/** What `maint-suppression-unused` says. An unused comment alone on its line is deleted by `--fix`. */
export const idleProblem = ({ of, why }: IdleSuppression): Problem => {
  const rules = 'rules' in of ? of.rules.join(', ') : of.rule;
  const { place } = of;
  const comment = 'rules' in of && why === 'unused' && 'endLine' in place ? place : undefined;
  return {
    place,
    message: words[why](rules),
    fix: fixes[why],
    ...(comment?.endLine === undefined || comment.endColumn === undefined
      ? {}
      : {
          edits: [
            {
              file: comment.file,
              line: comment.line,
              column: comment.column,
              endLine: comment.endLine,
              endColumn: comment.endColumn,
              text: '',
            },
          ],
        }),
  };
};
