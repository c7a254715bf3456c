import { defineNormalRule } from '../../model/sync/normal.ts';
import { compatible } from './compatible.ts';
import { foldDashes } from './dash.normal.ts';

const extension = /^(.{6,40}?)\s?(?:内線|ext\.?|x|#)[\s:.]?(\d{1,6})\)?$/i;

/** National with its 0, or + and all digits; undefined for what may be several numbers, none, or one that lost its 0. */
export const phone = defineNormalRule({
  id: 'phone',
  title: { en: 'notation of phone numbers', ja: '電話番号の表記' },
  types: ['phone'],
  cause: 'sync.phone-format',
  canonical: (value) => {
    if (value.length > 60) return undefined;
    const text = foldDashes(compatible(value).trim()).replace(/^(?:tel|電話)[:.\s]{0,3}/i, '');
    const [, main = text, inside] = extension.exec(text) ?? [];
    if (!/^\+?[\d\s().ー-]+$/.test(main)) return undefined;
    const international = main.startsWith('+');
    const digits = (international ? main.replace('(0)', '') : main).replace(/\D/g, '');
    const foreign = international ? digits : /^(?:010|00)(81\d+)$/.exec(digits)?.[1];
    const home = foreign === undefined ? /^81([1-9]\d{8,9})$/.exec(digits)?.[1] : /^810?(\d+)$/.exec(foreign)?.[1];
    const number = home === undefined ? (foreign === undefined ? digits : `+${foreign}`) : `0${home}`;
    if (!/^(?:0\d{9,10}|\+\d{8,15})$/.test(number)) return undefined;
    return inside === undefined ? number : `${number}x${inside}`;
  },
});
