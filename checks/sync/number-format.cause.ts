import { numberFormat } from '../../src/reason/values/number-format.normal.ts';
import { notationCause } from './notation.ts';

export const numberFormatCause = notationCause({
  id: 'sync.number-format',
  title: { en: 'Numbers in different notations', ja: '数値の表記が統一されていません' },
  about: {
    en: 'The same number is written with thousands separators, a yen sign, .00, in full width, or with △ for minus. A report was exported as it is shown, in place of the stored number.',
    ja: '同じ数値が、桁区切り、円記号、小数点以下の 0、全角、マイナスの △ など、異なる表記で出力されています。保存されている数値ではなく、画面や帳票の表示形式で出力された場合に起こります。',
  },
  types: ['number', 'amount'],
  unless: ['sync.width-fullwidth', 'sync.cp932-dash-variants', 'sync.whitespace', 'sync.invisible-characters'],
  rules: [numberFormat],
  differsIn: { en: 'the notation of numbers', ja: '数値の表記' },
  steps: [
    {
      en: 'Export the stored number and not the formatted one (format general, no currency), and parse it as a decimal before it is compared or written.',
      ja: '表示形式（通貨・桁区切り）ではなく、保存されている数値をそのまま出力し、比較や書き込みの前に 10 進数として解釈します。',
    },
  ],
});
