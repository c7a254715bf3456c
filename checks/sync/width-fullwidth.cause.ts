import { defineNormalRule } from '../../src/model/sync/normal.ts';
import { widthDigits } from '../../src/reason/values/width-digits.normal.ts';
import { widthKanaFull } from '../../src/reason/values/width-kana-full.normal.ts';
import { widthLatin } from '../../src/reason/values/width-latin.normal.ts';
import { notationCause } from './notation.ts';

const plainBlanks = (value: string): string => value.replaceAll('\u3000', ' ');

/** A converter of widths takes the blanks along; blanks alone are a matter of their own. */
const widthBlank = defineNormalRule({
  id: 'width-blank',
  title: { en: 'width of blanks', ja: '空白の全角・半角' },
  cause: 'sync.width-fullwidth',
  signs: /\u3000/,
  canonical: plainBlanks,
});

export const widthFullwidth = notationCause({
  id: 'sync.width-fullwidth',
  title: { en: 'Full-width letters, digits or signs', ja: '全角の英数字・記号が混在しています' },
  about: {
    en: 'One side keeps digits, Latin letters or signs in full width (ＡＢＣ１２３), the other in half width (ABC123). For people both are the same, for a comparison, a search or a unique key they are different texts.',
    ja: '一方は数字・英字・記号を全角で、もう一方は半角で保存しています。人には同じに見えますが、比較・検索・重複チェックでは別の文字列として扱われます。',
  },
  rules: [widthDigits, widthLatin, widthKanaFull, widthBlank],
  also: ({ left, right }) => plainBlanks(left) !== plainBlanks(right),
  differsIn: { en: 'the width of letters, digits and signs', ja: '英数字・記号の全角と半角' },
  odd: { en: 'The full-width characters are', ja: '全角の文字' },
  steps: [
    {
      en: 'Decide on one width for each column and convert on write in the sync job (NFKC, or ASC and LOWER functions of the tool); restrict the entry form of the CRM to it.',
      ja: '列ごとに全角・半角のどちらに統一するかを決め、連携ジョブの書き込み時に変換します（NFKC 正規化、Excel なら ASC 関数など）。CRM の入力フォームにも入力規則を設定します。',
    },
  ],
});
