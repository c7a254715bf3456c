import { defineNormalRule } from '../../model/sync/normal.ts';
import { yearFirst } from './calendar.ts';
import { compatible } from './compatible.ts';

const iso =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{8})[T\s]?(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|JST|[-+]\d{2}(?::?\d{2})?)?$/i;

const offsetOf = (zone: string): number => {
  if (/^(?:z|utc|gmt)$/i.test(zone)) return 0;
  if (/^jst$/i.test(zone)) return 540;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return (zone.startsWith('-') ? -1 : 1) * (60 * Number(digits.slice(0, 2)) + Number(digits.slice(2)));
};

/** With all decimals: a second that lost its milliseconds is another instant (`sync.time-precision`). */
const decimals = (digits: string): string => {
  const bare = digits.replace(/0{1,9}$/, '');
  return bare === '' ? '' : `.${bare}`;
};

/** Written as its own canonical form, as most times are. */
const isAsItIs = (value: string): boolean =>
  /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/.test(value) && yearFirst(value.slice(0, 10)) !== undefined;

/** The instant in UTC where one is told, epoch seconds and milliseconds of 1973 to 2128 too; else the time on the clock, without Z, a date at midnight. */
export const timestampForm = defineNormalRule({
  id: 'timestamp-form',
  title: { en: 'notation of times', ja: '日時の表記' },
  types: ['timestamp'],
  cause: 'sync.timestamp-representation',
  canonical: (value) => {
    if (value.length > 60) return undefined;
    if (isAsItIs(value)) return value;
    const text = compatible(value).trim();
    const epoch = /^([1-4]\d{9}|[1-9]\d{8})(\d{3})?(?:\.(\d{1,9}))?$/.exec(text);
    if (epoch) {
      const [, seconds = '', thousandths = '', part = ''] = epoch;
      return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${decimals((thousandths + part).slice(0, 9))}Z`;
    }
    const alone = yearFirst(text);
    // A date among times is its midnight.
    if (alone !== undefined) return `${alone}T00:00:00`;
    const found = iso.exec(text);
    const day = yearFirst(found?.[1] ?? '');
    if (!found || day === undefined) return undefined;
    const [, , hour = '', minute = '', second = '0', part = '', zone] = found;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
    const local = Date.parse(`${day}T00:00:00Z`) + 1000 * (3600 * Number(hour) + 60 * Number(minute) + Number(second));
    const at = local - (zone === undefined ? 0 : offsetOf(zone) * 60_000);
    const shown = new Date(at).toISOString();
    return `${shown.slice(0, shown.indexOf('.'))}${decimals(part)}${zone === undefined ? '' : 'Z'}`;
  },
});
