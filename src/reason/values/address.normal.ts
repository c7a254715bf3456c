import { defineNormalRule } from '../../model/sync/normal.ts';
import { compatible } from './compatible.ts';
import { foldDashes } from './dash.normal.ts';
import { kanjiNumber } from './kanji-number.ts';

const prefecture =
  /^(?:北海道|東京都|京都府|大阪府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)/;
const city = /^(?:大和郡山|郡山|郡上|蒲郡|小郡|[^郡区町村\d]{1,6}|四日市|廿日市)市/;

/** A city tells its prefecture, but for the two names that occur twice; counties and towns do not. The wards of Tokyo do. */
const withoutPrefecture = (value: string): string => {
  const found = prefecture.exec(value)?.[0];
  if (found === undefined) return value;
  const rest = value.slice(found.length);
  if (/^(?:府中|伊達)市/.test(rest)) return value;
  return city.test(rest) || (found === '東京都' && /^[^市郡町村\d]{1,4}区/.test(rest)) ? rest : value;
};

const kanjiBefore = /[〇一二三四五六七八九十百千]{1,8}(?=丁目|番地|番(?![町丁館街])|号(?![館棟車線]))/g;

/** 一丁目二番三号, 1丁目2番地3 and １－２－３ as 1-2-3; a part that stands alone keeps its 丁目. */
export const address = defineNormalRule({
  id: 'address',
  title: { en: 'notation of addresses', ja: '住所の表記' },
  types: ['address'],
  cause: 'sync.address-notation',
  canonical: (value) => {
    if (value.length > 500) return undefined;
    const plain = withoutPrefecture(
      foldDashes(compatible(value))
        .replace(/^\s{0,4}〒\s?\d{3}-?\d{4}/, '')
        .trim(),
    );
    // Most addresses have nothing of what the dearer patterns are about.
    const named = plain.includes('大字') ? plain.replace(/大字/g, '') : plain;
    const small = /[ヶヵがガケカの]/.test(named)
      ? named
          .replace(/(?<=\p{Script=Han})[ヶヵがガケカ](?=\p{Script=Han})/gu, 'ケ')
          .replace(/(?<=\p{Script=Han})の(?=\p{Script=Han})/gu, 'ノ')
      : named;
    const counted = /[丁番号]/.test(small)
      ? small.replace(kanjiBefore, (digits) => String(kanjiNumber(digits) ?? digits))
      : small;
    return counted
      .replace(/(?<=\d)\s?丁目\s?(?=\d)/g, '-')
      .replace(/(?<=\d)\s?番地?\s?(?:の\s?)?(?=\d)/g, '-')
      .replace(/(?<=\d)の(?=\d)/g, '-')
      .replace(/(?<=\d)(?:番地|番(?![町丁館街])|号室?(?![館棟車線]))/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/(?<![0-9A-Za-z]) | (?![0-9A-Za-z])/g, '')
      .normalize('NFC');
  },
});
