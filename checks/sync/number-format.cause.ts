import { numberFormat } from '../../src/reason/values/number-format.normal.ts';
import { notationCause } from './notation.ts';

const exponent = /^[+-]?\d(?:\.\d+)?E\+?\d+$/i;

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
  detail: (pairs) => ({
    spreadsheet:
      2 * pairs.filter(({ left, right }) => exponent.test(left) !== exponent.test(right)).length > pairs.length,
  }),
  more: ({ spreadsheet }) =>
    spreadsheet === true
      ? {
          en: 'E+ is how a spreadsheet writes long numbers when it saves a CSV file: no digit is lost in these, but longer ones (ids, phone numbers) lose theirs. Give the column the number format 0, or text, before it is saved.',
          ja: 'E+ は、表計算ソフトが長い数字を CSV に保存するときの書き方です。この列では桁は失われていませんが、さらに長い数字（ID や電話番号）では失われます。保存する前に、列の表示形式を「0」か「文字列」にしてください。',
        }
      : undefined,
  steps: [
    {
      en: 'Export the stored number and not the formatted one (format general, no currency), and parse it as a decimal before it is compared or written.',
      ja: '表示形式（通貨・桁区切り）ではなく、保存されている数値をそのまま出力し、比較や書き込みの前に 10 進数として解釈します。',
    },
  ],
});
