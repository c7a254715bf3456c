import { postcode } from '../../src/reason/values/postcode.normal.ts';
import { notationCause } from './notation.ts';

export const postcodeFormat = notationCause({
  id: 'sync.postcode-format',
  title: { en: 'Postal codes in different notations', ja: '郵便番号の表記が統一されていません' },
  about: {
    en: 'The same postal code is written with and without a hyphen, with 〒, or in full width. The seven digits are the same.',
    ja: '同じ郵便番号が、ハイフンの有無、〒 の有無、全角・半角など、異なる表記で保存されています。7 桁の数字は同じです。',
  },
  types: ['postcode'],
  unless: [
    'sync.width-fullwidth',
    'sync.cp932-dash-variants',
    'sync.whitespace',
    'sync.invisible-characters',
    'sync.unicode-normalization',
  ],
  rules: [postcode],
  differsIn: { en: 'the notation of postal codes', ja: '郵便番号の表記' },
  steps: [
    {
      en: 'Store seven digits as text (not as a number: those of Hokkaido and Tohoku begin with 0) in both systems.',
      ja: '両方のシステムで 7 桁の数字を文字列として保存します。数値型にすると、北海道や東北などの先頭の 0 が失われます。',
    },
  ],
});
