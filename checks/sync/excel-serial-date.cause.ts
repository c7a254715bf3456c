import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import { defineNormalRule } from '../../src/model/sync/normal.ts';
import type { Text } from '../../src/model/text.ts';
import { instantOf, momentOf } from '../../src/reason/moments.ts';
import { commonest, counted } from '../../src/reason/rows/tally.ts';
import { excelSerialDate, serialTime } from '../../src/reason/values/excel-serial-date.normal.ts';
import {
  type DateOrder,
  dateOrders,
  isTakenForDate,
  isWithoutYear,
  yearAdded,
} from '../../src/reason/values/taken-for-date.ts';
import { eitherSide, exampleOf, faultySide, type Made, otherSide } from './either-side.ts';
import { notationCause } from './notation.ts';
import { runAgain } from './value-words.ts';

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

/** Codes that a spreadsheet took for dates. */
interface Taken extends Readonly<Record<string, unknown>> {
  readonly order: DateOrder;
  /** What codes without a year came to have, one and the same in a file; empty: none. */
  readonly year: string;
}

const fewest = 5;
/** Where nearly all of them have a year, `5/1/25` was a date before it was opened anywhere. */
const leastPlain = 0.05;

const isTaken = ({ from, to }: Made, { order, year }: Taken): boolean => {
  if (!isTakenForDate(from, to, order)) return false;
  const added = yearAdded(from, to, order);
  return added === undefined || String(added) === year;
};

const takenIn = (made: readonly Made[]): readonly Taken[] => {
  const [best] = dateOrders
    .map((order) => {
      const taken = made.filter(({ from, to }) => isTakenForDate(from, to, order));
      const plain = taken.filter(({ from }) => isWithoutYear(from, order)).length;
      const [year] = commonest(counted(taken.map(({ from, to }) => String(yearAdded(from, to, order) ?? ''))));
      return { n: plain < leastPlain * taken.length ? 0 : taken.length, params: { order, year } };
    })
    .toSorted((a, b) => b.n - a.n);
  return best && best.n >= fewest ? [best.params] : [];
};

/** `1-2` that became `1月2日`, `2-Jan` or `2026/1/2`. */
const takenForDates = eitherSide<Taken>({
  effect: 'wrong',
  // Of few codes unrelated rows have the same ones: that the date says what the code said is the test.
  ownChance: true,
  propose: takenIn,
  explains: isTaken,
});

const serials = notationCause({
  id: 'sync.excel-serial-date',
  title: {
    en: 'Dates or serial numbers of a spreadsheet in place of the values',
    ja: '値が表計算ソフトの日付やシリアル値になっています',
  },
  about: {
    en: 'A spreadsheet keeps a date as the number of days since 1899-12-30 and shows it as a date. Read or exported without the format of the cell, 2025-05-01 becomes 45778. Nothing is lost: the number tells the day. The other way round, a code such as 1-2 that is opened there is taken for a date and saved as 2-Jan or 2026/1/2.',
    ja: '表計算ソフトは日付を 1899-12-30 からの日数として保存し、表示形式で日付に見せています。セルの書式なしで読み取ったり出力したりすると、2025-05-01 が 45778 になります。値は失われておらず、日付に戻せます。逆に、1-2 のようなコードを開くと日付とみなされ、2-Jan や 2026/1/2 として保存されます。',
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

const takenText = (told: Told): Text => {
  const example = exampleOf(told);
  return {
    en: `In ${told.columns}, ${told.share.en} of the differing values of ${faultySide(told)} are what a spreadsheet makes of those of ${otherSide(told)}: it takes a code such as 1-2 for a date when it opens the file, and saves the date.${example.en}`,
    ja: `${told.columns} の差異 ${told.share.ja}は、${otherSide(told)} の値が ${faultySide(told)} では日付に変わったものです。表計算ソフトはファイルを開くときに 1-2 のようなコードを日付とみなし、日付として保存します。${example.ja}`,
  };
};

const takenSteps = (told: Told): readonly Text[] => [
  {
    en: `Let the import of ${told.columns} be text (Excel: Data > From Text/CSV, column type Text), and never open the CSV by double click and save it from there.`,
    ja: `${told.columns} を文字列として取り込みます（Excel の「データ」>「テキストまたは CSV から」で列を「テキスト」にします）。CSV をダブルクリックで開いて上書き保存しないでください。`,
  },
  {
    en: `Restore the values from ${otherSide(told)}: 1-2, 1/2 and 2-Jan are one and the same date, so that a code cannot be computed back from it.`,
    ja: `値を ${otherSide(told)} から戻します。1-2 も 1/2 も同じ日付になるため、日付から元のコードを確実に求めることはできません。`,
  },
  runAgain,
];

export const excelSerialDateCause = defineSyncCause({
  ...serials,
  unless: ['sync.two-digit-year'],
  hypotheses: [...serials.hypotheses, takenForDates],
  because: (told) => (told.main.detail.order === undefined ? serials.because(told) : takenText(told)),
  steps: (told) => (told.main.detail.order === undefined ? serials.steps(told) : takenSteps(told)),
});
