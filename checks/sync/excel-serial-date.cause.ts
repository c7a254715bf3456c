import { excelSerialDate, serialTime } from '../../src/reason/values/excel-serial-date.normal.ts';
import { notationCause } from './notation.ts';

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
  rules: [excelSerialDate],
  also: ({ left, right }) => isSerial(left) !== isSerial(right),
  differsIn: { en: 'the notation of dates: serial numbers of a spreadsheet', ja: '日付とシリアル値という表記' },
  odd: { en: 'The serial numbers are', ja: 'シリアル値' },
  isOdd: isSerial,
  steps: [
    {
      en: 'Export the column as text in the form YYYY-MM-DD (TEXT(A2,"yyyy-mm-dd")), or let the reader of the workbook convert cells of dates.',
      ja: '列を YYYY-MM-DD 形式の文字列として出力する（TEXT(A2,"yyyy-mm-dd")）か、ブックを読み取る側で日付セルを日付に変換します。',
    },
  ],
});
