/** `2026-02-28`, and what may follow a day: `T09:00:00.000+09:00`. */
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Days as people here write them: `2026/2/8`, `2026.2.8`, `2026年2月8日`, `20260208`. */
const loose = /^(\d{4})[/.年-]?(\d{1,2})[/.月-]?(\d{1,2})日?$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

/** What a text says as a day or a moment; `impossible`: it has the form, but there is no such day or hour. */
export const readDay = (text: string): 'date' | 'datetime' | 'impossible' | undefined => {
  const found = iso.exec(text.trim());
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  if (!isDay(Number(year), Number(month), Number(day))) return 'impossible';
  if (hour === undefined) return 'date';
  return Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59 ? 'impossible' : 'datetime';
};

/** A day in another notation as `2026-02-08`. */
export const asIsoDay = (text: string): string | undefined => {
  const found = loose.exec(text.normalize('NFKC').trim());
  if (!found) return undefined;
  const [, year = '', month = '', day = ''] = found;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};
