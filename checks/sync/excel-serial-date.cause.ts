import { defineNormalRule } from '../../src/model/sync/normal.ts';
import { instantOf, momentOf } from '../../src/reason/moments.ts';
import { excelSerialDate, serialTime } from '../../src/reason/values/excel-serial-date.normal.ts';
import { notationCause } from './notation.ts';

/** A workbook has no more of a time than what its number holds; the other side may have milliseconds. */
const toTheSecond = defineNormalRule({
  ...excelSerialDate,
  canonical: (value) => {
    const plain = excelSerialDate.canonical(value);
    if (plain !== undefined || value.length > 40) return plain;
    const [, seconds, fraction] = /^(\d{4}[-/]\d{1,2}[-/]\d{1,2}[T ]\d{2}:\d{2}:\d{2})(\.\d{1,9})Z?$/.exec(value) ?? [];
    const whole = seconds === undefined ? undefined : momentOf(seconds);
    if (!whole) return undefined;
    const ms = Math.round(instantOf(whole) / 1000 + Number(fraction)) * 1000;
    return excelSerialDate.canonical(new Date(ms).toISOString().slice(0, 19));
  },
});

const isSerial = (value: string): boolean => serialTime(value) !== undefined;

export const excelSerialDateCause = notationCause({
  id: 'sync.excel-serial-date',
  title: {
    en: 'Serial numbers of a spreadsheet in place of dates',
    ja: '日付が表計算ソフトのシリアル値になっています',
  },
  about: {
    en: 'A spreadsheet keeps a date as the number of days since 1899-12-30 and shows it as a date. Read or exported without the format of the cell, 2025-05-01 becomes 45778. Nothing is lost: the number tells the day.',
    ja: '表計算ソフトは日付を 1899-12-30 からの日数として保存し、表示形式で日付に見せています。セルの書式なしで読み取ったり出力したりすると、2025-05-01 が 45778 になります。値は失われておらず、日付に戻せます。',
  },
  types: ['date', 'timestamp', 'text'],
  rules: [toTheSecond],
  also: ({ left, right }) => isSerial(left) !== isSerial(right),
  differsIn: { en: 'the notation of dates (serial numbers of a spreadsheet)', ja: '日付とシリアル値という表記' },
  odd: { en: 'The serial numbers are', ja: 'シリアル値' },
  isOdd: isSerial,
  steps: [
    {
      en: 'Export the column as text in the form YYYY-MM-DD (TEXT(A2,"yyyy-mm-dd")), or let the reader of the workbook convert cells of dates.',
      ja: '列を YYYY-MM-DD 形式の文字列として出力する（TEXT(A2,"yyyy-mm-dd")）か、ブックを読み取る側で日付セルを日付に変換します。',
    },
  ],
});
