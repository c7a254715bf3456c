import type { ComparedColumn } from '../../model/sync/column.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { instantOf, momentOf as writtenMoment } from '../moments.ts';
import { oncePerView } from './memo.ts';

/** A time as a CRM or a database writes it; one without an offset is of the side's zone. Milliseconds since 1970. */
export const momentOf = (value: string, zone?: string): number | undefined => {
  const moment = writtenMoment(value);
  if (moment) return instantOf(moment, zone);
  if (/^1\d{12}$/.test(value)) return Number(value);
  return /^1\d{9}$/.test(value) ? 1000 * Number(value) : undefined;
};

type TimeRole = 'created-at' | 'updated-at';

const timeColumns = oncePerView(({ columns }) => {
  const ofRole = (role: TimeRole) => columns.find((column) => column.role === role);
  return { 'created-at': ofRole('created-at'), 'updated-at': ofRole('updated-at') };
});

const columnOf = (view: ComparisonView, role: TimeRole): ComparedColumn | undefined => timeColumns(view)[role];

const knownOf = () => new Map<SeenRow, number | undefined>();
const known = oncePerView(() => ({ 'created-at': knownOf(), 'updated-at': knownOf() }));

/** When a row was created or last updated. */
export const timeOf = (
  view: ComparisonView,
  row: SeenRow,
  role: TimeRole,
  side: 'left' | 'right' = 'left',
): number | undefined => {
  const column = columnOf(view, role);
  if (!column) return undefined;
  const times = known(view)[role];
  const found = times.get(row);
  if (found !== undefined || times.has(row)) return found;
  const time = momentOf(row.values[column.at] ?? '', view.config[side].timeZone);
  times.set(row, time);
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
