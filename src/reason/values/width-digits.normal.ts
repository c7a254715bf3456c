import { defineNormalRule } from '../../model/sync/normal.ts';

/** ０-９ as 0-9. */
export const widthDigits = defineNormalRule({
  id: 'width-digits',
  title: { en: 'width of digits', ja: '数字の全角・半角' },
  cause: 'sync.width-fullwidth',
  signs: /[０-９]/,
  canonical: (value) => value.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)),
});
