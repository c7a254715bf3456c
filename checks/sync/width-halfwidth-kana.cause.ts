import { halfwidthKana } from '../../src/reason/values/halfwidth-kana.normal.ts';
import { notationCause } from './notation.ts';

export const widthHalfwidthKana = notationCause({
  id: 'sync.width-halfwidth-kana',
  title: { en: 'Half-width kana', ja: '半角カナと全角カナが混在しています' },
  about: {
    en: 'One side keeps katakana in half width (ﾔﾏﾀﾞ), as bank formats and old systems do, the other in full width (ヤマダ). In half width the voicing mark is a character of its own, so that lengths differ as well.',
    ja: '一方は半角カナ（ﾔﾏﾀﾞ）、もう一方は全角カナ（ヤマダ）で保存しています。半角カナは銀行の振込形式や古いシステムで使われます。半角では濁点が 1 文字になるため、文字数も変わります。',
  },
  rules: [halfwidthKana],
  differsIn: { en: 'the width of kana', ja: 'カナの全角と半角' },
  odd: { en: 'The half-width kana are', ja: '半角カナ' },
  steps: [
    {
      en: 'Convert kana to full width when the record is written, and to half width only in the file for the bank or the old system that asks for it.',
      ja: 'レコードの書き込み時にカナを全角に変換し、半角が必要な銀行や旧システム向けのファイルでだけ半角に戻します。',
    },
  ],
});
