import { legalForm, withoutLegalForm } from '../../src/reason/values/legal-form.normal.ts';
import { both } from '../auth/words.ts';
import { eitherSide, exampleOf, faultySide, type Made } from './either-side.ts';
import { notationCause } from './notation.ts';

/** The name alone stands where the other side has it with its form. */
const isLeftOut = ({ from, to }: Made): boolean => to !== '' && withoutLegalForm(from) === to.trim();

const inNotation = notationCause({
  id: 'sync.company-legal-form',
  title: { en: 'Legal forms of companies in different notations', ja: '法人格の表記が統一されていません' },
  about: {
    en: 'One side writes 株式会社 in full, the other (株), ㈱, or カ) as banks do; or Co.,Ltd. in several ways. The company is the same as long as the form stands at the same place: 株式会社山田 and 山田株式会社 are two companies and are not taken for one here. Where one side leaves the form out altogether, that is told as well.',
    ja: '一方は「株式会社」、もう一方は「(株)」「㈱」、銀行振込形式の「カ)」などで表記しています。Co.,Ltd. の書き方の違いも含みます。前株と後株（株式会社山田と山田株式会社）は別の会社なので、同じとは扱いません。一方だけ法人格が付いていない場合も示します。',
  },
  types: ['company', 'text'],
  unless: ['sync.width-fullwidth', 'sync.whitespace'],
  rules: [legalForm],
  differsIn: { en: 'the notation of the legal form', ja: '法人格の表記（株式会社・(株)・㈱ など）' },
  odd: { en: 'The abbreviations are', ja: '略記' },
  others: [
    eitherSide<{ readonly leftOut: true }>({
      // 山田 without a form may be any of several companies.
      effect: 'wrong',
      types: ['company', 'text'],
      propose: (made) => (made.some(isLeftOut) ? [{ leftOut: true }] : []),
      explains: isLeftOut,
    }),
  ],
  steps: [
    {
      en: 'Store the legal form in full on write, at its place, and match companies by their corporate number (法人番号) where it is known.',
      ja: '法人格は正式な表記で、前株・後株の位置を保って保存します。法人番号が分かる場合は法人番号で照合します。',
    },
  ],
});

export const companyLegalForm: typeof inNotation = {
  ...inNotation,
  because: (told) => {
    if (told.main.detail.leftOut !== true) return inNotation.because(told);
    const example = exampleOf(told);
    return both(
      `Of the differences in ${told.columns}, ${told.share.en} are names from which ${faultySide(told)} has left out the legal form; what is left may be any of several companies.${example.en}`,
      `${told.columns} の差異のうち ${told.share.ja}は、${faultySide(told)} の側で法人格（株式会社など）が省かれています。社名だけでは、どの会社か特定できないことがあります。${example.ja}`,
    );
  },
};
