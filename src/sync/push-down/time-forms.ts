import { timestampForm } from '../../reason/values/timestamp-form.normal.ts';
import { bound, type Form, folded, notation, onSide } from './forms.ts';

/** Since 1970 in UTC; 0 where it is no time, or before. */
export const secondsOf = (text: string): string =>
  // Servers of 2018 read seconds that are written as such together with what lies behind them in memory.
  `if(match(${text}, '^[1-9][0-9]{8,9}$'), toUInt32OrZero(${text}), toUInt32(parseDateTimeBestEffortOrZero(${text}, 'UTC')))`;

/** The same difference of time in all: right minus left. */
export const shiftForm = (minutes: number): Form => ({
  cause: 'sync.timezone-offset',
  effect: 'wrong',
  detail: { minutes },
  sql: (left, right) =>
    `(${secondsOf(left)} > 0 AND ${secondsOf(right)} > 0 AND toInt64(${secondsOf(right)}) - toInt64(${secondsOf(left)}) = ${minutes * 60})`,
  holds: (left, right) => Date.parse(right) - Date.parse(left) === minutes * 60_000,
});

const date = /^\d{4}-\d\d-\d\d$/;
const isDate = (text: string): string => `match(${text}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')`;

/** Days of the calendar, of any year: `toDate` knows those from 1970 on. The year begins in March, so that a leap day is its last. */
const dayNumber = (text: string): string => {
  const part = (from: number, size: number): string => `toInt32OrZero(substring(${text}, ${from}, ${size}))`;
  const [year, month] = [part(1, 4), part(6, 2)];
  const own = `(${year} - (${month} < 3))`;
  const since = `if(${month} < 3, ${month} + 9, ${month} - 3)`;
  return `(365 * ${own} + intDiv(${own}, 4) - intDiv(${own}, 100) + intDiv(${own}, 400) + intDiv(153 * ${since} + 2, 5) + ${part(9, 2)})`;
};

const day = 86_400_000;

const dayForms = (): readonly Form[] =>
  ([1, -1] as const).map(
    (days): Form => ({
      cause: 'sync.date-off-by-one',
      effect: 'wrong',
      detail: { days },
      group: 'days',
      sql: (left, right) =>
        `(${isDate(left)} AND ${isDate(right)} AND ${dayNumber(right)} - ${dayNumber(left)} = ${days})`,
      holds: (left, right) =>
        date.test(left) && date.test(right) && Date.parse(right) - Date.parse(left) === days * day,
    }),
  );

const timed = /^\d{4}-\d\d-\d\d[T ](?!00:00(?::00)?(?:Z|$))/;
const untimed = /^\d{4}-\d\d-\d\d(?:[T ]00:00(?::00)?Z?)?$/;
const inSql = (pattern: string): string => pattern.replaceAll('\\d', '[0-9]');

const droppedForms = (): readonly Form[] =>
  (['right', 'left'] as const).map(
    (side): Form => ({
      cause: 'sync.time-part-dropped',
      effect: 'wrong',
      detail: { side },
      sql: (left, right) => {
        const [kept, lost] = onSide(side, left, right);
        const isTimed = `match(${kept}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]') AND NOT match(${kept}, '^.{10}[T ]00:00(?::00)?Z?$')`;
        return `(${isTimed} AND match(${lost}, '${inSql(untimed.source)}') AND substring(${kept}, 1, 10) = substring(${lost}, 1, 10))`;
      },
      holds: (left, right) => {
        const [kept, lost] = onSide(side, left, right);
        return timed.test(kept) && untimed.test(lost) && kept.slice(0, 10) === lost.slice(0, 10);
      },
    }),
  );

/** One instant, or one time on the clock, that is written in two ways; a time with a zone is never one without. */
const writtenForm = (hasNfkc: boolean): Form =>
  notation(
    'sync.timestamp-representation',
    (left, right) => {
      const zoned = (text: string): string =>
        `match(${text}, '(?:Z|UTC|GMT|:[0-9.,]+[-+][0-9]{2}(?::?[0-9]{2})?|^[1-9][0-9]{8,9})$')`;
      const part = (text: string): string => `replaceRegexpOne(extract(${text}, ':[0-9]{2}[.,]([0-9]+)'), '0+$', '')`;
      const same = (a: string, b: string): string =>
        `(${secondsOf(a)} > 0 AND ${secondsOf(a)} = ${secondsOf(b)} AND ${zoned(a)} = ${zoned(b)} AND ${part(a)} = ${part(b)})`;
      return bound('a', folded(left, hasNfkc), (a) => bound('b', folded(right, hasNfkc), (b) => same(a, b)));
    },
    timestampForm.canonical,
  );

/** Of columns of dates and times; what has a parameter of its own is not among them. */
export const timeForms = (isTimestamp: boolean, hasNfkc: boolean): readonly Form[] => [
  ...(isTimestamp ? [writtenForm(hasNfkc)] : []),
  ...dayForms(),
  ...droppedForms(),
];
