import { defineNormalRule } from '../../model/sync/normal.ts';

/** ｶﾞ as ガ; and カ゛, as converters that go sign by sign write it. */
export const halfwidthKana = defineNormalRule({
  id: 'halfwidth-kana',
  title: { en: 'half-width kana', ja: '半角カナ' },
  cause: 'sync.width-halfwidth-kana',
  signs: /[\u3099-\u309c\uff61-\uff9f]/,
  canonical: (value) =>
    value
      .replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))
      .replace(/[ぁ-ゖァ-ヶ][\u3099\u309b]/g, (kana) => `${kana[0]}\u3099`.normalize('NFC'))
      .replace(/[ぁ-ゖァ-ヶ][\u309a\u309c]/g, (kana) => `${kana[0]}\u309a`.normalize('NFC')),
});
