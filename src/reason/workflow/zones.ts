/** Times of day in the zones of the world. All that is known of zones comes from the runtime's own data (`Intl`). */

const minute = 60_000;
const day = 1440 * minute;

/** A time on a wall, in no zone. The month counts from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

const formatOf = (zone: string): Intl.DateTimeFormat | undefined => {
  const known = formats.get(zone);
  if (known || formats.has(zone)) return known;
  let format: Intl.DateTimeFormat | undefined;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    // No such zone.
  }
  // Names come from files: only a few are worth keeping.
  if (formats.size > 200) formats.clear();
  formats.set(zone, format);
  return format;
};

/** Abbreviations that are IANA names; any other (`JST`, `PST`) means several zones, or is known to some systems only. */
const shortNames = /^(?:UTC|GMT|UCT|EST|MST|HST|CET|MET|EET|WET|PRC|ROC|ROK)$/;

/** Whether this is a name of the IANA time zone database. */
export const isZone = (name: string): boolean =>
  name.length <= 64 &&
  !(
    /^[A-Z]{2,5}$/i.test(name) &&
    !/^(?:Cuba|Eire|Iran|Zulu|GB|NZ|Egypt|Japan|Libya)$/.test(name) &&
    !shortNames.test(name)
  ) &&
  formatOf(name) !== undefined;

/** What a wrong name was probably meant to be. */
export const zoneMeant = (name: string): string | undefined => {
  const bare = name.trim();
  if (/^(?:jst|tokyo|japan|(?:utc|gmt)?\+0?9(?::?00)?|tokyo standard time|asia[ _-]tokyo)$/i.test(bare))
    return 'Asia/Tokyo';
  if (/^(?:z|utc[+-]?0*|gmt[+-]?0*)$/i.test(bare)) return 'UTC';
  return undefined;
};

/** Milliseconds by which clocks there are ahead of UTC at a moment. */
const offsetAt = (moment: number, format: Intl.DateTimeFormat): number => {
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return there - Math.floor(moment / 1000) * 1000;
};

const asUtc = (local: LocalTime): number => Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);

/** The moments at which clocks there show this time: one, none (it is skipped) or two (it comes twice). */
export const momentsOf = (local: LocalTime, zone: string): readonly number[] => {
  const format = formatOf(zone);
  if (!format) return [];
  const wall = asUtc(local);
  const offsets = new Set([offsetAt(wall - day, format), offsetAt(wall + day, format)]);
  return [...offsets].map((offset) => wall - offset).filter((moment) => moment + offsetAt(moment, format) === wall);
};

/** A day on which clocks are changed: local times from `from` up to `to` (minutes of that day) are skipped, or come twice. */
export interface ClockChange {
  readonly kind: 'skipped' | 'twice';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

const changes = new Map<string, readonly ClockChange[]>();

const changeBetween = (start: number, end: number, format: Intl.DateTimeFormat): ClockChange | undefined => {
  const before = offsetAt(start, format);
  const after = offsetAt(end, format);
  if (before === after) return undefined;
  // Clocks are changed at a full minute.
  let low = start;
  let high = end;
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (offsetAt(middle, format) === before) low = middle;
    else high = middle;
  }
  const forward = after > before;
  // What the clock shows at the change, and what it is set to.
  const first = new Date(high + Math.min(before, after));
  const from = first.getUTCHours() * 60 + first.getUTCMinutes();
  return {
    kind: forward ? 'skipped' : 'twice',
    year: first.getUTCFullYear(),
    month: first.getUTCMonth() + 1,
    day: first.getUTCDate(),
    from,
    to: from + Math.abs(after - before) / minute,
  };
};

/** The changes of clocks in the year and a month after a moment. None where the zone has none, or is not known. */
export const clockChanges = (zone: string, from: Date): readonly ClockChange[] => {
  const format = formatOf(zone);
  if (!format) return [];
  const start = Math.floor(from.getTime() / day) * day;
  const key = `${zone} ${start}`;
  const known = changes.get(key);
  if (known) return known;
  const found: ClockChange[] = [];
  // Nowhere are clocks changed twice within a week and back.
  for (let week = 0; week < 57; week += 1) {
    const change = changeBetween(start + week * 7 * day, start + (week + 1) * 7 * day, format);
    if (change) found.push(change);
  }
  if (changes.size > 200) changes.clear();
  changes.set(key, found);
  return found;
};
