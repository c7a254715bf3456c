import { kanaScript } from '../../src/reason/values/kana-script.normal.ts';
import { notationCause } from './notation.ts';

export const kanaScriptCause = notationCause({
  id: 'sync.kana-script',
  title: { en: 'Hiragana on one side, katakana on the other', ja: 'ひらがなとカタカナが混在しています' },
  about: {
    en: 'The reading of a name is kept in hiragana on one side and in katakana on the other: two forms ask for "ふりがな" and "フリガナ". The sounds are the same; a comparison or a search does not see that.',
    ja: '名前の読みが、一方ではひらがな、もう一方ではカタカナで保存されています。入力フォームが「ふりがな」と「フリガナ」に分かれている場合に起こります。読みは同じですが、比較や検索では一致しません。',
  },
  types: ['text', 'name', 'company'],
  rules: [kanaScript],
  differsIn: { en: 'hiragana and katakana', ja: 'ひらがなとカタカナ' },
  odd: { en: 'The hiragana are', ja: 'ひらがな' },
  steps: [
    {
      en: 'Define the reading in one script (katakana is usual) in both systems, and convert it when the sync job writes.',
      ja: '読みの項目を両方のシステムで同じ文字種（通常はカタカナ）に決め、連携ジョブの書き込み時に変換します。',
    },
  ],
});
