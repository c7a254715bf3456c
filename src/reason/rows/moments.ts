import type { ComparedColumn } from '../../model/sync/column.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { plainMoment } from '../moments.ts';
import { oncePerView } from './memo.ts';

const shape =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/;

const zoneParts = new Map<string, Intl.DateTimeFormat | undefined>();

const formatOf = (zone: string): Intl.DateTimeFormat | undefined => {
  if (zoneParts.has(zone)) return zoneParts.get(zone);
  let format: Intl.DateTimeFormat | undefined;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    // A zone that nobody knows: times are taken as they are written.
  }
  zoneParts.set(zone, format);
  return format;
};

const offsetMs = (words: string): number => {
  const found = /([+-])(\d{2}):?(\d{2})/.exec(words);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -1 : 1) * minutes * 60_000;
};

/** A time as a CRM or a database writes it; one without an offset is of the side's zone. Milliseconds since 1970. */
export const momentOf = (value: string, zone?: string): number | undefined => {
  if (value.length > 40) return undefined;
  const plain = plainMoment(value);
  if (plain?.offset === 0 || (plain && zone === undefined)) return plain.wall;
  const found = shape.exec(value);
  if (!found) {
    if (/^1\d{12}$/.test(value)) return Number(value);
    return /^1\d{9}$/.test(value) ? 1000 * Number(value) : undefined;
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset] = found;
  const at =
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
    Math.floor(Number(`0.${fraction}`) * 1000);
  if (offset !== undefined) return offset === 'Z' ? at : at - offsetMs(offset);
  const format = zone === undefined ? undefined : formatOf(zone);
  return format ? at - offsetMs(format.format(at)) : at;
};

type TimeRole = 'created-at' | 'updated-at';

const columnOf = (view: ComparisonView, role: TimeRole): ComparedColumn | undefined =>
  view.columns.find((column) => column.role === role);

const known = oncePerView(() => new Map<SeenRow, Map<TimeRole, number | undefined>>());

/** When a row was created or last updated. */
export const timeOf = (
  view: ComparisonView,
  row: SeenRow,
  role: TimeRole,
  side: 'left' | 'right' = 'left',
): number | undefined => {
  const times = known(view).get(row) ?? new Map<TimeRole, number | undefined>();
  if (times.has(role)) return times.get(role);
  const column = columnOf(view, role);
  const time = column ? momentOf(row.values[column.at] ?? '', view.config[side].timeZone) : undefined;
  known(view).set(row, times.set(role, time));
  return time;
};

/** The time that tells when a record first could have been copied: its creation where that is known. */
export const bornRole = (view: ComparisonView): TimeRole | undefined =>
  (['created-at', 'updated-at'] as const).find((role) => columnOf(view, role) !== undefined);

/** Up to when the left side is known. */
export const asOf = ({ times }: ComparisonView): number => Math.min(times.leftAt ?? times.now, times.now);

export const inWords = (time: unknown): string =>
  typeof time === 'number' && Math.abs(time) < 8e15 ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : '';

/** The same, and that it is UTC where the side tells it; a clock of which nobody tells the zone is shown as it is. */
export const utcWords = (time: unknown, told: unknown): { readonly en: string; readonly ja: string } => {
  const said = inWords(time);
  return told === true ? { en: `${said} (UTC)`, ja: `${said}（UTC）` } : { en: said, ja: said };
};

/** A duration as a person says it. */
export const lastingWords = (ms: number): { readonly en: string; readonly ja: string } => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return { en: `${minutes} minutes`, ja: `${minutes} 分` };
  const hours = Math.round(minutes / 60);
  if (hours < 72) return { en: `${hours} hours`, ja: `${hours} 時間` };
  const days = Math.round(hours / 24);
  return { en: `${days} days`, ja: `${days} 日` };
};
