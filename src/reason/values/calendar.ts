import { compatible } from './compatible.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** ISO date of a day that exists; else undefined. */
export const isoDay = (year: number, month: number, day: number): string | undefined => {
  if (!(year >= 1 && year <= 9999) || month < 1 || month > 12 || day < 1) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day > last ? undefined : `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
};

/** Year first: 2025-05-01, 2025/5/1, 2025.5.1, 20250501, 2025年5月1日. With the day first nobody knows what is meant. */
export const yearFirst = (value: string): string | undefined => {
  if (value.length > 40) return undefined;
  const sign = value.charCodeAt(0);
  // Of ASCII a digit or a blank alone begins one.
  if (sign > 0x20 && sign < 0x80 && !(sign >= 0x30 && sign <= 0x39)) return undefined;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return isoDay(+value.slice(0, 4), +value.slice(5, 7), +value.slice(8));
  const text = compatible(value)
    .replace(/\s/g, '')
    .replace(/[‐−–]/g, '-')
    .replace(/\((?:[月火水木金土日])\)$/, '');
  const found =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text)?.toSpliced(2, 1) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return found ? isoDay(Number(found[1]), Number(found[2]), Number(found[3])) : undefined;
};
