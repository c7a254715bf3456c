import { defineNormalRule } from '../../model/sync/normal.ts';

/** A reading, and nothing but one: りんご商事 and リンゴ商事 are two companies. */
const reading = /^[ぁ-ゖァ-ヶゝゞヽヾー・･\s.,()（）-]+$/;

export const kanaScript = defineNormalRule({
  id: 'kana-script',
  title: { en: 'hiragana and katakana', ja: 'ひらがな・カタカナ' },
  types: ['text', 'name', 'company'],
  cause: 'sync.kana-script',
  signs: /[ぁ-ゖゝゞ]/,
  canonical: (value) =>
    reading.test(value)
      ? value.replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
      : undefined,
});
