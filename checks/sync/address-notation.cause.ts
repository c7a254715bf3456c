import { address } from '../../src/reason/values/address.normal.ts';
import { notationCause } from './notation.ts';

export const addressNotation = notationCause({
  id: 'sync.address-notation',
  title: { en: 'Addresses in different notations', ja: '住所の表記が統一されていません' },
  about: {
    en: 'The same address is written in different ways: 1丁目2番3号 and 1-2-3, kanji digits, ヶ and ケ, with and without the prefecture. The prefecture is taken as left out only where the city itself tells it.',
    ja: '同じ住所が、「1丁目2番3号」と「1-2-3」、漢数字と算用数字、「ヶ」と「ケ」、都道府県の有無など、異なる表記で保存されています。都道府県の省略は、市区名から都道府県が決まる場合だけ同じとみなします。',
  },
  types: ['address'],
  unless: [
    'sync.width-fullwidth',
    'sync.cp932-dash-variants',
    'sync.whitespace',
    'sync.width-halfwidth-kana',
    'sync.unicode-normalization',
    'sync.invisible-characters',
    'sync.newline-form',
  ],
  rules: [address],
  differsIn: { en: 'the notation of addresses', ja: '住所の表記（丁目・番地・漢数字・都道府県の有無など）' },
  steps: [
    {
      en: 'Store addresses in parts (prefecture, city, town, block, building) after one address normaliser, in both systems, and compare the parts.',
      ja: '両方のシステムで同じ住所正規化を通し、都道府県・市区町村・町名・番地・建物に分けて保存し、部分ごとに比較します。',
    },
  ],
});
