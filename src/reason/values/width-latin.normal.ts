import { defineNormalRule } from '../../model/sync/normal.ts';

/** Letters and signs that have a width of their own; digits are another rule. The yen sign is no ASCII. */
export const widthLatin = defineNormalRule({
  id: 'width-latin',
  title: { en: 'width of Latin letters and signs', ja: '英字・記号の全角・半角' },
  cause: 'sync.width-fullwidth',
  signs: /[！-～￥￦]/,
  canonical: (value) =>
    value
      .replace(/[！-／：-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replaceAll('￥', '¥')
      .replaceAll('￦', '₩'),
});
