import { defineNormalRule } from '../../model/sync/normal.ts';
import { yearFirst } from './calendar.ts';

/** Day 25569 of the 1900 system is 1970-01-01. From 1954 to 2064; below and above it is more likely a number. */
const serial = /^([2-6]\d{4})(?:\.(\d{1,15}))?$/;

/** What a serial number says, to the second, without a zone; undefined where it is none. */
export const serialTime = (value: string): string | undefined => {
  const found = value.length > 30 ? null : serial.exec(value.trim());
  const days = Number(value);
  if (!found || days > 60_000) return undefined;
  return new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString().slice(0, 19);
};

export const excelSerialDate = defineNormalRule({
  id: 'excel-serial-date',
  title: { en: 'serial dates of spreadsheets', ja: '表計算ソフトのシリアル値' },
  types: ['date', 'timestamp', 'text'],
  cause: 'sync.excel-serial-date',
  canonical: (value) => {
    const time = serialTime(value) ?? clock(value);
    return time?.replace('T00:00:00', '');
  },
  isOwn: (value) => serialTime(value) !== undefined,
});

/** A date, or a time to the second that says no zone or UTC: a workbook knows no zones. */
const clock = (value: string): string | undefined => {
  const day = yearFirst(value);
  if (day !== undefined) return day;
  const found = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T\s](\d{2}:\d{2})(:\d{2})?(?:\.0{1,9})?Z?$/i.exec(
    value.slice(0, 40).trim(),
  );
  const date = yearFirst(found?.[1] ?? '');
  return date === undefined ? undefined : `${date}T${found?.[2]}${found?.[3] ?? ':00'}`;
};
