import { yearFirst } from '../../../reason/values/calendar.ts';
import { eraDay } from '../../../reason/values/era-date.normal.ts';

/** Eight digits, the year first; a day that does not exist stays as it is written, and is alike to the one that was meant. '' for none. */
export const birthOf = (value: string): string => {
  if (value === '') return '';
  const day = yearFirst(value) ?? eraDay(value);
  const digits = (day ?? value.slice(0, 40)).replace(/\D/g, '');
  if (digits.length !== 8) return '';
  // 05/03/1980: whether the day or the month comes first does not matter within one column.
  return day === undefined && /^(?!19|20)\d{4}(?:19|20)/.test(digits) ? digits.slice(4) + digits.slice(0, 4) : digits;
};
