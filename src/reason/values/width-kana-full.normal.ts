import { defineNormalRule } from '../../model/sync/normal.ts';

/** Not the legal forms, which are a rule of their own. Words, letters and numbers that were put into one full-width sign: ㌔ キロ, ㍻ 平成, ℡ TEL, ① 1, ㎏ kg. Not x²: that is no x2. */
const squared = /[\u2100-\u214e\u2160-\u217f\u2460-\u24ea\u3220-\u3230\u3240-\u337e\u3380-\u33ff]/g;

export const widthKanaFull = defineNormalRule({
  id: 'width-kana-full',
  title: { en: 'signs of one square (㌔, ㎏, ①)', ja: '組文字・囲み文字（㌔、㎏、①）' },
  cause: 'sync.width-fullwidth',
  signs: new RegExp(squared.source),
  canonical: (value) => value.replace(squared, (sign) => sign.normalize('NFKC')),
});
