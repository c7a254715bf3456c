import { defineNormalRule } from '../../model/sync/normal.ts';
import { isoDay, yearFirst } from './calendar.ts';
import { compatible } from './compatible.ts';
import { kanjiNumber } from './kanji-number.ts';

const eras: readonly (readonly [names: readonly string[], firstYear: number, firstDay: string])[] = [
  [['明治', '明', 'm'], 1868, '1868-10-23'],
  [['大正', '大', 't'], 1912, '1912-07-30'],
  [['昭和', '昭', 's'], 1926, '1926-12-25'],
  [['平成', '平', 'h'], 1989, '1989-01-08'],
  [['令和', '令', 'r'], 2019, '2019-05-01'],
];
const number = '(元|\\d{1,2}|[〇一二三四五六七八九十]{1,3})';
const written = new RegExp(
  `^(明治?|大正?|昭和?|平成?|令和?|[mtshr])${number}(?:年|[-/.])${number}(?:月|[-/.])${number}日?$`,
);
const numberIn = (text: string): number => (/^\d/.test(text) ? Number(text) : (kanjiNumber(text) ?? 0));

/**
 * ISO date of 令和7年5月1日, R7.5.1, ㋿元年5月1日; undefined where it is none, or a day before its era began. 平成31年5月1日 is a day: forms
 * were printed before the era changed.
 */
export const eraDay = (value: string): string | undefined => {
  if (value.length > 40) return undefined;
  const found = written.exec(compatible(value).replace(/\s/g, '').toLowerCase());
  if (!found) return undefined;
  const [, name = '', year = '', month = '', day = ''] = found;
  const era = eras.find(([names]) => names.includes(name));
  if (!era || numberIn(year) < 1) return undefined;
  const iso = isoDay(era[1] + numberIn(year) - 1, numberIn(month), numberIn(day));
  return iso === undefined || iso < era[2] ? undefined : iso;
};

export const eraDate = defineNormalRule({
  id: 'era-date',
  title: { en: 'Japanese eras', ja: '和暦・西暦' },
  types: ['date', 'text'],
  cause: 'sync.era-date',
  canonical: (value) => eraDay(value) ?? yearFirst(value),
});
